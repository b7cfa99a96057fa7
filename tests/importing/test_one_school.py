"""A table of one school takes it from its titles, where the table has no column of schools."""

from __future__ import annotations

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
    assert not one.problems


def test_two_schools_in_the_titles_or_a_column_of_schools_say_nothing() -> None:
    assert with_owner(sheet("МБОУ Лесная СОШ", "МКОУ Речная ООШ", HEAD, *ROWS)) is None
    assert with_owner(sheet("МБОУ Лесная СОШ", "ОО;Сдавали;5;4;3;2", *ROWS)) is None
    assert with_owner(sheet("Результаты школ района", HEAD, *ROWS)) is None
