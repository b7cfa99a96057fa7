"""What the page shows: a line for each school, the parts of an explanation."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from app.models.enums import Basis, Category
from app.services.methodology import SchoolVerdict
from app.ui.category_chips import category_chip
from app.ui.itemmodels.columns import Chip, Mark, Sign
from app.ui.numbers import Share
from app.ui.theme.colors import Tone


class Standing(Enum):
    """Who has spoken of a school, and what."""

    WAITING = "ждёт решения"
    CONFIRMED = "подтверждено"
    CHANGED = "решение специалиста"
    REGION = "перечень региона"


class Attention(Enum):
    """Why a school should be looked at before the list is signed."""

    DISAGREEMENT = "расхождение"
    OUTDATED = "расчёт изменился"
    BORDERLINE = "пограничное"
    MOVED = "новая категория"
    BIASED = "признаки необъективности"
    SMALL = "малая выборка"


class ClassLine(NamedTuple):
    """One school: the verdict of the year, and what it was a year before."""

    found: SchoolVerdict
    before: Category | None
    """Computed category of the year before; None where there were no data or no rules."""
    since: str
    """Sentence about what changed; empty where nothing can be compared."""
    biased: bool
    """The official list marks the school in the year."""

    @property
    def id(self) -> int:
        return self.found.school_id

    @property
    def computed(self) -> Category | None:
        """The computed category, None without data."""
        return None if self.found.verdict.no_data else self.found.verdict.category

    @property
    def in_force(self) -> Category | None:
        """The decided category, else the computed one, None without both."""
        return self.found.category if self.found.decision else self.computed

    @property
    def standing(self) -> Standing | None:
        """Who has decided; None where there is nothing to decide on."""
        decision = self.found.decision
        if decision is None:
            return Standing.WAITING if self.computed else None
        if decision.basis is Basis.COMPUTED:
            return Standing.CONFIRMED
        return Standing.REGION if decision.basis is Basis.REGION else Standing.CHANGED

    @property
    def attention(self) -> tuple[Attention, ...]:
        """Everything that asks for a second look."""
        found = self.found
        moved = self.before is not None and self.before is not self.computed
        asked = {
            Attention.DISAGREEMENT: found.disagreement or found.against_region,
            Attention.OUTDATED: found.changed and not found.disagreement,
            Attention.BORDERLINE: found.verdict.borderline,
            Attention.MOVED: moved and self.computed is not None,
            Attention.BIASED: self.biased,
            Attention.SMALL: found.verdict.small_sample,
        }
        return tuple(kind for kind, holds in asked.items() if holds)

    @property
    def pupils(self) -> int | None:
        """How many results separate the school from the border of ШНОР."""
        return None if self.found.verdict.no_data else self.found.verdict.distance.pupils


class ProcedureLine(NamedTuple):
    """A result that the explanation rests on; ``result_id`` None when its row is gone."""

    result_id: int | None
    title: str
    year: int
    figures: str
    percent: Share | None
    points: float | None
    """Percentage points above the threshold; negative below it; None for an earlier year."""
    pupils: int | None
    """How many results would have to change to cross the threshold."""
    mark: Mark | None


class PartLine(NamedTuple):
    """What one indicator adds to the ИСБ."""

    title: str
    value: float | None
    weight: float
    points: float | None


class Explanation(NamedTuple):
    """Everything the panel shows of a school."""

    line: ClassLine
    year: int
    methodology: str
    decision: str
    """Sentence about the decision, empty without one."""
    region: str
    """What the region's list says and whether it agrees, empty without a list."""
    procedures: tuple[ProcedureLine, ...]
    conditions: str
    """Sentence about ШНСУ, empty where the methodology does not decide on it."""
    parts: tuple[PartLine, ...]
    bias: str
    """Marks of the official list, with what they do not mean."""
    signals: str = ""
    """Own signals with formula and sample; they never change a category."""


def chip_in_force(line: ClassLine) -> Chip:
    """Return the chip of the category that counts."""
    return category_chip(line.in_force)


def chip_computed(line: ClassLine) -> Chip:
    """Return the chip of what the rules say now."""
    return category_chip(line.computed)


def chip_region(line: ClassLine) -> Chip | None:
    """Return the chip of what the region's list says; none without a list."""
    return category_chip(line.found.region.category) if line.found.region else None


_STANDING = {
    Standing.WAITING: (Tone.INFO, Sign.DOT, "предложено"),
    Standing.CONFIRMED: (Tone.SUCCESS, Sign.CHECK, "подтверждено"),
    Standing.CHANGED: (Tone.WARNING, Sign.ALERT, "изменено"),
    Standing.REGION: (Tone.WARNING, Sign.ALERT, "по региону"),
}


def chip_standing(line: ClassLine) -> Chip | None:
    """Return the chip of the decision; none where there is nothing to decide on."""
    return Chip(*_STANDING[line.standing]) if line.standing else None
