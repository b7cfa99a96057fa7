"""Rows of marks in any writing: numbers, shares, or both in one cell («30- 21,3%», «3 (20 %)»)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.services.importing.cells import Number, is_empty, read_number
from app.services.importing.counts import MARKS, Share, number_text, sum_tolerance
from app.services.importing.grid import Sheet
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.count_and_share import (
    ROUNDED,
    CountAndShare,
    count_and_share,
    disagreement,
)
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import has_any
from app.services.importing.tables import is_average_text

_ADJUSTED = 2.0
"""Units of the last decimal by which a share is off that a person changed to make 100 (S0)."""
_WHOLE = 100
_FIX_BOTH = "Проверьте строку по файлу: в ячейках число учеников и доля от участников."
_MEANS = (
    "строка средних – не итог по району, она не загружена.",
    "Показатели района программа считает по числам участников.",
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of marks: the number of pupils and the share, as far as it writes them."""

    column: int
    both: CountAndShare | None
    number: Number

    @property
    def count(self) -> int | None:
        """The number of pupils; a blank is nobody, a bare whole number is one."""
        if self.both is not None:
            return self.both.count
        if self.number.value is None:
            return 0
        return None if self.number.percent else self.number.whole

    @property
    def share(self) -> Number | None:
        """The share in per cent; a bare number is none."""
        if self.both is not None:
            return self.both.share
        if not self.number.value:
            return Number(0.0)
        return self.number if self.number.percent else None


def read_row(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> marks_of.RowNumbers | None:
    """Return the numbers of a row, or None when a cell is unreadable; each fault is noted."""
    both = has_count_and_share(sheet, row, columns)
    return (_read_both if both else marks_of.read_row)(sheet, row, columns, findings, item)


def spoiled_total(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> bool:
    """Tell of a total that cannot be used, of which the schools above it need not wait."""
    cells = columns.all
    if has_count_and_share(sheet, row, columns):
        cells = (columns.participants,)
    elif is_average_text(item) and _are_means(sheet, row, columns):
        findings.cell_warning(row, columns.participants, f"{item}: {_MEANS[0]}", _MEANS[1])
        return True
    return marks_of.spoiled_total(sheet, row, cells, findings, item)


def has_count_and_share(sheet: Sheet, row: int, columns: marks_of.MarkColumns) -> bool:
    """Return whether a row writes both the number and the share of a mark: «30- 21,3%»."""
    if any(count_and_share(sheet.at(row, column)) for column in columns.marks):
        return True
    return _proves_both(sheet, row, columns)


def _proves_both(sheet: Sheet, row: int, columns: marks_of.MarkColumns) -> bool:
    """Return whether «15/33,3» in each cell is a number and its share, though no «%» says so.

    The sign may stand in the header alone («чел./%»); that the numbers are all participants of the
    row, and each share that of its number, proves it.
    """
    whole = read_number(sheet.at(row, columns.participants)).whole
    given = [sheet.at(row, column) for column in columns.marks]
    both = [count_and_share(value, signed=False) for value in given if not is_empty(value)]
    known = [one for one in both if one is not None and whole and _agrees(one, whole)]
    return len(known) == len(both) and bool(known) and sum(one.count for one in known) == whole


def read_both(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> marks_of.RowNumbers | None:
    """Return the numbers of one subject in a row of several.

    None, told, for a subject that nobody of the row sat, for means of a district, and for a row
    with a fault.
    """
    if not has_any(sheet, row, columns.all):
        text = f"{item}: прочерки вместо чисел – не сдавали, результата нет."
        findings.cell_warning(row, columns.participants, text)
        return None
    if is_average_text(item) and spoiled_total(sheet, row, columns, findings, item):
        return None
    return read_row(sheet, row, columns, findings, item)


def _are_means(sheet: Sheet, row: int, columns: marks_of.MarkColumns) -> bool:
    """Return whether the figures of a row are means of numbers of pupils, or of shares.

    Shares of a whole number of participants that make 100 may be those of the district.
    """
    participants = read_number(sheet.at(row, columns.participants))
    if participants.value is None:
        return False
    figures = [read_number(sheet.at(row, column)) for column in columns.marks]
    total = math.fsum(figure.value or 0.0 for figure in figures)
    decimals = max(figure.decimals for figure in figures)
    makes_whole = abs(total - _WHOLE) <= sum_tolerance(decimals, len(figures))
    return participants.whole is None or not (makes_whole or columns.fractions)


def _read_both(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> marks_of.RowNumbers | None:
    """Return the numbers of a row whose cells write the number and its share."""
    people = columns.participants
    if marks_of.says_no_result(sheet, row, people, columns.marks, findings, item):
        return None
    participants = marks_of.participants_of(sheet, row, people, findings, item)
    cells = [_cell(sheet, row, column) for column in columns.marks]
    mean = Number(None) if columns.mean is None else read_number(sheet.at(row, columns.mean))
    numbers = [(one.column, one.number) for one in cells] + [(columns.mean or 0, mean)]
    faulty = [(place, number.fault) for place, number in numbers if number.fault]
    for place, fault in faulty:
        findings.cell_error(row, place, f"{item}: {fault}.", marks_of.FIX_NUMBER)
    if participants is None or faulty:
        return None
    for one in cells:
        if participants and one.both is not None and not _agrees(one.both, participants):
            text = f"{item}: {disagreement(one.both, participants)}"
            findings.cell_error(row, one.column, text, _FIX_BOTH)
            return None
    shares = _shares(cells, participants)
    if shares is None:
        text = f"{item}: {_sums(cells, participants)}"
        findings.cell_error(row, columns.participants, text, _FIX_BOTH)
        return None
    return marks_of.RowNumbers(participants, shares, mean.value)


def _agrees(both: CountAndShare, participants: int) -> bool:
    return both.is_of(participants, _ADJUSTED if both.share.decimals else 2 * ROUNDED)


def _shares(cells: list[_Cell], participants: int) -> tuple[Share | None, ...] | None:
    """Return the numbers of pupils where they are all participants, else shares that make 100."""
    counts = [one.count for one in cells]
    if sum(count or 0 for count in counts) == participants and None not in counts:
        return tuple(Share(float(count or 0), 0) for count in counts)
    given = [share for one in cells if (share := one.share) is not None]
    if len(given) < len(MARKS):
        return None
    total = math.fsum(share.value or 0.0 for share in given)
    decimals = max(share.decimals for share in given)
    filled = sum(bool(share.value) for share in given)
    if abs(total - _WHOLE) > sum_tolerance(decimals, filled):
        return None
    return tuple(Share(share.value or 0.0, share.decimals) for share in given)


def _sums(cells: list[_Cell], participants: int) -> str:
    """Return the sentence that neither the numbers nor the shares are those of all participants."""
    total = sum(one.count or 0 for one in cells)
    given = math.fsum((one.share.value or 0.0) for one in cells if one.share)
    return (
        f"отметок {total}, участников {participants}, "
        f"доли в сумме {number_text(given)} % – должны быть все участники и 100 %."
    )


def share_of(sheet: Sheet, row: int, column: int) -> Number:
    """Return the figure of a cell, of both the share."""
    one = _cell(sheet, row, column)
    return one.number if one.both is None else one.both.share


def _cell(sheet: Sheet, row: int, column: int) -> _Cell:
    value = sheet.at(row, column)
    both = count_and_share(value, signed=False)
    return _Cell(column, both, Number() if both else read_number(value))
