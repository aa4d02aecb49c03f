"""``ggztriage controleer``: check a rulebook and prove what must hold for every possible case, or compare two."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from ggztriage.boek.boek import STANDAARD, Boek
from ggztriage.cli.shared import Json, RegelboekNaam, Regels, Regio, choose_boek, keep_apart, write
from ggztriage.data import data_folder
from ggztriage.errors import Fout
from ggztriage.files import make_folder, write_atomically
from ggztriage.names import listed
from ggztriage.proof import HOW_TO_GET_IT, solver_is_here

if TYPE_CHECKING:
    from ggztriage.proof.bewijsverslag import Bewijsverslag
    from ggztriage.proof.checker import Bevinding
    from ggztriage.proof.two_books import Vergelijking

_VOORBEELDEN = """Voorbeelden:

  ggztriage controleer

  ggztriage controleer --regels mijn-regels --schrijf tegenvoorbeelden

  ggztriage controleer --vergelijk regels-van-vorig-jaar --schrijf-wijzigingen wijzigingen.md
"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("controleer", epilog=_VOORBEELDEN)(controleer)


def controleer(
    json: Json = False,
    schrijf: Annotated[
        Path | None, typer.Option("--schrijf", metavar="MAP", help="Schrijf elk tegenvoorbeeld als casus in deze map.")
    ] = None,
    vergelijk: Annotated[
        Path | None,
        typer.Option("--vergelijk", metavar="ANDER", help="Vergelijk met het regelboek in deze map, over elk geval."),
    ] = None,
    streng: Annotated[
        bool,
        typer.Option(
            "--streng",
            help="Eindig met code 1 als de vergelijking een verschil in beslissen laat zien, "
            "of als de versie gelijk bleef terwijl de inhoud een andere is.",
        ),
    ] = False,
    schrijf_wijzigingen: Annotated[
        Path | None,
        typer.Option("--schrijf-wijzigingen", metavar="BESTAND", help="Schrijf een lijst van alles wat is gewijzigd."),
    ] = None,
    regels: Regels = None,
    regelboek: RegelboekNaam = STANDAARD,
    regio: Regio = None,
) -> int:
    """Controleer een regelboek, en bewijs wat voor elk mogelijk geval moet gelden."""
    keep_apart(schrijf_wijzigingen, regels or data_folder("rules"), vergelijk)
    boek = choose_boek(regels, regelboek).boek
    chosen = [boek.met_regio(namen) for namen in _regional_sets(boek, regio)]
    if vergelijk is not None:
        hier, daar = chosen[-1] if regio else boek, Boek.laad(vergelijk, regelboek)
        found = _compare(hier, daar, schrijf, schrijf_wijzigingen, as_json=json)
        return 1 if streng and (found.same_version or not found.gelijk) else 0
    if streng or schrijf_wijzigingen is not None:
        option = "--streng" if streng else "--schrijf-wijzigingen"
        raise Fout([(option, "Dit kan alleen samen met --vergelijk.")])
    if not solver_is_here():
        return _structure_only(boek, as_json=json)
    return _prove([boek, *chosen] if not regio else chosen, schrijf, as_json=json)


def _regional_sets(boek: Boek, regio: list[str] | None) -> Iterator[Sequence[str]]:
    """The regional files to prove with: the ones asked for together; else each alone, and all of them together."""
    if regio:
        yield regio
        return
    names = boek.regios()
    yield from ([naam] for naam in names)
    if len(names) > 1:
        yield names


def _structure_only(boek: Boek, *, as_json: bool) -> int:
    if as_json:
        content = {"regelboek": boek.id, "vingerafdruk": boek.vingerafdruk, "bewezen": False}
        write(_dumped({"versie": 1, **content, "eigenschappen": [], "tegenvoorbeelden": [], "melding": HOW_TO_GET_IT}))
    else:
        write(f"Het regelboek {boek.id} is heel: alles wat bij het laden wordt nagekeken, klopt.")
        write(f"Er is niets bewezen, want daarvoor ontbreekt een programma. {HOW_TO_GET_IT}")
    return 0


def _prove(boeken: list[Boek], folder: Path | None, *, as_json: bool) -> int:
    """Prove the first rulebook line by line; of the others, with regional files, only what is new is told."""
    from ggztriage.proof.bewijsverslag import Bewijsverslag

    verslag = Bewijsverslag(boeken[0])
    console = Console(highlight=False, soft_wrap=True, stderr=as_json)
    for boek in boeken:
        lines = _told(boek, verslag, console, brief=boek is not boeken[0])
        for line in lines:
            if not as_json:
                write(line)
    shown = (example for example in verslag.tegenvoorbeelden if example.vondst.casus is not None)
    _write_files(folder, ((example.naam, example.as_file()) for example in shown))
    write(_dumped(verslag.as_data()) if as_json else _conclusion(verslag))
    return 0 if verslag.bewezen else 1


def _told(boek: Boek, verslag: Bewijsverslag, console: Console, *, brief: bool) -> Iterator[str]:
    """Prove one rulebook, telling what comes of it."""
    yield _heading(boek)
    count, seconds = 0, 0.0
    for bevinding in _with_progress(boek, console):
        remarks, examples = verslag.add(bevinding)
        if not brief or not bevinding.bewezen:
            yield _line(bevinding, boek)
        yield from (f"      Let op: {remark}" for remark in remarks)
        for example in examples:
            yield f"      {example.vondst.melding}"
            if example.vondst.casus is not None:
                yield from ("", *(f"        {line}" for line in example.as_file().splitlines()), "")
        count += bevinding.bewezen
        seconds += bevinding.seconden
    if brief:
        yield f"  ✓ {count} eigenschappen bewezen [{_seconds(seconds)}]"


def _with_progress(boek: Boek, console: Console) -> Iterator[Bevinding]:
    """Every finding; on a terminal something moves while the next one is worked on."""
    from ggztriage.proof.checker import prove

    findings = prove(boek)
    while True:
        with console.status("Even rekenen…") if console.is_terminal else nullcontext():
            bevinding = next(findings, None)
        if bevinding is None:
            return
        yield bevinding


def _heading(boek: Boek) -> str:
    regio = f", met regio {listed(boek.regio, 'en')}" if boek.regio else ""
    return f"Regelboek {boek.id} {boek.versie}{regio}"


def _line(bevinding: Bevinding, boek: Boek) -> str:
    period = f" (vanaf {bevinding.vanaf})" if len(boek.perioden()) > 1 else ""
    mark = "✓" if bevinding.bewezen else "✗"
    eigenschap = bevinding.eigenschap
    return f"  {mark} {eigenschap.betekenis}{period} [{eigenschap.id}, {_seconds(bevinding.seconden)}]"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s".replace(".", ",")


def _conclusion(verslag: Bewijsverslag) -> str:
    count = len({bevinding.eigenschap.id for bevinding in verslag.bevindingen})
    if verslag.bewezen:
        return f"Bewezen voor elk mogelijk geval: {count} eigenschappen."
    failed = dict.fromkeys(b.eigenschap.id for b in verslag.bevindingen if not b.bewezen)
    return f"Niet bewezen: {listed(failed, 'en')}."


def _compare(hier: Boek, daar: Boek, folder: Path | None, changes: Path | None, *, as_json: bool) -> Vergelijking:
    if not solver_is_here():
        raise Fout(f"Vergelijken over elk geval kan hier niet. {HOW_TO_GET_IT}")
    from ggztriage.proof.bewijsverslag import by_case, comparison_as_data, difference_file
    from ggztriage.proof.change_list import change_list
    from ggztriage.proof.two_books import compare

    found = compare(hier, daar)
    _write_files(folder, ((f"geval-{n}", difference_file(n, g, hier.id)) for n, g in enumerate(by_case(found), 1)))
    if changes is not None:
        write_atomically(changes, change_list(hier, daar, found))
    write(_dumped(comparison_as_data(hier, daar, found)) if as_json else "\n".join(_comparison(hier, daar, found)))
    return found


def _comparison(hier: Boek, daar: Boek, found: Vergelijking) -> Iterator[str]:
    from ggztriage.proof.bewijsverslag import by_case, differences_in_words
    from ggztriage.proof.change_list import same_version

    yield f"Hier: {_heading(hier)}. Daar: {_heading(daar)}."
    if found.same_version:
        yield f"Let op: {same_version(hier)}"
    if found.gelijk:
        texts = " Alleen in de teksten of de bronnen is er verschil." if found.wijzigingen else ""
        yield f"Bewezen: beide beslissen in elk mogelijk geval hetzelfde.{texts}"
        return
    yield from (f"- {line}" for line in found.onderdelen)
    for number, group in enumerate(by_case(found), 1):
        yield f"\nGeval {number}, het kleinste waarin dit verschilt (met de regels van {group[0].vanaf}):"
        yield from (f"  {line}" for line in differences_in_words(group))
        yield from (f"      {vraag}: {antwoord}" for vraag, antwoord in group[0].casus.items())


def _write_files(folder: Path | None, files: Iterable[tuple[str, str]]) -> None:
    if folder is None:
        return
    make_folder(folder)
    for name, text in files:
        write_atomically(folder / f"{name}.yaml", text)


def _dumped(content: object) -> str:
    return json_module.dumps(content, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
