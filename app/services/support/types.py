"""Frozen types of the support of schools: risks, papers, appointments, pairs, networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.enums import Category, PaperState, SchoolPaper, Significance, SupportRole
from app.services.changes import ChangeSet
from app.services.people.types import Who


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of the field that a check compares with; not every one has an official source."""

    value: int
    title: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Subfactor:
    """A part of a risk factor; ``confirmed`` says whether its source is an official one."""

    title: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Factor:
    """A risk factor: one of the ten of «500+», or the office's own (without a number there)."""

    key: str
    position: int
    title: str
    subfactors: tuple[Subfactor, ...] = ()
    own_id: int | None = None
    active: bool = True
    note: str = ""
    short: str = ""
    """A word for a narrow column; an own factor has its title only."""

    @property
    def heading(self) -> str:
        """The heading of a narrow column: number and a word."""
        return f"{self.position}. {self.short or self.title}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one cell of the matrix says of a factor in a school.

    Without a significance nobody assessed it, which is not the same as «не выявлен».
    """

    significance: Significance | None = None
    actual: bool = False
    priority: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the cell says nothing at all."""
        return self == Mark()


@dataclass(frozen=True, slots=True)
class RiskCell:
    """A filled cell: its mark, and how the risk was resolved."""

    mark: Mark
    resolved_on: date | None = None
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RiskSchool:
    """A row of the matrix; ``category`` is None where the rules say nothing of the year."""

    id: int
    name: str
    category: Category | None

    @property
    def in_support(self) -> bool:
        """Whether the school is on a list of the year or in the zone of risk."""
        return self.category not in (None, Category.NONE)


@dataclass(frozen=True)
class RiskMatrix:
    """All schools × factors of one year; absent cells were never assessed."""

    year: int
    schools: tuple[RiskSchool, ...]
    factors: tuple[Factor, ...]
    cells: Mapping[tuple[int, str], RiskCell]
    warnings: tuple[str, ...] = ()
    """What is odd, in Russian: more priorities than usual, a priority that is not actual."""

    def cell(self, school_id: int, factor: str) -> RiskCell | None:
        """Return the cell, None where nothing was entered."""
        return self.cells.get((school_id, factor))


@dataclass(frozen=True, slots=True)
class Copied:
    """What copying a year did.

    ``kept`` cells had a mark of their own already; ``resolved`` ones were done with last year and
    begin the new one not assessed.
    """

    copied: int
    kept: int
    resolved: int
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Gap:
    """A priority without a measure, or a measure without a risk, as one Russian sentence."""

    school_id: int | None
    school: str
    factor: str
    factor_title: str
    text: str
    activity_id: int | None = None
    roadmap_id: int | None = None
    """Where the measure stands."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document that a school writes for its support."""

    id: int
    school_id: int
    school: str
    year: int
    kind: SchoolPaper
    factor: str
    title: str
    number: str
    issued_on: date | None
    due: date | None
    valid_until: date | None
    state: PaperState
    link: str
    note: str

    @property
    def is_ready(self) -> bool:
        """Whether the school has it."""
        return self.state in (PaperState.APPROVED, PaperState.PUBLISHED)

    def is_overdue(self, today: date) -> bool:
        """Whether it is awaited since a day before ``today``."""
        return not self.is_ready and self.due is not None and self.due < today

    def is_expired(self, today: date) -> bool:
        """Whether the school has it, but it was in force only until a day before ``today``."""
        return self.is_ready and self.valid_until is not None and self.valid_until < today


@dataclass(frozen=True, slots=True)
class PaperForm:
    """What a person enters of a school's document."""

    school_id: int
    year: int
    kind: SchoolPaper
    factor: str = ""
    title: str = ""
    number: str = ""
    issued_on: date | None = None
    due: date | None = None
    valid_until: date | None = None
    state: PaperState = PaperState.ABSENT
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentForm:
    """Who is appointed to what.

    ``person`` None: the name is not known yet, which is reported and never invented.
    ``organization`` only where it differs from the directory or the person is not known.
    """

    role: SupportRole
    school_id: int | None = None
    person: Who | None = None
    organization: Who | None = None
    post: str = ""
    order_text: str = ""
    first_day: date | None = None
    last_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as lists show it; ``problems`` are Russian sentences, empty when all is well.

    ``person_cases`` and ``post_cases`` are for orders; a name not known is an empty text.
    """

    id: int
    role: SupportRole
    school_id: int | None
    school: str
    person_id: int | None
    person: str
    post: str
    organization_id: int | None
    organization: str
    """Where the person works."""
    order_text: str
    first_day: date | None
    last_day: date | None
    note: str
    person_cases: Mapping[str, str] = field(default_factory=dict)
    post_cases: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day; without dates it holds always."""
        begun = self.first_day is None or self.first_day <= day
        return begun and (self.last_day is None or self.last_day >= day)

    def touches(self, year: int) -> bool:
        """Whether it holds on any day of a year."""
        begun = self.first_day is None or self.first_day.year <= year
        return begun and (self.last_day is None or self.last_day.year >= year)


@dataclass(frozen=True, slots=True)
class PairForm:
    """A school, the one that mentors it, and their agreement."""

    school_id: int
    mentor: Who
    subject: str = ""
    agreement_number: str = ""
    agreement_date: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PairRow:
    """A mentor pair as lists show it."""

    id: int
    school_id: int
    school: str
    mentor: Who
    mentor_school_id: int | None
    subject: str
    agreement_number: str
    agreement_date: date | None
    first_day: date | None
    last_day: date | None
    note: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberForm:
    """A member of a group and what it does there."""

    who: Who
    role: str = ""


@dataclass(frozen=True, slots=True)
class GroupForm:
    """A network group: number as printed, members in order, the principle that joins them."""

    number: str = ""
    title: str = ""
    principle: str = ""
    members: tuple[MemberForm, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A network group as lists show it."""

    id: int
    position: int
    number: str
    title: str
    principle: str
    members: tuple[MemberForm, ...]
    school_ids: tuple[int, ...]
    """Members that are schools of the register."""
    first_year: int | None
    last_year: int | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """A school that could mentor another, with the reasons; somebody decides, never the program."""

    school_id: int
    school: str
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
