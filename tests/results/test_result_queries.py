"""Tables of results, the cells behind a figure, earlier states, and the export contract."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.errors import UserError
from app.models.enums import AssessmentKind, CountsOrigin
from app.models.results import Result
from app.services.results import export_rows, history, list_results, sources, years
from app.services.workspace import Workspace
from tests.stored import add_block, add_result, add_school

VPR_4 = (AssessmentKind.VPR, 2025, "Математика", 4)
OGE = (AssessmentKind.OGE, 2025, "Математика", 9)
EGE = (AssessmentKind.EGE, 2025, "Русский язык", 11)
OLD = (AssessmentKind.VPR, 2024, "Математика", 4)


def test_an_empty_database_has_no_results(workspace: Workspace) -> None:
    assert list_results(workspace) == ()
    assert years(workspace) == ()
    assert export_rows(workspace) == []


def test_rows_come_newest_year_first_then_by_procedure_and_school(workspace: Workspace) -> None:
    fifteenth = add_school(workspace, "СОШ №15")
    second = add_school(workspace, "СОШ №2")
    for school in (fifteenth, second):
        for procedure in (EGE, OLD, OGE, VPR_4):
            add_result(workspace, school, procedure, 10, 1)
    rows = list_results(workspace)
    assert [(row.year, row.kind.value, row.school) for row in rows] == [
        (year, kind, school)
        for year, kind in ((2025, "ВПР"), (2025, "ОГЭ"), (2025, "ЕГЭ"), (2024, "ВПР"))
        for school in ("СОШ №2", "СОШ №15")
    ]
    assert years(workspace) == (2025, 2024)
    assert {row.year for row in list_results(workspace, year=2024)} == {2024}
    assert {row.school_id for row in list_results(workspace, school_id=second)} == {second}


def test_shares_follow_from_counts(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    add_result(workspace, school, VPR_4, 7, 3, n3=2, n4=1, n5=1, p2=42.9)
    (row,) = list_results(workspace)
    assert row.percent_below == pytest.approx(300 / 7)
    assert row.success == pytest.approx(400 / 7)
    assert row.quality == pytest.approx(200 / 7)


def test_shares_without_counts_are_those_of_the_file_or_unknown(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    given = {"n2": None, "p2": 40.0, "p3": 30.0, "p4": 20.0, "p5": 10.0}
    add_result(workspace, school, VPR_4, 7, None, **given)
    add_result(workspace, school, OLD, 0, None)
    known, unknown = list_results(workspace)
    assert (known.percent_below, known.success, known.quality) == (40.0, 60.0, 30.0)
    assert (unknown.percent_below, unknown.success, unknown.quality) == (None, None, None)


def test_every_figure_has_its_cell(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    columns = {"name": "A", "participants": "C", "p2": "D", "p3": "E", "year": "$A$1"}
    block = add_block(workspace, columns, "ВПР/4 МА.xlsx", "Статистика")
    origin = CountsOrigin.RECOVERED
    more = {"n3": 4, "p2": 42.86, "p3": 57.14, "mean": 2.57, "origin": origin}
    result = add_result(workspace, school, VPR_4, 7, 3, block_id=block, rows="11", **more)
    found = sources(workspace, result)
    cells = {field: source.cell for field, source in found.items()}
    assert cells == {
        "participants": "C11",
        "n2": "D11",
        "n3": "E11",
        "below": "D11",
        "percent_below": "D11",
        "success": "D11",
        "p2": "D11",
        "p3": "E11",
        "mean": None,
        "year": "A1",
        "subject": None,
        "grade": None,
        "school": "A11",
    }
    assert found["mean"].row == 11
    assert (found["n2"].file, found["n2"].sheet) == ("ВПР/4 МА.xlsx", "Статистика")
    (row,) = list_results(workspace)
    assert (row.file, row.sheet, row.rows) == ("ВПР/4 МА.xlsx", "Статистика", "11")
    assert row.origin is origin


@pytest.mark.parametrize(
    ("columns", "rows", "place"),
    [
        ({"p4": "F", "p5": "G"}, "11", "ячейки F11, G11"),
        ({"n4": "V", "n5": "V"}, "3,8-12", "ячейки V3, V8:V12"),
        ({"n4": "V", "n5": "V"}, "3", "ячейка V3"),
        ({"p4": "F"}, "11", "ячейка F11"),
        ({}, "11", "строка 11"),
    ],
)
def test_quality_stands_in_the_cells_of_four_and_five(
    workspace: Workspace, columns: dict[str, str], rows: str, place: str
) -> None:
    block = add_block(workspace, columns)
    school = add_school(workspace, "Первая")
    result = add_result(workspace, school, VPR_4, 7, 3, n4=1, n5=1, block_id=block, rows=rows)
    sentence = sources(workspace, result)["quality"].sentence()
    assert f"лист «Лист1», {place} (загрузка № 1, " in sentence


def test_a_result_entered_by_hand_has_no_cells(workspace: Workspace) -> None:
    result = add_result(workspace, add_school(workspace, "Первая"), VPR_4, 7, 3)
    assert sources(workspace, result) == {}
    (row,) = export_rows(workspace)
    assert row["source"] == {"file": None, "sheet": None, "row": None}


def test_earlier_states_are_kept_newest_first(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    block = add_block(workspace, {"below": "D"})
    first = add_result(workspace, school, VPR_4, 7, 1, current=False, block_id=block, rows="5")
    second = add_result(workspace, school, VPR_4, 7, 2, current=False, replaced_id=first)
    third = add_result(workspace, school, VPR_4, 7, 3, replaced_id=second)
    assert [seen.row.below for seen in history(workspace, third)] == [2, 1]
    assert [seen.source.row if seen.source else None for seen in history(workspace, third)] == [
        None,
        5,
    ]
    assert history(workspace, first) == ()
    assert [row.id for row in list_results(workspace)] == [third]


def test_a_broken_chain_of_states_ends(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая")
    result = add_result(workspace, school, VPR_4, 7, 1)
    with workspace.database.write() as session:
        session.execute(update(Result).values(replaced_id=result))
    assert [seen.row.id for seen in history(workspace, result)] == []


def test_a_missing_result_is_said(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="больше нет в базе"):
        sources(workspace, 404)
    with pytest.raises(UserError, match="больше нет в базе"):
        history(workspace, 404)


def test_export_is_the_contract(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая", "edu001", "00001")
    block = add_block(workspace, {"mean": "V"}, "ОГЭ/02.xlsx", "Page 1")
    counts = {"n3": 2, "n4": 1, "n5": 1, "mean": 3.0}
    add_result(workspace, school, OGE, 7, 3, block_id=block, rows="3,8-12", **counts)
    assert export_rows(workspace, year=2025, school_id=school) == [
        {
            "school": "Первая",
            "codes": {"fisoko": "edu001", "rcoi": "00001"},
            "year": 2025,
            "assessment": "ОГЭ",
            "subject": "Математика",
            "grade": 9,
            "participants": 7,
            "n2": 3,
            "n3": 2,
            "n4": 1,
            "n5": 1,
            "below": 3,
            "mean": 3.0,
            "source": {"file": "ОГЭ/02.xlsx", "sheet": "Page 1", "row": 3},
        }
    ]
