"""Counterexamples as cases: a file that can be read back, and one line for in a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ggztriage.casus import OPEN
from ggztriage.motor import make_motor
from ggztriage.names import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ggztriage.motor import Uitslag
    from ggztriage.proof.findings import Vondst
    from ggztriage.stand import Stand
    from ggztriage.tree import Antwoord


@dataclass(frozen=True, slots=True)
class Tegenvoorbeeld:
    """A case that breaks a property, with what the rules make of it.

    Attributes:
        naam: a name for it, also that of its file.
        eigenschap: what the property means.
        vondst: what was found.
        stand: the rulebook that it was found in.
        vanaf: a day on which that rulebook holds.
    """

    naam: str
    eigenschap: str
    vondst: Vondst
    stand: Stand
    vanaf: date

    @property
    def antwoorden(self) -> dict[str, Antwoord]:
        """The answers of the case, in the order of the questions."""
        given = self.vondst.casus or {}
        return {vraag: given[vraag] for vraag in self.stand.vragen if vraag in given}

    @property
    def anders(self) -> dict[str, Antwoord]:
        """How a second case differs, where it takes two to show it."""
        changed = self.vondst.anders or {}
        return {vraag: OPEN if antwoord is None else antwoord for vraag, antwoord in changed.items()}

    def uitslagen(self) -> list[Uitslag]:
        """What the rules find for the case, and for the second one where there is one."""
        if self.vondst.casus is None:
            return []
        motor = make_motor("gecompileerd", self.stand)
        found = [motor.draai(self.antwoorden)]
        if self.vondst.anders:
            second = {**self.antwoorden, **self.vondst.anders}
            found.append(motor.draai({vraag: a for vraag, a in second.items() if a is not None}))
        return found

    def as_file(self) -> str:
        """The case as YAML, ready to be advised on, with what it shows as comment."""
        results = self.uitslagen()
        lines = [f"# {self.eigenschap} Maar niet hier.", f"# {self.vondst.melding}"]
        lines += [
            f"# {kind}: {result_in_words(result)}"
            for kind, result in zip(("Dit geval", "De variant"), results, strict=False)
        ]
        lines += [f"# Reken na met de regels van {self.vanaf}{self._regions()}."]
        lines += [f"id: {self.naam}", f"titel: Tegenvoorbeeld {self.naam}", "fictief: true"]
        lines += [f"regelboek: {self.stand.kop.id}", *_answers("antwoorden", self.antwoorden, "")]
        if self.anders:
            lines += ["varianten:", *_answers("- als", self.anders, "  ", "  ")]
            lines += [f"    verwacht: {{uitkomst: {results[1].uitkomst}}}"]
        return "\n".join(lines) + "\n"

    def _regions(self) -> str:
        return "".join(f" --regio {naam}" for naam in self.stand.regio)


def result_in_words(result: Uitslag) -> str:
    """The outcome, and the rules that fired."""
    rules = f"Regels die vuren: {listed(result.regels, 'en')}." if result.regels else "Er vuurt geen regel."
    return f"uitkomst {result.uitkomst}. {rules}"


def _answers(head: str, answers: Mapping[str, Antwoord], indent: str, deeper: str = "") -> list[str]:
    if not answers:
        return [f"{indent}{head}: {{}}"]
    return [f"{indent}{head}:", *(f"{indent}{deeper}  {vraag}: {antwoord}" for vraag, antwoord in answers.items())]


def in_one_line(vondst: Vondst) -> str:
    """The case of a finding in one sentence, or nothing where there is none."""
    if not vondst.casus:
        return ""
    return f"Bijvoorbeeld bij {listed((f'{vraag}: {antwoord}' for vraag, antwoord in vondst.casus.items()), 'en')}."
