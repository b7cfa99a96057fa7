"""Slips of real programmes: each is found once, in its cell, and a sound row is left alone."""

from __future__ import annotations

from app.services import indicators
from app.services.indicators import FieldEdit, Finding, FindingKind
from app.services.workspace import Workspace
from tests.indicators.builders import BASE, fact, make_indicator, make_programme, plan


def found(workspace: Workspace, programme: int) -> list[Finding]:
    return list(indicators.check_table(indicators.indicator_table(workspace, programme)))


def kinds(workspace: Workspace, **values: str) -> list[tuple[FindingKind, object]]:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, **values)
    return [(one.kind, one.slot) for one in found(workspace, programme)]


def test_a_sound_row_has_no_findings(workspace: Workspace) -> None:
    assert kinds(workspace, base="20", plan2024="30", plan2025="40", fact2024="3 из 4") == []


def test_base_equal_to_the_final_plan(workspace: Workspace) -> None:
    assert kinds(workspace, base="98", plan2025="98") == [(FindingKind.BASE_IS_FINAL, BASE)]


def test_what_can_only_be_kept_is_said_to_be_kept(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, base="100", plan2024="100", plan2025="100")
    (finding,) = found(workspace, programme)
    assert "удерживается" in finding.message


def test_plan_below_base(workspace: Workspace) -> None:
    assert kinds(workspace, base="64", plan2024="50", plan2025="70") == [
        (FindingKind.PLAN_WORSE, plan(2024))
    ]


def test_a_later_plan_below_an_earlier_one(workspace: Workspace) -> None:
    assert kinds(workspace, base="1", plan2024="50", plan2025="40", plan2026="60") == [
        (FindingKind.STEP_BACK, plan(2025))
    ]


def test_the_direction_turns_the_checks_round(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme, base="10", plan2024="8", plan2025="5")
    assert {one.kind for one in found(workspace, programme)} == {
        FindingKind.PLAN_WORSE,
        FindingKind.STEP_BACK,
    }
    assert all("Направление не указано" in one.message for one in found(workspace, programme))
    indicators.edit(workspace, [FieldEdit(row_id, "better", "меньше")])
    assert found(workspace, programme) == []


def test_the_title_tells_a_direction(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, "Доля вакантных должностей", base="2", plan2024="10")
    (finding,) = found(workspace, programme)
    assert finding.kind is FindingKind.PLAN_WORSE
    assert "лучше, когда меньше" in finding.message


def test_missing_unit_plan_number_denominator(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, "Охват", "", base="+", fact2024="5")
    assert [(one.kind, one.slot) for one in found(workspace, programme)] == [
        (FindingKind.NO_UNIT, None),
        (FindingKind.NO_PLAN, None),
        (FindingKind.NO_NUMBER, BASE),
    ]
    make_indicator(workspace, programme, "Доля", plan2024="10", fact2024="5")
    last = found(workspace, programme)[-1]
    assert (last.kind, last.slot) == (FindingKind.NO_DENOMINATOR, fact(2024))


def test_a_unit_that_stands_in_the_values_is_not_missed(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, "Охват", "", base="2 %", plan2024="3")
    assert found(workspace, programme) == []


def test_an_impossible_share(workspace: Workspace) -> None:
    assert kinds(workspace, base="5", plan2024="140") == [(FindingKind.IMPOSSIBLE, plan(2024))]


def test_a_loose_dash_is_not_taken_for_a_minus(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, plan2024="– 30")
    (finding,) = found(workspace, programme)
    assert finding.kind is FindingKind.NO_NUMBER
    assert "минус это или тире" in finding.message


def test_headings_are_not_checked(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, "Кадры", "", is_group=True)
    assert found(workspace, programme) == []
