"""Answers that contradict each other: told before every other signal and before the reasons, in every advice."""

from itertools import takewhile

from hypothesis import given
from hypothesis import strategies as st

from ggztriage import Regelboek
from ggztriage.taal.tree import Antwoord
from tests.casussen import national

BOEK = Regelboek.standaard()
TEGENSPRAKEN = {signaal.id: signaal.naam for signaal in BOEK.stand().signalen if signaal.soort == "tegenspraak"}
GIVEN: tuple[dict[str, Antwoord], ...] = (
    {"behandelaar_verwacht_blijvend": "ja", "ontwikkelperspectief": "ja"},
    {"ondersteuning_nu": "ambulant", "ondersteuning_nu_toereikend": "ja", "wmo_passend": "nee"},
    {"woonsituatie": "detentie", "strafrechtelijke_titel": "nee"},
    {"ongeplande_zorg_nacht": "ja", "kan_wachten_op_hulp": "ja"},
)


@given(national(), st.lists(st.sampled_from(GIVEN), min_size=1, unique_by=str))
def test_what_contradicts_is_named_first(
    answers: dict[str, Antwoord], contradictions: list[dict[str, Antwoord]]
) -> None:
    for contradiction in contradictions:
        answers = {**answers, **contradiction}
    advies = BOEK.adviseer(answers, motor="gecompileerd")

    named = [name for name in advies.signaal_ids if name in TEGENSPRAKEN]
    assert named
    assert named == list(takewhile(TEGENSPRAKEN.__contains__, advies.signaal_ids))
    for signaal in advies.signalen:
        if signaal.id in TEGENSPRAKEN:
            assert len(signaal.antwoorden or {}) >= 2
            assert (signaal.antwoorden or {}).items() <= answers.items()

    lines = advies.als_tekst().splitlines()
    reasons = next(number for number, line in enumerate(lines) if line.startswith("----"))  # below the first section
    for name in named:
        assert TEGENSPRAKEN[name].split()[0] in " ".join(lines[:reasons])
    assert all(TEGENSPRAKEN[name] in advies.als_markdown().split("\n## ")[0] for name in named)


def test_every_contradiction_is_drawn() -> None:
    drawn = {name for given_ in GIVEN for name in BOEK.adviseer(given_, motor="gecompileerd").signaal_ids}
    assert set(TEGENSPRAKEN) <= drawn
