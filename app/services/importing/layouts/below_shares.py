"""Shares of those below the minimum of an exam: per cents, or parts of one as Excel keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.importing.cells import Number, read_number
from app.services.importing.grid import Sheet
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fractions import (
    PARTS,
    PARTS_HINT,
    PER_CENTS,
    PER_CENTS_HINT,
    are_per_cents,
    as_percent,
    fraction_columns,
    numbers_in,
)

_OF_FRACTION = 2
"""So many decimals of a part of one are those before the point of a per cent."""


def in_parts(
    sheet: Sheet, rows: Sequence[int], column: int, participants: int, findings: Findings
) -> bool:
    """Return whether the figures of a column are parts of one; what they were read as is told.

    0,25 of 12 is three pupils, and as a per cent nobody at all: whole numbers of pupils decide.
    All arguments of place are 0-based; ``participants`` is the column of these.
    """
    numbers = numbers_in(sheet, rows, (column,))
    if column not in fraction_columns(numbers, lambda _row, _column: None)[0]:
        return False

    def whole(row: int, _column: int) -> float | None:
        return read_number(sheet.at(row, participants)).value

    scaled = {row: percent_of(number) for row, number in numbers[column].items()}
    per_cents = are_per_cents(numbers, (column,), whole)
    parts = are_per_cents({column: scaled}, (column,), whole)
    if per_cents or parts is False:
        told = (PER_CENTS, PER_CENTS_HINT) if per_cents else None
    else:
        told = (PARTS, PARTS_HINT)
    if told:
        findings.column_warning(min(numbers[column]), column, *told)
    return told == (PARTS, PARTS_HINT)


def percent_of(number: Number) -> Number:
    """Return a part of one in per cent."""
    if number.value is None:
        return number
    return Number(as_percent(number.value), max(0, number.decimals - _OF_FRACTION))
