"""What the window and other verbs see of roadmaps: frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.enums import ActivityStatus, MonitoringStage, RoadmapMode
from app.services.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class RoadmapInfo:
    """A roadmap in the list of them."""

    id: int
    title: str
    mode: RoadmapMode
    first_year: int | None
    last_year: int | None
    programme_id: int | None
    programme: str
    """Title of its programme; empty without one."""
    directions: tuple[str, ...]
    columns: tuple[Mapping[str, str], ...]
    activities: int
    loaded: bool
    """A load brought it."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A heading; ``level`` is 1 at the top."""

    id: int
    parent_id: int | None
    level: int
    number: str
    title: str
    factor: str
    """Key of the risk factor that it is about; empty for none."""


@dataclass(frozen=True, slots=True)
class YearCell:
    """What is planned and reached in a year, text and number."""

    year: int
    plan: str = ""
    plan_number: float | None = None
    fact: str = ""
    fact_number: float | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as it stands in its roadmap."""

    id: int
    group_id: int | None
    level: int
    """That of its heading; 0 without one."""
    number: str
    """As shown: by hand or counted."""
    auto_number: bool
    title: str
    term: str
    start: date | None
    end: date | None
    recurrence: str
    term_by_hand: bool
    term_problem: str
    """Why the deadline is not understood, in Russian; empty when it is."""
    responsible: str
    result: str
    evidence: str
    plan: str
    years: tuple[YearCell, ...]
    schools: tuple[tuple[int, str], ...]
    """Ids and names; none means all schools."""
    factor: str
    """Key of its own risk factor or of the one its heading is about."""
    indicator_id: int | None
    status: ActivityStatus
    status_note: str
    proof: str
    done_on: date | None
    remind_on: date | None
    stage: MonitoringStage | None
    direction: int | None
    after_id: int | None
    overdue: bool
    search_key: str
    extra: Mapping[str, str] = field(default_factory=dict)
    measure: str = ""
    loaded: bool = False
    """It was read from a file: ``sources`` knows its cells."""
    who_when: str = ""
    """A cell of the file that holds who and when, as written; empty when there is none or it was
    edited since."""


Line = GroupRow | ActivityRow


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """A roadmap with its lines in the order in which they are printed."""

    info: RoadmapInfo
    lines: tuple[Line, ...]

    @property
    def activities(self) -> tuple[ActivityRow, ...]:
        """Only the activities, in their order."""
        return tuple(line for line in self.lines if isinstance(line, ActivityRow))


@dataclass(frozen=True, slots=True)
class RoadmapForm:
    """What a person says of a roadmap as a whole."""

    title: str
    mode: RoadmapMode = RoadmapMode.SECTIONS
    first_year: int | None = None
    last_year: int | None = None
    programme_id: int | None = None
    directions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What an action stored: the ids of the rows that it made, in order, and what it changed."""

    ids: tuple[int, ...]
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class LineKey:
    """Names a line: a heading or an activity of some id."""

    id: int
    is_group: bool = False
