"""A blank goes to a school and comes back: what it says is stored, with no mapping."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from app.models.enums import FileStatus, RecordKind
from app.models.records import Record
from app.services import results
from app.services.figures import catalogue
from app.services.importing import form_declarations
from app.services.workspace import Workspace
from tests.forms.filling import (
    YEAR,
    blank,
    fill,
    load,
    messages,
    plan,
    school,
    set_cell,
)

PASSPORT = {"pupils": 120, "boys": 57, "girls": 63, "large_families": 14, "migrants": 0}
STAFF = {"employees": 31, "teachers": 18, "higher": 15, "shifts": 1}
OGE = {
    "Русский язык/participants": 12,
    "Русский язык/n2": 4,
    "Русский язык/n3": 5,
    "Русский язык/n4": 2,
    "Русский язык/n5": 1,
}


def stored(workspace: Workspace, kind: RecordKind) -> list[tuple[int | None, int, dict[str, int]]]:
    """Return school, year and figures of the records in force."""
    query = select(Record.school_id, Record.year, Record.data)
    with workspace.database.read() as session:
        return [
            (row[0], row[1], row[2])
            for row in session.execute(query.where(Record.current, Record.kind == kind))
        ]


def test_forms_ask_for_known_figures() -> None:
    for form in form_declarations().values():
        if form.record is not None:
            known = {figure.name for figure in catalogue()[form.record].figures}
            assert {field.name for field in form.fields} <= known


def test_single_figures_come_back(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace)
    path = blank(workspace, tmp_path, "passport", "staff")
    fill(path, "Социальный паспорт", PASSPORT)
    fill(path, "Кадры", STAFF)
    report = load(workspace, path)
    assert [file.status for file in report.files] == [FileStatus.IMPORTED], messages(report)
    assert stored(workspace, RecordKind.PASSPORT) == [(one, YEAR, PASSPORT)]
    assert stored(workspace, RecordKind.STAFF) == [(one, YEAR, STAFF)]


def test_results_come_back(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace)
    path = blank(workspace, tmp_path, "oge", "ege")
    fill(path, "ОГЭ", OGE)
    ege = {"Физика/participants": 3, "Физика/below": 1, "Физика/mean": "48,5"}
    fill(path, "ЕГЭ", ege)
    report = load(workspace, path)
    assert report.totals.stored == 2, messages(report)
    rows = {row.subject: row for row in results.list_results(workspace)}
    russian, physics = rows["Русский язык"], rows["Физика"]
    assert (russian.school_id, russian.year, russian.grade) == (one, YEAR, 9)
    marks = (russian.participants, russian.n2, russian.n3, russian.n4, russian.n5, russian.below)
    assert marks == (12, 4, 5, 2, 1, 4)
    assert (physics.participants, physics.below, physics.mean) == (3, 1, 48.5)
    source = results.sources(workspace, russian.id)
    assert (source["n2"].sheet, source["n2"].cell) == ("ОГЭ", "E9")


def test_a_renamed_copy_and_a_second_load(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", PASSPORT)
    copy = tmp_path / "Копия (3) Новый документ.xlsx"
    shutil.copyfile(path, copy)
    load(workspace, copy)
    assert stored(workspace, RecordKind.PASSPORT) == [(one, YEAR, PASSPORT)]
    again = load(workspace, path)
    assert again.batch_id is None
    assert again.totals.stored == 0


def test_an_empty_cell_stays_empty(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", {"pupils": 10, "boys": "-", "girls": " "})
    load(workspace, path)
    ((_, _, data),) = stored(workspace, RecordKind.PASSPORT)
    assert data == {"pupils": 10}


def test_a_blank_nobody_filled_holds_nothing_back(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "passport", "staff")
    fill(path, "Кадры", STAFF)
    report = load(workspace, path)
    assert report.files[0].status is FileStatus.IMPORTED
    assert any("«Социальный паспорт школы» не заполнен" in text for _, text in messages(report))
    assert stored(workspace, RecordKind.PASSPORT) == []


def test_wrong_cells_are_named_and_the_others_may_go_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "passport")
    wrong = {"pupils": 20, "boys": "много", "girls": 21, "low_income": 4.5, "foster": 9999}
    fill(path, "Социальный паспорт", wrong)
    found = plan(workspace, path)
    told = dict(messages(found))
    assert found.files[0].status is FileStatus.NEEDS_DECISION
    assert "текст «много» вместо числа" in told["E11"]
    assert "больше, чем «Всего обучающихся» (20)" in told["E12"]
    assert "стоит 4,5, а нужно целое число" in told["E15"]
    assert "стоит 9999, а нужно от 0 до 3000" in told["E18"]
    load(workspace, path, good=True)
    assert [data for _, _, data in stored(workspace, RecordKind.PASSPORT)] == [{"pupils": 20}]


def test_a_half_filled_line_of_results_waits(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "oge")
    values = {name: value for name, value in OGE.items() if not name.endswith("n5")}
    fill(path, "ОГЭ", {**values, "Химия/participants": 0})
    found = plan(workspace, path)
    assert found.files[0].status is FileStatus.NEEDS_DECISION
    assert [cell for cell, text in messages(found) if "заполнена не вся" in text] == ["H9"]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("C1", "7", "версии 7, программа принимает версию 1"),
        ("B1", "future", "вид «future» ей не известен"),
        ("D1", "двадцать", "испорчен год: «двадцать»"),
    ],
)
def test_a_foreign_mark_is_refused(
    workspace: Workspace, tmp_path: Path, cell: str, value: str, said: str
) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", PASSPORT)
    set_cell(path, "Социальный паспорт", cell, value)
    found = plan(workspace, path)
    assert found.files[0].status is FileStatus.NEEDS_DECISION
    assert any(said in text for _, text in messages(found)), messages(found)
    assert not found.stores_anything


def test_another_name_in_the_blank_is_told(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace)
    school(workspace, "МБОУ Озёрная СОШ", fisoko="edu100002", rcoi="01302")
    path = blank(workspace, tmp_path, "passport", school_ids=(one,))
    fill(path, "Социальный паспорт", PASSPORT)
    set_cell(path, "Социальный паспорт", "C4", "МБОУ Озёрная СОШ")
    report = load(workspace, path)
    told = dict(messages(report))
    assert "а сделан он для школы «МБОУ Луговская СОШ»" in told["C4"]
    assert stored(workspace, RecordKind.PASSPORT) == [(one, YEAR, PASSPORT)]


def test_a_school_without_codes_is_known_by_its_name(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace, fisoko=None, rcoi=None)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", PASSPORT)
    load(workspace, path)
    assert stored(workspace, RecordKind.PASSPORT) == [(one, YEAR, PASSPORT)]


def test_all_schools_in_one_book(workspace: Workspace, tmp_path: Path) -> None:
    ids = [
        school(workspace, f"МБОУ СОШ № {n}", fisoko=f"edu10000{n}", rcoi=f"0130{n}") for n in (1, 2)
    ]
    path = blank(workspace, tmp_path, "passport", together=True)
    for name in openpyxl.load_workbook(path).sheetnames:
        fill(path, name, PASSPORT)
    load(workspace, path)
    found = stored(workspace, RecordKind.PASSPORT)
    assert sorted(found) == [(one, YEAR, PASSPORT) for one in ids]


def test_the_mark_survives_libreoffice(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", PASSPORT)
    for ending in ("ods", "xls", "xlsx"):
        made = _saved_again(path, tmp_path / ending, ending)
        found = plan(workspace, made)
        assert found.files[0].layout == "own_form", messages(found)
        assert found.totals.stored > 0, messages(found)
    load(workspace, made)
    assert stored(workspace, RecordKind.PASSPORT) == [(one, YEAR, PASSPORT)]


def _saved_again(path: Path, folder: Path, ending: str) -> Path:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("нужен LibreOffice")
    profile = folder / "profile"
    setting = f"-env:UserInstallation={profile.as_uri()}"
    subprocess.run(
        [office, setting, "--headless", "--convert-to", ending, "--outdir", folder, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    made = folder / f"{path.stem}.{ending}"
    if not made.exists():
        pytest.skip("в LibreOffice нет табличного модуля (Calc)")
    return made
