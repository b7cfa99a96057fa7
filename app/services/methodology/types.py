"""Frozen types of the rules: what goes in (outcomes, a rule set) and what comes out (a verdict)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum

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
    whole numbers; ``given_percent`` is that percentage as the file writes it.  None is "not known".
    """

    procedure: ProcedureKey
    year: int
    participants: int | None
    below: int | None
    exact: bool = True
    given_percent: float | None = None

    @property
    def percent(self) -> float | None:
        """Share of ``below`` in per cent: from the counts, else as given, else not known."""
        if not self.participants:
            return None
        if self.below is None:
            return self.given_percent
        return 100.0 * self.below / self.participants


class Join(StrEnum):
    """How rules A and B make a school ШНОР together."""

    OR = "или"
    AND = "и"


class YearsBack(StrEnum):
    """What «два года подряд» means when a school had no result in a year."""

    CALENDAR = "календарные годы"
    HELD = "последние два проведения"
    """The school's own last results in the procedure, up to and with the year itself."""


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
class ParameterNote:
    """Where the value of one parameter comes from; ``name`` is the key in the data file."""

    name: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RiskZoneRule:
    """When a school that is not ШНОР is watched; per cents and percentage points, None is off."""

    one_low_procedure: bool
    near_from_percent: Decimal | None
    growth_points: Decimal | None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a methodology; see ``resources/methodologies`` for the data and sources.

    Per cents are Decimal: at the threshold a binary fraction would decide wrongly.
    """

    key: str
    version: int
    title: str
    first_year: int
    last_year: int | None
    legal_basis: tuple[LegalBasis, ...]
    counted: tuple[CountedProcedures, ...]
    threshold_percent: Decimal
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
    borderline_points: Decimal
    """A rounded share nearer to the threshold than this, in points, is marked «пограничное»."""
    risk_zone: RiskZoneRule
    notes: tuple[ParameterNote, ...] = ()

    def counts(self, procedure: ProcedureKey) -> bool:
        """Return whether the procedure counts at all."""
        return any(
            procedure.kind is counted.kind
            and procedure.subject in counted.subjects
            and (counted.grades is None or procedure.grade in counted.grades)
            for counted in self.counted
        )


@dataclass(frozen=True, slots=True)
class Margin:
    """How far one counted procedure of the year is from the threshold.

    ``points`` is its share minus the threshold, in percentage points; ``pupils`` is the smallest
    number of pupils whose result would have to change for the procedure to cross it.
    """

    outcome: Outcome
    points: float
    pupils: int


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a school is from the border of ШНОР, on its own side of it.

    For a school inside, ``pupils`` is the smallest number of pupils whose results would have to
    rise above the minimum for it to leave; for one outside, whose fall would bring it in.  None
    where nothing was counted, or where the counted procedures are too few for the rule.
    """

    pupils: int | None
    text: str
    """One Russian sentence."""
    steps: tuple[Margin, ...] = ()
    """The procedures of that shortest way."""
    margins: tuple[Margin, ...] = ()
    """Every counted procedure of the year, the worst first."""


class RiskKind(Enum):
    """Why an outcome is watched although the school is not ШНОР."""

    LOW = "low"
    NEAR = "near"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class RiskSign:
    """A sign of the «зона риска»; ``before`` is the year before where growth was seen."""

    kind: RiskKind
    outcome: Outcome
    before: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found before it is put into words; lists are in the order of procedures."""

    year: int
    category: Category
    counted: tuple[Outcome, ...]
    """Outcomes of the year that count."""
    low: tuple[Outcome, ...]
    """Those of them that are low."""
    rule_a: bool
    rule_b: tuple[ProcedureKey, ...]
    run: tuple[Outcome, ...]
    """Low outcomes of earlier years that rule B rests on."""
    signs: tuple[RiskSign, ...]
    left_out: tuple[Outcome, ...]
    """Outcomes of the year in counted procedures that could not be counted."""
    unmatched: tuple[Outcome, ...]
    """Low outcomes of the year whose earlier years, needed for rule B, have no result."""
    has_past: bool
    """The year before has at least one counted outcome."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one school in one year, with everything the sentence is made of."""

    category: Category
    low: tuple[Outcome, ...]
    """Low outcomes of the year and, for rule B, those of the earlier years it rests on."""
    rule_a: bool
    rule_b: tuple[ProcedureKey, ...]
    """Procedures of the year by which rule B holds."""
    counted: int
    """How many outcomes of the year were counted at all."""
    risk_notes: tuple[str, ...]
    distance: Distance
    warnings: tuple[str, ...]
    reason: str
    """One Russian sentence."""
    no_data: bool = False
    """Nothing was counted in the year: the category is «вне групп» only for want of data."""
