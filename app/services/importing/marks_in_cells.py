"""Four marks in one cell («0/33,3/66,7/0» under «Русский язык % (5,4,3,2)»): parted, told back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.services.importing.cells import read_number
from app.services.importing.facts import Block, Extract, Fact, Problem
from app.services.importing.grid import CellValue, Sheet, clean, column_index, column_letters
from app.services.importing.word_titles import moved_fact

_HEAD_ROWS = 30
_MOST_ROWS = 2000
_FOUR = 4
_ORDER = re.compile(r"[(\[«\"]*\s*(?P<marks>[2-5](?:[^\w%]{1,4}[2-5]){3})(?![\w.,]*\d)\s*[)\]»\"]*")
"""«(5,4,3,2)», «5/4/3/2», «„2“, „3“, „4“, „5“» in a title."""
_SEPARATORS = tuple(
    re.compile(text)
    for text in (r"\s*[;/|\\]\s*", r",\s+", r"\s+[-–—]\s*|\s*[-–—]\s+", r"[-–—]", r"\s+")
)
"""In this order: a comma stands inside numbers too, unless a space follows it."""
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)")


@dataclass(frozen=True)
class Parted:
    """A table whose marks stand each in its own column, under one more row of titles."""

    sheet: Sheet
    head: int
    """The 0-based row of the titles; the row of marks is the next one."""
    columns: tuple[int, ...]
    """The column of the sheet that each column of the parted table comes from."""


def parted(sheet: Sheet) -> Parted | None:
    """Return the table with the marks of its cells apart; None where no cell holds four."""
    if sheet.height > _MOST_ROWS:
        return None
    for row in sheet.worded_rows:
        if row >= min(_HEAD_ROWS, sheet.height - 1):
            return None
        said = {column: _order(text) for column, text in sheet.line(row)}
        orders = {column: order for column, order in said.items() if order}
        if any(_holds_four(sheet, row, column) for column in orders):
            return _part(sheet, row, orders)
    return None


def _order(text: str) -> tuple[str, ...] | None:
    """Return the marks that a title lists, in its order; None for any other title."""
    found = _ORDER.search(text)
    marks = tuple(re.findall(r"[2-5]", found["marks"])) if found else ()
    return marks if sorted(marks) == ["2", "3", "4", "5"] else None


def _holds_four(sheet: Sheet, head: int, column: int) -> bool:
    """Return whether a cell under a title holds four numbers."""
    return any(_four(value) is not None for value in sheet.column(column)[head + 1 :])


def _four(value: CellValue) -> list[str] | None:
    """Return the four numbers of a cell as texts."""
    if type(value) is not str:
        return None
    text = clean(value).strip("()[] ")
    for separator in _SEPARATORS:
        parts = [part for part in separator.split(text) if part]
        if len(parts) == _FOUR and all(read_number(part).value is not None for part in parts):
            return parts
    return None


def _part(sheet: Sheet, head: int, orders: dict[int, tuple[str, ...]]) -> Parted:
    width = max(len(row) for row in sheet.rows)
    columns = tuple(
        c for column in range(width) for c in [column] * (_FOUR if column in orders else 1)
    )
    rows: list[list[CellValue]] = []
    for row in range(sheet.height):
        cells: list[CellValue] = []
        for column in range(width):
            cells += (
                _spread(sheet, row, column, head) if column in orders else [sheet.at(row, column)]
            )
        rows.append(cells)
        if row == head:
            rows.append(_marks_row(width, orders))
    made = replace(sheet, rows=rows, merged=())
    return Parted(made, head, columns)


def _spread(sheet: Sheet, row: int, column: int, head: int) -> Sequence[CellValue]:
    """Return the four cells of one: its numbers, or what it says in the first of them.

    A number alone is none of the four: it becomes a text, which is told as one.
    """
    value = sheet.at(row, column)
    if row == head:
        title = _ORDER.sub("", clean(str(value))).strip(" ,:–—-")
        return [title or None, None, None, None]
    found = _four(value) if row > head else None
    if found is None and row > head and read_number(value).value is not None:
        value = f"{clean(str(value))} – одно число вместо четырёх"
    return found or [value, None, None, None]


def _marks_row(width: int, orders: dict[int, tuple[str, ...]]) -> list[CellValue]:
    cells: list[CellValue] = []
    for column in range(width):
        cells += orders.get(column, (None,))
    return cells


def joined(extract: Extract, how: Parted) -> Extract:
    """Return what the parted table gave with the addresses and rows of the sheet itself."""
    return replace(
        extract,
        blocks=tuple(_block(block, how) for block in extract.blocks),
        problems=tuple(_problem(problem, how) for problem in extract.problems),
    )


def _block(block: Block, how: Parted) -> Block:
    columns = {
        name: _place(place, how) if place.startswith("$") else _column(place, how)
        for name, place in block.columns.items()
    }
    return Block(block.sheet, columns, tuple(_fact(fact, how) for fact in block.facts))


def _fact(fact: Fact, how: Parted) -> Fact:
    return moved_fact(fact, lambda row: _row(row, how))


def _problem(problem: Problem, how: Parted) -> Problem:
    row = None if problem.row is None else _row(problem.row, how)
    return replace(problem, row=row, cell=problem.cell and _place(problem.cell, how))


def _row(row: int, how: Parted) -> int:
    """Return the 1-based row of the sheet: below the titles one row was put in."""
    return row - 1 if row > how.head + 1 else row


def _column(letters: str, how: Parted) -> str:
    return column_letters(how.columns[min(column_index(letters), len(how.columns) - 1)])


def _place(text: str, how: Parted) -> str:
    """Return the addresses of the sheet for those of the parted table, lists too."""
    return _CELL.sub(
        lambda one: f"{one[1]}{_column(one[2], how)}{one[3]}{_row(int(one[4]), how)}", text
    )
