"""Reports with subjects in the rows and grades side by side: each grade is read by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.services.importing.grid import CellValue, Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.titles import grade_of
from app.services.importing.tables import Vocabulary, key
from app.services.table_words import pattern

_FEWEST = 2
"""So many grades beside each other make such a table."""
_HEAD_ROWS = 30
_MOST_ROWS = 500
_MARKS = Vocabulary(**titles_of.MARK_COLUMNS)
_SUBJECT = Vocabulary(subject=titles_of.SUBJECT)


@dataclass(frozen=True)
class GradeColumns:
    """Where the grades stand, and the columns under each (0-based); the others serve them all."""

    row: int
    groups: dict[str, range]


def grade_columns(sheet: Sheet) -> GradeColumns | None:
    """Return the grades side by side over alike columns of marks; None for any other table."""
    if sheet.height > _MOST_ROWS:
        return None
    rows = (row for row in sheet.worded_rows if row < min(_HEAD_ROWS, sheet.height - 1))
    return next((found for row in rows if (found := _at(sheet, row))), None)


def _at(sheet: Sheet, row: int) -> GradeColumns | None:
    grade = pattern("grade_columns", "grade")
    starts = {c: text for c, text in sheet.line(row) if grade.fullmatch(key(text))}
    different = {grade_of(text) for text in starts.values()}
    if len(starts) < _FEWEST or len(different) != len(starts) or None in different:
        return None
    places = list(starts)
    width = places[1] - places[0]
    groups = {starts[start]: range(start, start + width) for start in places}
    alike = {tuple(key(sheet.text(row + 1, c)) for c in own) for own in groups.values()}
    if len(alike) != 1 or not _has_marks(next(iter(alike))):
        return None
    titles = (text for line in (row, row + 1) for _, text in sheet.line(line))
    return GradeColumns(row, groups) if any(_SUBJECT.field(text) for text in titles) else None


def _has_marks(below: tuple[str, ...]) -> bool:
    return {field for text in below if (field := _MARKS.field(text))} == {"m2", "m3", "m4", "m5"}


def of_grade(sheet: Sheet, found: GradeColumns, title: str) -> Sheet:
    """Return the table of one grade: its columns where they stood, those of others empty."""
    own = found.groups[title]
    others = {c for columns in found.groups.values() for c in columns if c not in own}
    rows: list[list[CellValue]] = [list(cells) for cells in sheet.rows]
    for cells in rows[found.row :]:
        cells[:] = [None if column in others else value for column, value in enumerate(cells)]
    head, below = rows[found.row], rows[found.row + 1]
    for column, value in enumerate(head):
        if column not in own and column < len(below) and below[column] in (None, ""):
            below[column] = value
    rows[found.row] = [*[None] * own.start, title]
    return replace(sheet, rows=rows, merged=())
