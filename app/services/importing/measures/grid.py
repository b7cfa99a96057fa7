"""A table as it stands in a document: cells, and which of them a merged cell covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class GridCell(NamedTuple):
    """A cell; one that a merged cell covers is empty and says from which side."""

    text: str = ""
    across: bool = False
    """Covered by the cell at its left."""
    down: bool = False
    """Covered by the cell above."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of equal length; ``title`` names the table for people."""

    rows: tuple[tuple[GridCell, ...], ...]
    title: str = ""

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """Return the folded text of a cell."""
        return folded(self.rows[row][column].text)

    def anchored(self, row: int, column: int) -> tuple[int, int]:
        """Return the place of the cell that covers this one, itself when none does."""
        while row > 0 and self.rows[row][column].down:
            row -= 1
        while column > 0 and self.rows[row][column].across:
            column -= 1
        return row, column

    def filled(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns of a row that hold a text of their own."""
        for column in range(self.width):
            text = self.text(row, column)
            if text:
                yield column, text


def plain_grid(lines: Sequence[Sequence[str]], title: str = "") -> Grid:
    """Return a table without merged cells; short lines are filled up."""
    width = max((len(line) for line in lines), default=0)
    return Grid(
        tuple(
            tuple(GridCell(line[column] if column < len(line) else "") for column in range(width))
            for line in lines
        ),
        title,
    )


def folded(text: str) -> str:
    """Return a text with single spaces and without soft hyphens."""
    return " ".join(text.replace("\u00ad", "").split())
