"""Many frozen objects of one kind at once, from columns of their fields."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, TypeVar

T = TypeVar("T")


def made(kind: type[T], count: int, columns: Sequence[Iterable[Any]]) -> list[T]:
    """Return ``count`` objects of a frozen dataclass with slots; nothing is checked or computed.

    ``columns`` give all its fields in order.  A field is put into all objects at once, which takes
    a third of the time of as many calls of the constructor.
    """
    objects = list(map(object.__new__, repeat(kind, count)))
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    for name, column in zip(names, columns, strict=True):
        put: Callable[[T, Any], None] = getattr(kind, name).__set__
        deque(map(put, objects, column), maxlen=0)
    return objects
