"""What-if counts with bits what the rules find school by school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Category
from app.services.methodology.bits import District
from app.services.methodology.rules import classify_school, relevant
from app.services.methodology.social import first_cluster, signs_of
from app.services.methodology.types import (
    BiasPolicy,
    Cluster,
    ClusterSign,
    Evidence,
    Join,
    Outcome,
    ProcedureKey,
    RiskZoneRule,
    RuleSet,
    YearsBack,
)
from tests.methodology.builders import (
    EGE_BASIC,
    GIA,
    MA4,
    MA5,
    OGE_MA,
    RU4,
    VPR,
    YEAR,
    got,
    rules,
)

CLUSTERS = tuple(
    Cluster(number, sign.value, (sign,), "", confirmed=False)
    for number, sign in enumerate(
        (ClusterSign.SHNOR, ClusterSign.LOW, ClusterSign.RISK_ZONE, ClusterSign.FAILING), start=1
    )
)
HISTORY = ProcedureKey(VPR, "История", 5)
KEYS = st.tuples(
    st.sampled_from([MA4, RU4, MA5, OGE_MA, EGE_BASIC, HISTORY]), st.integers(YEAR - 3, YEAR)
)
PERCENTS = st.decimals("0.1", "100", places=1)


@st.composite
def results(draw: st.DrawFn) -> list[Outcome]:
    """Return results of one school over four years, some of them without counts or pupils."""
    found = []
    for procedure, year in sorted(draw(st.sets(KEYS, max_size=12))):
        participants = draw(st.one_of(st.none(), st.integers(0, 12)))
        below = draw(st.one_of(st.none(), st.integers(0, participants or 0)))
        given_percent = draw(st.sampled_from([None, 0.0, 20.0, 29.96, 30.0, 100.0]))
        found.append(got(procedure, below, participants, year, given_percent=given_percent))
    return found


@st.composite
def some_rules(draw: st.DrawFn) -> RuleSet:
    """Return rules of any shape that a methodology may have."""
    threshold = draw(PERCENTS)
    near = draw(st.one_of(st.none(), st.just(threshold / 2)))
    return rules(
        counted=draw(st.sampled_from([rules().counted, GIA.counted])),
        threshold_percent=threshold,
        rule_a_procedures=draw(st.one_of(st.none(), st.integers(1, 3))),
        rule_b_years=draw(st.one_of(st.none(), st.integers(2, 5))),
        rule_b_same=draw(st.booleans()),
        rule_b_years_back=draw(st.sampled_from(YearsBack)),
        join=draw(st.sampled_from(Join)),
        min_participants=draw(st.integers(0, 8)),
        risk_zone=RiskZoneRule(draw(st.booleans()), near, draw(st.one_of(st.none(), PERCENTS))),
        bias_policy=draw(st.sampled_from(BiasPolicy)),
        social=None,
    )


schools = st.dictionaries(st.integers(1, 5), results(), max_size=5)
marks = st.dictionaries(st.integers(1, 6), st.frozensets(KEYS, max_size=4), max_size=5)


@given(schools, marks, st.lists(some_rules(), min_size=1, max_size=3))
def test_all_at_once_is_what_one_by_one_is(
    results_of: Mapping[int, list[Outcome]],
    biased: Mapping[int, frozenset[tuple[ProcedureKey, int]]],
    tried: list[RuleSet],
) -> None:
    every = rules(counted=(*rules().counted,))
    kept = {school: relevant(found, every, YEAR) for school, found in results_of.items()}
    district = District(YEAR, kept, biased)
    for by in tried:
        assert district.categories(by) == {
            school: classify_school(
                found, by, YEAR, Evidence(biased.get(school, frozenset()))
            ).category
            for school, found in kept.items()
        }


@given(schools, some_rules())
def test_clusters_see_all_at_once_what_they_see_one_by_one(
    results_of: Mapping[int, list[Outcome]], by: RuleSet
) -> None:
    by = replace(by, clusters=CLUSTERS)
    kept = {school: relevant(found, rules(), YEAR) for school, found in results_of.items()}
    for school, standing in District(YEAR, kept, {}).standings(by).items():
        watched = standing.category is Category.RISK_ZONE
        signs = signs_of(
            standing.category, low=standing.low, failing=standing.failing, watched=watched
        )
        expected = classify_school(kept[school], by, YEAR).cluster
        assert first_cluster(signs, by.clusters) is expected


def test_a_district_without_results_has_no_categories() -> None:
    assert District(YEAR, {}, {}).categories(rules()) == {}
    assert District(YEAR, {1: []}, {1: frozenset({(MA4, YEAR)})}).categories(rules()) == {
        1: Category.NONE
    }


def test_an_edit_is_counted_from_what_is_stored_and_not_from_the_edit_before() -> None:
    district = District(YEAR, {1: [got(MA4, 3, 10), got(RU4, 3, 10)]}, {})
    three = replace(rules(), rule_a_procedures=3)
    tried = [district.categories(by)[1] for by in (rules(), three, rules())]
    assert tried == [Category.SHNOR, Category.RISK_ZONE, Category.SHNOR]


GROWN = [got(MA4, 1, 10, YEAR - 1), got(MA4, 2, 10)]
LOW_TWICE = [got(MA4, 3, 10), got(RU4, 3, 10)]


@pytest.mark.parametrize(
    ("outcomes", "changes", "category"),
    [
        (GROWN, {"risk_zone": RiskZoneRule(False, None, Decimal(10))}, Category.RISK_ZONE),
        (GROWN, {"risk_zone": RiskZoneRule(False, None, Decimal("10.1"))}, Category.NONE),
        (GROWN, {"risk_zone": RiskZoneRule(False, Decimal(20), None)}, Category.RISK_ZONE),
        (GROWN, {"risk_zone": RiskZoneRule(False, Decimal(21), None)}, Category.NONE),
        (LOW_TWICE, {"bias_policy": BiasPolicy.MARK}, Category.SHNOR),
        (LOW_TWICE, {"bias_policy": BiasPolicy.EXCLUDE}, Category.RISK_ZONE),
        (LOW_TWICE, {"min_participants": 11}, Category.NONE),
        (LOW_TWICE, {"rule_a_procedures": None, "rule_b_years": None}, Category.RISK_ZONE),
        (LOW_TWICE, {"join": Join.AND}, Category.RISK_ZONE),
    ],
)
def test_each_switch_is_seen(
    outcomes: list[Outcome], changes: dict[str, Any], category: Category
) -> None:
    by = rules(social=None, **changes)
    marked = frozenset({(RU4, YEAR), (OGE_MA, YEAR), (HISTORY, YEAR), (MA4, YEAR - 9)})
    assert District(YEAR, {1: outcomes}, {1: marked}).categories(by) == {1: category}
    assert classify_school(outcomes, by, YEAR, Evidence(marked)).category is category
