"""Shares counted from the data: numerator, denominator, the schools behind them, acceptance."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.cycle import Recommendation
from app.models.enums import (
    AssessmentKind,
    Category,
    OrganizationKind,
    PaperState,
    RecommendationState,
    SchoolPaper,
    SupportRole,
    ValueRole,
)
from app.models.people import Organization
from app.models.support import (
    Appointment,
    MentorPair,
    NetworkGroup,
    NetworkMember,
    SchoolDocument,
    SchoolRisk,
)
from app.services import counting, indicators, methodology
from app.services.indicators import Computed, FieldEdit, ProposalState, Slot, ValueEdit
from app.services.workspace import Workspace
from tests.indicators.builders import fact, make_indicator, make_programme
from tests.stored import add_result, add_school

RUSSIAN = (AssessmentKind.VPR, "Русский язык", 5)
MATHS = (AssessmentKind.VPR, "Математика", 5)


def store(workspace: Workspace, school: int, year: int, russian: int, maths: int) -> None:
    """Store two procedures of twenty pupils each with so many «2»."""
    for (kind, subject, grade), below in ((RUSSIAN, russian), (MATHS, maths)):
        add_result(workspace, school, (kind, year, subject, grade), 20, below)


@pytest.fixture
def schools(workspace: Workspace) -> dict[str, int]:
    """Three schools low in 2024 (better, worse, silent in 2025), one that was never low."""
    ids = {
        name: add_school(workspace, f"Школа {name}")
        for name in ("лучше", "хуже", "молчит", "сильная")
    }
    for name in ("лучше", "хуже", "молчит"):
        store(workspace, ids[name], 2024, 10, 10)
    store(workspace, ids["сильная"], 2024, 0, 1)
    store(workspace, ids["лучше"], 2025, 2, 3)
    store(workspace, ids["хуже"], 2025, 12, 11)
    store(workspace, ids["сильная"], 2025, 1, 1)
    return ids


def counted(found: Computed) -> dict[str, bool | None]:
    return {one.school.removeprefix("Школа "): one.counted for one in found.schools}


def test_positive_dynamics(workspace: Workspace, schools: dict[str, int]) -> None:
    found = counting.compute(workspace, "positive_dynamics", 2025)
    assert (found.numerator, found.denominator, found.percent) == (1, 2, 50.0)
    assert counted(found) == {"лучше": True, "хуже": False, "молчит": None}
    better = next(one for one in found.schools if one.counted)
    assert better.why.startswith("50,0 % → 12,5 %")
    assert "списку 2024 года" in found.note
    assert "Не с чем сравнить: 1" in found.note


def test_without_last_years_list_this_years_is_taken_and_said(workspace: Workspace) -> None:
    school = add_school(workspace, "Школа")
    store(workspace, school, 2024, 1, 1)
    store(workspace, school, 2025, 10, 10)
    found = counting.compute(workspace, "positive_dynamics", 2025)
    assert (found.numerator, found.denominator) == (0, 1)
    assert "взят список 2025 года" in found.note


def test_no_denominator_is_no_data_and_never_zero(workspace: Workspace) -> None:
    add_school(workspace, "Школа")
    for one in indicators.formulas():
        if one.key == "analysed":
            continue
        found = counting.compute(workspace, one.key, 2025)
        assert (found.denominator, found.percent) == (0, None), one.key


def test_pupils_below_the_threshold(workspace: Workspace, schools: dict[str, int]) -> None:
    history = (AssessmentKind.VPR, 2025, "История", 5)
    add_result(workspace, schools["лучше"], history, 20, 20)
    found = counting.compute(workspace, "below_threshold", 2025)
    assert (found.numerator, found.denominator) == (2 + 3 + 12 + 11 + 1 + 1, 120)
    silent = next(one for one in found.schools if one.counted is None)
    assert silent.school == "Школа молчит"
    assert "Без результатов за 2025 год: 1" in found.note


def test_analysed(workspace: Workspace, schools: dict[str, int]) -> None:
    methodology.confirm(workspace, 2025, [schools["хуже"]])
    with workspace.database.write() as session:
        for name, state in (("лучше", PaperState.APPROVED), ("молчит", PaperState.DRAFT)):
            session.add(
                SchoolDocument(
                    school_id=schools[name], year=2025, kind=SchoolPaper.SELF_CHECK, state=state
                )
            )
    found = counting.compute(workspace, "analysed", 2025)
    assert (found.numerator, found.denominator) == (2, 4)
    assert counted(found) == {"лучше": True, "хуже": True, "молчит": False, "сильная": False}


@pytest.fixture
def supported(workspace: Workspace, schools: dict[str, int]) -> dict[str, int]:
    """Make «лучше», «хуже» and «молчит» schools in support of 2025."""
    for name in ("лучше", "хуже", "молчит"):
        methodology.override(workspace, 2025, schools[name], Category.SHNOR, "Список региона")
    return schools


def test_networked(workspace: Workspace, supported: dict[str, int]) -> None:
    with workspace.database.write() as session:
        kind = OrganizationKind.SCHOOL
        session.add_all(
            [
                Organization(id=1, kind=kind, name="А", key="а", school_id=supported["лучше"]),
                Organization(
                    id=2, kind=kind, name="Лидер", key="л", school_id=supported["сильная"]
                ),
                NetworkGroup(id=1, position=1, title="Соседи", first_year=2024, last_year=2026),
                NetworkGroup(id=2, position=2, title="Старая", last_year=2023),
            ]
        )
        session.flush()
        session.add_all(
            [
                NetworkMember(group_id=1, organization_id=1, position=1),
                MentorPair(school_id=supported["хуже"], mentor_id=2, last_day=date(2025, 5, 31)),
                MentorPair(school_id=supported["молчит"], mentor_id=2, last_day=date(2024, 5, 31)),
            ]
        )
    found = counting.compute(workspace, "networked", 2025)
    assert counted(found) == {"лучше": True, "хуже": True, "молчит": False}
    assert {one.why for one in found.schools} == {
        "сетевая группа Соседи", "школа-наставник: Лидер", "нет",
    }  # fmt: skip


def test_supported(workspace: Workspace, supported: dict[str, int]) -> None:
    with workspace.database.write() as session:
        session.add(Appointment(role=SupportRole.CURATOR, school_id=supported["лучше"]))
        session.add(
            Recommendation(
                year=2025,
                school_id=supported["хуже"],
                addressee="school",
                text="Разобрать результаты",
                state=RecommendationState.GIVEN,
            )
        )
    found = counting.compute(workspace, "supported", 2025)
    assert (found.numerator, found.denominator) == (2, 3)
    assert counted(found)["молчит"] is False


def test_resolved_deficits(workspace: Workspace, schools: dict[str, int]) -> None:
    with workspace.database.write() as session:
        for factor, actual, resolved in (
            ("500-1", True, date(2025, 11, 1)),
            ("500-2", True, date(2026, 1, 10)),
            ("500-3", True, None),
            ("500-4", False, date(2025, 1, 1)),
        ):
            session.add(
                SchoolRisk(
                    school_id=schools["хуже"],
                    year=2025,
                    factor=factor,
                    actual=actual,
                    resolved_on=resolved,
                )
            )
    found = counting.compute(workspace, "resolved_deficits", 2025)
    assert (found.numerator, found.denominator) == (1, 3)
    assert found.schools[0].why == "1 из 3"


def test_by_half_years(workspace: Workspace, supported: dict[str, int]) -> None:
    with workspace.database.write() as session:
        curator = SupportRole.CURATOR
        session.add_all(
            [
                Appointment(role=curator, school_id=supported["лучше"], first_day=date(2025, 2, 1)),
                Appointment(role=curator, school_id=supported["хуже"], first_day=date(2025, 9, 1)),
                Recommendation(
                    year=2025,
                    school_id=supported["молчит"],
                    addressee="school",
                    text="Разобрать результаты",
                    state=RecommendationState.GIVEN,
                ),
            ]
        )
    halves = [counting.compute(workspace, "supported", 2025, half) for half in (1, 2)]
    assert [(one.numerator, one.denominator) for one in halves] == [(1, 3), (3, 3)]
    assert "по 30.06.2025. Без даты не учтено." in halves[0].note
    yearly = counting.compute(workspace, "positive_dynamics", 2025, 1)
    assert yearly.percent is None
    assert "известны за год" in yearly.note


def test_an_indicator_kept_by_half_years_is_counted_so(
    workspace: Workspace, supported: dict[str, int]
) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme, "Доля охваченных помощью")
    indicators.edit(workspace, [FieldEdit(row_id, "formula", "supported")])
    slots = [Slot(ValueRole.PLAN, "2025-1"), Slot(ValueRole.FACT, "2025-2")]
    assert slots[0] not in indicators.indicator_table(workspace, programme).slots
    table = indicators.indicator_table(workspace, programme, by_halves=True)
    assert set(slots) < set(table.slots)
    assert fact(2025) not in table.slots
    indicators.edit(workspace, [ValueEdit(row_id, slots[0], "30")])
    with workspace.database.write() as session:
        session.add(Appointment(role=SupportRole.CURATOR, school_id=supported["лучше"]))
    found = {one.slot: one for one in counting.proposals(workspace, programme)}
    assert set(found) == {Slot(ValueRole.FACT, "2025-1"), slots[1], fact(2024)}
    counting.accept_all(workspace, [(row_id, "2025-2")], date(2026, 1, 10))
    value = indicators.indicator_table(workspace, programme).rows[0].values[slots[1]]
    assert (value.numerator, value.denominator) == (1.0, 3.0)


def test_a_proposal_is_accepted_and_marked_when_the_data_change(
    workspace: Workspace, schools: dict[str, int]
) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme, "Доля не преодолевших")
    indicators.edit(workspace, [FieldEdit(row_id, "formula", "below_threshold")])

    def state(year: int) -> ProposalState:
        found = counting.proposals(workspace, programme)
        return next(one.state for one in found if one.slot == fact(year))

    assert state(2025) is ProposalState.NEW
    assert [one.slot for one in counting.proposals(workspace, programme)] == [
        fact(2024), fact(2025),
    ]  # fmt: skip
    counting.accept(workspace, row_id, 2025, date(2025, 12, 1))
    value = indicators.indicator_table(workspace, programme).rows[0].values[fact(2025)]
    assert (value.text, value.numerator, value.denominator) == ("25", 30.0, 120.0)
    assert value.on == date(2025, 12, 1)
    assert state(2025) is ProposalState.SAME
    add_result(workspace, schools["молчит"], (RUSSIAN[0], 2025, *RUSSIAN[1:]), 20, 20)
    assert state(2025) is ProposalState.CHANGED
    indicators.edit(workspace, [ValueEdit(row_id, fact(2025), "26")])
    assert state(2025) is ProposalState.DIFFERS


def test_what_cannot_be_counted_is_refused(workspace: Workspace) -> None:
    add_school(workspace, "Школа")
    row_id = make_indicator(workspace, make_programme(workspace))
    with pytest.raises(UserError, match="нет формулы"):
        counting.accept(workspace, row_id, 2025)
    indicators.edit(workspace, [FieldEdit(row_id, "formula", "networked")])
    with pytest.raises(UserError, match="посчитать не по чему"):
        counting.accept(workspace, row_id, 2025)
    with pytest.raises(UserError, match="Бывают: positive_dynamics"):
        counting.compute(workspace, "nothing", 2025)


def test_every_formula_has_a_definition_and_a_source() -> None:
    for one in indicators.formulas():
        assert all((one.title, one.numerator, one.denominator, one.unit, one.source))
