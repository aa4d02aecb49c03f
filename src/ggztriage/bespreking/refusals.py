"""What can stand in the way of something that people do in a session."""

from __future__ import annotations

from ggztriage.errors import Fout


class GeenSessie(Fout):
    """There is no session with this name or code: it never was, it expired, or it was deleted."""


class Ingehaald(Fout):
    """Someone else changed the session after this window was opened: nothing was overwritten."""


class NietNu(Fout):
    """What someone sent does not belong to the step in which the session is now."""


class Onleesbaar(Fout):
    """What was kept of one session cannot be read by this version; other sessions are not touched by it."""


class OpslagFout(Fout):
    """The file with sessions cannot be used: damaged, of a newer version, not to be written, or in use."""
