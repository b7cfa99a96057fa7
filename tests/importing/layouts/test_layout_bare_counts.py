"""A column called just «Кол-во» over marks: arithmetic tells whether it is the participants."""

from __future__ import annotations

import pytest

from app.services.importing.layouts import best_layout, fisoko_marks
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet

TITLE = "ВПР 2025. 5 класс. Математика"
ROW = "СОШ № 7;10;1;4;4;1"


@pytest.mark.parametrize("title", ["Кол-во", "Количество", "Число"])
def test_marks_that_make_the_column_prove_it(title: str) -> None:
    extract = read(sheet(TITLE, f"Школа;{title};2;3;4;5", ROW, "СОШ № 8;3;;1;2;"), "fisoko_marks")
    assert [numbers(one) for one in results(extract)] == [(10, 1, 4, 4, 1), (3, 0, 1, 2, 0)]
    assert said(extract.problems, f"Столбец «{title}» взят как число участников")[0].cell == "B2"


@pytest.mark.parametrize("row", ["СОШ № 8;11;1;4;4;1", "СОШ № 8;10;10;40;40;10", "СОШ № 8;1;1%;;;"])
def test_a_row_that_does_not_agree_leaves_the_table_unknown(row: str) -> None:
    assert best_layout(sheet(TITLE, "Школа;Кол-во;2;3;4;5", ROW, row)) is None


def test_a_second_table_that_does_not_agree_is_an_error() -> None:
    made = sheet(
        TITLE, "Школа;Писали;2;3;4;5", ROW, "6 класс", "Школа;Кол-во;2;3;4;5", "СОШ № 8;9;1;4;4;1"
    )
    problems = errors(fisoko_marks.extract(made).problems)
    assert "Не понятно, что считает столбец «Кол-во»" in problems[0].message
    assert problems[0].cell == "B5"


def test_a_column_that_says_what_it_counts_is_taken_first() -> None:
    extract = read(
        sheet(TITLE, "Школа;Кол-во;Писали;2;3;4;5", "СОШ № 7;12;10;1;4;4;1"), "fisoko_marks"
    )
    assert [numbers(one) for one in results(extract)] == [(10, 1, 4, 4, 1)]
    assert not extract.problems
