import subprocess
import sys
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import iban
from stdnum.nl import bsn

from ggztriage.errors import Persoonsgegevens
from ggztriage.privacy import MAX_VONDSTEN, vind_persoonsgegevens


def kinds(text: str) -> list[str]:
    return [vondst.soort for vondst in vind_persoonsgegevens({"verhaal": text})]


def found(text: str) -> list[str]:
    """The kinds found when the text stands in an ordinary sentence."""
    return kinds(f"Zij woont hier nu 3 jaar, {text}. Op een schaal tot 10: 7.")


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "1112.22.333",
        "1112 22 333",
        "111-222-333",
        "111 222 333",
        "1 1 1 2 2 2 3 3 3",
        "1112 - 22 - 333",
        "BSN:111222333",
        "client_111222333",
        "010464554",
        "bsn 10464554",
        "burgerservicenummer is 10.464.554",
        "111222333 en 34 jaar",
        "5 1112.22.333",
        "3456 111222333",
        "111222\n333",
    ],
)
def test_a_bsn_is_found_in_every_usual_spelling(text: str) -> None:
    assert found(text) == ["BSN"]


@pytest.mark.parametrize(
    "text",
    [
        "12-03-1987",
        "12/3/1987",
        "12.03.1987",
        "3/12/1987",
        "03/31/1987",
        "12 - 03 - 1987",
        "12 03 1987",
        "12-03-87",
        "12/03/'87",
        "1987-03-12",
        "1987/3/12",
        "12 maart 1987",
        "12 Maart, 1987",
        "12e maart 1987",
        "1ste van maart 1987",
        "12 mrt. 1987",
        "12 mrt. '87",
        "12-mrt-1987",
        "12mrt1987",
        "1 december 2004",
        "1 sept 2004",
        "31 mei 1999",
        "12 maart\n1987",
        "geboren op 12031987",
        "geb. 5-3-87",
        "geboortedatum: 19870312",
        "van 12 tot 14 april 2019",
        "01-02-2019 12:30 uur",
    ],
)
def test_a_full_date_is_found(text: str) -> None:
    assert found(text) == ["geboortedatum"]


@pytest.mark.parametrize(
    "text",
    [
        "jan.de.wit@voorbeeld.nl",
        "j+wit@mail.voorbeeld.co.uk",
        "JAN@VOORBEELD.NL",
        "jan @ voorbeeld.nl",
        "jan apenstaartje voorbeeld.nl",
        "jan (at) voorbeeld punt nl",
        "jan[at]voorbeeld[dot]nl",
        "<jan@voorbeeld.nl>",
        "jan@café.nl",
    ],
)
def test_an_email_address_is_found(text: str) -> None:
    assert found(text) == ["e-mailadres"]


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678",
        "06 12 34 56 78",
        "06 - 1234 5678",
        "0612345678",
        "(06) 12345678",
        "06-12-34 56 78",
        "+31 6 12345678",
        "+31612345678",
        "+31 (0)6 1234 5678",
        "0031 6 12345678",
        "020-1234567",
        "020 123 45 67",
        "(020) 123 4567",
        "0512-123456",
        "+32 470 12 34 56",
        "tel:0612345678",
    ],
)
def test_a_phone_number_is_found(text: str) -> None:
    assert found(text) == ["telefoonnummer"]


@pytest.mark.parametrize(
    "text",
    [
        "1234 AB 12",
        "1234AB12",
        "1234ab 12",
        "1234 AB, nr. 12",
        "1234 AB huisnummer 12",
        "1234 AB Utrecht, Dorpsstraat 12",
        "Dorpsstraat 12, 1234 AB",
        "Dorpsstraat 12,1234AB",
        "Dorpsstraat 12a 1234 AB",
        "Dorpsstraat 12-A, 1234 AB Utrecht",
        "Dorpsstraat 12 bis 1234 AB",
        "Dorpsstraat 12-14 in 1234 AB",
        "Dorpsstraat 12, Den Haag (1234 AB)",
        "Dorpsstraat 12\n1234 AB Utrecht",
    ],
)
def test_a_postcode_with_a_house_number_is_found(text: str) -> None:
    assert found(text) == ["postcode met huisnummer"]


@pytest.mark.parametrize(
    "text",
    [
        "NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00",
        "nl91 abna 0417 1643 00",
        "NL91-ABNA-0417-1643-00",
        "IBAN:NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00 op naam van iemand",
        "BE71 0961 2345 6769",
        "GB33BUKB20201555555555",
    ],
)
def test_an_iban_is_found(text: str) -> None:
    assert found(text) == ["IBAN"]


@pytest.mark.parametrize(
    "text",
    [
        "36 uur per week, 24 uur per dag, 24/7 en 24-7",
        "artikel 2.3.5 lid 6 en artikel 3.2.1, §3.3.1",
        "1095 dagen, waarvan 90 dagen in 2021 en 2022",
        "300.000 euro, 30.115 mensen, 17310 en 35.135",
        "kamer 1234 en 12, in 2019 om 12 uur, sinds 2020 op 3 plekken",
        "in maart 1987, in 1987, sinds 2019-2020, 2019 - 2020 - 2021",
        "12 maart, op 12-03, 18-27 jaar, 5-10-15 minuten, 3/4 deel, 1 op de 4",
        "bel 112, bel 113 of 0800-0113, 0900-1113, 0800 2000, 0800-1205",
        "123456789 en 987654321",
        "bsn 123456789",
        "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
        "zij mailt @ huis, aan @gemeente, met a@b",
        "NL92 ABNA 5417 1643 00, NL91 ABNA, AB12 en XX12 3456 7890 1234",
        "1234 AB zonder nummer; 1234 SS 12",
        "zij is 34 jaar en woont in 1234 AB. 12 jaar later",
        "ggz3, zzp 1, vpt, 12 meisjes 2019, 7 augurken",
        "",
    ],
)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("１１１２２２３３３", "BSN"),
        ("١١١٢٢٢٣٣٣", "BSN"),
        ("111\u00a0222\u2009333", "BSN"),
        ("111\u200b222\u2060333\ufeff", "BSN"),
        ("1\u03361\u03361\u0336222333", "BSN"),
        ("111\u2011222\u2212333", "BSN"),
        ("1112·22·333", "BSN"),
        ("①①①②②②③③③", "BSN"),
        ("12\u00ad-03-1987", "geboortedatum"),
        ("12⁄03⁄1987", "geboortedatum"),
        ("jan＠voorbeeld．nl", "e-mailadres"),
        ("０６－１２３４５６７８", "telefoonnummer"),
        ("1234\u00a0AB\u00a012", "postcode met huisnummer"),
        ("ＮＬ91 ABNA 0417 1643 00", "IBAN"),
    ],
)
def test_lookalike_characters_hide_nothing(text: str, kind: str) -> None:
    assert found(text) == [kind]


separators = st.sampled_from(("", "", "", " ", ".", "-", "/", " - ", "\n", "\u00a0", "\u200b"))
words = st.text(st.characters(categories=("L", "P", "Zs"), exclude_characters="@"), max_size=30)


def with_check_digit(start: str) -> str:
    """A valid BSN that begins with these eight digits; empty when there is none."""
    return next((start + last for last in "0123456789" if bsn.is_valid(start + last)), "")


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.lists(separators, min_size=8, max_size=8), words, words)
@example("11122233", ["", "", "", "", "", "", "", ""], "in 2019 ", " en 12")
def test_every_valid_bsn_is_found_in_any_spelling(start: str, between: list[str], before: str, after: str) -> None:
    number = with_check_digit(start)
    assume(number)
    written = number[0] + "".join(separator + digit for separator, digit in zip(between, number[1:], strict=True))
    assert "BSN" in kinds(f"{before} {written} {after}")


@given(st.from_regex(r"[0-9]{9}", fullmatch=True).filter(lambda digits: not bsn.is_valid(digits)))
def test_nine_digits_that_fail_the_eleven_test_are_no_bsn(digits: str) -> None:
    assert "BSN" not in kinds(f"nummer {digits} staat hier")


@given(
    st.dates(date(1800, 1, 1), date(2099, 12, 31)),
    st.sampled_from(("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %m %Y", "%d-%m-%y")),
)
def test_every_date_in_digits_is_found(day: date, layout: str) -> None:
    written = f"{day:{layout}}"
    assert kinds(f"geboren in Sneek, {written}, als jongste") == ["geboortedatum"]


@given(st.from_regex(r"[A-Z]{4}[0-9]{10}", fullmatch=True), st.sampled_from(("", " ")), words, words)
def test_every_dutch_iban_is_found(account: str, separator: str, before: str, after: str) -> None:
    number = iban.format(f"NL{iban.calc_check_digits('NL00' + account)}{account}", separator)
    assert "IBAN" in kinds(f"{before} {number} {after}")


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_nothing_found_is_shown_whole(text: str) -> None:
    for vondst in vind_persoonsgegevens({"verhaal": text + "\n06-12345678"}):
        assert 1 <= vondst.regel <= text.count("\n") + 2
        assert sum(character.isalnum() for character in vondst.fragment) <= 2


def test_a_finding_names_its_place_and_line_and_masks_what_it_found() -> None:
    vondsten = vind_persoonsgegevens({"titel": "Mevrouw De Wit", "verhaal": "Een.\nTwee, 06-12345678.\nBSN 111222333."})
    assert [(v.plaats, v.regel, v.soort, v.fragment) for v in vondsten] == [
        ("verhaal", 2, "telefoonnummer", "06-********"),
        ("verhaal", 3, "BSN", "11*******"),
    ]


def test_several_kinds_in_one_text_come_in_reading_order() -> None:
    assert kinds("Op 12-03-1987: 111222333, jan@voorbeeld.nl, 1234 AB 12, NL91ABNA0417164300, 020-1234567.") == [
        "geboortedatum",
        "BSN",
        "e-mailadres",
        "postcode met huisnummer",
        "IBAN",
        "telefoonnummer",
    ]


def test_the_guard_stops_when_it_has_seen_enough() -> None:
    assert len(vind_persoonsgegevens({"a": "06-12345678, " * 20, "b": "111222333, " * 100})) == MAX_VONDSTEN


def test_the_refusal_explains_itself_and_shows_no_number() -> None:
    text = str(
        Persoonsgegevens(vind_persoonsgegevens({"verhaal": "Zij is 34.\nMail jan@voorbeeld.nl of bel 06-12345678."}))
    )
    assert "verhaal: regel 2: " in text
    assert "e-mailadres" in text
    assert "telefoonnummer" in text
    assert "toch" not in text, "how to go on is for the door to say"
    assert "voorbeeld" not in text
    assert "345678" not in text


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1-", "0", "+", "06-x", "a", "a@", "a.", "a@a.", "a @ ", "1234AB!", "AA11 ", "1 Aa, ", "\u0301\u0323"],
)
def test_a_number_behind_a_large_hostile_text_is_still_found(piece: str) -> None:
    text = piece * (2**18 // len(piece.encode())) + "\n\nBSN 111222333."
    assert [(vondst.soort, vondst.regel) for vondst in vind_persoonsgegevens({"verhaal": text})] == [("BSN", 3)]


def test_the_number_library_is_loaded_only_when_a_text_is_read() -> None:
    program = "import sys, ggztriage.privacy; print('stdnum' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
