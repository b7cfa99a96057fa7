"""Forms whose figures stand below each other: the sheet is turned, read as a table, turned back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from app.services.importing.cells import compact_rows, expand_rows
from app.services.importing.facts import Block, Extract, Fact, Problem
from app.services.importing.grid import Sheet, address, column_index, column_letters
from app.services.importing.mapped.body import TableMap

MOST_ROWS = 2_000
"""A form is filled in by hand; a higher sheet is a table, and is not turned."""
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)")


def can_turn(sheet: Sheet) -> bool:
    """Return whether a sheet is low enough to be a form."""
    return 0 < sheet.height <= MOST_ROWS


def turned(sheet: Sheet) -> Sheet:
    """Return the sheet with rows as columns: the labels of a form become the titles of a table."""
    return Sheet(sheet.name, [list(cells) for cells in zip_longest(*sheet.rows)], sheet.hidden)


def turned_cell(text: str) -> str:
    """Return addresses with rows and columns changed over: ``$B$3`` is ``$C$2``, lists too."""
    return _CELL.sub(
        lambda match: (
            f"{match[1]}{column_letters(int(match[4]) - 1)}{match[3]}{column_index(match[2]) + 1}"
        ),
        text,
    )


def turned_back(extract: Extract, mapping: TableMap, last: int) -> Extract:
    """Return what a turned sheet gave with the addresses and rows of the sheet itself.

    Each record gets a block of its own, for its figures stand in cells and not in columns.  Of a
    personal line (``last`` is the last 0-based column of the form) every cell is told alone.
    """
    rows = compact_rows(column.column + 1 for column in mapping.fields())
    blocks = tuple(block for one in extract.blocks for block in _blocks(one, rows))
    problems = tuple(_problem(problem) for problem in extract.problems)
    personal = tuple(
        replace(one, column=column, first_row=one.column, alone=True)
        for one in extract.personal
        for column in range(mapping.data, max(last, mapping.data) + 1)
    )
    return replace(extract, blocks=blocks, problems=problems, personal=personal)


def _blocks(block: Block, rows: str) -> Iterator[Block]:
    for fact in block.facts:
        row = expand_rows(fact.rows)[0]
        columns = {name: _fixed(place, row) for name, place in block.columns.items()}
        yield Block(block.sheet, columns, (_placed(fact, rows),))


def _placed(fact: Fact, rows: str) -> Fact:
    return replace(fact, rows=rows)


def _fixed(place: str, row: int) -> str:
    """Return the absolute address in the sheet of a column of the turned one."""
    if place.startswith("$"):
        return turned_cell(place)
    return f"${column_letters(row - 1)}${column_index(place) + 1}"


def _problem(problem: Problem) -> Problem:
    if problem.cell is None:
        return problem
    cell = turned_cell(problem.cell)
    first = _CELL.search(cell)
    row = int(first[4]) if first and problem.row is not None else None
    return replace(problem, cell=cell, row=row)


def moved_school(mapping: TableMap, down: int, right: int) -> str:
    """Return the address of the school's cell in a form that stands lower or further right."""
    match = _CELL.fullmatch(mapping.school)
    if match is None:
        return mapping.school
    return address(int(match[4]) - 1 + down, column_index(match[2]) + right)
