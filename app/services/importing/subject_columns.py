"""Summaries of exams with their subjects side by side: each subject is read as a table of its own.

Under every subject stand the same titles (participants, mean score, how many missed the minimum).
Marks right under subjects are a layout of their own (``layouts.oge_schools``); under titles of
several rows («Получили отметки» over «5», «4», «3», «2») they are read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.models.enums import AssessmentKind, Severity
from app.services.importing import subjects
from app.services.importing.cells import expand_rows
from app.services.importing.facts import Extract, Problem
from app.services.importing.grid import CellValue, Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.notes import first_cells
from app.services.importing.layouts.titles import find_kind
from app.services.importing.tables import Vocabulary, cell, key
from app.services.importing.title_blocks import Title, alike, fields, head_rows, titles_below
from app.services.table_words import pattern

_FEWEST = 2
"""So many subjects beside each other, and titles under each, make such a table."""
_HEAD_ROWS = 30
_MARKS = Vocabulary(**titles_of.MARK_COLUMNS)


@dataclass(frozen=True)
class SubjectColumns:
    """A header of subjects: its 0-based row, the rows of titles, the columns of each subject."""

    row: int
    heads: range
    titles: tuple[Title, ...]
    """What the columns of each subject are called, the same of all."""
    groups: Mapping[str, range]
    others: Mapping[int, str]
    """Titles right of the first subject that name no subject, by column."""


def subject_columns(sheet: Sheet) -> SubjectColumns | None:
    """Return the subjects that stand side by side over the same titles each, or None.

    One subject alone is such a table where its titles stand in several rows.
    """
    # Subjects are words: a row of a school and its numbers is none, and there are many of them.
    for row in sheet.worded_rows:
        if row >= min(_HEAD_ROWS, sheet.height - 1):
            break
        kind = find_kind(sheet, range(row))
        found = _at(sheet, row, kind) if kind else None
        if found is not None:
            return found
    return None


def _at(sheet: Sheet, row: int, kind: AssessmentKind) -> SubjectColumns | None:
    titles = sheet.line(row)
    if not titles:
        return None
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]))
    ends = [*(column for column, _ in titles[1:]), width]
    groups: dict[str, range] = {}
    others: dict[int, str] = {}
    for (column, text), end in zip(titles, ends, strict=True):
        known = subjects.resolve(text, kind).known or subjects.lacks_level(text, kind)
        if known and text not in groups:
            groups[text] = range(column, end)
        elif groups:
            others[column] = text
    return _with_titles(sheet, row, groups, others)


def _with_titles(
    sheet: Sheet, row: int, groups: Mapping[str, range], others: Mapping[int, str]
) -> SubjectColumns | None:
    """Return the subjects of a row with what stands below them; None unless it is alike."""
    if not groups:
        return None
    heads = head_rows(sheet, row, min(columns.start for columns in groups.values()))
    below = [titles_below(sheet, heads, columns) for columns in groups.values()]
    if len({alike(one) for one in below}) != 1 or not all(one.text for one in below[0]):
        return None
    told = fields(below[0])
    enough = len(told) >= _FEWEST if len(heads) > 1 else len(below[0]) >= _FEWEST
    # Marks right below their subjects are another layout's, and so is a subject alone above them.
    plain = len(heads) == 1
    if not enough or (plain and (len(groups) < _FEWEST or any(map(_MARKS.field, _texts(below))))):
        return None
    return SubjectColumns(row, heads, below[0], groups, others)


def _texts(below: Sequence[Sequence[Title]]) -> list[str]:
    return [one.text for titles in below for one in titles]


def of_subject(sheet: Sheet, found: SubjectColumns, subject: str) -> Sheet:
    """Return the table of one subject: its columns where they stood, those of others empty."""
    own = found.groups[subject]
    first = min(columns.start for columns in found.groups.values())
    rows: list[list[CellValue]] = [list(cells) for cells in sheet.rows]
    for cells in rows[found.heads.stop :]:
        cells[first:] = [
            value if column in own else None for column, value in enumerate(cells[first:], first)
        ]
    for row in found.heads:
        rows[row][first:] = []
    head = found.heads.stop - 1 - any(one.unit for one in found.titles)
    for row in range(found.row, found.heads.stop):
        if row != head:
            _move(rows, row, head, first)
    width = own.start + len(found.titles)
    for row in (head, found.heads.stop - 1):
        rows[row] += [None] * (width - len(rows[row]))
    for column, title in enumerate(found.titles, own.start):
        rows[found.heads.stop - 1][column] = title.unit or None
        rows[head][column] = _counted(title.text)
    rows[found.row] = [*[None] * own.start, f"Предмет: {subject}"]
    return replace(sheet, rows=rows)


def _counted(title: str) -> str:
    """Return a title of a column; a count without a word of what is one of participants."""
    alone = pattern("subject_columns", "count").fullmatch(key(title))
    return "Количество участников" if alone else title


def _move(rows: list[list[CellValue]], row: int, head: int, first: int) -> None:
    """Move «ОО» from another row of the header to that of its titles, where nothing stands."""
    upper, lower = rows[row], rows[head]
    for column in range(min(first, len(upper), len(lower))):
        if lower[column] in (None, ""):
            lower[column], upper[column] = upper[column], None


def _of_any(sheet: Sheet, read: list[Extract]) -> Iterator[Problem]:
    """Yield what was found; a row that one subject says nothing of may be a school of another."""
    known = {
        row
        for one in read
        for block in one.blocks
        for fact in block.facts
        for row in expand_rows(fact.rows)
    }
    for problem in (problem for one in read for problem in one.problems):
        left = tuple(row for row in problem.skipped if row not in known)
        if left == problem.skipped:
            yield problem
        elif left:
            cells = first_cells(sheet, [row - 1 for row in left])
            yield replace(problem, cell=cells, skipped=left)


def together(sheet: Sheet, found: SubjectColumns, read: list[Extract]) -> Extract:
    """Return what the subjects give as one; columns of no subject are told."""
    problems = dict.fromkeys(_of_any(sheet, read))
    for column, text in found.others.items():
        told = Problem(
            Severity.WARNING,
            f"Столбцы «{text}» не загружены: такого предмета программа не знает, или он уже взят "
            "из столбцов левее.",
            "Если они нужны, исправьте название предмета и загрузите файл снова.",
            sheet.name,
            cell(found.row, column),
        )
        problems[told] = None
    blocks = tuple(block for one in read for block in one.blocks)
    rows = max(one.rows_read for one in read)
    return replace(read[0], blocks=blocks, problems=tuple(problems), rows_read=rows)
