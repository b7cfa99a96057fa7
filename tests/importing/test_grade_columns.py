"""Reports of one school with subjects in the rows and grades side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.services.importing.facts import ResultFact
from app.services.importing.grade_columns import grade_columns
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedSheet
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import numbers, sheet

TITLES = ("МБОУ Лесная СОШ", "Результаты ВПР – 2026")
HEAD = ("Предмет;4 класс;;;;;5 класс;;;;", ";писали;2;3;4;5;писали;2;3;4;5")
ROWS = ("Русский язык;10;1;4;3;2;9;1;4;3;1", "Математика;10;2;3;3;2;9;0;5;3;1")
FOUND = {
    ("Русский язык", 4): (10, 1, 4, 3, 2),
    ("Математика", 4): (10, 2, 3, 3, 2),
    ("Русский язык", 5): (9, 1, 4, 3, 1),
    ("Математика", 5): (9, 0, 5, 3, 1),
}


def loaded(made: Sheet, kind: str = "xlsx") -> LoadedSheet:
    """Return what the only sheet of a book gives."""
    task = BookTask(f"отчёт.{kind}", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook(kind, (made,))).sheets
    return one


def facts(one: LoadedSheet) -> list[ResultFact]:
    """Return the results of a sheet."""
    return [f for b in one.extract.blocks for f in b.facts if isinstance(f, ResultFact)]


def by_procedure(found: list[ResultFact]) -> dict[tuple[str, int], tuple[int | None, ...]]:
    """Return the numbers by subject and grade."""
    return {(f.procedure.subject, f.procedure.grade): numbers(f) for f in found}


def test_each_grade_gives_its_results_with_their_cells() -> None:
    one = loaded(sheet(*TITLES, *HEAD, *ROWS))
    assert by_procedure(facts(one)) == FOUND
    assert {fact.ref.name for fact in facts(one)} == {"МБОУ Лесная СОШ"}
    fifth = one.extract.blocks[1]
    assert [fifth.cell(name, "5") for name in ("grade", "n2", "name")] == ["$G$3", "H5", "$A$1"]
    assert one.problems == ()


def test_the_school_of_a_paragraph_above() -> None:
    made = replace(sheet(*HEAD, *ROWS), before=TITLES)
    assert by_procedure(facts(loaded(made, "docx"))) == FOUND


def test_a_column_of_schools_beside_the_subjects() -> None:
    head = (f"ОО;{HEAD[0]}", f";{HEAD[1]}")
    one = loaded(sheet(TITLES[1], *head, *(f"МБОУ Речная СОШ;{row}" for row in ROWS)))
    assert by_procedure(facts(one)) == FOUND
    assert {fact.ref.name for fact in facts(one)} == {"МБОУ Речная СОШ"}


def test_a_grade_without_figures_does_not_keep_the_others_out() -> None:
    rows = [";".join([*row.split(";")[:6], *["-"] * 5]) for row in ROWS]
    found = by_procedure(facts(loaded(sheet(*TITLES, *HEAD, *rows))))
    assert found == {place: numbers for place, numbers in FOUND.items() if place[1] == 4}


@pytest.mark.parametrize(
    "head",
    [
        ("Предмет;4А класс;;;;;4Б класс;;;;", HEAD[1]),
        ("Предмет;4 класс;;;;;4 класс;;;;", HEAD[1]),
        ("Класс;4 класс;;;;;5 класс;;;;", HEAD[1]),
        (HEAD[0], ";писали;2;3;4;5;писали;2;3;4;ср. балл"),
    ],
)
def test_other_columns_are_no_grades_side_by_side(head: tuple[str, str]) -> None:
    assert grade_columns(sheet(*TITLES, *head, *ROWS)) is None
