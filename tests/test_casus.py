"""Cases: what is accepted, and how every mistake is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from ggztriage import Casus, OngeldigeCasus, Persoonsgegevens, Regelboek, adviseer

STAND = Regelboek.standaard().stand()


def mistakes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(OngeldigeCasus) as caught:
        Casus.lees_tekst(text, "casus.yaml", STAND)
    return caught.value.meldingen


def test_yaml_json_and_a_bare_mapping_are_the_same_case() -> None:
    answers = {"leeftijd": 34, "psychische_stoornis_vastgesteld": "ja", "verwacht_profiel": "ggz3"}
    texts = [
        "antwoorden:\n  leeftijd: 34\n  psychische_stoornis_vastgesteld: ja\n  verwacht_profiel: ggz3\n",
        "leeftijd: 34\npsychische_stoornis_vastgesteld: true\nverwacht_profiel: ggz3\nwmo_passend: onbekend\n",
        json.dumps({"titel": "X", "antwoorden": {**answers, "wmo_passend": None}}),
        json.dumps(answers),
    ]
    found = [adviseer(Casus.lees_tekst(text)).antwoorden for text in texts]
    assert found == [answers] * 4


def test_all_mistakes_come_in_one_message_with_line_question_and_remedy() -> None:
    found = mistakes(
        "titel: 12\n"
        "kleur: rood\n"
        "antwoorden:\n"
        "  leeftijd: 34.5\n"
        "  psychische_stoornis_vastgesteld: misschien\n"
        "  heeft_wlz_indicati: ja\n"
        "  woonsituatie: zelfstandg\n"
        "  leeftijd: 3\n"
    )
    text = str(OngeldigeCasus(found))
    assert len(found) == 7
    for line, words in [
        (8, ["'leeftijd'", "twee keer"]),
        (1, ["titel", "tekst"]),
        (2, ["'kleur'", "onbekend"]),
        (4, ["leeftijd", "34.5", "0 tot en met 120"]),
        (5, ["psychische_stoornis_vastgesteld", "misschien", "ja, nee of onbekend"]),
        (6, ["'heeft_wlz_indicati' bestaat niet", "Bedoelt u 'heeft_wlz_indicatie'?"]),
        (7, ["woonsituatie", "Bedoelt u 'zelfstandig'?"]),
    ]:
        matching = [f"{place}: {message}" for place, message in found if f"regel {line}" in place]
        assert any(all(word in one for word in words) for one in matching), (line, text)


@pytest.mark.parametrize("age", ["3.0", "'34'", "true", "022", "-1", "121", "1e2", "[34]", "{a: 1}", "vier", "34 jaar"])
def test_an_age_is_a_whole_number_from_0_to_120_and_nothing_else(age: str) -> None:
    ((place, message),) = mistakes(f"leeftijd: {age}\n")
    assert "regel 1, leeftijd" in place
    assert "heel getal van 0 tot en met 120" in message


@pytest.mark.parametrize("answer", [1, 0, 1.0, [], {}, ["ja"], "JA", "", b"ja", object()])
def test_answers_of_another_type_are_refused(answer: Any) -> None:
    with pytest.raises(OngeldigeCasus, match="wmo_passend"):
        adviseer({"wmo_passend": answer})


def test_keys_that_are_no_text_are_refused() -> None:
    with pytest.raises(OngeldigeCasus, match="bestaat niet"):
        adviseer({3: "ja"})  # type: ignore[dict-item]


def test_fields_without_answers_are_explained() -> None:
    assert "`antwoorden:` ontbreekt" in mistakes("titel: X\nleeftijd: 3\n")[0][1]
    assert "namen met een waarde" in mistakes("- 1\n")[0][1]
    assert "Onder `antwoorden`" in mistakes("antwoorden: [1]\n")[0][1]
    assert "Onder `antwoorden`" in mistakes("antwoorden: []\n")[0][1]
    for field in ("titel: 0", "id: false", "verhaal: []", "fictief: 1"):
        assert len(mistakes(f"{field}\nantwoorden: {{}}\n")) == 1


def test_an_empty_list_of_answers_is_an_open_case() -> None:
    assert adviseer(Casus.lees_tekst("antwoorden:\n")).uitkomst == "twijfel"


def test_reading_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "casus.yaml"
    path.write_text("\ufeffleeftijd: 15\n", encoding="utf-8")
    assert adviseer(Casus.lees(path)).uitkomst == "buiten_reikwijdte"
    with pytest.raises(OngeldigeCasus, match="bestaat niet"):
        Casus.lees(tmp_path / "weg.yaml")


def test_the_privacy_guard_reads_every_text_and_gives_way_to_toch() -> None:
    for text in (
        "verhaal: Bel mij op 06-12345678.\nantwoorden: {}\n",
        "titel: mevrouw@voorbeeld.nl\nantwoorden: {}\n",
        "antwoorden: {}\nperspectieven: {gemeente: 'BSN 111222333'}\n",
        "antwoorden: {}\ndiscussievragen: ['Geboren op 12-03-1987?']\n",
    ):
        casus = Casus.lees_tekst(text)
        with pytest.raises(Persoonsgegevens) as caught:
            adviseer(casus)
        assert "toch" not in str(caught.value), "the message holds facts"
        assert any("toch=True" in note for note in caught.value.__notes__), "the door of Python says how to go on"
        assert [vondst.plaats for vondst in caught.value.vondsten] == [place for place, _ in caught.value.meldingen]
        assert adviseer(casus, toch=True).uitkomst == "twijfel"


def test_personal_data_given_as_an_answer_is_noticed_too() -> None:
    with pytest.raises(Persoonsgegevens):
        adviseer({"wmo_passend": "NL91 ABNA 0417 1643 00"})
