"""Words between two tables of one header: they title the next one, or keep it waiting."""

from __future__ import annotations

import pytest

from app.services.importing.facts import Extract
from tests.importing.layouts.layout_sheets import errors, read, results, said, sheet

HEADER = "ОО;Кол-во участников;2;3;4;5"
FIRST = "СОШ № 1;20;2;8;6;4"
SECOND = "СОШ № 2;10;1;4;3;2"


def tables(between: str, title: str = "ВПР 2023. Химия. 8 класс") -> Extract:
    """Return what two tables give whose second one has this above its header."""
    made = sheet(title, HEADER, FIRST, between, HEADER, SECOND)
    return read(made, "fisoko_marks" if title.startswith("ВПР") else "gia_marks")


def procedures(extract: Extract) -> list[tuple[int, str, int]]:
    """Return year, subject and grade of every result."""
    found = [fact.procedure for fact in results(extract)]
    return [(one.year, one.subject, one.grade) for one in found]


@pytest.mark.parametrize(
    ("between", "second"),
    [
        ("2024 год", (2024, "Химия", 8)),
        ("2024", (2024, "Химия", 8)),
        ("2023-2024 учебный год", (2024, "Химия", 8)),
        ("Физика (профиль)", (2023, "Физика", 8)),
        ("по обществознанию", (2023, "Обществознание", 8)),
        ("7 класс", (2023, "Химия", 7)),
    ],
)
def test_words_right_above_a_repeated_header_are_its_title(
    between: str, second: tuple[int, str, int]
) -> None:
    extract = tables(between)
    assert procedures(extract) == [(2023, "Химия", 8), second]
    assert not extract.problems


def test_a_year_between_tables_of_an_exam() -> None:
    extract = tables("2024 год", "ОГЭ 2023. Химия")
    assert procedures(extract) == [(2023, "Химия", 9), (2024, "Химия", 9)]


@pytest.mark.parametrize("between", ["Музыка", "восьмой класс", "Второе полугодие"])
def test_a_table_under_words_that_name_nothing_waits(between: str) -> None:
    extract = tables(between)
    assert procedures(extract) == [(2023, "Химия", 8)]
    (error,) = errors(extract.problems)
    assert error.cell == "A4"
    assert "Не понято, о чём таблица" in error.message
    assert between not in error.message


@pytest.mark.parametrize(
    "between",
    [
        "Примечание: двое болели",
        "* без филиала",
        "Продолжение таблицы",
        "Исполнитель: методист",
        "Страница 2",
        "МКОУ Дальняя СОШ",
        "Один ученик в этот день не писал работу.",
        "Итого",
    ],
)
def test_a_remark_under_a_table_is_no_title_of_the_next_page(between: str) -> None:
    extract = tables(between)
    assert procedures(extract) == [(2023, "Химия", 8), (2023, "Химия", 8)]
    assert not errors(extract.problems)


@pytest.mark.parametrize(
    "titles",
    [
        ("ПРИКАЗ от 20.06.2026 № 145", "О результатах ГИА-9 в 2025 году", "ОГЭ. Химия"),
        ("Приложение к письму от 20 июня 2026 г. № 145", "ОГЭ 2025, химия"),
        ("ОГЭ 2025", "По физике средняя отметка составила 3,5.", "Результаты ОГЭ по химии"),
    ],
)
def test_what_stands_nearest_and_is_no_act_titles_a_table(titles: tuple[str, ...]) -> None:
    extract = read(sheet(*titles, HEADER, FIRST), "gia_marks")
    assert procedures(extract) == [(2025, "Химия", 9)]
    assert not extract.problems


def test_the_year_of_an_act_alone_is_told() -> None:
    extract = read(sheet("Приказ от 20.06.2026 № 145", "ОГЭ. Химия", HEADER, FIRST), "gia_marks")
    assert procedures(extract) == [(2026, "Химия", 9)]
    (told,) = extract.problems
    assert told.message == "Год взят из даты приказа или письма: 2026."
    assert told.cell == "A1"


def test_success_by_school_has_its_own_year_too() -> None:
    header = "ОО;Писали;Успеваемость, %"
    rows = (
        "ВПР 2023. Химия. 8 класс",
        header,
        "СОШ № 1;20;90",
        "2024 год",
        header,
        "СОШ № 2;10;90",
    )
    extract = read(sheet(*rows), "success_rates")
    assert [fact.procedure.year for fact in results(extract)] == [2023, 2024]
    assert not said(extract.problems, "Строки без данных")
