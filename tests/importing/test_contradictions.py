"""What titles say against the names of the sheet and the file: titles win, the person is told."""

from __future__ import annotations

import pytest

from tests.importing.layouts.layout_sheets import sheet
from tests.importing.test_other_works import MARKS, book, one, taken

TITLE = "ВПР 2024. Литература. 5 класс"


def test_sheet_that_says_another_grade() -> None:
    file = one("а.xlsx", TITLE, *MARKS, name="6 класс")
    assert taken(file) == ["ВПР Литература"]
    (told,) = file.findings
    assert "Название листа говорит другое: «6 класс» – 6 класс, а над таблицей – 5 класс" in (
        told.message
    )
    assert (told.sheet, told.cell) == ("6 класс", "A1")


def test_file_that_says_everything_otherwise() -> None:
    file = one("2024 год/Математика 8 класс 2023.xlsx", TITLE, *MARKS)
    (told,) = file.findings
    assert "Математика, 8 класс, 2023 год, а над таблицей – Литература, 5 класс, 2024 год" in (
        told.message
    )
    assert told.hint


@pytest.mark.parametrize(
    ("path", "name", "title"),
    [
        ("ВПР_2024_ЛИ5.xlsx", "Лист1", TITLE),
        ("Литература 5 класс 2023-2024.xlsx", "5 класс", TITLE),
        ("Литература 5 класс, выгрузка 15.01.2025.xlsx", "Лист1", TITLE),
        ("ВПР 2024 и 2023.xlsx", "Лист1", TITLE),
        ("Отчёт.xlsx", "2024", TITLE),
        ("Иностранный язык 7 класс.xlsx", "Лист1", "ВПР 2024. Английский язык. 7 класс"),
        ("ЕГЭ математика.xlsx", "Лист1", "ЕГЭ 2024. Математика (базовая)"),
        ("РУ5.xlsx", "Лист1", "ВПР 2024"),
        ("Математика и литература 5 класс.xlsx", "Лист1", TITLE),
        ("ВПР русский язык, литература 4-6 классы.xlsx", "Лист1", TITLE),
        ("ВПР РУ МА ЛИ 5.xlsx", "Лист1", TITLE),
        ("ВПР_РУ5_МА6_ЛИ5.xlsx", "Лист1", TITLE),
        ("Литература 5 и 6 классы.xlsx", "5а, 6б классы", TITLE),
        ("Литература, классы 5, 6, 7.xlsx", "с 4 по 7 класс", TITLE),
    ],
)
def test_names_that_agree_say_nothing(path: str, name: str, title: str) -> None:
    assert one(path, title, *MARKS, name=name).findings == ()


@pytest.mark.parametrize(
    ("path", "title", "said"),
    [
        ("Математика и русский язык 5 класс.xlsx", TITLE, "Русский язык и Математика"),
        ("Литература 6-8 классы.xlsx", TITLE, "6, 7, 8 класс"),
        ("Литература 6, 7 классы.xlsx", TITLE, "6, 7 класс"),
        ("Русский язык.xlsx", "ВПР 2024. Иностранный язык. 7 класс", "Русский язык"),
        ("Иностранный язык.xlsx", "ВПР 2024. Русский язык. 7 класс", "Иностранный язык"),
        ("Английский язык.xlsx", "ВПР 2024. Немецкий язык. 7 класс", "Английский язык"),
        ("РУ5 МА6.xlsx", TITLE, "Русский язык и Математика"),
    ],
)
def test_lists_and_languages_that_do_not_agree_are_told(path: str, title: str, said: str) -> None:
    (told,) = one(path, title, *MARKS).findings
    assert f" – {said}, а над таблицей" in told.message


def test_name_of_a_file_is_compared_with_what_all_its_sheets_say_alike() -> None:
    fifth = sheet(TITLE, *MARKS, name="а")
    sixth = sheet("ВПР 2024. Литература. 6 класс", *MARKS, name="б")
    assert book("Литература 5 класс 2024.xlsx", fifth, sixth).findings == ()
    (told,) = book("Литература 2023.xlsx", fifth, sixth).findings
    assert "2023 год, а над таблицей – 2024 год" in told.message


def test_columns_of_a_flat_export_are_not_compared() -> None:
    header = "Год;Класс;Предмет;Муниципалитет;Логин;ОО;Кол-во участников;2;3;4;5"
    row = "2024;5;Русский язык;Район;edu000001;СОШ №1;9;33,33;55,56;11,11;0"
    assert one("Математика 8 класс 2023.csv", header, row).findings == ()
