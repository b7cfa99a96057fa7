"""Categories of a year from stored results, and what people decide beside them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from app.errors import UserError
from app.models.decisions import Decision, Methodology
from app.models.enums import AssessmentKind, Basis, Category, CountsOrigin, SchoolStatus
from app.models.results import Result
from app.models.schools import School
from app.services.changes import ChangeSet, Topic
from app.services.journal import next_undo, undo_last
from app.services.methodology import (
    SchoolVerdict,
    YearsBack,
    classify,
    confirm,
    override,
    protocol,
    report_json,
    rules_for,
    since_last_year,
    withdraw,
)
from app.services.methodology import classifying as module
from app.services.workspace import Workspace
from tests.methodology.builders import FEDERAL, YEAR
from tests.stored import add_result, add_school

MA4 = (AssessmentKind.VPR, YEAR, "Математика", 4)
RU4 = (AssessmentKind.VPR, YEAR, "Русский язык", 4)
HISTORY = (AssessmentKind.VPR, YEAR, "История", 5)
DECIDED = ChangeSet.of(Topic.DECISIONS)


@pytest.fixture
def school(workspace: Workspace) -> int:
    """Return a school with two low results in the year."""
    school = add_school(workspace, "МКОУ СОШ №15", "edu015", "01515")
    add_result(workspace, school, MA4, 7, 3)
    add_result(workspace, school, RU4, 8, 4)
    return school


def only(workspace: Workspace) -> SchoolVerdict:
    """Return the only school of the year."""
    (found,) = classify(workspace, YEAR).schools
    return found


def improve(workspace: Workspace) -> None:
    """Let nobody be below the minimum any more."""
    with workspace.database.write() as session:
        session.execute(update(Result).values(below=0, n2=0))


def edit_rules(monkeypatch: pytest.MonkeyPatch, threshold: str) -> None:
    """Ship rules with another threshold under the same version."""
    edited = replace(FEDERAL, threshold_percent=Decimal(threshold))
    monkeypatch.setattr(module, "load_all", lambda _folder: (edited,))


def test_every_school_of_the_register_is_listed_by_name(workspace: Workspace, school: int) -> None:
    add_school(workspace, "МАОУ СОШ №2")
    second, fifteenth = classify(workspace, YEAR).schools
    assert (second.school, second.category, second.verdict.no_data) == (
        "МАОУ СОШ №2",
        Category.NONE,
        True,
    )
    assert (fifteenth.school_id, fifteenth.category) == (school, Category.SHNOR)
    assert (fifteenth.codes.fisoko, fifteenth.codes.rcoi) == ("edu015", "01515")
    assert classify(workspace, YEAR).of(Category.SHNOR) == (fifteenth,)


def test_only_current_results_of_counted_subjects_up_to_the_year_count(
    workspace: Workspace, school: int
) -> None:
    add_result(workspace, school, HISTORY, 5, 5)
    add_result(workspace, school, (AssessmentKind.VPR, YEAR, "Математика", 5), 5, 5, current=False)
    add_result(workspace, school, (AssessmentKind.VPR, YEAR + 1, "Математика", 5), 5, 5)
    assert only(workspace).verdict.counted == 2


def test_earlier_years_are_read_as_far_as_the_rules_look(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    add_result(workspace, school, MA4, 7, 3)
    add_result(workspace, school, (AssessmentKind.VPR, 2022, "Математика", 4), 7, 3)
    assert only(workspace).category is Category.RISK_ZONE
    held = replace(FEDERAL, rule_b_years_back=YearsBack.HELD)
    (found,) = classify(workspace, YEAR, held).schools
    assert found.category is Category.SHNOR


def test_what_the_file_does_not_give_is_taken_from_what_it_gives(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    add_result(workspace, school, MA4, 10, None, n2=3)
    add_result(workspace, school, RU4, 10, None, n2=None, p2=30.0)
    verdict = only(workspace).verdict
    assert [(outcome.below, outcome.given_percent) for outcome in verdict.low] == [
        (3, None),
        (None, 30.0),
    ]
    assert any(text.startswith("Пограничное значение") for text in verdict.warnings)


def test_approximate_counts_are_told(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    add_result(workspace, school, MA4, 1407, 422, origin=CountsOrigin.APPROXIMATE, p2=30.0)
    assert not only(workspace).verdict.low
    assert any("Пограничное значение" in text for text in only(workspace).warnings)


def test_adding_a_school_changes_no_other(workspace: Workspace, school: int) -> None:
    before = only(workspace)
    other = add_school(workspace, "Вторая")
    add_result(workspace, other, MA4, 20, 20)
    add_result(workspace, other, RU4, 20, 20)
    after = next(s for s in classify(workspace, YEAR).schools if s.school_id == school)
    assert after == before


def test_what_if_stores_nothing(workspace: Workspace, school: int) -> None:
    strict = replace(FEDERAL, threshold_percent=Decimal(90))
    (found,) = classify(workspace, YEAR, strict).schools
    assert found.category is Category.RISK_ZONE
    assert only(workspace).category is Category.SHNOR
    with workspace.database.read() as session:
        assert session.scalars(select(Methodology)).all() == []


def test_confirming_freezes_what_was_seen(workspace: Workspace, school: int) -> None:
    computed = only(workspace)
    assert confirm(workspace, YEAR, [school, school]) == DECIDED
    decided = only(workspace)
    assert decided.decision is not None
    assert (decided.category, decided.basis) == (Category.SHNOR, Basis.COMPUTED)
    assert decided.decision.computed_reason == computed.verdict.reason
    assert not decided.disagreement
    assert not decided.changed
    assert confirm(workspace, YEAR, [school]) == ChangeSet()


def test_a_confirmed_category_stands_when_results_change(workspace: Workspace, school: int) -> None:
    confirm(workspace, YEAR, [school])
    improve(workspace)
    found = only(workspace)
    assert (found.category, found.verdict.category) == (Category.SHNOR, Category.NONE)
    assert found.disagreement
    assert "3 из 7 (42,9 %)" in found.reason
    assert "«ШНОР», по расчёту сейчас – «вне групп»" in found.warnings[0]
    confirm(workspace, YEAR, [school])
    assert only(workspace).category is Category.NONE
    with workspace.database.read() as session:
        assert len(session.scalars(select(Decision)).all()) == 2


def test_figures_that_changed_within_the_category_are_told(
    workspace: Workspace, school: int
) -> None:
    confirm(workspace, YEAR, [school])
    with workspace.database.write() as session:
        session.execute(update(Result).values(below=Result.below + 1))
    found = only(workspace)
    assert (found.disagreement, found.changed) == (False, True)
    assert "расчёт изменился" in found.warnings[0]
    assert found.reason == found.verdict.reason


def test_overriding_keeps_both_and_needs_a_reason(workspace: Workspace, school: int) -> None:
    with pytest.raises(UserError, match="требует обоснования"):
        override(workspace, YEAR, school, Category.NONE, "  ")
    why = "Результаты\nоспорены, протокол от 01.02.2026."
    assert override(workspace, YEAR, school, Category.NONE, why) == DECIDED
    found = only(workspace)
    assert (found.category, found.basis) == (Category.NONE, Basis.MANUAL)
    assert found.verdict.category is Category.SHNOR
    assert found.disagreement
    assert found.reason == (
        "Решение специалиста: Результаты оспорены, протокол от 01.02.2026; по расчёту – ШНОР."
    )
    assert override(workspace, YEAR, school, Category.NONE, why) == ChangeSet()


def test_a_region_list_is_a_basis_of_its_own(workspace: Workspace, school: int) -> None:
    why = "приказ от 01.02.2026 № 7"
    override(workspace, YEAR, school, Category.RISK_ZONE, why, Basis.REGION)
    found = only(workspace)
    assert found.basis is Basis.REGION
    assert found.reason == "Перечень региона: приказ от 01.02.2026 № 7; по расчёту – ШНОР."


def test_every_category_can_be_set_but_not_as_computed(workspace: Workspace, school: int) -> None:
    with pytest.raises(UserError, match="задать вручную нельзя"):
        override(workspace, YEAR, school, Category.NONE, "так надо", Basis.COMPUTED)
    assert only(workspace).decision is None
    for category in Category:
        override(workspace, YEAR, school, category, "протокол")
        assert only(workspace).category is category


def test_confirming_replaces_an_override(workspace: Workspace, school: int) -> None:
    override(workspace, YEAR, school, Category.SHNOR, "так же, как в расчёте")
    confirm(workspace, YEAR, [school])
    assert only(workspace).basis is Basis.COMPUTED


def test_withdrawing_returns_to_the_computed_category(workspace: Workspace, school: int) -> None:
    assert withdraw(workspace, YEAR, school) == ChangeSet()
    override(workspace, YEAR, school, Category.NONE, "протокол")
    assert withdraw(workspace, YEAR, school) == DECIDED
    assert only(workspace).decision is None
    assert only(workspace).category is Category.SHNOR
    with workspace.database.read() as session:
        assert [row.current for row in session.scalars(select(Decision))] == [False]


def test_a_school_without_data_cannot_be_confirmed(workspace: Workspace, school: int) -> None:
    empty = add_school(workspace, "Пустая")
    with pytest.raises(UserError, match="за 2025 год нет данных: «Пустая»"):
        confirm(workspace, YEAR, [school, empty])
    assert all(found.decision is None for found in classify(workspace, YEAR).schools)
    override(workspace, YEAR, empty, Category.RISK_ZONE, "новая школа")


def test_want_of_data_is_never_called_a_category(workspace: Workspace) -> None:
    """«Вне групп» is a finding; of a school without results nothing was found."""
    empty = add_school(workspace, "Пустая")
    add_result(workspace, empty, (AssessmentKind.VPR, YEAR - 1, "Математика", 4), 10, 4)
    assert since_last_year(workspace, YEAR, empty) == (
        "За 2025 год данных нет; в 2024 году – «зона риска»."
    )
    override(workspace, YEAR, empty, Category.SHNOR, "перечень")
    found = only(workspace)
    assert found.reason == "Решение специалиста: перечень; по расчёту – нет данных."
    assert "«ШНОР», по расчёту сейчас – «нет данных»" in found.warnings[0]
    (row,) = protocol(workspace, YEAR)
    assert (row.computed_word, row.disagrees) == ("нет данных", True)
    add_result(workspace, empty, MA4, 10, 0)
    override(workspace, YEAR, empty, Category.SHNOR, "и теперь")
    assert [row.computed_word for row in protocol(workspace, YEAR)] == ["вне групп", "нет данных"]


def test_an_unknown_school_is_said(workspace: Workspace, school: int) -> None:
    for call in (
        lambda: confirm(workspace, YEAR, [404]),
        lambda: withdraw(workspace, YEAR, 404),
        lambda: override(workspace, YEAR, 404, Category.NONE, "протокол"),
    ):
        with pytest.raises(UserError, match="больше нет в реестре"):
            call()


def test_decisions_can_be_undone_one_by_one(workspace: Workspace, school: int) -> None:
    confirm(workspace, YEAR, [school])
    override(workspace, YEAR, school, Category.NONE, "протокол")
    assert next_undo(workspace) == "категория школы «МКОУ СОШ №15» за 2025 год"
    undo_last(workspace)
    assert only(workspace).basis is Basis.COMPUTED
    assert only(workspace).decision is not None
    outcome = undo_last(workspace)
    assert outcome.message == "Отменено: подтверждение категорий за 2025 год, 1 школа."
    assert outcome.changes == DECIDED
    assert only(workspace).decision is None


def test_a_decided_year_stays_under_its_rules(
    workspace: Workspace, school: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(workspace, YEAR, [school])
    edit_rules(monkeypatch, "45")
    assert rules_for(workspace, YEAR) == FEDERAL
    assert rules_for(workspace, YEAR + 1).threshold_percent == 45
    withdraw(workspace, YEAR, school)
    assert rules_for(workspace, YEAR).threshold_percent == 45


def test_changed_rules_are_a_new_version(
    workspace: Workspace, school: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_result(workspace, school, (AssessmentKind.VPR, YEAR + 1, "Математика", 4), 7, 4)
    confirm(workspace, YEAR, [school])
    edit_rules(monkeypatch, "45")
    confirm(workspace, YEAR + 1, [school])
    assert [rules_for(workspace, year).version for year in (YEAR, YEAR + 1)] == [1, 2]
    with workspace.database.read() as session:
        stored = session.scalars(select(Methodology).order_by(Methodology.version)).all()
        values = [row.body["parameters"]["threshold_percent"]["value"] for row in stored]
    assert values == [30, 45]


def test_the_same_rules_are_stored_once(workspace: Workspace, school: int) -> None:
    confirm(workspace, YEAR, [school])
    withdraw(workspace, YEAR, school)
    confirm(workspace, YEAR, [school])
    with workspace.database.read() as session:
        assert len(session.scalars(select(Methodology)).all()) == 1


def test_a_closed_school_is_classified_with_a_warning(workspace: Workspace, school: int) -> None:
    with workspace.database.write() as session:
        session.execute(update(School).values(status=SchoolStatus.CLOSED))
    assert only(workspace).warnings[0] == "В реестре школа отмечена как «закрыта»."


def test_the_report_is_the_contract(workspace: Workspace, school: int) -> None:
    add_result(workspace, school, (AssessmentKind.VPR, YEAR - 1, "Математика", 4), 10, 0)
    report = report_json(classify(workspace, YEAR))
    (found,) = report.pop("schools")
    assert report == {"year": YEAR, "methodology": f"{FEDERAL.title}, версия 1"}
    low = {"assessment": "ВПР", "grade": 4, "year": YEAR}
    assert found["low_procedures"] == [
        low | {"subject": "Математика", "participants": 7, "below": 3, "percent": 42.86},
        low | {"subject": "Русский язык", "participants": 8, "below": 4, "percent": 50.0},
    ]
    assert found["warnings"][0].startswith("Малая выборка")
    assert found["reason"].startswith("Низкие результаты в 2025 году по двум процедурам")
    assert {key: found[key] for key in ("school", "codes", "category", "basis")} == {
        "school": "МКОУ СОШ №15",
        "codes": {"fisoko": "edu015", "rcoi": "01515"},
        "category": "ШНОР",
        "basis": "computed",
    }
