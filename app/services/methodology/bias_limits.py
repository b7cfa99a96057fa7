"""The limits of own signals as data of the field, read once."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from app.paths import resource
from app.services.methodology.bias import Limits
from app.services.methodology.loading_social import MANY, text_of

_FIGURES = (
    "jump_points",
    "deviation_high",
    "deviation_extreme",
    "journal_points",
    "later_points",
)


@cache
def bias_limits() -> Limits:
    """Return the limits; ResourceError when the file of the program is not right."""
    path = resource("thresholds", "bias_signals.json")
    node = text_of(path.name, path.read_text(encoding="utf-8"))
    fields = node.fields("source", "confirmed", "smallest_sample", *_FIGURES)
    figures = {name: Fraction(fields[name].decimal(0, 100)) for name in _FIGURES}
    return Limits(fields["smallest_sample"].whole(1, MANY), **figures)
