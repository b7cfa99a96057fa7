"""The tree of indicators: order, levels, counted numbers, and which row may stand under which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol


class Node(Protocol):
    """What the order of a tree follows from."""

    @property
    def id(self) -> int:
        """Id of the row."""

    @property
    def parent_id(self) -> int | None:
        """Id of the row above it."""

    @property
    def position(self) -> int:
        """Place among the rows of the same parent."""


class Placed(NamedTuple):
    """Where a row stands: how deep, and its number by counting («2.1»)."""

    id: int
    level: int
    counted: str


def arranged(nodes: Sequence[Node]) -> tuple[Placed, ...]:
    """Return every row once, parents before children, with levels and counted numbers."""
    children: dict[int | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda one: (one.position, one.id)):
        children.setdefault(node.parent_id, []).append(node)
    return tuple(_walk(children, None, 0, ""))


def _walk(
    children: Mapping[int | None, Sequence[Node]], parent: int | None, level: int, prefix: str
) -> Iterator[Placed]:
    for place, node in enumerate(children.get(parent, ()), start=1):
        counted = f"{prefix}{place}"
        yield Placed(node.id, level, counted)
        yield from _walk(children, node.id, level + 1, f"{counted}.")


def below(parents: Mapping[int, int | None], root: int) -> frozenset[int]:
    """Return the ids of ``root`` and of everything under it."""
    found = {root}
    grown = True
    while grown:
        more = {child for child, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return frozenset(found)
