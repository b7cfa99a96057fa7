"""Passports and marks of bias as files."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from app.errors import OutputError
from app.services.exporting import write_bias, write_passports
from app.services.workspace import Workspace
from tests.importing.loads import load
from tests.importing.test_record_rows import COLUMNS, ONE, REGISTER, TWO, passport, records


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Store two passports of different fullness."""
    columns = {**COLUMNS, "orphans_share": "F"}
    one = passport(5, ONE, pupils=504, orphans=3, orphans_share=0.6)
    load(workspace, REGISTER, records("А.xlsx", one, passport(6, TWO, pupils=198), columns=columns))
    return workspace


def test_json(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "паспорта.json"
    assert write_passports(filled, path, 2025) == 2
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert [row["values"]["Всего обучающихся"] for row in rows] == [504, 198]


def test_csv_and_xlsx_have_a_column_per_figure(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "паспорта.csv"
    write_passports(filled, path)
    header, second, first = path.read_text(encoding="utf-8-sig").splitlines()
    assert "Всего обучающихся;Дети-сироты" in header
    assert ";198;;;" in first
    assert ";504;3;0,60;" in second
    book = tmp_path / "паспорта.xlsx"
    write_passports(filled, book)
    sheet = openpyxl.load_workbook(book)["Социальные паспорта"]
    assert [cell.value for cell in sheet[2]][:6] == [
        "МКОУ СОШ №1",
        "edu000001",
        "01307",
        2025,
        504,
        3,
    ]


def test_nothing_to_write_is_still_a_file(filled: Workspace, tmp_path: Path) -> None:
    for ending in ("json", "csv", "xlsx"):
        assert write_bias(filled, tmp_path / f"признаки.{ending}") == 0


def test_an_unknown_ending_is_refused(filled: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="паспорта"):
        write_passports(filled, tmp_path / "паспорта.txt")
