"""What each refusal says to people."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[int, tuple[str, str]] = {
    400: ("Dit verzoek is niet te lezen", "Ga terug en probeer het opnieuw."),
    403: (
        "Dit formulier is verlopen",
        "Alleen een formulier dat hier net is geopend, wordt aangenomen. Laad de pagina opnieuw. Er is niets bewaard.",
    ),
    404: ("Deze pagina bestaat niet", "Controleer het adres, of begin opnieuw bij het begin."),
    405: ("Zo werkt dit adres niet", "Dit adres kent deze methode niet."),
    413: ("Dit is te groot", "Stuur hoogstens 1 MiB."),
    415: ("Deze soort gegevens kennen we hier niet", "Stuur JSON (application/json), of gebruik het formulier."),
    421: ("Dit adres hoort niet bij deze toepassing", "Gebruik het adres dat bij het starten werd getoond."),
    422: ("Deze invoer klopt niet", "Verbeter wat hieronder staat en probeer het opnieuw."),
    429: ("Even geduld", "Er is te vaak een verkeerde code of sleutel geprobeerd. Wacht vijf minuten."),
    500: (
        "Er ging iets mis",
        "Dat ligt aan dit programma, niet aan u. Wat u invulde is niet bewaard. Ga terug en probeer het opnieuw.",
    ),
    503: ("Dit kan nu niet worden geopend", "Dat ligt niet aan u. Hieronder staat wat er is en wat u kunt doen."),
}


def words(status: int) -> tuple[str, str]:
    """A heading for this status, and what to do now."""
    return _WORDS.get(status, _WORDS[400])
