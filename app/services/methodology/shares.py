"""The share of low results, exactly: a boundary is never decided by a binary fraction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from app.services.methodology.types import Outcome, RuleSet


@lru_cache(maxsize=64)
def exact(setting: Decimal) -> Fraction:
    """Return a setting as a fraction; the same few are asked for in every comparison."""
    return Fraction(setting)


@lru_cache(maxsize=8192)
def _ratio(below: int, participants: int) -> Fraction:
    """Return the per cent; a fraction is dear to make, and classes have few sizes."""
    return Fraction(100 * below, participants)


def share_of(outcome: Outcome) -> Fraction | None:
    """Return the exact share of ``below`` in per cent; None when nobody took part or it is unknown.

    Counts come first; a percentage of the file serves only where it gives no counts.
    """
    return _share(outcome.below, outcome.participants, outcome.given_percent)


def _share(below: int | None, participants: int | None, given: float | None) -> Fraction | None:
    if not participants:
        return None
    if below is not None:
        return _ratio(below, participants)
    if given is None:
        return None
    # As it is written in the file: 29.9 is 299/10, not the nearest binary number.
    return Fraction(str(given))


def is_known(outcome: Outcome, least: int = 0) -> bool:
    """Return whether the outcome has a share at all, of ``least`` participants or more."""
    taking_part = outcome.participants
    if not taking_part or taking_part < least:
        return False
    return outcome.below is not None or outcome.given_percent is not None


def measured(outcome: Outcome) -> tuple[Fraction, int]:
    """Return share and participants of an outcome that is counted; ValueError for any other."""
    return measured_figures(outcome.below, outcome.participants, outcome.given_percent)


def measured_figures(
    below: int | None, participants: int | None, given: float | None
) -> tuple[Fraction, int]:
    """Return the same of the figures of an outcome."""
    share = _share(below, participants, given)
    if share is None or not participants:
        raise ValueError(f"not a counted outcome: {below} of {participants}, {given} %")
    return share, participants


def is_low(outcome: Outcome, rules: RuleSet) -> bool:
    """Return whether the result is low: «не менее» the threshold, so 3 of 10 is low at 30 %."""
    return at_least(outcome, rules.threshold_percent)


def lows(outcomes: Sequence[Outcome], rules: RuleSet) -> list[bool]:
    """Return ``is_low`` of each outcome: the same comparison, its border looked up once."""
    top, bottom = _part(rules.threshold_percent)
    return [
        is_low(outcome, rules)
        if outcome.below is None or not outcome.participants
        else outcome.below * bottom >= top * outcome.participants
        for outcome in outcomes
    ]


def at_least(outcome: Outcome, percent: Decimal) -> bool:
    """Return whether the share is known and not below ``percent``; 3 of 10 is not below 30."""
    below, of = outcome.below, outcome.participants
    if of and below is not None:
        # The same comparison in whole numbers: this is asked of every result many times.
        top, bottom = _part(percent)
        return below * bottom >= top * of
    share = share_of(outcome)
    return share is not None and share >= exact(percent)


@lru_cache(maxsize=64)
def _part(percent: Decimal) -> tuple[int, int]:
    """Return a per cent as a part of the whole: 30 is 30 of 100, 33,3 is 333 of 1000."""
    limit = Fraction(percent)
    return limit.numerator, 100 * limit.denominator


def growth(outcome: Outcome, before: Outcome) -> Fraction:
    """Return by how many percentage points the share has risen since ``before``; both counted."""
    return measured(outcome)[0] - measured(before)[0]


def grew_by(outcome: Outcome, before: Outcome, points: Decimal) -> bool:
    """Return whether the share has risen by ``points`` or more since ``before``; both counted."""
    now, then = outcome.below, before.below
    if now is None or then is None:
        return growth(outcome, before) >= exact(points)
    limit = exact(points)
    # Whole numbers again: a fraction is dear to make, and this is asked of every result.
    of_now, of_then = outcome.participants or 0, before.participants or 0
    risen = 100 * (now * of_then - then * of_now)
    return risen * limit.denominator >= limit.numerator * of_now * of_then


def is_rounded(outcome: Outcome) -> bool:
    """Return whether the count is not known for certain, only a rounded share."""
    return outcome.below is None or not outcome.exact


def is_borderline(outcome: Outcome, rules: RuleSet) -> bool:
    """Return whether rounding may have put the result on the wrong side of the threshold.

    Source: domain.md §1.1, «29,96→30,0 must be flagged «пограничное»».
    """
    if not is_rounded(outcome):
        return False
    given = outcome.given_percent
    seen = [share_of(outcome), None if given is None else Fraction(str(given))]
    threshold, near = exact(rules.threshold_percent), exact(rules.borderline_points)
    return any(share is not None and abs(share - threshold) < near for share in seen)
