"""ggztriage: is a Wlz application kansrijk for someone with a psychische aandoening? An advice that explains itself.

Everything public is named here and loaded when it is first used, so that ``import ggztriage`` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ggztriage._version import __version__

if TYPE_CHECKING:
    from ggztriage.advies.advies import Advies
    from ggztriage.casus import Casus
    from ggztriage.errors import Fout, MotorNietBeschikbaar, OngeldigeCasus, OngeldigRegelboek, Persoonsgegevens
    from ggztriage.reeks import Rijfout
    from ggztriage.regelboek import Regelboek, adviseer
    from ggztriage.vervolg import Vervolg, neem_over, verder

_HOME = {
    "Advies": "advies",
    "Casus": "casus",
    "Fout": "errors",
    "MotorNietBeschikbaar": "errors",
    "OngeldigRegelboek": "errors",
    "OngeldigeCasus": "errors",
    "Persoonsgegevens": "errors",
    "Regelboek": "regelboek",
    "Rijfout": "reeks",
    "Vervolg": "vervolg",
    "adviseer": "regelboek",
    "neem_over": "vervolg",
    "verder": "vervolg",
}

__all__ = [
    "Advies",
    "Casus",
    "Fout",
    "MotorNietBeschikbaar",
    "OngeldigRegelboek",
    "OngeldigeCasus",
    "Persoonsgegevens",
    "Regelboek",
    "Rijfout",
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
