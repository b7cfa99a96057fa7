"""Headers of three and four rows over marks and exams: groups of groups, and units below."""

from __future__ import annotations

import pytest

from tests.importing.layouts.layout_sheets import numbers, read, results, sheet

ROWS = ("СОШ № 7;10;1;4;4;1", "СОШ № 8;12;2;5;4;1")


@pytest.mark.parametrize(
    "head",
    [
        ("Школа;Участники;Отметки", ";;Получили", ";;2;3;4;5"),
        ("Школа;Результаты", ";Участники;Отметки", ";;Получили", ";;2;3;4;5"),
    ],
)
def test_marks_under_groups_of_groups(head: tuple[str, ...]) -> None:
    extract = read(sheet("ВПР 2025. 5 класс. Математика", *head, *ROWS), "fisoko_marks")
    assert [numbers(one) for one in results(extract)] == [(10, 1, 4, 4, 1), (12, 2, 5, 4, 1)]
    assert not extract.problems


def test_units_under_a_header_of_two_rows() -> None:
    made = sheet(
        "ЕГЭ 2025. Физика",
        "Школа;Код;Всего участников;Результаты",
        ";;;Не преодолели порог;;Балл",
        ";;;чел.;%;средний",
        "СОШ № 7;07101;10;1;10;55",
        "СОШ № 8;07102;10;2;20;50",
    )
    extract = read(made, "rcoi_summary")
    assert [(one.marks.participants, one.marks.below) for one in results(extract)] == [
        (10, 1),
        (10, 2),
    ]
    assert not extract.problems


def test_rows_without_a_school_are_no_header() -> None:
    made = sheet("ВПР 2025. 5 класс. Математика", "Школа;Участники;2;3;4;5", ROWS[0], ";нет;нет")
    assert len(results(read(made, "fisoko_marks"))) == 1
