"""Counterexamples as cases: a file that can be read back, and one line for in a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ggztriage.casus import OPEN
from ggztriage.motor import make_motor
from ggztriage.names import listed

if TYPE_CHECKING:
    from ggztriage.motor import Uitslag
    from ggztriage.proof.checker import Bevinding
    from ggztriage.proof.findings import Vondst
    from ggztriage.taal.tree import Antwoord


@dataclass(frozen=True)
class Tegenvoorbeeld:
    """What breaks a property, with the case that shows it and what the rules make of that case.

    Attributes:
        naam: a name for it, also that of its file.
        bevinding: the property that was broken, and where.
        vondst: what was found.
    """

    naam: str
    bevinding: Bevinding
    vondst: Vondst

    @cached_property
    def antwoorden(self) -> dict[str, Antwoord]:
        """The answers of the case, in the order of the questions."""
        given = self.vondst.casus or {}
        return {vraag: given[vraag] for vraag in self.bevinding.stand.vragen if vraag in given}

    @cached_property
    def anders(self) -> dict[str, Antwoord]:
        """How a second case differs, where it takes two to show it."""
        changed = self.vondst.anders or {}
        return {vraag: OPEN if antwoord is None else antwoord for vraag, antwoord in changed.items()}

    @cached_property
    def uitslagen(self) -> list[Uitslag]:
        """What the rules find for the case, and for the second one where there is one."""
        if self.vondst.casus is None:
            return []
        motor = make_motor("gecompileerd", self.bevinding.stand)
        second = {**self.antwoorden, **self.anders}
        cases = [self.antwoorden, {vraag: a for vraag, a in second.items() if a != OPEN}]
        return [motor.draai(case) for case in cases[: 2 if self.anders else 1]]

    def as_file(self) -> str:
        """The case as YAML, ready to be advised on, with what it shows as comment."""
        stand = self.bevinding.stand
        regio = f", met regio {listed(stand.regio, 'en')}" if stand.regio else ""
        comments = [
            f"Dit hoort altijd te gelden: {self.bevinding.eigenschap.betekenis}",
            f"Hier geldt het niet. {self.vondst.melding}",
            *(
                f"{kind}: {result_in_words(result)}"
                for kind, result in zip(("Dit geval", "De variant"), self.uitslagen, strict=False)
            ),
            f"Reken na met de regels van {self.bevinding.vanaf}{regio}.",
        ]
        lines = case_file(self.naam, f"Tegenvoorbeeld {self.naam}", stand.kop.id, self.antwoorden, comments)
        if self.anders:
            lines += "varianten:\n  - als:\n"
            lines += "".join(f"      {vraag}: {antwoord}\n" for vraag, antwoord in self.anders.items())
            lines += f"    verwacht: {{uitkomst: {self.uitslagen[1].uitkomst}}}\n"
        return lines


def case_file(
    naam: str, titel: str, regelboek: str, antwoorden: Mapping[str, Antwoord], comments: Iterable[str]
) -> str:
    """A fictional case as YAML."""
    lines = [f"# {comment}" for comment in comments]
    lines += [f"id: {naam}", f"titel: {titel}", "fictief: true", f"regelboek: {regelboek}"]
    lines += ["antwoorden:" if antwoorden else "antwoorden: {}"]
    lines += [f"  {vraag}: {antwoord}" for vraag, antwoord in antwoorden.items()]
    return "\n".join(lines) + "\n"


def result_in_words(result: Uitslag) -> str:
    """The outcome, the rules that fired, and what comes with it."""
    rules = f"Regels die vuren: {listed(result.regels, 'en')}." if result.regels else "Er vuurt geen regel."
    more = (("Signalen", result.signalen), ("Routes", result.routes), ("Stappen", result.stappen))
    told = "".join(f" {kind}: {listed(names, 'en')}." for kind, names in more if names)
    return f"uitkomst {result.uitkomst}. {rules}{told}"


def in_one_line(vondst: Vondst) -> str:
    """The case of a finding in one sentence, or nothing where there is none."""
    if not vondst.casus:
        return ""
    return f"Bijvoorbeeld bij {listed((f'{vraag}: {antwoord}' for vraag, antwoord in vondst.casus.items()), 'en')}."
