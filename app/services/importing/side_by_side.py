"""Tables that stand side by side on one sheet, each with its own column of schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.models.enums import Severity
from app.services.importing.facts import Extract, Problem
from app.services.importing.grid import CellValue, Sheet, address
from app.services.importing.layouts import columns as titles_of
from app.services.importing.tables import Vocabulary, key

_HEAD_ROWS = 30
"""The header stands in the first rows; farther down are data."""
_NARROWEST = 3
"""A table has so many titles: whose the row is, and some figures."""
_OWNERS = Vocabulary(
    group=titles_of.GROUP,
    name=titles_of.NAME,
    fisoko=titles_of.FISOKO,
    code=titles_of.CODE,
)


def tables_beside(sheet: Sheet) -> tuple[Sheet, ...]:
    """Return each of several tables alone in its own columns; nothing where there is but one.

    The titles of a header begin anew with the same title, and each part says whose its rows are.
    What stands above only one of the tables, the first, titles them all.
    """
    for row in sheet.worded_rows:
        if row >= _HEAD_ROWS:
            break
        starts = _starts(sheet, row)
        if starts:
            return tuple(_alone(sheet, row, starts, place) for place in range(len(starts)))
    return ()


def _starts(sheet: Sheet, row: int) -> list[int]:
    """Return the first columns of the tables under a header; nothing for a single table."""
    titles = sheet.line(row)
    if len(titles) < 2 * _NARROWEST:
        return []
    first = key(titles[0][1])
    starts = [column for column, text in titles if key(text) == first]
    if len(starts) < 2:
        return []
    ends = [*starts[1:], titles[-1][0] + 1]
    for start, end in zip(starts, ends, strict=True):
        own = [text for column, text in titles if start <= column < end]
        if len(own) < _NARROWEST or not any(_OWNERS.field(text) for text in own):
            return []
    return starts


def _alone(sheet: Sheet, header: int, starts: Sequence[int], place: int) -> Sheet:
    start = starts[place] if place else 0
    end = starts[place + 1] if place + 1 < len(starts) else None
    rows: list[list[CellValue]] = []
    for row, cells in enumerate(sheet.rows):
        shared = row < header and all(column < starts[1] for column, _ in sheet.line(row))
        kept = list(cells) if shared else [None] * start + list(cells[start:end])
        rows.append(kept)
    return replace(sheet, rows=rows)


def unknown_table(sheet: Sheet) -> Extract:
    """Return what is told of a table beside others that no layout knows."""
    row = next(iter(sheet.worded_rows), 0)
    cell = address(row, next((column for column, _ in sheet.line(row)), 0))
    problem = Problem(
        Severity.ERROR,
        f"На листе несколько таблиц рядом; та, что начинается в {cell}, не распознана.",
        "Проверьте её заголовки или перенесите её на отдельный лист и загрузите файл снова.",
        sheet.name,
        cell,
    )
    return Extract((), (problem,))


def beside(read: Sequence[Extract]) -> Extract:
    """Return what tables side by side give as one; a remark about a common row is told once."""
    problems = dict.fromkeys(problem for one in read for problem in one.problems)
    personal = dict.fromkeys(column for one in read for column in one.personal)
    return replace(
        read[0],
        blocks=tuple(block for one in read for block in one.blocks),
        problems=tuple(problems),
        rows_read=max(one.rows_read for one in read),
        personal=tuple(personal),
    )
