"""Minimum scores of the ЕГЭ and scales of marks by year: data with a source, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.models.enums import AssessmentKind
from app.services.importing.subjects import load_resource


@dataclass(frozen=True, slots=True)
class Minimum:
    """The minimum of a subject in a year; ``mark`` is True where the ЕГЭ gives marks 2–5."""

    score: int
    mark: bool
    source: str
    confirmed: bool


@dataclass(frozen=True)
class MarkScale:
    """Primary scores of each mark: ``bands[3]`` is the first and the last score of «3»."""

    maximum: int
    bands: Mapping[int, tuple[int, int]]
    source: str
    confirmed: bool

    def mark(self, score: int) -> int | None:
        """Return the mark of a primary score, None outside of the scale."""
        return next((m for m, (low, high) in self.bands.items() if low <= score <= high), None)


def minimum(subject: str, year: int) -> Minimum | None:
    """Return the minimum of the ЕГЭ in a canonical subject, None when the year is not known."""
    return next(
        (
            found
            for name, first, last, found in _minimums()
            if name == subject and first <= year <= last
        ),
        None,
    )


@lru_cache(maxsize=1)
def _minimums() -> tuple[tuple[str, int, int, Minimum], ...]:
    entries = load_resource("thresholds", "min_scores.json")["minimums"]
    return tuple(
        (
            e["subject"],
            e["first_year"],
            e["last_year"],
            Minimum(e["minimum"], e["unit"] == "отметка", e["source"], e["confirmed"]),
        )
        for e in entries
    )


def mark_scale(
    kind: AssessmentKind, subject: str, grade: int, year: int, maximum: int | None = None
) -> MarkScale | None:
    """Return the scale of a procedure; with ``maximum`` only one of that highest score."""
    wanted = (kind.value, subject, grade)
    return next(
        (
            scale
            for name, first, last, scale in _scales()
            if name == wanted and first <= year <= last and maximum in (None, scale.maximum)
        ),
        None,
    )


@lru_cache(maxsize=1)
def _scales() -> tuple[tuple[tuple[str, str, int], int, int, MarkScale], ...]:
    entries = load_resource("thresholds", "mark_scales.json")["scales"]
    return tuple(
        (
            (e["assessment"], e["subject"], e["grade"]),
            e["first_year"],
            e["last_year"],
            MarkScale(
                e["maximum"],
                {int(mark): (band[0], band[1]) for mark, band in e["marks"].items()},
                e["source"],
                e["confirmed"],
            ),
        )
        for e in entries
    )


@lru_cache(maxsize=1)
def rcoi_digits() -> int:
    """Return how many digits a school's code of the РЦОИ has (domain.md §4)."""
    return int(load_resource("thresholds", "school_codes.json")["rcoi_digits"])
