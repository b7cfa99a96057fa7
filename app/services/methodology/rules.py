"""The rule that names a school ШНОР or puts it into the «зона риска», from exact counts.

Source of the rule: domain.md §1.1 and §1.3 as ``resources/methodologies`` writes it down; nothing
of it is hard-coded here but the shape.  Pure: the same outcomes give the same verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.models.enums import AssessmentKind, Category
from app.services.methodology import explain, social
from app.services.methodology.distance import Position, distance
from app.services.methodology.shares import at_least, grew_by, is_known, is_low
from app.services.methodology.types import (
    NO_EVIDENCE,
    BiasPolicy,
    Evidence,
    Findings,
    Join,
    Outcome,
    ProcedureKey,
    RiskKind,
    RiskSign,
    RuleSet,
    SocialVerdict,
    Verdict,
    YearsBack,
)

_KIND_ORDER = {kind: place for place, kind in enumerate(AssessmentKind)}

ByYear = Mapping[int, Outcome]


@dataclass(frozen=True, slots=True)
class _Past:
    """Counted outcomes of earlier years, by procedure and year."""

    outcomes: Mapping[ProcedureKey, ByYear]

    def of(self, procedure: ProcedureKey) -> ByYear:
        return self.outcomes.get(procedure, {})

    def in_year(self, year: int) -> list[Outcome]:
        found = [by_year[year] for by_year in self.outcomes.values() if year in by_year]
        return sorted(found, key=_order)

    def has(self, year: int) -> bool:
        return any(year in by_year for by_year in self.outcomes.values())

    def years(self) -> set[int]:
        return {year for by_year in self.outcomes.values() for year in by_year}


def classify_school(
    outcomes: Iterable[Outcome], rules: RuleSet, year: int, evidence: Evidence = NO_EVIDENCE
) -> Verdict:
    """Return what the rules say of a school in ``year``; later years and other subjects are left.

    The order of ``outcomes`` does not matter.  ValueError when a procedure has two outcomes in one
    year: the caller gives the observations in force only.
    """
    return classify_relevant(relevant(outcomes, rules, year), rules, year, evidence)


def classify_relevant(
    outcomes: Sequence[Outcome], rules: RuleSet, year: int, evidence: Evidence = NO_EVIDENCE
) -> Verdict:
    """Return the verdict of outcomes that ``relevant`` has chosen and put in order."""
    found, ready = _find(outcomes, rules, year, evidence)
    conditions = _conditions(rules, evidence)
    category = social.category(found.category, conditions)
    position = Position(found.counted, frozenset(ready), found.category is Category.SHNOR)
    return Verdict(
        category=category,
        low=tuple(sorted((*found.low, *found.run), key=_order)),
        rule_a=found.rule_a,
        rule_b=found.rule_b,
        counted=len(found.counted),
        risk_notes=explain.risk_notes(found, rules),
        distance=distance(position, rules),
        warnings=(*explain.warnings(found, rules), *(conditions.warnings if conditions else ())),
        reason=explain.whole_reason(found, rules, category, conditions),
        no_data=not found.counted and category is Category.NONE,
        social=conditions,
        resilient=social.is_resilient(found, category, rules, evidence.median_percent),
        cluster=social.cluster_of(found, category, rules),
    )


def category_of(
    outcomes: Sequence[Outcome], rules: RuleSet, year: int, evidence: Evidence = NO_EVIDENCE
) -> Category:
    """Return the category alone, without words, of outcomes that ``relevant`` has chosen."""
    found, _ = _find(outcomes, rules, year, evidence)
    return social.category(found.category, _conditions(rules, evidence))


def procedure_order(procedure: ProcedureKey) -> tuple[int, str, int]:
    """Return the sort key that keeps procedures as people list them: ВПР, ОГЭ, ЕГЭ."""
    return (_KIND_ORDER[procedure.kind], procedure.subject, procedure.grade)


def relevant(outcomes: Iterable[Outcome], rules: RuleSet, year: int) -> list[Outcome]:
    """Return the outcomes that count, up to the year, by procedure and year.

    ValueError when a procedure has two outcomes in one year.
    """
    found = sorted(
        (o for o in outcomes if o.year <= year and rules.counts(o.procedure)), key=_order
    )
    for first, second in pairwise(found):
        if _order(first) == _order(second):
            raise ValueError(f"two outcomes of {first.procedure} in {first.year}")
    return found


def _conditions(rules: RuleSet, evidence: Evidence) -> SocialVerdict | None:
    return None if rules.social is None else social.judge(evidence.social, rules.social)


_Ready = Mapping[ProcedureKey, tuple[Outcome, ...]]


def _find(
    outcomes: Sequence[Outcome], rules: RuleSet, year: int, evidence: Evidence
) -> tuple[Findings, _Ready]:
    marked = _marked(outcomes, rules, evidence)
    out = marked if rules.bias_policy is BiasPolicy.EXCLUDE else ()
    usable = [outcome for outcome in outcomes if _usable(outcome, rules) and outcome not in out]
    counted = [outcome for outcome in usable if outcome.year == year]
    past = _past(usable, year)
    ready = _ready(counted, past, rules, year)
    left_out = (o for o in outcomes if o.year == year and (o in out or not _usable(o, rules)))
    found = _findings(counted, past, ready, rules, year)
    return replace(found, left_out=tuple(left_out), biased=marked), ready


def _marked(outcomes: Sequence[Outcome], rules: RuleSet, evidence: Evidence) -> tuple[Outcome, ...]:
    """Return the ВПР for which the official list marks the school, as the policy wants them."""
    if rules.bias_policy is BiasPolicy.IGNORE or not evidence.biased:
        return ()
    return tuple(
        outcome
        for outcome in outcomes
        if outcome.procedure.kind is AssessmentKind.VPR
        and (outcome.procedure, outcome.year) in evidence.biased
    )


def _order(outcome: Outcome) -> tuple[int, str, int, int]:
    return (*procedure_order(outcome.procedure), outcome.year)


def _usable(outcome: Outcome, rules: RuleSet) -> bool:
    return is_known(outcome) and (outcome.participants or 0) >= rules.min_participants


def _past(usable: Iterable[Outcome], year: int) -> _Past:
    found: dict[ProcedureKey, dict[int, Outcome]] = {}
    for outcome in usable:
        if outcome.year < year:
            found.setdefault(outcome.procedure, {})[outcome.year] = outcome
    return _Past(found)


def _findings(
    counted: list[Outcome], past: _Past, ready: _Ready, rules: RuleSet, year: int
) -> Findings:
    low = tuple(outcome for outcome in counted if is_low(outcome, rules))
    by_b = tuple(outcome.procedure for outcome in low if outcome.procedure in ready)
    by_a = rules.rule_a_procedures is not None and len(low) >= rules.rule_a_procedures
    shnor = _joined(by_a, bool(by_b), rules)
    signs = () if shnor else tuple(_signs(counted, past, rules, year))
    category = Category.SHNOR if shnor else Category.RISK_ZONE if signs else Category.NONE
    return Findings(
        year=year,
        category=category,
        counted=tuple(counted),
        low=low,
        rule_a=by_a,
        rule_b=by_b,
        run=tuple(dict.fromkeys(earlier for key in by_b for earlier in ready[key])),
        signs=signs,
        unmatched=tuple(o for o in low if _unmatched(o, past, rules)),
        has_past=past.has(year - 1),
    )


def _joined(by_a: bool, by_b: bool, rules: RuleSet) -> bool:
    """Join the rules that are switched on; without any no school is ШНОР."""
    holds = []
    if rules.rule_a_procedures is not None:
        holds.append(by_a)
    if rules.rule_b_years is not None:
        holds.append(by_b)
    return any(holds) if rules.join is Join.OR else bool(holds) and all(holds)


def _ready(
    counted: Iterable[Outcome], past: _Past, rules: RuleSet, year: int
) -> dict[ProcedureKey, tuple[Outcome, ...]]:
    """Return the procedures that fulfil rule B when low in ``year``, with the earlier low outcomes.

    The earlier years are facts that no longer change; so this, together with who is low now,
    decides rule B, and the distance to it too.
    """
    if rules.rule_b_years is None:
        return {}
    length = rules.rule_b_years - 1
    if rules.rule_b_same:
        runs = {o.procedure: _same(past.of(o.procedure), rules, year, length) for o in counted}
    else:
        shared = _any(past, rules, year, length)
        runs = {o.procedure: shared for o in counted}
    return {procedure: run for procedure, run in runs.items() if run is not None}


def _earlier_years(known: Iterable[int], rules: RuleSet, year: int, length: int) -> list[int]:
    if rules.rule_b_years_back is YearsBack.CALENDAR:
        return [year - back for back in range(1, length + 1)]
    return sorted(known, reverse=True)[:length]


def _same(by_year: ByYear, rules: RuleSet, year: int, length: int) -> tuple[Outcome, ...] | None:
    """Return the low outcomes of one procedure in the earlier years, None if any is not low."""
    if not by_year:
        return None
    years = _earlier_years(by_year, rules, year, length)
    run = [by_year[y] for y in years if y in by_year and is_low(by_year[y], rules)]
    return tuple(run) if len(run) == length else None


def _any(past: _Past, rules: RuleSet, year: int, length: int) -> tuple[Outcome, ...] | None:
    """Return all low outcomes of the earlier years, None if any of the years has none."""
    years = _earlier_years(past.years(), rules, year, length)
    low = [[o for o in past.in_year(y) if is_low(o, rules)] for y in years]
    if len(low) < length or not all(low):
        return None
    return tuple(outcome for of_year in low for outcome in of_year)


def _unmatched(outcome: Outcome, past: _Past, rules: RuleSet) -> bool:
    """Whether rule B could not look at the year before, because it has no result."""
    same = rules.rule_b_years is not None and rules.rule_b_same
    if not same or rules.rule_b_years_back is not YearsBack.CALENDAR:
        return False
    return outcome.year - 1 not in past.of(outcome.procedure)


def _signs(
    counted: Iterable[Outcome], past: _Past, rules: RuleSet, year: int
) -> Iterator[RiskSign]:
    for outcome in counted:
        before = past.of(outcome.procedure).get(year - 1)
        if _watched_low(outcome, rules):
            yield RiskSign(RiskKind.LOW, outcome)
        if _is_near(outcome, rules):
            yield RiskSign(RiskKind.NEAR, outcome)
        if before is not None and _has_grown(outcome, before, rules):
            yield RiskSign(RiskKind.GROWTH, outcome, before)


def _watched_low(outcome: Outcome, rules: RuleSet) -> bool:
    return rules.risk_zone.one_low_procedure and is_low(outcome, rules)


def _is_near(outcome: Outcome, rules: RuleSet) -> bool:
    near = rules.risk_zone.near_from_percent
    if near is None or is_low(outcome, rules):
        return False
    return at_least(outcome, near)


def _has_grown(outcome: Outcome, before: Outcome, rules: RuleSet) -> bool:
    points = rules.risk_zone.growth_points
    return points is not None and grew_by(outcome, before, points)
