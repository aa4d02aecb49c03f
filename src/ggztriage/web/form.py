"""What someone filled in: from a form to a case, and from a case to a file. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from starlette.datastructures import FormData

from ggztriage.boek.schema import Vraag
from ggztriage.casus import Casus
from ggztriage.errors import OngeldigeCasus, Persoonsgegevens, Persoonsvondst
from ggztriage.regelboek import Regelboek
from ggztriage.taal.ja_nee import as_word
from ggztriage.web.picture import Picture, draw
from ggztriage.web.shelf import Shelf

TITEL, VERHAAL, TOCH, REGELBOEK, REGIO = "_titel", "_verhaal", "_toch", "_regelboek", "_regio"
"""Fields that are no question: their names begin with a line, which no question may."""


@dataclass(frozen=True, slots=True)
class Invoer:
    """A case as it stands in the form.

    Attributes:
        boek: the rulebook that advises, with its regions.
        antwoorden: question id → answer as given; open questions are not in it.
        titel: what the case is called.
        verhaal: the story.
        regio: the regions that were chosen on top of those of the server.
        toch: whether to go on although the texts look like a real person's.
    """

    boek: Regelboek
    antwoorden: Mapping[str, Any] = field(default_factory=dict)
    titel: str = ""
    verhaal: str = ""
    regio: tuple[str, ...] = ()
    toch: bool = False

    def casus(self) -> Casus:
        """The case, with its answers unchecked."""
        return Casus(self.antwoorden, titel=self.titel, verhaal=self.verhaal)

    @property
    def alineas(self) -> list[str]:
        """The story in paragraphs, each on one line."""
        return self.casus().alineas

    def als_yaml(self) -> str:
        """The case as a file that every part of ggztriage reads."""
        content: dict[str, Any] = {}
        if self.titel:
            content["titel"] = _Text(self.titel)
        content["regelboek"] = self.boek.id
        if self.boek.regio:
            content["regio"] = list(self.boek.regio)
        if self.verhaal:
            content["verhaal"] = _Text("\n".join(line.rstrip() for line in self.verhaal.splitlines()) + "\n")
        content["antwoorden"] = dict(self.antwoorden)
        text: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
        return text


@dataclass(frozen=True, slots=True)
class Formulieruitkomst:
    """What came of a case: a picture of the advice, or why there is none.

    Attributes:
        beeld: the picture; None where there is no advice.
        vondsten: what looks like a real person's.
        fouten: question id → what is wrong with its answer; what belongs to no question stands under "".
    """

    beeld: Picture | None = None
    vondsten: tuple[Persoonsvondst, ...] = ()
    fouten: Mapping[str, str] = field(default_factory=dict)


class _Text(str):
    """Text that people typed: it stays text whatever it looks like, and a story keeps its lines."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes cases as people would."""


def _write_text(dumper: yaml.SafeDumper, text: _Text) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if "\n" in text else '"')


_Dumper.add_representer(_Text, _write_text)


def read_form(form: FormData, shelf: Shelf) -> Invoer:
    """The case in a form.

    Raises:
        OngeldigRegelboek: when it names a rulebook or region that does not exist.
    """
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    regio = tuple(value for name, value in form.multi_items() if name == REGIO and isinstance(value, str))
    boek = shelf.boek(fields.get(REGELBOEK), regio)
    vragen = boek.stand().vragen
    return Invoer(
        boek,
        {
            name: _typed(text.strip(), vragen.get(name))
            for name, text in fields.items()
            if not name.startswith("_") and text.strip() not in ("", "onbekend")
        },
        fields.get(TITEL, "").strip(),
        fields.get(VERHAAL, "").strip(),
        regio,
        TOCH in fields,
    )


def read_upload(content: bytes, naam: str, shelf: Shelf, regelboek: str | None) -> Invoer:
    """The case in a file that someone chose; the rulebook that the file names goes before ``regelboek``.

    Raises:
        OngeldigeCasus: with every mistake in it.
        OngeldigRegelboek: when it names a rulebook that does not exist.
    """
    casus = Casus.lees_tekst(content, naam)
    boek = shelf.boek(casus.regelboek or regelboek, casus.regio)
    Casus.lees_tekst(content, naam, boek.stand())
    if casus.peildatum not in (None, date.today()):
        message = f"Deze casus is bedoeld voor {casus.peildatum}. Op deze pagina gelden de regels van vandaag. {_WEG}"
        raise OngeldigeCasus([(casus.veld("peildatum"), message)])
    return Invoer(boek, _known(casus.antwoorden), casus.titel, casus.verhaal, casus.regio)


_WEG = "Haal de peildatum uit het bestand om daarmee te rekenen."


def _known(antwoorden: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_word(value) for name, value in antwoorden.items() if value not in (None, "onbekend")}


def _typed(text: str, vraag: Vraag | None) -> str | int:
    plain = text.isascii() and text.isdecimal() and len(text) <= 6 and (text == "0" or text[0] != "0")  # noqa: PLR2004
    return int(text) if vraag is not None and vraag.getal and plain else text


def judge(invoer: Invoer) -> Formulieruitkomst:
    """The advice on what was filled in, or what stands in its way."""
    casus = invoer.casus()
    try:
        return Formulieruitkomst(draw(invoer.boek.adviseer(casus, toch=invoer.toch)))
    except Persoonsgegevens as problem:
        return Formulieruitkomst(vondsten=problem.vondsten)
    except OngeldigeCasus as problem:
        return Formulieruitkomst(fouten=_by_question(problem.meldingen, invoer.boek))


def _by_question(meldingen: Iterable[tuple[str, str]], boek: Regelboek) -> dict[str, str]:
    vragen = boek.stand().vragen
    found: dict[str, str] = {}
    for place, message in meldingen:
        bereik = vragen[place].getal if place in vragen else None
        if bereik:
            found[place] = f"Geef een heel getal van {bereik.van} tot en met {bereik.tot_en_met}, of laat dit leeg."
        else:
            name = place if place in vragen else ""
            found[name] = f"{found[name]} {message}" if name in found else message
    return found
