"""Guesses a mapping, so that a person has most columns placed before starting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from app.models.enums import AssessmentKind, RecordKind
from app.services.figures import catalogue, share_name
from app.services.importing import subjects
from app.services.importing.cells import read_number
from app.services.importing.counts import MARKS, Scale, Share, scale_of
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import register
from app.services.importing.layouts.labels import names_school
from app.services.importing.layouts.titles import find_grade, find_subject, grade_of
from app.services.importing.mapped.body import (
    SCHOOL_FIELDS,
    How,
    MarksGiven,
    Origin,
    Placed,
    Role,
    TableKind,
    TableMap,
    needed_parts,
)
from app.services.importing.mapped.fields import is_field, numbered_fields
from app.services.importing.mapped.headers import (
    columns_with_data,
    find_header_rows,
    first_data_row,
    titles,
)
from app.services.importing.mapped.origins import title_year, value_of
from app.services.importing.mapped.turning import turned
from app.services.importing.tables import Header, Vocabulary, key, row_text
from app.services.procedures import exam_grades

_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    name=rf"группыучастников|муниципалитетоо|{titles_of.NAME}",
    participants=titles_of.PARTICIPANTS,
    year=titles_of.YEAR,
    assessment=r"процедура|оценочнаяпроцедура|видпроцедуры|вид(?:экзамена|испытания)",
    grade=titles_of.GRADE,
    subject=titles_of.SUBJECT,
    mean=titles_of.MEAN,
    below=titles_of.BELOW,
    mark=titles_of.MARK,
    score=titles_of.TEST_SCORE,
    primary=titles_of.PRIMARY,
    **titles_of.MARK_COLUMNS,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_SHARE = re.compile(r"%|процент|доля")
_PEOPLE = re.compile(r"чел|колво|количество|число")
_SAMPLE_ROWS = 30
_OWN_NAME = re.compile(r"[«\"„“]|№\s*\d|\b[А-ЯЁ]*[БКА]?ОУ\b|\b[СОН]ОШ\b|учрежден")
"""«Сведения о контингенте школы» only mentions one; a name has quotes, a form or a number."""
_INITIALS = re.compile(r"\b[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_FIXED_GRADES = {kind.value: str(grade) for kind, grade in exam_grades().items()}
_MARK_FIELDS = frozenset({"m2", "m3", "m4", "m5"})
_RECORDS = (RecordKind.PASSPORT, RecordKind.STAFF, RecordKind.ISB, RecordKind.REGION_LIST)
"""Records that are recognised by the titles of their columns alone."""


@dataclass(frozen=True)
class _Seen:
    """What the titles say: column -> title, the last row of the header, the first of data."""

    sheet: Sheet
    header: tuple[int, int]
    data: int
    titles: dict[int, str]


def propose(sheet: Sheet, header: tuple[int, int] | None = None) -> TableMap:
    """Return a guess; columns that nothing is known of stay OPEN.

    ``header`` is where the person moved it, else the rows that look most like one.
    """
    seen = _look(sheet, header or find_header_rows(sheet))
    kind, record = _kind(seen)
    return place_all(sheet, seen.header, kind, record)


def place_all(
    sheet: Sheet, header: tuple[int, int], kind: TableKind, record: RecordKind | None
) -> TableMap:
    """Return a guess for a kind of table that the person chose."""
    return _place(_look(sheet, header), kind, record, form=False)


def place_form(
    sheet: Sheet, header: tuple[int, int] | None = None, record: RecordKind | None = None
) -> TableMap:
    """Return a guess for a form whose figures stand below each other.

    ``header`` is the column of the labels (with that of the units), ``data`` of the result that of
    the values.  The school is taken from the first cell that names one where no line does.
    """
    form = turned(sheet)
    seen = _look(form, header or _labels(form))
    numbers = {row: _numbers(form, row) for row in form.filled_rows(seen.header[1] + 1)}
    data = max(numbers, key=lambda row: (numbers[row], -row), default=seen.data)
    seen = replace(seen, data=data)
    mapping = _place(seen, TableKind.RECORD, record or _record(seen), form=True)
    lines = tuple(_without_number(form, data, line) for line in mapping.columns)
    mapping = replace(mapping, columns=lines)
    if any(mapping.placed(name) for name in SCHOOL_FIELDS):
        return mapping
    return replace(mapping, school=_school_cell(sheet))


def _without_number(form: Sheet, data: int, line: Placed) -> Placed:
    """Return an open line whose value is words as one that is not needed, or as a person's name."""
    text = form.text(data, line.column)
    if line.role is not Role.OPEN or not _LETTERS.search(text):
        return line
    return replace(line, role=Role.PERSONAL if _INITIALS.search(text) else Role.IGNORED)


def _labels(form: Sheet) -> tuple[int, int]:
    """Return the column of a form that holds most words, the first of several."""
    words = {row: _words(form, row) for row in form.filled_rows()}
    best = max(words, key=lambda row: (words[row], -row), default=0)
    return best, best


def _words(form: Sheet, row: int) -> int:
    return sum(bool(_LETTERS.search(text)) for _, text in form.line(row))


def _numbers(form: Sheet, row: int) -> int:
    return sum(read_number(value).value is not None for value in form.rows[row])


def _school_cell(sheet: Sheet) -> str:
    """Return the address of the first cell that names a school, empty when none does."""
    for row in islice(sheet.filled_rows(), _SAMPLE_ROWS):
        for column, text in sheet.line(row):
            if names_school(text) and _OWN_NAME.search(text):
                return address(row, column)
    return ""


def _place(seen: _Seen, kind: TableKind, record: RecordKind | None, *, form: bool) -> TableMap:
    columns = _placed(seen, kind, record)
    mapping = TableMap(kind, seen.header, seen.data, columns, record, turned=form)
    return replace(
        mapping,
        origins=MappingProxyType(_origins(seen, mapping)),
        marks=_marks(seen, mapping),
    )


def _look(sheet: Sheet, header: tuple[int, int]) -> _Seen:
    data = first_data_row(sheet, header[1])
    named = titles(sheet, header)
    every = dict.fromkeys(sorted(columns_with_data(sheet, data) | named.keys()), "")
    return _Seen(sheet, header, data, every | named)


def _kind(seen: _Seen) -> tuple[TableKind, RecordKind | None]:
    fields = {_WORDS.field(title) or _field_inside(title) for title in seen.titles.values()}
    groups = {_subject(title) for title in seen.titles.values() if _mark_inside(title)}
    if len(groups - {None}) > 1:
        return TableKind.SIDE_BY_SIDE, None
    if {"m2", "m3", "m4", "m5"} <= fields or {"participants", "below"} <= fields:
        return TableKind.RESULT, None
    record = _record(seen)
    if record is not None:
        return TableKind.RECORD, record
    if {"mark", "score"} & fields:
        return TableKind.PUPILS, None
    if {"participants", "mean"} <= fields:
        return TableKind.RESULT, None
    return TableKind.REGISTER, None


def _record(seen: _Seen) -> RecordKind | None:
    """Return the kind of record that most columns belong to, when at least two do."""
    counted = {
        kind: sum(_figure(kind, title) is not None for title in seen.titles.values())
        for kind in _RECORDS
    }
    best = max(counted, key=lambda kind: counted[kind])
    return best if counted[best] > 1 else None


def _figure(kind: RecordKind, title: str) -> str | None:
    """Return the figure that a title names, its share where the title says so."""
    folded = key(title)
    for figure in catalogue()[kind].figures:
        if folded and any(re.search(pattern, folded) for pattern in figure.patterns):
            share = _SHARE.search(folded) and not _PEOPLE.search(folded)
            return share_name(figure.name) if share and figure.unit != "%" else figure.name
    return None


def _mark_inside(title: str) -> str | None:
    """Return the field of marks that a whole title ends with: «Русский язык 5».

    «Группы участников» is no number of participants: for that the rest must name a subject.
    """
    field = _WORDS.field(title)
    if field:
        return field
    words = title.split()
    for start in range(1, len(words)):
        name = _WORDS.field(" ".join(words[start:]))
        if name in _MARK_FIELDS or (name and _subject(" ".join(words[:start]))):
            return name
    return None


def _field_inside(title: str) -> str | None:
    name = _mark_inside(title)
    return name if name in ("m2", "m3", "m4", "m5", "participants", "mean", "below") else None


def _subject(title: str) -> str | None:
    for kind in (AssessmentKind.OGE, AssessmentKind.VPR, AssessmentKind.EGE):
        name = subjects.by_title(title, kind) or subjects.inside(title, kind)
        if name:
            return name
    return None


def _placed(seen: _Seen, kind: TableKind, record: RecordKind | None) -> tuple[Placed, ...]:
    personal = _personal(seen)
    used: set[tuple[object, ...]] = set()
    columns = []
    for column, title in seen.titles.items():
        made = _column(seen, kind, record, column, title)
        if column in personal and made.field != "director":
            made = Placed(column, title, Role.PERSONAL)
        elif made.role is Role.FIELD and (made.field, made.group) in used:
            made = Placed(column, title)
        used.add((made.field, made.group))
        columns.append(made)
    return tuple(columns)


def _personal(seen: _Seen) -> frozenset[int]:
    """Return the columns whose own title says that it is about a person; merged cells too."""
    header = Header(*seen.header, {}, {c: t for c, t in seen.titles.items() if t})
    found = titles_of.personal_columns(seen.sheet, [header])
    return frozenset(column.column for column in found if not seen.titles.get(column.column)) | (
        frozenset(c.column for c in found if seen.titles.get(c.column) == c.title)
    )


def _column(
    seen: _Seen, kind: TableKind, record: RecordKind | None, column: int, title: str
) -> Placed:
    name = _WORDS.field(title)
    if name == "number":
        return Placed(column, title, Role.IGNORED)
    finder = _FINDERS[kind]
    placed = finder(record, column, title)
    return placed or Placed(column, title)


def _as_register(_record: RecordKind | None, column: int, title: str) -> Placed | None:
    name = register.field_of(title)
    known = name is not None and is_field(TableKind.REGISTER, None, name)
    return Placed(column, title, Role.FIELD, name or "") if known else None


def _as_result(_record: RecordKind | None, column: int, title: str) -> Placed | None:
    name = _WORDS.field(title) or _field_inside(title)
    known = name is not None and is_field(TableKind.RESULT, None, name)
    return Placed(column, title, Role.FIELD, name or "") if known else None


def _as_group(_record: RecordKind | None, column: int, title: str) -> Placed | None:
    name = _field_inside(title)
    subject = _subject(title)
    if name and subject and _WORDS.field(title) is None:
        return Placed(column, title, Role.FIELD, name, subject, grade_of(title))
    return _as_result(None, column, title)


def _as_record(record: RecordKind | None, column: int, title: str) -> Placed | None:
    name = _WORDS.field(title)
    if name in ("fisoko", "rcoi", "code", "name", "year"):
        return Placed(column, title, Role.FIELD, name)
    figure = _figure(record, title) if record else None
    if figure is None and record is not None:
        figure = next(iter(numbered_fields(record, title)), None)
    return Placed(column, title, Role.FIELD, figure) if figure else None


def _as_pupils(_record: RecordKind | None, column: int, title: str) -> Placed | None:
    name = _WORDS.field(title)
    known = name is not None and is_field(TableKind.PUPILS, None, name)
    return Placed(column, title, Role.FIELD, name or "") if known else None


_FINDERS: dict[TableKind, Callable[[RecordKind | None, int, str], Placed | None]] = {
    TableKind.REGISTER: _as_register,
    TableKind.RESULT: _as_result,
    TableKind.SIDE_BY_SIDE: _as_group,
    TableKind.RECORD: _as_record,
    TableKind.PUPILS: _as_pupils,
}


def _origins(seen: _Seen, mapping: TableMap) -> dict[str, Origin]:
    """Return where each part comes from: a column, the titles, or what is fixed by law."""
    found: dict[str, Origin] = {}
    for part in needed_parts(mapping.kind, mapping.record):
        if mapping.placed(part) is not None:
            found[part] = Origin(How.COLUMN)
        elif part == "grade" and _has_grades(mapping):
            found[part] = Origin(How.HEADER)
        elif _in_titles(seen, part, mapping):
            found[part] = Origin(How.TITLES)
    kind = _assessment(seen)
    if "grade" in needed_parts(mapping.kind, mapping.record) and kind in _FIXED_GRADES:
        found.setdefault("grade", Origin(How.CONSTANT, _FIXED_GRADES[kind]))
    return found


def _has_grades(mapping: TableMap) -> bool:
    groups = [column for column in mapping.fields() if column.subject]
    return bool(groups) and all(column.grade for column in groups)


def _in_titles(seen: _Seen, part: str, mapping: TableMap) -> bool:
    rows = range(seen.header[0])
    match part:
        case "year":
            return title_year(seen.sheet, mapping) is not None
        case "grade":
            return find_grade(seen.sheet, rows) is not None
        case "subject":
            kind = AssessmentKind(_assessment(seen) or AssessmentKind.VPR.value)
            return find_subject(seen.sheet, rows, kind) is not None
    return _assessment(seen) is not None


def _assessment(seen: _Seen) -> str | None:
    texts = [*(row_text(seen.sheet, row) for row in range(seen.header[0])), seen.sheet.name]
    found = (value_of("assessment", text) for text in texts)
    return next((str(kind) for kind in found if kind), None)


def _marks(seen: _Seen, mapping: TableMap) -> MarksGiven:
    """Return how marks are written in most of the first rows; per cent where nothing tells."""
    people = mapping.placed("participants")
    marks = [mapping.placed(f"m{mark}") for mark in MARKS]
    if people is None or not all(marks):
        return MarksGiven.PERCENT
    columns = [column.column for column in marks if column is not None]
    rows = range(seen.data, min(seen.sheet.height, seen.data + _SAMPLE_ROWS))
    found = [_scale(seen.sheet, row, people.column, columns) for row in rows]
    counts = {given: found.count(given) for given in MarksGiven}
    best = max(counts, key=lambda given: counts[given])
    return best if counts[best] else MarksGiven.PERCENT


def _scale(sheet: Sheet, row: int, people: int, columns: Iterable[int]) -> MarksGiven | None:
    number = read_number(sheet.at(row, people)).whole
    cells = [read_number(sheet.at(row, column)) for column in columns]
    shares = [None if n.value is None else Share(n.value, n.decimals) for n in cells]
    found = scale_of(number, shares) if number else None
    return _GIVEN.get(found) if found else None


_GIVEN = {
    Scale.COUNT: MarksGiven.COUNTS,
    Scale.PERCENT: MarksGiven.PERCENT,
    Scale.FRACTION: MarksGiven.FRACTION,
}
