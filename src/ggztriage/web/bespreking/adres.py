"""Where phones can find this machine."""

from __future__ import annotations

import socket
from pathlib import Path

from ggztriage.web.bespreking.kamer import Kamer
from ggztriage.web.security import is_loopback

_NOWHERE = ("192.0.2.1", 9)
"""An address for documentation: asking which way it lies sends nothing."""


def reachable(host: str) -> str:
    """The address under which others reach a server that listens on ``host``."""
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def kamer_for(host: str, bound: socket.socket, folder: Path | None = None) -> Kamer:
    """The sessions in a folder, for a server that listens on ``host``: with a key when others can reach it."""
    name = reachable(host)
    base = f"http://{f'[{name}]' if ':' in name else name}:{bound.getsockname()[1]}"
    return Kamer(folder, local=is_loopback(host), adres=base)
