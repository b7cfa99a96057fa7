"""How districts write the names of schools, totals and columns in their own tables."""

from __future__ import annotations

import pytest

from app.services.importing.facts import ReferenceFact
from app.services.importing.layouts.labels import split_code
from tests.importing.layouts.layout_sheets import (
    errors,
    numbers,
    read,
    results,
    said,
    schools,
    sheet,
)
from tests.importing.layouts.record_sheets import records

VPR = "ВПР 2025. 5 класс. Математика"


@pytest.mark.parametrize("mark", ["1. ", "2) ", "12.", "— ", "- ", "• "])
def test_the_number_of_a_line_is_no_part_of_the_name(mark: str) -> None:
    rows = (f"{mark}МБОУ Лесная СОШ;20;10;40;30;20", f"{mark}МБОУ СОШ №5 (edu990005);10;0;40;40;20")
    found = results(read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", *rows), "fisoko_marks"))
    assert [fact.ref.name for fact in found] == ["МБОУ Лесная СОШ", "МБОУ СОШ №5"]


@pytest.mark.parametrize("name", ["5 школа", "1-я гимназия", "№ 5", "15.04.2025"])
def test_a_name_that_begins_with_a_number_keeps_it(name: str) -> None:
    assert split_code(name) == (None, name)


@pytest.mark.parametrize("label", ["Среднее значение", "Средний показатель", "Среднее"])
def test_an_average_is_no_school(label: str) -> None:
    rows = ("МБОУ Лесная СОШ;20;10;40;30;20", f"{label};20;10;40;30;20")
    extract = read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", *rows), "fisoko_marks")
    kinds = [type(fact) is ReferenceFact for block in extract.blocks for fact in block.facts]
    assert kinds == [False, True]


def test_a_school_whose_kind_is_average_is_a_school() -> None:
    rows = ("МБОУ СОШ №1;Средняя;edu073001;100", "ООШ №2;Основная;edu073002;90")
    made = sheet("Название школы;Вид;Логин;Кол-во учащихся", *rows, ";Среднее;edu073003;80")
    assert len(schools(read(made, "register"))) == 3


@pytest.mark.parametrize("beside", ["Вид;Средняя", "Уровень образования;Среднее"])
def test_a_passport_with_the_kind_of_a_school(beside: str) -> None:
    title, value = beside.split(";")
    head = f"ОО;{title};Всего учащихся;Многодетные семьи;Сироты;Опекаемые"
    rows = (f"МБОУ Лесная СОШ;{value};100;10;2;3", "Среднее;;50;5;1;2")
    extract = read(sheet("Социальный паспорт 2025", head, *rows), "social_passport")
    assert [fact.ref.name for fact in records(extract) if fact.ref] == ["МБОУ Лесная СОШ"]


@pytest.mark.parametrize(
    "head",
    [
        "Школа (полное наименование);Кол-во писавших, чел;% 2;% 3;% 4;% 5",
        "Наименование ОО (по уставу);Количество участников ВПР;"
        + ";".join(f"Доля участников, получивших отметку «{mark}»" for mark in (2, 3, 4, 5)),
    ],
)
def test_long_titles_of_columns(head: str) -> None:
    extract = read(sheet(VPR, head, "МБОУ Лесная СОШ;20;10;40;30;20"), "fisoko_marks")
    assert [numbers(fact) for fact in results(extract)] == [(20, 2, 8, 6, 4)]
    assert not errors(extract.problems)


def test_a_share_of_those_below_the_minimum() -> None:
    head = "ОО;Количество участников;Средний балл;Доля не преодолевших минимальный балл, %"
    rows = ("Результаты ЕГЭ по химии в 2025 году", head, "МБОУ Лесная СОШ;20;55,5;10")
    (fact,) = results(read(sheet(*rows), "rcoi_summary"))
    assert fact.marks.below == 2


@pytest.mark.parametrize(
    "took_part", ["Приняли участие в ВПР", "Выполняли ВПР", "Фактически писали", "Писали работу"]
)
def test_who_took_part_is_counted_and_not_the_class(took_part: str) -> None:
    head = f"ОО;Всего учащихся;{took_part};2;3;4;5"
    found = results(read(sheet(VPR, head, "МБОУ Лесная СОШ;25;20;20;40;20;20"), "fisoko_marks"))
    assert [fact.marks.participants for fact in found] == [20]


@pytest.mark.parametrize(
    "cells", ["3 (20%);6 (40%);3 (20%);3 (20%)", "3 (10%);6 (30%);3 (40%);3 (20%)"]
)
def test_a_number_and_a_share_that_contradict_each_other_keep_the_row_out(cells: str) -> None:
    participants = 25 if cells.startswith("3 (20%)") else 15
    rows = f"МБОУ Лесная СОШ;{participants};{cells}"
    extract = read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", rows), "fisoko_marks")
    assert results(extract) == []
    assert "не сходятся" in errors(extract.problems)[0].message


@pytest.mark.parametrize(
    ("title", "below"),
    [("Не преодолевших порог (доля)", 2), ("Не преодолели минимальный порог, чел.", 8)],
)
def test_a_share_below_the_minimum_is_no_number_of_pupils(title: str, below: int) -> None:
    head = f"ОО;Кол-во участников;Ср. балл;Непреодолевшие порог за прошлый год;{title}"
    made = sheet("ЕГЭ 2025. Русский язык", head, "МБОУ Лесная СОШ;25;60,5;1;8")
    assert [fact.marks.below for fact in results(read(made, "rcoi_summary"))] == [below]


@pytest.mark.parametrize(
    "label", ["в том числе филиал – Лужская ООШ", "в т.ч. Лужская ООШ", "из них: Лужская ООШ"]
)
def test_a_row_that_is_a_part_of_the_one_above_is_named_as_the_school_and_told(label: str) -> None:
    rows = ("МБОУ Лесная СОШ;15;2;6;4;3", f"{label};5;1;2;1;1")
    extract = read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", *rows), "fisoko_marks")
    assert [fact.ref.name for fact in results(extract)] == ["МБОУ Лесная СОШ", "Лужская ООШ"]
    (told,) = said(extract.problems, "часть строки выше")
    assert told.cell == "A4"


@pytest.mark.parametrize(
    ("label", "schools"),
    [
        ("Всего по сельским школам", 1),
        ("Итого по городским образовательным организациям", 1),
        ("Итого по Лужской школе № 2", 2),
    ],
)
def test_a_total_of_several_schools_is_no_school(label: str, schools: int) -> None:
    rows = ("МБОУ Лесная СОШ;15;2;6;4;3", f"{label};15;2;6;4;3")
    extract = read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", *rows), "fisoko_marks")
    assert len(results(extract)) == schools
    assert len(extract.blocks[0].facts) == 2


def test_a_school_called_from_them_is_no_part() -> None:
    rows = ("МБОУ Лесная СОШ;15;2;6;4;3", "Изнихинская ООШ;5;1;2;1;1")
    extract = read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", *rows), "fisoko_marks")
    assert extract.problems == ()
