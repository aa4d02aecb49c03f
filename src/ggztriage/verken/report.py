"""The report as Markdown: outcomes, changes, how well the drawing fits, and from what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ggztriage.boek.stand import Stand
from ggztriage.verken.check import Figure, labels_of, table_name
from ggztriage.verken.explore import Verkenning
from ggztriage.verken.population import Bevolking, Tabel, Trekking
from ggztriage.verken.sides import Comparison
from ggztriage.verken.wording import changes, fit, introduction, number, percent, shift


def markdown(verkenning: Verkenning) -> str:
    """The whole report."""
    found, population = verkenning.uitkomsten, verkenning.bevolking
    parts = [
        "# Verkenning",
        introduction(verkenning),
        population.bevolking.uitleg,
        "## Wat dit niet zegt",
        "\n".join(f"- {line}" for line in population.bevolking.zegt_niet),
        "## Uitkomsten",
        "In procenten van elke groep." + (" Een pijl staat waar de twee verschillen." if len(found.kanten) > 1 else ""),
        _outcomes(found),
        "![De uitkomsten per groep](uitkomsten.svg)",
        *changes(found),
        *found.opmerkingen,
        "## Past de trekking bij de cijfers?",
        fit(verkenning.cijfers),
        *((_figures(verkenning.cijfers), "![Gepubliceerd en getrokken](cijfers.svg)") if verkenning.cijfers else ()),
        "## Waaruit is getrokken",
        "Een aandeel heeft een bron of is een aanname van dit project. Van elke vraag geldt de eerste rij die past.",
        _tables(population, verkenning.stand),
    ]
    return "\n\n".join(parts) + "\n"


def _outcomes(found: Comparison) -> str:
    rows = [["Iedereen", number(found.totaal.aantal), *_shares(found.totaal.aandelen)]]
    for section in found.delen:
        rows.append([f"**{section.naam}**", *[""] * (len(found.uitkomsten) + 1)])
        rows += [[row.naam, number(row.aantal), *_shares(row.aandelen)] for row in section.rijen]
    return _table(["Groep", "Mensen", *found.uitkomsten], rows)


def _shares(sides: tuple[tuple[float, ...], ...]) -> list[str]:
    return [shift(shares) for shares in zip(*sides, strict=True)]


def _figures(figures: Sequence[Figure]) -> str:
    rows = []
    for figure in figures:
        for index, share in enumerate(figure.aandelen):
            first = index == 0
            rows.append(
                [
                    figure.naam if first else "",
                    share.naam,
                    percent(share.gepubliceerd),
                    percent(share.getrokken),
                    f"{figure.afstand:.1f} (tot {figure.grens:.1f})".replace(".", ",") if first else "",
                    ("ja" if figure.past else "**nee**") if first else "",
                    "; ".join(figure.bronnen) if first else "",
                ]
            )
    head = ["Verdeling", "Antwoord", "Gepubliceerd %", "Getrokken %", "Chi-kwadraat", "Past", "Bron"]
    return _table(head, rows)


def _tables(population: Bevolking, stand: Stand) -> str:
    rows = []
    for step in population.trekking:
        for table in step.kansen:
            name = table_name(population, stand, step, table)
            if table.bronnen:
                why = "; ".join(str(population.bronnen[name]) for name in table.bronnen)
                why = f"{why}. {table.toelichting}" if table.toelichting else why
            else:
                why = f"Aanname: {table.aanname}"
            rows.append([name, _drawn(population, stand, step, table), why])
    return _table(["Vraag of kenmerk", "Aandelen", "Bron of aanname"], rows)


def _drawn(population: Bevolking, stand: Stand, step: Trekking, table: Tabel) -> str:
    if table.getallen:
        return f"{table.getallen.van} tot en met {table.getallen.tot_en_met}, gelijk verdeeld"
    labels = labels_of(population, stand, step.id)
    total = sum(table.aandelen.values())
    return ", ".join(f"{labels[word]} {percent(weight / total)} %" for word, weight in table.aandelen.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(_line(cells) for cells in lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
