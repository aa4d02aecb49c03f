"""The pages of a doelgroepbespreking: for participants, for the facilitator, and for the projector."""

from __future__ import annotations

from ggztriage.web.bespreking import deelnemer, leiden, overzicht, toegang, verslag

ROUTERS = tuple(module.router for module in (toegang, overzicht, leiden, verslag, deelnemer))
"""The pages, in the order in which their addresses are tried."""
