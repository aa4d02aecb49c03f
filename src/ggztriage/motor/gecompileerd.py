"""The motor ``gecompileerd``: the checked tree compiled once to one plain Python function.

The function is built as a Python syntax tree, node by node, from the tree that loading has checked. Text from a file
only ever becomes a constant in it, never code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ggztriage.boek.stand import Stand
from ggztriage.motor.uitslag import Uitslag
from ggztriage.taal.tree import (
    Aanvraag,
    Alle,
    Antwoord,
    EenVan,
    Getal,
    Keuze,
    NietsOpen,
    Oordeel,
    Uitkomst,
    Voorwaarde,
    vragen,
)


class Gecompileerd:
    """Runs a rulebook as one compiled function."""

    naam = "gecompileerd"

    def __init__(self, stand: Stand) -> None:
        """Compile ``stand``; takes time in proportion to the number of rules."""
        self._function = _CodeWriter(stand).function()

    def draai(self, antwoorden: Mapping[str, Antwoord]) -> Uitslag:
        """Run every rule on checked answers; leaving a question out means that it is open."""
        return self._function(antwoorden)


class _CodeWriter:
    """Writes the function. Local names: ``v0…`` hold answers, ``c0…`` what was judged of a criterium."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        asked = {vraag for voorwaarde in stand.voorwaarden() for vraag in vragen(voorwaarde)}
        self.answer = {vraag: f"v{i}" for i, vraag in enumerate(vraag for vraag in stand.vragen if vraag in asked)}
        self.judged = {criterium.id: f"c{i}" for i, criterium in enumerate(stand.criteria)}

    def function(self) -> Callable[[Mapping[str, Antwoord]], Uitslag]:
        body = [
            *_parse("get = antwoorden.get"),
            *(_assign(local, _call("get", ast.Constant(vraag))) for vraag, local in self.answer.items()),
            *_parse("regels = []; signalen = []; routes = []; stappen = []"),
            *(_assign(local, ast.Constant("onbekend")) for local in self.judged.values()),
            *self._rules(),
            *self._outcome(),
            *self._applying(),
            *self._listed("signalen", self.stand.signalen),
            *self._listed("routes", self.stand.routes),
            *self._listed("stappen", self.stand.stappen),
            ast.Return(self._result()),
        ]
        module = ast.parse("def draai(antwoorden): pass")
        definition = module.body[0]
        definition.body = body  # type: ignore[attr-defined]  # a function definition, parsed on the line above
        scope: dict[str, Any] = {"Uitslag": Uitslag, "order": self._order().__getitem__}
        exec(compile(ast.fix_missing_locations(module), "<regelboek>", "exec"), scope)  # noqa: S102  # built from the checked tree
        function: Callable[[Mapping[str, Antwoord]], Uitslag] = scope["draai"]
        return function

    def _rules(self) -> Iterable[ast.stmt]:
        for criterium in self.stand.volgorde:
            for regel in criterium.regels:
                fired = [_assign(self.judged[criterium.id], ast.Constant(regel.dan)), _append("regels", regel.id)]
                yield ast.If(self._test(regel.als), fired, [])
        if self.stand.volgorde != self.stand.criteria:
            yield from _parse("regels.sort(key=order)")

    def _order(self) -> dict[str, int]:
        return {regel.id: i for i, (_, regel) in enumerate(self.stand.regels)}

    def _outcome(self) -> Iterable[ast.stmt]:
        *first, last = self.stand.uitkomsten
        chosen: list[ast.stmt] = [_assign("uitkomst", ast.Constant(last.id))]
        for uitkomst in reversed(first):
            if uitkomst.als is not None:
                chosen = [ast.If(self._test(uitkomst.als), [_assign("uitkomst", ast.Constant(uitkomst.id))], chosen)]
        return chosen

    def _applying(self) -> Iterable[ast.stmt]:
        aanvragen = self.stand.aanvragen
        if aanvragen is None:
            return [_assign("aanvragen", ast.Constant(None))]
        test = self._test(aanvragen.als)
        if aanvragen.tenzij is not None:
            test = ast.BoolOp(ast.And(), [test, ast.UnaryOp(ast.Not(), self._test(aanvragen.tenzij))])
        return [_assign("aanvragen", ast.IfExp(test, ast.Constant(value=True), ast.Constant(value=False)))]

    def _listed(self, name: str, items: Iterable[Any]) -> Iterable[ast.stmt]:
        for item in items:
            yield ast.If(self._test(item.als), [_append(name, item.id)], [])

    def _result(self) -> ast.expr:
        judged = ast.Dict(
            [ast.Constant(name) for name in self.judged], [_name(local) for local in self.judged.values()]
        )
        names = ("uitkomst", "aanvragen", "signalen", "routes", "stappen")
        return _call("Uitslag", _name("regels"), judged, *(_name(name) for name in names))

    def _test(self, voorwaarde: Voorwaarde) -> ast.expr:
        match voorwaarde:
            case Keuze(vraag, antwoorden):
                return _is_one_of(self.answer[vraag], antwoorden)
            case Getal(vraag, vanaf, onder):
                return self._between(self.answer[vraag], vanaf, onder)
            case Oordeel(criterium, waarde):
                return _is_one_of(self.judged[criterium], (waarde,))
            case Uitkomst(uitkomsten):
                return _is_one_of("uitkomst", uitkomsten)
            case Aanvraag(waarde):
                return ast.Compare(_name("aanvragen"), [ast.Is()], [ast.Constant(waarde == "ja")])
            case NietsOpen():
                raise TypeError(voorwaarde)  # loading lets only texts depend on it, and motors choose no text
            case Alle((deel,)) | EenVan((deel,)):
                return self._test(deel)
            case Alle(delen):
                return ast.BoolOp(ast.And(), [self._test(deel) for deel in delen])
            case EenVan(delen):
                return ast.BoolOp(ast.Or(), [self._test(deel) for deel in delen])

    def _between(self, local: str, vanaf: int | None, onder: int | None) -> ast.expr:
        parts: list[ast.expr] = [ast.Compare(_name(local), [ast.IsNot()], [ast.Constant(None)])]
        if vanaf is not None:
            parts.append(ast.Compare(_name(local), [ast.GtE()], [ast.Constant(vanaf)]))
        if onder is not None:
            parts.append(ast.Compare(_name(local), [ast.Lt()], [ast.Constant(onder)]))
        return ast.BoolOp(ast.And(), parts)


def _parse(text: str) -> list[ast.stmt]:
    return ast.parse(text).body


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _call(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(_name(name), list(arguments), [])


def _append(name: str, value: str) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Attribute(_name(name), "append", ast.Load()), [ast.Constant(value)], []))


def _is_one_of(local: str, words: tuple[str, ...]) -> ast.expr:
    if len(words) == 1:
        return ast.Compare(_name(local), [ast.Eq()], [ast.Constant(words[0])])
    choice = ast.Tuple([ast.Constant(word) for word in words], ast.Load())
    return ast.Compare(_name(local), [ast.In()], [choice])
