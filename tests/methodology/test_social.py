"""ШНСУ, резильентные, clusters and the official list of bias, at every boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import Category
from app.services.methodology import rules as pure
from app.services.methodology.rules import classify_school
from app.services.methodology.since import changed_since
from app.services.methodology.social import cutoff_for, weighted_percent
from app.services.methodology.types import (
    NO_EVIDENCE,
    BiasPolicy,
    CutoffInUse,
    Deficit,
    Evidence,
    IsbCutoff,
    IsbSource,
    Outcome,
    RegionQuartile,
    RuleSet,
    SocialEvidence,
    SocialRule,
    SocialStatus,
    Verdict,
)
from tests.methodology.builders import DAGESTAN, FEDERAL, GIA, MA4, OGE_MA, RU4, YEAR, got, rules

assert FEDERAL.social is not None
assert DAGESTAN.social is not None
OWN: SocialRule = FEDERAL.social
REGION: SocialRule = DAGESTAN.social
F = Fraction
CUTOFF = CutoffInUse(F(40), "приказ региона")
LOW2 = (got(MA4, 3, 10), got(RU4, 3, 10))
FINE = (got(MA4, 0, 10), got(RU4, 0, 10))
SHORT = frozenset({Deficit.FINANCE, Deficit.STAFF})


def category_of(
    outcomes: Sequence[Outcome], by: RuleSet, year: int, evidence: Evidence = NO_EVIDENCE
) -> Category:
    """Return the category found without words."""
    return pure.classify_school(outcomes, by, year, evidence).category


def poor(isb: str | None = "40", **more: object) -> Evidence:
    """Return the conditions of a school; by default right at the cut-off."""
    values: dict[str, object] = {"cutoff": CUTOFF, "known_percent": F(100), **more}
    return Evidence(social=SocialEvidence(None if isb is None else F(isb), **values))  # type: ignore[arg-type]


def judged(outcomes: Sequence[Outcome], evidence: Evidence, social: SocialRule = OWN) -> Verdict:
    """Return the verdict of the federal rules with a part about conditions."""
    return classify_school(outcomes, rules(social=social), YEAR, evidence)


@pytest.mark.parametrize(
    ("outcomes", "isb", "category"),
    [
        (LOW2, "40", Category.SHNOR_SHNSU),
        (LOW2, "40.01", Category.SHNOR),
        (FINE, "40", Category.SHNSU),
        (FINE, "40.01", Category.NONE),
        ((got(MA4, 3, 10),), "40", Category.SHNSU),
        ((got(MA4, 3, 10),), "41", Category.RISK_ZONE),
        ((), "40", Category.SHNSU),
        ((), "41", Category.NONE),
    ],
)
def test_results_and_conditions_make_the_category(
    outcomes: Sequence[Outcome], isb: str, category: Category
) -> None:
    verdict = judged(outcomes, poor(isb))
    assert verdict.category is category
    assert category_of(outcomes, rules(social=OWN), YEAR, poor(isb)) is category
    assert verdict.no_data is (not outcomes and category is Category.NONE)


def test_the_sentence_gives_the_index_and_the_cutoff() -> None:
    verdict = judged(LOW2, poor("39.96"))
    assert verdict.reason.startswith(
        "ШНСУ: ИСБ 39,96 при границе 40,00 (приказ региона). Низкие результаты в 2025 году"
    )
    assert verdict.social is not None
    assert verdict.social.status is SocialStatus.SHNSU
    above = judged(FINE, poor("55")).social
    assert above is not None
    assert above.text == "Не ШНСУ: ИСБ 55,0 при границе 40,0 (приказ региона)."


def test_indices_are_written_with_the_decimals_that_tell_them_apart() -> None:
    verdict = judged(FINE, poor("40.0000001"))
    assert verdict.category is Category.NONE
    assert verdict.social is not None
    assert "ИСБ 40,0000001 при границе 40,0000000" in verdict.social.text


def test_a_school_that_the_region_says_is_not_in_the_lowest_quartile_is_not_shnsu() -> None:
    low = CutoffInUse(F(60), "квартиль района", fallback=True)
    known = poor("20", cutoff=low, quartile=RegionQuartile(None, "файл «ИСБ.xlsx»"))
    verdict = judged(FINE, known)
    assert verdict.category is Category.NONE
    assert category_of(FINE, rules(social=OWN), YEAR, known) is Category.NONE
    assert verdict.social is not None
    assert verdict.social.text == (
        "Не ШНСУ: ИСБ 20,0, не нижний квартиль школ региона (файл «ИСБ.xlsx»)."
    )


@pytest.mark.parametrize("isb", ["20", "60", None])
def test_what_could_not_be_used_is_told_whatever_the_verdict(isb: str | None) -> None:
    assert judged(FINE, poor(isb, notes=("Граница не учтена.",))).warnings[-1] == (
        "Граница не учтена."
    )


def test_a_methodology_without_conditions_leaves_them_out() -> None:
    verdict = classify_school(LOW2, rules(social=None), YEAR, poor())
    assert (verdict.category, verdict.social, verdict.resilient) == (Category.SHNOR, None, False)
    assert category_of(LOW2, rules(social=None), YEAR, poor()) is Category.SHNOR


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (poor(None, known_percent=None), "социального паспорта школы нет"),
        (poor(None, known_percent=F("69.9")), "паспорт даёт 69,9 % веса показателей ИСБ"),
        (poor("12", cutoff=None), "ИСБ 12,0, но граница ИСБ на этот год не задана"),
    ],
)
def test_what_is_not_known_decides_nothing(evidence: Evidence, text: str) -> None:
    verdict = judged(FINE, evidence)
    assert verdict.category is Category.NONE
    assert verdict.social is not None
    assert verdict.social.status is SocialStatus.UNKNOWN
    assert text in verdict.social.text
    assert verdict.warnings == judged(FINE, poor("99")).warnings


def test_the_index_of_the_region_is_asked_for_by_name() -> None:
    found = judged(FINE, poor(None), REGION).social
    assert found is not None
    assert "готового ИСБ региона по школе нет" in found.text


@pytest.mark.parametrize(
    ("needed", "deficits", "category"),
    [
        (0, None, Category.SHNSU),
        (0, frozenset(), Category.SHNSU),
        (1, None, Category.NONE),
        (1, frozenset(), Category.NONE),
        (1, frozenset({Deficit.STAFF}), Category.SHNSU),
        (2, frozenset({Deficit.STAFF}), Category.NONE),
        (2, SHORT, Category.SHNSU),
        (3, SHORT, Category.NONE),
        (3, frozenset(Deficit), Category.SHNSU),
    ],
)
def test_short_resources_are_the_second_condition(
    needed: int, deficits: frozenset[Deficit] | None, category: Category
) -> None:
    rule = replace(OWN, deficits_needed=needed)
    assert judged(FINE, poor(deficits=deficits), rule).category is category


def test_deficits_are_named_in_the_order_of_the_act_and_missing_ones_are_asked_for() -> None:
    rule = replace(OWN, deficits_needed=1)
    named = judged(FINE, poor(deficits=SHORT), rule)
    assert "не хватает ресурсов: кадры, финансы." in named.reason
    unmarked = judged(FINE, poor(), rule)
    assert any("отметьте, каких ресурсов не хватает" in text for text in unmarked.warnings)
    none = judged(FINE, poor(deficits=frozenset()), rule).social
    assert none is not None
    assert (none.status, none.warnings) == (SocialStatus.NO, ())
    assert "дефицитов ресурсов меньше 1" in none.text


def test_the_cutoff_of_the_year_comes_first() -> None:
    rule = replace(
        OWN,
        cutoffs=(
            IsbCutoff(YEAR - 1, Decimal("20"), "прошлый приказ", True),
            IsbCutoff(YEAR, Decimal("33.3"), "приказ № 7", True),
            IsbCutoff(YEAR + 1, Decimal("21"), "слух", False),
        ),
    )
    known = [F(n) for n in range(1, 9)]
    assert cutoff_for(rule, YEAR, known) == CutoffInUse(F("33.3"), "приказ № 7")
    later = cutoff_for(rule, YEAR + 1, known)
    assert later is not None
    assert later.source == "слух, не подтверждено"


@pytest.mark.parametrize(
    ("schools", "least", "used"), [(7, 8, False), (8, 8, True), (8, None, False)]
)
def test_the_quartile_of_the_district_serves_from_eight_schools(
    schools: int, least: int | None, used: bool
) -> None:
    rule = replace(OWN, quartile_from_schools=least)
    found = cutoff_for(rule, YEAR, [F(n) for n in range(1, schools + 1)])
    if not used:
        assert found is None
        return
    assert found == CutoffInUse(
        F(11, 4), "запасной способ: нижний квартиль района, школ с ИСБ – 8", fallback=True
    )
    verdict = judged(FINE, poor("2", cutoff=found))
    assert any("нижний квартиль района" in text for text in verdict.warnings)


def test_without_any_index_there_is_no_quartile() -> None:
    assert cutoff_for(replace(OWN, quartile_from_schools=4), YEAR, []) is None


@pytest.mark.parametrize(
    ("outcomes", "median", "resilient"),
    [
        ((got(MA4, 1, 10),), "10", True),
        ((got(MA4, 1, 10),), "9.9", False),
        ((got(MA4, 1, 10),), None, False),
        ((got(MA4, 3, 10),), "50", False),
        ((), "50", False),
        ((got(MA4, None, 10, given_percent=5.0),), "50", False),
    ],
)
def test_resilient_are_shnsu_that_hold_their_results(
    outcomes: Sequence[Outcome], median: str | None, resilient: bool
) -> None:
    evidence = replace(poor(), median_percent=None if median is None else F(median))
    assert judged(outcomes, evidence).resilient is resilient
    off = replace(OWN, resilient=False)
    assert not judged(outcomes, evidence, off).resilient
    assert not judged(outcomes, replace(evidence, social=poor("99").social)).resilient


def test_shares_of_schools_are_weighted_by_participants() -> None:
    assert weighted_percent([got(MA4, 1, 10), got(RU4, 5, 90)]) == 6
    assert weighted_percent([got(MA4, None, 10), got(RU4, 0, 0)]) is None


@pytest.mark.parametrize(
    ("outcomes", "evidence", "number"),
    [
        (LOW2, poor("99"), 1),
        (LOW2, poor(deficits=SHORT), 1),
        ((got(MA4, 3, 10),), poor("99"), 2),
        ((got(MA4, 2, 10),), poor("99"), 3),
        (FINE, poor(deficits=SHORT), 3),
        ((got(MA4, 1, 10),), poor("99"), None),
        (FINE, poor("99"), None),
        ((), poor("99"), None),
    ],
)
def test_a_school_is_in_the_first_cluster_whose_sign_it_has(
    outcomes: Sequence[Outcome], evidence: Evidence, number: int | None
) -> None:
    cluster = classify_school(outcomes, DAGESTAN, YEAR, evidence).cluster
    assert (cluster.number if cluster else None) == number
    assert classify_school(outcomes, FEDERAL, YEAR, evidence).cluster is None


def test_failing_pupils_can_be_a_sign_of_a_cluster() -> None:
    first = replace(DAGESTAN.clusters[0], signs=(type(DAGESTAN.clusters[0].signs[0]).FAILING,))
    by = replace(DAGESTAN, clusters=(first,))
    assert classify_school([got(MA4, 1, 10)], by, YEAR).cluster is first
    assert classify_school(FINE, by, YEAR).cluster is None


MARKED = Evidence(biased=frozenset({(MA4, YEAR), (OGE_MA, YEAR)}))


@pytest.mark.parametrize(
    ("policy", "category", "told"),
    [
        (BiasPolicy.IGNORE, Category.SHNOR, None),
        (BiasPolicy.MARK, Category.SHNOR, "результаты учтены"),
        (BiasPolicy.EXCLUDE, Category.RISK_ZONE, "результаты не учтены"),
    ],
)
def test_each_policy_about_the_official_list(
    policy: BiasPolicy, category: Category, told: str | None
) -> None:
    by = rules(bias_policy=policy)
    verdict = classify_school(LOW2, by, YEAR, MARKED)
    assert verdict.category is category
    assert category_of(LOW2, by, YEAR, MARKED) is category
    said = [text for text in verdict.warnings if text.startswith("Официальный список")]
    assert [told in text for text in said if told] == ([True] if told else [])
    assert not any("Не учтено" in text for text in verdict.warnings)
    assert not any(
        text.startswith("Официальный") for text in classify_school(LOW2, by, YEAR).warnings
    )


def test_an_excluded_result_of_last_year_does_not_make_rule_b() -> None:
    outcomes = [got(MA4, 3, 10), got(MA4, 3, 10, YEAR - 1)]
    marked = Evidence(biased=frozenset({(MA4, YEAR - 1)}))
    assert category_of(outcomes, rules(bias_policy=BiasPolicy.MARK), YEAR, marked) is Category.SHNOR
    without = classify_school(outcomes, rules(bias_policy=BiasPolicy.EXCLUDE), YEAR, marked)
    assert without.category is Category.RISK_ZONE
    assert any("4 класс, 2024 год" in text for text in without.warnings)


def test_only_the_vpr_can_be_on_the_list_and_all_excluded_is_no_data() -> None:
    by = rules(bias_policy=BiasPolicy.EXCLUDE)
    kept = classify_school([got(MA4, 9, 10), got(OGE_MA, 9, 10)], by, YEAR, MARKED)
    assert [outcome.procedure for outcome in kept.low] == [OGE_MA]
    nothing = classify_school([got(MA4, 9, 10)], by, YEAR, MARKED)
    assert nothing.no_data
    assert "результаты есть, но учесть их нельзя" in nothing.reason


def test_the_preset_of_the_exams_alone_leaves_the_vpr_out() -> None:
    assert category_of(LOW2, GIA, YEAR) is Category.NONE
    assert category_of([got(OGE_MA, 3, 10), got(OGE_MA, 3, 10, 2024)], GIA, YEAR) is Category.SHNOR


def test_the_preset_of_dagestan_needs_the_index_of_the_region_and_a_deficit() -> None:
    assert REGION.isb_source is IsbSource.REGION
    assert REGION.deficits_needed == 1
    assert [cluster.number for cluster in DAGESTAN.clusters] == [1, 2, 3]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=1, max_size=3),
    st.integers(1, 99),
    st.integers(0, 99),
    st.sampled_from(BiasPolicy),
)
def test_raising_the_threshold_never_adds_a_school(
    figures: list[tuple[int, int]], low: int, more: int, policy: BiasPolicy
) -> None:
    outcomes = [
        got(procedure, min(below, of), of)
        for procedure, (below, of) in zip((MA4, RU4, OGE_MA), figures, strict=False)
    ]
    named = []
    for threshold in (low, min(low + more, 100)):
        by = rules(
            threshold_percent=Decimal(threshold),
            bias_policy=policy,
            risk_zone=replace(FEDERAL.risk_zone, near_from_percent=None),
        )
        found = category_of(outcomes, by, YEAR, replace(poor(), biased=MARKED.biased))
        named.append(found is Category.SHNOR_SHNSU)
    assert named[0] or not named[1]


def test_the_share_of_the_weight_never_reads_as_enough() -> None:
    found = judged(FINE, poor(None, known_percent=F("69.96"))).social
    assert found is not None
    assert "даёт 69,96 % веса показателей ИСБ, нужно не менее 70 %" in found.text


@pytest.mark.parametrize(
    ("cutoff", "number", "category", "text"),
    [
        (None, 1, Category.SHNSU, "ШНСУ: ИСБ 55,0, 1-й квартиль школ региона (файл «ИСБ.xlsx»)."),
        (None, 2, Category.NONE, "Не ШНСУ: ИСБ 55,0, 2-й квартиль школ региона (файл «ИСБ.xlsx»)."),
        (F(60), 2, Category.NONE, "Не ШНСУ: ИСБ 55,0, 2-й квартиль"),
        (F(40), 1, Category.SHNSU, "ШНСУ: ИСБ 55,0, 1-й квартиль"),
    ],
)
def test_the_quartile_of_the_region_comes_before_that_of_the_district(
    cutoff: Fraction | None, number: int, category: Category, text: str
) -> None:
    """The lowest quartile is that of the republic (S4); the district's is only a fallback."""
    fallback = None if cutoff is None else CutoffInUse(cutoff, "квартиль района", fallback=True)
    known = RegionQuartile(number, "файл «ИСБ.xlsx»")
    verdict = judged(FINE, poor("55", cutoff=fallback, quartile=known))
    assert verdict.category is category
    assert verdict.social is not None
    assert verdict.social.text.startswith(text)
    assert verdict.social.warnings == ()


def test_a_cutoff_that_is_set_comes_before_the_quartile() -> None:
    verdict = judged(FINE, poor("55", quartile=RegionQuartile(1, "файл")))
    assert verdict.category is Category.NONE
    assert verdict.social is not None
    assert "при границе 40,0 (приказ региона)" in verdict.social.text


@pytest.mark.parametrize(
    ("rule", "text"),
    [(OWN, "есть готовый ИСБ региона"), (REGION, "есть социальный паспорт")],
)
def test_an_index_of_the_other_source_is_named(rule: SocialRule, text: str) -> None:
    evidence = poor(None, known_percent=None, elsewhere=True)
    found = judged(FINE, evidence, rule).social
    assert found is not None
    assert found.text.endswith(f"; {text}, источник ИСБ выбирается в методике.")


def test_a_small_change_of_the_index_is_told_apart() -> None:
    before, now = judged(FINE, poor("30.04")), judged(FINE, poor("30.02"))
    assert changed_since(before, now, YEAR).endswith("ИСБ был 30,04, стал 30,02.")


@pytest.mark.parametrize("category", list(Category))
def test_a_category_says_whether_it_holds_each_mark(category: Category) -> None:
    marks = (category.has_shnor, category.has_shnsu)
    assert marks == ("ШНОР" in category, "ШНСУ" in category)
    joined = Category.of(shnor=marks[0], shnsu=marks[1])
    assert joined is (category if any(marks) else Category.NONE)
