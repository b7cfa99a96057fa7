"""Where risks and measures do not meet: a priority nobody works on, a measure against no risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.enums import ActivityStatus
from app.models.roadmaps import Activity, ActivitySchool, ActivityYear, Roadmap, RoadmapGroup
from app.models.schools import School
from app.models.support import SchoolRisk
from app.services.sorting import natural_key
from app.services.support.factors import factor_titles
from app.services.support.types import Gap
from app.services.workspace import Workspace


def priorities_without_measure(workspace: Workspace, year: int) -> tuple[Gap, ...]:
    """Return the priorities of a year, not resolved, that no measure of the year is against.

    A measure for no school in particular is for all of them; one that is not needed any more
    counts for nothing.
    """
    with workspace.database.read() as session:
        found = _Year.read(session, year)
    return tuple(sorted(found.bare_priorities(), key=_order))


def measures_without_risk(workspace: Workspace, year: int) -> tuple[Gap, ...]:
    """Return measures of a year against a factor that is not actual where they are for.

    A measure without a factor is against no risk in particular and is not listed.
    """
    with workspace.database.read() as session:
        found = _Year.read(session, year)
    return tuple(sorted(found.bare_measures(), key=_order))


def _order(gap: Gap) -> tuple[object, ...]:
    return (natural_key(gap.school), gap.factor)


@dataclass(frozen=True)
class _Measure:
    id: int
    title: str
    factor: str
    schools: frozenset[int]
    roadmap: int


@dataclass(frozen=True)
class _Year:
    names: Mapping[int, str]
    titles: Mapping[str, str]
    risks: tuple[SchoolRisk, ...]
    measures: tuple[_Measure, ...]

    @classmethod
    def read(cls, session: Session, year: int) -> _Year:
        return cls(
            {one.id: one.short_name for one in session.scalars(select(School))},
            factor_titles(session),
            tuple(session.scalars(select(SchoolRisk).where(SchoolRisk.year == year))),
            tuple(_measures(session, year)),
        )

    def bare_priorities(self) -> Iterator[Gap]:
        for risk in self.risks:
            if risk.priority and risk.resolved_on is None and not self._is_met(risk):
                title = self._title(risk.factor)
                text = f"Приоритетный фактор «{title}»: нет ни одного мероприятия."
                yield Gap(risk.school_id, self.names[risk.school_id], risk.factor, title, text)

    def bare_measures(self) -> Iterator[Gap]:
        actual = {(risk.school_id, risk.factor) for risk in self.risks if risk.actual}
        anywhere = {factor for _, factor in actual}
        for one in self.measures:
            title = self._title(one.factor)
            for school in sorted(one.schools):
                if (school, one.factor) not in actual:
                    text = f"«{one.title}»: фактор «{title}» у школы не отмечен как актуальный."
                    name = self.names[school]
                    yield Gap(school, name, one.factor, title, text, one.id, one.roadmap)
            if not one.schools and one.factor not in anywhere:
                text = (
                    f"«{one.title}»: фактор «{title}» не отмечен как актуальный ни у одной школы."
                )
                yield Gap(None, "", one.factor, title, text, one.id, one.roadmap)

    def _is_met(self, risk: SchoolRisk) -> bool:
        return any(
            one.factor == risk.factor and (not one.schools or risk.school_id in one.schools)
            for one in self.measures
        )

    def _title(self, factor: str) -> str:
        return self.titles.get(factor, factor)


def _measures(session: Session, year: int) -> Iterator[_Measure]:
    groups = {one.id: one for one in session.scalars(select(RoadmapGroup))}
    schools = _pairs(session, select(ActivitySchool.activity_id, ActivitySchool.school_id))
    years = _pairs(session, select(ActivityYear.activity_id, ActivityYear.year))
    query = select(Activity, Roadmap).join(Roadmap, Roadmap.id == Activity.roadmap_id)
    for activity, roadmap in session.execute(query):
        factor = activity.factor or _factor_above(activity.group_id, groups)
        needed = activity.status is not ActivityStatus.NOT_NEEDED
        if factor and needed and _is_of(year, activity, roadmap, years.get(activity.id)):
            helped = schools.get(activity.id, frozenset())
            yield _Measure(activity.id, activity.title, factor, helped, roadmap.id)


def _factor_above(group_id: int | None, groups: Mapping[int, RoadmapGroup]) -> str:
    """Return the factor of the nearest heading that names one."""
    while group_id is not None:
        group = groups[group_id]
        if group.factor:
            return group.factor
        group_id = group.parent_id
    return ""


def _is_of(year: int, activity: Activity, roadmap: Roadmap, years: frozenset[int] | None) -> bool:
    """Return whether a measure falls into a year: by its term, else its years, else its roadmap."""
    if activity.term_start is not None or activity.term_end is not None:
        first = activity.term_start or activity.term_end
        last = activity.term_end or activity.term_start
        return first is not None and last is not None and first.year <= year <= last.year
    if years:
        return year in years
    return (roadmap.first_year or year) <= year <= (roadmap.last_year or year)


def _pairs(session: Session, query: Select[int, int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for owner, value in session.execute(query):
        found.setdefault(owner, set()).add(value)
    return {owner: frozenset(values) for owner, values in found.items()}
