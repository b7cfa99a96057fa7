"""Numbers of pictures: how they are written, and where an axis ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.services.charts.types import Unit
from app.services.decimals import MINUS, exact, fixed, share

NO_DATA = "нет данных"
_DIGITS = {Unit.PERCENT: 0, Unit.MARK: 2, Unit.SCORE: 1, Unit.COUNT: 0, Unit.NUMBER: 1}
_TICK_DIGITS = {Unit.PERCENT: 0, Unit.MARK: 0, Unit.SCORE: 0, Unit.COUNT: 0, Unit.NUMBER: 1}
_TOPS = {Unit.PERCENT: (100.0, 20.0), Unit.MARK: (5.0, 1.0), Unit.SCORE: (100.0, 20.0)}
_ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)
_FEWEST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Axis:
    """From zero to ``top`` in even steps."""

    top: float
    step: float
    unit: Unit

    def ticks(self) -> tuple[float, ...]:
        """Return the values that are written along the axis, zero and top included."""
        return tuple(self.step * n for n in range(round(self.top / self.step) + 1))

    def share(self, value: float) -> float:
        """Return the place of a value as a share of the axis; what is beyond stands at its end."""
        return min(max(value / self.top, 0.0), 1.0)


def axis_for(unit: Unit, values: Iterable[float | None]) -> Axis:
    """Return the axis of a unit: fixed for shares, marks and scores, else round above the values.

    A share above 100 or a plan above 5 would be cut off silently, so the axis then follows them.
    """
    largest = max((value for value in values if value is not None), default=0.0)
    usual = _TOPS.get(unit)
    if usual is not None and largest <= usual[0]:
        return Axis(*usual, unit)
    step = _round_step(largest / _FEWEST_TICKS)
    if unit is Unit.COUNT:
        step = max(step, 1.0)
    count = 1
    while step * count < largest:
        count += 1
    return Axis(step * count, step, unit)


def free_axis(unit: Unit, values: Iterable[float | None]) -> Axis:
    """Return an axis that ends at a round number above the values, whatever the unit."""
    axis = axis_for(Unit.COUNT, values)
    return Axis(axis.top, axis.step, unit)


def _round_step(rough: float) -> float:
    """Return the smallest of 1, 2, 5, 10 … (times a power of ten) that is not below ``rough``."""
    if rough <= 0:
        return 1.0
    power = Decimal(10) ** Decimal(str(rough)).adjusted()
    return next(float(power) * s for s in _ROUND_STEPS if float(power) * s >= rough)


def number_text(value: float, digits: int) -> str:
    """Return a number with a decimal comma, halves away from zero."""
    return fixed(value, digits, MINUS)


def value_text(value: float | None, unit: Unit, borders: Iterable[float] = ()) -> str:
    """Return a value as it is written beside its bar: 35 %, 3,42, 64,5, 12; or «нет данных»."""
    if value is None:
        return NO_DATA
    text = bare_text(value, unit, borders)
    return f"{text} %" if unit is Unit.PERCENT else text


def bare_text(value: float | None, unit: Unit, borders: Iterable[float] = ()) -> str:
    """Return a value without its sign, for narrow places; a dash where there is no data.

    It gets as many decimals as keep it on its side of every border: 29,96 must not read 30 beside
    a threshold of 30.
    """
    if value is None:
        return "–"
    return share(value, *map(exact, borders), least=_DIGITS[unit], minus=MINUS)


def tick_text(value: float, unit: Unit) -> str:
    """Return a value as it is written along the axis."""
    text = number_text(value, _TICK_DIGITS[unit])
    return f"{text} %" if unit is Unit.PERCENT else text
