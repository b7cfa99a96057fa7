"""Tables whose schools stand side by side give the same as if they stood below each other."""

from __future__ import annotations

from pathlib import Path

from app.services.importing.facts import Fact, RecordFact, ResultFact
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedSheet
from app.services.importing.school_columns import turned
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import errors, numbers, said, sheet

PASSPORT = (
    "Социальный паспорт школ округа, 2024 год",
    "№;Показатель;МБОУ Лесная СОШ;МБОУ Речная СОШ;Всего",
    "1;Всего обучающихся;200;100;300",
    "2;Обучающиеся из многодетных семей;20;10;30",
    "3;Дети-инвалиды;2;1;3",
    "4;Обучающиеся с ОВЗ;5;6;11",
)


def loaded(*rows: str) -> LoadedSheet:
    """Return what the only sheet of a book gives."""
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook("xlsx", (sheet(*rows),))).sheets
    return one


def facts(one: LoadedSheet) -> list[tuple[Fact, str | None]]:
    """Return the facts with the cell of their first figure."""
    name = "pupils" if one.layout == "social_passport" else "n2"
    return [
        (fact, block.cell(name, fact.rows)) for block in one.extract.blocks for fact in block.facts
    ]


def test_passports_side_by_side_are_those_of_their_schools() -> None:
    one = loaded(*PASSPORT)
    found = [
        (fact.ref.name, fact.data["pupils"], fact.data["ovz"], cell)
        for fact, cell in facts(one)
        if isinstance(fact, RecordFact) and fact.ref
    ]
    assert found == [("МБОУ Лесная СОШ", 200, 5, "$C$3"), ("МБОУ Речная СОШ", 100, 6, "$D$3")]
    assert one.extract.rows_read == 4
    assert not one.problems


def test_marks_side_by_side() -> None:
    one = loaded(
        "ВПР 2025. Биология. 8 класс",
        "Показатель;МБОУ Лесная СОШ;МБОУ Речная СОШ;Итого",
        "Участников;20;10;30",
        "«2»;2;1;3",
        "«3»;8;4;12",
        "«4»;6;3;9",
        "«5»;4;2;6",
    )
    found = [(numbers(fact), cell) for fact, cell in facts(one) if isinstance(fact, ResultFact)]
    assert found == [((20, 2, 8, 6, 4), "$B$4"), ((10, 1, 4, 3, 2), "$C$4")]
    assert one.extract.blocks[0].cell("year", "3-7") == "$A$1"


def test_faults_stand_in_cells_of_the_sheet_itself() -> None:
    one = loaded(*PASSPORT, "5;Состоят на учёте в ПДН;5;чушь;11")
    (error,) = errors(one.problems)
    assert (error.cell, error.row, "чушь" in error.message) == ("D7", 7, True)
    assert said(one.problems, "в сумме по школам")


def test_schools_below_each_other_and_pairs_of_schools_are_left_alone() -> None:
    assert turned(sheet("ОО;Участников", "МБОУ Лесная СОШ;20", "МБОУ Речная СОШ;10")) is None
    pairs = sheet(
        "Школа;Куратор", "МБОУ Лесная СОШ;МБОУ Речная СОШ", "МБОУ Горная СОШ;МБОУ Луг СОШ"
    )
    assert turned(pairs) is None


def test_paragraphs_above_a_table_of_a_document_title_it() -> None:
    rows = (
        ["Показатель", "МБОУ Лесная СОШ", "МБОУ Речная СОШ"],
        ["Всего обучающихся", "200", "100"],
        ["Дети-инвалиды", "2", "1"],
    )
    table = Sheet("Таблица 1", rows, before=("Социальный паспорт, 2024/2025 учебный год",))
    task = BookTask("отчёт.docx", 10, "0" * 64, Path("нет.docx"))
    (one,) = load_book(task, Workbook("docx", (table,))).sheets
    found = [(fact.year, fact.data["pupils"]) for fact, _ in facts(one) if type(fact) is RecordFact]
    assert found == [(2025, 200), (2025, 100)]


def test_a_passport_of_two_schools_is_never_a_form_of_one() -> None:
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    told = load_book(
        task,
        Workbook(
            "xlsx",
            (
                sheet(
                    "Социальный паспорт",
                    "Показатель;МБОУ Лесная СОШ;МБОУ Речная СОШ",
                    ";2023/2024;2023/2024",
                    "Всего обучающихся;200;100",
                    "Дети-инвалиды;2;1",
                ),
            ),
        ),
    )
    assert told.sheets == ()
    assert told.findings
