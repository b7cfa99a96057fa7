"""A table of one school takes it from its titles, where the table has no column of schools."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.services.importing.facts import ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedFile
from app.services.importing.one_school import with_owner
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import numbers, sheet

HEAD = "Предмет;Сдавали;5;4;3;2"
ROWS = ("Обществознание;10;1;5;3;1", "Биология;4;1;1;1;1", "Итого;14;2;6;4;2")


def book(*rows: str) -> LoadedFile:
    """Return what the only sheet of a book gives."""
    task = BookTask("отчёт.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    return load_book(task, Workbook("xlsx", (sheet(*rows),)))


@pytest.mark.parametrize(
    ("titles", "cell"),
    [
        (("Результаты ОГЭ", "МБОУ Лесная СОШ", "2024-2025 учебный год"), "$A$2"),
        (("Результаты ОГЭ в МБОУ Лесная СОШ за 2025 год",), "$A$1"),
        (("ОГЭ 2025", "Наименование ОО:;МБОУ Лесная СОШ"), "$B$2"),
    ],
)
def test_subjects_of_the_school_of_the_title(titles: tuple[str, ...], cell: str) -> None:
    (one,) = book(*titles, HEAD, *ROWS).sheets
    (block,) = one.extract.blocks
    facts = [fact for fact in block.facts if isinstance(fact, ResultFact)]
    found = [(fact.ref.name, fact.procedure.subject, numbers(fact)) for fact in facts]
    assert found == [
        ("МБОУ Лесная СОШ", "Обществознание", (10, 1, 3, 5, 1)),
        ("МБОУ Лесная СОШ", "Биология", (4, 1, 1, 1, 1)),
    ]
    assert block.cell("name", facts[0].rows) == cell
    (told,) = one.problems
    assert "Строка итога не говорит об одном предмете и классе" in told.message


def test_any_name_under_its_label_is_that_of_the_school() -> None:
    (one,) = book("ОГЭ 2025", "Школа: Лесная ООШ", HEAD, *ROWS).sheets
    facts = [fact for fact in one.extract.blocks[0].facts if isinstance(fact, ResultFact)]
    assert [fact.ref.name for fact in facts] == ["Лесная ООШ", "Лесная ООШ"]


def test_the_school_that_a_paragraph_above_a_table_of_word_names() -> None:
    table = replace(sheet(HEAD, *ROWS), before=("Результаты ОГЭ 2025", "МБОУ Лесная СОШ"))
    task = BookTask("отчёт.docx", 10, "0" * 64, Path("нет.docx"))
    (one,) = load_book(task, Workbook("docx", (table,))).sheets
    (block,) = one.extract.blocks
    facts = [fact for fact in block.facts if isinstance(fact, ResultFact)]
    assert [(fact.ref.name, fact.rows) for fact in facts] == [
        ("МБОУ Лесная СОШ", "2"),
        ("МБОУ Лесная СОШ", "3"),
    ]
    assert block.cell("name", "2") is None


def test_two_schools_in_the_titles_or_a_column_of_schools_say_nothing() -> None:
    assert with_owner(sheet("МБОУ Лесная СОШ", "МКОУ Речная ООШ", HEAD, *ROWS)) is None
    assert with_owner(sheet("МБОУ Лесная СОШ", "ОО;Сдавали;5;4;3;2", *ROWS)) is None
    assert with_owner(sheet("Результаты школ района", HEAD, *ROWS)) is None


@pytest.mark.parametrize(
    "titles",
    [
        ("ОГЭ 2024. Результаты района", "Подготовлено методистом МБОУ СОШ № 1, г. Лесной"),
        ("ОГЭ 2024", "Исполнитель:;методист МБОУ СОШ № 1"),
        ("ОГЭ 2024. Лесной муниципальный округ", "МБОУ СОШ № 1"),
        ("МБОУ СОШ № 1. Результаты ОГЭ по школам района",),
        ("ОГЭ 2024", "МБОУ СОШ с. Полянка", "МБОУ СОШ с. Речное"),
        ("ОГЭ 2024. МБОУ СОШ № 1, МБОУ СОШ № 2",),
    ],
)
def test_figures_of_a_district_or_of_two_schools_are_not_of_one(titles: tuple[str, ...]) -> None:
    assert with_owner(sheet(*titles, HEAD, *ROWS)) is None
    assert not any(
        block.facts for one in book(*titles, HEAD, *ROWS).sheets for block in one.extract.blocks
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("МБОУ СОШ с. Полянка. Результаты ОГЭ", "МБОУ СОШ с. Полянка"),
        ("МБОУ СОШ им. А. С. Кедрова за 2025 год", "МБОУ СОШ им. А. С. Кедрова"),
        ('МБОУ "Гимназия на Набережной" на конец года', 'МБОУ "Гимназия на Набережной"'),
        ("МБОУ Гимназия на Набережной", "МБОУ Гимназия на Набережной"),
        ("МБОУ СОШ № 1, Лесной район", "МБОУ СОШ № 1"),
        ("МБОУ СОШ № 1. ОГЭ", "МБОУ СОШ № 1"),
        ("МБОУ Лесная СОШ – результаты ОГЭ 2025", "МБОУ Лесная СОШ"),
    ],
)
def test_the_whole_name_of_the_school_is_taken(title: str, name: str) -> None:
    owned = with_owner(sheet("ОГЭ 2025", title, HEAD, *ROWS))
    assert owned is not None
    assert owned.sheet.rows[3][-1] == name


def test_pupils_of_the_school_of_the_title() -> None:
    loaded = book(
        "Ведомость результатов ОГЭ 2025 года",
        "МБОУ Лесная СОШ",
        "Предмет: биология",
        "№;Ф.И.О. выпускника;Класс;Первичный балл;Отметка",
        "1;Тестовый Т. Т.;9А;20;2",
        "2;Примеров П. П.;9А;30;5",
    )
    (one,) = loaded.sheets
    facts = [f for b in one.extract.blocks for f in b.facts if isinstance(f, ResultFact)]
    assert [(f.ref.name, f.procedure.subject, numbers(f)) for f in facts] == [
        ("МБОУ Лесная СОШ", "Биология", (2, 1, 0, 0, 1))
    ]
    assert [column.title for column in one.extract.personal] == ["Ф.И.О. выпускника"]
