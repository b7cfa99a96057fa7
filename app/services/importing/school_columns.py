"""Tables whose schools stand side by side: turned, read as any table of schools, turned back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.services.importing.cells import compact_rows, expand_rows
from app.services.importing.facts import Block, Extract, Fact, Problem, RecordFact, ResultFact
from app.services.importing.grid import Sheet, address, column_index
from app.services.importing.layouts.labels import names_school
from app.services.importing.layouts.passport_values import is_of_one_school

_SCHOOLS = 2
"""So many schools beside each other make their row a header."""
_OF_SCHOOLS = (ResultFact, RecordFact)
_HEAD_ROWS = 20
_MOST_ROWS = 200
"""Figures of a passport or marks of exams; a higher sheet is no such table."""
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)")


@dataclass(frozen=True)
class Turned:
    """A turned table and how its cells lie in the sheet; titles stay where they are."""

    sheet: Sheet
    head: int
    """The 0-based row of the schools, the first row of the turned table too."""
    columns: tuple[int, ...]
    """The column of the sheet that each turned row was, that of the labels first."""

    def cell(self, text: str) -> str:
        """Return the addresses of the sheet for those of the turned one, lists too."""
        return _CELL.sub(self._moved, text)

    def _moved(self, match: re.Match[str]) -> str:
        row, column = int(match[4]) - 1, column_index(match[2])
        if row < self.head:
            return match[0]
        there = address(self.head + column, self.columns[row - self.head])
        return re.sub(r"([A-Z]+)", rf"{match[1]}\1{match[3]}", there)


def turned(sheet: Sheet) -> Turned | None:
    """Return the table with its schools below each other; None where they do not stand in a row."""
    if sheet.height > _MOST_ROWS:
        return None
    for head in range(min(_HEAD_ROWS, sheet.height)):
        schools = [column for column, text in sheet.line(head) if names_school(text)]
        labels = _labels(sheet, head, schools)
        if is_of_one_school(text for _, text in sheet.line(head)):
            continue
        if len(schools) >= _SCHOOLS and labels is not None:
            return _turn(sheet, head, labels)
    return None


def _labels(sheet: Sheet, head: int, schools: list[int]) -> int | None:
    """Return the column left of the schools whose cells below are words, the nearest to them."""
    below = range(head + 1, sheet.height)
    for column in reversed(range(min(schools, default=0))):
        texts = [sheet.text(row, column) for row in below if sheet.text(row, column)]
        if texts and sum(not text[0].isdigit() for text in texts) * 2 > len(texts):
            return column
    return None


def _turn(sheet: Sheet, head: int, labels: int) -> Turned:
    width = max((len(row) for row in sheet.rows[head:]), default=0)
    columns = (labels, *range(labels + 1, width))
    body = [[sheet.at(row, column) for row in range(head, sheet.height)] for column in columns]
    body[0][0] = "ОО"  # «Показатель» titles the labels; of the schools the turned column says this
    rows = [*sheet.rows[:head], *body]
    return Turned(Sheet(sheet.name, rows, sheet.hidden, sheet.before), head, columns)


def is_of_schools(extract: Extract) -> bool:
    """Return whether a turned table gave figures of a school."""
    facts = (fact for block in extract.blocks for fact in block.facts)
    return any(isinstance(fact, _OF_SCHOOLS) for fact in facts)


def turned_back(extract: Extract, how: Turned) -> Extract:
    """Return what the turned table gave with the addresses and rows of the sheet itself.

    Each school gets a block of its own, for its figures stand in cells and not in columns.
    """
    rows = compact_rows(range(how.head + 2, how.head + 1 + len(how.sheet.rows[how.head])))
    return replace(
        extract,
        blocks=tuple(block for one in extract.blocks for block in _blocks(one, how, rows)),
        problems=tuple(_problem(problem, how) for problem in extract.problems),
        rows_read=len(how.sheet.rows[how.head]) - 1,
    )


def _blocks(block: Block, how: Turned, rows: str) -> Iterator[Block]:
    for fact in block.facts:
        row = expand_rows(fact.rows)[0]
        columns = {name: _fixed(place, row, how) for name, place in block.columns.items()}
        yield Block(block.sheet, columns, (_placed(fact, rows),))


def _placed(fact: Fact, rows: str) -> Fact:
    return replace(fact, rows=rows)


def _fixed(place: str, row: int, how: Turned) -> str:
    return how.cell(place if place.startswith("$") else f"${place}${row}")


def _problem(problem: Problem, how: Turned) -> Problem:
    if problem.cell is None:
        return problem
    cell = how.cell(problem.cell)
    first = _CELL.search(cell)
    return replace(problem, cell=cell, row=int(first[4]) if first and problem.row else None)
