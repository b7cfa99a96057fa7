"""Results as files: the same values in each format, safe for spreadsheets, honest about gaps."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.errors import OutputError
from app.models.enums import AssessmentKind
from app.services.exporting import write_results
from app.services.results import export_rows
from app.services.workspace import Workspace
from tests.stored import add_result, add_school


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Hold a school with an awkward name and leading zero, one full result and one with gaps."""
    school = add_school(workspace, "=МБОУ «Ёлка»; № 1", rcoi="00714")
    now, before = (AssessmentKind.OGE, 2025, "Физика", 9), (AssessmentKind.OGE, 2024, "Физика", 9)
    add_result(workspace, school, now, 30, 9, n3=11, n4=7, n5=3, mean=3.1333)
    add_result(workspace, school, before, 5, None)
    return workspace


def table(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_json_is_the_contract(filled: Workspace, tmp_path: Path) -> None:
    assert write_results(filled, tmp_path / "r.json") == 2
    rows = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert rows == json.loads(json.dumps(export_rows(filled)))


def test_tables_hold_the_same_values(filled: Workspace, tmp_path: Path) -> None:
    write_results(filled, tmp_path / "r.xlsx", year=2025)
    header, row = table(tmp_path / "r.xlsx")
    found = dict(zip(header, row, strict=True))
    assert found["Школа"] == "=МБОУ «Ёлка»; № 1"
    assert found["Код РЦОИ"] == "00714"
    assert (found["Участников"], found["«2»"], found["«5»"]) == (30, 9, 3)
    assert found["Средний балл"] == pytest.approx(3.1333)


def test_csv_opens_in_russian_excel(filled: Workspace, tmp_path: Path) -> None:
    write_results(filled, tmp_path / "r.csv", year=2025)
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert row["Средний балл"] == "3,13"
    assert row["Код РЦОИ"] == "00714"
    assert row["Школа"] == "'=МБОУ «Ёлка»; № 1"


def test_what_is_not_known_stays_empty(filled: Workspace, tmp_path: Path) -> None:
    write_results(filled, tmp_path / "r.xlsx", year=2024)
    write_results(filled, tmp_path / "r.csv", year=2024)
    header, row = table(tmp_path / "r.xlsx")
    assert row[header.index("«2»")] == ""
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file, delimiter=";")
    assert line["«2»"] == ""
    assert line["Участников"] == "5"


def test_nothing_found_is_still_a_table(filled: Workspace, tmp_path: Path) -> None:
    assert write_results(filled, tmp_path / "r.xlsx", year=2001) == 0
    assert len(table(tmp_path / "r.xlsx")) == 1


def test_other_endings_are_refused(filled: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"r\.pdf.*\.json, \.csv, \.xlsx"):
        write_results(filled, tmp_path / "r.pdf")
    assert list(tmp_path.glob("r.*")) == []
