"""The rule itself: what is low, rules A and B, joins, the «зона риска», and its properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Category
from app.services.methodology.rules import classify_school
from app.services.methodology.shares import (
    is_borderline,
    is_low,
    is_rounded,
    measured,
    share_of,
)
from app.services.methodology.types import Join, Outcome, ProcedureKey, RuleSet, YearsBack
from tests.methodology.builders import (
    EGE_BASIC,
    EGE_PROFILE,
    FEDERAL,
    MA4,
    MA5,
    NO_RISK,
    OGE_MA,
    RU4,
    VPR,
    YEAR,
    got,
    rules,
)

SHNOR, RISK, NONE = Category.SHNOR, Category.RISK_ZONE, Category.NONE


def category(outcomes: Sequence[Outcome], by: RuleSet = FEDERAL, year: int = YEAR) -> Category:
    """Return the category alone."""
    return classify_school(outcomes, by, year).category


@pytest.mark.parametrize(
    ("below", "participants", "threshold", "low"),
    [
        (3, 10, "30", True),
        (29, 100, "30", False),
        (2996, 10_000, "30", False),
        (1, 3, "33.3", True),
        (333, 1000, "33.3", True),
        (332, 1000, "33.3", False),
        (1, 1, "100", True),
        (0, 5, "0.1", False),
        (0, 0, "30", False),
        (0, None, "30", False),
        (3, None, "30", False),
        (None, 10, "30", False),
    ],
)
def test_low_is_decided_by_counts_exactly(
    below: int | None, participants: int | None, threshold: str, low: bool
) -> None:
    by = rules(threshold_percent=Decimal(threshold))
    assert is_low(got(MA4, below, participants), by) is low


@pytest.mark.parametrize(("percent", "low"), [(30.0, True), (29.96, False), (29.9, False)])
def test_without_counts_the_percentage_of_the_file_decides(percent: float, low: bool) -> None:
    assert is_low(got(MA4, None, 7, given_percent=percent), FEDERAL) is low


def test_counts_come_before_a_rounded_percentage() -> None:
    assert not is_low(got(MA4, 2996, 10_000, given_percent=30.0), FEDERAL)


def test_a_share_of_nobody_is_not_known() -> None:
    assert share_of(got(MA4, 0, 0, given_percent=30.0)) is None
    assert got(MA4, 0, 0, given_percent=30.0).percent is None
    assert got(MA4, None, 7, given_percent=30.0).percent == 30.0
    assert got(MA4, 3, 10).percent == 30.0
    with pytest.raises(ValueError, match="not a counted outcome"):
        measured(got(MA4, None, 7))


def test_only_rounded_shares_near_the_threshold_are_borderline() -> None:
    assert not is_borderline(got(MA4, 3, 10), FEDERAL)
    assert is_borderline(got(MA4, 300, 1000, exact=False, given_percent=30.0), FEDERAL)
    assert is_borderline(got(MA4, None, 1000, given_percent=29.96), FEDERAL)
    assert not is_borderline(got(MA4, None, 1000, given_percent=29.5), FEDERAL)
    assert not is_borderline(got(MA4, 4, 10, exact=False), FEDERAL)
    assert is_borderline(got(MA4, 31, 100, exact=False, given_percent=30.4), FEDERAL)
    assert not is_rounded(got(MA4, 3, 10, given_percent=30.0))


def test_two_different_low_procedures_in_one_year_make_shnor() -> None:
    verdict = classify_school([got(MA4, 3, 7), got(RU4, 3, 10)], FEDERAL, YEAR)
    assert verdict.category is SHNOR
    assert verdict.rule_a
    assert verdict.rule_b == ()
    assert [outcome.procedure for outcome in verdict.low] == [MA4, RU4]
    assert verdict.counted == 2
    assert verdict.risk_notes == ()


def test_two_grades_of_one_subject_are_two_procedures() -> None:
    assert category([got(MA4, 1, 3), got(MA5, 1, 3)]) is SHNOR


def test_profile_and_basic_mathematics_are_two_procedures() -> None:
    assert category([got(EGE_BASIC, 1, 3), got(EGE_PROFILE, 1, 3)]) is SHNOR


def test_the_same_procedure_two_years_running_makes_shnor() -> None:
    verdict = classify_school([got(MA4, 1, 3), got(MA4, 1, 3, 2024)], FEDERAL, YEAR)
    assert verdict.category is SHNOR
    assert not verdict.rule_a
    assert verdict.rule_b == (MA4,)
    assert [outcome.year for outcome in verdict.low] == [2024, 2025]


@pytest.mark.parametrize(
    "outcomes",
    [
        [got(MA4, 1, 3), got(RU4, 1, 3, 2024)],
        [got(MA4, 1, 3), got(MA4, 1, 3, 2023)],
        [got(MA4, 1, 3), got(MA4, 1, 4, 2024)],
        [got(MA4, 1, 3), got(MA4, 0, 0, 2024)],
        [got(MA4, 1, 3), got(RU4, 1, 3, 2026), got(MA4, 1, 3, 2026)],
        [got(MA4, 1, 3), got(ProcedureKey(VPR, "История", 5), 3, 3)],
    ],
)
def test_one_low_procedure_is_not_yet_shnor(outcomes: list[Outcome]) -> None:
    assert category(outcomes) is RISK


def test_low_results_of_the_past_alone_say_nothing_of_the_year() -> None:
    verdict = classify_school([got(MA4, 3, 3, 2024), got(RU4, 3, 3, 2024)], FEDERAL, YEAR)
    assert verdict.category is NONE
    assert verdict.no_data


def test_rule_b_can_look_at_any_procedure_of_each_year() -> None:
    by = rules(rule_b_same=False)
    outcomes = [got(MA4, 1, 3), got(RU4, 1, 3, 2024), got(MA5, 0, 3, 2024)]
    verdict = classify_school(outcomes, by, YEAR)
    assert verdict.category is SHNOR
    assert verdict.rule_b == (MA4,)
    assert [outcome.procedure for outcome in verdict.low] == [MA4, RU4]
    assert category([got(MA4, 1, 3), got(RU4, 0, 3, 2024)], by) is RISK
    assert category([got(MA4, 1, 3)], by) is RISK


def test_rule_b_can_ask_for_three_years() -> None:
    by = rules(rule_b_years=3)
    two = [got(MA4, 1, 3), got(MA4, 1, 3, 2024)]
    assert category(two, by) is RISK
    assert category([*two, got(MA4, 1, 3, 2023)], by) is SHNOR


def test_rule_b_can_look_at_the_last_results_there_are() -> None:
    gap = [got(MA4, 1, 3), got(MA4, 1, 3, 2022)]
    by = rules(rule_b_years_back=YearsBack.HELD)
    assert category(gap) is RISK
    assert category(gap, by) is SHNOR
    assert category([*gap, got(MA4, 0, 3, 2023)], by) is RISK
    anywhere = replace(by, rule_b_same=False)
    assert category([got(MA4, 1, 3), got(RU4, 1, 3, 2022)], anywhere) is SHNOR


def test_rules_can_be_joined_by_and() -> None:
    by = rules(join=Join.AND)
    year = [got(MA4, 1, 3), got(RU4, 1, 3)]
    assert category(year, by) is RISK
    assert category([got(MA4, 1, 3), got(MA4, 1, 3, 2024)], by) is RISK
    assert category([*year, got(MA4, 1, 3, 2024)], by) is SHNOR


@pytest.mark.parametrize("join", list(Join))
def test_a_rule_that_is_switched_off_does_not_count(join: Join) -> None:
    year = [got(MA4, 1, 3), got(RU4, 1, 3)]
    running = [got(MA4, 1, 3), got(MA4, 1, 3, 2024)]
    only_a = rules(rule_b_years=None, join=join)
    only_b = rules(rule_a_procedures=None, join=join)
    assert (category(year, only_a), category(running, only_a)) == (SHNOR, RISK)
    assert (category(year, only_b), category(running, only_b)) == (RISK, SHNOR)
    neither = rules(rule_a_procedures=None, rule_b_years=None, join=join, risk_zone=NO_RISK)
    assert category([*year, *running[1:]], neither) is NONE


def test_too_few_participants_are_not_counted_and_this_is_said() -> None:
    by = rules(min_participants=5)
    verdict = classify_school([got(MA4, 3, 4), got(RU4, 3, 5)], by, YEAR)
    assert (verdict.category, verdict.counted) == (RISK, 1)
    assert "Не учтено: ВПР, математика, 4 класс – 4 участника, " in " ".join(verdict.warnings)


def test_a_subject_or_grade_that_does_not_count_is_left_out() -> None:
    only_five = replace(FEDERAL.counted[0], grades=(5,))
    by = rules(counted=(only_five,))
    verdict = classify_school([got(MA4, 3, 3), got(MA5, 3, 3), got(OGE_MA, 3, 3)], by, YEAR)
    assert verdict.counted == 1


@pytest.mark.parametrize(
    ("outcomes", "note"),
    [
        ([got(MA4, 1, 3)], "низкий результат"),
        ([got(MA4, 2, 10)], "близко к порогу"),
        ([got(MA4, 10, 100), got(MA4, 0, 100, 2024)], "рост на 10,0 п. п. за год"),
    ],
)
def test_signs_of_the_risk_zone(outcomes: list[Outcome], note: str) -> None:
    verdict = classify_school(outcomes, FEDERAL, YEAR)
    assert verdict.category is RISK
    assert len(verdict.risk_notes) == 1
    assert note in verdict.risk_notes[0]
    assert category(outcomes, rules(risk_zone=NO_RISK)) is NONE


@pytest.mark.parametrize(
    "outcomes",
    [
        [got(MA4, 19, 100)],
        [got(MA4, 10, 100), got(MA4, 1, 100, 2024)],
        [got(MA4, 10, 100), got(MA4, 0, 100, 2023)],
    ],
)
def test_just_outside_the_risk_zone(outcomes: list[Outcome]) -> None:
    assert category(outcomes) is NONE


def test_one_procedure_with_several_signs_makes_one_note() -> None:
    verdict = classify_school([got(MA4, 5, 20), got(MA4, 0, 20, 2024)], FEDERAL, YEAR)
    (note,) = verdict.risk_notes
    assert "близко к порогу, рост на 25,0 п. п. за год" in note


def test_two_outcomes_of_one_procedure_in_one_year_are_a_bug() -> None:
    with pytest.raises(ValueError, match="two outcomes"):
        classify_school([got(MA4, 1, 3), got(MA4, 0, 3)], FEDERAL, YEAR)


def test_a_school_without_results_has_no_category_but_says_so() -> None:
    verdict = classify_school([], FEDERAL, YEAR)
    assert verdict.category is NONE
    assert verdict.no_data
    assert verdict.reason.startswith("Нет данных за 2025 год")


procedures = st.sampled_from([MA4, RU4, MA5, OGE_MA, EGE_BASIC, ProcedureKey(VPR, "История", 5)])
sizes = st.integers(0, 12)


@st.composite
def results(draw: st.DrawFn) -> list[Outcome]:
    """Return results of one school over three years, one per procedure and year."""
    keys = draw(st.sets(st.tuples(procedures, st.integers(2023, 2025)), max_size=9))
    found = []
    for procedure, year in sorted(keys):
        participants = draw(sizes)
        below = draw(st.integers(0, participants))
        found.append(got(procedure, below, participants, year, exact=draw(st.booleans())))
    return found


thresholds = st.decimals("0.1", "100", places=1)
some_rules = st.builds(
    rules,
    threshold_percent=thresholds,
    rule_a_procedures=st.one_of(st.none(), st.integers(1, 3)),
    rule_b_years=st.one_of(st.none(), st.integers(2, 3)),
    rule_b_same=st.booleans(),
    rule_b_years_back=st.sampled_from(YearsBack),
    join=st.sampled_from(Join),
    min_participants=st.integers(0, 5),
)


@given(results(), some_rules, st.randoms())
def test_the_order_of_rows_never_matters(
    outcomes: list[Outcome], by: RuleSet, random: st.random.Random
) -> None:
    shuffled = list(outcomes)
    random.shuffle(shuffled)
    assert classify_school(shuffled, by, YEAR) == classify_school(outcomes, by, YEAR)


@given(results(), some_rules, thresholds)
def test_raising_the_threshold_never_adds_a_school(
    outcomes: list[Outcome], by: RuleSet, other: Decimal
) -> None:
    lower, higher = sorted((by.threshold_percent, other))
    if category(outcomes, replace(by, threshold_percent=higher)) is SHNOR:
        assert category(outcomes, replace(by, threshold_percent=lower)) is SHNOR


@given(results(), some_rules)
def test_or_names_at_least_the_schools_that_and_names(outcomes: list[Outcome], by: RuleSet) -> None:
    if category(outcomes, replace(by, join=Join.AND)) is SHNOR:
        assert category(outcomes, replace(by, join=Join.OR)) is SHNOR


@given(results(), some_rules)
def test_every_verdict_is_one_whole_sentence(outcomes: list[Outcome], by: RuleSet) -> None:
    verdict = classify_school(outcomes, by, YEAR)
    assert verdict.reason.endswith(".")
    assert str(YEAR) in verdict.reason
    assert verdict.no_data is (verdict.counted == 0)
    assert all(sentence.endswith(".") for sentence in verdict.warnings)


@pytest.mark.parametrize(("before", "expected"), [(5.0, RISK), (5.1, NONE)])
def test_growth_is_seen_in_shares_without_counts_too(before: float, expected: Category) -> None:
    outcomes = [
        got(MA4, None, 10, given_percent=15.0),
        got(MA4, None, 10, 2024, given_percent=before),
    ]
    assert category(outcomes) is expected
