"""Frozen types of the management cycle: steps, evidence, recommendations, decisions, the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.models.enums import RecommendationState
from app.services.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the cycle; ``kinds`` are documents that offices keep under it, as a hint."""

    key: str
    title: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction in which evidence is kept; an own one has its title as key."""

    key: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A kind of addressee of recommendations."""

    key: str
    title: str
    dative: str


class EvidenceState(StrEnum):
    """What a cell of the matrix says."""

    PRESENT = "есть"
    OVERDUE = "просрочено"
    AWAITED = "ждём"
    """Entered with a day until which it is awaited, and that day has not come."""
    MISSING = "нет"


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """What a person enters of a document that proves a step."""

    year: int
    step: str
    direction: str = ""
    title: str = ""
    number: str = ""
    issued_on: date | None = None
    due: date | None = None
    link: str = ""
    responsible: str = ""
    prior_id: int | None = None
    """The document of an earlier step that this one cites."""
    note: str = ""
    programme_id: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A document under a step, or the place where one is awaited."""

    id: int
    form: EvidenceForm
    prior: str
    """How the cited document is called."""

    @property
    def has_document(self) -> bool:
        """Whether there is a document, and not only the wish for one."""
        return bool(self.form.number or self.form.issued_on or self.form.link)

    def state(self, today: date) -> EvidenceState:
        """Return how it stands on a day."""
        if self.has_document:
            return EvidenceState.PRESENT
        if self.form.due is None:
            return EvidenceState.MISSING
        return EvidenceState.OVERDUE if self.form.due < today else EvidenceState.AWAITED

    @property
    def name(self) -> str:
        """The document as people cite it: title, number, date."""
        form = self.form
        parts = [form.title or "документ без названия"]
        parts += [f"№ {form.number}"] if form.number else []
        parts += [f"от {form.issued_on:%d.%m.%Y}"] if form.issued_on else []
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """A step in a direction: how it stands, and the documents under it."""

    state: EvidenceState
    rows: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True)
class EvidenceMatrix:
    """Steps × directions of a year; ``whole`` holds documents of a step as a whole."""

    year: int
    steps: tuple[Step, ...]
    directions: tuple[Direction, ...]
    cells: Mapping[tuple[str, str], EvidenceCell]
    """By step and direction; the direction is empty for the step as a whole."""

    def cell(self, step: str, direction: str) -> EvidenceCell:
        """Return a cell: documents of the step as a whole prove it in every direction."""
        return self.cells[step, direction]

    @property
    def missing(self) -> int:
        """How many cells have no document."""
        return sum(
            cell.state is not EvidenceState.PRESENT
            for (_, direction), cell in self.cells.items()
            if direction
        )


@dataclass(frozen=True, slots=True)
class RecommendationForm:
    """What a person enters of a recommendation; ``school_id`` None: to no school in particular."""

    year: int
    addressee: str
    text: str
    school_id: int | None = None
    addressee_name: str = ""
    factor: str = ""
    deficit: str = ""
    term: str = ""
    state: RecommendationState = RecommendationState.PROPOSED
    analysis_id: int | None = None
    """The analysis that it cites."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation as lists show it."""

    id: int
    form: RecommendationForm
    school: str
    addressee: str
    """Title of the addressee, with its name where one is given."""
    term_start: date | None
    term_end: date | None
    analysis: str
    measures: int
    """How many activities of roadmaps follow from it."""

    def is_overdue(self, today: date) -> bool:
        """Whether it was to be done before ``today`` and is not."""
        open_states = (RecommendationState.PROPOSED, RecommendationState.GIVEN)
        late = self.term_end is not None and self.term_end < today
        return late and self.form.state in open_states


@dataclass(frozen=True, slots=True)
class Draft:
    """A recommendation that the program proposes; ``why`` is the deficit or risk behind it."""

    form: RecommendationForm
    school: str
    why: str


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """What a person enters of a management decision."""

    year: int
    title: str
    number: str = ""
    issued_on: date | None = None
    document_id: int | None = None
    recommendation_id: int | None = None
    activity_id: int | None = None
    due: date | None = None
    effect: str = ""
    effect_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with what it follows from and what it brought."""

    id: int
    form: DecisionForm
    follows: str
    """The recommendation or measure that it cites; empty when it cites none."""
    effect: str
    document: str = ""
    """The paper of the register by which it was decided; empty when it names none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a decision may cite, as it is offered."""

    id: int
    title: str
    number: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionChoices:
    """What a decision of a year may cite besides recommendations."""

    measures: tuple[Choice, ...]
    """Activities of roadmaps that touch the year."""
    documents: tuple[Choice, ...]
    """Papers of the register that are not cancelled, the newest first."""


@dataclass(frozen=True, slots=True)
class MonitoringForm:
    """A row of the monitoring table of a programme."""

    programme_id: int
    subject: str = ""
    criterion: str = ""
    indicators: str = ""
    instruments: str = ""
    sources: str = ""


@dataclass(frozen=True, slots=True)
class MonitoringRowView:
    """A stored row of the monitoring table."""

    id: int
    position: int
    form: MonitoringForm


class Link(StrEnum):
    """What a row of the chain is; the text is the title of its column."""

    ANALYSIS = "Анализ"
    RECOMMENDATION = "Рекомендация"
    MEASURE = "Мероприятие"
    DECISION = "Решение"
    EFFECT = "Эффект"


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One way through the chain; an empty text is a break, and ``gap`` says which."""

    analysis: str
    recommendation: str
    measure: str
    decision: str
    effect: str
    gap: str = ""
    place: tuple[Link, int] | None = None
    """What is to be opened to close the gap; None without one."""
    links: frozenset[tuple[Link, int]] = frozenset()
    """What it consists of: the kind of each link and the id of its row."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a later item cites no earlier one, or nothing follows from an earlier one."""

    link: Link
    row_id: int
    text: str


@dataclass(frozen=True)
class Chain:
    """The chain of a year and its breaks."""

    year: int
    rows: tuple[ChainRow, ...]
    breaks: tuple[Break, ...]
    roadmaps: Mapping[int, int] = field(default_factory=dict)
    """The roadmap that each measure of the chain stands in."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The id of a stored row and what storing it changed."""

    id: int
    changes: ChangeSet
