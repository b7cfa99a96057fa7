"""ФИС ОКО, «Статистика по отметкам» (L2): participants and shares of marks by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.bulk import made
from app.services.importing.cells import absence, is_empty, read_number, shorten
from app.services.importing.facts import Block, Extract, Fact, Procedure, ResultFact, SchoolRef
from app.services.importing.grid import CellValue, Sheet, address, clean
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.bare_counts import (
    PARTICIPANTS_ELSE,
    are_participants,
    is_bare,
    tell_bare,
)
from app.services.importing.layouts.class_rows import class_rows, grade_of_classes, with_names
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.labels import Label, is_part, read_label
from app.services.importing.layouts.mark_rows import read_row, spoiled_total
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.refs import RefReader, ref_of
from app.services.importing.layouts.second_columns import tell_second
from app.services.importing.layouts.title_rows import is_unclear, starts_grade_title
from app.services.importing.layouts.titles import (
    FoundNumber,
    FoundSubject,
    find_grade,
    find_kind,
    find_subject,
    find_year,
)
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import Header, Vocabulary, find_header, key, require, row_text
from app.services.importing.thresholds import maths_levels
from app.services.procedures import exam_grades

_WORDS = Vocabulary(
    group=titles_of.GROUP,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    name=titles_of.NAME,
    schools=titles_of.SCHOOLS,
    participants_else=PARTICIPANTS_ELSE,
    participants=titles_of.PARTICIPANTS,
    year=titles_of.YEAR,
    subject=titles_of.SUBJECT,
    mean_mark=titles_of.MEAN_MARK,
    mean=titles_of.MEAN,
    other_scores=titles_of.OTHER_SCORES,
    **titles_of.MARK_COLUMNS,
)
_REQUIRED = require("group|name", "participants", "m2", "m3", "m4", "m5")
_TITLE = "статистикапоотметкам"
_GRADES = exam_grades()
"""Of an exam the grade is known without any title (the ОГЭ ends grade 9, the ЕГЭ grade 11)."""


@dataclass(frozen=True)
class _Table:
    """One table of the sheet with everything that reading its rows needs."""

    sheet: Sheet
    header: Header
    columns: marks_of.MarkColumns
    refs: RefReader
    decimals: int
    procedure: Procedure
    findings: Findings


def recognise(sheet: Sheet) -> float:
    """Return the confidence: the header decides, the title «Статистика по отметкам» adds."""
    header = marks_header(sheet)
    if header is None:
        return 0.0
    titled = any(_TITLE in key(row_text(sheet, row)) for row in range(header.first))
    return 0.6 + 0.2 * ("group" in header.columns) + 0.15 * titled


def marks_header(sheet: Sheet) -> Header | None:
    """Return the header of a table of marks by school of one procedure, or None."""
    header = find_header(sheet, _WORDS, _REQUIRED)
    if header is None or {"other_scores", "year", "subject"} & header.columns.keys():
        return None
    if is_bare(header) and not are_participants(sheet, header, range(header.last, sheet.height)):
        return None
    return header


def extract(sheet: Sheet) -> Extract:
    """Return results of schools and reference rows, for every table of the sheet.

    A table is of the ВПР unless its titles, or those of the table above, name another assessment.
    """
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    context = Context()
    kind = AssessmentKind.VPR
    rows_read = 0
    regions = find_regions(sheet, _WORDS, _REQUIRED, starts_grade_title, heads=True)
    for header in {region.header.first: region.header for region in regions}.values():
        tell_second(sheet, header, _WORDS, findings)
    for region in regions:
        if is_bare(region.header):
            proven = are_participants(sheet, region.header, region.data)
            tell_bare(region.header, findings, proven=proven)
        before, kind = kind, find_kind(sheet, region.titles) or kind
        own = _context(sheet, region, kind, findings)
        if is_unclear(sheet, region, own, findings):
            continue
        context = own.or_before(context.for_kind(kind, before))
        besides = _remarks(sheet, region)
        rows_read += len(region.data) - len(besides)
        where = address(region.header.first, 0)
        procedure = procedure_of(kind, context, findings, where)
        if procedure:
            remarks.rows.extend(sorted(besides))
            blocks.append(_block(sheet, region, besides, context, procedure, findings))
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _context(sheet: Sheet, region: Region, kind: AssessmentKind, findings: Findings) -> Context:
    rows = region.titles
    grade = FoundNumber(_GRADES[kind], None) if kind in _GRADES else find_grade(sheet, rows)
    grade = grade or grade_of_classes(sheet, region)
    subject = find_subject(sheet, rows, kind)
    if kind is AssessmentKind.EGE and (subject is None or not subject.subject.known):
        subject = _basic_maths(sheet, region, findings) or subject
    return Context(find_year(sheet, rows), grade, subject)


def _basic_maths(sheet: Sheet, region: Region, findings: Findings) -> FoundSubject | None:
    """Return the basic mathematics for a bare «Математика», told: the profile one has no marks."""
    found = find_subject(sheet, region.titles, AssessmentKind.OGE)
    if found is None or not subjects.is_plain_maths(found.subject.name):
        return None
    basic, _ = maths_levels()
    findings.sheet_warning(
        f"В заголовке «Математика» без уровня, а в таблице отметки: принято «{basic}».",
        "Если уровень другой, допишите его в заголовок и загрузите файл снова.",
        (found.cell or address(region.header.first, 0)).replace("$", ""),
    )
    return replace(found, subject=subjects.Subject(basic, True))


def _remarks(sheet: Sheet, region: Region) -> frozenset[int]:
    """Return the rows that have no numbers and no code: remarks under the table."""
    header = region.header
    columns = marks_of.columns_of(header)
    codes = [header.columns[n] for n in ("fisoko", "rcoi", "code") if n in header.columns]
    telling, label = (columns.participants, *columns.marks, *codes), _label_column(header)
    participants = sheet.column(columns.participants)
    return frozenset(
        row
        for row in region.data
        # A number of participants makes it a row of data: nearly all are told by that.
        if type(participants[row]) is not int
        if (
            not has_any(sheet, row, telling) and not read_label(sheet.text(row, label), False).coded
        )
        or _is_words(sheet, row, (label, *telling), label)
    )


def _is_words(sheet: Sheet, row: int, columns: Sequence[int], label: int) -> bool:
    """Return whether a row about nobody holds only words: «Страница 2» among the columns."""
    if sheet.text(row, label):
        return False
    values = [sheet.at(row, column) for column in columns]
    return all(value is None or isinstance(value, str) for value in values) and all(
        read_number(value).value is None for value in values
    )


def _label_column(header: Header) -> int:
    return header.columns.get("group", header.columns.get("name", 0))


def _block(
    sheet: Sheet,
    region: Region,
    besides: frozenset[int],
    context: Context,
    procedure: Procedure,
    findings: Findings,
) -> Block:
    header, columns = region.header, marks_of.columns_in(sheet, region.data, region.header)
    rows = [row for row in region.data if row not in besides]
    sheet = with_names(sheet, header, _label_column(header), region.data)
    table = _Table(
        sheet,
        header,
        columns,
        RefReader.of(sheet, header, region.data, "name", "group"),
        marks_of.column_decimals(sheet, region.data, columns),
        procedure,
        findings,
    )
    plain = _plain_rows(table, rows)
    facts = tuple(fact for row in rows if (fact := plain.get(row) or _fact(table, row)))
    classes = class_rows(sheet, header, table.refs, findings)
    facts = facts if classes is None else classes.joined(facts, region.data)
    letters = {name: header.letters(name) for name in header.columns}
    refs = [fact.ref for fact in facts if isinstance(fact, ResultFact)]
    names = table.refs.fields(letters, refs)
    return Block(
        sheet.name, {**context.cells(), **names, **marks_of.source_columns(letters)}, facts
    )


def _plain_rows(table: _Table, rows: Sequence[int]) -> Mapping[int, ResultFact]:
    """Return the results of schools of which nothing has to be said, by their 0-based rows.

    Nearly all rows of a large file are such, so they are taken a column at a time.  Whatever is
    otherwise is left to ``_fact``, which reads any row and finds the words.
    """
    if table.refs.codes or len(table.refs.names) != 1:
        return {}
    names = _picked(table, _label_column(table.header), rows)
    refs = [_school_of(name) if type(name) is str else None for name in names]
    schools = table.header.columns.get("schools")
    if schools is not None:
        given = zip(refs, names, _picked(table, schools, rows), strict=True)
        refs = [ref if one in (None, "", name) else None for ref, name, one in given]
    cells = [_picked(table, column, rows) for column in table.columns.all]
    marks = marks_of.plain_marks(table.columns, table.decimals, cells)
    sure = [
        (row, ref, one)
        for row, ref, one in zip(rows, refs, marks, strict=True)
        if ref is not None and one is not None
    ]
    if not sure:
        return {}
    places, schools_of, figures = zip(*sure, strict=True)
    spelt = [str(row + 1) for row in places]
    plain = (repeat(None), repeat(()), repeat(""))
    fields = (schools_of, repeat(table.procedure), figures, spelt, *plain)
    return dict(zip(places, made(ResultFact, len(places), fields), strict=True))


def _picked(table: _Table, column: int, rows: Sequence[int]) -> list[CellValue]:
    values = table.sheet.column(column)
    return [values[row] for row in rows]


def _fact(table: _Table, row: int) -> Fact | None:
    label = _label(table, row)
    if label is None:
        return None
    item = f"«{label.text}»"
    if not has_any(table.sheet, row, (table.columns.participants, *table.columns.marks)):
        table.findings.cell_warning(
            row, table.columns.participants, f"{item}: чисел нет, результата тоже."
        )
        return None
    absent = _absent(table, row)
    if absent:
        table.findings.cell_warning(
            row, table.columns.participants, f"{item}: «{shorten(absent)}», результата нет."
        )
        return None
    if label.scope and spoiled_total(table.sheet, row, table.columns, table.findings, item):
        return None
    numbers = read_row(table.sheet, row, table.columns, table.findings, item)
    if numbers is None:
        return None
    if label.scope:
        return marks_of.reference(row, label.scope, label.name, table.procedure, numbers)
    subject = marks_of.Subject(label.school or SchoolRef((), label.name), table.procedure, item)
    return marks_of.result(row, subject, numbers, table.columns, table.decimals, table.findings)


def _absent(table: _Table, row: int) -> str | None:
    """Return how the cell of participants says that nobody took part, where no mark is given."""
    value = table.sheet.at(row, table.columns.participants)
    if is_empty(value) or has_any(table.sheet, row, table.columns.marks):
        return None
    return absence(value)


def _label(table: _Table, row: int) -> Label | None:
    """Return what the row is about; a row of numbers about nobody is an error."""
    ref = table.refs.read(row, table.findings)
    column = _label_column(table.header)
    text = table.sheet.text(row, column)
    if ref.codes:
        return Label(ref, name=ref.name or ref.codes[0][1])
    if not text:
        table.findings.nobody_error(row, column)
        return None
    schools = table.header.columns.get("schools")
    number = None if schools is None else read_number(table.sheet.at(row, schools)).value
    return read_label(text, number is not None and number > 1)


@lru_cache(maxsize=32768)
def _school_of(text: str) -> SchoolRef | None:
    """Return the school of a row that only its text names, None where it names none."""
    text = clean(text)
    ref = ref_of(text)
    if is_part(text):
        return None
    if ref.codes:
        return ref
    label = read_label(text, False) if text else None
    return None if label is None or label.scope else label.school


LAYOUT = Layout("fisoko_marks", "ФИС ОКО: статистика по отметкам", recognise, extract, up_to(0.96))
