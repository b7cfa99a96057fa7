"""Roadmaps: groups, activities, their years, who answers for them, for which schools they are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, EnumText, UtcDateTime
from app.models.cycle import Recommendation
from app.models.enums import ActivityStatus, MonitoringStage, RoadmapMode
from app.models.imports import ImportBatch
from app.models.indicators import Indicator
from app.models.people import Organization, Person
from app.models.programmes import Programme
from app.models.schools import School


class Roadmap(Base):
    """A plan of activities; a programme may have several (roadmap, plan of a year, monitoring)."""

    __tablename__ = "roadmap"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    mode: Mapped[RoadmapMode] = mapped_column(EnumText(RoadmapMode))
    title: Mapped[str] = mapped_column(String(1000))
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Printed columns in order, ``{"field", "title"}``; ``extra:NAME`` are the office's own."""
    directions: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Titles of the parallel directions, in order; empty in the other modes."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    """The load that brought it."""

    programme: Mapped[Programme | None] = relationship()
    batch: Mapped[ImportBatch | None] = relationship()


class RoadmapGroup(Base):
    """A heading inside a roadmap: a section, a risk factor, a goal."""

    __tablename__ = "roadmap_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap_group.id"), index=True)
    position: Mapped[int]
    """Among the groups and activities of the same parent, together."""
    number: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str]
    factor: Mapped[str] = mapped_column(String(60), default="")
    """Key of the risk factor that the group is about."""
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"), index=True)


class Activity(Base):
    """One measure of a roadmap: what people wrote, and beside it what the program understood."""

    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_term", "term_end", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap_group.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), default="")
    """As printed; with ``auto_number`` the program counts instead."""
    auto_number: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    search_key: Mapped[str]
    """Title, responsible and result folded for the filter: SQLite does not know Cyrillic case."""
    term: Mapped[str] = mapped_column(default="")
    """The deadline as written."""
    term_start: Mapped[date | None]
    term_end: Mapped[date | None]
    recurrence: Mapped[str] = mapped_column(String(40), default="")
    """How it repeats inside the term, as the deadline parser names it; empty for once."""
    term_by_hand: Mapped[bool] = mapped_column(default=False)
    """The parsed dates were corrected by a person and are not parsed again."""
    responsible: Mapped[str] = mapped_column(default="")
    """The cell as written; who that is stands in ActivityResponsible."""
    who_when: Mapped[str] = mapped_column(default="")
    """A cell of a file that holds both who answers and by when, as written; empty when they have
    cells of their own, or when one of them was edited since."""
    result: Mapped[str] = mapped_column(default="")
    result_kind: Mapped[str] = mapped_column(String(100), default="")
    evidence: Mapped[str] = mapped_column(default="")
    """Form in which the result is presented (протокол, приказ, справка…)."""
    plan: Mapped[str] = mapped_column(default="")
    """Planned quantity of the whole term as written."""
    plan_number: Mapped[float | None]
    status: Mapped[ActivityStatus] = mapped_column(EnumText(ActivityStatus))
    status_note: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")
    """File or document that proves the status."""
    done_on: Mapped[date | None]
    remind_on: Mapped[date | None]
    stage: Mapped[MonitoringStage | None] = mapped_column(EnumText(MonitoringStage))
    direction: Mapped[int | None]
    """Index of the parallel direction it stands in; empty when it spans them all."""
    factor: Mapped[str] = mapped_column(String(60), default="")
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id"), index=True
    )
    after_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    """The measure that must come before this one; a circle is refused."""
    copied_from_id: Mapped[int | None]
    measure: Mapped[str] = mapped_column(String(80), default="")
    """Key of the measure of the library it was taken from."""
    extra: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Cells of columns that have no field of ours, by the title of the column."""
    block_id: Mapped[int | None] = mapped_column(ForeignKey("source_block.id"), index=True)
    """The table it was read from; empty for what a person entered."""
    rows: Mapped[str] = mapped_column(String(200), default="")
    """Rows of that table, 1-based, compact: ``11`` or ``3,8-12``."""

    roadmap: Mapped[Roadmap] = relationship()
    indicator: Mapped[Indicator | None] = relationship()
    recommendation: Mapped[Recommendation | None] = relationship()


class ActivityYear(Base):
    """Planned and reached quantity of an activity in one year, text beside number."""

    __tablename__ = "activity_year"
    __table_args__ = (UniqueConstraint("activity_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    year: Mapped[int]
    plan: Mapped[str] = mapped_column(String(200), default="")
    plan_number: Mapped[float | None]
    fact: Mapped[str] = mapped_column(String(200), default="")
    fact_number: Mapped[float | None]


class ActivityResponsible(Base):
    """One of those who answer for an activity."""

    __tablename__ = "activity_responsible"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(600))
    """As written in the cell."""
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    organization: Mapped[Organization | None] = relationship()
    person: Mapped[Person | None] = relationship()


class ActivitySchool(Base):
    """A school that an activity is for; an activity without any is for all of them."""

    __tablename__ = "activity_school"
    __table_args__ = (UniqueConstraint("activity_id", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)

    school: Mapped[School] = relationship()


class OwnMeasure(Base):
    """A measure that the office keeps for reuse, beside the shipped library."""

    __tablename__ = "own_measure"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The same fields as a measure of ``resources/measures``."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
