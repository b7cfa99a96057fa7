"""Rows of marks in any writing: numbers, shares, or both in one cell («30- 21,3%», «3 (20 %)»)."""

from __future__ import annotations

import re

from app.services.importing.cells import Number, read_number, value_fault
from app.services.importing.counts import MARKS, Share
from app.services.importing.grid import Sheet
from app.services.importing.layouts import marks as marks_of
from app.services.importing.layouts.findings import Findings

_COUNT_AND_SHARE = re.compile(
    r"(?P<count>\d+)\s*(?:чел\.?)?\s*[-–—/(]\s*(?P<share>\d+(?:[.,]\d+)?)\s*%?\s*\)?"
)

_DISAGREE = "числа учеников и доли в процентах в этой строке противоречат друг другу."
_ROUNDED = 0.6
"""A per cent may be rounded to a whole one; more than that is another number."""


def read_row(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> marks_of.RowNumbers | None:
    """Return the numbers of a row, or None when a cell is unreadable; each fault is noted."""
    both = has_count_and_share(sheet, row, columns)
    return (read_both if both else marks_of.read_row)(sheet, row, columns, findings, item)


def spoiled_total(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> bool:
    """Tell of a total that cannot be used, of which the schools above it need not wait."""
    cells = columns.all
    if has_count_and_share(sheet, row, columns):
        cells = (columns.participants,)
    return marks_of.spoiled_total(sheet, row, cells, findings, item)


def has_count_and_share(sheet: Sheet, row: int, columns: marks_of.MarkColumns) -> bool:
    """Return whether a row writes both the number and the share of a mark: «30- 21,3%»."""
    return any(_COUNT_AND_SHARE.fullmatch(sheet.text(row, column)) for column in columns.marks)


def read_both(
    sheet: Sheet, row: int, columns: marks_of.MarkColumns, findings: Findings, item: str
) -> marks_of.RowNumbers | None:
    """Return the numbers of one subject in a row; «30- 21,3%» gives the number and the share."""
    participants = marks_of.participants_of(sheet, row, columns.participants, findings, item)
    cells = [_read(sheet, row, column) for column in columns.marks]
    mean = Number(None) if columns.mean is None else read_number(sheet.at(row, columns.mean))
    places = (*columns.marks, columns.mean or 0)
    faulty = [
        (place, number.fault)
        for place, number in zip(places, (*(number for _, number in cells), mean), strict=True)
        if number.fault
    ]
    for place, fault in faulty:
        findings.cell_error(row, place, f"{item}: {fault}.", marks_of.FIX_NUMBER)
    if participants is None or faulty:
        return None
    counts = [count for count, _ in cells if count is not None]
    if _disagree(cells, counts, participants):
        findings.cell_error(row, columns.marks[0], f"{item}: {_DISAGREE}", marks_of.FIX_NUMBER)
        return None
    if len(counts) == len(MARKS) and sum(counts) == participants:
        shares: tuple[Share | None, ...] = tuple(Share(float(n), 0) for n in counts)
    else:
        shares = tuple(None if n.value is None else Share(n.value, n.decimals) for _, n in cells)
    return marks_of.RowNumbers(participants, shares, mean.value)


def _disagree(cells: list[tuple[int | None, Number]], counts: list[int], participants: int) -> bool:
    """Return whether the numbers of pupils are neither all participants nor those of the shares.

    Numbers of a part of the participants (some marks were taken away) agree with their shares.
    """
    if len(counts) < len(MARKS) or not participants:
        return False
    return any(
        number.value is not None and abs(100 * count / participants - number.value) > _ROUNDED
        for count, number in cells
        if count is not None
    )


def share_of(sheet: Sheet, row: int, column: int) -> Number:
    """Return the figure of a cell, of both the share."""
    return _read(sheet, row, column)[1]


def _read(sheet: Sheet, row: int, column: int) -> tuple[int | None, Number]:
    """Return the number of pupils, where the cell gives one, and the figure or share."""
    value = sheet.at(row, column)
    match = None if value_fault(value) else _COUNT_AND_SHARE.fullmatch(sheet.text(row, column))
    if match is None:
        return None, read_number(value)
    return int(match["count"]), read_number(match["share"])
