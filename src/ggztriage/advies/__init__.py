"""The advice: what was found for one case, in the words of the rulebook, in every form."""

from ggztriage.advies.advies import Advies

__all__ = ["Advies"]
