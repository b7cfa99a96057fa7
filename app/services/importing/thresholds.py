"""Minimums and scales of marks as layouts ask for them; ``services.scales`` says what serves."""

from __future__ import annotations

from functools import lru_cache

from app.models.enums import AssessmentKind
from app.services.importing.subjects import load_resource
from app.services.scales import MarkScale, used
from app.services.scales import MinScore as Minimum

__all__ = [
    "MarkScale",
    "Minimum",
    "gives_marks",
    "mark_scale",
    "maths_levels",
    "minimum",
    "rcoi_digits",
    "result_limits",
]


def minimum(subject: str, year: int) -> Minimum | None:
    """Return the minimum of the ЕГЭ in a canonical subject, None when the year is not known."""
    return used().minimum(AssessmentKind.EGE, subject, year)


def mark_scale(
    kind: AssessmentKind, subject: str, grade: int, year: int, maximum: int | None = None
) -> MarkScale | None:
    """Return the scale of a procedure; with ``maximum`` only one of that highest score."""
    return used().mark_scale(kind, subject, grade, year, maximum)


def gives_marks(kind: AssessmentKind, subject: str) -> bool:
    """Return whether results are marks 2–5: everywhere but in the ЕГЭ by test scores."""
    return used().gives_marks(kind, subject)


def maths_levels() -> tuple[str, str]:
    """Return the two mathematics of the ЕГЭ: the one that gives marks, the one with scores."""
    known = [m for m in used().minimums if m.kind is AssessmentKind.EGE]
    names = dict.fromkeys(m.subject for m in known if m.subject.startswith("Математика"))
    marked = next(name for name in names if gives_marks(AssessmentKind.EGE, name))
    return marked, next(name for name in names if name != marked)


def result_limits(kind: AssessmentKind, subject: str) -> tuple[float, float]:
    """Return the lowest and the highest that a result, and so a mean of results, can be."""
    limits = used().result_limits(kind, subject)
    return float(limits.start), float(limits.stop - 1)


@lru_cache(maxsize=1)
def rcoi_digits() -> int:
    """Return how many digits a school's code of the РЦОИ has (domain.md §4)."""
    return int(load_resource("thresholds", "school_codes.json")["rcoi_digits"])
