"""Words where numbers are expected: pages, absences, «нет»; codes that were numbers."""

from __future__ import annotations

import pytest

from app.models.enums import AssessmentKind
from app.services.importing.grid import CellValue, UncachedFormula
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet

VPR = "ВПР 2025. 5 класс. Математика"
HEAD = "№;ОО;Кол-во участников;2;3;4;5"


def test_pages_of_a_printed_table_are_no_schools() -> None:
    rows = (VPR, HEAD, "1;МБОУ Лесная СОШ;20;10;40;30;20", ";;;;Страница 1", HEAD, "1;2;3;4;5;6;7")
    extract = read(sheet(*rows, "2;МБОУ Речная СОШ;10;0;40;40;20"), "fisoko_marks")
    assert [numbers(fact) for fact in results(extract)] == [(20, 2, 8, 6, 4), (10, 0, 4, 4, 2)]
    assert [problem.cell for problem in extract.problems] == ["E4"]
    assert not errors(extract.problems)


def test_numbers_about_nobody_are_an_error_still() -> None:
    extract = read(sheet(VPR, HEAD, ";;20;10;40;30;20"), "fisoko_marks")
    assert [problem.cell for problem in errors(extract.problems)] == ["B3"]


@pytest.mark.parametrize("words", ["не участвовала", "не писали", "нет"])
def test_a_school_that_did_not_take_part_has_no_result_and_no_fault(words: str) -> None:
    extract = read(sheet(VPR, HEAD, f"1;МБОУ Лесная СОШ;{words};;;-;"), "fisoko_marks")
    assert not results(extract)
    (told,) = extract.problems
    assert (told.cell, f"«{words}», результата нет" in told.message) == ("C3", True)
    assert not errors([told])


def test_absence_beside_marks_is_an_error() -> None:
    row = "1;МБОУ Лесная СОШ;не участвовала;10;40;30;20"
    assert errors(read(sheet(VPR, HEAD, row), "fisoko_marks").problems)


def test_no_in_place_of_a_share_is_a_dash_that_the_sum_must_bear_out() -> None:
    rows = ("1;МБОУ Лесная СОШ;10;нет;40;40;20", "2;МБОУ Речная СОШ;10;нет;40;30;20")
    extract = read(sheet(VPR, HEAD, *rows), "fisoko_marks")
    assert numbers(results(extract)[0]) == (10, 0, 4, 4, 2)
    assert [one.cell for one in said(extract.problems, "прочитано как прочерк")] == ["D3", "D4"]


def test_codes_written_as_broken_numbers_get_their_zeros_back() -> None:
    extract = read(
        sheet(
            "02 - Математика 2025.06.02",
            "№;Код ОО;Класс;Первичный балл;Оценка",
            "1;2301.0;9А;15;4",
            "2;12302.0;9А;15;4",
        ),
        "oge_protocol",
    )
    assert [fact.ref.codes[0][1] for fact in results(extract)] == ["02301", "12302"]


@pytest.mark.parametrize(
    ("layout", "title", "head", "school", "total"),
    [
        ("fisoko_marks", VPR, HEAD, "1;МБОУ Лесная СОШ;20;10;40;30;20", (None, "Итого")),
        (
            "rcoi_summary",
            "ЕГЭ 2025. Русский язык",
            "ОУ;Кол-во участников;Средний балл;Ниже минимума",
            "МБОУ Лесная СОШ;20;65;2",
            ("Итого",),
        ),
        (
            "regional_flat",
            "Выгрузка",
            "Год;Класс;Предмет;ОО;Кол-во участников;2;3;4;5",
            "2025;5;История;МБОУ Лесная СОШ;20;10;40;30;20",
            (2025, 5, "История", "Лесной район"),
        ),
    ],
)
def test_schools_do_not_wait_for_a_total_that_was_never_counted(
    layout: str, title: str, head: str, school: str, total: tuple[CellValue, ...]
) -> None:
    missing = [UncachedFormula()] * (len(head.split(";")) - len(total))
    extract = read(sheet(title, head, school, [*total, *missing]), layout)
    assert len(results(extract)) == 1
    assert not errors(extract.problems)
    assert said(extract.problems, "ни разу не посчитали; строка не загружена")


@pytest.mark.parametrize("value", [1e308, "99999999999999999999", 10**20])
def test_an_impossible_number_is_told_in_few_digits(value: CellValue) -> None:
    row = ["1", "МБОУ Лесная СОШ", value, 10, 40, 30, 20]
    (error,) = errors(read(sheet(VPR, HEAD, row), "fisoko_marks").problems)
    assert error.cell == "C3"
    assert "невозможно большое число" in error.message
    assert len(error.message) < 100


def test_a_row_of_numbers_that_is_called_like_a_title_is_not_lost() -> None:
    rows = ("МБОУ Лесная СОШ;20;10;40;30;20", "ВПР 2025. 5 класс;12;1;2;3;6")
    extract = read(sheet(VPR, "ОО;Кол-во участников;2;3;4;5", *rows), "fisoko_marks")
    assert [fact.rows for fact in results(extract)] == ["3", "4"]


@pytest.mark.parametrize(
    "title", ["BПP 2025. 5 клacc. Математика", "BПP 2025. 5 KЛACC. Математика"]
)
def test_latin_letters_inside_a_title_hide_neither_assessment_nor_grade(title: str) -> None:
    (fact,) = results(read(sheet(title, HEAD, "1;МБОУ Лесная СОШ;20;10;40;30;20"), "fisoko_marks"))
    assert (fact.procedure.kind, fact.procedure.grade) == (AssessmentKind.VPR, 5)


def test_an_exam_written_with_latin_letters_is_that_exam() -> None:
    rows = (
        "OГЭ 2025. Математика",
        "ОО;Кол-во участников;2;3;4;5",
        "МБОУ Лесная СОШ;20;10;40;30;20",
    )
    (fact,) = results(read(sheet(*rows), "gia_marks"))
    assert fact.procedure.kind is AssessmentKind.OGE
