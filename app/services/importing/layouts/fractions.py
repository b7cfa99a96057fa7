"""Columns of shares that Excel keeps as parts of one: 0.25, shown as «25 %», is 25 per cent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from app.services.importing.cells import Number, read_number
from app.services.importing.grid import Sheet
from app.services.importing.layouts.findings import Findings

PARTS = "Доли не больше единицы: прочитаны как части целого, 0,25 – это 25 %."
PARTS_HINT = "Если это уже проценты, допишите в ячейки знак % и загрузите файл снова."
PER_CENTS = (
    "Доли не больше единицы: прочитаны как проценты, 0,5 – это 0,5 %, так выходят целые числа."
)
PER_CENTS_HINT = "Если 0,5 – это половина, напишите «50 %» и загрузите файл снова."
UNCLEAR = (
    "Доли не больше единицы, а чисел рядом нет: проценты это или части целого, не видно; не взяты."
)
UNCLEAR_HINT = "Допишите в ячейки знак % или число учеников рядом и загрузите файл снова."
_DECIMALS = 4
_NEAR_FRACTION = 0.006
_NEAR_PERCENT = 0.6
"""Rounding of a share with two decimals, and of one in whole per cent."""

_SLACK = 0.01
_HALF = 0.5

Exact = Callable[[int, int], float | None]
"""The share that the counts of a row (0-based) make of a column, as a part of one."""
Whole = Callable[[int, int], float | None]
"""What the share of a row and a column is a part of."""


def as_percent(value: float) -> float:
    """Return a part of one in per cent."""
    return round(100 * value, _DECIMALS)


def numbers_in(
    sheet: Sheet, rows: Sequence[int], columns: Iterable[int]
) -> dict[int, dict[int, Number]]:
    """Return the figures of columns of shares by column and row, as ``fraction_columns`` asks."""
    return {
        column: {
            row: number
            for row in rows
            if (number := read_number(sheet.at(row, column))).value is not None
        }
        for column in columns
    }


def told_fractions(
    sheet: Sheet, rows: Sequence[int], columns: Iterable[int], findings: Findings
) -> frozenset[int]:
    """Return which columns of a table without counts hold parts of one; that they do is told."""
    numbers = numbers_in(sheet, rows, columns)
    parts, _sure = fraction_columns(numbers, lambda _row, _column: None)
    if parts:
        first = min(parts)
        findings.column_warning(next(iter(numbers[first]), rows[0]), first, PARTS, PARTS_HINT)
    return parts


def is_part(share: float, count: float | None, whole: float | None) -> bool:
    """Return whether a share is the count as a part of one, and not in per cent."""
    if count is None or not whole or not 0 < share <= 1:
        return False
    true = count / whole
    return abs(share - true) <= _NEAR_FRACTION and abs(share - 100 * true) > _NEAR_PERCENT


def fraction_columns(
    numbers: Mapping[int, Mapping[int, Number]], exact: Exact
) -> tuple[frozenset[int], bool]:
    """Return the columns whose shares are parts of one, and whether that is more than a guess.

    ``numbers`` are the figures of the columns of shares by column and row.  Counts beside a share
    decide; without them a table is of parts of one when none of its shares is over 1, and surely
    when the shares of its rows make one.
    """
    judged = {column: _judged(column, rows, exact) for column, rows in numbers.items()}
    sure = frozenset(column for column, found in judged.items() if found)
    rest = {column: rows for column, rows in numbers.items() if judged[column] is None}
    values = [number for rows in rest.values() for number in rows.values()]
    if not _may_be_parts(values) or False in judged.values():
        return sure, True
    return sure | rest.keys(), bool(sure) or _make_one(rest)


def are_per_cents(
    numbers: Mapping[int, Mapping[int, Number]], columns: Iterable[int], whole: Whole
) -> bool | None:
    """Return whether the shares make whole numbers of pupils as per cents; None without a sign.

    «0,5» of 200 is one pupil.  A share is of somebody: what rounds to nobody is no whole number.
    One whose rounding reaches half a pupil says nothing.
    """
    signs = [
        _makes_whole(number, of)
        for column in columns
        for row, number in numbers[column].items()
        if number.value and (of := whole(row, column))
    ]
    known = [sign for sign in signs if sign is not None]
    return all(known) if known else None


def _makes_whole(number: Number, of: float) -> bool | None:
    reach = _HALF * 10.0**-number.decimals * of / 100 + _SLACK
    pupils = (number.value or 0.0) * of / 100
    return None if reach >= _HALF else abs(pupils - max(1, round(pupils))) <= reach


def _judged(column: int, rows: Mapping[int, Number], exact: Exact) -> bool | None:
    """Return whether the counts say that a column holds parts of one; None without any."""
    parts = percents = 0
    for row, number in rows.items():
        true = exact(row, column)
        if not number.value or true is None or number.percent:
            percents += bool(number.percent)
            continue
        parts += abs(number.value - true) <= _NEAR_FRACTION
        percents += abs(number.value - 100 * true) <= _NEAR_PERCENT
    return None if parts == percents else parts > percents


def _may_be_parts(numbers: Sequence[Number]) -> bool:
    values = [number.value for number in numbers if number.value is not None]
    if not values or any(number.percent for number in numbers) or min(values) < 0:
        return False
    return max(values) <= 1 and any(0 < value < 1 for value in values)


def _make_one(columns: Mapping[int, Mapping[int, Number]]) -> bool:
    sums: dict[int, float] = {}
    for rows in columns.values():
        for row, number in rows.items():
            sums[row] = sums.get(row, 0.0) + (number.value or 0.0)
    return _all_near_one(sums.values())


def _all_near_one(sums: Iterable[float]) -> bool:
    found = [one for one in sums if one]
    return bool(found) and all(abs(one - 1) <= _NEAR_FRACTION for one in found)
