"""The archive: equal contents once, and nothing about pupils in any copy."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from app.errors import Cancelled, UserError
from app.services.importing.archive import keep, write_without
from app.services.importing.facts import PersonalColumn
from app.services.importing.grid import CellError, Sheet, UncachedFormula, Workbook
from app.services.progress import NoProgress

PUPIL = "Вымышленников"
PATRONYMIC = "Придуманович"
HEADER = ("№", "Код ОО", "Фамилия", "Отчество", "Оценка")


@pytest.fixture
def protocol() -> Workbook:
    """A protocol with two pupils, and a sheet that no layout knows."""
    rows = [
        ("02 - Математика 2026.06.02",),
        HEADER,
        (1, "01307", PUPIL, PATRONYMIC, 4),
        (2, "01307", PUPIL + "а", PATRONYMIC, 2),
    ]
    notes = Sheet("Черновик", [(f"{PUPIL}: пересдача",)])
    return Workbook("xlsx", (Sheet("Page 1", rows), notes))


def texts(path: Path) -> str:
    """Return every part of a spreadsheet as text: what a search in the file would find."""
    with zipfile.ZipFile(path) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def personal() -> list[PersonalColumn]:
    """Return the columns about pupils of the protocol."""
    return [PersonalColumn("Page 1", 2, 2, "Фамилия"), PersonalColumn("Page 1", 3, 2, "Отчество")]


def test_names_are_gone_and_everything_else_stays_in_place(
    protocol: Workbook, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "kept.xlsx"
    write_without(protocol, personal(), {"Черновик"}, target, NoProgress())
    found = texts(target)
    assert PUPIL not in found
    assert PATRONYMIC not in found
    book = load_workbook(target)
    assert book.sheetnames == ["Page 1", "Черновик"]
    page = book["Page 1"]
    assert page["C2"].value == "Фамилия"
    assert [cell.value for cell in page[3]] == [1, "01307", None, None, 4]
    assert book["Черновик"]["A1"].value is None
    book.close()


def test_the_search_would_find_names_in_a_whole_copy(protocol: Workbook, tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"  # the negative control of the test above
    write_without(protocol, [], [], whole, NoProgress())
    assert PUPIL in texts(whole)
    assert PATRONYMIC in texts(whole)


def test_text_never_becomes_a_formula_and_values_keep_their_kind(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    moment = datetime(2026, 6, 2, 10, 30)
    row = (
        "=1+1", "@SUM(A1)", "http://example.org", "01307", True, 4.5, moment, date(2026, 6, 2),
        time(10, 30), timedelta(hours=30), CellError("#Н/Д"), UncachedFormula("=A1"), None, "",
        date(1812, 9, 7), float("nan"),
    )  # fmt: skip
    target = tmp_path / "kept.xlsx"
    write_without(Workbook("xlsx", (Sheet("Л", [row]),)), [], [], target, NoProgress())
    book = load_workbook(target)
    cells = book["Л"][1]
    assert [cell.value for cell in cells[:6]] == [
        "=1+1",
        "@SUM(A1)",
        "http://example.org",
        "01307",
        True,
        4.5,
    ]
    assert all(cell.data_type == "s" for cell in cells[:4])
    assert cells[0].hyperlink is None
    assert [cells[6].value, cells[7].value.date()] == [moment, date(2026, 6, 2)]
    assert [cell.value for cell in cells[10:15]] == ["#Н/Д", "=A1", None, None, "1812-09-07"]
    book.close()


def test_names_of_sheets_that_excel_refuses(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    names = ("а/б", "а_б", "Очень длинное имя листа из файла другого формата", "'x'")
    target = tmp_path / "kept.xlsx"
    write_without(
        Workbook("ods", tuple(Sheet(name, [("1",)]) for name in names)),
        [],
        [],
        target,
        NoProgress(),
    )
    book = load_workbook(target)
    assert book.sheetnames == ["а_б", "Лист 2", "Очень длинное имя листа из файл", "x"]
    book.close()


def test_equal_contents_are_kept_once(protocol: Workbook, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_without(protocol, personal(), [], first, NoProgress())
    write_without(protocol, personal(), [], second, NoProgress())
    archive = tmp_path / "archive"
    name = keep(first, archive, ".xlsx")
    assert keep(second, archive, ".xlsx") == name
    assert [path.name for path in archive.rglob("*.*")] == [Path(name).name]
    assert (archive / name).read_bytes() == first.read_bytes()
    assert name.endswith(".xlsx")


def test_writing_a_long_sheet_can_be_cancelled(tmp_path: Path) -> None:
    class Stop(NoProgress):
        checks = 0

        def check(self) -> None:
            self.checks += 1
            if self.checks == 3:
                raise Cancelled

    stop = Stop()
    book = Workbook("xlsx", (Sheet("Л", [(1,)] * 5_000),))
    with pytest.raises(Cancelled):
        write_without(book, [], [], tmp_path / "kept.xlsx", stop)
    assert stop.checks == 3


def test_archive_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    source = tmp_path / "1.xlsx"
    source.write_bytes(b"1")
    (tmp_path / "archive").write_bytes(b"a file where the folder should be")
    with pytest.raises(UserError, match="архив"):
        keep(source, tmp_path / "archive", ".xlsx")
    assert (tmp_path / "archive").is_file()
