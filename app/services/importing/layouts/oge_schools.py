"""Marks of several subjects side by side (L13): schools in rows, marks under each subject.

Several grades of the one subject that the titles name stand side by side too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.models.enums import AssessmentKind, ReferenceScope
from app.services.importing import subjects
from app.services.importing.counts import MARKS
from app.services.importing.facts import Block, Extract, Fact, Procedure, ResultFact, SchoolRef
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.labels import read_label
from app.services.importing.layouts.mark_rows import read_both, share_of
from app.services.importing.layouts.named import school_year_of
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import (
    FoundNumber,
    FoundSubject,
    find_grade,
    find_kind,
    find_subject,
    find_year,
    grade_of,
)
from app.services.importing.layouts.years import says_only_year
from app.services.importing.tables import (
    HEADER_SEARCH_ROWS,
    Header,
    Vocabulary,
    fixed,
    is_total,
    key,
    row_text,
)
from app.services.importing.thresholds import maths_levels

_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    name=titles_of.NAME,
    participants=titles_of.PARTICIPANTS,
)
_MARK_WORDS = Vocabulary(
    **titles_of.MARK_COLUMNS,
    mean=titles_of.MEAN,
    participants=rf"{titles_of.PARTICIPANTS}|колво|количество|всего|чел(?:овек)?",
)
_GRADE_TITLE = re.compile(r"\d{1,2}(?:[а-я]{1,2})?(?:кл|класс\w{0,3}|параллель)")
"""A folded «7 класс», «8-е классы»: the group says its grade alone."""
_GRADE = 9
_LAST_GRADE = 11
_TITLE_ROWS = 12
_ABOVE = 1
"""So many rows of years may stand over the subjects."""
_OWNERS = frozenset({"name", "code", "fisoko", "rcoi"})
"""Columns that say whose a row is."""


@dataclass(frozen=True)
class _Group:
    """The columns of one subject: marks in any order, participants of its own or common."""

    subject: FoundSubject
    grade: FoundNumber | None
    """The grade that the title of the group names itself: «Русский язык, 4 класс»."""
    columns: marks_of.MarkColumns
    letters: Mapping[str, str]


@dataclass(frozen=True)
class _Sheet:
    """The recognised table: its header, its groups of columns, and its rows."""

    sheet: Sheet
    header: Header
    subjects_row: int
    groups: tuple[_Group, ...]
    kind: AssessmentKind

    def refs(self, rows: Iterable[int]) -> RefReader:
        """Return the reader of codes and names for the given rows."""
        return RefReader.of(self.sheet, self.header, rows, "name")


def recognise(sheet: Sheet) -> float:
    """Return the confidence: subjects above four columns of marks each, schools in rows."""
    table = _find(sheet)
    return 0.0 if table is None else 0.8


def _find(sheet: Sheet) -> _Sheet | None:
    for row in range(min(sheet.height - 1, HEADER_SEARCH_ROWS)):
        table = _table_at(sheet, row)
        if table:
            return table
    return None


def _table_at(sheet: Sheet, row: int) -> _Sheet | None:
    """Return the table whose subjects stand in a row (0-based), whoever owns its rows named there
    or, beside years over the subjects, above."""
    top = dict(sheet.line(row))
    owners = _owners(sheet, row)
    if not top or owners is None:
        return None
    first, fields = owners
    kind = _kind(sheet, row)
    for last in _mark_rows(sheet, row):
        header = Header(first, last, fields, top)
        groups = tuple(_groups(sheet, header, row, kind))
        apart = first == row and not _OWNERS & set(_fields(top))
        # One title over the figures of a plain table is no subject of many.
        if groups and len(list(_marked(sheet, header))) > apart:
            return _Sheet(sheet, header, row, groups, kind)
    return None


def _owners(sheet: Sheet, row: int) -> tuple[int, dict[str, int]] | None:
    """Return the first row of the header and the columns that say whose each row is.

    Above the subjects stand other titles of the header only where they are years.  Left of the
    subjects nothing may stand: then those titles stand beside the marks, in the row below.
    """
    for first in range(row, max(row - _ABOVE, 0) - 1, -1):
        fields = _fields(dict(sheet.line(first)))
        if _OWNERS & set(fields):
            return first, fields
        if first == row and fields:
            return None
    subjects_from = next((column for column, _ in sheet.line(row)), 0)
    below = {column: text for column, text in sheet.line(row + 1) if column < subjects_from}
    fields = _fields(below)
    return (row, fields) if _OWNERS & set(fields) else None


def _mark_rows(sheet: Sheet, row: int) -> Iterator[int]:
    """Yield the rows where marks may stand: below the subjects, or below years under these."""
    yield row + 1
    between = [text for _, text in sheet.line(row + 1)]
    if all(says_only_year(text) for text in between):
        yield row + 2


def _fields(titles: Mapping[int, str]) -> dict[str, int]:
    fields: dict[str, int] = {}
    for column, text in titles.items():
        name = _WORDS.field(text)
        if name:
            fields.setdefault(name, column)
    return fields


def _kind(sheet: Sheet, row: int) -> AssessmentKind:
    """Return what the titles name; else a grade that ends no stage of school means the ВПР."""
    named = find_kind(sheet, range(row))
    if named:
        return named
    grade = grade_of(" ".join(row_text(sheet, line) for line in range(row + 1)))
    return AssessmentKind.VPR if grade not in (None, _GRADE) else AssessmentKind.OGE


def _groups(sheet: Sheet, header: Header, row: int, kind: AssessmentKind) -> Iterator[_Group]:
    """Yield a group for every title of a subject or a grade whose lower row has the four marks."""
    for start, columns in _marked(sheet, header):
        title = header.titles[start]
        found = _subject(sheet, row, start, title, kind)
        if found is None:
            continue
        participants = columns["participants"]
        marks = tuple(columns[f"m{mark}"] for mark in MARKS)
        letters = {field: column_letters(column) for field, column in columns.items()}
        grade = grade_of(title)
        own = FoundNumber(grade, fixed(row, start)) if grade else None
        yield _Group(
            found, own, marks_of.MarkColumns(participants, marks, columns.get("mean")), letters
        )


def _marked(sheet: Sheet, header: Header) -> Iterator[tuple[int, dict[str, int]]]:
    """Yield the column of every title with participants and the four marks, and what is where."""
    starts = sorted(header.titles)
    width = max((len(row) for row in sheet.rows[header.first : header.last + 1]), default=0)
    for start, end in zip(starts, [*starts[1:], width], strict=True):
        columns = _marks_in(sheet, header.last, range(start, end))
        if "participants" not in columns and "participants" in header.columns:
            columns["participants"] = header.columns["participants"]
        if "participants" in columns and all(f"m{mark}" in columns for mark in MARKS):
            yield start, columns


def _tell_others(table: _Sheet, findings: Findings) -> None:
    """Warn of marks under a title that names no subject, or mathematics without its level."""
    for start, title in table.header.titles.items():
        if subjects.lacks_level(title, table.kind):
            findings.sheet_warning(
                f"«{title}» без уровня, а под ней отметки: принято «{maths_levels()[0]}».",
                "Если уровень другой, допишите его и загрузите файл снова.",
                address(table.subjects_row, start),
            )
    taken = {group.columns.marks for group in table.groups}
    for start, columns in _marked(table.sheet, table.header):
        if tuple(columns[f"m{mark}"] for mark in MARKS) in taken:
            continue
        findings.sheet_warning(
            f"Столбцы «{table.header.titles[start]}» не загружены: такого предмета программа не "
            "знает.",
            "Если они нужны, исправьте название предмета и загрузите файл снова.",
            address(table.subjects_row, start),
        )


def _subject(
    sheet: Sheet, row: int, column: int, title: str, kind: AssessmentKind
) -> FoundSubject | None:
    """Return the subject of a group: what its title names, or that above the table for a grade."""
    name = subjects.by_title(title, kind) or subjects.inside(title, kind)
    if subjects.lacks_level(title, kind):
        name = maths_levels()[0]  # the other one has no marks
    if name is not None:
        return FoundSubject(subjects.Subject(name, True), fixed(row, column), row, name)
    return find_subject(sheet, range(row), kind) if _GRADE_TITLE.fullmatch(key(title)) else None


def _marks_in(sheet: Sheet, row: int, columns: range) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in columns:
        text = sheet.text(row, column)
        name = _MARK_WORDS.field(text)
        if name:
            found.setdefault(name, column)
    return found


def extract(sheet: Sheet) -> Extract:
    """Return a result per school and subject; the total row is the figure of the district."""
    findings, remarks = Findings(sheet), Remarks()
    table = _find(sheet)
    if table is None:
        return Extract(())
    below = sheet.filled_rows(table.header.last + 1)
    data = [row for row in below if _is_data(table, row, remarks)]
    refs = table.refs(data)
    rows = {row: refs.read(row, findings) for row in data}
    context = _context(table)
    blocks: list[Block] = []
    for group in table.groups:
        here = Context(context.year, group.grade or context.grade, group.subject)
        procedure = procedure_of(table.kind, here, findings, address(table.header.first, 0))
        if procedure is None:
            break
        blocks.append(_block(table, group, here, procedure, rows, findings))
    _tell_others(table, findings)
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, len(rows))


def _context(table: _Sheet) -> Context:
    titles = range(max(0, table.header.first - _TITLE_ROWS), table.header.first)
    year = find_year(table.sheet, titles) or _year_over_subjects(table)
    if table.kind is AssessmentKind.OGE:
        return Context(year, FoundNumber(_GRADE, None))
    if table.kind is AssessmentKind.EGE:
        return Context(year, FoundNumber(_LAST_GRADE, None))
    return Context(year, find_grade(table.sheet, titles))


def _year_over_subjects(table: _Sheet) -> FoundNumber | None:
    """Return the year that the header names over or under all its subjects, the only one there."""
    rows = range(table.header.first, table.header.last)
    years = {
        school_year_of(text)
        for row in rows
        for _, text in table.sheet.line(row)
        if says_only_year(text)
    }
    return find_year(table.sheet, rows) if len(years) == 1 else None


def _is_data(table: _Sheet, row: int, remarks: Remarks) -> bool:
    columns = [column for group in table.groups for column in group.columns.all]
    if has_any(table.sheet, row, columns):
        return True
    remarks.add(row)
    return False


@dataclass(frozen=True)
class _Reading:
    """One subject of the table while its rows are read."""

    table: _Sheet
    group: _Group
    procedure: Procedure
    decimals: int
    findings: Findings

    def item(self, ref: SchoolRef) -> str:
        """Return what to call a row of this subject in a message."""
        return f"«{ref.called or 'без названия'}», {self.procedure.subject}"


def _block(
    table: _Sheet,
    group: _Group,
    context: Context,
    procedure: Procedure,
    rows: Mapping[int, SchoolRef],
    findings: Findings,
) -> Block:
    decimals = max(
        (share_of(table.sheet, r, c).decimals for r in rows for c in group.columns.marks),
        default=0,
    )
    reading = _Reading(table, group, procedure, decimals, findings)
    facts = tuple(fact for row, ref in rows.items() if (fact := _fact(reading, row, ref)))
    letters = {name: table.header.letters(name) for name in table.header.columns}
    names = table.refs(rows).fields(letters, [f.ref for f in facts if isinstance(f, ResultFact)])
    columns = {**context.cells(), **names, **marks_of.source_columns(group.letters)}
    return Block(table.sheet.name, columns, facts)


def _fact(reading: _Reading, row: int, ref: SchoolRef) -> Fact | None:
    item, columns = reading.item(ref), reading.group.columns
    numbers = read_both(reading.table.sheet, row, columns, reading.findings, item)
    if numbers is None:
        return None
    label = read_label(ref.name or "", False)
    if is_total(reading.table.sheet, row) or (label.scope and not ref.codes):
        scope = label.scope or ReferenceScope.DISTRICT
        return marks_of.reference(row, scope, ref.name or "Итого", reading.procedure, numbers)
    if not (ref.codes or ref.name):
        reading.findings.nobody_error(row, 0)
        return None
    if numbers.participants and not any(numbers.shares):
        span = range(min(columns.marks), max(columns.marks) + 1)
        reading.findings.range_warning(row, span, f"{item}: отметок нет, результата тоже.")
        return None
    subject = marks_of.Subject(ref, reading.procedure, item)
    return marks_of.result(row, subject, numbers, columns, reading.decimals, reading.findings)


LAYOUT = Layout("oge_schools", "ОГЭ: отметки по школам и предметам", recognise, extract, up_to(0.8))
