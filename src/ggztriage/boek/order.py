"""The order in which things that read each other can be worked out. Nothing here knows what they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def evaluation_order(reads: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The names, each after those that it reads; what is read and stands not among the names is passed over.

    Raises:
        ValueError: when names read each other in a circle; the message names the circle.
    """
    done: dict[str, None] = {}
    for start, read in reads.items():
        path: list[tuple[str, Iterator[str]]] = [(start, iter(read))] if start not in done else []
        open_now = {start: None}
        while path:
            name, rest = path[-1]
            nxt = next((other for other in rest if other in reads and other not in done), None)
            if nxt is None:
                done[name] = None
                path.pop()
                open_now.popitem()
            elif nxt in open_now:
                circle = list(open_now)
                raise ValueError(" → ".join([*circle[circle.index(nxt) :], nxt]))
            else:
                path.append((nxt, iter(reads[nxt])))
                open_now[nxt] = None
    return tuple(done)


def layers(reads: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The names, each in the first layer that reads only layers before it; inside a layer in the order given.

    Raises:
        ValueError: when names read each other in a circle.
    """
    depth: dict[str, int] = {}
    for name in evaluation_order(reads):
        depth[name] = max((depth[other] for other in reads[name] if other in depth), default=-1) + 1
    found: list[list[str]] = [[] for _ in set(depth.values())]
    for name in reads:
        found[depth[name]].append(name)
    return found
