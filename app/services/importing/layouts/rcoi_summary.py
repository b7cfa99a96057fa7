"""Summary of the РЦОИ by school (L12): participants, mean score, how many missed the minimum."""

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
    SchoolRef,
)
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.below_shares import as_share, in_parts, pupils_below
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.count_and_share import read_part, writes_both
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.groups import filled_down
from app.services.importing.layouts.labels import Label, read_label
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context, ask_exam, procedure_of
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.row_groups import parted
from app.services.importing.layouts.second_columns import tell_second
from app.services.importing.layouts.title_rows import is_unclear, starts_exam_title
from app.services.importing.layouts.titles import (
    FoundNumber,
    FoundSubject,
    find_grade,
    find_kind,
    find_subject,
    find_year,
)
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Vocabulary,
    filled_cells,
    find_header,
    fixed,
    is_total,
    key,
    require,
)
from app.services.importing.thresholds import maths_levels, result_limits
from app.services.procedures import exam_grades
from app.services.table_words import pattern

_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    name=titles_of.NAME,
    subject=titles_of.SUBJECT,
    participants_else=titles_of.PARTICIPANTS_ELSE,
    participants=titles_of.PARTICIPANTS,
    mean=titles_of.MEAN,
    below_share=rf"(?:%|доля)(?:участников)?(?:{titles_of.BELOW})%?"
    rf"|(?:{titles_of.BELOW})(?:%|доля|впроцентах|проценто?в?)",
    below=titles_of.BELOW,
    passed=titles_of.PASSED,
    surname=r"фамилия\w*|фио\w*",
    **titles_of.MARK_COLUMNS,
)
_REQUIRED = require("code|rcoi|fisoko|name", "participants", "below|below_share|passed")
_GRADES = exam_grades()
_PERCENT_SLACK = 0.6
"""A per cent may be rounded to a whole one; more than that is another number."""


@dataclass(frozen=True)
class _Table:
    sheet: Sheet
    header: Header
    refs: RefReader
    procedure: Procedure
    below: int | None
    share: int | None
    """0-based columns of the number and of the share below the minimum."""
    findings: Findings
    parts: bool = False
    """The shares are parts of one."""

    @property
    def numbers(self) -> list[int]:
        """Every column of numbers, that of the participants first."""
        columns = self.header.columns
        passed = columns.get("passed")
        found = (columns["participants"], columns.get("mean"), self.below, self.share, passed)
        return [column for column in found if column is not None]


def recognise(sheet: Sheet) -> float:
    """Return the confidence: schools with participants and those below the minimum."""
    header = find_header(sheet, _WORDS, _REQUIRED)
    if header is None or "surname" in header.columns or "m3" in header.columns:
        return 0.0
    return 0.7 + 0.2 * ("mean" in header.columns)


def extract(sheet: Sheet) -> Extract:
    """Return a result per school; the total row is the figure of the district."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    context = Context()
    kind: AssessmentKind | None = None
    rows_read = 0
    regions = find_regions(sheet, _WORDS, _REQUIRED, starts_exam_title, heads=True)
    for header in {region.header.first: region.header for region in regions}.values():
        tell_second(sheet, header, _WORDS, findings)
    for region in regions:
        before, kind = kind, _kind(sheet, region) or kind
        if kind is None:
            _ask_exam(sheet, region, findings)
            continue
        own = _context(sheet, region, kind)
        if is_unclear(sheet, region, own, findings):
            continue
        context = own.or_before(context.for_kind(kind, before))
        whole = filled_down(sheet, region.header, region.data)
        for rows, here in _by_subject(whole, region, kind, context, findings):
            here = _with_level(whole, region, rows, here, findings)
            procedure = procedure_of(kind, here, findings, address(region.header.first, 0))
            if procedure is None:
                continue
            rows = [row for row in rows if _is_data(whole, region, row, remarks)]
            rows_read += len(rows)
            blocks.append(_block(whole, region, rows, here, procedure, findings))
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _ask_exam(sheet: Sheet, region: Region, findings: Findings) -> None:
    context = _context(sheet, region, AssessmentKind.OGE)
    given = "subject" in region.header.columns
    ask_exam(context, findings, address(region.header.first, 0), subject_given=given)


def _by_subject(
    sheet: Sheet, region: Region, kind: AssessmentKind, context: Context, findings: Findings
) -> Iterator[tuple[Sequence[int], Context]]:
    """Yield the rows of each subject with what is said of them: its column, else the titles.

    One that says no subject is an error.
    """
    column = region.header.columns.get("subject")
    if column is None:
        yield region.data, context
        return
    rows = parted(sheet, region.data, (column,), findings)
    for (text,), own in rows.items():
        if not text:
            for row in own:
                findings.cell_error(
                    row, column, "В строке нет предмета.", "Впишите и загрузите файл снова."
                )
            continue
        cell = fixed(own[0], column)
        found = FoundSubject(subjects.resolve(text, kind), cell, None, text)
        yield own, replace(context, subject=found)


def _with_level(
    sheet: Sheet, region: Region, rows: Sequence[int], context: Context, findings: Findings
) -> Context:
    """Return the context with the mathematics of the ЕГЭ that the mean scores tell, told.

    Marks up to 5 are the basic exam, test scores the profile one.
    """
    found, column = context.subject, region.header.columns.get("mean")
    if found is None or found.subject.known or column is None:
        return context
    means = [read_number(sheet.at(row, column)).value or 0 for row in rows]
    if not subjects.is_plain_maths(found.subject.name) or not any(means):
        return context
    basic, profile = maths_levels()
    name = profile if max(means) > result_limits(AssessmentKind.EGE, basic)[1] else basic
    findings.sheet_warning(
        f"«Математика» без уровня: по среднему баллу принято «{name}».",
        "Если уровень другой, допишите его и загрузите файл снова.",
        (found.cell or address(region.header.first, 0)).replace("$", ""),
    )
    return replace(context, subject=replace(found, subject=subjects.Subject(name, True)))


def _kind(sheet: Sheet, region: Region) -> AssessmentKind | None:
    """Return the exam that the titles of a table name, else its grade, else its test scores."""
    named = find_kind(sheet, region.titles)
    if named in _GRADES:
        return named
    grade = find_grade(sheet, region.titles)
    of_grade = (kind for kind, sits in _GRADES.items() if grade and sits == grade.value)
    bands = pattern("result_columns", "test_bands")
    tested = any(bands.fullmatch(key(part)) for part in region.header.titles.values())
    return next(of_grade, AssessmentKind.EGE if tested else None)


def _context(sheet: Sheet, region: Region, kind: AssessmentKind) -> Context:
    subject = find_subject(sheet, region.titles, kind)
    year = find_year(sheet, region.titles, subject.row if subject else None)
    return Context(year, FoundNumber(_GRADES[kind], None), subject)


def _is_data(sheet: Sheet, region: Region, row: int, remarks: Remarks) -> bool:
    names = ("participants", "mean", "below", "below_share", "passed")
    columns = region.header.columns
    if has_any(sheet, row, [columns[name] for name in names if name in columns]):
        return True
    remarks.add(row)
    return False


def _block(
    sheet: Sheet,
    region: Region,
    rows: list[int],
    context: Context,
    procedure: Procedure,
    findings: Findings,
) -> Block:
    header = region.header
    below = header.columns.get("below")
    share = header.columns.get("below_share", _share_beside(header, below))
    if below is None and share is not None and writes_both(sheet, rows, share):
        below, share = share, None
    refs = RefReader.of(sheet, header, rows, "name")
    only = below if share is None else share if below is None else None
    whole = header.columns["participants"]
    parts = only is not None and in_parts(sheet, rows, only, whole, findings)
    if parts:
        below, share = None, only
    table = _Table(sheet, header, refs, procedure, below, share, findings, parts)
    facts = tuple(fact for row in rows if (fact := _fact(table, row)))
    letters = {name: header.letters(name) for name in header.columns}
    names = refs.fields(letters, [fact.ref for fact in facts if isinstance(fact, ResultFact)])
    numbers = {n: c for n, c in letters.items() if n in ("participants", "mean")}
    source = next((c for c in (below, share, header.columns.get("passed")) if c is not None), None)
    if source is not None:
        numbers["below"] = column_letters(source)
    said = {n: c for n, c in letters.items() if n == "subject"}
    return Block(sheet.name, {**context.cells(), **said, **names, **numbers}, facts)


def _share_beside(header: Header, below: int | None) -> int | None:
    """Return the column «%» that stands right after the number below the minimum."""
    if below is None:
        return None
    beside = header.titles.get(below + 1, "")
    return below + 1 if key(beside) in ("%", "доля", "процент") else None


def _fact(table: _Table, row: int) -> Fact | None:
    ref = table.refs.read(row, table.findings)
    total = _total(table, row, ref)
    item = f"«{total.name if total else ref.called}»"
    if not total and not (ref.codes or ref.name):
        table.findings.nobody_error(row, table.header.columns["participants"])
        return None
    if total and marks_of.spoiled_total(table.sheet, row, table.numbers, table.findings, item):
        return None
    numbers = _numbers(table, row, item)
    if numbers is None:
        return None
    participants, mean, below, origin = numbers
    if total and total.scope:
        return ReferenceFact(
            total.scope, total.name, table.procedure, participants,
            None, None, None, None, mean, str(row + 1),
        )  # fmt: skip
    if participants == 0:
        table.findings.nobody_took_part(row, table.header.columns["participants"], item)
        return None
    marks = Marks(participants, below=below, mean=mean, origin=origin)
    return ResultFact(ref, table.procedure, marks, str(row + 1))


def _total(table: _Table, row: int, ref: SchoolRef) -> Label | None:
    """Return whose sum a row is: of «Итого», or of what its label names; None for a school's."""
    label = read_label(ref.name or "", False)
    if label.scope and not ref.codes:
        return label
    if not is_total(table.sheet, row):
        return None
    name = next(text for _, text in filled_cells(table.sheet, row))
    return Label(scope=ReferenceScope.DISTRICT, name=name)


def _numbers(
    table: _Table, row: int, item: str
) -> tuple[int, float | None, int | None, CountsOrigin] | None:
    """Return participants, mean, below and its origin, or None with the fault noted."""
    columns, findings = table.header.columns, table.findings
    people, figures = columns["participants"], table.numbers[1:]
    if marks_of.says_no_result(table.sheet, row, people, figures, findings, item):
        return None
    participants = marks_of.participants_of(
        table.sheet, row, columns["participants"], findings, item
    )
    mean: Number | None = Number()
    if "mean" in columns:
        title = f"{item}, средний балл"
        mean = marks_of.checked(table.sheet, row, columns["mean"], findings, title)
    below = _below(table, row, item, participants)
    if participants is None or mean is None or below is None:
        return None
    return participants, mean.value, *below


def _below(
    table: _Table, row: int, item: str, participants: int | None
) -> tuple[int | None, CountsOrigin] | None:
    """Return the number below the minimum as given, else recovered from its per cent."""
    title = f"{item}, не преодолели минимум"
    if table.below is None and table.share is None:
        return _failed(table, row, item, participants)
    number: int | None = None
    shares = table.share
    if table.below is not None and read_number(table.sheet.at(row, table.below)).percent:
        shares = table.below
    elif table.below is not None:
        wholes = {"participants": None if participants is None else float(participants)}
        given = read_part(table.sheet, row, table.below, table.findings, title, wholes)
        if not given.ok:
            return None
        number = None if given.value is None else int(given.value)
    share = Number()
    if shares is not None:
        read = marks_of.checked(table.sheet, row, shares, table.findings, title)
        if read is None:
            return None
        share = as_share(read, parts=table.parts)
    if share.value is None or not participants:
        return number, CountsOrigin.GIVEN
    if number is not None:
        _compare(table, row, item, number, share.value, participants)
        return number, CountsOrigin.GIVEN
    return _recovered(table, row, item, share, participants, shares or 0)


def _failed(
    table: _Table, row: int, item: str, participants: int | None
) -> tuple[int | None, CountsOrigin] | None:
    """Return the number below the minimum of a table that counts those who passed it."""
    column = table.header.columns["passed"]
    readable, passed = marks_of.whole(
        table.sheet, row, column, table.findings, f"{item}, преодолели минимум"
    )
    if not readable:
        return None
    if passed is None or participants is None:
        return None, CountsOrigin.GIVEN
    if passed > participants:
        table.findings.cell_error(
            row,
            column,
            f"{item}: преодолели минимум {passed}, а участников {participants}.",
            "Сверьте числа с исходным отчётом.",
        )
        return None
    return participants - passed, CountsOrigin.GIVEN


def _recovered(
    table: _Table, row: int, item: str, share: Number, participants: int, column: int
) -> tuple[int | None, CountsOrigin] | None:
    found = pupils_below(participants, share)
    if found is None:
        table.findings.cell_error(
            row,
            column,
            f"{item}: при {participants} участниках доли не преодолевших "
            f"{number_text(share.value or 0.0)} % не бывает.",
            "Сверьте долю не преодолевших минимум и число участников.",
        )
    return found


def _compare(
    table: _Table, row: int, item: str, number: int, share: float, participants: int
) -> None:
    """Warn when number and per cent contradict each other; the number is taken."""
    exact = 100 * number / participants
    fits = abs(exact - share) <= _PERCENT_SLACK or abs(exact - 100 * share) <= _PERCENT_SLACK
    if not fits and table.share is not None:
        table.findings.cell_warning(
            row,
            table.share,
            f"{item}: не преодолели минимум {number} из {participants}, "
            "а доля в файле другая. Взято число.",
            "Сверьте долю и число.",
            soft=True,
        )


LAYOUT = Layout("rcoi_summary", "РЦОИ: сводка по школам", recognise, extract, up_to(0.91))
