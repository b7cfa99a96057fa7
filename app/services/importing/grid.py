"""A spreadsheet as plain values with cell addresses: all that a layout ever sees of a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from app.services.spreadsheets import (
    CellError,
    CellValue,
    Merged,
    UncachedFormula,
    column_letters,
)

__all__ = [
    "YEARS",
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
YEARS = range(2010, 2060)
"""Years of assessments, which may stand over columns as numbers."""
_YEAR_NUMBERS = frozenset(YEARS)
"""Asked of cells of any type: a range would be searched for a float."""


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
    _columns: dict[int, Sequence[CellValue]] = field(
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

    def holds_more(self, row: int, cells: int) -> bool:
        """Return whether more than so many cells of a row hold anything."""
        for value in self.rows[row]:
            if value is not None and (type(value) is float or clean(value)):
                cells -= 1
                if cells < 0:
                    return True
        return False

    def column(self, index: int) -> Sequence[CellValue]:
        """Return the values of a 0-based column, one for each row of the sheet."""
        known = self._columns.get(index)
        if known is None:
            try:
                known = [cells[index] for cells in self.rows]
            except IndexError:  # a short row
                known = [cells[index] if index < len(cells) else None for cells in self.rows]
            self._columns[index] = known
        return known

    @cached_property
    def numbers(self) -> Sequence[int]:
        """How many cells of each row are numbers."""
        return [numbers for _, numbers in self._kinds]

    @cached_property
    def worded_rows(self) -> tuple[int, ...]:
        """The 0-based rows with two or more texts: among them are all headers.

        Of the first rows also those with one text beside years that are numbers.
        """
        return tuple(
            row
            for row, (texts, numbers) in enumerate(self._kinds)
            if texts > 1 or (texts and numbers and row < _HEAD_ROWS)
            if self._is_worded(row)
        )

    def _is_worded(self, row: int) -> bool:
        cells = self.rows[row]
        texts = len([None for value in cells if type(value) is str and value.strip()])
        return texts > 1 or (
            texts == 1 and row < _HEAD_ROWS and any(v in _YEAR_NUMBERS for v in cells)
        )

    @cached_property
    def _kinds(self) -> Sequence[tuple[int, int]]:
        """How many cells of each row are texts (blank ones too), and how many are numbers.

        Rows have few shapes, so this takes one step a row and none a cell; nearly all that is asked
        of the rows of a long table is answered by it.
        """
        shapes = [tuple(map(type, cells)) for cells in self.rows]
        known = {one: (one.count(str), one.count(int) + one.count(float)) for one in set(shapes)}
        return [known[shape] for shape in shapes]

    def filled_rows(self, first: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield the 0-based rows from ``first`` on, and before ``end``, that hold anything."""
        last = len(self._filled) if end is None else bisect_left(self._filled, end)
        return iter(self._filled[bisect_left(self._filled, first) : last])

    @cached_property
    def _filled(self) -> list[int]:
        # Counting what is empty goes without a step of Python per cell.
        return [
            row
            for row, (cells, numbers) in enumerate(zip(self.rows, self.numbers, strict=True))
            if numbers or cells.count(None) + cells.count("") < len(cells)
        ]


@dataclass(frozen=True)
class Workbook:
    """A file as it was read: its real format and its sheets, hidden ones too."""

    format: str
    """``xlsx``, ``xls``, ``ods``, ``csv``, ``html`` or ``xml``, decided by content."""
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    """Russian sentences about the reading itself, e.g. that the extension lies."""
