"""ОГЭ, appeals (L11): marks of pupils after granted appeals, which change a known result."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from app.models.enums import AssessmentKind
from app.services.importing.cells import compact_rows, is_empty, read_number
from app.services.importing.facts import (
    AppealFact,
    AppealMark,
    Block,
    Extract,
    Procedure,
    SchoolRef,
)
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.oge_protocol import GRADE
from app.services.importing.layouts.procedures import Context, procedure_of
from app.services.importing.layouts.protocols import MARKS, context_of
from app.services.importing.layouts.pupils import PupilOf, pupil_reader
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import find_day
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Vocabulary,
    find_header,
    is_total,
    key,
    require,
    row_text,
)
from app.services.table_words import patterns

_KIND = AssessmentKind.OGE
_BEFORE = r"(?:прежн|предыдущ|исходн|первоначальн|стар)\w*|до(?:апелляции|рассмотрения)?|было"
_AFTER = r"(?:текущ|нов|итогов)\w*|после(?:апелляции|рассмотрения)?|стало"
_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    grade=titles_of.GRADE,
    district=r"код(?:мсу|ате|мо|мро)",
    room=r"(?:код)?(?:аудитори[яи]|ппэ)",
    surname=r"фамилия\w*|фио\w*",
    state=r"состояниеапелляции|статусапелляции|решение(?:кк|конфликтнойкомиссии|поапелляции)",
    was=rf"(?:{_BEFORE})(?:оценка|отметка)|(?:оценка|отметка)(?:{_BEFORE})",
    primary=titles_of.PRIMARY,
    mark=rf"{titles_of.MARK}|(?:{_AFTER})(?:оценка|отметка)|(?:оценка|отметка)(?:{_AFTER})",
    name=titles_of.NAME,
)
_REQUIRED = require("state", "mark", "code|rcoi|fisoko|name")
_GROUP_BEFORE = re.compile(_BEFORE)


class _State(Enum):
    """What became of an appeal."""

    GRANTED = "удовлетворены"
    REJECTED = "отклонены"
    OPEN = "ещё не рассмотрены"


_STATES = {"rejected": _State.REJECTED, "granted": _State.GRANTED, "open": _State.OPEN}
"""By the name of their pattern, looked for in the order of the resource."""


def recognise(sheet: Sheet) -> float:
    """Return the confidence: a column of the state of appeals beside marks, or that title alone."""
    if find_header(sheet, _WORDS, _REQUIRED) is not None:
        return 0.95
    return 0.6 if _state_cell(sheet) is not None else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return the granted appeals of each school; a pupil's name never leaves the sheet."""
    findings, remarks = Findings(sheet), Remarks()
    regions = find_regions(sheet, _WORDS, _REQUIRED, _starts_title)
    if not regions:
        findings.sheet_error(
            "В таблице апелляций не найдены столбцы с кодом школы и оценкой.",
            "Нужны «Код ОО», «Состояние апелляции» и под «Текущие» – «Оценка».",
            _state_cell(sheet),
        )
    context, blocks, count = Context(), [], 0
    for region in regions:
        context = context_of(sheet, region, _KIND, GRADE).or_before(context)
        procedure = procedure_of(_KIND, context, findings, address(region.header.first, 0))
        if procedure is not None:
            table = _Table.of(sheet, region, context, procedure, findings)
            count += table.read(remarks)
            blocks.append(table.block())
    remarks.tell(sheet, findings)
    headers = [region.header for region in regions] or _top_rows(sheet)
    return Extract(tuple(blocks), findings.problems, count, personal_columns(sheet, headers))


def _starts_title(sheet: Sheet, row: int) -> bool:
    return key(row_text(sheet, row)).startswith(("экзамен", "предмет"))


def _state_cell(sheet: Sheet) -> str | None:
    for row in _top(sheet):
        for column, text in sheet.line(row):
            if _WORDS.field(text) == "state":
                return address(row, column)
    return None


_TOP = 40


def _top(sheet: Sheet) -> Iterator[int]:
    return (row for _, row in zip(range(_TOP), sheet.filled_rows(), strict=False))


def _top_rows(sheet: Sheet) -> list[Header]:
    """Return the first rows as headers: columns with names are found even without a table."""
    return [
        Header(row, row, {}, {c: text for c, text in enumerate(sheet.texts(row)) if text})
        for row in _top(sheet)
    ]


@dataclass
class _School:
    """The appeals of one school as its rows come."""

    granted: list[AppealMark] = field(default_factory=list)
    spoilt: list[int] = field(default_factory=list)
    """1-based rows of granted appeals that cannot be read."""


@dataclass
class _Table:
    """One table of appeals: where things stand, and what was read."""

    sheet: Sheet
    region: Region
    context: Context
    procedure: Procedure
    day: date | None
    mark: int
    was: int | None
    refs: RefReader
    pupil: PupilOf
    findings: Findings
    schools: dict[SchoolRef, _School] = field(default_factory=dict)
    states: Counter[_State] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        region: Region,
        context: Context,
        procedure: Procedure,
        findings: Findings,
    ) -> _Table:
        """Return a table ready to be read."""
        header = region.header
        mark, was = _mark_columns(sheet, header)
        subject = context.subject
        return cls(
            sheet,
            region,
            context,
            procedure,
            find_day(sheet, region.titles, subject.row if subject else None),
            mark,
            was,
            RefReader.of(sheet, header, region.data, "name"),
            pupil_reader(sheet, header),
            findings,
        )

    def read(self, remarks: Remarks) -> int:
        """Read all rows, tell how the appeals ended, and return how many there were."""
        count = 0
        for row in self.region.data:
            if is_total(self.sheet, row) or not self._is_pupil(row):
                remarks.add(row)
                continue
            count += 1
            self._read_row(row)
        self._tell_states()
        return count

    def block(self) -> Block:
        """Return the appeals of each school."""
        facts = tuple(
            AppealFact(
                ref,
                self.procedure,
                self.day,
                tuple(school.granted),
                compact_rows([*(one.row for one in school.granted), *school.spoilt]),
            )
            for ref, school in self.schools.items()
            if school.granted
        )
        header = self.region.header
        letters = {name: header.letters(name) for name in header.columns}
        figures = ("participants", "n2", "n3", "n4", "n5", "below", "mean")
        columns = {
            **self.context.cells(),
            **self.refs.fields(letters, [fact.ref for fact in facts]),
            **dict.fromkeys(figures, column_letters(self.mark)),
        }
        return Block(self.sheet.name, columns, facts)

    def _is_pupil(self, row: int) -> bool:
        codes = [column for column, _ in self.refs.codes]
        return has_any(self.sheet, row, [*codes, *self.refs.names, self._column("state")])

    def _column(self, name: str) -> int:
        return self.region.header.columns[name]

    def _read_row(self, row: int) -> None:
        state = self._state(row)
        if state is None:
            return
        self.states[state] += 1
        if state is not _State.GRANTED:
            return
        ref = self.refs.read(row, self.findings)
        if not ref.codes and not ref.name:
            column = (*(column for column, _ in self.refs.codes), *self.refs.names)[0]
            self.findings.cell_error(row, column, "Не указана школа.", "Впишите код школы.")
            return
        school = self.schools.setdefault(ref, _School())
        after = self._mark(row, self.mark)
        if after is None:
            school.spoilt.append(row + 1)
        else:
            before = self._mark(row, self.was) if self.was is not None else None
            digest = self._digest(row, after)
            school.granted.append(AppealMark(self.pupil(row), before, after, row + 1, digest))

    def _state(self, row: int) -> _State | None:
        text = key(self.sheet.text(row, self._column("state")))
        found = next(
            (_STATES[name] for name, one in patterns("appeals").items() if one.search(text)), None
        )
        if found is None:
            self.findings.cell_error(
                row,
                self._column("state"),
                "Не понятно, чем закончилась апелляция.",
                "Впишите «удовлетворена» или «отклонена».",
            )
        return found

    def _mark(self, row: int, column: int) -> int | None:
        value = self.sheet.at(row, column)
        number = read_number(value)
        if number.whole in MARKS.allowed:
            return number.whole
        if column == self.mark or not is_empty(value):
            self.findings.cell_error(
                row, column, f"После апелляции нет оценки: {MARKS.hint[0].lower()}{MARKS.hint[1:]}",
                "Впишите оценку; пока её нет, апелляции школы ждут.",
            )  # fmt: skip
        return None

    def _digest(self, row: int, after: int) -> str:
        """Return what the row says of the work, and nothing that tells whose it is."""
        names = ("grade", "primary")
        columns = [self.region.header.columns.get(name) for name in names]
        said = [key(self.sheet.text(row, column)) for column in columns if column is not None]
        return hashlib.sha256("|".join((*said, str(after))).encode()).hexdigest()

    def _tell_states(self) -> None:
        told = [f"{state.value} – {self.states[state]}" for state in _State if self.states[state]]
        left = sum(self.states.values()) - self.states[_State.GRANTED]
        if left:
            self.findings.sheet_warning(
                f"Апелляции: {', '.join(told)}. Отметки меняют только удовлетворённые.",
                "",
                address(self.region.header.first, self._column("state")),
            )


def _mark_columns(sheet: Sheet, header: Header) -> tuple[int, int | None]:
    """Return the column of the mark after the appeal, and of that before where there is one.

    «Оценка» may stand twice: under «Текущие», and under what it was before.
    """
    after: list[int] = []
    before: list[int | None] = [header.columns["was"]] if "was" in header.columns else []
    for column in range(max(header.titles) + 2):
        title = sheet.text(header.last, column) or header.titles.get(column, "")
        if _WORDS.field(title) == "mark":
            group = _group(sheet, header, column)
            (before if _GROUP_BEFORE.match(group) else after).append(column)
    return (after or [header.columns["mark"]])[0], next(iter(before), None)


def _group(sheet: Sheet, header: Header, column: int) -> str:
    """Return the folded title of the merged cell above a column; empty in a header of one row."""
    if header.first == header.last:
        return ""
    above: Sequence[str] = [sheet.text(header.first, one) for one in range(column + 1)]
    return key(next((text for text in reversed(above) if text), ""))


LAYOUT = Layout("oge_appeals", "ОГЭ: результаты апелляций", recognise, extract)
