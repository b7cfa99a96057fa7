"""Regional flat export of marks (L6): one row per school and procedure, everything in columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import AssessmentKind, ReferenceScope, Severity
from app.services.importing import subjects
from app.services.importing.facts import Block, Extract, Fact, Procedure, ResultFact, SchoolRef
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.called import other_work
from app.services.importing.layouts.class_rows import class_rows, grade_of_class
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.groups import carried
from app.services.importing.layouts.labels import read_label
from app.services.importing.layouts.mark_rows import read_row, spoiled_total
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, warn_unknown
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.row_groups import tell_over_all
from app.services.importing.layouts.second_columns import tell_second
from app.services.importing.layouts.title_rows import starts_year_title
from app.services.importing.layouts.titles import (
    FoundNumber,
    find_grade,
    find_kind,
    find_subject,
    find_year,
    grade_of,
    kind_of,
    year_of,
)
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Vocabulary,
    cell,
    find_header,
    is_total,
    is_total_text,
    require,
)
from app.services.procedures import exam_grades

_WORDS = Vocabulary(
    kind=r"(?:вид|форма|название|наименование)?(?:оценочная|оценочной)?процедур[аы]"
    r"|(?:вид|форма)(?:работы|экзамена|гиа|контроля)|экзамен|работа",
    year=titles_of.YEAR,
    grade=titles_of.GRADE,
    subject=titles_of.SUBJECT,
    district=titles_of.DISTRICT,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    name=titles_of.NAME,
    participants_else=titles_of.PARTICIPANTS_ELSE,
    participants=titles_of.PARTICIPANTS,
    mean_mark=titles_of.MEAN_MARK,
    mean=titles_of.MEAN,
    other_scores=titles_of.OTHER_SCORES,
    **titles_of.MARK_COLUMNS,
)
_REQUIRED = require(
    "subject|year|grade", "participants", "name|fisoko|code", "m2", "m3", "m4", "m5"
)
_GRADES = exam_grades()
_SURE = 0.95
_SHORTER = 0.9
_ALL = ("year", "grade", "subject")
_PARTS = ("kind", *_ALL)


@dataclass(frozen=True)
class _Said:
    """What is said of the rows of a table elsewhere than in themselves."""

    kind: AssessmentKind
    context: Context
    """What the titles say of a table that has no column of the year or of the grade."""
    groups: Mapping[str, Mapping[int, int]]
    """By the name of a column: which row says it for rows that leave it empty."""


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    header: Header
    columns: marks_of.MarkColumns
    refs: RefReader
    decimals: int
    said: _Said
    findings: Findings
    told: set[str]
    others: set[int]
    """Rows of works that are no ВПР, ОГЭ or ЕГЭ, found while reading."""

    def at(self, row: int, name: str) -> int:
        """Return the row that says this column of a row: itself, or the head of its group."""
        return self.said.groups[name].get(row, row)

    def text(self, row: int, name: str) -> str:
        """Return what a row, or the head of its group, says in a column."""
        return self.sheet.text(self.at(row, name), self.header.columns[name])


def recognise(sheet: Sheet) -> float:
    """Return the confidence: marks, and what they are of, as columns; not scores 0…38 (L4).

    Districts keep the year, the grade or the subject in the title, where all rows share it.
    """
    header = find_header(sheet, _WORDS, _REQUIRED)
    if header is None or "other_scores" in header.columns:
        return 0.0
    if not ("subject" in header.columns or _parts_rows(sheet, header)):
        return 0.0
    return _SURE if header.has(*_ALL) else _SHORTER


def _parts_rows(sheet: Sheet, header: Header) -> bool:
    """Return whether the year or the grade parts the rows: a subject alone stands in the title.

    A column «5А», «5Б» under a title that names the grade only says which class it is.
    """
    titles = range(header.first)
    if find_subject(sheet, titles, find_kind(sheet, titles) or AssessmentKind.VPR) is None:
        return False
    if "year" in header.columns:
        return True
    first = sheet.text(header.last + 1, header.columns["grade"])
    return first.isdigit() and find_grade(sheet, titles) is None


def extract(sheet: Sheet) -> Extract:
    """Return a result per row; rows without a school are references of district or region."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    others: set[int] = set()
    kind, context = AssessmentKind.VPR, Context()
    rows_read = 0
    regions = find_regions(sheet, _WORDS, _REQUIRED, starts_year_title)
    for header in {region.header.first: region.header for region in regions}.values():
        tell_second(sheet, header, _WORDS, findings)
    for region in regions:
        empty, totals = Remarks(), list[int]()
        rows = [row for row in region.data if _is_data(sheet, region, row, empty, totals)]
        groups = _groups(sheet, region, rows)
        heads = {row for found in groups.values() for row in found.values()}
        remarks.rows.extend(row for row in empty.rows if row not in heads)
        rows_read += len(rows)
        tell_over_all(totals, region.header.columns["participants"], findings)
        before, kind = kind, find_kind(sheet, region.titles) or kind
        context = _context(sheet, region, kind).or_before(context.for_kind(kind, before))
        said = _Said(kind, context, groups)
        blocks.append(_block(sheet, region, rows, said, findings, others))
    remarks.tell(sheet, findings)
    refused = bool(others) and not any(block.facts for block in blocks)
    refused = refused and all(one.severity is Severity.WARNING for one in findings.problems)
    return Extract(
        tuple(blocks), findings.problems, rows_read * (not refused), blank=refused, refused=refused
    )


def _is_data(sheet: Sheet, region: Region, row: int, remarks: Remarks, totals: list[int]) -> bool:
    columns = region.header.columns
    if is_total(sheet, row) and not any(
        _says_part(sheet.text(row, columns[name])) for name in _ALL if name in columns
    ):
        totals.append(row)
        return False
    numbers = [columns[name] for name in ("participants", "m2", "m3", "m4", "m5")]
    if has_any(sheet, row, numbers):
        return True
    remarks.add(row)
    return False


def _says_part(text: str) -> bool:
    return bool(text) and not is_total_text(text)


def _groups(sheet: Sheet, region: Region, rows: list[int]) -> Mapping[str, Mapping[int, int]]:
    known = region.header.columns
    columns = {name: known[name] for name in _PARTS if name in known}
    return {
        name: carried(
            sheet, column, rows, region.data, [one for one in columns.values() if one < column]
        )
        for name, column in columns.items()
    }


def _block(
    sheet: Sheet,
    region: Region,
    rows: list[int],
    said: _Said,
    findings: Findings,
    others: set[int],
) -> Block:
    header = region.header
    columns = marks_of.columns_in(sheet, rows, header)
    refs = RefReader.of(sheet, header, rows, "name")
    decimals = marks_of.column_decimals(sheet, rows, columns)
    table = _Table(sheet, header, columns, refs, decimals, said, findings, set(), others)
    owners = _owners(table, rows)
    facts = tuple(fact for row in rows if (fact := _fact(table, row, owners[row])))
    classes = class_rows(sheet, header, refs, findings)
    facts = facts if classes is None else classes.joined(facts, region.data)
    letters = {name: header.letters(name) for name in header.columns}
    titles = {**said.context.cells(), **{name: letters[name] for name in _PARTS if name in letters}}
    names = refs.fields(letters, [fact.ref for fact in facts if isinstance(fact, ResultFact)])
    return Block(sheet.name, {**titles, **names, **marks_of.source_columns(letters)}, facts)


def _context(sheet: Sheet, region: Region, kind: AssessmentKind) -> Context:
    grade = FoundNumber(_GRADES[kind], None) if kind in _GRADES else None
    titles = region.titles
    subject = None if "subject" in region.header.columns else find_subject(sheet, titles, kind)
    return Context(find_year(sheet, titles), grade or find_grade(sheet, titles), subject)


def _owners(table: _Table, rows: list[int]) -> dict[int, SchoolRef]:
    """Return whose each row is: a merged name stands in the first of the school's rows alone.

    A row without a name that repeats what the school already has is nobody's.
    """
    owners: dict[int, SchoolRef] = {}
    last, seen = SchoolRef(), set[tuple[str, ...]]()
    columns = [name for name in _PARTS if name in table.header.columns]
    for row in rows:
        ref = table.refs.read(row, table.findings)
        said = tuple(table.text(row, name) for name in columns)
        if ref.codes or ref.name:
            seen = seen if ref == last else set()
            last = ref
        elif said not in seen and not _district(table, row) and not is_total(table.sheet, row):
            ref = last
        seen.add(said)
        owners[row] = ref
    return owners


def _fact(table: _Table, row: int, ref: SchoolRef) -> Fact | None:
    if _is_other_work(table, row):
        return None
    procedure = _procedure(table, row)
    named = ref.called or _district(table, row)
    item = f"«{named}»"
    scope = None if ref.codes else read_label(ref.name or _district(table, row), False).scope
    total = scope or not (ref.codes or ref.name)
    columns, findings = table.columns, table.findings
    if total and spoiled_total(table.sheet, row, columns, findings, item):
        return None
    numbers = read_row(table.sheet, row, columns, findings, item)
    if numbers is None or procedure is None:
        return None
    if total:
        scope = scope or (ReferenceScope.DISTRICT if named else ReferenceScope.REGION)
        return marks_of.reference(row, scope, named or "Регион", procedure, numbers)
    subject = marks_of.Subject(ref, procedure, item)
    return marks_of.result(row, subject, numbers, columns, table.decimals, findings)


def _is_other_work(table: _Table, row: int) -> bool:
    """Return whether the row says itself that it is of no ВПР, ОГЭ or ЕГЭ, which is told."""
    column = table.header.columns.get("kind")
    work = None if column is None else other_work(table.text(row, "kind"))
    if column is None or work is None:
        return False
    table.others.add(row)
    table.findings.column_warning(
        row,
        column,
        f"«{work}» – не ВПР, не ОГЭ и не ЕГЭ: такие строки не загружены.",
        f"Правило отбора школ говорит только о ВПР, ОГЭ и ЕГЭ. Если «{work}» – одна из них, "
        "назовите её так и загрузите файл снова.",
    )
    return True


def _district(table: _Table, row: int) -> str:
    column = table.header.columns.get("district")
    return "" if column is None else table.sheet.text(row, column)


def _procedure(table: _Table, row: int) -> Procedure | None:
    """Return the procedure of a row; what neither it nor the titles say is an error."""
    columns = table.header.columns
    kind, subject = _kind(table, row), _subject(table, row)
    year, grade = _year(table, row), _grade(table, row, kind)
    for name, value, what in (
        ("year", year, "года"),
        ("grade", grade, "класса"),
        ("subject", subject, "предмета"),
    ):
        if not value:
            column = columns.get(name, columns["participants"])
            table.findings.cell_error(
                row, column, f"В строке нет {what}.", "Впишите и загрузите файл снова."
            )
    if not (year and grade and subject):
        return None
    found = subjects.resolve(subject, kind)
    if found.name not in table.told:
        table.told.add(found.name)
        warn_unknown(
            found, table.findings, cell(row, columns.get("subject", columns["participants"]))
        )
    return Procedure(kind, year, found.name, grade)


def _subject(table: _Table, row: int) -> str:
    """Return the subject of the row's own column, else that of the titles; empty for none."""
    if "subject" in table.header.columns:
        return table.text(row, "subject")
    return found.subject.name if (found := table.said.context.subject) else ""


def _year(table: _Table, row: int) -> int | None:
    if "year" in table.header.columns:
        return year_of(table.text(row, "year"))
    return found.value if (found := table.said.context.year) else None


def _grade(table: _Table, row: int, kind: AssessmentKind) -> int | None:
    """Return the grade of the row's own column, of its subject («Математика 5 кл.»), of an exam,
    of the titles."""
    column = table.header.columns.get("grade")
    if column is not None:
        said = table.text(row, "grade")
        return grade_of_class(said) or grade_of(said)
    own = grade_of(_subject(table, row)) or _GRADES.get(kind)
    return own or (found.value if (found := table.said.context.grade) else None)


def _kind(table: _Table, row: int) -> AssessmentKind:
    """Return the assessment that the row names in its own column, else that of the titles."""
    named = "kind" in table.header.columns and kind_of(table.text(row, "kind"))
    return named or table.said.kind


LAYOUT = Layout(
    "regional_flat", "Региональная выгрузка отметок ВПР", recognise, extract, up_to(0.95)
)
