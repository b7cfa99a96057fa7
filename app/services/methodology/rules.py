"""The rule that names a school ШНОР or puts it into the «зона риска», from exact counts.

Source of the rule: domain.md §1.1 and §1.3 as ``resources/methodologies`` writes it down; nothing
of it is hard-coded here but the shape.  Pure: the same outcomes give the same verdict.

A region has 1,400 schools with some fifty results each, and the window counts anew while a switch
is moved: whether a result is low is asked once, and nothing is hashed that can be walked in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.models.enums import AssessmentKind, Category
from app.services.methodology import explain, social
from app.services.methodology.distance import Position, distance
from app.services.methodology.shares import at_least, grew_by, is_known, lows
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


_Seen = tuple[Outcome, bool]
"""An outcome that may be counted, and whether it is low."""
_Series = list[_Seen]
"""What may be counted of one procedure, by year."""


class _Now(NamedTuple):
    """A counted outcome of the year with the earlier years of the same procedure."""

    outcome: Outcome
    low: bool
    earlier: _Series
    run: tuple[Outcome, ...] | None
    """The earlier low outcomes by which it fulfils rule B when low; None: they are lacking."""

    @property
    def before(self) -> Outcome | None:
        """The outcome of the year before."""
        if not self.earlier:
            return None
        last, _ = self.earlier[-1]
        return last if last.year == self.outcome.year - 1 else None


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
    position = Position(found.counted, ready, found.category is Category.SHNOR)
    notes = explain.risk_notes(found, rules)
    return Verdict(
        category=category,
        low=tuple(sorted((*found.low, *found.run), key=_order)),
        rule_a=found.rule_a,
        rule_b=found.rule_b,
        counted=len(found.counted),
        risk_notes=notes,
        distance=distance(position, rules),
        warnings=(*explain.warnings(found, rules), *(conditions.warnings if conditions else ())),
        reason=explain.whole_reason(found, rules, category, conditions, notes),
        no_data=not found.counted and category is Category.NONE,
        social=conditions,
        resilient=social.is_resilient(found, category, rules, evidence.median_percent),
        cluster=social.cluster_of(found, category, rules),
        borderline=explain.is_borderline_case(found, rules),
        small_sample=explain.has_small_sample(found, rules),
    )


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


def _find(
    outcomes: Sequence[Outcome], rules: RuleSet, year: int, evidence: Evidence
) -> tuple[Findings, frozenset[ProcedureKey]]:
    """Return the findings and the procedures that fulfil rule B when they are low."""
    marked = _marked(outcomes, rules, evidence.biased)
    kept = usable(outcomes, rules, evidence.biased)
    series = _series(kept, rules)
    counted = _counted(series, rules, year)
    left_out = _left_out(outcomes, kept, year)
    found = _findings(counted, series, rules, year, left_out, marked)
    return found, frozenset(now.outcome.procedure for now in counted if now.run is not None)


def usable(
    outcomes: Sequence[Outcome], rules: RuleSet, biased: frozenset[tuple[ProcedureKey, int]]
) -> list[Outcome]:
    """Return the outcomes that are counted: known, of enough participants, not excluded."""
    kept = [o for o in outcomes if is_known(o, rules.min_participants)]
    if rules.bias_policy is not BiasPolicy.EXCLUDE:
        return kept
    out = _marked(outcomes, rules, biased)
    return [outcome for outcome in kept if outcome not in out] if out else kept


def _marked(
    outcomes: Sequence[Outcome], rules: RuleSet, biased: frozenset[tuple[ProcedureKey, int]]
) -> tuple[Outcome, ...]:
    """Return the ВПР for which the official list marks the school, as the policy wants them."""
    if rules.bias_policy is BiasPolicy.IGNORE or not biased:
        return ()
    return tuple(
        outcome
        for outcome in outcomes
        if outcome.procedure.kind is AssessmentKind.VPR
        and (outcome.procedure, outcome.year) in biased
    )


def _order(outcome: Outcome) -> tuple[int, str, int, int]:
    return (*procedure_order(outcome.procedure), outcome.year)


def _left_out(
    outcomes: Sequence[Outcome], kept: Sequence[Outcome], year: int
) -> tuple[Outcome, ...]:
    if len(kept) == len(outcomes):
        return ()
    return tuple(o for o in outcomes if o.year == year and o not in kept)


def _series(kept: Sequence[Outcome], rules: RuleSet) -> list[_Series]:
    """Return the outcomes by procedure, as the order of ``relevant`` puts them side by side."""
    found: list[_Series] = []
    last: ProcedureKey | None = None
    for seen in zip(kept, lows(kept, rules), strict=True):
        procedure = seen[0].procedure
        # Most often it is the same object; comparing the fields is dearer.
        if procedure is last or procedure == last:
            found[-1].append(seen)
        else:
            found.append([seen])
        last = procedure
    return found


def _counted(series: Iterable[_Series], rules: RuleSet, year: int) -> list[_Now]:
    """Return what counts in the year, each with its past; the past is a fact and stays."""
    shared = None if rules.rule_b_same else _any_run(series, rules, year)
    found = []
    for seen in series:
        outcome, low = seen[-1]
        if outcome.year == year:
            earlier = seen[:-1]
            run = _same_run(earlier, rules, year) if rules.rule_b_same else shared
            found.append(_Now(outcome, low, earlier, run))
    return found


def _same_run(earlier: _Series, rules: RuleSet, year: int) -> tuple[Outcome, ...] | None:
    """Return the low outcomes of one procedure in the earlier years, None if any is not low."""
    if rules.rule_b_years is None or not earlier or not earlier[-1][1]:
        return None
    length = rules.rule_b_years - 1
    run = earlier[: -length - 1 : -1]
    if len(run) < length or not all(low for _, low in run):
        return None
    calendar = rules.rule_b_years_back is YearsBack.CALENDAR
    # Years of one procedure differ and are in order: the oldest tells whether one is missing.
    if calendar and run[-1][0].year != year - length:
        return None
    return tuple(outcome for outcome, _ in run)


def _any_run(series: Iterable[_Series], rules: RuleSet, year: int) -> tuple[Outcome, ...] | None:
    """Return all low outcomes of the earlier years, None if any of the years has none."""
    if rules.rule_b_years is None:
        return None
    past = [seen for one in series for seen in one if seen[0].year < year]
    length = rules.rule_b_years - 1
    years = _earlier_years({outcome.year for outcome, _ in past}, rules, year, length)
    low = [[o for o, is_it in past if is_it and o.year == of_year] for of_year in years]
    if len(low) < length or not all(low):
        return None
    return tuple(outcome for of_year in low for outcome in of_year)


def _earlier_years(known: Iterable[int], rules: RuleSet, year: int, length: int) -> list[int]:
    if rules.rule_b_years_back is YearsBack.CALENDAR:
        return [year - back for back in range(1, length + 1)]
    return sorted(known, reverse=True)[:length]


def _findings(
    counted: list[_Now],
    series: Iterable[_Series],
    rules: RuleSet,
    year: int,
    left_out: tuple[Outcome, ...],
    biased: tuple[Outcome, ...],
) -> Findings:
    low = [now for now in counted if now.low]
    by_b = [now for now in low if now.run is not None]
    by_a = rules.rule_a_procedures is not None and len(low) >= rules.rule_a_procedures
    shnor = joined(by_a, bool(by_b), rules)
    signs = () if shnor else tuple(_signs(counted, rules))
    return Findings(
        year=year,
        category=Category.SHNOR if shnor else Category.RISK_ZONE if signs else Category.NONE,
        counted=tuple(now.outcome for now in counted),
        low=tuple(now.outcome for now in low),
        rule_a=by_a,
        rule_b=tuple(now.outcome.procedure for now in by_b),
        run=tuple(dict.fromkeys(earlier for now in by_b for earlier in now.run or ())),
        signs=signs,
        unmatched=tuple(now.outcome for now in low if _unmatched(now, rules)),
        has_past=any(outcome.year == year - 1 for one in series for outcome, _ in one),
        left_out=left_out,
        biased=biased,
    )


def joined(by_a: bool, by_b: bool, rules: RuleSet) -> bool:
    """Join the rules that are switched on; without any no school is ШНОР."""
    holds = []
    if rules.rule_a_procedures is not None:
        holds.append(by_a)
    if rules.rule_b_years is not None:
        holds.append(by_b)
    return any(holds) if rules.join is Join.OR else bool(holds) and all(holds)


def _unmatched(now: _Now, rules: RuleSet) -> bool:
    """Whether rule B could not look at the year before, because it has no result."""
    same = rules.rule_b_years is not None and rules.rule_b_same
    if not same or rules.rule_b_years_back is not YearsBack.CALENDAR:
        return False
    return now.before is None


def _signs(counted: Iterable[_Now], rules: RuleSet) -> Iterator[RiskSign]:
    zone = rules.risk_zone
    for now in counted:
        outcome = now.outcome
        if now.low and zone.one_low_procedure:
            yield RiskSign(RiskKind.LOW, outcome)
        near = zone.near_from_percent
        if near is not None and not now.low and at_least(outcome, near):
            yield RiskSign(RiskKind.NEAR, outcome)
        points, before = zone.growth_points, now.before
        if points is not None and before is not None and grew_by(outcome, before, points):
            yield RiskSign(RiskKind.GROWTH, outcome, before)
