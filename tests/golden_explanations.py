"""Write the golden explanations anew: ``python -m tests.golden_explanations``. Read the difference first."""

from datetime import date
from pathlib import Path

from ggztriage import Casus, Regelboek
from ggztriage.data import data_folder

GOLDEN = Path(__file__).parent / "golden"


CASES = {
    "mevrouw-de-wit": "kansrijk-of-niet",
    "gaitrie-ramdin": "kansrijk-of-niet",
    "mevrouw-biharie": "kansrijk-of-niet",
    "mevrouw-veldkamp": "kansrijk-of-niet",
    "meneer-brinkman": "kansrijk-of-niet",
    "dewi-pattiasina": "dakloos",
    "ria-vermeulen": "dakloos",
}
"""The cases, each with the rulebook that advises on it."""
FORMS = ("tekst", "kort", "markdown", "html")
IN_TEXT = {"mevrouw-biharie", "mevrouw-veldkamp", "meneer-brinkman"}
"""Cases of which the full text is enough: what they add is words, not form."""
GOLDENS = [(naam, form) for naam in CASES for form in FORMS if form == "tekst" or naam not in IN_TEXT]


def written(naam: str, form: str) -> str:
    """The advice on a bundled case in one of its forms; without what follows every change."""
    casus = Casus.lees(data_folder("casebook") / CASES[naam] / f"{naam}.yaml")
    boek = Regelboek.standaard(CASES[naam])
    advies = boek.adviseer(casus, motor="gecompileerd", peildatum=date(2026, 11, 22))
    write = {
        "tekst": advies.als_tekst,
        "kort": lambda: advies.als_tekst(kort=True),
        "markdown": advies.als_markdown,
        "html": advies.als_html,
    }[form]
    text = write().replace(advies.regelboek.vingerafdruk[:19], "sha256:…")
    return text.replace(f"ggztriage {advies.software},", "ggztriage …,")


def main() -> None:
    for naam, form in GOLDENS:
        (GOLDEN / f"{naam}.{form}").write_text(written(naam, form).rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
