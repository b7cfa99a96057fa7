"""Whether a task was done well enough for its level, by the recommendations of ФИОКО of 2026.

Source: domain.md §5: basic tasks from 60 % are «достаточный», below 57 % «недостаточный»; advanced
and high ones from 30 % and below 28,5 %.  Files do not say which level a task has, so without one
only what holds for both levels is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Level of a task."""

    BASIC = "базовый"
    ADVANCED = "повышенный или высокий"


class Grade(StrEnum):
    """How a task was done."""

    ENOUGH = "достаточный"
    BORDER = "пограничный"
    SHORT = "недостаточный"
    UNKNOWN = "зависит от уровня задания"


@dataclass(frozen=True, slots=True)
class LevelLimits:
    """Per cent of the highest score: enough from, short below; between them is the border zone."""

    enough: float
    short: float


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """Limits by level."""

    basic: LevelLimits
    advanced: LevelLimits


def grade(percent: float, level: Level | None, limits: TaskLimits) -> Grade:
    """Return how a task was done; without a level only what both levels agree on."""
    if level is not None:
        return _of(percent, limits.basic if level is Level.BASIC else limits.advanced)
    both = {_of(percent, limits.basic), _of(percent, limits.advanced)}
    return both.pop() if len(both) == 1 else Grade.UNKNOWN


def _of(percent: float, limits: LevelLimits) -> Grade:
    if percent >= limits.enough:
        return Grade.ENOUGH
    return Grade.SHORT if percent < limits.short else Grade.BORDER
