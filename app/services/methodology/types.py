"""Frozen types of the rules: what goes in (outcomes, a rule set) and what comes out (a verdict)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.models.enums import AssessmentKind, Category


@dataclass(frozen=True, slots=True, order=True)
class ProcedureKey:
    """A procedure without its year: two grades of one subject are two procedures."""

    kind: AssessmentKind
    subject: str
    grade: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a school achieved in a procedure of a year; ``below`` of ``participants`` pupils.

    ``exact`` is False when ``below`` was recovered from a rounded percentage that fits several
    whole numbers; ``given_percent`` is that percentage as the file writes it.
    """

    procedure: ProcedureKey
    year: int
    participants: int
    below: int
    exact: bool = True
    given_percent: float | None = None

    @property
    def percent(self) -> float:
        """Share of ``below`` in per cent, from the counts."""
        return 100.0 * self.below / self.participants if self.participants else 0.0


class Join(StrEnum):
    """How rules A and B make a school ШНОР together."""

    OR = "или"
    AND = "и"


class YearsBack(StrEnum):
    """What «два года подряд» means when a procedure was not held in a year."""

    CALENDAR = "календарные годы"
    HELD = "последние два проведения"


@dataclass(frozen=True, slots=True)
class CountedProcedures:
    """Procedures of one kind that count; ``grades`` None means every grade."""

    kind: AssessmentKind
    subjects: tuple[str, ...]
    grades: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An act or source behind the rules; an unconfirmed one is shown as such."""

    title: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RiskZoneRule:
    """When a school that is not ШНОР is watched; per cents and percentage points."""

    one_low_procedure: bool
    near_from_percent: float | None
    growth_points: float | None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a methodology; see ``resources/methodologies`` for the data and sources."""

    key: str
    version: int
    title: str
    first_year: int
    last_year: int | None
    legal_basis: tuple[LegalBasis, ...]
    counted: tuple[CountedProcedures, ...]
    threshold_percent: float
    rule_a_procedures: int | None
    """Rule A: at least so many different low procedures in one year; None switches it off."""
    rule_b_years: int | None
    """Rule B: low so many years running; None switches it off."""
    rule_b_same: bool
    """Rule B looks at the same procedure; otherwise at any low procedure in each year."""
    rule_b_years_back: YearsBack
    join: Join
    min_participants: int
    small_sample: int
    """Below so many participants the sentence warns of a small sample."""
    borderline_points: float
    """A share nearer to the threshold than this, in points, is marked «пограничное»."""
    risk_zone: RiskZoneRule


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a school is from the border of ШНОР, on its own side of it.

    For a school inside, the smallest number of pupils whose results would have to rise above the
    minimum for it to leave; for one outside, whose fall would bring it in.  None where no
    procedure was counted.
    """

    pupils: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one school in one year, with everything the sentence is made of."""

    category: Category
    low: tuple[Outcome, ...]
    """Low procedures that made the category, of ``year`` and, for rule B, the year before."""
    rule_a: bool
    rule_b: tuple[ProcedureKey, ...]
    """Procedures low in consecutive years (the same ones, or any by the rule set)."""
    counted: int
    """How many outcomes of the year were counted at all."""
    risk_notes: tuple[str, ...]
    distance: Distance
    warnings: tuple[str, ...]
    reason: str
    """One Russian sentence."""
