"""A mapping that cannot change: what leaks out of an advice must not be able to alter it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, final

Value = TypeVar("Value")


@final
class FrozenMap(Mapping[str, Value]):
    """Reads as a dict, compares as a dict, and can be hashed; it has no way to change."""

    __slots__ = ("_content",)
    _content: dict[str, Value]

    def __init__(self, content: Mapping[str, Value]) -> None:
        """``content`` is copied."""
        object.__setattr__(self, "_content", dict(content))

    def __getitem__(self, name: str) -> Value:
        return self._content[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __hash__(self) -> int:
        return hash(frozenset(self._content.items()))

    def __repr__(self) -> str:
        return repr(self._content)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"'{name}' kan hier niet veranderen."
        raise AttributeError(message)

    def __reduce__(self) -> tuple[type[FrozenMap[Value]], tuple[dict[str, Value]]]:
        return FrozenMap, (dict(self._content),)

    def __copy__(self) -> FrozenMap[Value]:
        return self

    def __deepcopy__(self, memo: object) -> FrozenMap[Value]:
        return self
