"""Computing the categories of a year from the stored results, with the decisions beside."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.decisions import Decision, Methodology
from app.models.enums import CountsOrigin
from app.models.results import Assessment, Result
from app.paths import resource
from app.services.methodology.loading import load_all, parse_stored
from app.services.methodology.rules import classify_school
from app.services.methodology.types import Outcome, ProcedureKey, RuleSet, YearsBack
from app.services.methodology.verdicts import Classification, Codes, DecisionRow, SchoolVerdict
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

DEFAULT_KEY = "federal"
"""The methodology in force where the office has chosen no other."""


def rules_for(workspace: Workspace, year: int) -> RuleSet:
    """Return the rules in force for a year.

    A year with decisions keeps the version it was decided under; any other follows the shipped
    methodology whose years cover it.  UserError when there is none, ResourceError when the file
    is broken.
    """
    query = (
        select(Methodology.body, Methodology.version)
        .join(Decision, Decision.methodology_id == Methodology.id)
        .where(Decision.year == year, Decision.current)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    with workspace.database.read() as session:
        stored = session.execute(query).first()
    if stored is not None:
        return parse_stored(stored[0], f"версии {stored[1]} из базы")
    return in_force(load_all(resource("methodologies")), year)


def in_force(known: Iterable[RuleSet], year: int) -> RuleSet:
    """Return the default methodology that covers the year; UserError when none does."""
    for rules in known:
        covers = rules.first_year <= year and (rules.last_year is None or year <= rules.last_year)
        if rules.key == DEFAULT_KEY and covers:
            return rules
    raise UserError(
        f"Для {year} года методики нет.", "Выберите другой год: по нему категории не определить."
    )


def classify(workspace: Workspace, year: int, rules: RuleSet | None = None) -> Classification:
    """Return every school of the register with its category in ``year``, by name.

    Without ``rules`` those in force are used; other rules answer "what if" and store nothing.
    """
    rules = rules or rules_for(workspace, year)
    schools = list_schools(workspace)
    with workspace.database.read() as session:
        outcomes = _outcomes(session, rules, year)
        decisions = _decisions(session, year)
    return Classification(
        year,
        rules,
        tuple(
            _school_verdict(school, outcomes.get(school.id, []), rules, year, decisions)
            for school in schools
        ),
    )


def _school_verdict(
    school: SchoolRow,
    outcomes: list[Outcome],
    rules: RuleSet,
    year: int,
    decisions: dict[int, DecisionRow],
) -> SchoolVerdict:
    return SchoolVerdict(
        school_id=school.id,
        school=school.short_name,
        full_name=school.full_name,
        codes=Codes(school.fisoko, school.rcoi),
        status=school.status,
        verdict=classify_school(outcomes, rules, year),
        decision=decisions.get(school.id),
    )


def _outcomes(session: Session, rules: RuleSet, year: int) -> dict[int, list[Outcome]]:
    """Return the outcomes that the rules may look at, by school: plain tuples, one query."""
    procedures = _procedures(session, rules, year)
    query = select(
        Result.school_id,
        Result.assessment_id,
        Result.participants,
        Result.below,
        Result.n2,
        type_coerce(Result.origin, String),
        Result.p2,
    ).where(Result.current, Result.assessment_id.in_(procedures))
    found: dict[int, list[Outcome]] = {}
    for school, assessment, participants, below, n2, origin, p2 in session.execute(query):
        procedure, held = procedures[assessment]
        # In the ВПР and the ОГЭ to be below the minimum is to have «2».
        fell = n2 if below is None else below
        exact = origin != CountsOrigin.APPROXIMATE.value
        outcome = Outcome(procedure, held, participants, fell, exact, p2)
        found.setdefault(school, []).append(outcome)
    return found


def _procedures(session: Session, rules: RuleSet, year: int) -> dict[int, tuple[ProcedureKey, int]]:
    query = select(
        Assessment.id, Assessment.kind, Assessment.subject, Assessment.grade, Assessment.year
    ).where(Assessment.year <= year)
    if rules.rule_b_years_back is YearsBack.CALENDAR:
        # The year before is also what growth is measured from.
        earlier = max(rules.rule_b_years or 0, 2) - 1
        query = query.where(Assessment.year >= year - earlier)
    found = {
        row[0]: (ProcedureKey(row[1], row[2], row[3]), row[4]) for row in session.execute(query)
    }
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
    ).where(Decision.year == year, Decision.current)
    return {row[0]: DecisionRow(*row[1:]) for row in session.execute(query)}
