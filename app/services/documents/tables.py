"""Neutral tables: columns, cells that may span, and the grid that both renderers draw from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where the text of a table column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``weight`` is its share of the width of the page."""

    title: str
    weight: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than plain text of its column.

    ``columns`` and ``rows`` are how many it spans; ``align`` None is that of its column.  In every
    cell, plain or not, ``\\n`` begins a new paragraph.
    """

    text: str
    columns: int = 1
    rows: int = 1
    align: Align | None = None
    bold: bool = False
    italic: bool = False


Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its place: indexes from 0, the last ones exclusive."""

    cell: Cell
    row: int
    column: int

    @property
    def last_row(self) -> int:
        """One past the last row it covers."""
        return self.row + self.cell.rows

    @property
    def last_column(self) -> int:
        """One past the last column it covers."""
        return self.column + self.cell.columns


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its header rows are repeated on every page it spans.

    A row lists only the cells that begin in it, as in HTML: where a cell from above reaches into
    the row, nothing is listed.  ``head`` are the header rows where one row of titles is not
    enough; without ``headed`` the table has none (a passport of key and value).
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    headed: bool = True
    whole: bool = False
    """It stays on one page where a page holds it: signatures are not parted from their names."""

    def __post_init__(self) -> None:
        width = len(self.columns)
        for rows in (self.head, self.rows):
            if not all(len(row) == width and _is_plain(row) for row in rows):
                place(rows, width)

    @property
    def header(self) -> tuple[Row, ...]:
        """The header rows as they are printed; none for a table without a header."""
        if not self.headed:
            return ()
        return self.head or (tuple(column.title for column in self.columns),)


def place(rows: Sequence[Row], width: int) -> tuple[Placed, ...]:
    """Return the cells of ``rows`` in their places; ValueError when they do not fill the grid."""
    placed: list[Placed] = []
    taken: dict[int, int] = {}
    for index, row in enumerate(rows):
        placed += _place_row(row, index, width, taken)
    if any(until > len(rows) for until in taken.values()):
        raise ValueError("a cell of a table reaches below its last row")
    return tuple(placed)


def is_heading(row: Row, width: int) -> bool:
    """Return whether the row is one cell over the whole width: a heading inside the table."""
    return len(row) == 1 and isinstance(row[0], Cell) and row[0].columns == width > 1


def leads(row: Row, width: int) -> bool:
    """Return whether the row belongs to the rows below it: a heading, or titles side by side."""
    titles = all(isinstance(cell, Cell) and cell.bold and cell.rows == 1 for cell in row)
    return is_heading(row, width) or titles


def _place_row(row: Row, index: int, width: int, taken: dict[int, int]) -> list[Placed]:
    """Place one row; ``taken`` tells for a column until which row a cell from above holds it."""
    placed: list[Placed] = []
    column = 0
    for item in row:
        while taken.get(column, 0) > index:
            column += 1
        cell = item if isinstance(item, Cell) else Cell(item)
        for covered in range(column, column + cell.columns):
            if taken.get(covered, 0) > index:
                raise ValueError("cells of a table overlap")
            taken[covered] = index + cell.rows
        placed.append(Placed(cell, index, column))
        column += cell.columns
    while taken.get(column, 0) > index:
        column += 1
    if column != width:
        raise ValueError("every row of a table has as many cells as there are columns")
    return placed


def _is_plain(row: Row) -> bool:
    return all(isinstance(item, str) for item in row)
