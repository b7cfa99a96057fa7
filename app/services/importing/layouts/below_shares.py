"""Shares of those below the minimum of an exam: per cents, or parts of one as Excel keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.enums import CountsOrigin
from app.services.importing.cells import Number, read_number
from app.services.importing.counts import Share, recover
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

_WHOLE = 100
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


def as_share(read: Number, *, parts: bool) -> Number:
    """Return a cell of such a column in per cent; ``parts`` says what ``in_parts`` found."""
    return percent_of(read) if parts and not read.percent else read


def pupils_below(participants: int, share: Number) -> tuple[int, CountsOrigin] | None:
    """Return how many of all participants a per cent says are below the minimum, and how surely.

    None where no number of pupils has that share; one that rounds to nobody is none either, for
    «1» is nobody of three as a per cent, and all of them as Excel keeps 100 %.
    """
    value = share.value or 0.0
    shares = (Share(value, share.decimals), Share(_WHOLE - value, share.decimals), None, None)
    found = recover(participants, shares)
    if found.counts is None or (value and not found.counts[0]):
        return None
    return found.counts[0], found.origin


def percent_of(number: Number) -> Number:
    """Return a part of one in per cent."""
    if number.value is None:
        return number
    return Number(as_percent(number.value), max(0, number.decimals - _OF_FRACTION))
