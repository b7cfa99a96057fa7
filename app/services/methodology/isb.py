"""The index of social well-being (ИСБ) of schools from their social passports, in exact numbers.

Source: domain.md §2.  No act gives the weights, so the model is data that an office edits:
``z = (x − min) / (max − min)`` among the schools of the year, adverse indicators turned over as
``1 − z``, and ``ИСБ = 100 · Σwz / Σw`` over what the passport gives.  The higher, the better.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
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


def compute(passports: Mapping[K, Passport], model: IsbModel) -> dict[K, IsbResult]:
    """Return the index of every school that has a passport.

    The scale of an indicator is that of the schools given, so a further school may move the
    others.  The order of the schools does not matter.
    """
    shares = {
        school: tuple(share(passport, indicator) for indicator in model.indicators)
        for school, passport in passports.items()
    }
    scales = [_scale(column) for column in zip(*shares.values(), strict=True)]
    return {school: _result(row, scales, model) for school, row in shares.items()}


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
    in_order = sorted(values)
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


def _result(row: tuple[Fraction | None, ...], scales: list[_Scale], model: IsbModel) -> IsbResult:
    whole = sum((Fraction(indicator.weight) for indicator in model.indicators), Fraction())
    weights = [
        Fraction(indicator.weight)
        for indicator, value in zip(model.indicators, row, strict=True)
        if value is not None
    ]
    known = sum(weights, Fraction())
    contributions = tuple(
        _contribution(indicator, value, scale, known)
        for indicator, value, scale in zip(model.indicators, row, scales, strict=True)
    )
    covered = 100 * known / whole
    enough = known > 0 and covered >= Fraction(model.enough_percent)
    points = [item.points for item in contributions if item.points is not None]
    return IsbResult(sum(points, Fraction()) if enough else None, covered, contributions)


def _contribution(
    indicator: IsbIndicator, value: Fraction | None, scale: _Scale, known: Fraction
) -> Contribution:
    if value is None or scale is None:
        return Contribution(indicator, None, None, None)
    least, most = scale
    place = _HALF if least == most else (value - least) / (most - least)
    if indicator.adverse:
        place = 1 - place
    weight = Fraction(indicator.weight)
    points = 100 * weight * place / known if known else Fraction()
    return Contribution(indicator, value, place, points)
