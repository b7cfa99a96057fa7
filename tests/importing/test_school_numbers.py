"""A table whose schools are numbers or villages alone asks which schools they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import FileStatus
from app.services.importing.facts import ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile
from app.services.importing.school_numbers import with_names
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import numbers, sheet

VPR = "ВПР 2025. 5 класс. Математика"


def book(*rows: str) -> LoadedFile:
    """Return what the only sheet of a book gives."""
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    return load_book(task, Workbook("xlsx", (sheet(*rows),)))


def facts(loaded: LoadedFile) -> list[ResultFact]:
    """Return the results of schools."""
    blocks = (block for one in loaded.sheets for block in one.extract.blocks)
    return [fact for block in blocks for fact in block.facts if isinstance(fact, ResultFact)]


@pytest.mark.parametrize("title", ["№ школы", "Номер ОО", "Школа №"])
def test_a_number_is_the_name_of_a_school_and_no_code(title: str) -> None:
    found = facts(book(VPR, f"{title};Писали;2;3;4;5", "2;10;1;4;3;2", "№ 12;10;1;4;3;2"))
    assert [(one.ref.name, one.ref.codes, one.rows) for one in found] == [
        ("№ 2", (), "3"),
        ("№ 12", (), "4"),
    ]
    assert {numbers(one) for one in found} == {(10, 1, 4, 3, 2)}


def test_the_village_of_a_school_stands_for_it() -> None:
    found = facts(book(VPR, "Населенный пункт;Писали;2;3;4;5", "Лесное;10;1;4;3;2"))
    assert [one.ref.name for one in found] == ["Лесное"]


def test_a_name_beside_the_number_counts() -> None:
    rows = ("№ школы;Наименование ОО;Писали;2;3;4;5", "2;МБОУ Лесная СОШ;10;1;4;3;2")
    assert [one.ref.name for one in facts(book(VPR, *rows))] == ["МБОУ Лесная СОШ"]


def test_nothing_is_made_of_a_table_without_such_a_column() -> None:
    assert with_names(sheet(VPR, "Номер;Писали;2;3;4;5", "2;10;1;4;3;2")) is None
    assert book("Номер школы;Кабинетов;Этажей", "2;10;1").failure is FileStatus.NEEDS_DECISION
