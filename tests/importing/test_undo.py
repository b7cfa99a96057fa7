"""Undoing a load: values come back where nothing newer stands, schools stay while they are used."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models.enums import BatchStatus, CodeSystem, FileStatus
from app.models.results import Assessment, ReferenceResult, Result
from app.models.schools import School, SchoolAlias, SchoolCode
from app.services.importing import Decisions, list_batches, undo
from app.services.results import list_results
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.importing.loads import (
    VPR,
    load,
    prepare_facts,
    ref,
    reference,
    register,
    result,
    results,
    school,
)
from tests.importing.test_applying import sizes
from tests.stored import add_school

ONE = ref("МКОУ СОШ №1", fisoko="edu000001", rcoi="01307")
TWO = ref("МАОУ Троицкая СОШ", fisoko="edu000002", rcoi="13048")
REGISTER = register("Реестр.xlsx", school(4, ONE, pupils=504), school(5, TWO, pupils=198))


def marks(n2: int, path: str = "А.xlsx") -> object:
    """Return a file with one result and one row of the district."""
    return results(path, result(9, ONE, n2=n2), reference(8, "Район", float(n2)))


def current(workspace: Workspace) -> list[int | None]:
    """Return the «2» in force."""
    return [row.n2 for row in list_results(workspace)]


def test_replaced_values_come_back(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, marks(1))
    second = load(workspace, marks(3, "Б.xlsx"))
    report = undo(workspace, second.batch_id or 0)
    assert (report.removed, report.restored, report.kept) == (2, 2, ())
    assert current(workspace) == [1]
    with workspace.database.read() as session:
        assert session.scalars(select(ReferenceResult.p2).where(ReferenceResult.current)).all() == [
            1
        ]
    assert [row.status for row in list_batches(workspace)] == [
        BatchStatus.UNDONE,
        BatchStatus.APPLIED,
        BatchStatus.APPLIED,
    ]


def test_newer_load_stays_and_is_named(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, marks(1))
    second = load(workspace, marks(3, "Б.xlsx"))
    third = load(workspace, marks(5, "В.xlsx"))
    report = undo(workspace, second.batch_id or 0)
    assert current(workspace) == [5]
    assert report.restored == 0
    assert len(report.kept) == 2
    assert all(f"загрузка № {third.batch_id}" in reason for reason in report.kept)
    undo(workspace, third.batch_id or 0)
    assert current(workspace) == [1]  # the history was linked around the load that is gone


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_order_of_undoing_does_not_matter(workspace: Workspace, order: tuple[int, int]) -> None:
    load(workspace, REGISTER, marks(1))
    before = (current(workspace), sizes(workspace)["Result"])
    load(workspace, marks(3, "Б.xlsx"))
    load(workspace, marks(5, "В.xlsx"))
    for batch in order:
        undo(workspace, batch)
    assert (current(workspace), sizes(workspace)["Result"]) == before


def test_load_that_created_everything_leaves_nothing(workspace: Workspace) -> None:
    report = undo(workspace, load(workspace, REGISTER, marks(1)).batch_id or 0)
    assert set(report.removed_schools) == {ONE.name, TWO.name}
    assert report.kept == ()
    with workspace.database.read() as session:
        for table in (School, SchoolCode, SchoolAlias, Result, ReferenceResult, Assessment):
            assert session.scalars(select(table)).all() == []


def test_school_with_results_of_another_load_stays_with_its_sources(workspace: Workspace) -> None:
    first = load(workspace, REGISTER)
    load(workspace, marks(1))
    report = undo(workspace, first.batch_id or 0)
    assert report.removed_schools == (TWO.name,)
    assert report.kept == ("Школа «МКОУ СОШ №1» осталась: у неё есть результаты (загрузка № 2).",)
    (row,) = list_schools(workspace)
    assert (row.short_name, row.pupils, row.fisoko) == (ONE.name, 504, "edu000001")
    assert current(workspace) == [1]


def test_school_goes_with_the_last_load_that_uses_it(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, register("Р.xlsx", school(4, ONE, pupils=505)))
    load(workspace, marks(1))
    undo(workspace, 1)
    assert {row.short_name for row in list_schools(workspace)} == {ONE.name}
    undo(workspace, 2)  # the fields of the school go back to those of its own load
    assert [row.pupils for row in list_schools(workspace)] == [504]
    assert undo(workspace, 3).removed_schools == (ONE.name,)
    assert list_schools(workspace) == ()


def test_fields_of_a_known_school_come_back(workspace: Workspace) -> None:
    add_school(workspace, "МКОУ СОШ №1", fisoko="edu000001", pupils=500)
    again = register("Р.xlsx", school(4, replace(ONE, name="МБОУ СОШ №1"), pupils=504, kind="СОШ"))
    batch = load(workspace, again).batch_id or 0
    changed = list_schools(workspace)[0]
    assert (changed.short_name, changed.pupils, changed.kind, changed.rcoi) == (
        "МБОУ СОШ №1", 504, "СОШ", "01307",
    )  # fmt: skip
    undo(workspace, batch)
    back = list_schools(workspace)[0]
    assert (back.short_name, back.pupils, back.kind, back.rcoi) == ("МКОУ СОШ №1", 500, None, None)
    assert back.search_key == "мкоу сош №1"


def test_old_code_comes_back(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    batch = load(
        workspace,
        register(
            "Р.xlsx", school(4, replace(ONE, codes=(ONE.codes[0], (CodeSystem.RCOI, "09999"))))
        ),
    ).batch_id
    undo(workspace, batch or 0)
    assert "01307" in {row.rcoi for row in list_schools(workspace)}


def test_undone_answer_is_asked_again(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    odd = results("А.xlsx", result(9, ref("Троицкая школа-сад")))
    (question,) = prepare_facts(workspace, [odd]).questions
    known = next(row.id for row in list_schools(workspace) if row.fisoko == "edu000002")
    batch = load(workspace, odd, decisions=Decisions(schools={question.key: known})).batch_id
    assert prepare_facts(workspace, [odd]).questions == ()
    undo(workspace, batch or 0)
    assert len(prepare_facts(workspace, [odd]).questions) == 1


def test_undone_file_can_be_loaded_again(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    undo(workspace, load(workspace, marks(1)).batch_id or 0)
    assert load(workspace, marks(1)).files[0].status is FileStatus.IMPORTED
    assert current(workspace) == [1]


@pytest.mark.parametrize("times", [0, 2])
def test_what_cannot_be_undone_is_said(workspace: Workspace, times: int) -> None:
    batch = load(workspace, REGISTER).batch_id or 0
    for _ in range(times - 1):
        undo(workspace, batch)
    with pytest.raises(UserError, match=r"уже отменена|нет в базе"):
        undo(workspace, batch if times else 99)


def test_many_rows_come_back(workspace: Workspace) -> None:
    grades = [replace(VPR, year=y, grade=g) for y in range(1000, 1060) for g in range(99)]
    rows = list(enumerate(grades, start=9))
    load(workspace, REGISTER, results("А.xlsx", *(result(r, ONE, procedure=p) for r, p in rows)))
    second = results("Б.xlsx", *(result(r, ONE, n2=2, procedure=p) for r, p in rows))
    batch = load(workspace, second).batch_id or 0
    report = undo(workspace, batch)
    assert report.restored == len(grades)
    with workspace.database.read() as session:
        kept = session.scalars(select(Result.n2).where(Result.current)).all()
    assert kept == [1] * len(grades)
