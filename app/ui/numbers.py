"""Numbers as people here write them: decimal comma, no grouping that Excel would not read back."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from app.services import decimals
from app.services.russian import counted as counted  # pages write numbers through this module

Limits = tuple[Fraction, ...]


class Share(NamedTuple):
    """A share in per cent, and what it must neither seem to reach nor to miss."""

    percent: float
    limits: Limits = ()
    """The thresholds of its year; none where no methodology covers it."""


def whole(value: object) -> str:
    """Return a whole number; empty for None."""
    return "" if value is None else str(value)


def tenths(value: object) -> str:
    """Return a number with one decimal after a comma; empty for None."""
    return _fixed(value, 1)


def hundredths(value: object) -> str:
    """Return a number with two decimals after a comma; empty for None."""
    return _fixed(value, 2)


def share(value: object) -> str:
    """Return a ``Share``: tenths, more where it would stand on the wrong side of a limit.

    29,96 beside a threshold of 30 stays 29,96, and 33,26 beside one of 33,3; empty for None.
    """
    if value is None:
        return ""
    if not isinstance(value, Share):
        raise TypeError(f"a share is expected, not {type(value).__name__}")
    return decimals.share(value.percent, *value.limits)


def distance(value: object) -> str:
    """Return a distance in points: tenths, more where it would read as zero; empty for None."""
    return "" if value is None else decimals.not_zero(_number(value))


def _fixed(value: object, digits: int) -> str:
    # Half up, as people round and as the sentences of the methodology do: 6.25 reads 6,3.
    return "" if value is None else decimals.fixed(_number(value), digits)


def _number(value: object) -> float:
    if not isinstance(value, (int, float)):
        raise TypeError(f"a number is expected, not {type(value).__name__}")
    return value
