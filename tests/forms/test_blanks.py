"""What a blank form is: what is locked, what is checked while one types, what it already knows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import Cancelled, UserError
from app.models.enums import AssessmentKind, RecordKind, SchoolStatus
from app.models.records import Record
from app.services.forms import FormsRequest, make_forms
from app.services.importing import FORM_MARK, form_declarations
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.forms.filling import YEAR, blank, school
from tests.stored import add_result


def page(path: Path, sheet: str) -> Worksheet:
    """Return a sheet of a blank."""
    found = openpyxl.load_workbook(path)[sheet]
    assert isinstance(found, Worksheet)
    return found


def row_of(sheet: Worksheet, name: str) -> int:
    """Return the row of a figure by its hidden name."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == name)


def test_only_cells_to_fill_are_unlocked(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path)
    for form in form_declarations().values():
        sheet = page(path, form.sheet)
        assert sheet.protection.sheet
        unlocked = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked and cell.row > 8
        }
        wanted = len(form.fields) or len(form.subjects) * len(form.columns)
        assert len(unlocked) == wanted
        assert all(sheet[cell].value is None for cell in unlocked)


def test_every_cell_to_fill_has_a_limit_in_russian(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path)
    for form in form_declarations().values():
        checks = page(path, form.sheet).data_validations.dataValidation
        assert len(checks) == (len(form.fields) or len(form.subjects) * len(form.columns))
        for check in checks:
            assert check.error
            assert "оставьте" in check.error
            assert check.errorTitle
            assert check.showErrorMessage
    staff = page(path, "Кадры")
    limits = {str(check.sqref): check for check in staff.data_validations.dataValidation}
    shifts = limits[f"E{row_of(staff, 'shifts')}"]
    assert (shifts.type, shifts.formula1) == ("list", '"1,2,3"')
    higher, teachers = row_of(staff, "higher"), row_of(staff, "teachers")
    assert limits[f"E{higher}"].formula2 == f"IF(ISNUMBER($E${teachers}),$E${teachers},500)"


def test_the_mark_is_hidden_and_named(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    path = blank(workspace, tmp_path, "passport")
    book = openpyxl.load_workbook(path)
    sheet = book["Социальный паспорт"]
    mark = [sheet.cell(1, column).value for column in range(1, 8)]
    assert mark == [
        FORM_MARK, "passport", "1", "2025", "edu100001", "01301", "МБОУ Луговская СОШ",
    ]  # fmt: skip
    assert sheet.row_dimensions[1].hidden
    assert sheet.row_dimensions[2].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.defined_names["Opora_version"].attr_text == "'Социальный паспорт'!$C$1"
    properties = {one.name: one.value for one in book.custom_doc_props.props}
    assert properties == {
        "Opora form": "passport",
        "Opora year": YEAR,
        "Opora school": "edu100001",
    }


def test_the_head_says_what_until_when(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace)
    sheet = page(blank(workspace, tmp_path, "staff"), "Кадры")
    head = [sheet.cell(row, 2).value for row in range(3, 8)]
    assert head[0] == "Кадры школы, 2024/25 учебный год"
    assert head[3] == "Сдать до 20.11.2025, этим же файлом"
    assert sheet["C4"].value == "МБОУ Луговская СОШ"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$8:$8"


def test_last_year_stands_beside_in_grey(workspace: Workspace, tmp_path: Path) -> None:
    one = school(workspace)
    add_result(workspace, one, (AssessmentKind.OGE, 2024, "Физика", 9), 5, 1, n3=2, n4=2, n5=0)
    with workspace.database.write() as session:
        session.add(
            Record(
                identity="x",
                kind=RecordKind.PASSPORT,
                year=2024,
                school_id=one,
                data={"pupils": 118, "low_income_share": 12.5},
                current=True,
            )
        )
    path = blank(workspace, tmp_path)
    passport, oge = page(path, "Социальный паспорт"), page(path, "ОГЭ")
    assert passport.cell(row_of(passport, "pupils"), 6).value == "118"
    assert passport.cell(row_of(passport, "boys"), 6).value is None
    past = oge.cell(row_of(oge, "Физика"), 9)
    assert past.value == "5: 1 / 2 / 2 / 0"
    assert past.font.color.rgb == "FF6B7785"
    assert past.protection.locked


def test_a_name_never_becomes_a_formula(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace, "=HYPERLINK(1)", fisoko="edu100001")
    sheet = page(blank(workspace, tmp_path, "passport"), "Социальный паспорт")
    texts = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in texts] == ["s", "s"]


def test_a_school_gets_the_forms_of_its_grades(workspace: Workspace, tmp_path: Path) -> None:
    school(workspace, "МКОУ Ёлкинская ООШ", kind="ООШ")
    assert openpyxl.load_workbook(blank(workspace, tmp_path)).sheetnames == [
        "Социальный паспорт", "Кадры", "ОГЭ",
    ]  # fmt: skip
    with pytest.raises(UserError, match="не сдаёт эти формы"):
        blank(workspace, tmp_path, "ege")


def test_files_of_schools_with_one_name(workspace: Workspace, tmp_path: Path) -> None:
    for number in (1, 2):
        school(workspace, "МБОУ «СОШ»", fisoko=f"edu10000{number}", rcoi=None)
    school(workspace, "Закрытая", fisoko=None, rcoi=None, status=SchoolStatus.CLOSED)
    made = make_forms(workspace, FormsRequest(YEAR, tmp_path / "новая"), NoProgress())
    names = [path.name for path in made.files]
    assert names == ["МБОУ «СОШ», бланки 2025.xlsx", "МБОУ «СОШ» edu100002, бланки 2025.xlsx"]


def test_what_cannot_be_made_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Нет школ"):
        make_forms(workspace, FormsRequest(YEAR, tmp_path), NoProgress())
    school(workspace)
    with pytest.raises(UserError, match="Бланка «anketa» нет"):
        make_forms(workspace, FormsRequest(YEAR, tmp_path, ("anketa",)), NoProgress())
    (tmp_path / "файл").write_text("это не папка", encoding="utf-8")
    with pytest.raises(UserError, match="Не удалось создать папку"):
        make_forms(workspace, FormsRequest(YEAR, tmp_path / "файл" / "в нём"), NoProgress())


def test_making_can_be_cancelled(workspace: Workspace, tmp_path: Path) -> None:
    class Stop(NoProgress):
        def check(self) -> None:
            raise Cancelled

    school(workspace)
    with pytest.raises(Cancelled):
        make_forms(workspace, FormsRequest(YEAR, tmp_path), Stop())
    assert list(tmp_path.glob("*.xlsx")) == []
