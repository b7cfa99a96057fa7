"""A header with the same columns twice: nothing is dropped without a word."""

from __future__ import annotations

import pytest

from tests.importing.layouts.layout_sheets import numbers, read, results, said, sheet

MARKS = "ОО;Кол-во участников;2;3;4;5"


def test_marks_after_a_retake_are_told_and_not_taken() -> None:
    made = sheet(
        "ОГЭ 2023. Русский язык. 9 класс",
        "Школа;Кол-во участников;До пересдачи;;;;После пересдачи;;;",
        ";;2;3;4;5;2;3;4;5",
        "СОШ №1;20;5;6;6;3;1;10;6;3",
    )
    extract = read(made, "gia_marks")
    assert [numbers(one) for one in results(extract)] == [(20, 5, 6, 6, 3)]
    (told,) = said(extract.problems, "«После пересдачи»")
    assert "G–J" in told.message
    assert "без пересдачи" in told.message
    assert told.cell == "G3"


def test_one_column_of_a_retake_is_told() -> None:
    made = sheet(
        "ОГЭ 2023. Русский язык. 9 класс",
        f"{MARKS};«2» после пересдачи",
        "СОШ №1;20;5;6;6;3;1",
    )
    extract = read(made, "gia_marks")
    assert [numbers(one) for one in results(extract)] == [(20, 5, 6, 6, 3)]
    (told,) = said(extract.problems, "не загружен")
    assert "Столбец G («„2“ после пересдачи»)" in told.message


def test_second_marks_without_any_title_of_their_own() -> None:
    made = sheet(
        "ВПР 2023. Русский язык. 5 класс",
        f"{MARKS};Кол-во участников;2;3;4;5",
        "СОШ №1;20;5;6;6;3;20;1;10;6;3",
    )
    (told,) = said(read(made, "fisoko_marks").problems, "не загружены")
    assert "Столбцы G–K не загружены: такие же" in told.message


@pytest.mark.parametrize(
    "header",
    [
        ("ОО;Кол-во участников;2 чел.;3 чел.;4 чел.;5 чел.;2 %;3 %;4 %;5 %",),
        ("ОО;Кол-во участников;Количество;;;;Доля, %;;;", ";;2;3;4;5;2;3;4;5"),
    ],
)
def test_the_same_in_other_units_is_nothing_to_tell(header: tuple[str, ...]) -> None:
    row = "СОШ №1;20;5;6;6;3;25;30;30;15"
    extract = read(sheet("ВПР 2023. Русский язык. 5 класс", *header, row), "fisoko_marks")
    assert [numbers(one) for one in results(extract)] == [(20, 5, 6, 6, 3)]
    assert extract.problems == ()
