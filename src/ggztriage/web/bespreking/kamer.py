"""What the pages of a session share: the store, who may lead, and how often someone may guess."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ggztriage.bespreking.codes import new_code, read_code
from ggztriage.bespreking.database import usual_folder
from ggztriage.bespreking.mirror import Spiegel, mirror
from ggztriage.bespreking.refusals import GeenSessie
from ggztriage.bespreking.sessie import Sessie
from ggztriage.bespreking.steps import woorden
from ggztriage.bespreking.store import Store
from ggztriage.web.bespreking.live import Hub

LEADER_COOKIE = "ggztriage_begeleider"
_KEY_LENGTH = 12
_GUESSES, _WINDOW, _REMEMBERED = 20, 300.0, 10_000
_TIDY_EVERY, _MIRRORS = 3600.0, 20


class Limiter:
    """Lets nobody guess on: after a number of misses from one address, that address has to wait."""

    def __init__(self, guesses: int = _GUESSES, window: float = _WINDOW) -> None:
        """``guesses`` misses within ``window`` seconds."""
        self.guesses, self.window = guesses, window
        self._misses: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def check(self, request: Request) -> None:
        """Refuse whoever guessed too often.

        Raises:
            HTTPException: 429.
        """
        with self._lock:
            misses = self._misses.get(_address(request))
            now = time.monotonic()
            while misses and misses[0] < now - self.window:
                misses.popleft()
            if misses and len(misses) >= self.guesses:
                raise HTTPException(429, headers={"Retry-After": str(round(self.window))})

    def miss(self, request: Request) -> None:
        """Note a wrong guess."""
        with self._lock:
            misses = self._misses.setdefault(_address(request), deque(maxlen=self.guesses))
            misses.append(time.monotonic())
            self._misses.move_to_end(_address(request))
            if len(self._misses) > _REMEMBERED:
                self._misses.popitem(last=False)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


@dataclass
class Kamer:
    """The sessions of one server.

    Attributes:
        map: the folder in which they are kept; None for the data folder of this user.
        local: whether only this machine can reach the server; otherwise a facilitator needs a key.
        adres: the address for participants, such as ``http://192.168.1.5:8000``; None for the one they ask for.
    """

    map: Path | None = None
    local: bool = True
    adres: str | None = None
    limiter: Limiter = field(default_factory=Limiter)
    _pass: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _mirrors: dict[tuple[str, int, int], Spiegel] = field(default_factory=dict)
    _tidied: float = field(default_factory=time.monotonic)

    @cached_property
    def sleutel(self) -> str | None:
        """What a facilitator must know; None when only this machine can reach the server."""
        return None if self.local else new_key()

    @cached_property
    def store(self) -> Store:
        """The sessions; opened when first needed."""
        return Store(self.map or usual_folder())

    @cached_property
    def hub(self) -> Hub:
        """Tells whoever follows a session that it changed."""
        return Hub(self.store)

    def stop(self) -> None:
        """End what would go on for ever, because the server stops."""
        if "hub" in self.__dict__:
            self.hub.stop()

    def spiegel(self, sessie: Sessie, casus: int) -> Spiegel:
        """How the room sees a case; worked out once for everyone who looks at the same moment."""
        key = (sessie.id, casus, sessie.teller)
        if key not in self._mirrors:
            if len(self._mirrors) >= _MIRRORS:
                self._mirrors.clear()
            self._mirrors[key] = mirror(
                sessie.casussen[casus], self.store.stemmen(sessie.id, casus), woorden(sessie.voorbereiding)
            )
        return self._mirrors[key]

    def tidy(self) -> None:
        """Delete what has expired, once an hour."""
        if time.monotonic() - self._tidied > _TIDY_EVERY:
            self._tidied = time.monotonic()
            self.store.ruim_op()

    def leads(self, request: Request) -> bool:
        """Whether this browser may lead."""
        given = request.cookies.get(LEADER_COOKIE, "")
        return self.sleutel is None or hmac.compare_digest(given.encode(), self._pass.encode())

    def log_in(self, request: Request, response: Response, typed: str) -> bool:
        """Let a browser lead when the key is right.

        Raises:
            HTTPException: 429 after too many guesses.
        """
        self.limiter.check(request)
        if self.sleutel is not None and not hmac.compare_digest(read_code(typed).encode(), self.sleutel.encode()):
            self.limiter.miss(request)
            return False
        response.set_cookie(LEADER_COOKIE, self._pass, httponly=True, samesite="strict", path="/")
        return True

    def join_address(self, request: Request) -> str:
        """Where participants go."""
        return f"{self.adres or str(request.base_url).rstrip('/')}/doe-mee"


def new_key() -> str:
    """A key for facilitators."""
    return new_code(_KEY_LENGTH)


def kamer(request: Request) -> Kamer:
    """The sessions of the server that answers this request."""
    found = cast("Kamer", request.app.state.kamer)
    found.tidy()
    return found


Zaal = Annotated[Kamer, Depends(kamer)]


def leader(request: Request, zaal: Zaal) -> None:
    """Refuse whoever may not lead.

    Raises:
        HTTPException: 303 to the page that asks for the key.
    """
    if not zaal.leads(request):
        raise HTTPException(303, headers={"Location": "/bespreking/sleutel"})


Leidt = Annotated[None, Depends(leader)]
"""Whoever may lead."""


def led(name: str, zaal: Zaal, _: Leidt) -> Sessie:
    """The session that the address names, for its facilitator.

    Raises:
        HTTPException: 303 to the page that asks for the key; 404 when there is no such session.
    """
    try:
        return zaal.store.sessie(name)
    except GeenSessie:
        raise HTTPException(404) from None


Geleid = Annotated[Sessie, Depends(led)]
"""The session of a facilitator."""


def joined(code: str, request: Request, zaal: Zaal) -> Sessie:
    """The session with the code in the address, for whoever has it.

    Raises:
        HTTPException: 404 when there is none, and 429 after too many guesses.
    """
    zaal.limiter.check(request)
    try:
        return zaal.store.met_code(code)
    except GeenSessie:
        zaal.limiter.miss(request)
        raise HTTPException(404) from None


MetCode = Annotated[Sessie, Depends(joined)]
"""The session of a participant."""
