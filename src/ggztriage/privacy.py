"""The privacy guard: finds what looks as if it belongs to a real person, so that it can be refused.

A fictional or anonymised case needs no number, address or exact date. Every date with day, month and year counts as a
date of birth, for a story loses nothing without it; a year, or a month with a year, is fine. Emergency and service
numbers (112, 113, 0800, 0900) are no one's own and may stand. What has no form to know it by, such as a name, is not
found: the guard is a safety net, no proof that a text is anonymous.

Every search goes through the text once, in bounded steps: a hostile text costs no more than an ordinary one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

from ggztriage.errors import Persoonsvondst

MAX_VONDSTEN = 25
"""The guard stops after this many findings in one case: enough to refuse it."""


def vind_persoonsgegevens(teksten: Mapping[str, str]) -> list[Persoonsvondst]:
    """Find BSNs, dates, e-mail addresses, phone numbers, addresses and IBANs in texts (place to text).

    Full-width digits, unusual spaces and dashes and invisible characters are read as what they look like.

    Returns:
        The findings, text by text, in reading order; at most `MAX_VONDSTEN`.
    """
    vondsten: list[Persoonsvondst] = []
    for plaats, text in teksten.items():
        plain = text.translate(_Lookalikes())
        previous, line = 0, 1
        for start, end, soort in sorted(_places(plain, MAX_VONDSTEN - len(vondsten))):
            line += plain.count("\n", previous, start)
            previous = start
            vondsten.append(Persoonsvondst(plaats, line, soort, _masked(plain[start:end]), _UITLEG[soort]))
    return vondsten


# --- Reading a text as people see it ---------------------------------------------------------------------------------

_SAME = {"\n": "\n", "\u2212": "-", "\u00b7": ".", "\u2044": "/", "\u2215": "/"}


class _Lookalikes(dict[int, str]):
    """From a character to the plain characters that it looks like, worked out when first met.

    Character by character, because normalising a whole text takes quadratic time on long runs of accents.
    """

    def __missing__(self, code: int) -> str:
        plain = "".join(map(_plain, unicodedata.normalize("NFKC", chr(code))))
        self[code] = plain
        return plain


def _plain(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Pd":
            return "-"
        case "Zs" | "Zl" | "Zp" | "Cc":
            return " "
        case "Cf" | "Mn" | "Me":  # invisible, or written over the character before it
            return ""
        case _:
            return character


def _masked(found: str, visible: int = 2, longest: int = 40) -> str:
    seen = accumulate(found[:longest], lambda count, character: count + character.isalnum(), initial=0)
    masked = ("*" if c.isalnum() and before >= visible else c for c, before in zip(found[:longest], seen, strict=False))
    return "".join(masked).replace("\n", " ")


# --- What to look for ------------------------------------------------------------------------------------------------


def _places(text: str, at_most: int) -> Iterator[tuple[int, int, str]]:
    """Give start, end and kind of what was found; characters that two kinds claim belong to the first of them."""
    taken = bytearray(len(text))
    for soort, find in _FINDERS.items():
        for start, end in find(text):
            if at_most <= 0:
                return
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                at_most -= 1
                yield start, end, soort


_IBAN_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})\d\d(?=[\s.-]?[A-Za-z0-9])")
_IBAN_NEXT = re.compile(r"[\s.-]?[A-Za-z0-9]")


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    from stdnum import iban, numdb

    countries = numdb.get("iban")
    lengths: dict[str, int] = {}  # of what follows country and check digits; 0 for no country
    for match in _IBAN_START.finditer(text):
        country = match[1].upper()
        if country not in lengths:
            structure = countries.info(country)[0][1].get("bban", "")
            lengths[country] = sum(int(part) for part in re.findall(r"(\d+)!", structure))
        end = match.end()
        for _ in range(lengths[country]):
            following = _IBAN_NEXT.match(text, end)
            if following is None:
                break
            end = following.end()
        else:
            if lengths[country] and iban.is_valid(re.sub(r"\s", "", text[match.start() : end]), check_country=False):
                yield match.start(), end


_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]++\s{0,2}(?:@|[(\[]at[)\]]|\bapenstaartje\b)\s{0,2}"
    r"(?:[\w-]++(?:\.|\s?[(\[]dot[)\]]\s?|\spunt\s))+[a-z]{2,24}\b",
    re.IGNORECASE,
)


def _email_addresses(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _EMAIL.finditer(text))


_PHONE_DIGIT = r"(?:[\s().\-/]{0,3}\d)"
_PHONE = re.compile(
    rf"""(?<!\d)(?!\d\d?[-./]\d\d?[-./](?:19|20)\d\d)  # a date that a number follows is a date
    (?: \+ {_PHONE_DIGIT}{{9,14}}                      # +31 6 …
      | 00 [1-9] {_PHONE_DIGIT}{{8,12}}                # 0031 6 …
      | 0 (?! [\s().\-/]{{0,3}} (?: 0 | 800 | 90[069] ) ) {_PHONE_DIGIT}{{9}}  # 06 …, 020 …; no service numbers
    ) (?!\d)""",
    re.VERBOSE,
)


def _phone_numbers(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PHONE.finditer(text))


_BSN_DIGIT = r"(?:[\s.\-/_]{0,3}\d)"
# The digits stand in a lookahead, so that numbers close together are tried from every start.
_NINE_DIGITS = re.compile(rf"(?<!\d)(?=(\d{_BSN_DIGIT}{{8}})(?!\d))")
_EIGHT_DIGITS = re.compile(  # a BSN whose first 0 was left out
    rf"\b(?:bsn|burgerservicenummer|sofi-?nummer)[\s:=.-]{{0,4}}(?:is|nr|nummer)?[\s:=.-]{{0,4}}"
    rf"(\d{_BSN_DIGIT}{{7}})(?!\d)",
    re.IGNORECASE,
)


def _bsns(text: str) -> Iterator[tuple[int, int]]:
    from stdnum.nl import bsn

    for pattern in (_NINE_DIGITS, _EIGHT_DIGITS):
        for match in pattern.finditer(text):
            if bsn.is_valid(re.sub(r"\D", "", match[1])):
                yield match.span(1)


_DAY, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:1[89]|20)\d\d"
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_BETWEEN = r"\s{0,2}[-./]\s{0,2}"
_DATE = re.compile(
    rf"""(?<!\d)(?:
        {_DAY}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}                     # 12-03-1987, or the month first
      | {_YEAR}{_BETWEEN}{_DAY}{_BETWEEN}{_DAY}                     # 1987-03-12
      | \d\d\s\d\d\s{_YEAR}                                         # 12 03 1987
      | (?:[0-2]\d|3[01])(?P<dash>[-/])(?:0[1-9]|1[0-2])(?P=dash)'?\d\d(?!-?\d)  # 12-03-87
      | {_DAY}(?:e|de|ste)?[\s.,\-/]{{0,3}}(?:van\s)?{_MONTH}[\s.,\-/]{{0,3}}(?:{_YEAR}|['’]\d\d)  # 12 mrt. 1987
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED_DATE = re.compile(
    r"\bgeb[a-z]{0,12}\.?[\s:=]{0,3}(?:op|datum)?[\s:=]{0,3}(\d{8}|\d\d?[-./ ]\d\d?[-./ ]'?\d\d)(?!\d)", re.IGNORECASE
)


def _dates(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _DATE.finditer(text))
    yield from (match.span(1) for match in _LABELLED_DATE.finditer(text))


# Small letters only without a space: "in 2019 om 12 uur" is no address.
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{3}(?:\s{0,2}[A-Z]{2}|[A-Za-z]{2})(?![A-Za-z])")
_TOWN = r"(?:[A-Z][\w'’-]{1,30}[\s,]{1,3}){0,4}"
_NUMBER_BEFORE = re.compile(
    rf"(?<!\d)\d{{1,5}}(?:[\s-]?(?:[A-Za-z]|bis|hs|huis))?(?:[\s-]\d{{1,4}})?"
    rf"[\s,;(/-]{{1,3}}(?:(?:in|te|op)\s)?{_TOWN}\(?$"
)
_NUMBER_AFTER = re.compile(rf"[\s,;)/-]{{0,3}}{_TOWN}(?:(?:huis)?(?:nummer|nr)\.?\s?)?\d{{1,5}}(?!\d)")
_REACH = 60


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    from stdnum.nl import postcode

    for match in _POSTCODE.finditer(text):
        if not postcode.is_valid(re.sub(r"\s", "", match[0])):
            continue
        near = max(0, match.start() - _REACH)
        if before := _NUMBER_BEFORE.search(text[near : match.start()]):
            yield near + before.start(), match.end()
        elif after := _NUMBER_AFTER.match(text, match.end()):
            yield match.start(), after.end()


_FINDERS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "IBAN": _ibans,
    "e-mailadres": _email_addresses,
    "telefoonnummer": _phone_numbers,
    "BSN": _bsns,
    "geboortedatum": _dates,
    "postcode met huisnummer": _addresses,
}

_UITLEG = {
    "IBAN": "Dit lijkt een rekeningnummer (IBAN). Haal het weg.",
    "e-mailadres": "Dit lijkt een e-mailadres. Haal het weg.",
    "telefoonnummer": "Dit lijkt een telefoonnummer. Haal het weg. Noodnummers zoals 112 en 113 mogen blijven staan.",
    "BSN": "Dit lijkt een burgerservicenummer (BSN). Haal het weg: voor een advies is het niet nodig.",
    "geboortedatum": "Dit lijkt een geboortedatum of een andere volledige datum. Noem alleen de leeftijd of het jaar.",
    "postcode met huisnummer": "Dit lijkt een adres. Noem hooguit de gemeente of de regio.",
}
