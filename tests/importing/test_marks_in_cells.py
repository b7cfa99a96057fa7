"""Tables whose cells hold four marks each: «0/33,3/66,7/0» under «Русский язык % (5,4,3,2)»."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.services.importing.facts import ResultFact
from app.services.importing.grid import CellValue, Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedSheet
from app.services.importing.marks_in_cells import parted
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import errors, numbers, sheet

OGE = "Результаты ОГЭ 2025 года"
SUBJECTS = ["ОУ", "Кол в-ков", "Русский язык % (5,4,3,2)", "Математика % (5,4,3,2)"]
Row = Sequence[CellValue]


def read(*rows: str | Row) -> LoadedSheet:
    """Return what the only sheet of a book gives."""
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook("xlsx", (sheet(*rows),))).sheets
    return one


def marks(one: LoadedSheet) -> list[tuple[str, tuple[int | None, ...], str]]:
    """Return subject, numbers and rows of every result."""
    return [
        (fact.procedure.subject, numbers(fact), fact.rows)
        for block in one.extract.blocks
        for fact in block.facts
        if isinstance(fact, ResultFact)
    ]


@pytest.mark.parametrize(
    "cell",
    ["0/33,3/66,7/0", "0; 33,3; 66,7; 0", "0, 33.3, 66.7, 0", "0 – 33,3 – 66,7 – 0",
     "0-33,3-66,7-0", "0 33,3 66,7 0", "(0 / 33,3 % / 66,7 % / 0)"],
)  # fmt: skip
def test_shares_in_one_cell_under_each_subject(cell: str) -> None:
    one = read(OGE, SUBJECTS, ["СОШ № 1", 12, cell, "8,3/83,4/8,3/0"])
    assert one.layout == "oge_schools"
    assert marks(one) == [
        ("Русский язык", (12, 0, 8, 4, 0), "3"),
        ("Математика", (12, 0, 1, 10, 1), "3"),
    ]
    assert [block.cell("n2", "3") for block in one.extract.blocks] == ["C3", "D3"]
    assert not one.problems


@pytest.mark.parametrize(
    ("title", "cell"), [("2/3/4/5", "2/8/6/4"), ("Отметки («5», «4», «3», «2»)", "4/6/8/2")]
)
def test_numbers_in_one_cell_of_one_subject(title: str, cell: str) -> None:
    one = read("ВПР 2025. 5 класс. Математика", ["№", "ОО", "Участники", title],
               [1, "СОШ № 1", 20, cell])  # fmt: skip
    assert marks(one) == [("Математика", (20, 2, 8, 6, 4), "3")]
    block = one.extract.blocks[0]
    assert [block.cell(name, "3") for name in ("name", "participants", "n5")] == ["B3", "C3", "D3"]


def test_a_cell_that_cannot_be_parted_is_told_where_it_stands() -> None:
    one = read(OGE, SUBJECTS, ["СОШ № 1", 12, "0/33,3/66,7/0", "как русский"])
    assert [subject for subject, _, _ in marks(one)] == ["Русский язык"]
    (wrong,) = errors(one.problems)
    assert (wrong.cell, wrong.row) == ("D3", 3)


def test_marks_in_columns_of_their_own_are_left_alone() -> None:
    assert parted(sheet(OGE, SUBJECTS, ["", "", 5, 4, 3, 2], ["СОШ № 1", 12, 1, 2, 3, 6])) is None
    assert parted(sheet(OGE, ["ОУ", "Адрес"], ["СОШ № 1", "Лесная, 1/2/3/4"])) is None


@pytest.mark.parametrize("cell", [100, "100%", 4])
def test_one_number_alone_is_no_mark(cell: CellValue) -> None:
    header = ["Школа", "Участников", "Русский язык % (2,3,4,5)"]
    one = read("ВПР 2025, 5 класс", header, ["СОШ № 1", 3, "0/33,3/66,7/0"], ["СОШ № 2", 4, cell])
    assert marks(one) == [("Русский язык", (3, 0, 1, 2, 0), "3")]
    (told,) = errors(one.extract.problems)
    assert told.cell == "C4"
    assert "одно число вместо четырёх" in told.message
