"""What tells a retake, a reserve day or an additional period of an exam: data, read once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.models.enums import AssessmentKind, DaysAnswer
from app.services.importing.facts import Procedure
from app.services.importing.subjects import load_resource

ASIDE = "aside"
"""The field of a block that names the cell which calls the whole table a retake."""

DaysKey = tuple[AssessmentKind, int, str]
"""Kind, year and subject: what one answer is about."""


@dataclass(frozen=True)
class _Rules:
    period: timedelta
    aside: re.Pattern[str]
    together: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    found = load_resource("thresholds", "exam_days.json")
    return _Rules(
        timedelta(days=found["period_days"]),
        re.compile(found["aside"]),
        re.compile(found["together"]),
    )


def days_key(procedure: Procedure) -> DaysKey:
    """Return what the answer about the days of a procedure is kept under."""
    return procedure.kind, procedure.year, procedure.subject


def key_text(key: DaysKey) -> str:
    """Return the key as decisions name it: ``ОГЭ|2026|Математика``."""
    kind, year, subject = key
    return f"{kind.value}|{year}|{subject}"


def read_key(text: str) -> DaysKey:
    """Return the key that ``key_text`` wrote; ValueError for anything else."""
    kind, year, subject = text.split("|", 2)
    return AssessmentKind(kind), int(year), subject


def answers_of(
    decided: Mapping[str, DaysAnswer], remembered: Mapping[DaysKey, DaysAnswer]
) -> dict[DaysKey, DaysAnswer]:
    """Return every known answer, those given now over the remembered ones."""
    return {**remembered, **{read_key(text): answer for text, answer in decided.items()}}


def is_aside(text: str) -> bool:
    """Return whether a title calls its table one of a retake, a reserve day or a later period.

    «Основной и резервный дни», «с учётом пересдачи» speak of the whole exam.
    """
    plain = text.casefold().replace("ё", "е")
    return bool(_rules().aside.search(plain)) and not _rules().together.search(plain)


def is_other_period(days: Collection[date]) -> bool:
    """Return whether the days lie too far apart to be of one period of exams."""
    return len(days) > 1 and max(days) - min(days) > _rules().period


def proposed(days: Collection[date]) -> DaysAnswer:
    """Return the answer that the program proposes; it is never taken without a person.

    Within one period the later mark is the pupil's; another period shows who was taught after.
    """
    return DaysAnswer.MAIN if is_other_period(days) else DaysAnswer.LATEST
