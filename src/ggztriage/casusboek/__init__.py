"""The casebook: people who do not exist, what should be advised on each of them, and everything made from that."""

from ggztriage.casusboek.casusboek import Casusboek, Geval

__all__ = ["Casusboek", "Geval"]
