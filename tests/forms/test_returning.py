"""Back to the school: red cells where the findings point, a letter, nothing of other schools."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import select

from app.errors import UserError
from app.models.enums import Severity
from app.models.imports import ImportFile
from app.services import importing
from app.services.documents import page_count
from app.services.forms import Returned, return_to_school, return_to_schools
from app.services.forms.marking import mark
from app.services.importing import Finding
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.forms.filling import blank, fill, load, school
from tests.forms.test_board import office

DEADLINE = date(2025, 11, 20)


def give_back(
    workspace: Workspace, path: Path, out: Path, school_id: int | None = None
) -> Returned:
    """Plan a file and send it back."""
    plan = importing.prepare(workspace, [path], NoProgress())
    try:
        return return_to_school(workspace, plan, path.name, out, NoProgress(), DEADLINE, school_id)
    finally:
        importing.discard(plan)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an empty folder for what goes back."""
    folder = tmp_path / "школе"
    folder.mkdir()
    return folder


def test_a_form_goes_back_with_red_cells(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    school(workspace)
    office(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", {"pupils": 20, "boys": "много", "girls": 21})
    made = give_back(workspace, path, out)
    assert made.copy is not None
    assert made.marks == 2
    sheet = openpyxl.load_workbook(made.copy)["Социальный паспорт"]
    red = {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert set(red) == {"E11", "E12"}
    assert "текст «много» вместо числа" in red["E11"]
    assert sheet["E11"].fill.fgColor.rgb == "FFF8B4B4"
    assert sheet["E11"].value == "много"
    assert sheet["E10"].fill.fgColor.rgb != "FFF8B4B4"
    assert page_count(made.letter.with_suffix(".pdf")) == 1
    assert made.letter.name == "Письмо. МБОУ Луговская СОШ. МБОУ Луговская СОШ, бланки 2025.docx"


def test_the_marked_form_comes_back_mended(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    school(workspace)
    office(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", {"pupils": 20, "boys": "много"})
    made = give_back(workspace, path, out)
    assert made.copy is not None
    fill(made.copy, "Социальный паспорт", {"boys": 9})
    assert load(workspace, made.copy).totals.stored == 2


def write_results(path: Path, names: list[tuple[str, str]]) -> None:
    """Write a table of results; the second school has more «2» than participants."""
    rows: list[list[object]] = [
        ["ВПР 2025. 5 класс"],
        ["Предмет: Математика"],
        ["Группы участников", "Кол-во участников", "2", "3", "4", "5"],
        *[[f"({login}) {name}", 10, 10, 50, 30, 30] for login, name in names],
    ]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Отметки")
        for row, values in enumerate(rows):
            sheet.write_row(row, 0, values)


def test_other_schools_rows_do_not_go_out(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    one = school(workspace)
    school(workspace, "МБОУ Озёрная СОШ", fisoko="edu100002", rcoi=None)
    office(workspace)
    path = tmp_path / "Математика.xlsx"
    write_results(path, [("edu100001", "МБОУ Луговская СОШ"), ("edu100002", "МБОУ Озёрная СОШ")])
    made = give_back(workspace, path, out, one)
    assert made.copy is not None
    assert made.marks > 0
    sheet = openpyxl.load_workbook(made.copy)["Отметки"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [
        "ВПР 2025. 5 класс",
        "Предмет: Математика",
        "Группы участников",
        "(edu100001) МБОУ Луговская СОШ",
        None,
    ]
    assert sheet.row_dimensions[5].hidden
    assert not sheet.row_dimensions[4].hidden
    raw = zipfile.ZipFile(made.copy)
    assert not any("Озёрная".encode() in raw.read(name) for name in raw.namelist())


def test_each_school_of_a_table_gets_its_own_rows(
    workspace: Workspace, tmp_path: Path, out: Path
) -> None:
    school(workspace)
    school(workspace, "МБОУ Озёрная СОШ", fisoko="edu100002", rcoi=None)
    school(workspace, "МБОУ Лесная ООШ", fisoko="edu100003", rcoi=None)
    office(workspace)
    path = tmp_path / "Математика.xlsx"
    names = ("МБОУ Луговская СОШ", "МБОУ Озёрная СОШ", "МБОУ Лесная ООШ")
    write_results(path, [(f"edu10000{n}", name) for n, name in enumerate(names, start=1)])
    book = openpyxl.load_workbook(path)
    for column, value in enumerate((10, 40, 30, 20), start=3):
        book["Отметки"].cell(6, column).value = value
    book["Отметки"].cell(5, 2).value = "десять"  # this row gives no fact at all
    book.save(path)
    plan = importing.prepare(workspace, [path], NoProgress())
    try:
        made = return_to_schools(workspace, plan, path.name, out, NoProgress(), DEADLINE)
    finally:
        importing.discard(plan)
    assert (len(made.made), made.clean) == (2, 1)
    copies = {one.copy.name: openpyxl.load_workbook(one.copy) for one in made.made if one.copy}
    assert sorted(copies) == [
        "Математика. МБОУ Луговская СОШ, исправить.xlsx",
        "Математика. МБОУ Озёрная СОШ, исправить.xlsx",
    ]
    for name, copy in copies.items():
        told = [row[0].value for row in copy["Отметки"].iter_rows(min_row=4) if row[0].value]
        assert len(told) == 1
        assert told[0].split(") ")[1] in name
    assert len(list(out.glob("*.pdf"))) == len(made.made)


def test_a_stored_file_goes_back_from_the_archive(
    workspace: Workspace, tmp_path: Path, out: Path
) -> None:
    school(workspace)
    office(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", {"pupils": 20, "boys": "много"})
    load(workspace, path, good=True)
    with workspace.database.read() as session:
        file_id = session.scalars(select(ImportFile.id)).one()
    made = return_to_school(workspace, file_id, "", out, NoProgress())
    assert made.copy is not None
    assert openpyxl.load_workbook(made.copy)["Социальный паспорт"]["E11"].comment is not None


def test_what_cannot_go_back_is_told(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", {"pupils": 20})
    with pytest.raises(UserError, match="нет замечаний"):
        give_back(workspace, path, out)
    fill(path, "Социальный паспорт", {"pupils": "?"})
    with pytest.raises(UserError, match="Не ясно, какой школе"):
        give_back(workspace, path, out)
    with pytest.raises(UserError, match="Такого файла нет"):
        return_to_school(workspace, 77, "", out, NoProgress())


def test_marks_of_ranges_and_odd_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Л")
        sheet.write_string(0, 0, "=1+1")
        sheet.merge_range(4, 0, 4, 2, "шапка")
    finding = Finding(Severity.ERROR, "Сумма не 100.", "Сверьте.", "Л", "A1, B2:C2,A5:B5")
    lost = Finding(Severity.ERROR, "Листа нет.", "", "Другой", "A1")
    data, count = mark(path.read_bytes(), [finding, lost, finding])
    again = tmp_path / "b.xlsx"
    again.write_bytes(data)
    marked = openpyxl.load_workbook(again)["Л"]
    assert count == 4
    assert marked["A1"].data_type == "s"
    assert marked["B2"].comment is not None
    assert marked["C2"].comment.text == "Сумма не 100. Сверьте."
