"""Frozen types of the indicators' public face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from app.models.enums import BetterWhen, Severity
from app.services.changes import ChangeSet
from app.services.indicators.periods import Slot


@dataclass(frozen=True, slots=True)
class Value:
    """One value: the text as written and the number in it, with what it was counted from."""

    text: str
    number: float | None
    numerator: float | None = None
    denominator: float | None = None
    on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator or a heading in its place in the tree."""

    id: int
    parent_id: int | None
    goal_id: int | None
    level: int
    """0 for the outermost rows."""
    number: str
    """As printed; empty where the program counts."""
    counted: str
    """The number by the place in the tree, for rows without one of their own."""
    title: str
    unit: str
    better: BetterWhen | None
    formula: str
    source: str
    method: str
    is_group: bool
    extra: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Slot, Value] = field(default_factory=dict)

    @property
    def shown_number(self) -> str:
        """The number as printed, or the counted one."""
        return self.number or self.counted


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal of the programme under which indicators stand."""

    id: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The indicators of one programme, parents before their children, in printed order."""

    programme_id: int
    title: str
    first_year: int
    last_year: int
    slots: tuple[Slot, ...]
    """Columns of values: the stored ones and a plan and a fact for every year of the programme."""
    goals: tuple[GoalRow, ...]
    rows: tuple[IndicatorRow, ...]

    def row(self, indicator_id: int) -> IndicatorRow | None:
        """Return the row of that id."""
        return next((row for row in self.rows if row.id == indicator_id), None)

    def goal(self, goal_id: int | None) -> GoalRow | None:
        """Return the goal of that id."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme for the list of choices, with how many indicators it has."""

    id: int
    title: str
    first_year: int
    last_year: int
    indicators: int


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """A new text of one value; an empty one takes the value out."""

    indicator_id: int
    slot: Slot
    text: str


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A new content of one field: title, number, unit, better, formula, source, method, group."""

    indicator_id: int
    field: str
    text: str


Edit = ValueEdit | FieldEdit


@dataclass(frozen=True, slots=True)
class Added:
    """A new indicator and what changed."""

    indicator_id: int
    changes: ChangeSet


class FindingKind(Enum):
    """What a check found."""

    PLAN_WORSE = "план хуже базового"
    BASE_IS_FINAL = "базовое равно конечному плану"
    STEP_BACK = "план позднего года хуже раннего"
    NO_DENOMINATOR = "нет знаменателя"
    NO_UNIT = "нет единицы измерения"
    NO_NUMBER = "текст без числа"
    IMPOSSIBLE = "невозможная доля"
    NO_PLAN = "нет плана"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is doubtful, in Russian, and the cell that it leads to; no slot means the row."""

    kind: FindingKind
    severity: Severity
    indicator_id: int
    slot: Slot | None
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Behind:
    """One school behind a computed share; ``counted`` None means that its data do not say."""

    school_id: int
    school: str
    counted: bool | None
    why: str
    part: int | None = None
    """Of what is counted (pupils, factors) where a school contributes more than itself."""
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A share counted from the data; without a denominator there is no value, never a zero."""

    formula: str
    year: int
    numerator: int
    denominator: int
    schools: tuple[Behind, ...]
    note: str = ""
    """What a person should know: whose list, what was left out."""
    half: int = 0
    """1 or 2 when it was counted by the end of that half-year; 0 for the year."""

    @property
    def period(self) -> str:
        """The period of the value: «2025», «2025-1»."""
        return f"{self.year}-{self.half}" if self.half else str(self.year)

    @property
    def percent(self) -> float | None:
        """The share in per cent; None without a denominator."""
        return 100.0 * self.numerator / self.denominator if self.denominator else None


class ProposalState(Enum):
    """How a computed share stands to the stored fact."""

    NO_DATA = "нет данных"
    NEW = "предлагается"
    SAME = "совпадает"
    CHANGED = "данные изменились"
    DIFFERS = "введено другое"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A computed fact that a person may accept, beside the stored one."""

    indicator_id: int
    slot: Slot
    computed: Computed
    stored: Value | None
    state: ProposalState


@dataclass(frozen=True, slots=True)
class FormulaInfo:
    """A formula over the data: what is counted of what, and where the definition comes from."""

    key: str
    title: str
    numerator: str
    denominator: str
    unit: str
    better: BetterWhen
    source: str
    confirmed: bool
