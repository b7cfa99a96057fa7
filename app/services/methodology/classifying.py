"""Computing the categories of a year from the stored results, with the decisions beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.decisions import Decision, Methodology
from app.models.enums import CountsOrigin, RecordKind
from app.models.office import Setting
from app.models.records import Record
from app.models.results import Assessment, Result
from app.paths import resource
from app.services.methodology.loading import load_all, parse_stored
from app.services.methodology.records import YearRecords, read_records
from app.services.methodology.rules import classify_relevant, procedure_order, usable
from app.services.methodology.since import changed_since
from app.services.methodology.social import weighted_percent
from app.services.methodology.types import (
    NO_EVIDENCE,
    Evidence,
    Outcome,
    ProcedureKey,
    RuleSet,
    YearsBack,
)
from app.services.methodology.verdicts import Classification, Codes, DecisionRow, SchoolVerdict
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

DEFAULT_KEY = "federal"
"""The methodology in force where the office has chosen no other."""


def years_to_decide(workspace: Workspace) -> tuple[int, ...]:
    """Return the years, newest first, that have results or a list of the region.

    A list may be given where nothing can be computed (domain.md §1.2): the year is still decided.
    """
    with_results = (
        select(Assessment.year)
        .join(Result, Result.assessment_id == Assessment.id)
        .where(Result.current)
    )
    with_list = select(Record.year).where(Record.current, Record.kind == RecordKind.REGION_LIST)
    with workspace.database.read() as session:
        found = {*session.scalars(with_results.distinct()), *session.scalars(with_list.distinct())}
    return tuple(sorted(found, reverse=True))


def years_decided(workspace: Workspace) -> tuple[int, ...]:
    """Return the years, newest first, that somebody has decided about.

    Decisions stay where the load that they rest upon was taken back.
    """
    query = select(Decision.year).where(Decision.current).distinct()
    with workspace.database.read() as session:
        return tuple(sorted(session.scalars(query), reverse=True))


def rules_for(workspace: Workspace, year: int) -> RuleSet:
    """Return the rules in force for a year.

    The version that a person chose for the year comes first; a year with decisions keeps the
    version it was decided under; any other follows the shipped methodology whose years cover it.
    UserError when there is none, ResourceError when the file is broken.
    """
    with workspace.database.read() as session:
        stored = chosen_row(session, year) or _decided_row(session, year)
    if stored is not None:
        return parse_stored(stored.body, f"версии {stored.version} из базы")
    return in_force(load_all(resource("methodologies")), year)


def chosen_row(session: Session, year: int) -> Methodology | None:
    """Return the stored version that a person chose for the year, if any."""
    key = session.scalar(select(Setting.value).where(Setting.key == setting_key(year)))
    return session.get(Methodology, key) if isinstance(key, int) else None


def setting_key(year: int) -> str:
    """Return the key of the setting that holds the id of the version chosen for a year."""
    return f"methodology.year.{year}"


def _decided_row(session: Session, year: int) -> Methodology | None:
    return session.scalar(
        select(Methodology)
        .join(Decision, Decision.methodology_id == Methodology.id)
        .where(Decision.year == year, Decision.current)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def in_force(known: Iterable[RuleSet], year: int) -> RuleSet:
    """Return the default methodology that covers the year; UserError when none does."""
    for rules in known:
        covers = rules.first_year <= year and (rules.last_year is None or year <= rules.last_year)
        if rules.key == DEFAULT_KEY and covers:
            return rules
    raise UserError(
        f"Для {year} года методики нет.", "Выберите другой год: по нему категории не определить."
    )


@dataclass(frozen=True)
class Material:
    """Everything that the categories of a year follow from, read once."""

    year: int
    schools: tuple[SchoolRow, ...]
    outcomes: Mapping[int, list[Outcome]]
    decisions: Mapping[int, DecisionRow]
    records: YearRecords

    def evidence(self, rules: RuleSet) -> dict[int, Evidence]:
        """Return what bears on each school beside its results."""
        asked = rules.social is not None and rules.social.resilient and self.records.has_isb
        return self.records.evidence(rules, self._median(rules) if asked else None)

    def _median(self, rules: RuleSet) -> Fraction | None:
        """Return the median share of low results among the schools that have any."""
        shares = [
            share
            for school, outcomes in self.outcomes.items()
            if (share := weighted_percent(self._counted(school, outcomes, rules))) is not None
        ]
        return median(shares) if shares else None

    def _counted(self, school: int, outcomes: Iterable[Outcome], rules: RuleSet) -> list[Outcome]:
        """Return what counts in the year, as the rules themselves count it."""
        of_year = [o for o in outcomes if o.year == self.year and rules.counts(o.procedure)]
        return usable(of_year, rules, self.records.biased.get(school, frozenset()))


def gather(workspace: Workspace, year: int, rules: RuleSet | None) -> Material:
    """Return the material of a year, for the given rules or, with None, for any."""
    schools = list_schools(workspace)
    with workspace.database.read() as session:
        return Material(
            year,
            schools,
            _outcomes(session, rules, year),
            _decisions(session, year),
            read_records(session, year),
        )


def classify(workspace: Workspace, year: int, rules: RuleSet | None = None) -> Classification:
    """Return every school of the register with its category in ``year``, by name.

    Without ``rules`` those in force are used; other rules answer "what if" and store nothing.
    """
    rules = rules or rules_for(workspace, year)
    material = gather(workspace, year, rules)
    evidence = material.evidence(rules)
    return Classification(
        year,
        rules,
        tuple(
            _school_verdict(school, material, rules, evidence.get(school.id, NO_EVIDENCE))
            for school in material.schools
        ),
    )


def since_last_year(workspace: Workspace, year: int, school_id: int) -> str:
    """Return what changed for a school since the year before, each year by its own rules."""
    before, now = (_one(workspace, each, school_id).verdict for each in (year - 1, year))
    return changed_since(before, now, year)


def region_quartiles(workspace: Workspace, year: int) -> Mapping[int, int]:
    """Return the quartiles of the ИСБ, 1 the lowest, that the region's file surely gives."""
    with workspace.database.read() as session:
        given = read_records(session, year).of_region.quartiles
    return {school: one.number for school, one in given.items() if one.number is not None}


def _one(workspace: Workspace, year: int, school_id: int) -> SchoolVerdict:
    """Return the verdict of one school; its ИСБ still follows from all schools."""
    rules = rules_for(workspace, year)
    material = gather(workspace, year, rules)
    evidence = material.evidence(rules)
    for school in material.schools:
        if school.id == school_id:
            return _school_verdict(school, material, rules, evidence.get(school_id, NO_EVIDENCE))
    raise UserError("Такой школы больше нет в реестре.", "Обновите список школ.")


def _school_verdict(
    school: SchoolRow, material: Material, rules: RuleSet, evidence: Evidence
) -> SchoolVerdict:
    outcomes = material.outcomes.get(school.id, [])
    return SchoolVerdict(
        school_id=school.id,
        school=school.short_name,
        full_name=school.full_name,
        codes=Codes(school.fisoko, school.rcoi),
        status=school.status,
        verdict=classify_relevant(outcomes, rules, material.year, evidence),
        decision=material.decisions.get(school.id),
        region=material.records.region.get(school.id),
        unlisted=material.records.leaves_out(school.id),
    )


def _outcomes(session: Session, rules: RuleSet | None, year: int) -> dict[int, list[Outcome]]:
    """Return the outcomes that the rules may look at, by school, in the order of ``relevant``."""
    procedures = _procedures(session, rules, year)
    by_assessment: dict[int, list[_Row]] = {key: [] for key in procedures}
    for row in _rows(session, procedures):
        by_assessment[row[0]].append(row)
    found: dict[int, list[Outcome]] = {}
    for key in sorted(
        procedures, key=lambda key: (procedure_order(procedures[key][0]), procedures[key][1])
    ):
        _add(found, *procedures[key], by_assessment[key])
    return found


_Row = Sequence[Any]
"""Assessment, school, participants, ``below``, ``n2``, origin and ``p2`` of a result."""


def _rows(session: Session, assessments: Iterable[int]) -> Iterable[_Row]:
    """Return the results in force, as the driver gives them.

    A region has 50,000: to wrap each in a row of SQLAlchemy takes as long as to read them.
    """
    query = select(
        Result.assessment_id,
        Result.school_id,
        Result.participants,
        Result.below,
        Result.n2,
        type_coerce(Result.origin, String),
        Result.p2,
    ).where(Result.current, Result.assessment_id.in_(assessments))
    connection = session.connection()
    text = query.compile(connection, compile_kwargs={"literal_binds": True})
    cursor = connection.connection.cursor()
    cursor.execute(str(text))
    rows = cursor.fetchall()
    cursor.close()
    return rows


def _add(
    found: dict[int, list[Outcome]], procedure: ProcedureKey, year: int, rows: Iterable[_Row]
) -> None:
    """Add the outcomes of one procedure; schools with the same figures share one object."""
    made: dict[tuple[Any, ...], Outcome] = {}
    for _, school, *figures in rows:
        key = tuple(figures)
        outcome = made.get(key)
        if outcome is None:
            outcome = made[key] = _outcome(procedure, year, *figures)
        found.setdefault(school, []).append(outcome)


def _outcome(
    procedure: ProcedureKey,
    year: int,
    participants: int | None,
    below: int | None,
    n2: int | None,
    origin: str,
    p2: float | None,
) -> Outcome:
    # In the ВПР and the ОГЭ to be below the minimum is to have «2».
    fell = n2 if below is None else below
    exact = origin != CountsOrigin.APPROXIMATE.value
    return Outcome(procedure, year, participants, fell, exact, p2)


def _procedures(
    session: Session, rules: RuleSet | None, year: int
) -> dict[int, tuple[ProcedureKey, int]]:
    query = select(
        Assessment.id, Assessment.kind, Assessment.subject, Assessment.grade, Assessment.year
    ).where(Assessment.year <= year)
    if rules is not None and rules.rule_b_years_back is YearsBack.CALENDAR:
        # The year before is also what growth is measured from.
        earlier = max(rules.rule_b_years or 0, 2) - 1
        query = query.where(Assessment.year >= year - earlier)
    found = {
        row[0]: (ProcedureKey(row[1], row[2], row[3]), row[4]) for row in session.execute(query)
    }
    if rules is None:
        return found
    return {key: item for key, item in found.items() if rules.counts(item[0])}


def _decisions(session: Session, year: int) -> dict[int, DecisionRow]:
    query = select(
        Decision.school_id,
        Decision.id,
        Decision.category,
        Decision.basis,
        Decision.reason,
        Decision.computed_category,
        Decision.computed_reason,
        Decision.decided_at,
        Decision.decided_by,
    ).where(Decision.year == year, Decision.current)
    return {row[0]: DecisionRow(*row[1:]) for row in session.execute(query)}
