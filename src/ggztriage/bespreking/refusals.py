"""What can stand in the way of something that people do in a session."""

from __future__ import annotations

from ggztriage.errors import Fout


class GeenSessie(Fout):
    """There is no session with this name or code: it never was, it expired, or it was deleted."""


class Ingehaald(Fout):
    """Someone else changed the session after this window was opened: nothing was overwritten."""


class NietNu(Fout):
    """What someone sent does not belong to the step in which the session is now."""
