"""Marks of a term, a forecast or a region beside those of the assessment: only these are results.

«Отметки за III четверть» and «Отметки за ВПР» have the same titles below them.  What their own
titles call something else is left out and told; the others are read as if they stood alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.models.enums import AssessmentKind, Severity
from app.services.importing import subjects
from app.services.importing.cells import shorten
from app.services.importing.facts import Extract, Problem
from app.services.importing.grid import CellValue, Sheet, address, column_letters
from app.services.importing.tables import key
from app.services.importing.title_blocks import alike, fields, titles_below
from app.services.table_words import pattern

_HEAD_ROWS = 30
_FEWEST = 2
"""So many groups have the same titles, and so many figures of results stand below each."""
_INNER = str.maketrans("«»", "„“")


@dataclass(frozen=True)
class Beside:
    """Groups of columns that are no results of the assessment, under a row of titles (0-based)."""

    row: int
    others: tuple[range, ...]


def beside_results(sheet: Sheet) -> Beside | None:
    """Return the groups of the first header that are called otherwise beside one that is not."""
    for row in sheet.worded_rows:
        if row >= min(_HEAD_ROWS, sheet.height - 2):
            return None
        groups = _alike_groups(sheet, row)
        others = tuple(one for one in groups if _is_other(sheet.text(row, one.start)))
        if others and len(others) < len(groups):
            return Beside(row, others)
    return None


def _alike_groups(sheet: Sheet, row: int) -> list[range]:
    """Return the groups of a row whose titles below are the same, all figures of results."""
    titles = sheet.line(row)
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]))
    ends = [*(column for column, _ in titles[1:]), width]
    groups: dict[tuple[tuple[str, str], ...], list[range]] = {}
    below = range(row + 1, row + 2)
    for (start, _), end in zip(titles, ends, strict=True):
        found = titles_below(sheet, below, range(start, end))
        if len(fields(found)) >= _FEWEST:
            groups.setdefault(alike(found), []).append(range(start, start + len(found)))
    return next((found for found in groups.values() if len(found) >= _FEWEST), [])


def _is_other(title: str) -> bool:
    """Return whether a title calls its columns something else; «История России» is a subject."""
    if any(subjects.by_title(title, kind) for kind in AssessmentKind):
        return False
    return pattern("beside_results", "other").search(key(title)) is not None


def results_alone(sheet: Sheet, found: Beside) -> Sheet:
    """Return the sheet without the columns of the other groups, all cells where they stood."""
    rows: list[Sequence[CellValue]] = list(sheet.rows)
    hidden = {column for columns in found.others for column in columns}
    for row in range(found.row, len(rows)):
        rows[row] = [None if column in hidden else value for column, value in enumerate(rows[row])]
    return replace(sheet, rows=rows)


def told(sheet: Sheet, found: Beside, extract: Extract) -> Extract:
    """Return what the sheet gives with a word about each group that was left out."""
    problems = tuple(_about(sheet, found.row, columns) for columns in found.others)
    return replace(extract, problems=(*extract.problems, *problems))


def _about(sheet: Sheet, row: int, columns: range) -> Problem:
    first, last = column_letters(columns[0]), column_letters(columns[-1])
    title = shorten(sheet.text(row, columns.start).translate(_INNER))
    return Problem(
        Severity.WARNING,
        f"Столбцы {first}–{last} («{title}») не загружены: это не результаты самой работы.",
        "Если это они, назовите столбцы «ВПР», «ОГЭ» или «Факт» и загрузите файл снова.",
        sheet.name,
        address(row, columns.start),
    )
