"""The rules as columns: expressions in sqlglot that work out every judgement from a column per question.

A condition in the language is never negated, so SQL's three-valued logic does no harm: a comparison with an open
answer (NULL) gives NULL, and a ``CASE`` takes only what is true. Every word of the rulebook becomes a literal or a
quoted name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from sqlglot import exp

from ggztriage.boek.schema import Criterium
from ggztriage.boek.stand import Stand
from ggztriage.export.reserved import check_names
from ggztriage.taal.tree import Aanvraag, Alle, EenVan, Getal, Keuze, NietsOpen, Oordeel, Uitkomst, Voorwaarde

_STEP = "ggztriage_"
_AT_ONCE = 50  # PostgreSQL takes at most a hundred arguments in one call


class _MetVoorwaarde(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def als(self) -> Voorwaarde: ...


class Columns:
    """Writes the columns that a rulebook adds to a table with its questions."""

    def __init__(self, stand: Stand, word: Callable[[str, str], exp.Expr] | None = None) -> None:
        """Take a rulebook as it stands on one day.

        Args:
            stand: the rulebook.
            word: how a value of a question, criterium or ``uitkomst`` is written, given the name of the column and the
                value; as text when None.

        Raises:
            Fout: when a question or criterium bears the name of a column that is added.
        """
        check_names(stand)
        self.stand = stand
        self._word = word or (lambda _, value: text(value))

    def steps(self) -> list[list[exp.Expr]]:
        """The columns in the order in which they can be worked out: each step reads those before it."""
        steps = [[self._criterium(criterium) for criterium in layer] for layer in self.stand.lagen]
        return [*steps, [self._uitkomst()], [self._aanvragen()]]

    def chosen(self, name: str, items: Iterable[_MetVoorwaarde]) -> exp.Expr:
        """A column with the ids of the ``items`` that hold, with a space between them; empty when none does."""
        words = [_case([(self.condition(item.als), text(item.id))], None) for item in items]
        while len(words) > _AT_ONCE:
            parts = [words[i : i + _AT_ONCE] for i in range(0, len(words), _AT_ONCE)]
            words = [exp.Nullif(this=_joined(part), expression=text("")) for part in parts]
        return named(_joined(words) if words else text(""), name)

    def condition(self, voorwaarde: Voorwaarde) -> exp.Expr:
        """The condition as SQL: true exactly when it is known to hold, else false or NULL."""
        match voorwaarde:
            case Keuze(vraag, antwoorden):
                return self._one_of(vraag, antwoorden)
            case Getal(vraag, vanaf, onder):
                return self._between(vraag, vanaf, onder)
            case Oordeel(criterium, waarde):
                return self._one_of(criterium, (waarde,))
            case Uitkomst(uitkomsten):
                return self._one_of("uitkomst", uitkomsten)
            case Aanvraag("ja"):
                return column("aanvragen")
            case Aanvraag():
                return exp.Not(this=column("aanvragen"))
            case NietsOpen():
                raise TypeError(voorwaarde)  # loading lets only texts depend on it, and these are not columns
            case Alle(delen):
                return exp.and_(*(self.condition(deel) for deel in delen), copy=False)
            case EenVan(delen):
                return exp.or_(*(self.condition(deel) for deel in delen), copy=False)

    def _criterium(self, criterium: Criterium) -> exp.Expr:
        ways = [
            (self.condition(regel.als), _commented(self._word(criterium.id, regel.dan), regel.id))
            for regel in criterium.regels
        ]
        return named(_case(ways, self._word(criterium.id, "onbekend")), criterium.id)

    def _uitkomst(self) -> exp.Expr:
        *first, last = self.stand.uitkomsten
        ways = [(self.condition(u.als), self._word("uitkomst", u.id)) for u in first if u.als is not None]
        return named(_case(ways, self._word("uitkomst", last.id)), "uitkomst")

    def _aanvragen(self) -> exp.Expr:
        aanvragen = self.stand.aanvragen
        if aanvragen is None:
            return named(exp.cast(exp.Null(), "boolean"), "aanvragen")
        ways: list[tuple[exp.Expr, exp.Expr]] = []
        if aanvragen.tenzij is not None:
            ways.append((self.condition(aanvragen.tenzij), exp.false()))
        ways.append((self.condition(aanvragen.als), exp.true()))
        return named(_case(ways, exp.false()), "aanvragen")

    def _one_of(self, name: str, words: Sequence[str]) -> exp.Expr:
        values = [self._word(name, word) for word in words]
        if len(values) == 1:
            return exp.EQ(this=column(name), expression=values[0])
        return exp.In(this=column(name), expressions=values)

    def _between(self, vraag: str, vanaf: int | None, onder: int | None) -> exp.Expr:
        allowed = self.stand.vragen[vraag].getal
        if allowed is None:
            raise TypeError(vraag)  # loading lets numbers be compared only where the answer is a number
        low = allowed.van if vanaf is None else vanaf
        high = allowed.tot_en_met if onder is None else onder - 1
        return exp.Between(this=column(vraag), low=number(low), high=number(high))


def column(name: str) -> exp.Expr:
    """A column, its name quoted."""
    return exp.column(exp.to_identifier(name, quoted=True))


def text(value: str) -> exp.Expr:
    """A literal text."""
    return exp.Literal.string(value)


def number(value: int) -> exp.Expr:
    """A literal whole number."""
    return exp.Literal.number(value)


def named(expression: exp.Expr, name: str) -> exp.Expr:
    """An expression as the column ``name``."""
    return exp.alias_(expression, name, quoted=True, copy=False)


def chained(first: exp.Select, steps: Iterable[Sequence[exp.Expr]]) -> exp.Select:
    """One statement that begins with ``first`` and adds the columns of each step to all that it has."""
    selects = [first]
    names = []
    for columns in steps:
        names.append(f"{_STEP}{len(selects)}")
        source = exp.to_table(names[-1])
        source.this.set("quoted", True)  # noqa: FBT003 - an argument of sqlglot
        selects.append(exp.select(exp.Star(), *columns, copy=False).from_(source, copy=False))
    *earlier, last = selects
    for name, select in zip(names, earlier, strict=True):
        last = last.with_(exp.to_identifier(name, quoted=True), as_=select, copy=False)
    return last


def is_step(name: str) -> bool:
    """Whether a table with this name could be mistaken for a step of the statement."""
    return name.lower().startswith(_STEP)


def _case(ways: Iterable[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr | None) -> exp.Expr:
    ifs = [exp.If(this=condition, true=result) for condition, result in ways]
    return exp.Case(ifs=ifs, default=otherwise) if ifs else otherwise or exp.Null()


def _joined(words: Sequence[exp.Expr]) -> exp.Expr:
    return exp.Anonymous(this="CONCAT_WS", expressions=[text(" "), *words])


def _commented(expression: exp.Expr, comment: str) -> exp.Expr:
    expression.add_comments([comment])
    return expression
