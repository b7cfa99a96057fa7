"""The formulas themselves: which schools count, of which, and why each one does or does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.cycle import Evidence, Recommendation
from app.models.decisions import Decision
from app.models.enums import (
    ActivityStatus,
    Category,
    PaperState,
    RecommendationState,
    SchoolPaper,
    SchoolStatus,
    SupportRole,
)
from app.models.people import Organization
from app.models.roadmaps import Activity, ActivitySchool
from app.models.support import (
    Appointment,
    MentorPair,
    NetworkGroup,
    NetworkMember,
    SchoolDocument,
    SchoolRisk,
)
from app.services import decimals
from app.services.indicators import Behind, Computed
from app.services.methodology import (
    Classification,
    ProcedureKey,
    classify,
    procedure_title,
    rules_for,
)
from app.services.results import ResultRow, list_results
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_LOW = tuple(one for one in Category if one.has_shnor)
_SUPPORTED = tuple(one for one in Category if one.has_shnor or one.has_shnsu)
_NOBODY = "В этом году ни одна школа не отнесена к ШНОР или ШНСУ."


_YEARLY = {"positive_dynamics", "below_threshold"}
"""Formulas over results, which are known by years."""
_HALF = "Нарастающим итогом с начала года по {}."
_BY_YEARS = "Результаты процедур известны за год: за полугодие доля не считается."
_UNDATED = " Без даты не учтено."


@dataclass
class Counter:
    """Counts the formulas of one period; what several of them need is read once.

    ``half`` 1 or 2 counts from the beginning of the year to the end of that half; 0 is the year.
    """

    workspace: Workspace
    year: int
    half: int = 0

    def __post_init__(self) -> None:
        self._classified: dict[int, Classification] = {}
        self._schools = list_schools(self.workspace)

    @property
    def until(self) -> date:
        """The last day that counts."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def compute(self, key: str) -> Computed:
        """Return the share of a formula; UserError when no methodology covers the year."""
        if not self.half:
            return _COUNTED[key](self)
        if key in _YEARLY:
            return Computed(key, self.year, 0, 0, (), _BY_YEARS, self.half)
        found = _COUNTED[key](self)
        note = _HALF.format(f"{self.until:%d.%m.%Y}") + (_UNDATED if self.half == 1 else "")
        return replace(found, half=self.half, note=f"{note} {found.note}".strip())

    def in_time(self, day: date | None) -> bool:
        """Return whether what happened on a day of the year counts; without a day the year does."""
        return self.half != 1 or (day is not None and day <= self.until)

    def within(self, first: date | None, last: date | None) -> bool:
        """Return whether a time touches the period; an open end reaches as far as need be."""
        begun = first is None or first <= self.until
        return begun and (last is None or last.year >= self.year)

    # What the formulas share.

    def classified(self, year: int) -> Classification:
        """Return the categories of a year, computed once."""
        if year not in self._classified:
            self._classified[year] = classify(self.workspace, year)
        return self._classified[year]

    def listed(self, year: int, categories: Iterable[Category]) -> dict[int, str]:
        """Return the working schools of those categories, id to name."""
        wanted = set(categories)
        return {
            one.school_id: one.school
            for one in self.classified(year).schools
            if one.category in wanted and one.status is SchoolStatus.ACTIVE
        }

    def active(self) -> tuple[SchoolRow, ...]:
        """Return the working schools."""
        return tuple(one for one in self._schools if one.status is SchoolStatus.ACTIVE)

    def of_schools(
        self, key: str, schools: Mapping[int, str], reasons: Mapping[int, str], note: str = ""
    ) -> Computed:
        """Return the share of the schools that have a reason to be counted."""
        behind = tuple(
            Behind(school, name, school in reasons, reasons.get(school, "нет"))
            for school, name in schools.items()
        )
        counted = sum(1 for one in behind if one.counted)
        return Computed(key, self.year, counted, len(behind), behind, note)


# Positive dynamics.


def _positive_dynamics(counter: Counter) -> Computed:
    year = counter.year
    schools, note = _low_schools(counter)
    now, before = _below_by_school(counter, year), _below_by_school(counter, year - 1)
    behind = tuple(
        _dynamics(school, name, now.get(school, {}), before.get(school, {}), year)
        for school, name in schools.items()
    )
    known = [one for one in behind if one.counted is not None]
    missing = len(behind) - len(known)
    if missing:
        note += f" Не с чем сравнить: {missing}; эти школы в знаменатель не вошли."
    counted = sum(1 for one in known if one.counted)
    return Computed("positive_dynamics", year, counted, len(known), behind, note.strip())


def _low_schools(counter: Counter) -> tuple[dict[int, str], str]:
    before = counter.year - 1
    if _has_results(counter.workspace, before):
        listed = counter.listed(before, _LOW)
        if listed:
            return listed, f"Школы – ШНОР по списку {before} года."
    listed = counter.listed(counter.year, _LOW)
    if listed:
        return listed, f"Списка ШНОР за {before} год нет, взят список {counter.year} года."
    return {}, f"ШНОР нет ни в {before}, ни в {counter.year} году."


def _has_results(workspace: Workspace, year: int) -> bool:
    return bool(list_results(workspace, year))


_Outcomes = Mapping[ProcedureKey, tuple[int, int]]


def _below_by_school(counter: Counter, year: int) -> dict[int, dict[ProcedureKey, tuple[int, int]]]:
    """Return (below, participants) by school and counted procedure, where both are known."""
    rules = rules_for(counter.workspace, year)
    found: dict[int, dict[ProcedureKey, tuple[int, int]]] = defaultdict(dict)
    for row in list_results(counter.workspace, year):
        procedure = ProcedureKey(row.kind, row.subject, row.grade)
        below = _below(row)
        if rules.counts(procedure) and below is not None and row.participants:
            found[row.school_id][procedure] = (below, row.participants)
    return found


def _below(row: ResultRow) -> int | None:
    return row.n2 if row.below is None else row.below


def _dynamics(school: int, name: str, now: _Outcomes, before: _Outcomes, year: int) -> Behind:
    both = sorted(now.keys() & before.keys(), key=procedure_title)
    if not both:
        return Behind(school, name, None, f"нет общих процедур {year - 1} и {year} годов")
    old, new = _percent(before, both), _percent(now, both)
    named = ", ".join(procedure_title(key) for key in both[:3])
    more = f" и ещё {len(both) - 3}" if len(both) > 3 else ""
    shown = decimals.share(new, decimals.exact(old))
    why = f"{decimals.share(old)} % → {shown} % ({named}{more})"
    return Behind(school, name, new < old, why)


def _percent(outcomes: _Outcomes, keys: Iterable[ProcedureKey]) -> float:
    chosen = [outcomes[key] for key in keys]
    return 100.0 * sum(below for below, _ in chosen) / sum(count for _, count in chosen)


# Schools that were analysed.


def _analysed(counter: Counter) -> Computed:
    schools = {one.id: one.short_name for one in counter.active()}
    reasons: dict[int, str] = {}
    with counter.workspace.database.read() as session:
        for source in (_by_recommendation, _by_self_check, _by_decision):
            reasons |= source(session, counter)
    return counter.of_schools("analysed", schools, reasons)


def _by_decision(session: Session, counter: Counter) -> dict[int, str]:
    year = counter.year
    query = select(Decision.school_id, Decision.decided_at).where(
        Decision.year == year, Decision.current
    )
    return {
        school: f"решение о категории за {year} год"
        for school, moment in session.execute(query)
        if counter.in_time(moment.astimezone().date())
    }


def _by_self_check(session: Session, counter: Counter) -> dict[int, str]:
    query = select(SchoolDocument.school_id, SchoolDocument.issued_on).where(
        SchoolDocument.year == counter.year,
        SchoolDocument.kind == SchoolPaper.SELF_CHECK,
        SchoolDocument.state.in_((PaperState.APPROVED, PaperState.PUBLISHED)),
    )
    found = session.execute(query)
    return {one: "самодиагностика утверждена" for one, day in found if counter.in_time(day)}


def _by_recommendation(session: Session, counter: Counter) -> dict[int, str]:
    query = (
        select(Recommendation.school_id, Evidence.issued_on)
        .join(Evidence, Evidence.id == Recommendation.analysis_id)
        .where(
            Recommendation.year == counter.year,
            Recommendation.state != RecommendationState.WITHDRAWN,
        )
    )
    return {
        school: "рекомендация по итогам анализа"
        for school, day in session.execute(query)
        if school is not None and counter.in_time(day)
    }


# Network and addressed help.


def _networked(counter: Counter) -> Computed:
    schools = counter.listed(counter.year, _SUPPORTED)
    with counter.workspace.database.read() as session:
        reasons = _by_pair(session, counter) | _by_group(session, counter.year)
    return counter.of_schools("networked", schools, reasons, "" if schools else _NOBODY)


def _by_group(session: Session, year: int) -> dict[int, str]:
    query = (
        select(Organization.school_id, NetworkGroup)
        .join(NetworkMember, NetworkMember.organization_id == Organization.id)
        .join(NetworkGroup, NetworkGroup.id == NetworkMember.group_id)
        .where(Organization.school_id.is_not(None))
    )
    return {
        school: f"сетевая группа {group.title or group.number}".strip()
        for school, group in session.execute(query)
        if school is not None and (group.first_year or year) <= year <= (group.last_year or year)
    }


def _by_pair(session: Session, counter: Counter) -> dict[int, str]:
    query = select(MentorPair.school_id, MentorPair.first_day, MentorPair.last_day, Organization)
    rows = session.execute(query.join(Organization, Organization.id == MentorPair.mentor_id))
    return {
        school: f"школа-наставник: {mentor.short_name or mentor.name}"
        for school, first, last, mentor in rows
        if counter.within(first, last)
    }


def _supported(counter: Counter) -> Computed:
    schools = counter.listed(counter.year, _SUPPORTED)
    reasons: dict[int, str] = {}
    with counter.workspace.database.read() as session:
        for source in (_by_activity, _by_given, _by_pair, _by_appointment):
            reasons |= source(session, counter)
    return counter.of_schools("supported", schools, reasons, "" if schools else _NOBODY)


def _by_appointment(session: Session, counter: Counter) -> dict[int, str]:
    roles = (SupportRole.CURATOR, SupportRole.TUTOR)
    query = select(Appointment).where(
        Appointment.school_id.is_not(None), Appointment.role.in_(roles)
    )
    return {
        one.school_id: f"назначен {one.role.value}"
        for one in session.scalars(query)
        if one.school_id is not None and counter.within(one.first_day, one.last_day)
    }


def _by_given(session: Session, counter: Counter) -> dict[int, str]:
    """Nobody writes down when a recommendation was given: it counts with the whole year."""
    states = (RecommendationState.GIVEN, RecommendationState.DONE)
    query = select(Recommendation.school_id).where(
        Recommendation.year == counter.year, Recommendation.state.in_(states)
    )
    if not counter.in_time(None):
        return {}
    return {school: "направлена рекомендация" for school in session.scalars(query) if school}


def _by_activity(session: Session, counter: Counter) -> dict[int, str]:
    done = (ActivityStatus.DONE, ActivityStatus.PARTLY)
    query = (
        select(ActivitySchool.school_id, Activity.done_on, Activity.term_end)
        .join(Activity, Activity.id == ActivitySchool.activity_id)
        .where(Activity.status.in_(done))
    )
    return {
        school: "мероприятие дорожной карты выполнено"
        for school, done_on, term_end in session.execute(query)
        if (day := done_on or term_end) is not None
        and day.year == counter.year
        and day <= counter.until
    }


# Pupils below the threshold.


def _below_threshold(counter: Counter) -> Computed:
    year, names = counter.year, {one.id: one.short_name for one in counter.active()}
    found = _below_by_school(counter, year)
    behind = tuple(_pupils(school, name, found.get(school, {})) for school, name in names.items())
    below = sum(one.part or 0 for one in behind)
    everyone = sum(one.whole or 0 for one in behind)
    missing = sum(1 for one in behind if one.counted is None)
    note = f"Без результатов за {year} год: {missing}." if missing else ""
    return Computed("below_threshold", year, below, everyone, behind, note)


def _pupils(school: int, name: str, outcomes: _Outcomes) -> Behind:
    if not outcomes:
        return Behind(school, name, None, "нет результатов учитываемых процедур")
    below = sum(part for part, _ in outcomes.values())
    count = sum(whole for _, whole in outcomes.values())
    return Behind(school, name, below > 0, f"{below} из {count}", below, count)


# Deficits.


def _resolved_deficits(counter: Counter) -> Computed:
    year, names = counter.year, {one.id: one.short_name for one in counter.active()}
    with counter.workspace.database.read() as session:
        query = select(SchoolRisk).where(SchoolRisk.year == year, SchoolRisk.actual)
        resolved: dict[int, list[bool]] = defaultdict(list)
        for risk in session.scalars(query):
            in_time = risk.resolved_on is not None and risk.resolved_on <= counter.until
            resolved[risk.school_id].append(in_time)
    behind = tuple(
        _deficits(school, names[school], marks)
        for school, marks in resolved.items()
        if school in names
    )
    done, everything = sum(one.part or 0 for one in behind), sum(one.whole or 0 for one in behind)
    note = "" if behind else f"Актуальных факторов риска за {year} год не отмечено."
    return Computed("resolved_deficits", year, done, everything, behind, note)


def _deficits(school: int, name: str, marks: list[bool]) -> Behind:
    done = sum(marks)
    return Behind(school, name, done > 0, f"{done} из {len(marks)}", done, len(marks))


_COUNTED: Mapping[str, Callable[[Counter], Computed]] = {
    "positive_dynamics": _positive_dynamics,
    "analysed": _analysed,
    "networked": _networked,
    "supported": _supported,
    "below_threshold": _below_threshold,
    "resolved_deficits": _resolved_deficits,
}
