"""Roadmaps for the window: the list of them, and one with all its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import ActivityStatus
from app.models.programmes import Programme
from app.models.roadmaps import Activity, ActivitySchool, ActivityYear, Roadmap, RoadmapGroup
from app.models.schools import School
from app.services.clock import local_today
from app.services.roadmap.numbering import Place, numbers
from app.services.roadmap.terms import TermState, Years, parse_term
from app.services.roadmap.types import (
    ActivityRow,
    GroupRow,
    Line,
    RoadmapInfo,
    RoadmapView,
    YearCell,
)
from app.services.workspace import Workspace

UNFINISHED = frozenset({ActivityStatus.PLANNED, ActivityStatus.PARTLY, ActivityStatus.MOVED})
"""States in which an activity can be overdue."""


def list_roadmaps(workspace: Workspace) -> tuple[RoadmapInfo, ...]:
    """Return all roadmaps in their order."""
    with workspace.database.read() as session:
        return roadmap_infos(session)


def roadmap_infos(session: Session) -> tuple[RoadmapInfo, ...]:
    """Return what ``list_roadmaps`` returns, inside a block."""
    counted = select(Activity.roadmap_id, func.count()).group_by(Activity.roadmap_id)
    counts = {row[0]: row[1] for row in session.execute(counted)}
    query = (
        select(Roadmap, Programme.title)
        .outerjoin(Programme, Programme.id == Roadmap.programme_id)
        .order_by(Roadmap.position, Roadmap.id)
    )
    return tuple(
        _info(roadmap, title or "", counts.get(roadmap.id, 0))
        for roadmap, title in session.execute(query)
    )


def open_roadmap(workspace: Workspace, roadmap_id: int, today: date | None = None) -> RoadmapView:
    """Return a roadmap with its lines; overdue is seen from ``today`` (default: this day).

    UserError when there is no such roadmap.
    """
    with workspace.database.read() as session:
        return roadmap_view(session, roadmap_id, today or local_today())


def roadmap_view(session: Session, roadmap_id: int, today: date) -> RoadmapView:
    """Return what ``open_roadmap`` returns, inside a block."""
    info = next((one for one in roadmap_infos(session) if one.id == roadmap_id), None)
    if info is None:
        raise UserError("Этой дорожной карты в базе уже нет.", "Выберите другую из списка.")
    return RoadmapView(info, _Reading(session, info, today).lines())


def _info(roadmap: Roadmap, programme: str, count: int) -> RoadmapInfo:
    return RoadmapInfo(
        roadmap.id,
        roadmap.title,
        roadmap.mode,
        roadmap.first_year,
        roadmap.last_year,
        roadmap.programme_id,
        programme,
        tuple(roadmap.directions),
        tuple(roadmap.columns),
        count,
        roadmap.batch_id is not None,
    )


def years_of(session: Session, roadmap_id: int) -> Years | None:
    """Return the years that deadlines without a year are seen in: the roadmap's or programme's."""
    roadmap = session.get_one(Roadmap, roadmap_id)
    return _context(session, roadmap.first_year, roadmap.last_year, roadmap.programme_id)


def _context(
    session: Session, first: int | None, last: int | None, programme_id: int | None
) -> Years | None:
    if first is not None and last is not None:
        return Years(first, last)
    programme = session.get(Programme, programme_id) if programme_id else None
    return Years(programme.first_year, programme.last_year) if programme else None


@dataclass
class _Reading:
    """The rows of one roadmap on their way into lines."""

    session: Session
    info: RoadmapInfo
    today: date
    _children: dict[int | None, list[RoadmapGroup | Activity]] = field(default_factory=dict)
    _years: dict[int, list[YearCell]] = field(default_factory=dict)
    _schools: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    _found: list[tuple[RoadmapGroup | Activity, int, str]] = field(default_factory=list)

    def lines(self) -> tuple[Line, ...]:
        """Return the lines in their order."""
        info = self.info
        self._context = _context(self.session, info.first_year, info.last_year, info.programme_id)
        self._read()
        self._walk(None, 1, "")
        counted = numbers(
            Place(index, isinstance(row, RoadmapGroup), row.number,
                  isinstance(row, Activity) and row.auto_number, level)
            for index, (row, level, _) in enumerate(self._found)
        )  # fmt: skip
        return tuple(
            self._line(row, level, factor, counted.get(index))
            for index, (row, level, factor) in enumerate(self._found)
        )

    def _read(self) -> None:
        groups = select(RoadmapGroup).where(RoadmapGroup.roadmap_id == self.info.id)
        for group in self.session.scalars(groups):
            self._children.setdefault(group.parent_id, []).append(group)
        activities = select(Activity).where(Activity.roadmap_id == self.info.id)
        for activity in self.session.scalars(activities):
            self._children.setdefault(activity.group_id, []).append(activity)
        years = (
            select(ActivityYear)
            .join(Activity, Activity.id == ActivityYear.activity_id)
            .where(Activity.roadmap_id == self.info.id)
            .order_by(ActivityYear.year)
        )
        for one in self.session.scalars(years):
            cell = YearCell(one.year, one.plan, one.plan_number, one.fact, one.fact_number)
            self._years.setdefault(one.activity_id, []).append(cell)
        schools = (
            select(ActivitySchool.activity_id, School.id, School.short_name)
            .join(School, School.id == ActivitySchool.school_id)
            .join(Activity, Activity.id == ActivitySchool.activity_id)
            .where(Activity.roadmap_id == self.info.id)
            .order_by(School.short_name)
        )
        for activity_id, school_id, name in self.session.execute(schools):
            self._schools.setdefault(activity_id, []).append((school_id, name))

    def _walk(self, parent: int | None, level: int, factor: str) -> None:
        rows = sorted(self._children.get(parent, ()), key=lambda row: (row.position, row.id))
        for row in rows:
            if isinstance(row, RoadmapGroup):
                self._found.append((row, level, row.factor))
                self._walk(row.id, level + 1, row.factor or factor)
            else:
                self._found.append((row, level - 1, row.factor or factor))

    def _line(
        self, row: RoadmapGroup | Activity, level: int, factor: str, number: str | None
    ) -> Line:
        if isinstance(row, RoadmapGroup):
            return GroupRow(row.id, row.parent_id, level, row.number, row.title, row.factor)
        return activity_row(
            row,
            level,
            number if number is not None else row.number,
            factor,
            tuple(self._years.get(row.id, ())),
            tuple(self._schools.get(row.id, ())),
            self._context,
            self.today,
        )


def activity_row(
    row: Activity,
    level: int,
    number: str,
    factor: str,
    years: tuple[YearCell, ...],
    schools: tuple[tuple[int, str], ...],
    context: Years | None,
    today: date,
) -> ActivityRow:
    """Return an activity as people see it; whether it is overdue is told from ``today``."""
    return ActivityRow(
        id=row.id,
        group_id=row.group_id,
        level=level,
        number=number,
        auto_number=row.auto_number,
        title=row.title,
        term=row.term,
        start=row.term_start,
        end=row.term_end,
        recurrence=row.recurrence,
        term_by_hand=row.term_by_hand,
        term_problem=_term_problem(row, context),
        responsible=row.responsible,
        who_when=row.who_when,
        result=row.result,
        evidence=row.evidence,
        plan=row.plan,
        years=years,
        schools=schools,
        factor=factor,
        indicator_id=row.indicator_id,
        status=row.status,
        status_note=row.status_note,
        proof=row.proof,
        done_on=row.done_on,
        remind_on=row.remind_on,
        stage=row.stage,
        direction=row.direction,
        after_id=row.after_id,
        overdue=is_overdue(row.term_end, row.status, today),
        search_key=row.search_key,
        extra=dict(row.extra),
        measure=row.measure,
        loaded=row.block_id is not None,
    )


def _term_problem(row: Activity, context: Years | None) -> str:
    """Return why a deadline has no dates; one that has them needs no second look."""
    if row.term_by_hand or row.term_end is not None or not row.term:
        return ""
    term = parse_term(row.term, context)
    known = term.state in (TermState.DATED, TermState.OPEN, TermState.EMPTY)
    return "" if known else term.problem


def is_overdue(end: date | None, status: ActivityStatus, today: date) -> bool:
    """Return whether a deadline has passed without the activity being done or taken off."""
    return end is not None and end < today and status in UNFINISHED


def status_counts(view: RoadmapView) -> Mapping[ActivityStatus, int]:
    """Return how many activities are in each state."""
    counts = dict.fromkeys(ActivityStatus, 0)
    for row in view.activities:
        counts[row.status] += 1
    return counts
