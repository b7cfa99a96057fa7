"""Success and quality by school, no marks: the share of «2» is what success leaves of 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.models.enums import AssessmentKind, CountsOrigin, ReferenceScope
from app.services.importing import subjects
from app.services.importing.cells import Number, read_number
from app.services.importing.counts import number_text
from app.services.importing.facts import (
    Block,
    Extract,
    Fact,
    Marks,
    Procedure,
    ReferenceFact,
    ResultFact,
)
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.below_shares import as_share, in_parts, pupils_below
from app.services.importing.layouts.called import read_line
from app.services.importing.layouts.class_rows import grade_of_class
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.groups import filled_down
from app.services.importing.layouts.labels import Label, read_label
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.row_groups import parted
from app.services.importing.layouts.second_columns import tell_second
from app.services.importing.layouts.title_rows import is_unclear, starts_any_title
from app.services.importing.layouts.titles import (
    FoundNumber,
    FoundSubject,
    find_grade,
    find_kind,
    find_subject,
    find_year,
    grade_of,
)
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Vocabulary,
    find_header,
    fixed,
    is_total,
    require,
    row_text,
)
from app.services.procedures import exam_grades
from app.services.table_words import words

_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    grade=titles_of.GRADE,
    subject=titles_of.SUBJECT,
    participants_else=titles_of.PARTICIPANTS_ELSE,
    participants=titles_of.PARTICIPANTS,
    mean_mark=titles_of.MEAN_MARK,
    below=titles_of.BELOW,
    name=titles_of.NAME,
    **words("success_columns"),
    **titles_of.MARK_COLUMNS,
)
_REQUIRED = require("name|fisoko|rcoi|code", "participants", "success")
_MORE = frozenset({"below", "m2", "m3", "m4", "m5"})
"""Columns that say more: such a table is one of marks, or a summary of the РЦОИ."""
_GRADES = exam_grades()
_PARTED = ("grade", "subject")
_WHOLE = 100
_EXACT = 6
"""Decimals that are kept of what success leaves of 100 %: the rest is of the arithmetic."""
_NO_KIND = (
    "Нигде не сказано, что это: ВПР, ОГЭ или ЕГЭ.",
    "Допишите над таблицей, например «ВПР 2025», и загрузите файл снова.",
)


@dataclass(frozen=True)
class _Table:
    """Rows of one procedure, and all that reading them needs; columns are 0-based."""

    sheet: Sheet
    header: Header
    refs: RefReader
    procedure: Procedure
    parts: bool
    findings: Findings

    def column(self, name: str) -> int:
        """Return a column of the header."""
        return self.header.columns[name]


def recognise(sheet: Sheet) -> float:
    """Return the confidence: success by school under a title that names the assessment.

    Schools report success of every term too: nothing is taken where no assessment is named.
    """
    header = find_header(sheet, _WORDS, _REQUIRED)
    if header is None or _MORE & header.columns.keys():
        return 0.0
    return 0.85 if find_kind(sheet, range(header.first)) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return a result per row; a total is the figure of the district."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    context = Context()
    kind: AssessmentKind | None = None
    titles: tuple[int, ...] = ()
    rows_read = 0
    regions = find_regions(sheet, _WORDS, _REQUIRED, starts_any_title, heads=True)
    for region in regions:
        if kind and _is_of_other_work(sheet, region, titles, findings):
            continue
        before, titles = kind, region.titles
        kind = find_kind(sheet, titles) or kind
        if kind is None:
            findings.sheet_error(*_NO_KIND, address(region.header.first, 0))
            continue
        own = _context(sheet, region, kind)
        if is_unclear(sheet, region, own, findings):
            continue
        context = own.or_before(context.for_kind(kind, before))
        rows = [row for row in region.data if _is_data(sheet, region, row, remarks)]
        rows_read += len(rows)
        blocks.extend(_blocks(sheet, region.header, rows, kind, context, findings))
    for header in {region.header.first: region.header for region in regions}.values():
        _tell_quality(header, findings)
        tell_second(sheet, header, _WORDS, findings)
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _is_of_other_work(
    sheet: Sheet, region: Region, before: Sequence[int], findings: Findings
) -> bool:
    """Return whether a table below that of an assessment is called something else; told.

    Success of a term may stand under that of the ВПР, and is none.  What the titles of the table
    ``before`` said too is said of an assessment.
    """
    lines = list(filter(None, (read_line(row_text(sheet, row)) for row in region.titles)))
    above = filter(None, (read_line(row_text(sheet, row)) for row in before))
    known = {one.word for line in above for one in line.called}
    new = [one for line in lines for one in line.called if one.word not in known]
    if not new or any(line.named for line in lines):
        return False
    findings.sheet_warning(
        f"«{new[0].written}» – не ВПР, не ОГЭ и не ЕГЭ: таблица под этим заголовком не загружена.",
        "Если это ВПР, ОГЭ или ЕГЭ, назовите её так в заголовке и загрузите файл снова.",
        address(region.titles[0], 0),
    )
    return True


def _blocks(
    sheet: Sheet,
    header: Header,
    rows: Sequence[int],
    kind: AssessmentKind,
    context: Context,
    findings: Findings,
) -> Iterator[Block]:
    whole = filled_down(sheet, header, rows)
    for own, here in _procedures(whole, header, rows, kind, context, findings):
        procedure = procedure_of(kind, here, findings, address(header.first, 0))
        if procedure is not None:
            yield _block(whole, header, own, here, procedure, findings)


def _is_data(sheet: Sheet, region: Region, row: int, remarks: Remarks) -> bool:
    columns = region.header.columns
    if has_any(sheet, row, [columns["participants"], columns["success"]]):
        return True
    remarks.add(row)
    return False


def _context(sheet: Sheet, region: Region, kind: AssessmentKind) -> Context:
    titles = region.titles
    grade = FoundNumber(_GRADES[kind], None) if kind in _GRADES else find_grade(sheet, titles)
    return Context(find_year(sheet, titles), grade, find_subject(sheet, titles, kind))


def _procedures(
    sheet: Sheet,
    header: Header,
    rows: Sequence[int],
    kind: AssessmentKind,
    context: Context,
    findings: Findings,
) -> Iterator[tuple[Sequence[int], Context]]:
    """Yield the rows of each grade and subject with what their own columns say of both."""
    columns = {name: header.columns[name] for name in _PARTED if name in header.columns}
    for texts, own in parted(sheet, rows, tuple(columns.values()), findings).items():
        said = dict(zip(columns, texts, strict=True))
        grade, subject = said.get("grade", ""), said.get("subject", "")
        here = context
        number = grade_of_class(grade) or grade_of(grade) or grade_of(subject)
        if number and kind not in _GRADES:
            column = columns.get("grade", columns.get("subject", 0))
            here = replace(here, grade=FoundNumber(number, fixed(own[0], column)))
        if subject:
            found = subjects.resolve(subject, kind)
            cell = fixed(own[0], columns["subject"])
            here = replace(here, subject=FoundSubject(found, cell, None, subject))
        yield own, here


def _block(
    sheet: Sheet,
    header: Header,
    rows: Sequence[int],
    context: Context,
    procedure: Procedure,
    findings: Findings,
) -> Block:
    refs = RefReader.of(sheet, header, rows, "name")
    success, participants = header.columns["success"], header.columns["participants"]
    parts = in_parts(sheet, rows, success, participants, findings)
    table = _Table(sheet, header, refs, procedure, parts, findings)
    facts = tuple(fact for row in rows if (fact := _fact(table, row)))
    letters = {name: header.letters(name) for name in header.columns}
    names = refs.fields(letters, [fact.ref for fact in facts if isinstance(fact, ResultFact)])
    source = column_letters(success)
    figures = {"participants": letters["participants"], "below": source, "p2": source}
    return Block(sheet.name, {**context.cells(), **names, **figures}, facts)


def _fact(table: _Table, row: int) -> Fact | None:
    ref = table.refs.read(row, table.findings)
    label = read_label(ref.name or "", False)
    total = is_total(table.sheet, row) or (label.scope is not None and not ref.codes)
    item = f"«{ref.called or 'Итого'}»"
    if total:
        return _reference(table, row, item, label)
    if not ref.called:
        table.findings.nobody_error(row, table.column("participants"))
        return None
    column = table.column("participants")
    figures = (table.column("success"),)
    if marks_of.says_no_result(table.sheet, row, column, figures, table.findings, item):
        return None
    participants = marks_of.participants_of(table.sheet, row, column, table.findings, item)
    if participants == 0 and not read_number(table.sheet.at(row, table.column("success"))).value:
        table.findings.nobody_took_part(row, column, item)
        return None
    success = _success(table, row, item)
    if participants is None or success is None:
        return None
    below = _below(table, row, item, participants, success)
    if below is None:
        return None
    marks = Marks(participants, below=below[0], origin=below[1])
    return ResultFact(ref, table.procedure, marks, str(row + 1))


def _reference(table: _Table, row: int, item: str, label: Label) -> ReferenceFact | None:
    """Return the success of a district or a region, as the share of «2»; None, told, without it.

    The schools need not wait for a total that says nothing: a dash, a fault, an impossible share.
    """
    columns = (table.column("participants"), table.column("success"))
    if marks_of.spoiled_total(table.sheet, row, columns, table.findings, item):
        return None
    participants = read_number(table.sheet.at(row, columns[0])).whole
    share = as_share(read_number(table.sheet.at(row, columns[1])), parts=table.parts)
    fault = "число участников не целое" if participants is None else _fault(share)
    if fault or share.value is None:
        table.findings.cell_warning(
            row, columns[participants is not None], f"{item}: {fault}; строка не загружена.",
            marks_of.TOTAL_ALONE,
        )  # fmt: skip
        return None
    return ReferenceFact(
        label.scope or ReferenceScope.DISTRICT, label.name or "Итого", table.procedure,
        participants, round(_WHOLE - share.value, _EXACT), None, None, None, None, str(row + 1),
    )  # fmt: skip


def _success(table: _Table, row: int, item: str) -> Number | None:
    """Return the share in per cent, None with the fault noted."""
    column = table.column("success")
    read = marks_of.checked(table.sheet, row, column, table.findings, f"{item}, успеваемость")
    if read is None:
        return None
    share = as_share(read, parts=table.parts)
    if share is read and read.value == 1 and not read.percent:
        table.findings.cell_error(
            row, column, f"{item}: успеваемость 1 – это 1 % или 100 %, не видно.",
            "Напишите «100 %» или «1 %».",
        )  # fmt: skip
        return None
    fault = _fault(share)
    if fault:
        table.findings.cell_error(row, column, f"{item}: {fault}.", "Впишите долю от 0 до 100 %.")
        return None
    return share


def _fault(share: Number) -> str:
    """Return what is wrong with a success in per cent; empty for nothing."""
    if share.value is None:
        return "успеваемость не указана"
    fits = 0 <= share.value <= _WHOLE
    return "" if fits else f"успеваемость {number_text(share.value)} % не бывает"


def _below(
    table: _Table, row: int, item: str, participants: int, success: Number
) -> tuple[int, CountsOrigin] | None:
    """Return how many got «2»: what success leaves of all participants."""
    share = success.value or 0.0
    found = pupils_below(participants, Number(_WHOLE - share, decimals=success.decimals))
    if found is None:
        table.findings.cell_error(
            row,
            table.column("success"),
            f"{item}: при {participants} участниках успеваемость {number_text(share)} % не бывает.",
            "Сверьте успеваемость и число участников.",
        )
    return found


def _tell_quality(header: Header, findings: Findings) -> None:
    """Tell what success alone says; where «4» and «5» are told apart a layout of marks reads."""
    beside = " и «Качеству»" if "quality" in header.columns else ""
    findings.sheet_warning(
        f"Отметок в таблице нет: по «Успеваемости» взято число «2»; «3», «4» и «5» порознь по "
        f"ней{beside} не видны.",
        "Если есть таблица с числом отметок, загрузите и её.",
        f"{header.letters('success')}{header.last + 1}",
    )


LAYOUT = Layout(
    "success_rates", "Успеваемость и качество по школам", recognise, extract, up_to(0.85)
)
