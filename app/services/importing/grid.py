"""A spreadsheet as plain values with cell addresses: all that a layout ever sees of a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter

from app.services.spreadsheets import (
    CellError,
    CellValue,
    Merged,
    UncachedFormula,
    column_letters,
)

__all__ = [
    "CellError",
    "CellValue",
    "Sheet",
    "UncachedFormula",
    "Workbook",
    "address",
    "clean",
    "column_index",
    "column_letters",
]

_HEAD_ROWS = 128
"""Titles, headers and first rows: every layout asks for their texts."""
_YEARS = frozenset(range(2010, 2060))
"""Years that may stand over columns as numbers."""


def column_index(letters: str) -> int:
    """Return the 0-based column of its letters: ``A`` is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def address(row: int, column: int) -> str:
    """Return the A1 address of a 0-based row and column."""
    return f"{column_letters(column)}{row + 1}"


def clean(value: CellValue) -> str:
    """Return a cell as people read it: one-line text, trimmed, whole numbers without ``.0``.

    Empty cells, error cells and formulas without a value give an empty text.
    """
    if value is None:
        return ""
    # The exact types first: nearly all cells are texts or whole numbers, and a book has millions.
    if type(value) is str:
        return _one_line(value)
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return str(int(value)) if value.is_integer() else str(value)
    return _clean_rare(value)


@lru_cache(maxsize=32768)
def _one_line(text: str) -> str:
    # Kept, for names of schools are asked for several times a row, and come again in every file.
    return " ".join(text.split())


def _clean_rare(value: CellValue) -> str:
    if isinstance(value, (CellError, UncachedFormula)):
        return ""
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return " ".join(str(value).split())


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its rows of values from A1 on, and whether it is hidden.

    What all layouts ask of it anew (which rows are filled, what its first rows say) is found once
    and kept: the rows must not change after the first such question.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    hidden: bool = False
    before: tuple[str, ...] = ()
    """Paragraphs above a table of a document, the nearest last."""
    merged: tuple[Merged, ...] = ()
    """Merged areas: first row, first column, last row, last column, 0-based and included."""
    _lines: dict[int, tuple[tuple[int, str], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def at(self, row: int, column: int) -> CellValue:
        """Return the value at a 0-based row and column; outside of the sheet it is None."""
        if not 0 <= row < len(self.rows):
            return None
        cells = self.rows[row]
        return cells[column] if 0 <= column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """Return ``clean`` of the value at a 0-based row and column."""
        return clean(self.at(row, column))

    def texts(self, row: int) -> list[str]:
        """Return the whole row, each cell cleaned."""
        return [clean(value) for value in self.rows[row]] if 0 <= row < len(self.rows) else []

    def line(self, row: int) -> tuple[tuple[int, str], ...]:
        """Return the columns and cleaned texts of the cells of a row that hold anything."""
        known = self._lines.get(row)
        if known is None:
            cells = self.rows[row] if 0 <= row < len(self.rows) else ()
            pairs = ((column, clean(value)) for column, value in enumerate(cells))
            known = tuple(pair for pair in pairs if pair[1])
            if row < _HEAD_ROWS:
                self._lines[row] = known
        return known

    def picker(self, columns: Sequence[int]) -> Callable[[int], tuple[CellValue, ...]]:
        """Return what gives the values of these columns of a 0-based row, quicker than ``at``.

        At least two columns; the row must be one of the sheet.
        """
        rows, pick = self.rows, itemgetter(*columns)

        def values(row: int) -> tuple[CellValue, ...]:
            try:
                found: tuple[CellValue, ...] = pick(rows[row])
            except IndexError:  # a short row
                return tuple(self.at(row, column) for column in columns)
            return found

        return values

    def holds_more(self, row: int, cells: int) -> bool:
        """Return whether more than so many cells of a row hold anything."""
        for value in self.rows[row]:
            if value is not None and (type(value) is float or clean(value)):
                cells -= 1
                if cells < 0:
                    return True
        return False

    @cached_property
    def worded_rows(self) -> tuple[int, ...]:
        """The 0-based rows with two or more texts: among them are all headers.

        Of the first rows also those with one text beside years that are numbers.
        """
        return tuple(
            row
            for row, cells in enumerate(self.rows)
            if (count := len([None for value in cells if type(value) is str and value.strip()])) > 1
            or (count == 1 and row < _HEAD_ROWS and any(value in _YEARS for value in cells))
        )

    def filled_rows(self, first: int = 0) -> Iterator[int]:
        """Yield the 0-based rows from ``first`` on that hold anything at all."""
        return iter(self._filled[bisect_left(self._filled, first) :])

    @cached_property
    def _filled(self) -> list[int]:
        # Counting what is empty goes without a step of Python per cell.
        return [
            row
            for row, cells in enumerate(self.rows)
            if cells.count(None) + cells.count("") < len(cells)
        ]


@dataclass(frozen=True)
class Workbook:
    """A file as it was read: its real format and its sheets, hidden ones too."""

    format: str
    """``xlsx``, ``xls``, ``ods``, ``csv``, ``html`` or ``xml``, decided by content."""
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    """Russian sentences about the reading itself, e.g. that the extension lies."""
