"""Results as files for other programs."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from app.errors import OutputError
from app.models.enums import AssessmentKind
from app.services.exporting import FORMATS, formats, write_results
from app.services.exporting.formats import csv_text
from app.services.exporting.table import COLUMNS
from app.services.output import write_safely
from app.services.results import export_rows
from app.services.workspace import Workspace
from tests.stored import add_block, add_result, add_school

VPR, EGE = AssessmentKind.VPR, AssessmentKind.EGE
DANGEROUS = ("=1+1", "+СОШ", "-СОШ", "@СОШ", "\tСОШ", "http://example.org", "{=A1}")


@pytest.fixture
def filled(workspace: Workspace) -> dict[str, int]:
    """Store two schools with results of two years: counts with a source, and a mean only."""
    block = add_block(workspace, {"school": "A", "n2": "D"}, path="ВПР/5 РУ.xlsx")
    first = add_school(workspace, "МБОУ «СОШ № 1»", fisoko="sch010001", rcoi="00101")
    second = add_school(workspace, "МКОУ «ООШ № 2»")
    add_result(
        workspace, first, (VPR, 2025, "Русский язык", 5), 10, 3,
        n3=4, n4=2, n5=1, mean=3.125, block_id=block, rows="11",
    )  # fmt: skip
    add_result(workspace, first, (VPR, 2024, "Русский язык", 5), 9, 2)
    add_result(workspace, second, (EGE, 2025, "Русский язык", 11), 4, 0, n2=None, mean=61.5)
    return {"first": first, "second": second}


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def test_json_is_the_contract(workspace: Workspace, filled: dict[str, int], tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    assert write_results(workspace, path) == 3
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert rows == export_rows(workspace)
    first = next(row for row in rows if row["codes"]["fisoko"] and row["year"] == 2025)
    assert first == {
        "school": "МБОУ «СОШ № 1»",
        "codes": {"fisoko": "sch010001", "rcoi": "00101"},
        "year": 2025,
        "assessment": "ВПР",
        "subject": "Русский язык",
        "grade": 5,
        "participants": 10,
        "n2": 3,
        "n3": 4,
        "n4": 2,
        "n5": 1,
        "below": 3,
        "mean": 3.125,
        "source": {"file": "ВПР/5 РУ.xlsx", "sheet": "Лист1", "row": 11},
    }


def test_year_and_school_narrow_the_choice(
    workspace: Workspace, filled: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "results.json"
    assert write_results(workspace, path, year=2025) == 2
    assert write_results(workspace, path, school_id=filled["first"]) == 2
    assert write_results(workspace, path, year=2024, school_id=filled["second"]) == 0
    assert json.loads(path.read_bytes()) == []


def test_a_share_in_a_csv_never_reads_as_a_limit_that_it_has_not_reached() -> None:
    texts = [csv_text(value) for value in (29.996, 30.0, 100 / 3, 3.125, None, 7)]
    assert texts == ["29,996", "30,00", "33,33", "3,13", "", "7"]


def test_csv_is_what_russian_excel_opens(
    workspace: Workspace, filled: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "results.CSV"
    write_results(workspace, path, year=2025)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    header, first, second = read_csv(path)
    assert header[:4] == ["Школа", "Код ФИС ОКО", "Код РЦОИ", "Год"]
    assert first[:14] == [
        "МБОУ «СОШ № 1»", "sch010001", "00101", "2025", "ВПР", "Русский язык", "5",
        "10", "3", "4", "2", "1", "3", "3,13",
    ]  # fmt: skip
    assert second[1:3] == ["", ""]
    assert second[8:14] == ["", "", "", "", "0", "61,50"]


def test_workbook_has_numbers_header_and_filter(
    workspace: Workspace, filled: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "results.xlsx"
    write_results(workspace, path, year=2025)
    sheet = openpyxl.load_workbook(path)["Результаты"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(column.title for column in COLUMNS)
    assert rows[1][:4] == ("МБОУ «СОШ № 1»", "sch010001", "00101", 2025)
    assert rows[1][7:14] == (10, 3, 4, 2, 1, 3, 3.125)
    assert rows[2][8:12] == (None, None, None, None)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:Q3"
    assert sheet["N2"].number_format == "0.00"
    assert sheet.column_dimensions["A"].width > 30


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_text_becomes_a_formula_or_a_link(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    school = add_school(workspace, name)
    add_result(workspace, school, (VPR, 2025, "Русский язык", 5), 10, 3)
    path = tmp_path / "results.xlsx"
    write_results(workspace, path)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    assert openpyxl.load_workbook(path).active["A2"].value == name


def test_no_text_of_a_csv_becomes_a_formula(workspace: Workspace) -> None:
    row = {"school": "", "codes": {"fisoko": None, "rcoi": None}, "year": 2025, "mean": -1.5}
    row |= dict.fromkeys(("assessment", "subject", "grade", "participants", "below"))
    row |= dict.fromkeys(("n2", "n3", "n4", "n5"))
    row["source"] = dict.fromkeys(("file", "sheet", "row"))
    for name in DANGEROUS[:5]:
        data = formats.as_csv([row | {"school": name}]).decode("utf-8-sig")
        shown = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))[1]
        assert shown[0] == f"'{name}"
        assert shown[13] == "-1,50"


def test_empty_database_gives_headers_only(workspace: Workspace, tmp_path: Path) -> None:
    for ending in FORMATS:
        assert write_results(workspace, tmp_path / f"results{ending}") == 0
    assert len(read_csv(tmp_path / "results.csv")) == 1
    assert openpyxl.load_workbook(tmp_path / "results.xlsx").active.max_row == 1


def test_strange_ending_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"results\.pdf"):
        write_results(workspace, tmp_path / "results.pdf")


@pytest.mark.parametrize(
    ("check", "data"),
    [
        (formats.check_json, b"{"),
        (formats.check_csv, b"\xff\xfe\xff"),
        (formats.check_xlsx, b"PK"),
    ],
)
def test_file_that_does_not_open_is_not_put_in_place(
    tmp_path: Path, check: object, data: bytes
) -> None:
    path = tmp_path / "results"
    path.write_bytes(b"old")
    with pytest.raises(OutputError, match="не открывается"):
        write_safely(path, data, check)
    assert path.read_bytes() == b"old"
