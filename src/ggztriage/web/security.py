"""What stands between the network and the pages: host check, size limit, headers, and proof that a form is ours.

Three small ASGI middlewares, outermost first: ``Guard`` answers every unexpected error without showing or logging what
was sent, and sets the headers; ``HostCheck`` refuses addresses that are not ours (DNS rebinding); ``BodyLimit`` refuses
large bodies, also when they arrive in chunks.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import re
import secrets
import socket
import traceback
from collections.abc import AsyncIterator, Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1024 * 1024
COOKIE = "ggztriage_formulier"
TOKEN_FIELD = "_bewijs"  # noqa: S105 - the name of a field
_MAX_FIELDS = 1000
_LONGEST_NUMBER = 15
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,253}))(?::[0-9]{1,5})?")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""On every answer that does not set one of them itself."""

_log = logging.getLogger("ggztriage.web")

ErrorPage = Callable[[Scope, int], Response]


class _Layer:
    """What stands around an application, and may answer in its place."""

    def __init__(self, app: ASGIApp, error_page: ErrorPage) -> None:
        """``error_page`` makes the answer for a path and a status."""
        self.app = app
        self.error_page = error_page


class Guard(_Layer):
    """Sets the headers, and answers an unexpected error. The log names the place in the code, never what was sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as problem:  # noqa: BLE001 - whatever it is, nothing of it may reach the log or the page
            place = traceback.extract_tb(problem.__traceback__)[-1]
            _log.error("%s in %s, line %s", type(problem).__name__, place.filename, place.lineno)
            if not started:
                await self.error_page(scope, 500)(scope, receive, send_with_headers)


class HostCheck(_Layer):
    """Refuses requests that name another host than ours."""

    def __init__(self, app: ASGIApp, hosts: HostNames, error_page: ErrorPage) -> None:
        """``hosts`` are the names that this server goes by."""
        super().__init__(app, error_page)
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request, or refuse it."""
        if scope["type"] == "http" and not self.hosts.allow(Headers(scope=scope).get("host", "")):
            await self.error_page(scope, 421)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class HostNames:
    """The names by which the server may be addressed."""

    def __init__(self, host: str, extra: Iterable[str] = ()) -> None:
        """The names that follow from the address on which the server listens.

        On all addresses every IP address is fine (a rebound name is never one), and so is the name of this machine.
        """
        self.any_address = host in ("", "0.0.0.0", "::")  # noqa: S104 - compared, not bound
        self.names = {host.lower(), *(name.lower() for name in extra)}
        if is_loopback(host) or self.any_address:
            self.names |= {"localhost", "127.0.0.1", "::1"}
        if self.any_address:
            name = socket.gethostname().lower()
            self.names |= {name, f"{name}.local"}

    def allow(self, header: str) -> bool:
        """Whether a Host header names this server."""
        found = _HOST.fullmatch(header.lower())
        name = (found["v6"] or found["name"]) if found else ""
        return bool(name) and (name in self.names or (self.any_address and _is_address(name)))


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach ``host``."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class BodyLimit(_Layer):
    """Refuses bodies over 1 MiB, by what they announce and by what really comes in."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or len(announced) > _LONGEST_NUMBER or int(announced) > MAX_BODY:
            await self.error_page(scope, 413)(scope, receive, send)
            return
        received = 0

        async def receive_some() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_some, send)


class FormProof:
    """Proves that a form came from one of our own pages: a signed double submit, and what the browser says of it."""

    def __init__(self) -> None:
        """Make a key that lives as long as the server."""
        self._key = secrets.token_bytes(32)

    def issue(self, request: Request, response: Response, visitor: str) -> None:
        """Remember ``visitor`` in a cookie, where it is not there yet."""
        if request.cookies.get(COOKIE) != visitor:
            response.set_cookie(COOKIE, visitor, httponly=True, samesite="strict", path="/")

    def visitor(self, request: Request) -> str:
        """The random name of this browser, from its cookie or new."""
        known = request.cookies.get(COOKIE, "")
        return known if len(known) == 32 and known.isalnum() else secrets.token_hex(16)  # noqa: PLR2004 - hex of 16

    def token(self, visitor: str) -> str:
        """What a form of this visitor must carry."""
        return hmac.new(self._key, visitor.encode(), hashlib.sha256).hexdigest()

    def check(self, request: Request, form: FormData) -> None:
        """Refuse a form that another site sent.

        Raises:
            HTTPException: 403.
        """
        sent = form.get(TOKEN_FIELD)
        visitor = request.cookies.get(COOKIE, "")
        fits = isinstance(sent, str) and hmac.compare_digest(sent.encode(), self.token(visitor).encode())
        if not (fits and visitor and _from_here(request)):
            raise HTTPException(403)


def _from_here(request: Request) -> bool:
    """What the browser says about where the request came from; a browser that says nothing is left to the token."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "null")  # "null" is what no-referrer pages send with a form
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host")


def checked_form(proof: Callable[[Request], FormProof]) -> Callable[[Request], AsyncIterator[FormData]]:
    """A dependency that reads a form, and refuses it when it does not come from one of our pages.

    A file in it stays in memory: the limit on bodies lies below the size at which files go to disk.
    """

    async def read(request: Request) -> AsyncIterator[FormData]:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
            raise HTTPException(415)
        async with request.form(max_files=1, max_fields=_MAX_FIELDS, max_part_size=MAX_BODY) as form:
            proof(request).check(request, form)
            yield form

    return read
