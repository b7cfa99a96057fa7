"""The index of social well-being (ИСБ) of schools from their social passports, in exact numbers.

Source: domain.md §2.  No act gives the weights, so the model is data that an office edits:
``z = (x − min) / (max − min)`` among the schools of the year, adverse indicators turned over as
``1 − z``, and ``ИСБ = 100 · Σwz / Σw`` over what the passport gives.  The higher, the better.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
Passport = Mapping[str, object]
"""Figures of one school by name, as ``resources/records`` names them; an absent one is unknown."""

_SHARE = "_share"
"""Ending of the name of a share that the passport gives itself (``app.services.figures``)."""
_HALF = Fraction(1, 2)
"""Place of every school in an indicator that is the same everywhere (domain.md §2)."""


@dataclass(frozen=True, slots=True)
class IsbIndicator:
    """One share of the passport, in per cent."""

    name: str
    title: str
    weight: Decimal
    adverse: bool
    """True when a higher share means a harder life: it lowers the index."""
    figures: tuple[tuple[str, ...], ...]
    """Ways to the share: the first whose figures are all known serves, their shares added up."""
    of: str
    """Name of the whole, for a figure that the passport gives only as a count."""
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class IsbModel:
    """A version of the model; ``enough_percent`` is the least share of the weight that is known."""

    key: str
    version: int
    title: str
    enough_percent: Decimal
    indicators: tuple[IsbIndicator, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one indicator adds to the index; None where the passport does not give it."""

    indicator: IsbIndicator
    value: Fraction | None
    """The share itself, in per cent."""
    place: Fraction | None
    """``z`` from 0 (the hardest of the schools) to 1 (the easiest)."""
    points: Fraction | None
    """Points of the index; they add up to it."""


@dataclass(frozen=True, slots=True)
class IsbResult:
    """The index of one school; ``value`` (0–100) is None with less of the weight than enough."""

    value: Fraction | None
    known_percent: Fraction
    """Share of the weight that the passport covers."""
    contributions: tuple[Contribution, ...]


Placed = tuple[Fraction, Fraction]
"""A share in per cent and its place ``z`` among the schools."""
Places = tuple[Placed | None, ...]
"""One for each indicator of a model; None where the passport does not give it."""


def compute(passports: Mapping[K, Passport], model: IsbModel) -> dict[K, IsbResult]:
    """Return the index of every school that has a passport.

    The scale of an indicator is that of the schools given, so a further school may move the
    others.  The order of the schools does not matter.
    """
    placed = places(passports, model.indicators)
    values = indices(placed, model)
    return {school: _result(row, values[school], model) for school, row in placed.items()}


def places(passports: Mapping[K, Passport], indicators: Sequence[IsbIndicator]) -> dict[K, Places]:
    """Return where each school stands in each indicator; the weights have no part in it."""
    shares = {
        school: tuple(share(passport, indicator) for indicator in indicators)
        for school, passport in passports.items()
    }
    scales = [_scale(column) for column in zip(*shares.values(), strict=True)]
    return {
        school: tuple(
            _place(value, scale, indicator.adverse)
            for value, scale, indicator in zip(row, scales, indicators, strict=True)
        )
        for school, row in shares.items()
    }


def indices(placed: Mapping[K, Places], model: IsbModel) -> dict[K, Fraction | None]:
    """Return the indices alone; None with less of the weight than enough.

    Asked of a whole region each time a weight is moved: what passports lack repeats, so how much
    of the weight is known is worked out once for each set of gaps.
    """
    weights = [Fraction(indicator.weight) for indicator in model.indicators]
    enough: dict[tuple[bool, ...], Fraction | None] = {}
    found: dict[K, Fraction | None] = {}
    for school, row in placed.items():
        given = tuple(item is not None for item in row)
        if given not in enough:
            known = _known_weight(row, model)
            enough[given] = known if _is_enough(known, model) else None
        whole = enough[given]
        found[school] = None if whole is None else 100 * _weighted(row, weights) / whole
    return found


def _weighted(row: Places, weights: Sequence[Fraction]) -> Fraction:
    """Return the sum of weight × place; reduced once at the end and not after each step."""
    top, bottom = 0, 1
    for weight, placed in zip(weights, row, strict=True):
        if placed is not None:
            part = weight.denominator * placed[1].denominator
            top = top * part + weight.numerator * placed[1].numerator * bottom
            bottom *= part
    return Fraction(top, bottom)


def share(passport: Passport, indicator: IsbIndicator) -> Fraction | None:
    """Return the share in per cent, None when the passport gives no way to it."""
    for way in indicator.figures:
        parts = [_percent(passport, name, indicator.of) for name in way]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            return sum(known, Fraction())
    return None


def _percent(passport: Passport, name: str, of: str) -> Fraction | None:
    given = _number(passport.get(f"{name}{_SHARE}"))
    if given is not None:
        return given
    count, whole = _number(passport.get(name)), _number(passport.get(of))
    return 100 * count / whole if count is not None and whole else None


def lower_quartile(values: Iterable[Fraction]) -> Fraction | None:
    """Return the first quartile by linear interpolation, as КВАРТИЛЬ.ВКЛ of Excel; None of none."""
    # Rounding keeps the order, so only what rounds to the same number is compared exactly.
    in_order = sorted(values, key=lambda value: (float(value), value))
    if not in_order:
        return None
    whole, part = divmod(len(in_order) - 1, 4)
    lower = in_order[whole]
    upper = in_order[min(whole + 1, len(in_order) - 1)]
    return lower + (upper - lower) * Fraction(part, 4)


def _number(value: object) -> Fraction | None:
    """Return the number; a text of the passport is not one.  A float is what its text says."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Fraction(str(value))


_Scale = tuple[Fraction, Fraction] | None


def _scale(column: Iterable[Fraction | None]) -> _Scale:
    known = [value for value in column if value is not None]
    return (min(known), max(known)) if known else None


def _place(value: Fraction | None, scale: _Scale, adverse: bool) -> Placed | None:
    if value is None or scale is None:
        return None
    least, most = scale
    z = _HALF if least == most else (value - least) / (most - least)
    return (value, 1 - z if adverse else z)


def _known_weight(row: Places, model: IsbModel) -> Fraction:
    found = (
        Fraction(indicator.weight)
        for indicator, placed in zip(model.indicators, row, strict=True)
        if placed is not None
    )
    return sum(found, Fraction())


def _covered(known: Fraction, model: IsbModel) -> Fraction:
    whole = sum((Fraction(indicator.weight) for indicator in model.indicators), Fraction())
    return 100 * known / whole


def _is_enough(known: Fraction, model: IsbModel) -> bool:
    return known > 0 and _covered(known, model) >= Fraction(model.enough_percent)


def _result(row: Places, value: Fraction | None, model: IsbModel) -> IsbResult:
    known = _known_weight(row, model)
    contributions = tuple(
        _contribution(indicator, placed, known)
        for indicator, placed in zip(model.indicators, row, strict=True)
    )
    return IsbResult(value, _covered(known, model), contributions)


def _contribution(indicator: IsbIndicator, placed: Placed | None, known: Fraction) -> Contribution:
    if placed is None:
        return Contribution(indicator, None, None, None)
    value, z = placed
    points = 100 * Fraction(indicator.weight) * z / known if known else Fraction()
    return Contribution(indicator, value, z, points)
