"""Turn advices of version 1 of the JSON into version 2, as far as version 1 tells, and compare them with today's.

``python -m scripts.version2 OLD.json --regels RULES --casussen CASES``

OLD holds advices of version 1 under ``rulebook/case/motor``; RULES is the folder of the rulebooks that gave them, laid
out as ``rules/``; CASES has a folder of cases for each rulebook. Every advice is worked out again on its own day, and
must hold what the old one held, in the order and form of version 2. What only version 2 knows is taken from the new
advice and counted. Exits with 1 when anything else differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ggztriage import Advies, AdviesJson, Casus, Regelboek
from ggztriage.boek.stand import Stand

Json = dict[str, Any]

NEW = {"actie", "toon", "software"}
"""What version 1 does not say at all."""


def upgrade(old: Mapping[str, Any], stand: Stand) -> Json:
    """An advice of version 1 in the form of version 2, without what only version 2 knows.

    Args:
        old: the advice.
        stand: the rulebook that gave it, for the ids of its sources and the place of its messages.
    """
    new: Json = {**old, "versie": 2, "samenvatting": _reordered(old, stand)}
    for part in ("criteria", "signalen", "routes", "stappen"):
        if part in old:
            new[part] = [{**item, "bronnen": _ids(part, item, stand)} for item in old[part]]
    new["signalen"] = [{"id": item["id"], "soort": "signaal", **item} for item in new["signalen"]]
    cited = dict.fromkeys(_cited(new))
    new["bronnenlijst"] = [
        {"id": name, "tekst": str(bron), "adres": bron.adres, "gezien": bron.gezien}
        for name, bron in ((name, stand.bronnen[name]) for name in cited)
    ]
    return new


def _ids(part: str, item: Mapping[str, Any], stand: Stand) -> list[str]:
    """The ids of the sources that version 1 named by their texts; two places of a rulebook may share a text."""
    if part == "criteria":
        fired = [name for regel in item["regels"] for name in stand.regel_van[regel].bronnen]
        declared = fired or stand.criterium[item["id"]].bronnen
    else:
        declared = next(one.bronnen for one in getattr(stand, part) if one.id == item["id"])
    return [name for name in dict.fromkeys(declared) if str(stand.bronnen[name]) in item["bronnen"]]


def _reordered(old: Mapping[str, Any], stand: Stand) -> str:
    """What comes first before the reasons, under the action: in a rulebook without actions, the outcome."""
    why, *rest = old["samenvatting"].split("\n")
    before = {
        text
        for mededeling in stand.mededelingen
        if mededeling.plaats == "eerst"
        for text in (mededeling.tekst, *(variant.tekst for variant in mededeling.varianten))
    }
    eerst = [line for line in rest if line in before]
    doe = [f"{stand.uitkomst[old['uitkomst']].handeling.tekst}."] if eerst else []
    return "\n".join([*doe, *eerst, why, *(line for line in rest if line not in before)])


def _cited(advies: Mapping[str, Any]) -> Iterator[str]:
    for part in ("criteria", "signalen", "routes", "stappen"):
        for item in advies.get(part, ()):
            yield from item["bronnen"]


def differences(old: Mapping[str, Any], advies: Advies) -> list[str]:
    """Where ``advies`` says something else than an advice of version 1, besides what version 2 changes."""
    text = advies.model_dump_json()
    new = json.loads(text)
    expected = upgrade(old, advies.stand)
    for name in NEW:
        expected[name] = new[name]
    expected["regelboek"] = {**old["regelboek"], "meegeleverd": new["regelboek"]["meegeleverd"]}
    if [regio["id"] for regio in new["regio"]] == old["regio"]:
        expected["regio"] = new["regio"]
    found = [name for name in {**expected, **new} if expected.get(name) != new.get(name)]
    if list(new) != [name for name in AdviesJson.model_fields if name in new]:
        found.append("the order of the keys")
    if AdviesJson.model_validate_json(text).model_dump_json() != text:
        found.append("what AdviesJson reads back")
    return found


def _compare(old: Mapping[str, Json], rules: Path, cases: Path) -> Iterator[tuple[str, list[str]]]:
    @cache
    def boek(naam: str) -> Regelboek:
        return Regelboek.laad(rules, naam)

    for key, advies in old.items():
        naam, casus, motor = key.split("/")
        day = date.fromisoformat(advies["peildatum"])
        given = Casus.lees(cases / naam / f"{casus}.yaml")
        yield key, differences(advies, boek(naam).adviseer(given, motor=motor, peildatum=day))


def main(arguments: Iterable[str] | None = None) -> int:
    """Compare, print what differs, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.version2")
    parser.add_argument("old", type=Path)
    parser.add_argument("--regels", type=Path, required=True)
    parser.add_argument("--casussen", type=Path, required=True)
    chosen = parser.parse_args(list(arguments) if arguments is not None else None)
    old = json.loads(chosen.old.read_text(encoding="utf-8"))
    count: Counter[str] = Counter()
    for key, found in _compare(old, chosen.regels, chosen.casussen):
        count["different" if found else "equal"] += 1
        if found:
            print(f"{key}: {', '.join(found)}")
    print(f"{len(old)} advices: {count['equal']} equal, {count['different']} different; new: {', '.join(sorted(NEW))}")
    return 1 if count["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
