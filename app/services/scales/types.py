"""Frozen types of scales of marks and minimum scores, and what makes one of them wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.models.enums import AssessmentKind

MARKS = (2, 3, 4, 5)
_YEARS = (1990, 2200)
_MOST = 1000
"""No work gives more points; it stops slips of the pen."""


class Unit(StrEnum):
    """What a minimum is measured in."""

    SCORE = "балл"
    """A test score of the ЕГЭ, 0–100."""
    MARK = "отметка"
    """The exam gives marks and no scores (базовая математика)."""
    PRIMARY = "первичный балл"


@dataclass(frozen=True, slots=True)
class Condition:
    """A mark is given only with so many points for a part of the work (ГК, геометрия)."""

    mark: int
    part: str
    least: int


@dataclass(frozen=True, slots=True)
class MarkScale:
    """Which primary scores make which mark in a procedure, in the years from first to last.

    ``bands`` holds the first and the last score of «2», «3», «4», «5».
    """

    kind: AssessmentKind
    subject: str
    grade: int
    first_year: int
    last_year: int
    maximum: int
    bands: tuple[tuple[int, int], ...]
    conditions: tuple[Condition, ...]
    source: str
    confirmed: bool

    @property
    def procedure(self) -> tuple[AssessmentKind, str, int]:
        """What the scale is of; in one year a procedure has one scale."""
        return (self.kind, self.subject, self.grade)

    @property
    def title(self) -> str:
        """«ОГЭ, Математика, 9 класс, 2020–2026»."""
        return f"{self.kind}, {self.subject}, {self.grade} класс, {_span(self)}"

    def mark(self, score: int) -> int | None:
        """Return the mark of a primary score, None outside of the scale; conditions left aside."""
        for mark, (low, high) in zip(MARKS, self.bands, strict=True):
            if low <= score <= high:
                return mark
        return None


@dataclass(frozen=True, slots=True)
class MinScore:
    """The lowest score or mark by which an exam is passed, in the years from first to last."""

    kind: AssessmentKind
    subject: str
    first_year: int
    last_year: int
    score: int
    unit: Unit
    source: str
    confirmed: bool
    note: str = ""

    @property
    def mark(self) -> bool:
        """Whether the minimum is a mark: the exam gives no scores."""
        return self.unit is Unit.MARK

    @property
    def procedure(self) -> tuple[AssessmentKind, str]:
        """What the minimum is of; in one year an exam has one minimum."""
        return (self.kind, self.subject)

    @property
    def title(self) -> str:
        """«ЕГЭ, Физика, 2026»."""
        return f"{self.kind}, {self.subject}, {_span(self)}"


def scale_faults(scale: MarkScale) -> tuple[str, ...]:
    """Return in Russian what is wrong with a scale; empty when it can serve."""
    return tuple(_scale_faults(scale))


def minimum_faults(minimum: MinScore, limits: range) -> tuple[str, ...]:
    """Return in Russian what is wrong with a minimum; ``limits`` are the scores of its unit."""
    return tuple(_minimum_faults(minimum, limits))


def overlapping(wanted: MarkScale | MinScore, others: Iterable[MarkScale | MinScore]) -> str:
    """Return which other one claims a year of the same procedure, empty when none does."""
    for other in others:
        same = other.procedure == wanted.procedure
        if same and other.first_year <= wanted.last_year and wanted.first_year <= other.last_year:
            year = max(other.first_year, wanted.first_year)
            return f"годы пересекаются: на {year} год уже есть запись «{other.title}»."
    return ""


def _scale_faults(scale: MarkScale) -> Iterator[str]:
    yield from _common_faults(scale)
    if not 1 <= scale.grade <= 12:
        yield f"класс от 1 до 12, а стоит {scale.grade}."
    if not 0 < scale.maximum <= _MOST:
        yield f"наибольший балл от 1 до {_MOST}, а стоит {scale.maximum}."
    expected = 0
    for mark, (low, high) in zip(MARKS, scale.bands, strict=True):
        if low != expected:
            what = "пропущены" if low > expected else "пересекаются"
            yield f"баллы отметки «{mark}» начинаются с {low}, ждали {expected}: баллы {what}."
        if high < low:
            yield f"у отметки «{mark}» последний балл {high} меньше первого {low}."
        expected = high + 1
    if scale.bands[-1][1] != scale.maximum:
        yield f"отметка «5» кончается на {scale.bands[-1][1]}, а наибольший балл {scale.maximum}."
    for condition in scale.conditions:
        yield from _condition_faults(condition, scale)


def _condition_faults(condition: Condition, scale: MarkScale) -> Iterator[str]:
    if condition.mark not in MARKS[1:]:
        yield f"условие бывает для отметок 3, 4 и 5, а стоит {condition.mark}."
    if not condition.part.strip():
        yield "не сказано, за какую часть работы нужны баллы."
    if not 0 < condition.least <= scale.maximum:
        yield f"условие требует {condition.least}, а бывает от 1 до {scale.maximum}."


def _minimum_faults(minimum: MinScore, limits: range) -> Iterator[str]:
    yield from _common_faults(minimum)
    if minimum.score not in limits:
        allowed = f"от {limits.start} до {limits.stop - 1}"
        yield f"минимум ({minimum.unit}) бывает {allowed}, а стоит {minimum.score}."


def _common_faults(entry: MarkScale | MinScore) -> Iterator[str]:
    if not entry.subject.strip():
        yield "не назван предмет."
    first, last = entry.first_year, entry.last_year
    if not (_YEARS[0] <= first <= _YEARS[1] and _YEARS[0] <= last <= _YEARS[1]):
        yield f"годы от {_YEARS[0]} до {_YEARS[1]}, а стоит {first}–{last}."
    if last < first:
        yield f"последний год {last} раньше первого {first}."
    if not entry.source.strip():
        yield "не указан источник: письмо, приказ или сайт, откуда взяты числа."


def _span(entry: MarkScale | MinScore) -> str:
    first, last = entry.first_year, entry.last_year
    return f"{first}" if first == last else f"{first}–{last}"
