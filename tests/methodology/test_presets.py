"""All presets decided by hand-made cases at every boundary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Category
from app.services.methodology.bits import District
from app.services.methodology.rules import classify_school
from app.services.methodology.types import (
    BiasPolicy,
    Evidence,
    Join,
    Outcome,
    ProcedureKey,
    RuleSet,
    YearsBack,
)
from tests.methodology.builders import (
    DAGESTAN,
    EGE,
    EGE_PROFILE,
    FEDERAL,
    GIA,
    OGE,
    OGE_MA,
    VPR,
    YEAR,
    got,
    rules,
)

OGE_RU = ProcedureKey(OGE, "Русский язык", 9)
EGE_RU = ProcedureKey(EGE, "Русский язык", 11)
MA7, MA8 = ProcedureKey(VPR, "Математика", 7), ProcedureKey(VPR, "Математика", 8)
DEEP = ProcedureKey(VPR, "Математика (углублённая)", 8)
PRESETS = pytest.mark.parametrize("preset", [FEDERAL, DAGESTAN, GIA], ids=lambda rule: rule.key)
SHNOR, RISK, NONE = Category.SHNOR, Category.RISK_ZONE, Category.NONE


def decided(outcomes: list[Outcome], by: RuleSet, evidence: Evidence = Evidence()) -> Category:  # noqa: B008
    """Return the category by results alone."""
    return classify_school(outcomes, replace(by, social=None), YEAR, evidence).category


@PRESETS
@pytest.mark.parametrize(
    ("below", "of", "category"),
    [
        (3, 10, SHNOR),
        (30, 100, SHNOR),
        (29, 100, RISK),  # near the threshold
        (2, 7, RISK),  # 28,57 %
        (1, 3, SHNOR),  # 33,3 %
        (299, 1000, RISK),
        (300, 1000, SHNOR),
        (19, 100, NONE),
    ],
)
def test_thirty_per_cent_counted_in_pupils(
    preset: RuleSet, below: int, of: int, category: Category
) -> None:
    assert decided([got(OGE_MA, below, of), got(OGE_RU, below, of)], preset) is category


@PRESETS
@pytest.mark.parametrize(("percent", "category"), [(29.96, RISK), (30.0, SHNOR)])
def test_a_rounded_share_is_never_rounded_up_and_is_called_borderline(
    preset: RuleSet, percent: float, category: Category
) -> None:
    outcomes = [got(key, None, 27, given_percent=percent) for key in (OGE_MA, OGE_RU)]
    verdict = classify_school(outcomes, replace(preset, social=None), YEAR)
    assert (verdict.category, verdict.borderline) == (category, True)
    assert any(text.startswith("Пограничное значение") for text in verdict.warnings)


@PRESETS
def test_the_same_procedure_two_years_running(preset: RuleSet) -> None:
    assert decided([got(OGE_MA, 3, 10), got(OGE_MA, 3, 10, YEAR - 1)], preset) is SHNOR
    assert decided([got(OGE_MA, 3, 10), got(OGE_RU, 3, 10, YEAR - 1)], preset) is RISK


@PRESETS
def test_a_year_in_which_nothing_was_held(preset: RuleSet) -> None:
    """The exam of 2020 was not held: calendar years break the run, the last two held do not."""
    outcomes = [got(OGE_MA, 3, 10), got(OGE_MA, 3, 10, YEAR - 2)]
    assert decided(outcomes, replace(preset, rule_b_years_back=YearsBack.CALENDAR)) is RISK
    assert decided(outcomes, replace(preset, rule_b_years_back=YearsBack.HELD)) is SHNOR


@PRESETS
def test_a_procedure_that_is_missing_in_one_year(preset: RuleSet) -> None:
    """Others were held in that year; this one was not, and its earlier year still counts."""
    outcomes = [
        got(OGE_MA, 3, 10),
        got(OGE_RU, 0, 10, YEAR - 1),
        got(OGE_MA, 3, 10, YEAR - 2),
    ]
    assert decided(outcomes, replace(preset, rule_b_years_back=YearsBack.CALENDAR)) is RISK
    assert decided(outcomes, replace(preset, rule_b_years_back=YearsBack.HELD)) is SHNOR


@PRESETS
def test_any_procedure_of_each_year_is_a_switch(preset: RuleSet) -> None:
    outcomes = [got(OGE_MA, 3, 10), got(EGE_RU, 3, 10, YEAR - 1)]
    assert decided(outcomes, replace(preset, rule_b_same=True)) is RISK
    assert decided(outcomes, replace(preset, rule_b_same=False)) is SHNOR


@PRESETS
@pytest.mark.parametrize(
    ("outcomes", "by_or", "by_and"),
    [
        ([got(OGE_MA, 3, 10), got(OGE_RU, 3, 10)], SHNOR, RISK),
        ([got(OGE_MA, 3, 10), got(OGE_MA, 3, 10, YEAR - 1)], SHNOR, RISK),
        ([got(OGE_MA, 3, 10), got(OGE_RU, 3, 10), got(OGE_MA, 3, 10, YEAR - 1)], SHNOR, SHNOR),
        ([got(OGE_MA, 3, 10)], RISK, RISK),
    ],
)
def test_one_rule_is_enough_or_both_are_needed(
    preset: RuleSet, outcomes: list[Outcome], by_or: Category, by_and: Category
) -> None:
    assert decided(outcomes, replace(preset, join=Join.OR)) is by_or
    assert decided(outcomes, replace(preset, join=Join.AND)) is by_and


@pytest.mark.parametrize("preset", [FEDERAL, DAGESTAN], ids=lambda rule: rule.key)
@pytest.mark.parametrize(
    ("policy", "category", "warned"),
    [
        (BiasPolicy.IGNORE, SHNOR, False),
        (BiasPolicy.MARK, SHNOR, True),
        (BiasPolicy.EXCLUDE, RISK, True),
    ],
)
def test_what_becomes_of_a_marked_vpr(
    preset: RuleSet, policy: BiasPolicy, category: Category, warned: bool
) -> None:
    outcomes = [got(MA7, 3, 10), got(MA8, 3, 10)]
    evidence = Evidence(frozenset({(MA8, YEAR)}))
    by = replace(preset, bias_policy=policy, social=None)
    verdict = classify_school(outcomes, by, YEAR, evidence)
    assert verdict.category is category
    assert any("признаки необъективности" in text for text in verdict.warnings) is warned


def test_the_preset_of_exams_has_no_vpr_to_mark() -> None:
    assert decided([got(MA7, 9, 10), got(MA8, 9, 10)], GIA) is NONE
    assert decided([got(OGE_MA, 3, 10), got(EGE_PROFILE, 3, 10)], GIA) is SHNOR


@PRESETS
def test_a_class_of_two_counts_as_long_as_no_number_is_set(preset: RuleSet) -> None:
    """No act names a least number (domain.md §1.1): 0 is off, and a small class is warned of."""
    outcomes = [got(OGE_MA, 1, 2), got(OGE_RU, 1, 2)]
    assert preset.min_participants == 0
    verdict = classify_school(outcomes, replace(preset, social=None), YEAR)
    assert (verdict.category, verdict.small_sample) == (SHNOR, True)
    assert decided(outcomes, replace(preset, min_participants=3)) is NONE


@pytest.mark.parametrize("preset", [FEDERAL, DAGESTAN], ids=lambda rule: rule.key)
def test_advanced_mathematics_is_a_procedure_of_its_own(preset: RuleSet) -> None:
    """«Математика» of the sources names no level, so the advanced paper counts as another one."""
    outcomes = [got(DEEP, 3, 10), got(MA8, 3, 10)]
    assert decided(outcomes, preset) is SHNOR
    assert decided([got(DEEP, 3, 10), got(MA8, 3, 10, YEAR - 1)], preset) is RISK
    plain = tuple(
        replace(item, subjects=tuple(name for name in item.subjects if name != DEEP.subject))
        for item in preset.counted
    )
    assert decided(outcomes, replace(preset, counted=plain)) is RISK


@st.composite
def district(draw: st.DrawFn) -> dict[int, list[Outcome]]:
    """Return some schools with results in two years."""
    found: dict[int, list[Outcome]] = {}
    for school in range(draw(st.integers(1, 4))):
        found[school] = [
            got(key, draw(st.integers(0, 10)), 10, year)
            for key in (MA7, OGE_RU, OGE_MA)
            for year in (YEAR - 1, YEAR)
            if draw(st.booleans())
        ]
    return found


@given(district(), st.sampled_from([FEDERAL, DAGESTAN, GIA]))
def test_adding_a_school_never_changes_anothers_results(
    schools: Mapping[int, list[Outcome]], preset: RuleSet
) -> None:
    grown = {**schools, 99: [got(MA7, 9, 10), got(OGE_RU, 9, 10)]}
    before = District(YEAR, schools, {}).categories(preset)
    after = District(YEAR, grown, {}).categories(preset)
    assert {school: after[school] for school in schools} == before


def same(preset: RuleSet, **changes: Any) -> bool:
    """Return whether the preset says what the federal default says, but for the changes."""
    return all(getattr(preset, name) == value for name, value in changes.items())


def test_the_presets_are_what_their_sources_say() -> None:
    assert [cluster.number for cluster in DAGESTAN.clusters] == [1, 2, 3]
    assert {item.kind for item in GIA.counted} == {OGE, EGE}
    for preset in (FEDERAL, DAGESTAN, GIA):
        assert same(preset, threshold_percent=rules().threshold_percent, join=Join.OR)
        assert (preset.rule_a_procedures, preset.rule_b_years, preset.rule_b_same) == (2, 2, True)
