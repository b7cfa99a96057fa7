"""A table as seen: numbers stay numbers, no text becomes a formula, totals are there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from app.errors import OutputError
from app.services.exporting import SeenColumn, SeenTable, write_seen
from app.services.exporting.seen import sheet_name

TABLE = SeenTable(
    "Доля «2»: школа/год",
    ("Отбор: ВПР", "Итоги взвешены."),
    (SeenColumn("Школа", 30), SeenColumn("2025", 10, 1, (Fraction(30),))),
    (("=1+1", 12.25), ("СОШ № 2", None), ("Итого", 29.96)),
    totals=True,
)


def test_a_workbook_as_seen(tmp_path: Path) -> None:
    path = write_seen(TABLE, tmp_path / "свод.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert sheet.title == "Доля «2»  школа год"
    rows = list(sheet.iter_rows(min_row=5, max_col=2, values_only=True))
    assert rows == [("Школа", "2025"), ("=1+1", 12.25), ("СОШ № 2", None), ("Итого", 29.96)]
    assert sheet["A6"].data_type == "s"
    last = sheet.cell(sheet.max_row, 2)
    assert last.font.bold
    assert last.number_format == "0.00"
    assert sheet["B6"].number_format == "0.0"
    assert sheet["A2"].value == "Отбор: ВПР"


def test_a_csv_rounds_as_the_window_does(tmp_path: Path) -> None:
    path = write_seen(TABLE, tmp_path / "свод.csv")
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["Школа;2025", "'=1+1;12,3", "СОШ № 2;", "Итого;29,96"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"свод\.pdf"):
        write_seen(TABLE, tmp_path / "свод.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("title", "name"), [("а" * 40, "а" * 31), ("", "Таблица"), ("[:]", "Таблица"), ("'А'", "А")]
)
def test_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name
