"""Roadmaps of a programme as rows to print, read in four statements whatever their size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.roadmaps import Activity, ActivitySchool, ActivityYear, Roadmap, RoadmapGroup
from app.models.schools import School
from app.services.documents.programme.facts import (
    ActivityFacts,
    ColumnFacts,
    GroupFacts,
    RoadmapFacts,
)

_DEFAULT = (
    ("number", "№ п/п"),
    ("title", "Мероприятие"),
    ("term", "Сроки"),
    ("responsible", "Ответственные"),
    ("result", "Ожидаемый результат"),
)


def roadmap_facts(session: Session, programme_id: int) -> Mapping[int, RoadmapFacts]:
    """Return the roadmaps of a programme by id, in their order."""
    roadmaps = session.scalars(
        select(Roadmap)
        .where(Roadmap.programme_id == programme_id)
        .order_by(Roadmap.position, Roadmap.id)
    ).all()
    return {roadmap.id: one_roadmap(session, roadmap) for roadmap in roadmaps}


def one_roadmap(session: Session, roadmap: Roadmap) -> RoadmapFacts:
    """Return one roadmap with its groups and activities in order."""
    years = _years(session, roadmap.id)
    columns = _columns(roadmap, {year for values in years.values() for year in values})
    reader = _Reader(session, roadmap.id, years)
    return RoadmapFacts(roadmap.title, columns, reader.entries(None), tuple(roadmap.directions))


def _columns(roadmap: Roadmap, years: set[int]) -> tuple[ColumnFacts, ...]:
    if roadmap.columns:
        return tuple(ColumnFacts(item["field"], item["title"]) for item in roadmap.columns)
    plain = [ColumnFacts(name, title) for name, title in _DEFAULT]
    return (*plain, *(ColumnFacts(f"plan:{year}", str(year)) for year in sorted(years)))


def _years(session: Session, roadmap_id: int) -> Mapping[int, Mapping[int, tuple[str, str]]]:
    found = session.execute(
        select(ActivityYear.activity_id, ActivityYear.year, ActivityYear.plan, ActivityYear.fact)
        .join(Activity, Activity.id == ActivityYear.activity_id)
        .where(Activity.roadmap_id == roadmap_id)
    )
    years: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for activity_id, year, plan, fact in found:
        years[activity_id][year] = (plan, fact)
    return years


class _Reader:
    """Puts groups and activities of one roadmap into their tree."""

    def __init__(
        self,
        session: Session,
        roadmap_id: int,
        years: Mapping[int, Mapping[int, tuple[str, str]]],
    ) -> None:
        self._years = years
        self._schools = _schools(session, roadmap_id)
        self._groups: dict[int | None, list[RoadmapGroup]] = defaultdict(list)
        for group in session.scalars(
            select(RoadmapGroup).where(RoadmapGroup.roadmap_id == roadmap_id)
        ):
            self._groups[group.parent_id].append(group)
        self._activities: dict[int | None, list[Activity]] = defaultdict(list)
        for activity in session.scalars(select(Activity).where(Activity.roadmap_id == roadmap_id)):
            self._activities[activity.group_id].append(activity)
        self._counted = 0

    def entries(self, parent: int | None) -> tuple[ActivityFacts | GroupFacts, ...]:
        """Return what stands under a group, or at the top for None."""
        listed: Sequence[RoadmapGroup | Activity] = sorted(
            [*self._groups[parent], *self._activities[parent]],
            key=lambda entry: (entry.position, isinstance(entry, RoadmapGroup), entry.id),
        )
        return tuple(self._entry(entry) for entry in listed)

    def _entry(self, entry: RoadmapGroup | Activity) -> ActivityFacts | GroupFacts:
        if isinstance(entry, RoadmapGroup):
            return GroupFacts(entry.title, entry.number, self.entries(entry.id))
        return ActivityFacts(self._cells(entry), entry.direction)

    def _cells(self, activity: Activity) -> Mapping[str, str]:
        self._counted += 1
        number = str(self._counted) if activity.auto_number else activity.number
        cells = {
            "number": number,
            "title": activity.title,
            "term": activity.term,
            "responsible": activity.responsible,
            "result": activity.result,
            "evidence": activity.evidence,
            "plan": activity.plan,
            "status": activity.status.value,
            "proof": activity.proof,
            "schools": ", ".join(self._schools.get(activity.id, ())),
        }
        for year, (plan, fact) in self._years.get(activity.id, {}).items():
            cells |= {f"plan:{year}": plan, f"fact:{year}": fact}
        return cells | {f"extra:{name}": text for name, text in activity.extra.items()}


def _schools(session: Session, roadmap_id: int) -> Mapping[int, list[str]]:
    found = session.execute(
        select(ActivitySchool.activity_id, School.short_name)
        .join(School, School.id == ActivitySchool.school_id)
        .join(Activity, Activity.id == ActivitySchool.activity_id)
        .where(Activity.roadmap_id == roadmap_id)
        .order_by(School.search_key)
    )
    schools: dict[int, list[str]] = defaultdict(list)
    for activity_id, name in found:
        schools[activity_id].append(name)
    return schools
