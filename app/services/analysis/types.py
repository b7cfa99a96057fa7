"""What the analysis says of schools, districts and procedures: frozen, with nothing hidden."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.models.enums import AssessmentKind, ReferenceScope
from app.services.analysis.similar import SimilarGroup
from app.services.analysis.tasks import Grade, Level
from app.services.analysis.uncertainty import Trend
from app.services.analysis.weighted import Measure, Scale, Weighted
from app.services.methodology import Signal

ProcedureName = tuple[AssessmentKind, str, int]
"""Kind, subject and grade: a procedure without its year."""


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A procedure in one year, of a school or of the schools of the district together."""

    year: int
    below: Weighted
    success: Weighted
    quality: Weighted
    mean: Weighted
    growth: Fraction | None = None
    """Percentage points of «2» more than a year before; None without results of that year."""
    grown: bool = False
    """The growth reaches the limit of the recommendations."""
    small: bool = False
    """Fewer participants than a group needs to be judged."""

    def of(self, measure: Measure) -> Weighted:
        """Return one of its measures."""
        found: Weighted = getattr(self, measure.value)
        return found


@dataclass(frozen=True, slots=True)
class StatedPoint:
    """What a file says of the country, the region or the district in a year, per cent."""

    year: int
    participants: int | None
    below: Fraction | None
    success: Fraction | None
    quality: Fraction | None
    mean: Fraction | None

    def of(self, measure: Measure) -> Fraction | None:
        """Return one of its measures."""
        found: Fraction | None = getattr(self, measure.value)
        return found


@dataclass(frozen=True, slots=True)
class StatedLine:
    """Figures of one reference scope over the years."""

    scope: ReferenceScope
    name: str
    points: tuple[StatedPoint, ...]


@dataclass(frozen=True, slots=True)
class ProcedureDynamics:
    """One procedure over the years: the school (empty without one), the district, what is stated.

    ``district`` is computed from the schools' own results; ``stated`` is what files say, also of
    the district itself: the two may differ, and both are shown.
    """

    procedure: ProcedureName
    scale: Scale
    school: tuple[YearPoint, ...]
    district: tuple[YearPoint, ...]
    stated: tuple[StatedLine, ...]
    trend: Trend | None
    """Of the school, or of the district when no school was asked for."""
    trend_text: str


@dataclass(frozen=True, slots=True)
class Dynamics:
    """All procedures over the years; ``school_id`` None is the whole district."""

    school_id: int | None
    title: str
    years: tuple[int, ...]
    """Ascending."""
    procedures: tuple[ProcedureDynamics, ...]


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """Where a school stands in one procedure among similar ones, without anybody's name."""

    procedure: ProcedureName
    scale: Scale
    own: Fraction | None
    participants: int | None
    others: tuple[Fraction, ...]
    """Ascending, so that no order of schools can be read from it."""
    group: Fraction | None
    """The whole group together, our own school too, weighted."""
    district: Fraction | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A school inside its group of similar schools in a year."""

    group: SimilarGroup
    measure: Measure
    year: int
    places: tuple[GroupPlace, ...]


@dataclass(frozen=True, slots=True)
class SignalRow:
    """An own signal of one procedure; ``about`` says what its scale or its region rests on."""

    procedure: ProcedureName
    year: int
    signal: Signal
    about: str = ""


@dataclass(frozen=True, slots=True)
class SchoolSignals:
    """The own signals of a school in a year: «внутренний сигнал», never a verdict."""

    school_id: int
    school: str
    rows: tuple[SignalRow, ...]
    official: tuple[str, ...]
    """Markers of the imported official list: «4 РУ»."""
    missing: tuple[str, ...]
    """What could not be computed and for want of what, in Russian."""

    @property
    def flagged(self) -> tuple[SignalRow, ...]:
        """The signals that ask for a look."""
        return tuple(row for row in self.rows if row.signal.flagged)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task of a procedure: how well it was done, by whom, and what is known of its level."""

    code: str
    percent: Fraction
    maximum: int | None
    level: Level | None
    grade: Grade
    district: Fraction | None
    """As the file gives it for the district; None when it does not."""
    region: Fraction | None


@dataclass(frozen=True, slots=True)
class TaskReport:
    """The tasks of one procedure of a year."""

    procedure: ProcedureName
    year: int
    participants: int | None
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class BandLine:
    """Scores of an exam in three bands, in pupils; None is «нет данных»."""

    subject: str
    year: int
    school: str
    """Empty for the district as a whole."""
    participants: int | None
    low: int | None
    middle: int | None
    high: int | None
    source: str
    """Whose figures, or why there are none."""


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A row of the table of subjects: three measures a year before and now."""

    subject: str
    grade: int | None
    """None in the row that joins the grades of a subject."""
    before: YearPoint | None
    now: YearPoint | None
    stated_before: StatedPoint | None = None
    stated_now: StatedPoint | None = None


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """Качество, средний балл and успеваемость by subject in two years, as offices print it."""

    kind: AssessmentKind
    before: int
    now: int
    lines: tuple[SubjectLine, ...]
