"""A table of a Word document under the paragraphs that title it: read with them, told without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.services.importing.days_rules import ASIDE
from app.services.importing.facts import AppealFact, Block, Extract, Fact, Problem
from app.services.importing.grid import Sheet
from app.services.importing.one_school import names_a_school

_MOST = 8
"""So many paragraphs above a table are its titles; what is farther up is text."""
_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9]\d*)")
_CORNER = "$A$1"
"""Stands for a paragraph where the table itself must be told apart by what that says."""
_NUMBER = re.compile(r"\d+")


def titled_ways(sheet: Sheet, above: tuple[str, ...]) -> Iterator[Sheet]:
    """Yield the table under its own titles, then under those of earlier tables too.

    A year may stand above the first of several tables.  What is nearer is said first and wins: of
    reports of schools one after the other each table is that of the school above it.
    ``above`` are the paragraphs above the earlier tables in the order of the document.
    """
    if sheet.before:
        yield sheet
    own = sheet.before[-_MOST:]
    if any(map(names_a_school, own)):
        above = tuple(text for text in above if not names_a_school(text))
    if above:
        yield replace(sheet, before=(*own, *reversed(above))[:_MOST])


def with_titles(sheet: Sheet) -> Sheet:
    """Return the table with the paragraphs above it as its first rows, one cell each."""
    titles: list[list[str | None]] = [[text] for text in sheet.before[-_MOST:]]
    down = len(titles)
    merged = tuple(
        (first + down, left, last + down, right) for first, left, last, right in sheet.merged
    )
    return replace(sheet, rows=[*titles, *sheet.rows], before=(), merged=merged)


def without_titles(extract: Extract, sheet: Sheet) -> Extract:
    """Return what the titled table gave with the rows and addresses of ``sheet`` itself.

    What a paragraph says has no cell: a figure that comes from there names none.
    """
    count = len(sheet.before[-_MOST:])
    return replace(
        extract,
        blocks=tuple(_block(block, count) for block in extract.blocks),
        problems=tuple(_problem(problem, count) for problem in extract.problems),
        personal=tuple(
            replace(one, first_row=max(0, one.first_row - count)) for one in extract.personal
        ),
    )


def _block(block: Block, count: int) -> Block:
    columns = {
        name: moved
        for name, place in block.columns.items()
        if (moved := _moved(place, count) if place.startswith("$") else place)
    }
    if ASIDE in block.columns:
        columns.setdefault(ASIDE, _CORNER)
    return Block(block.sheet, columns, tuple(_fact(fact, count) for fact in block.facts))


def _fact(fact: Fact, count: int) -> Fact:
    return moved_fact(fact, lambda row: row - count)


def moved_fact(fact: Fact, there: Callable[[int], int]) -> Fact:
    """Return a fact with its 1-based rows where ``there`` says that they stand."""
    rows = _NUMBER.sub(lambda one: str(there(int(one[0]))), fact.rows)
    if isinstance(fact, AppealFact):
        appeals = tuple(replace(one, row=there(one.row)) for one in fact.appeals)
        return replace(fact, rows=rows, appeals=appeals)
    return replace(fact, rows=rows)


def _problem(problem: Problem, count: int) -> Problem:
    row = problem.row - count if problem.row and problem.row > count else None
    cell = _moved(problem.cell, count) if problem.cell else None
    skipped = tuple(row - count for row in problem.skipped)
    return replace(problem, row=row, cell=cell or None, skipped=skipped)


def _moved(text: str, count: int) -> str:
    """Return the cells of a list with their rows in the table; those of titles fall out."""
    return ",".join(_parts(text, count))


def _parts(text: str, count: int) -> Iterator[str]:
    for part in text.replace(" ", "").split(","):
        cells = [_CELL.fullmatch(cell) for cell in part.split(":")]
        if all(cell and int(cell[2]) > count for cell in cells):
            yield ":".join(f"{cell[1]}{int(cell[2]) - count}" for cell in cells if cell)
