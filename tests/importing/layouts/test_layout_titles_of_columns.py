"""Titles of columns as districts write them: who took part, how many of each mark, who failed."""

from __future__ import annotations

import pytest

from tests.importing.layouts.layout_sheets import errors, numbers, read, results, sheet

VPR = "ВПР 2025. 5 класс. Математика"
SHARES = "10;40;30;20"


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        ("Кол-во учащихся;Писали работу;2;3;4;5", f"25;20;{SHARES}"),
        ("Всего учащихся;Писали;2;3;4;5", f"25;20;{SHARES}"),
        ("Всего;Выполняло;2;3;4;5", f"25;20;{SHARES}"),
        ("Писали;Кол-во обучающихся;2;3;4;5", f"20;25;{SHARES}"),
        ("Кол-во учащихся;2;3;4;5", f"20;{SHARES}"),
        ("Всего;2;3;4;5", "20;2;8;6;4"),
        ("Писали;Кол-во двоек;Кол-во троек;Кол-во четвёрок;Кол-во пятёрок", "20;2;8;6;4"),
        ("Писали;Кол-во «5»;Кол-во «4»;Кол-во «3»;Кол-во «2»", "20;4;6;8;2"),
    ],
)
def test_those_who_took_part_and_not_the_whole_class(titles: str, row: str) -> None:
    extract = read(sheet(VPR, f"ОО;{titles}", f"МБОУ Лесная СОШ;{row}"), "fisoko_marks")
    assert [numbers(fact) for fact in results(extract)] == [(20, 2, 8, 6, 4)]
    assert not errors(extract.problems)


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        ("Всего сдавали;Ср. балл;min;max;Ниже минимума, чел.;Ниже минимума, %", "20;65;30;90;2;10"),
        ("Кол-во участников;Средний балл;Не набрали минимальный балл", "20;65;2"),
        ("Количество выпускников;Сдавали;Средний балл;Не сдали", "23;20;65;2"),
    ],
)
def test_those_who_failed_the_ege(titles: str, row: str) -> None:
    rows = ("ЕГЭ 2025. Русский язык", f"ОУ;{titles}", f"МБОУ Лесная СОШ;{row}")
    (fact,) = results(read(sheet(*rows), "rcoi_summary"))
    assert (fact.marks.participants, fact.marks.mean, fact.marks.below) == (20, 65, 2)
