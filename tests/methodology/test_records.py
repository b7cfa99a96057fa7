"""Categories from stored passports, ready ИСБ, lists of bias and of the region, deficits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, Basis, Category, RecordKind
from app.models.records import Record
from app.services.journal import undo_last
from app.services.methodology import (
    BiasPolicy,
    Cluster,
    ClusterSign,
    Deficit,
    IsbCutoff,
    IsbSource,
    RuleSet,
    SchoolVerdict,
    WhatIf,
    apply_rules,
    classify,
    confirm,
    mark_deficits,
    override,
    protocol,
    report_json,
    rules_for,
    since_last_year,
    withdraw,
    years_to_decide,
)
from app.services.methodology.types import SocialRule
from app.services.workspace import Workspace
from tests.methodology.builders import DAGESTAN, FEDERAL, YEAR
from tests.stored import add_block, add_result, add_school

MA4 = (AssessmentKind.VPR, YEAR, "Математика", 4)
RU4 = (AssessmentKind.VPR, YEAR, "Русский язык", 4)


def add_record(
    workspace: Workspace,
    kind: RecordKind,
    school: int,
    data: dict[str, Any],
    year: int = YEAR,
    block: int | None = None,
) -> None:
    """Store a current record of a school."""
    with workspace.database.write() as session:
        session.add(
            Record(
                identity=f"school:{school}|{kind.name}|{year}|",
                kind=kind,
                year=year,
                school_id=school,
                data=data,
                block_id=block,
                rows="2" if block else None,
            )
        )


def passport(hard: int) -> dict[str, Any]:
    """Return a passport of 100 pupils; the higher ``hard``, the harder their lives."""
    figures = ("single_parent", "low_income", "non_native", "on_record", "disabled_or_ovz")
    return {
        "pupils": 100,
        "parents_higher": 100 - hard,
        "unemployed_share": float(hard),
        "guardianship": hard,
        "large_families": hard,
        **dict.fromkeys(figures, hard),
    }


@pytest.fixture
def district(workspace: Workspace) -> list[int]:
    """Return eight schools, the first two of them with low results, each with a passport."""
    schools = [add_school(workspace, f"СОШ № {number}") for number in range(1, 9)]
    for place, school in enumerate(schools):
        for procedure in (MA4, RU4):
            add_result(workspace, school, procedure, 20, 7 if place < 2 else 1)
        add_record(workspace, RecordKind.PASSPORT, school, passport(80 - 10 * place))
    return schools


def found(workspace: Workspace, school: int, **more: Any) -> SchoolVerdict:
    """Return one school of the year."""
    schools = classify(workspace, YEAR, **more).schools
    return next(one for one in schools if one.school_id == school)


def region_social() -> SocialRule:
    """Return the rule about conditions that takes the ИСБ of the region."""
    assert DAGESTAN.social is not None
    return DAGESTAN.social


def with_quartile() -> RuleSet:
    """Return the default rules of an office that switched the quartile of its district on."""
    assert FEDERAL.social is not None
    return replace(FEDERAL, social=replace(FEDERAL.social, quartile_from_schools=8))


def test_without_a_cutoff_passports_alone_make_no_shnsu(
    workspace: Workspace, district: list[int]
) -> None:
    hardest = found(workspace, district[0])
    assert hardest.category is Category.SHNOR
    assert hardest.verdict.social is not None
    assert hardest.verdict.social.evidence.isb == 0
    assert "граница ИСБ на этот год не задана" in hardest.verdict.social.text


def test_the_quartile_of_eight_passports_makes_shnsu(
    workspace: Workspace, district: list[int]
) -> None:
    rules = with_quartile()
    categories = {s.school_id: s.category for s in classify(workspace, YEAR, rules).schools}
    assert [categories[school] for school in district[:4]] == [
        Category.SHNOR_SHNSU,
        Category.SHNOR_SHNSU,
        Category.NONE,
        Category.NONE,
    ]
    hardest = found(workspace, district[0], rules=rules)
    assert hardest.verdict.social is not None
    assert hardest.verdict.social.evidence.isb == 0
    assert len(hardest.verdict.social.evidence.contributions) == 9
    assert "нижний квартиль района, школ с ИСБ – 8" in hardest.reason
    entry = report_json(classify(workspace, YEAR, rules))["schools"][0]
    assert (entry["category"], entry["isb"], entry["cluster"]) == ("ШНОР+ШНСУ", 0.0, None)


def test_seven_passports_decide_nothing(workspace: Workspace, district: list[int]) -> None:
    with workspace.database.write() as session:
        session.delete(session.query(Record).filter_by(school_id=district[7]).one())
    assert found(workspace, district[0], rules=with_quartile()).category is Category.SHNOR


def test_the_ready_index_of_the_region_needs_a_cutoff_and_a_deficit(
    workspace: Workspace, district: list[int]
) -> None:
    school = district[5]
    add_record(workspace, RecordKind.ISB, school, {"isb": 21.5})
    assert DAGESTAN.social is not None
    cutoff = IsbCutoff(YEAR, Decimal("21.5"), "приказ министерства", True)
    rules = replace(DAGESTAN, social=replace(DAGESTAN.social, cutoffs=(cutoff,)))
    assert found(workspace, school, rules=rules).category is Category.NONE
    with pytest.raises(UserError, match="с основанием"):
        mark_deficits(workspace, YEAR, school, {Deficit.STAFF})
    mark_deficits(workspace, YEAR, school, {Deficit.STAFF}, "расчётная карта")
    marked = found(workspace, school, rules=rules)
    assert marked.category is Category.SHNSU
    assert marked.verdict.resilient
    assert marked.verdict.cluster is not None
    assert marked.verdict.cluster.number == 3
    mark_deficits(workspace, YEAR, school, frozenset())
    assert found(workspace, school, rules=rules).category is Category.NONE
    undo_last(workspace)
    assert found(workspace, school, rules=rules).category is Category.SHNSU
    mark_deficits(workspace, YEAR, school, None)
    mark_deficits(workspace, YEAR, school, None)
    social = found(workspace, school, rules=rules).verdict.social
    assert social is not None
    assert "дефицит ресурсов по школе не отмечен" in social.text
    without = found(workspace, district[0], rules=rules).verdict.social
    assert without is not None
    assert "готового ИСБ региона по школе нет" in without.text
    with pytest.raises(UserError, match="нет в реестре"):
        mark_deficits(workspace, YEAR, 404, frozenset())


def test_an_index_that_is_no_number_is_no_index(workspace: Workspace, district: list[int]) -> None:
    assert FEDERAL.social is not None
    rules = replace(FEDERAL, social=replace(FEDERAL.social, isb_source=IsbSource.REGION))
    add_record(workspace, RecordKind.ISB, district[0], {"isb": "низкий", "shnsu": 1})
    assert found(workspace, district[0], rules=rules).category is Category.SHNOR


@pytest.mark.parametrize(
    ("data", "year", "category"),
    [
        ({"marker_4 МА": 1, "marker_4 РУ": 0, "total": 1}, YEAR, Category.RISK_ZONE),
        ({"marker_4 Математика": 1}, YEAR, Category.RISK_ZONE),
        ({"marker_5 МА": 1, "any": 1}, YEAR, Category.SHNOR),
        ({"marker_4 ЖЖ": 1}, YEAR, Category.SHNOR),
        ({"any": 1}, YEAR, Category.NONE),
        ({"any": 0}, YEAR, Category.SHNOR),
        ({"any": 1}, YEAR - 1, Category.SHNOR),
        ({"any": 1}, YEAR + 1, Category.SHNOR),
    ],
)
def test_the_official_list_of_bias_is_read_by_procedure(
    workspace: Workspace, data: dict[str, Any], year: int, category: Category
) -> None:
    school = add_school(workspace, "Первая")
    for procedure in (MA4, RU4):
        add_result(workspace, school, procedure, 10, 3)
    add_record(workspace, RecordKind.BIAS, school, data, year)
    rules = replace(FEDERAL, bias_policy=BiasPolicy.EXCLUDE)
    assert found(workspace, school, rules=rules).category is category


def test_the_list_of_the_region_is_a_third_opinion(
    workspace: Workspace, district: list[int]
) -> None:
    block = add_block(workspace, {"shnor": "B"}, "Список региона.xlsx")
    add_record(workspace, RecordKind.REGION_LIST, district[4], {"shnor": 1}, block=block)
    add_record(workspace, RecordKind.REGION_LIST, district[0], {"shnor": 0, "shnsu": 0})
    add_record(workspace, RecordKind.REGION_LIST, district[1], {"shnor": 1, "shnsu": 1})
    add_record(workspace, RecordKind.REGION_LIST, district[2], {"order": "приказ"})
    listed = found(workspace, district[4])
    assert (listed.category, listed.against_region) == (Category.NONE, True)
    assert listed.warnings[0] == (
        "В списке региона (файл «Список региона.xlsx») – «ШНОР», по расчёту – «вне групп»: "
        "сверьте основания."
    )
    dropped = found(workspace, district[0])
    assert dropped.against_region
    assert "внесён вручную" in dropped.warnings[0]
    assert not found(workspace, district[1], rules=with_quartile()).against_region
    assert found(workspace, district[2]).region is None
    override(workspace, YEAR, district[4], Category.SHNOR, "приказ № 7", Basis.REGION)
    assert not found(workspace, district[4]).against_region
    entry = next(
        s for s in report_json(classify(workspace, YEAR))["schools"] if s["school"] == "СОШ № 5"
    )
    assert entry["region_list"] == {"category": "ШНОР", "source": "файл «Список региона.xlsx»"}
    assert entry["basis"] == "region"


def test_a_year_that_has_only_the_list_of_the_region_can_be_decided(
    workspace: Workspace,
) -> None:
    school = add_school(workspace, "Первая")
    assert years_to_decide(workspace) == ()
    add_record(workspace, RecordKind.REGION_LIST, school, {"shnor": 1}, 2021)
    add_record(workspace, RecordKind.PASSPORT, school, passport(10), 2019)
    add_result(workspace, school, MA4, 10, 3)
    assert years_to_decide(workspace) == (YEAR, 2021)
    (only,) = classify(workspace, 2021).schools
    assert (only.verdict.no_data, only.against_region) == (True, True)
    override(workspace, 2021, school, Category.SHNOR, "приказ № 5", Basis.REGION)
    (only,) = classify(workspace, 2021).schools
    assert (only.category, only.against_region) == (Category.SHNOR, False)


@pytest.mark.parametrize("least", [0, 10])
def test_what_does_not_count_is_not_in_the_median_either(workspace: Workspace, least: int) -> None:
    """«Резильентная» is measured against what the rules count, not against classes left out."""
    poor, rich, *tiny = (add_school(workspace, name) for name in "АБВГД")
    add_result(workspace, poor, MA4, 20, 1)
    add_result(workspace, rich, MA4, 20, 2)
    for school in tiny:
        add_result(workspace, school, MA4, 2, 0)
    add_record(workspace, RecordKind.PASSPORT, poor, passport(80))
    add_record(workspace, RecordKind.PASSPORT, rich, passport(10))
    assert FEDERAL.social is not None
    cutoff = IsbCutoff(YEAR, Decimal(50), "приказ", confirmed=True)
    rules = replace(
        FEDERAL, min_participants=least, social=replace(FEDERAL.social, cutoffs=(cutoff,))
    )
    verdict = found(workspace, poor, rules=rules).verdict
    assert (verdict.category, verdict.resilient) == (Category.SHNSU, least > 0)


def test_a_list_that_leaves_a_school_out_says_nothing_against_the_risk_zone(
    workspace: Workspace,
) -> None:
    school = add_school(workspace, "Первая")
    add_result(workspace, school, MA4, 10, 3)
    add_record(workspace, RecordKind.REGION_LIST, school, {"shnor": 0})
    assert not found(workspace, school).against_region


def test_a_list_says_nothing_of_what_it_has_no_column_for(workspace: Workspace) -> None:
    """The register of schools marks ШНОР only: ШНСУ by the passports is no contradiction."""
    lists = {"Первая": {"shnor": 0}, "Вторая": {"shnsu": 1}, "Третья": {"shnor": 0, "shnsu": 0}}
    ids = [add_school(workspace, name) for name in lists]
    for school, data in zip(ids, lists.values(), strict=True):
        add_record(workspace, RecordKind.REGION_LIST, school, data)
        override(workspace, YEAR, school, Category.SHNSU, "приказ")
    assert [found(workspace, school).against_region for school in ids] == [False, False, True]


def test_a_school_that_the_list_of_the_region_leaves_out_is_told(workspace: Workspace) -> None:
    listed, left_out, fine = (add_school(workspace, name) for name in ("А", "Б", "В"))
    for school in (listed, left_out):
        add_result(workspace, school, MA4, 10, 3)
        add_result(workspace, school, RU4, 10, 3)
    assert not found(workspace, left_out).against_region
    add_record(workspace, RecordKind.REGION_LIST, listed, {"shnor": 1})
    told = found(workspace, left_out)
    assert (told.region, told.against_region) == (None, True)
    assert (
        told.warnings[0] == "В списке региона школы нет, а здесь она – «ШНОР»: сверьте основания."
    )
    assert not found(workspace, fine).against_region


def test_the_file_of_the_region_gives_quartile_cutoff_and_a_mark(workspace: Workspace) -> None:
    block = add_block(workspace, {"isb": "B"}, "ИСБ.xlsx")
    ids = [add_school(workspace, f"Школа {number}") for number in range(9)]
    for number, school in enumerate(ids):
        data = {"isb": 30.0 + number, "quartile": 1 if number < 5 else 2}
        marked = data | ({"shnsu": True} if not number else {})
        add_record(workspace, RecordKind.ISB, school, marked, block=block)
    rules = replace(DAGESTAN, social=replace(region_social(), deficits_needed=0))
    told = classify(workspace, YEAR, rules).schools
    assert [s.verdict.category is Category.SHNSU for s in told] == [True] * 5 + [False] * 4
    assert "ИСБ 34,0, 1-й квартиль школ региона (файл «ИСБ.xlsx»)" in told[4].verdict.reason
    assert (told[0].region and told[0].region.category) is Category.SHNSU
    assert not told[0].against_region
    compared = WhatIf(workspace, YEAR).compare(rules)
    assert compared.counts[Category.SHNSU] == 5


def test_the_list_and_the_mark_beside_the_index_are_one_opinion(workspace: Workspace) -> None:
    school, other = (add_school(workspace, name) for name in ("А", "Б"))
    add_record(workspace, RecordKind.ISB, school, {"isb": 30.0, "shnsu": 1})
    add_record(workspace, RecordKind.REGION_LIST, school, {"shnor": 1})
    block = add_block(workspace, {"shnor": "B"}, "Список.xlsx")
    add_record(workspace, RecordKind.REGION_LIST, other, {"shnor": 1}, block=block)
    add_record(workspace, RecordKind.ISB, other, {"isb": 30.0, "shnsu": 1})
    opinion, of_two = (found(workspace, one).region for one in (school, other))
    assert opinion is not None
    assert (opinion.category, opinion.source, opinion.doubts) == (
        Category.SHNOR_SHNSU,
        "внесён вручную",
        (),
    )
    assert of_two is not None
    assert of_two.source == "ШНОР – файл «Список.xlsx», ШНСУ – внесён вручную"


@pytest.mark.parametrize("list_first", [True, False])
def test_of_two_statements_that_contradict_the_list_is_kept_and_both_are_told(
    workspace: Workspace, list_first: bool
) -> None:
    school = add_school(workspace, "А")
    of_list = add_block(workspace, {"shnsu": "B"}, "Список.xlsx")
    of_isb = add_block(workspace, {"shnsu": "C"}, "ИСБ.xlsx")
    both: list[tuple[RecordKind, dict[str, Any], int]] = [
        (RecordKind.REGION_LIST, {"shnsu": 0}, of_list),
        (RecordKind.ISB, {"isb": 30.0, "shnsu": 1}, of_isb),
    ]
    for kind, data, block in both if list_first else reversed(both):
        add_record(workspace, kind, school, data, block=block)
    shown = found(workspace, school)
    assert shown.region is not None
    assert (shown.region.shnsu, shown.region.source) == (False, "файл «Список.xlsx»")
    assert (
        "О ШНСУ регион говорит по-разному (список школ, файл «Список.xlsx»: «нет»; готовый ИСБ, "
        "файл «ИСБ.xlsx»: «да»). Взято «нет»: уточните у него." in shown.warnings
    )


def test_what_is_said_against_the_list_names_the_category_in_force(workspace: Workspace) -> None:
    school, listed = (add_school(workspace, name) for name in ("А", "Б"))
    for procedure in (MA4, RU4):
        add_result(workspace, school, procedure, 20, 7)
    add_record(workspace, RecordKind.REGION_LIST, listed, {"shnor": 1})
    add_record(workspace, RecordKind.ISB, school, {"isb": 30.0, "shnsu": 1})
    override(workspace, YEAR, school, Category.SHNOR_SHNSU, "протокол № 1")
    assert (
        "Среди ШНОР региона школы нет, а здесь она – «ШНОР+ШНСУ»: сверьте основания."
        in found(workspace, school).warnings
    )
    add_record(workspace, RecordKind.REGION_LIST, school, {"shnor": 1})
    override(workspace, YEAR, school, Category.SHNSU, "протокол № 2")
    shown = found(workspace, school)
    assert shown.verdict.category is Category.SHNOR
    (said,) = [text for text in shown.warnings if "В списке региона" in text]
    assert said.endswith("– «ШНОР+ШНСУ», по решению – «ШНСУ»: сверьте основания.")


@pytest.mark.parametrize(
    ("data", "poor"),
    [
        ([{"isb": 30.0, "cutoff": 31}, {"isb": 35.0, "cutoff": 31}], [True, False]),
        ([{"isb": 30.0, "cutoff": 31}, {"isb": 35.0, "cutoff": 36}], [True, True]),
        ([{"isb": 34.0, "cutoff": 35}, {"isb": 34.0, "cutoff": 33}], [True, False]),
        ([{"isb": 30.0, "quartile": 4}, {"isb": 35.0, "quartile": 1}], [False, False]),
        ([{"isb": 30.0, "quartile": 1}, {"isb": 30.0, "quartile": 2}], [True, False]),
    ],
)
def test_what_stands_beside_the_index_serves_when_it_is_clear(
    workspace: Workspace, data: list[dict[str, Any]], poor: list[bool]
) -> None:
    """The cut-off of its own row judges a school; of quartiles from the top nobody can tell."""
    for number, figures in enumerate(data):
        add_record(workspace, RecordKind.ISB, add_school(workspace, f"Школа {number}"), figures)
    rules = replace(DAGESTAN, social=replace(region_social(), deficits_needed=0))
    told = classify(workspace, YEAR, rules).schools
    assert [school.verdict.category is Category.SHNSU for school in told] == poor


def test_the_answer_about_a_school_without_an_index_decides(workspace: Workspace) -> None:
    first, second, third = (add_school(workspace, name) for name in ("А", "Б", "В"))
    for school, data in ((first, {"lowest": 1}), (second, {"lowest": 0}), (third, {"shnor": 1})):
        add_record(workspace, RecordKind.ISB, school, data)
    rules = replace(DAGESTAN, social=replace(region_social(), deficits_needed=0))
    poor, other, silent = (
        found(workspace, school, rules=rules) for school in (first, second, third)
    )
    assert [one.verdict.category is Category.SHNSU for one in (poor, other)] == [True, False]
    assert "ИСБ числом не назван, 1-й квартиль школ региона" in poor.verdict.reason
    assert silent.verdict.social is not None
    assert silent.verdict.social.text == (
        "ШНСУ не определена, нет данных: в файле региона ИСБ школы числом не назван."
    )
    assert WhatIf(workspace, YEAR).compare(rules).counts[Category.SHNSU] == 1
    by_passport = found(workspace, first, rules=FEDERAL).verdict.social
    assert by_passport is None or "есть готовый ИСБ региона" not in by_passport.text


OGE = {
    "БСШ": (63, 3.1, 9.5), "БАСШ": (12, 0, 8.3), "ВООШ": (4, 0, 0), "ГСШ": (9, 0, 0),
    "ЕСШ": (5, 0, 0), "КСШ": (6, 0, 0), "ЛСШ": (4, 0, 0), "НИСШ": (17, 0, 0),
    "ПОШ": (9, 22.2, 22.2), "ЧОШ": (2, 0, 0), "ШСШ": (10, 0, 10),
}  # fmt: skip
"""Shares of «2» in Russian and mathematics of the ОГЭ 2021 of a real district (S0)."""
LISTED = ("ВООШ", "ГСШ", "КСШ", "ЛСШ", "ПОШ", "ЧОШ", "ШСШ")
"""Seven of the eleven are on the list of that document, which names no rule for it."""


def test_a_district_whose_region_lists_what_no_rule_finds(workspace: Workspace) -> None:
    for name, (pupils, russian, mathematics) in OGE.items():
        school = add_school(workspace, name)
        for subject, percent in (("Русский язык", russian), ("Математика", mathematics)):
            procedure = (AssessmentKind.OGE, 2021, subject, 9)
            add_result(workspace, school, procedure, pupils, None, n2=None, p2=float(percent))
        if name in LISTED:
            add_record(workspace, RecordKind.REGION_LIST, school, {"shnor": 1}, 2021)
    schools = classify(workspace, 2021).schools
    computed = [s.school for s in schools if s.verdict.category is Category.SHNOR]
    listed = {s.school for s in schools if s.region and s.region.category is Category.SHNOR}
    assert computed == []
    assert listed == set(LISTED)
    told = {s.school for s in schools if any("В списке региона" in text for text in s.warnings)}
    assert told == set(LISTED)
    assert all(share < 30 for _, *shares in OGE.values() for share in shares)


def computed(school: SchoolVerdict) -> Category | None:
    """Return the computed category, None where there are no data: what-if tells them apart."""
    return None if school.verdict.no_data else school.verdict.category


def test_what_if_counts_changes_and_stores_nothing(
    workspace: Workspace, district: list[int]
) -> None:
    apply_rules(workspace, YEAR, with_quartile())
    stored = rules_for(workspace, YEAR)
    trial = WhatIf(workspace, YEAR)
    assert trial.compare(trial.rules).changes == ()
    strict = trial.compare(replace(trial.rules, threshold_percent=Decimal(90)))
    assert [(c.school, c.before, c.after) for c in strict.changes] == [
        ("СОШ № 1", Category.SHNOR_SHNSU, Category.SHNSU),
        ("СОШ № 2", Category.SHNOR_SHNSU, Category.SHNSU),
    ]
    assert strict.counts[Category.NONE] == 6
    without = replace(trial.rules, counted=trial.rules.counted[1:])
    assert trial.compare(without).counts[Category.SHNOR_SHNSU] == 0
    assert rules_for(workspace, YEAR) == stored
    whole = classify(workspace, YEAR, without)
    assert trial.compare(without).counts == {
        category: len([s for s in whole.schools if computed(s) is category])
        for category in {computed(s) for s in whole.schools}
    }
    none = replace(trial.rules, counted=(replace(trial.rules.counted[0], subjects=("Химия",)),))
    silent = [s for s in classify(workspace, YEAR, none).schools if computed(s) is None]
    assert trial.compare(none).counts[None] == len(silent) > 0
    assert {c.after for c in trial.compare(none).changes if c.before is Category.NONE} == {None}


def test_an_edit_of_clusters_moves_schools_between_them(
    workspace: Workspace, district: list[int]
) -> None:
    trial = WhatIf(workspace, YEAR)
    assert trial.compare(trial.rules).clusters == {}
    first = Cluster(1, "Низкие", (ClusterSign.SHNOR,), "приказ", confirmed=True)
    second = Cluster(2, "Условия", (ClusterSign.SHNSU, ClusterSign.FAILING), "", confirmed=False)
    by = replace(with_quartile(), clusters=(first, second))
    found = trial.compare(by)
    whole = {
        s.school_id: s.verdict.cluster.number if s.verdict.cluster else None
        for s in classify(workspace, YEAR, by).schools
    }
    assert {move.school_id: move.after for move in found.moves} == {
        school: number for school, number in whole.items() if number is not None
    }
    assert found.clusters == Counter(whole.values())
    assert {move.before for move in found.moves} == {None}
    assert set(whole.values()) == {1, 2}


@pytest.mark.parametrize(
    ("threshold", "near", "least"),
    [
        ("10", "5", 0),
        ("35.1", "20", 0),
        ("30", "3", 0),
        ("36", "5", 20),
        ("30", "20", 21),
        ("5", None, 0),
    ],
)
def test_moving_levels_finds_what_judging_every_school_finds(
    workspace: Workspace, district: list[int], threshold: str, near: str | None, least: int
) -> None:
    trial = WhatIf(workspace, YEAR)
    zone = replace(FEDERAL.risk_zone, near_from_percent=None if near is None else Decimal(near))
    rules = replace(
        FEDERAL, threshold_percent=Decimal(threshold), min_participants=least, risk_zone=zone
    )
    whole = {s.school_id: computed(s) for s in classify(workspace, YEAR, rules).schools}
    before = {s.school_id: computed(s) for s in classify(workspace, YEAR).schools}
    moved = {c.school_id: c.after for c in trial.compare(rules).changes}
    assert {**before, **moved} == whole
    assert moved


def test_the_protocol_tells_who_what_when_and_why(
    workspace: Workspace, district: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "specialist")
    confirm(workspace, YEAR, [district[0]])
    override(workspace, YEAR, district[0], Category.NONE, "протокол № 3")
    withdraw(workspace, YEAR, district[0])
    last, first = protocol(workspace, YEAR)
    assert (first.category, first.disagrees, first.decided_by) == (
        Category.SHNOR,
        False,
        "specialist",
    )
    assert (last.reason, last.disagrees, last.current) == ("протокол № 3", True, False)
    assert last.methodology == f"{FEDERAL.title}, версия 1"
    assert protocol(workspace, YEAR - 1) == ()


def test_what_changed_since_last_year(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    add_result(workspace, school, MA4, 10, 3)
    assert since_last_year(workspace, YEAR, school) == "За 2024 год данных нет, сравнить не с чем."
    add_result(workspace, school, (AssessmentKind.VPR, YEAR - 1, "Русский язык", 4), 10, 4)
    assert since_last_year(workspace, YEAR, school) == (
        "Категория не изменилась с 2024 года: «зона риска»; "
        "стали низкими: ВПР, математика, 4 класс; перестали быть низкими: ВПР, русский язык, "
        "4 класс."
    )
    add_result(workspace, school, RU4, 10, 4)
    for year, hard in ((YEAR - 1, 10), (YEAR, 20)):
        other = add_school(workspace, f"Вторая {year}")
        add_record(workspace, RecordKind.PASSPORT, school, passport(hard), year)
        add_record(workspace, RecordKind.PASSPORT, other, passport(15), year)
    assert since_last_year(workspace, YEAR, school) == (
        "В 2024 году – «зона риска», в 2025 году – «ШНОР»; стали низкими: ВПР, математика, "
        "4 класс; ИСБ был 100,0, стал 0,0."
    )
    with pytest.raises(UserError, match="нет в реестре"):
        since_last_year(workspace, YEAR, 404)


def test_rules_applied_to_a_year_are_those_it_is_computed_by(
    workspace: Workspace, district: list[int]
) -> None:
    apply_rules(workspace, YEAR, replace(with_quartile(), threshold_percent=Decimal(90)))
    assert found(workspace, district[0]).category is Category.SHNSU


def test_where_the_region_answers_the_quartile_of_the_district_is_not_taken(
    workspace: Workspace,
) -> None:
    """«Нет» is an answer; of a school left out nothing is known, and that is told."""
    ids = [add_school(workspace, f"Школа {number}") for number in range(9)]
    for number, school in enumerate(ids):
        answer = {0: {"lowest": 0}, 1: {"lowest": 1}, 2: {}}.get(number, {"lowest": 0})
        add_record(workspace, RecordKind.ISB, school, {"isb": 20.0 + number, **answer})
    social = replace(region_social(), deficits_needed=0, quartile_from_schools=8)
    rules = replace(DAGESTAN, social=social)
    told = classify(workspace, YEAR, rules).schools
    assert [one.verdict.category is Category.SHNSU for one in told] == [False, True] + [False] * 7
    assert told[0].verdict.social is not None
    assert "не нижний квартиль школ региона" in told[0].verdict.social.text
    assert any("других школ, а этой – нет" in text for text in told[2].warnings)
    assert WhatIf(workspace, YEAR).compare(rules).counts[Category.SHNSU] == 1
    named = replace(social, cutoffs=(IsbCutoff(YEAR, Decimal(50), "приказ", confirmed=True),))
    settled = classify(workspace, YEAR, replace(DAGESTAN, social=named)).schools
    assert {one.verdict.category for one in settled} == {Category.SHNSU}
    assert not any("других школ" in text for one in settled for text in one.warnings)
