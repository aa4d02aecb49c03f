"""Serving the application on this machine until someone stops it."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterable
from os import environ

import uvicorn
from fastapi import FastAPI

from ggztriage.errors import Fout

_PORTS = 65535


class Server(uvicorn.Server):
    """A server that tells its address when it answers, and ends answers that would go on for ever when it stops."""

    def __init__(
        self, config: uvicorn.Config, started: Callable[[], None], at_stop: Iterable[Callable[[], None]] = ()
    ) -> None:
        """``started`` is called once, when requests are answered; ``at_stop`` before waiting for the last ones."""
        super().__init__(config)
        self._when_started = started
        self._at_stop = at_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._when_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop answering."""
        for end in self._at_stop:
            end()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A socket on which to serve; port 0 takes a free one.

    Raises:
        Fout: when the address is not of this machine or the port is taken.
    """
    if not 0 <= port <= _PORTS:
        raise Fout([("port", f"Een poort is een getal van 0 tot en met {_PORTS}. Kies 0 voor een vrije poort.")])
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return _named_tcp(socket.create_server((host, port), family=family))
    except (OSError, UnicodeError):
        remedy = "Is de poort bezet? Kies een andere, of 0 voor een vrije. Is het adres van deze computer?"
        raise Fout([(f"{host}:{port}", f"Hier kan de webapplicatie niet starten. {remedy}")]) from None


def _named_tcp(made: socket.socket) -> socket.socket:
    """The same socket with its protocol named; Python makes it with protocol 0, and its connections inherit that.

    By that number asyncio sees that a connection is TCP, and only then sends a small packet without waiting.
    """
    return socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach())


def address(bound: socket.socket) -> str:
    """The address of the first page, as people open it on this machine."""
    host, port = bound.getsockname()[:2]
    usual = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared, not bound
    return f"http://{usual.get(host, f'[{host}]' if ':' in host else host)}:{port}/"


def serve(app: FastAPI, bound: socket.socket, *, open_browser: bool) -> None:
    """Answer requests until someone stops the program; writes the address when it answers."""
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=64 * 1024,
    )

    def started() -> None:
        url = address(bound)
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        if open_browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()

    try:
        Server(config, started, app.state.at_stop).run([bound])
    except KeyboardInterrupt:
        pass
    finally:
        bound.close()


def _has_screen() -> bool:
    """Whether a browser can show itself; on a bare terminal Python would start one in text."""
    return sys.platform in ("darwin", "win32") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
