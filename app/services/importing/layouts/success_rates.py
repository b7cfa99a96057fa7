"""Success and quality by school, no marks: the share of «2» is what success leaves of 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.models.enums import AssessmentKind, CountsOrigin, ReferenceScope
from app.services.importing import subjects
from app.services.importing.cells import Number
from app.services.importing.counts import Share, number_text, recover
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
from app.services.importing.layouts.below_shares import in_parts, percent_of
from app.services.importing.layouts.class_rows import grade_of_class
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.groups import filled_down
from app.services.importing.layouts.labels import read_label
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
from app.services.importing.tables import (
    Header,
    Region,
    Vocabulary,
    find_header,
    find_regions,
    fixed,
    is_total,
    require,
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
_WHOLE = 100


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
    rows_read = 0
    for region in find_regions(sheet, _WORDS, _REQUIRED, lambda _sheet, _row: False):
        kind = find_kind(sheet, region.titles) or AssessmentKind.VPR
        context = _context(sheet, region, kind).or_before(context)
        rows = [row for row in region.data if _is_data(sheet, region, row, remarks)]
        rows_read += len(rows)
        whole = filled_down(sheet, region.header, rows)
        for own, here in _procedures(whole, region.header, rows, kind, context):
            procedure = procedure_of(kind, here, findings, address(region.header.first, 0))
            if procedure is not None:
                blocks.append(_block(whole, region.header, own, here, procedure, findings))
        _tell_quality(region.header, findings)
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


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
    sheet: Sheet, header: Header, rows: Sequence[int], kind: AssessmentKind, context: Context
) -> Iterator[tuple[list[int], Context]]:
    """Yield the rows of each grade and subject with what their own columns say of both."""
    said: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        said.setdefault((_said(sheet, header, row, "grade"), _said(sheet, header, row, "subject")),
                        []).append(row)  # fmt: skip
    for (grade, subject), own in said.items():
        here = context
        number = grade_of_class(grade) or grade_of(grade) or grade_of(subject)
        if number and kind not in _GRADES:
            column = header.columns.get("grade", header.columns.get("subject", 0))
            here = replace(here, grade=FoundNumber(number, fixed(own[0], column)))
        if subject:
            found = subjects.resolve(subject, kind)
            cell = fixed(own[0], header.columns["subject"])
            here = replace(here, subject=FoundSubject(found, cell, None, subject))
        yield own, here


def _said(sheet: Sheet, header: Header, row: int, name: str) -> str:
    return sheet.text(row, header.columns[name]) if name in header.columns else ""


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
    figures = {"participants": letters["participants"], "below": column_letters(success)}
    return Block(sheet.name, {**context.cells(), **names, **figures}, facts)


def _fact(table: _Table, row: int) -> Fact | None:
    ref = table.refs.read(row, table.findings)
    label = read_label(ref.name or "", False)
    total = is_total(table.sheet, row) or (label.scope is not None and not ref.codes)
    item = f"«{ref.name or next((code for _, code in ref.codes), '')}»"
    if not total and not (ref.codes or ref.name):
        table.findings.cell_error(
            row, table.column("participants"), "Не указано, чья это строка.",
            "Впишите код или название школы.",
        )  # fmt: skip
        return None
    columns = (table.column("participants"), table.column("success"))
    if total and marks_of.spoiled_total(table.sheet, row, columns, table.findings, item):
        return None
    participants = marks_of.participants_of(table.sheet, row, columns[0], table.findings, item)
    success = _success(table, row, item)
    if participants is None or success is None or success.value is None:
        return None
    if total:
        return ReferenceFact(
            label.scope or ReferenceScope.DISTRICT, ref.name or "Итого", table.procedure,
            participants, None, None, None, None, None, str(row + 1),
        )  # fmt: skip
    below = _below(table, row, item, participants, success)
    if below is None:
        return None
    marks = Marks(participants, below=below[0], origin=below[1])
    return ResultFact(ref, table.procedure, marks, str(row + 1))


def _success(table: _Table, row: int, item: str) -> Number | None:
    """Return the share in per cent, None with the fault noted."""
    column = table.column("success")
    read = marks_of.checked(table.sheet, row, column, table.findings, f"{item}, успеваемость")
    if read is None:
        return None
    share = percent_of(read) if table.parts and not read.percent else read
    if share is read and read.value == 1 and not read.percent:
        table.findings.cell_error(
            row, column, f"{item}: успеваемость 1 – это 1 % или 100 %, не видно.",
            "Напишите «100 %» или «1 %».",
        )  # fmt: skip
        return None
    if share.value is None or not 0 <= share.value <= _WHOLE:
        said = "не указана" if share.value is None else f"{number_text(share.value)} % не бывает"
        table.findings.cell_error(
            row, column, f"{item}: успеваемость {said}.", "Впишите долю от 0 до 100 %."
        )
        return None
    return share


def _below(
    table: _Table, row: int, item: str, participants: int, success: Number
) -> tuple[int, CountsOrigin] | None:
    """Return how many got «2»: what success leaves of all participants."""
    share = success.value or 0.0
    given = (Share(_WHOLE - share, success.decimals), Share(share, success.decimals), None, None)
    found = recover(participants, given)
    nobody = found.counts is not None and share < _WHOLE and not found.counts[0]
    if found.counts is None or nobody:
        table.findings.cell_error(
            row,
            table.column("success"),
            f"{item}: при {participants} участниках успеваемость {number_text(share)} % не бывает.",
            "Сверьте успеваемость и число участников.",
        )
        return None
    return found.counts[0], found.origin


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
