"""Which scale and which minimum serve a year: what the office wrote comes before the program's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from app.models.enums import AssessmentKind
from app.services.scales.reading import limits, shipped_minimums, shipped_scales
from app.services.scales.types import MarkScale, MinScore, Unit


@dataclass(frozen=True, slots=True)
class Scales:
    """All scales and minimums that can serve; the first that covers a year does."""

    marks: tuple[MarkScale, ...]
    minimums: tuple[MinScore, ...]

    def mark_scale(
        self,
        kind: AssessmentKind,
        subject: str,
        grade: int,
        year: int,
        maximum: int | None = None,
    ) -> MarkScale | None:
        """Return the scale of a procedure; with ``maximum`` only one of that highest score."""
        for scale in self.marks:
            covers = scale.first_year <= year <= scale.last_year
            wanted = scale.procedure == (kind, subject, grade)
            if covers and wanted and maximum in (None, scale.maximum):
                return scale
        return None

    def minimum(self, kind: AssessmentKind, subject: str, year: int) -> MinScore | None:
        """Return the minimum of an exam, None when that of the year is not known."""
        for minimum in self.minimums:
            covers = minimum.first_year <= year <= minimum.last_year
            if covers and minimum.procedure == (kind, subject):
                return minimum
        return None

    def gives_marks(self, kind: AssessmentKind, subject: str) -> bool:
        """Return whether the results are marks: everywhere but in the ЕГЭ by test scores."""
        if kind is not AssessmentKind.EGE:
            return True
        return any(m.mark for m in self.minimums if m.procedure == (kind, subject))

    def result_limits(self, kind: AssessmentKind, subject: str) -> range:
        """Return between which numbers a result, and so a mean of results, can lie."""
        return limits()[Unit.MARK if self.gives_marks(kind, subject) else Unit.SCORE]


def shipped() -> Scales:
    """Return the scales and minimums of the program alone."""
    return Scales(shipped_scales(), shipped_minimums())


_USED: ContextVar[Scales | None] = ContextVar("scales", default=None)


def used() -> Scales:
    """Return those that serve the work in hand: of the office inside ``using``, else shipped."""
    return _USED.get() or shipped()


@contextmanager
def using(scales: Scales) -> Iterator[None]:
    """Let these serve inside the block: layouts are pure and know of no database."""
    token = _USED.set(scales)
    try:
        yield
    finally:
        _USED.reset(token)
