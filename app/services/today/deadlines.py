"""Everything dated that is not done: measures, documents of schools, evidence, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.cycle import Evidence, Recommendation
from app.models.enums import ActivityStatus, PaperState, RecommendationState
from app.models.management import ManagementDecision
from app.models.roadmaps import Activity, Roadmap
from app.models.schools import School
from app.models.support import SchoolDocument
from app.services.today.types import Deadline, Target
from app.services.workspace import Workspace

_DONE = (ActivityStatus.DONE, ActivityStatus.NOT_NEEDED)
_OPEN_RECOMMENDATIONS = (RecommendationState.PROPOSED, RecommendationState.GIVEN)
_UNWRITTEN = (PaperState.ABSENT, PaperState.DRAFT)


def open_deadlines(workspace: Workspace) -> tuple[Deadline, ...]:
    """Return every dated duty that is not done, and reminders of them, the nearest first."""
    with workspace.database.read() as session:
        found = [one for source in _SOURCES for one in source(session)]
    return tuple(sorted(found, key=lambda one: (one.day, one.title, one.uid)))


def _activities(session: Session) -> Iterator[Deadline]:
    query = (
        select(Activity, Roadmap.title)
        .join(Roadmap, Roadmap.id == Activity.roadmap_id)
        .where(Activity.term_end.is_not(None), Activity.status.not_in(_DONE))
    )
    for activity, roadmap in session.execute(query):
        if activity.term_end is not None:
            yield _measure("activity", activity, roadmap, activity.term_start, activity.term_end)


def _reminders(session: Session) -> Iterator[Deadline]:
    query = (
        select(Activity, Roadmap.title)
        .join(Roadmap, Roadmap.id == Activity.roadmap_id)
        .where(Activity.remind_on.is_not(None), Activity.status.not_in(_DONE))
    )
    for activity, roadmap in session.execute(query):
        if activity.remind_on is not None:
            yield _measure("reminder", activity, roadmap, None, activity.remind_on)


def _measure(
    what: str, activity: Activity, roadmap: str, start: date | None, day: date
) -> Deadline:
    """Return a measure of a roadmap by its term, or as a reminder of it."""
    return Deadline(
        f"{what}-{activity.id}",
        _line(f"{activity.number} {activity.title}"),
        start,
        day,
        _line(activity.responsible),
        _line(roadmap),
        Target("roadmap", row_id=activity.id, owner_id=activity.roadmap_id),
        reminder=what == "reminder",
    )


def _school_papers(session: Session) -> Iterator[Deadline]:
    query = (
        select(SchoolDocument, School.short_name)
        .join(School, School.id == SchoolDocument.school_id)
        .where(SchoolDocument.due.is_not(None), SchoolDocument.state.in_(_UNWRITTEN))
    )
    for paper, school in session.execute(query):
        if paper.due is not None:
            yield Deadline(
                f"paper-{paper.id}",
                _capital(_line(paper.title) or paper.kind.value),
                None,
                paper.due,
                school,
                "Документы школ",
                Target("risks", paper.school_id, paper.id),
            )


def _evidence(session: Session) -> Iterator[Deadline]:
    query = select(Evidence).where(Evidence.due.is_not(None), Evidence.issued_on.is_(None))
    for evidence in session.scalars(query):
        if evidence.due is not None:
            yield Deadline(
                f"evidence-{evidence.id}",
                _line(evidence.title) or "Документ управленческого цикла",
                None,
                evidence.due,
                _line(evidence.responsible),
                "Управленческий цикл",
                Target("cycle", row_id=evidence.id),
            )


def _recommendations(session: Session) -> Iterator[Deadline]:
    query = (
        select(Recommendation, School.short_name)
        .outerjoin(School, School.id == Recommendation.school_id)
        .where(
            Recommendation.term_end.is_not(None),
            Recommendation.state.in_(_OPEN_RECOMMENDATIONS),
        )
    )
    for one, school in session.execute(query):
        if one.term_end is not None:
            yield Deadline(
                f"recommendation-{one.id}",
                f"Рекомендация: {_line(one.text)}",
                one.term_start,
                one.term_end,
                school or _line(one.addressee_name),
                "Адресные рекомендации",
                Target("cycle", one.school_id, one.id),
            )


def _decisions(session: Session) -> Iterator[Deadline]:
    query = select(ManagementDecision).where(
        ManagementDecision.due.is_not(None),
        ManagementDecision.effect == "",
        ManagementDecision.effect_id.is_(None),
    )
    for one in session.scalars(query):
        if one.due is not None:
            yield Deadline(
                f"decision-{one.id}",
                f"Решение без итога: {_line(one.title)}",
                None,
                one.due,
                "",
                "Управленческие решения",
                Target("cycle", row_id=one.id),
            )


_SOURCES = (_activities, _reminders, _school_papers, _evidence, _recommendations, _decisions)


def overdue(one: Deadline, today: date) -> bool:
    """Return whether the last day has passed."""
    return one.day < today


def _line(text: str) -> str:
    return " ".join(text.split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
