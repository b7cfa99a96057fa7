"""Totals of a part of the schools and of another year: told, and no figures of the district."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import ReferenceScope
from app.services.importing.facts import RecordFact, ReferenceFact, ResultFact
from app.services.importing.grid import Workbook
from app.services.importing.intake import load_book
from app.services.importing.loaded import LoadedSheet
from app.services.importing.task import BookTask
from tests.importing.layouts.layout_sheets import sheet

HEAD = ("ВПР 2025. История. 6 класс", "ОО;Кол-во участников;2;3;4;5")
CITY, VILLAGE = "МБОУ Городская СОШ;20;2;8;6;4", "МКОУ Сельская СОШ;10;2;3;3;2"
WHOLE = "Всего по району;30;4;11;9;6"


def table(*rows: str, head: tuple[str, ...] = HEAD) -> LoadedSheet:
    task = BookTask("Итоги.xlsx", 10, "0" * 64, Path("нет.xlsx"))
    (one,) = load_book(task, Workbook("xlsx", (sheet(*head, *rows),))).sheets
    return one


def facts(one: LoadedSheet) -> list[object]:
    return [fact for block in one.extract.blocks for fact in block.facts]


def totals(one: LoadedSheet) -> list[str]:
    return [fact.name for fact in facts(one) if isinstance(fact, ReferenceFact)]


@pytest.mark.parametrize(
    ("city", "village"),
    [
        ("Итого по городу", "Итого по селу"),
        ("в т.ч. городские школы", "в т.ч. сельские школы"),
        ("Итого СОШ", "Итого ООШ"),
        ("Городские ОО", "Сельские ОО"),
        ("Всего по городским школам", "Всего по сельским школам"),
        ("Лицеи и гимназии", "Средние общеобразовательные школы"),
        ("Город", "Село"),
    ],
)
def test_totals_of_parts_are_told_and_left_out(city: str, village: str) -> None:
    one = table(CITY, f"{city};20;2;8;6;4", VILLAGE, f"{village};10;2;3;3;2", WHOLE)
    assert totals(one) == ["Всего по району"]
    assert sum(isinstance(fact, ResultFact) for fact in facts(one)) == 2
    (told,) = one.problems
    assert f"«{city}», «{village}»" in told.message
    assert told.cell == "A4"


def test_a_total_that_is_all_of_the_schools_stays() -> None:
    assert totals(table(VILLAGE, "Итого по сельским школам;10;2;3;3;2")) == [
        "Итого по сельским школам"
    ]
    assert totals(table(CITY, VILLAGE, "Итого по сельским школам;10;2;3;3;2")) == []


def test_the_city_alone_is_the_district() -> None:
    assert totals(table(CITY, "Итого по городу;55;5;20;20;10")) == ["Итого по городу"]


@pytest.mark.parametrize("name", ["Лесной район (2024)", "Лесной район, 2023-2024 уч. год"])
def test_the_row_of_another_year_is_told_and_left_out(name: str) -> None:
    one = table("Лесной район;30;4;11;9;6", f"{name};28;8;10;9;1", CITY, VILLAGE)
    assert totals(one) == ["Лесной район"]
    (told,) = one.problems
    assert "другого года" in told.message
    assert name in told.message


def test_the_school_year_of_the_table_is_no_other_year() -> None:
    name = "Лесной район (2024-2025)"
    assert totals(table(f"{name};30;4;11;9;6", CITY, VILLAGE)) == [name]


def test_two_districts_are_told_for_neither_is_known_to_be_ours() -> None:
    one = table("Лесной район;30;4;11;9;6", CITY, VILLAGE, "Озёрный район;40;8;20;10;2")
    assert totals(one) == ["Лесной район", "Озёрный район"]
    (told,) = one.problems
    assert "Строк района несколько" in told.message


@pytest.mark.parametrize("name", ["МБОУ Лицей", "МКОУ ООШ с. Село", "Средняя школа № 4"])
def test_a_school_is_no_total_of_its_kind(name: str) -> None:
    one = table(CITY, f"{name};10;2;3;3;2")
    assert sum(isinstance(fact, ResultFact) for fact in facts(one)) == 2
    assert one.problems == ()


def test_a_part_in_a_summary_of_passports_is_no_district() -> None:
    head = (
        "Социальный паспорт школ, 2024/2025 учебный год",
        "ОО;Всего обучающихся;Дети-инвалиды;Дети с ОВЗ",
    )
    rows = ("МБОУ Городская СОШ;400;3;9", "Сельские школы;100;1;2", "Лесной район;500;4;11")
    found = [fact for fact in facts(table(*rows, head=head)) if isinstance(fact, RecordFact)]
    assert [fact.name for fact in found if fact.scope is ReferenceScope.DISTRICT] == [
        "Лесной район"
    ]
