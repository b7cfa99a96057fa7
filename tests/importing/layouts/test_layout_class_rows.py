"""Rows of single classes of one school are parts of its result."""

from __future__ import annotations

import pytest

from app.services.importing.checking import check
from app.services.importing.layouts import best_layout
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet

TITLE = "ВПР 2025, История, 7 класс"
HEADER = "ОО;Класс;Писали;2;3;4;5"


def test_classes_of_a_school_are_summed_and_told() -> None:
    extract = read(
        sheet(
            TITLE, HEADER, "МБОУ СОШ №1;7А;26;3;9;8;6", "МБОУ СОШ №1;7Б;30;4;10;9;7",
            "МКОУ ООШ №2;7А;3;1;1;1;0", "МКОУ ООШ №3;7;4;1;1;1;1",
        ),
        "fisoko_marks",
    )  # fmt: skip
    found = results(extract)
    assert [numbers(fact) for fact in found] == [
        (56, 7, 19, 17, 13),
        (3, 1, 1, 1, 0),
        (4, 1, 1, 1, 1),
    ]
    assert (found[0].rows, extract.blocks[0].cell("n2", found[0].rows)) == ("3-4", "D3:D4")
    (told,) = said(extract.problems, "классы одной школы сложены")
    assert told.cell == "B3:B4"
    assert check(extract) == ()


def test_shares_become_counts_before_they_are_summed_and_means_are_weighed() -> None:
    extract = read(
        sheet(
            "ВПР 2025, История", "ОО;Класс;Литера;Писали;2 (%);3 (%);4 (%);5 (%);Средняя отметка",
            "СОШ №1;7;А;10;10;40;30;20;3,6", "СОШ №1;7;Б;20;0;50;50;0;3,5",
        ),
        "regional_flat",
    )  # fmt: skip
    (found,) = results(extract)
    assert numbers(found) == (30, 1, 14, 13, 2)
    assert found.marks.mean is not None
    assert abs(found.marks.mean - 106 / 30) < 0.001
    assert found.procedure.grade == 7


def test_grade_that_only_the_classes_name() -> None:
    extract = read(
        sheet("ВПР 2025, История", HEADER, "СОШ №1;7 «А»;4;1;1;1;1", "СОШ №1;7-Б;4;1;1;1;1"),
        "fisoko_marks",
    )
    (found,) = results(extract)
    assert (found.procedure.grade, numbers(found)) == (7, (8, 2, 2, 2, 2))


def test_same_class_twice_stays_doubtful() -> None:
    extract = read(
        sheet(TITLE, HEADER, "СОШ №1;7А;4;1;1;1;1", "СОШ №1;7А;8;2;2;2;2"), "fisoko_marks"
    )
    assert len(results(extract)) == 2
    assert len(said(check(extract), "дважды")) == 2


def test_classes_of_different_grades_are_not_summed() -> None:
    extract = read(
        sheet(TITLE, HEADER, "СОШ №1;7А;4;1;1;1;1", "СОШ №1;8А;8;2;2;2;2"), "fisoko_marks"
    )
    assert len(said(check(extract), "дважды")) == 2


def test_a_class_that_cannot_be_read_keeps_its_school_out() -> None:
    extract = read(
        sheet(TITLE, HEADER, "СОШ №1;7А;4;1;1;1;1", "СОШ №1;7Б;4;да;1;1;1", "СОШ №2;7А;4;1;1;1;1"),
        "fisoko_marks",
    )
    assert [fact.ref.name for fact in results(extract)] == ["СОШ №2"]
    assert [one.row for one in errors(extract.problems)] == [4, 3]


def test_name_printed_once_for_its_classes() -> None:
    extract = read(
        sheet(TITLE, HEADER, "СОШ №1;7А;4;1;1;1;1", ";7Б;4;1;1;1;1", "СОШ №2;7А;4;1;1;1;1",
              ";7Б;8;2;2;2;2"),
        "fisoko_marks",
    )  # fmt: skip
    assert [(fact.ref.name, numbers(fact)[0]) for fact in results(extract)] == [
        ("СОШ №1", 8), ("СОШ №2", 12),
    ]  # fmt: skip


def test_the_same_class_of_nobody_keeps_the_school_above_it_out() -> None:
    extract = read(
        sheet(TITLE, HEADER, "СОШ №1;7А;4;1;1;1;1", ";7А;4;1;1;1;1", "СОШ №2;7А;4;1;1;1;1"),
        "fisoko_marks",
    )
    assert [fact.ref.name for fact in results(extract)] == ["СОШ №2"]


def test_name_printed_once_serves_the_other_classes_of_one_school_of_many() -> None:
    extract = read(
        sheet(TITLE, HEADER, "СОШ №1;7А;4;1;1;1;1", ";7Б;4;1;1;1;1", "СОШ №2;7А;4;1;1;1;1"),
        "fisoko_marks",
    )
    assert [(fact.ref.name, numbers(fact)[0]) for fact in results(extract)] == [
        ("СОШ №1", 8), ("СОШ №2", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "total", ["Итого по школе;;8;2;2;2;2", ";всего;8;2;2;2;2", ";Итого по школе;8;2;2;2;2",
              "СОШ №1;;8;2;2;2;2", "Всего в ОО;;8;2;2;2;2"],
)  # fmt: skip
def test_the_row_of_the_school_under_its_classes_is_its_result(total: str) -> None:
    rows = ("СОШ №1;7А;4;1;1;1;1", ";7Б;4;1;1;1;1", total, "СОШ №2;7А;4;1;1;1;1")
    extract = read(sheet(TITLE, HEADER, *rows), "fisoko_marks")
    found = [(fact.ref.name, numbers(fact), fact.rows) for fact in results(extract)]
    assert found == [("СОШ №1", (8, 2, 2, 2, 2), "5"), ("СОШ №2", (4, 1, 1, 1, 1), "6")]
    assert errors((*extract.problems, *check(extract))) == []
    assert len(said(extract.problems, "строка всей школы")) == 1


def test_totals_of_several_schools_and_that_of_the_district() -> None:
    rows = (
        "СОШ №1;7А;4;1;1;1;1", ";7Б;4;1;1;1;1", "Итого;;8;2;2;2;2",
        "СОШ №2;7А;4;1;1;1;1", ";7Б;8;2;2;2;2", "Итого;;12;3;3;3;3",
        "Всего по району;;20;5;5;5;5",
    )  # fmt: skip
    extract = read(sheet(TITLE, HEADER, *rows), "fisoko_marks")
    assert [(one.ref.name, numbers(one)[0]) for one in results(extract)] == [
        ("СОШ №1", 8), ("СОШ №2", 12),
    ]  # fmt: skip
    assert len(extract.blocks[0].facts) == 3
    assert errors((*extract.problems, *check(extract))) == []


def test_a_row_of_the_school_that_is_not_the_sum_of_its_classes_is_an_error() -> None:
    rows = ("СОШ №1;7А;4;1;1;1;1", ";7Б;4;1;1;1;1", "Итого по школе;;8;1;3;2;2")
    extract = read(sheet(TITLE, HEADER, *rows), "fisoko_marks")
    (problem,) = errors(extract.problems)
    assert (problem.row, "«2» – 1, а по классам в сумме «2» – 2" in problem.message) == (5, True)


def test_a_class_left_blank_is_named_and_keeps_its_school_out() -> None:
    rows = ("СОШ №1;7А;;;;;", "СОШ №1;7Б;10;1;3;4;2", "СОШ №1;7В;10;1;3;4;2", "СОШ №2;7А;4;1;1;1;1")
    extract = read(sheet(TITLE, HEADER, *rows), "fisoko_marks")
    assert [fact.ref.name for fact in results(extract)] == ["СОШ №2"]
    wrong = errors(extract.problems)
    assert [one.row for one in wrong] == [4, 5]
    assert "строка 3 с классом 7А не заполнена" in wrong[0].message
    flat = read(
        sheet(
            "ВПР 2025, История", "ОО;Класс;Литера;Писали;2;3;4;5",
            "СОШ №1;7;А;;;;;", "СОШ №1;7;Б;4;1;1;1;1", "СОШ №1;7;В;4;1;1;1;1",
        ),
        "regional_flat",
    )  # fmt: skip
    assert results(flat) == []


@pytest.mark.parametrize("row", ["СОШ №1;7А;-;-;-;-;-", "СОШ №1;7А;не писали;;;;"])
def test_a_class_that_sat_out_is_no_missing_one(row: str) -> None:
    rows = (row, "СОШ №1;7Б;10;1;3;4;2", "СОШ №1;7В;10;1;3;4;2")
    (found,) = results(read(sheet(TITLE, HEADER, *rows), "fisoko_marks"))
    assert numbers(found) == (20, 2, 6, 8, 4)


def test_the_row_of_the_school_serves_where_a_class_is_missing() -> None:
    rows = ("СОШ №1;7А;;;;;", "СОШ №1;7Б;4;1;1;1;1", ";Всего;8;2;2;2;2")
    (found,) = results(read(sheet(TITLE, HEADER, *rows), "fisoko_marks"))
    assert numbers(found) == (8, 2, 2, 2, 2)


def test_tables_without_classes_are_as_they_were() -> None:
    table = sheet(TITLE, "ОО;Писали;2;3;4;5", "СОШ №1;4;1;1;1;1", "СОШ №1;8;2;2;2;2")
    found = best_layout(table)
    assert found is not None
    extract = found[0].extract(table)
    assert len(said(check(extract), "дважды")) == 2
