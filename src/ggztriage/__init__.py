"""ggztriage: is a Wlz application kansrijk for someone with a psychische aandoening? An advice that explains itself.

Everything public is named here and loaded when it is first used, so that ``import ggztriage`` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ggztriage._version import __version__

if TYPE_CHECKING:
    from ggztriage.advies.advies import Advies
    from ggztriage.advies.parts import (
        AdviesJson,
        Beoordeling,
        BronVermelding,
        CriteriumAdvies,
        Ontbrekend,
        RegelboekKenmerk,
        RegioKenmerk,
        RouteAdvies,
        SignaalAdvies,
        StapAdvies,
        Verandering,
    )
    from ggztriage.advies.sheet import Item, Section, Sheet
    from ggztriage.boek.stand import Stand
    from ggztriage.casus import Casus
    from ggztriage.errors import (
        Fout,
        MotorNietBeschikbaar,
        OngeldigeCasus,
        OngeldigRegelboek,
        Persoonsgegevens,
        Persoonsvondst,
    )
    from ggztriage.reading import Document
    from ggztriage.reeks import Rijfout
    from ggztriage.regelboek import Regelboek, adviseer
    from ggztriage.vervolg import Vervolg, neem_over, verder

_HOME = {
    "Advies": "advies",
    "AdviesJson": "advies.parts",
    "Beoordeling": "advies.parts",
    "BronVermelding": "advies.parts",
    "Casus": "casus",
    "CriteriumAdvies": "advies.parts",
    "Document": "reading",
    "Fout": "errors",
    "Item": "advies.sheet",
    "MotorNietBeschikbaar": "errors",
    "OngeldigRegelboek": "errors",
    "OngeldigeCasus": "errors",
    "Ontbrekend": "advies.parts",
    "Persoonsgegevens": "errors",
    "Persoonsvondst": "errors",
    "Regelboek": "regelboek",
    "RegelboekKenmerk": "advies.parts",
    "RegioKenmerk": "advies.parts",
    "Rijfout": "reeks",
    "RouteAdvies": "advies.parts",
    "Section": "advies.sheet",
    "Sheet": "advies.sheet",
    "SignaalAdvies": "advies.parts",
    "Stand": "boek.stand",
    "StapAdvies": "advies.parts",
    "Verandering": "advies.parts",
    "Vervolg": "vervolg",
    "adviseer": "regelboek",
    "neem_over": "vervolg",
    "verder": "vervolg",
}

__all__ = [
    "Advies",
    "AdviesJson",
    "Beoordeling",
    "BronVermelding",
    "Casus",
    "CriteriumAdvies",
    "Document",
    "Fout",
    "Item",
    "MotorNietBeschikbaar",
    "OngeldigRegelboek",
    "OngeldigeCasus",
    "Ontbrekend",
    "Persoonsgegevens",
    "Persoonsvondst",
    "Regelboek",
    "RegelboekKenmerk",
    "RegioKenmerk",
    "Rijfout",
    "RouteAdvies",
    "Section",
    "Sheet",
    "SignaalAdvies",
    "Stand",
    "StapAdvies",
    "Verandering",
    "Vervolg",
    "__version__",
    "adviseer",
    "neem_over",
    "verder",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        message = f"module 'ggztriage' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"ggztriage.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
