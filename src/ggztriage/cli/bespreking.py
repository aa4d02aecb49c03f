"""``ggztriage bespreking``: prepare, open, follow, report and delete sessions from the terminal."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ggztriage.boek.boek import STANDAARD
from ggztriage.cli.shared import Json, Regels, choose_boek, confirmed, keep_apart, write
from ggztriage.errors import Fout
from ggztriage.extras import need
from ggztriage.files import write_atomically
from ggztriage.names import listed
from ggztriage.regelboek import Regelboek

if TYPE_CHECKING:
    from ggztriage.bespreking.sessie import OnleesbareSessie, Sessie
    from ggztriage.bespreking.store import Store

SessiesMap = Annotated[
    Path | None,
    typer.Option("--map", metavar="MAP", help="Waar de besprekingen staan; anders in uw eigen gegevensmap."),
]
SessieNaam = Annotated[
    str | None,
    typer.Argument(metavar="BESPREKING", help="Welke bespreking (het id of het begin ervan); anders de nieuwste."),
]

_NEEDED = ("fastapi", "jinja2", "krippendorff", "platformdirs", "python_multipart", "segno", "uvicorn")
_VORMEN = ("html", "md", "json", "csv")

_VOORBEELDEN = """Voorbeelden:

  ggztriage bespreking nieuw voorbereiding.yaml --papier op-tafel

  ggztriage bespreking open --host 192.168.1.20

  ggztriage bespreking status

  ggztriage bespreking rapport --vorm md --naar verslag.md
"""

group = typer.Typer(
    no_args_is_help=True,
    epilog=_VOORBEELDEN,
    help="Bereid een doelgroepbespreking voor, leid haar en maak het verslag.",
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(group, name="bespreking")


@group.command("nieuw")
def nieuw(
    voorbereiding: Annotated[Path, typer.Argument(metavar="BESTAND", help="De voorbereiding (YAML of JSON).")],
    folder: SessiesMap = None,
    papier: Annotated[
        Path | None, typer.Option("--papier", metavar="MAP", help="Maak ook de bladen om te printen, in deze map.")
    ] = None,
    regels: Regels = None,
) -> int:
    """Maak een bespreking van een bestand."""
    store = _store(folder)
    from ggztriage.bespreking.codes import show_code
    from ggztriage.bespreking.preparation import boek_for, casebook_for, choose_cases, lay_all, read_preparation
    from ggztriage.casusboek.paper import write_material

    def found(naam: str | None, regio: Iterable[str]) -> Regelboek:
        return choose_boek(regels, naam or STANDAARD, list(regio))

    prep = read_preparation(voorbereiding, found)
    boek = boek_for(prep, found)
    gevallen = choose_cases(prep, casebook_for(boek), files=True)
    sessie = store.nieuw(prep, lay_all(gevallen))
    lines = [
        f"Klaar: {prep.titel}",
        f"Bespreking {sessie.id}, met {listed((casus.titel for casus in sessie.casussen), 'en')}.",
        f"Code voor deelnemers: {show_code(sessie.code)}",
    ]
    if papier:
        lines.append(f"Om te printen: {listed(map(str, write_material(gevallen, boek, papier)), 'en')}")
    write("\n".join([*lines, "", f"Open de zaal met: ggztriage bespreking open{_option(folder, regels)}"]))
    return 0


@group.command("open")
def open_(
    naam: SessieNaam = None,
    folder: SessiesMap = None,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADRES", help="Op welk adres. Met 127.0.0.1 kunnen telefoons er niet bij."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="GETAL", help="Op welke poort; 0 kiest een vrije.")] = 8000,
    geen_browser: Annotated[bool, typer.Option("--geen-browser", help="Open niet vanzelf een browser.")] = False,
    regels: Regels = None,
) -> int:
    """Open de zaal: start de webapplicatie en toon adres en code. Stop met Ctrl-C; er gaat niets verloren."""
    store = _store(folder)
    from ggztriage.bespreking.codes import show_code
    from ggztriage.web.app import make_app
    from ggztriage.web.bespreking.adres import kamer_for
    from ggztriage.web.security import HostNames
    from ggztriage.web.server import address, listen, serve
    from ggztriage.web.shelf import Shelf

    sessie = _choose(store, naam)
    store.close()
    bound = listen(host, port)
    kamer = kamer_for(host, bound, folder)
    app = make_app(Shelf(regels, sessie.voorbereiding.regelboek or STANDAARD), HostNames(host), kamer)
    write(f"{sessie.voorbereiding.titel}\nCode voor deelnemers: {show_code(sessie.code)}")
    write(f"Deelnemers gaan naar: {kamer.adres}/doe-mee")
    write(f"U begeleidt op: {address(bound)}bespreking/{sessie.id}")
    if kamer.sleutel:
        write(f"Uw sleutel als begeleider (houd die voor uzelf): {show_code(kamer.sleutel)}")
        sys.stderr.write(_ON_NETWORK)
    else:
        sys.stderr.write("Alleen deze computer kan erbij. Telefoons toelaten? Start met --host en het adres ervan.\n")
    sys.stdout.flush()
    serve(app, bound, open_browser=not geen_browser)
    return 0


@group.command("status")
def status(naam: SessieNaam = None, folder: SessiesMap = None, json: Json = False) -> int:
    """Toon de besprekingen, of hoe ver er een is."""
    store = _store(folder)
    sessies = [_choose(store, naam)] if naam else store.sessies()
    lost = [] if naam else store.onleesbaar()
    found = [_state(store, sessie) for sessie in sessies]
    if json:
        unread = [{**one.model_dump(), "verloopt": _day(one.verloopt)} for one in lost]
        write(json_module.dumps({"besprekingen": found, "onleesbaar": unread}, ensure_ascii=False, indent=2))
    elif not found and not lost:
        write("Er zijn geen besprekingen. Maak er een met: ggztriage bespreking nieuw BESTAND")
    else:
        write("\n\n".join([*map(_shown, found), *(_shown_lost(one, folder) for one in lost)]))
    return 0


@group.command("rapport")
def rapport(
    naam: SessieNaam = None,
    folder: SessiesMap = None,
    vorm: Annotated[str, typer.Option("--vorm", metavar="|".join(_VORMEN), help="Als wat.")] = "md",
    naar: Annotated[Path | None, typer.Option("--naar", metavar="PAD", help="Schrijf het in dit bestand.")] = None,
) -> int:
    """Maak het verslag: wat de zaal vond, wat is afgesproken, en hoeveel de cijfers zeggen."""
    if vorm not in _VORMEN:
        raise Fout([("--vorm", f"'{vorm}' bestaat niet. Kies uit: {listed(_VORMEN)}.")])
    store = _store(folder)
    keep_apart(naar, store.path)
    from ggztriage.bespreking.report_text import as_csv, as_markdown
    from ggztriage.bespreking.sessieverslag import report
    from ggztriage.web.bespreking.printed import report_file

    found = report(store, _choose(store, naam).id)
    match vorm:
        case "html":
            text = report_file(found)
        case "json":
            text = found.model_dump_json(indent=2)
        case "csv":
            text = as_csv(found)
        case _:
            text = as_markdown(found)
    if naar is None:
        write(text)
    else:
        write_atomically(naar, text)
        write(f"Geschreven: {naar}")
    return 0


@group.command("verwijder")
def verwijder(
    naam: Annotated[str, typer.Argument(metavar="BESPREKING", help="Welke bespreking.")],
    folder: SessiesMap = None,
    ja: Annotated[bool, typer.Option("--ja", help="Vraag niet of u het zeker weet.")] = False,
) -> int:
    """Verwijder een bespreking, met alles wat erin staat."""
    store = _store(folder)
    lost = _lost(store, naam)
    if len(lost) == 1:
        name, titel = lost[0].id, lost[0].titel or lost[0].id
    else:
        sessie = _choose(store, naam)
        name, titel = sessie.id, sessie.voorbereiding.titel
    if not ja and not confirmed(f"'{titel}' verwijderen, met alle oordelen en het verslag?"):
        write("Er is niets verwijderd.")
        return 0
    store.verwijder(name)
    write("Verwijderd.")
    return 0


_ON_NETWORK = (
    "Let op: anderen op dit netwerk kunnen deze toepassing nu openen, en wat zij sturen gaat onversleuteld. "
    "Doe dit alleen op een netwerk dat u vertrouwt.\n"
)


def _store(folder: Path | None) -> Store:
    need("web", _NEEDED)
    from ggztriage.bespreking.database import usual_folder
    from ggztriage.bespreking.store import Store

    return Store(folder or usual_folder())


def _lost(store: Store, naam: str | None) -> list[OnleesbareSessie]:
    """The sessions that cannot be read and that ``naam`` means, when it means none that can."""
    if naam is None or any(one.id.startswith(naam) for one in store.sessies()):
        return []
    return [one for one in store.onleesbaar() if one.id.startswith(naam)]


def _choose(store: Store, naam: str | None) -> Sessie:
    sessies = store.sessies()
    if lost := _lost(store, naam):
        raise Fout([(one.id, one.waarom) for one in lost])
    if not sessies and (unread := len(store.onleesbaar())):
        which = "De enige bespreking kan" if unread == 1 else f"Alle {unread} besprekingen kunnen"
        raise Fout(f"{which} niet worden gelezen. Waarom, ziet u met: ggztriage bespreking status")
    if not sessies:
        raise Fout("Er zijn nog geen besprekingen. Maak er een met: ggztriage bespreking nieuw BESTAND")
    if naam is None:
        return sessies[0]
    found = [sessie for sessie in sessies if sessie.id.startswith(naam)]
    if len(found) != 1:
        known = listed((f"{sessie.id} ({sessie.voorbereiding.titel})" for sessie in sessies[:5]), "en")
        many = "meer dan één bespreking" if found else "geen bespreking"
        raise Fout([(naam, f"Zo heet {many}. Er zijn: {known}.")])
    return found[0]


def _state(store: Store, sessie: Sessie) -> dict[str, object]:
    from ggztriage.bespreking import steps
    from ggztriage.bespreking.codes import show_code
    from ggztriage.bespreking.inbreng import telling

    casus = steps.casus_nu(sessie)
    return {
        "id": sessie.id,
        "titel": sessie.voorbereiding.titel,
        "code": show_code(sessie.code),
        "nu": steps.naam(sessie, steps.moment(sessie)),
        "casus": casus.titel if casus else "",
        "pauze": sessie.gepauzeerd is not None,
        "deelnemers": len(store.deelnemers(sessie.id)),
        "oordelen": [telling(store, sessie.id, place) for place in range(len(sessie.casussen))],
        "verloopt": _day(sessie.verloopt),
    }


def _shown(state: dict[str, object]) -> str:
    casus, pauze, oordelen = state["casus"], state["pauze"], state["oordelen"]
    counts = ", ".join(map(str, oordelen)) if isinstance(oordelen, list) else ""
    return "\n  ".join(
        [
            f"{state['titel']} ({state['id']})",
            f"nu: {state['nu']}{f' ({casus})' if casus else ''}{', pauze' if pauze else ''}",
            f"code: {state['code']}",
            f"telefoons: {state['deelnemers']}",
            f"oordelen per casus: {counts}",
            f"wordt verwijderd op: {state['verloopt']}",
        ]
    )


def _shown_lost(lost: OnleesbareSessie, folder: Path | None) -> str:
    return "\n  ".join(
        [
            f"{lost.titel or 'Bespreking'} ({lost.id}): onleesbaar",
            lost.waarom,
            f"wordt verwijderd op: {_day(lost.verloopt)}",
            f"eerder verwijderen: ggztriage bespreking verwijder {lost.id}{_option(folder, None)}",
        ]
    )


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().date().isoformat()


def _option(folder: Path | None, regels: Path | None) -> str:
    options = (("--map", folder), ("--regels", regels))
    return "".join(f" {name} {value}" for name, value in options if value)
