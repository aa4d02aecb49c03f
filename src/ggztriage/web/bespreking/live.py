"""Telling open pages that a session changed, by server-sent events. What changed they fetch themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from ggztriage.bespreking.refusals import OpslagFout
from ggztriage.bespreking.sessie import Tik
from ggztriage.bespreking.store import Store

LOOK_EVERY = 0.4
_HEARTBEAT = 15.0
_GONE = "weg"


@dataclass
class _Watch:
    """One session that is followed; ``changed`` is set, and replaced, when it changes."""

    stand: Tik | None
    followers: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Hub:
    """Looks at every session that someone follows, so that changes by other programs are seen too.

    However many follow a session, it is looked at once every ``LOOK_EVERY`` seconds.
    """

    def __init__(self, store: Store) -> None:
        """Follow sessions in ``store``."""
        self.store = store
        self._watched: dict[str, _Watch] = {}
        self._stopping = False

    def stop(self) -> None:
        """End every stream: the server stops."""
        self._stopping = True
        for watch in self._watched.values():
            watch.changed.set()

    async def follow(self, name: str, mark: Callable[[Tik], str]) -> AsyncIterator[str]:
        """Events for one page: ``mark`` says what it has to know; it hears from us when that changes."""
        watch = self._watched.setdefault(name, _Watch(await self._now(name, None)))
        watch.followers += 1
        watch.task = watch.task or asyncio.create_task(self._look(name, watch))
        try:
            told = None
            while not self._stopping:
                changed = watch.changed
                now = mark(watch.stand) if watch.stand else _GONE
                if now != told:
                    told = now
                    yield f"data: {now}\n\n"
                try:
                    await asyncio.wait_for(changed.wait(), _HEARTBEAT)
                except TimeoutError:
                    yield ": nog hier\n\n"
        finally:
            watch.followers -= 1
            if not watch.followers:
                watch.task.cancel()
                self._watched.pop(name, None)

    async def _look(self, name: str, watch: _Watch) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            stand = await self._now(name, watch.stand)
            if stand != watch.stand:
                watch.stand = stand
                watch.changed.set()
                watch.changed = asyncio.Event()

    async def _now(self, name: str, before: Tik | None) -> Tik | None:
        """How far a session is; as it was ``before`` while the file cannot be read, which its pages tell."""
        try:
            return await run_in_threadpool(self.store.stand, name)
        except OpslagFout:
            return before


def stream(events: AsyncIterator[str]) -> StreamingResponse:
    """The answer that carries events."""
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def for_leaders(stand: Tik) -> str:
    """Facilitators and the projector see everything."""
    return f"{stand.versie}.{stand.teller}"


def for_phones(stand: Tik) -> str:
    """Phones only follow where the session is, so that a form never changes under someone's hands."""
    return f"{stand.moment}.{int(stand.pauze)}"
