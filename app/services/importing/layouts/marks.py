"""Turns a row of participants and four figures by mark into Marks; shared by several layouts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from itertools import count, repeat
from typing import Any

from app.models.enums import CountsOrigin, ReferenceScope
from app.services.importing.bulk import made
from app.services.importing.cells import Number, is_empty, read_number, shorten
from app.services.importing.counts import (
    MARKS,
    SUM_TOLERANCE,
    Recovery,
    Scale,
    Share,
    exact_count,
    number_text,
    recover,
    scale_of,
)
from app.services.importing.facts import (
    Marks,
    Procedure,
    ReferenceFact,
    ResultFact,
    SchoolRef,
)
from app.services.importing.grid import CellValue, Sheet, clean
from app.services.importing.layouts.findings import Findings
from app.services.importing.tables import Header, key
from app.services.table_words import pattern

_WHOLE_PERCENT = 100
_WHOLE_SLACK = 0.02
"""Four fractions with two decimals make one within this."""
_FRACTION_DECIMALS = 2
_OF_ALL = re.compile(r"(?P<first>\d{1,4})\s*(?:чел\.?\s*)?(?:(?P<of>из)|/)\s*(?P<second>\d{1,4})")
TOTAL_ALONE = "На результаты школ это не влияет; с итогом они не сверены."
FIX_NUMBER = "Впишите в ячейку число и загрузите файл снова."


@dataclass(frozen=True)
class MarkColumns:
    """0-based columns of the participants, of the marks 2–5 and, where there is one, the mean.

    ``fractions`` says that the figures by mark are fractions of one, as Excel keeps per cents.
    """

    participants: int
    marks: tuple[int, ...]
    mean: int | None = None
    fractions: bool = False

    @cached_property
    def all(self) -> tuple[int, ...]:
        """Every column of numbers."""
        mean = () if self.mean is None else (self.mean,)
        return (self.participants, *self.marks, *mean)


@dataclass(frozen=True)
class RowNumbers:
    """The numbers of one row before anything is recovered from them."""

    participants: int
    shares: tuple[Share | None, ...]
    mean: float | None
    _recovered: dict[int, tuple[Marks, Recovery]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What follows from the numbers, by the decimals of the column: rows repeat each other."""

    @property
    def nobody(self) -> bool:
        """True where nobody took part and no mark is given."""
        return self.participants == 0 and not any(share and share.value for share in self.shares)

    @property
    def unmarked(self) -> bool:
        """True where no mark is given."""
        return not any(self.shares)

    def marks(self, decimals: int) -> tuple[Marks, Recovery]:
        """Return the marks, and how the numbers of pupils were recovered.

        ``decimals`` is how many the per cents of the whole table show.
        """
        known = self._recovered.get(decimals)
        if known is None:
            known = self._recovered[decimals] = to_marks(self, decimals)
        return known


def columns_of(header: Header) -> MarkColumns:
    """Return the columns of a header that has participants and the four marks."""
    marks = tuple(header.columns[f"m{mark}"] for mark in MARKS)
    return MarkColumns(header.columns["participants"], marks, header.columns.get("mean"))


def columns_in(sheet: Sheet, rows: Iterable[int], header: Header) -> MarkColumns:
    """Return the columns of a header, with what the rows below show of their scale."""
    columns, rows = columns_of(header), tuple(rows)
    mean = header.columns.get("mean_mark", columns.mean)
    if mean is not None and mean == columns.mean and _are_scores(sheet, rows, mean):
        mean = None
    return replace(columns, mean=mean, fractions=_are_fractions(sheet, rows, columns))


def _are_scores(sheet: Sheet, rows: Iterable[int], column: int) -> bool:
    """Return whether the means are of primary scores: most of them are above any mark."""
    values = [read_number(sheet.at(row, column)).value for row in rows]
    known = [value for value in values if value is not None]
    return 2 * sum(value > MARKS[-1] for value in known) > len(known)


def _are_fractions(sheet: Sheet, rows: Iterable[int], columns: MarkColumns) -> bool:
    """Return whether no figure is above one and some broken ones make one together."""
    seen = False
    for row in rows:
        numbers = [read_number(sheet.at(row, column)) for column in columns.marks]
        values = [number.value for number in numbers if number.value is not None]
        if any(value > 1 for value in values):
            return False
        broken = any(number.decimals for number in numbers)
        seen = seen or (broken and abs(math.fsum(values) - 1) <= _WHOLE_SLACK)
    return seen


def column_decimals(sheet: Sheet, rows: Iterable[int], columns: MarkColumns) -> int:
    """Return the most decimals that the figures by mark show in the given rows."""
    # The figures that differ first: a long table repeats them.
    rows = tuple(rows)
    figures = {values[row] for values in map(sheet.column, columns.marks) for row in rows}
    return max((read_number(figure).decimals for figure in figures), default=0)


def plain_marks(
    columns: MarkColumns, decimals: int, cells: Sequence[Sequence[CellValue]]
) -> list[Marks | None]:
    """Return the marks of rows whose numbers are plain and fit one number of pupils each.

    Such is nearly every row of a large file.  None where anything else stands in the row or has to
    be said of it: ``plain_numbers`` and ``to_marks`` look closer, and would find the same here.
    ``cells`` are the columns of ``columns.all``; ``decimals`` those of the per cents of the whole
    table.
    """
    if columns.fractions or columns.mean is not None:
        return list(map(partial(read_marks, columns.fractions, decimals), *cells))
    return _of_percents(decimals, cells)


def _of_percents(decimals: int, cells: Sequence[Sequence[CellValue]]) -> list[Marks | None]:
    # A column at a time: a step of Python for each figure of a large file takes longer than to
    # read it.
    fit = partial(_pupils, 0.5 * 10.0**-decimals)
    participants, *percents = cells
    counts = [map(fit, participants, column) for column in percents]
    rows: Iterable[Any] = zip(count(), participants, *counts, *percents)
    sure = [
        (place, n, n2, n3, n4, n5, n2, p2 + 0.0, p3 + 0.0, p4 + 0.0, p5 + 0.0)
        for place, n, n2, n3, n4, n5, p2, p3, p4, p5 in rows
        if n2 is not None and n3 is not None and n4 is not None and n5 is not None
        if n2 + n3 + n4 + n5 == n
        if abs(math.fsum((p2, p3, p4, p5)) - _WHOLE_PERCENT) <= SUM_TOLERANCE
    ]
    found: list[Marks | None] = [None] * len(participants)
    if sure:
        places, *figures = zip(*sure, strict=True)
        fields = (*figures, repeat(None), repeat(CountsOrigin.RECOVERED))
        for place, marks in zip(places, made(Marks, len(places), fields), strict=True):
            found[place] = marks
    return found


@lru_cache(maxsize=32768, typed=True)
def _pupils(tolerance: float, participants: CellValue, percent: CellValue) -> int | None:
    """Return the only number of pupils behind a per cent, None where that is not seen at once.

    Kept: few numbers stand in many rows.
    """
    if type(participants) is not int or participants <= 0:
        return None
    if not (type(percent) is float or type(percent) is int) or not 0 <= percent <= _WHOLE_PERCENT:
        return None
    return exact_count(participants, percent, tolerance)


@lru_cache(maxsize=32768, typed=True)
def read_marks(fractions: bool, decimals: int, *cells: CellValue) -> Marks | None:
    """Return the same for any row of numbers: with fractions of one, or with a mean."""
    numbers = plain_numbers(fractions, *cells)
    if numbers is None or numbers.nobody or numbers.unmarked:
        return None
    marks, recovery = numbers.marks(decimals)
    return None if recovery.origin is CountsOrigin.APPROXIMATE else marks


def read_row(
    sheet: Sheet, row: int, columns: MarkColumns, findings: Findings, item: str
) -> RowNumbers | None:
    """Return the numbers of a row, or None when a cell is unreadable; each fault is noted."""
    cells = (sheet.at(row, column) for column in columns.all)
    numbers = plain_numbers(columns.fractions, *cells)
    return numbers or _read_faulty_row(sheet, row, columns, findings, item)


@lru_cache(maxsize=32768, typed=True)
def plain_numbers(
    fractions: bool, participants: CellValue, *figures: CellValue
) -> RowNumbers | None:
    """Return the numbers that the cells of a row hold, None when there is anything to say of them.

    Depends on nothing but the values, which rows of a stick repeat.
    """
    count = read_number(participants)
    whole_count = count.whole
    numbers = [read_number(figure) for figure in figures]
    if whole_count is None or count.fault or [None for number in numbers if number.fault]:
        return None
    shares = tuple([_share(number, fraction=fractions) for number in numbers[: len(MARKS)]])
    mean = numbers[len(MARKS)].value if len(numbers) > len(MARKS) else None
    return RowNumbers(whole_count, shares, mean)


def _read_faulty_row(
    sheet: Sheet, row: int, columns: MarkColumns, findings: Findings, item: str
) -> RowNumbers | None:
    if says_no_result(sheet, row, columns.participants, columns.marks, findings, item):
        return None
    participants = participants_of(sheet, row, columns.participants, findings, item)
    hidden = next((column for column in columns.marks if _is(sheet, row, column, "hidden")), None)
    if participants is not None and hidden is not None:
        written = clean(sheet.at(row, hidden))
        findings.cell_warning(row, hidden, f"{item}: отметки скрыты («{written}»).")
        return RowNumbers(participants, (None,) * len(MARKS), None)
    cells = [_figure(sheet, row, column, findings, item) for column in columns.marks]
    mean = checked(sheet, row, columns.mean, findings, item) if columns.mean is not None else None
    if participants is None or any(number is None for number in cells):
        return None
    if columns.mean is not None and mean is None:
        return None
    shares = tuple(_share(cell, fraction=columns.fractions) for cell in cells)
    return RowNumbers(participants, shares, mean.value if mean else None)


def _figure(sheet: Sheet, row: int, column: int, findings: Findings, item: str) -> Number | None:
    """Return a figure by mark; «нет» says what a dash says, the sum tells whether that is right."""
    if key(sheet.text(row, column)) != "нет":
        return checked(sheet, row, column, findings, item)
    findings.cell_warning(row, column, f"{item}: «нет» прочитано как прочерк.")
    return Number()


def checked(sheet: Sheet, row: int, column: int, findings: Findings, item: str) -> Number | None:
    """Return the number of a cell (empty allowed), or None with the fault noted."""
    number = read_number(sheet.at(row, column))
    if number.fault:
        findings.cell_error(row, column, f"{item}: {number.fault}.", FIX_NUMBER)
        return None
    return number


def whole(
    sheet: Sheet, row: int, column: int, findings: Findings, item: str
) -> tuple[bool, int | None]:
    """Return whether the cell is readable, and its whole number (None when it is empty)."""
    number = checked(sheet, row, column, findings, item)
    if number is None:
        return False, None
    if number.percent:
        text = f"{item}: стоит доля {number_text(number.value or 0)} %, а нужно число человек."
        findings.cell_error(row, column, text, FIX_NUMBER)
        return False, None
    if number.value is not None and number.whole is None:
        text = number_text(number.value)
        findings.cell_error(row, column, f"{item}: {text} – не целое число.", FIX_NUMBER)
        return False, None
    return True, number.whole


def spoiled_total(
    sheet: Sheet, row: int, columns: Sequence[int], findings: Findings, item: str
) -> bool:
    """Tell of a total that cannot be used, of which the schools above it need not wait.

    The first of ``columns`` is that of the participants.
    """
    if is_empty(sheet.at(row, columns[0])):
        findings.cell_warning(
            row, columns[0], f"{item}: нет числа участников, строка не загружена."
        )
        return True
    for column in columns[part_of_all(sheet.at(row, columns[0])) is not None :]:
        fault = read_number(sheet.at(row, column)).fault
        if fault:
            findings.cell_warning(
                row,
                column,
                f"{item}: {fault}; строка не загружена.",
                TOTAL_ALONE,
            )
            return True
    return False


def part_of_all(value: CellValue) -> int | None:
    """Return how many took part of «10 из 12» or «12/10»: the smaller, whichever stands first.

    None for any other cell; «12 из 10» says of ten pupils that twelve wrote, and is a fault.
    """
    found = _OF_ALL.fullmatch(clean(value)) if type(value) is str else None
    if found is None:
        return None
    first, second = int(found["first"]), int(found["second"])
    return None if found["of"] and first > second else min(first, second)


def participants_of(
    sheet: Sheet, row: int, column: int, findings: Findings, item: str
) -> int | None:
    """Return the number of participants, or None with the fault noted."""
    part = part_of_all(sheet.at(row, column))
    if part is not None:
        findings.column_warning(
            row,
            column,
            "в ячейке два числа («10 из 12», «12/10») – участниками взято меньшее, второе понято "
            "как число учеников.",
            "Если это не так, впишите в столбец одно число и загрузите файл снова.",
            item=item,
        )
        return part
    readable, number = whole(sheet, row, column, findings, f"{item}, число участников")
    if readable and number is None:
        findings.cell_error(
            row, column, f"{item}: не указано число участников.", "Впишите число участников."
        )
    return number


def says_no_result(
    sheet: Sheet, row: int, column: int, figures: Iterable[int], findings: Findings, item: str
) -> bool:
    """Tell of a school where words stand for the number of participants: it waits for nobody.

    «Менее 10», «*» hide the result of a small group.  «Не участвовали» says that there is none,
    unless figures of some pupils stand beside it.
    """
    written = clean(sheet.at(row, column))
    if _is(sheet, row, column, "hidden"):
        findings.cell_warning(
            row, column, f"{item}: результат скрыт («{shorten(written)}»), он не загружен.",
            "Если числа известны, впишите их и загрузите файл снова.",
        )  # fmt: skip
        return True
    pupils = any(read_number(sheet.at(row, figure)).value for figure in figures)
    if pupils or not _is(sheet, row, column, "nobody"):
        return False
    message = f"{item}: «{shorten(written)}» – участников нет, результата тоже."
    findings.cell_warning(row, column, message)
    return True


def _is(sheet: Sheet, row: int, column: int, words: str) -> bool:
    value = sheet.at(row, column)
    text = clean(value).casefold() if isinstance(value, str) else ""
    return bool(text) and pattern("no_result", words).fullmatch(text) is not None


def _share(number: Number | None, *, fraction: bool) -> Share | None:
    """Return a figure by mark; a bare 1 among fractions is all of the pupils, not one of them."""
    if number is None or number.value is None:
        return None
    return Share(number.value, max(number.decimals, _FRACTION_DECIMALS if fraction else 0))


def to_marks(numbers: RowNumbers, decimals: int) -> tuple[Marks, Recovery]:
    """Return the marks of a row and how the numbers of pupils were recovered."""
    recovery = recover(numbers.participants, numbers.shares, decimals)
    n2, n3, n4, n5 = recovery.counts or (None,) * len(MARKS)
    p2, p3, p4, p5 = recovery.percents
    marks = Marks(
        numbers.participants,
        n2, n3, n4, n5,
        below=n2,
        p2=p2, p3=p3, p4=p4, p5=p5,
        mean=numbers.mean,
        origin=recovery.origin,
    )  # fmt: skip
    return marks, recovery


@dataclass(frozen=True)
class Subject:
    """Whose row it is, of which procedure, and how to call it in a message."""

    ref: SchoolRef
    procedure: Procedure
    item: str


def result(
    sheet_row: int,
    subject: Subject,
    numbers: RowNumbers,
    columns: MarkColumns,
    decimals: int,
    findings: Findings,
) -> ResultFact | None:
    """Return the result of a school, or None where nobody took part, which is told."""
    if numbers.nobody:
        findings.nobody_took_part(sheet_row, columns.participants, subject.item)
        return None
    if numbers.unmarked:
        findings.cell_warning(
            sheet_row,
            min(columns.marks),
            f"{subject.item}: участники есть, а отметок нет.",
            "Сохранится только число участников; впишите отметки и загрузите файл снова.",
        )
    marks, recovery = numbers.marks(decimals)
    note_ambiguity(findings, sheet_row, columns, subject.item, recovery)
    return ResultFact(subject.ref, subject.procedure, marks, str(sheet_row + 1))


def reference(
    sheet_row: int,
    scope: ReferenceScope,
    name: str,
    procedure: Procedure,
    numbers: RowNumbers,
) -> ReferenceFact:
    """Return the figure of a country, a region or a district."""
    p2, p3, p4, p5 = percents(numbers)
    return ReferenceFact(
        scope,
        name,
        procedure,
        numbers.participants,
        p2, p3, p4, p5,
        numbers.mean,
        str(sheet_row + 1),
    )  # fmt: skip


def percents(numbers: RowNumbers) -> tuple[float | None, ...]:
    """Return the shares of a reference row in per cent; figures that make no whole stay as are."""
    scale = scale_of(numbers.participants, numbers.shares)
    factor = 1.0
    if scale is Scale.FRACTION:
        factor = 100.0
    elif scale is Scale.COUNT and numbers.participants:
        factor = 100.0 / numbers.participants
    return tuple(round(s.value * factor, 6) if s else None for s in numbers.shares)


def note_ambiguity(
    findings: Findings, row: int, columns: MarkColumns, item: str, recovery: Recovery
) -> None:
    """Warn of counts that the rounded per cents do not settle."""
    if recovery.counts is None or recovery.origin is not CountsOrigin.APPROXIMATE:
        return
    span = range(min(columns.marks), max(columns.marks) + 1)
    if not recovery.ambiguous:
        message = f"{item}: доли округлены неточно, числа учеников взяты ближайшие."
    else:
        listed = "; ".join(
            f"«{mark}» – от {low} до {high}"
            for mark, (low, high) in zip(MARKS, recovery.ranges, strict=True)
            if low < high
        )
        message = f"{item}: по округлённым долям число учеников не единственное ({listed})."
    findings.range_warning(row, span, message, "Взяты ближайшие числа; при сомнении сверьте.")


def source_columns(letters: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a block: each mark's cell is the source of its share and its count."""
    columns = {"participants": letters["participants"]}
    for mark in MARKS:
        columns[f"n{mark}"] = columns[f"p{mark}"] = letters[f"m{mark}"]
    columns["below"] = letters["m2"]
    mean = letters.get("mean_mark", letters.get("mean"))
    return columns if mean is None else {**columns, "mean": mean}
