"""What a column is: where its value comes from, how it reads, sorts and is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

from app.ui.theme.colors import Tone

RowT = TypeVar("RowT")


class Align(Enum):
    """Text stands left, numbers right, short signs in the middle."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Sign(Enum):
    """A small drawn sign: the meaning must not rest on colour alone."""

    DOWN = "down"
    ALERT = "alert"
    CHECK = "check"
    DOT = "dot"
    DASH = "dash"


class Chip(NamedTuple):
    """Colour, sign and word of a status."""

    tone: Tone
    sign: Sign
    word: str


class Mark(NamedTuple):
    """How a single number stands out: by colour and by a sign before it."""

    tone: Tone
    sign: Sign
    meaning: str
    """Russian; read out by screen readers and shown in the hint."""


def plain(value: Any) -> str:
    """Return the value as text; empty for None."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """One column of a table over rows of one type."""

    key: str
    """Stable name; widths are remembered by it."""
    title: str
    value: Callable[[RowT], Any]
    text: Callable[[Any], str] = plain
    """Of the value; what is shown and copied."""
    align: Align = Align.LEFT
    width: int = 120
    """First width in logical pixels."""
    sort_key: Callable[[RowT], Any] | None = None
    """When the value itself does not sort rightly; must be comparable within the column."""
    chip: Callable[[RowT], Chip | None] | None = None
    mark: Callable[[RowT], Mark | None] | None = None
    hint: Callable[[RowT], str] | None = None
    """Text of the tooltip; without one, the tooltip repeats a text that does not fit."""
    link: bool = False
    """A click on a filled cell opens what is behind it."""
    hidden: bool = False
    """Hidden until the person asks for it in the menu of the header."""

    @property
    def spoken_title(self) -> str:
        """Return the title on one line, without the hyphens that break it in the header."""
        return self.title.replace("-\n", "").replace("\n", " ")

    def display(self, row: RowT) -> str:
        """Return what the cell shows."""
        return self.text(self.value(row))

    def order(self, row: RowT) -> tuple[int, Any]:
        """Return the key of sorting; empty cells come last when ascending."""
        value = self.sort_key(row) if self.sort_key else self.value(row)
        if value is None or value == "":
            return (1, 0)
        return (0, folded(value) if isinstance(value, str) else value)


def folded(text: str) -> str:
    """Return text as it is compared and searched: no case, ё as е."""
    return text.casefold().replace("ё", "е")
