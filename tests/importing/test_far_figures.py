"""Wrong rows of the country and of regions: left out and told, while schools go in."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import Severity
from app.services.importing.facts import ReferenceFact, ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedSheet
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import sheet

HEAD = ("ВПР 2025. 5 класс", "Предмет: Математика", "Группы участников;Кол-во участников;2;3;4;5")
SCHOOL = "МКОУ Лесная СОШ;10;10;40;40;10"


def table(*rows: str) -> LoadedSheet:
    """Return what a table of marks with these rows gives, the control rules asked."""
    task = BookTask("ВПР.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook("xlsx", (sheet(*HEAD, *rows),))).sheets
    return one


def kinds(one: LoadedSheet) -> list[str]:
    """Return whom the rows that are taken are about."""
    facts = [fact for block in one.extract.blocks for fact in block.facts]
    return [
        fact.name if isinstance(fact, ReferenceFact) else fact.ref.name or ""
        for fact in facts
        if isinstance(fact, (ReferenceFact, ResultFact))
    ]


@pytest.mark.parametrize("name", ["Вся выборка", "Российская Федерация", "Свердловская обл."])
def test_a_wrong_row_of_others_is_left_out_and_holds_no_school(name: str) -> None:
    one = table(f"{name};900;50;40;30;20", SCHOOL)
    assert kinds(one) == ["МКОУ Лесная СОШ"]
    (told,) = one.problems
    assert told.severity is Severity.WARNING
    assert f"«{name}»: доли отметок в сумме 140 %" in told.message
    assert told.message.endswith("Строка не загружена; на результаты школ это не влияет.")
    assert told.cell == "C4, D4, E4, F4"


def test_a_right_row_of_others_goes_in() -> None:
    assert kinds(table("Вся выборка;900;10;40;30;20", SCHOOL)) == ["Вся выборка", "МКОУ Лесная СОШ"]


def test_a_wrong_row_of_the_district_waits_for_a_person() -> None:
    one = table("Лесной район;900;50;40;30;20", SCHOOL)
    assert [problem.severity for problem in one.problems if problem.row == 4] == [
        Severity.ERROR,
        Severity.WARNING,
    ]
