"""Rows of marks that write the number and its share in one cell; rows of means; who did not sit."""

from __future__ import annotations

import pytest

from app.services.importing.checking import check
from tests.importing.layouts.layout_sheets import errors, numbers, read, results, said, sheet

VPR = "ВПР 2025. 5 класс. Математика"
HEAD = "ОО;Участников;2;3;4;5"
MATRIX = (
    "Результаты ОГЭ 2024 года",
    "ОУ;Физика;;;;;Химия;;;;",
    ";кол-во;5;4;3;2;кол-во;5;4;3;2",
)


def marks_of(row: str) -> tuple[list[tuple[int | None, ...]], list[str]]:
    """Return the numbers that a row of marks gives, and the errors."""
    extract = read(sheet(VPR, HEAD, f"МБОУ Лесная СОШ;{row}"), "fisoko_marks")
    problems = (*extract.problems, *check(extract))
    return [numbers(one) for one in results(extract)], [one.message for one in errors(problems)]


@pytest.mark.parametrize(
    "row",
    [
        "20;2 (10%);8 (40%);6 (30%);4 (20%)",
        "20;10% (2);40% (8);30% (6);20% (4)",
        "20;2 уч. (10%);8 уч. (40%);6 уч. (30%);4 уч. (20%)",
        "20;2- 10%;8-40;6- 30,0%;4 / 20 %",
        "20;2 (10%);8 (40%);10 (50%);-",
    ],
)
def test_the_numbers_of_a_row_are_taken_as_numbers(row: str) -> None:
    found, wrong = marks_of(row)
    assert (found[0][:2], sum(n or 0 for n in found[0][1:]), wrong) == ((20, 2), 20, [])


@pytest.mark.parametrize(
    "row", ["40;4 (10%);4 (10%);4 (10%);4 (10%)", "20;1 (5%);1 (5%);1 (5%);1 (5%)"]
)
def test_shares_that_make_the_participants_by_chance_are_no_numbers(row: str) -> None:
    found, wrong = marks_of(row)
    assert found == []
    (text,) = wrong
    assert "должны быть все участники и 100 %" in text


def test_two_numbers_without_the_sign_of_a_per_cent_are_not_guessed() -> None:
    found, wrong = marks_of("20;1-5;1-5;1-5;1-5")
    assert (found, len(wrong)) == ([], 4)


@pytest.mark.parametrize("row", ["20;2/10;8/40;6/30;4/20", "9;3/33,3;5/55,6;1/11,1;0/0,0"])
def test_the_participants_prove_numbers_and_shares_without_the_sign(row: str) -> None:
    found, wrong = marks_of(row)
    parts = row.split(";")
    assert found == [(int(parts[0]), *(int(cell.split("/")[0]) for cell in parts[1:]))]
    assert wrong == []


def test_a_share_that_is_another_than_that_of_its_number_is_named() -> None:
    found, wrong = marks_of("20;2 (10%);8 (20%);6 (30%);4 (20%)")
    assert found == []
    assert wrong == [
        "«МБОУ Лесная СОШ»: число 8 и доля 20 % не сходятся – 8 из 20 это 40 %.",
    ]


def test_shares_count_where_a_number_of_the_row_is_missing() -> None:
    found, wrong = marks_of("20;10%;8 (40%);6 (30%);4 (20%)")
    assert (found, wrong) == ([(20, 2, 8, 6, 4)], [])


def test_a_subject_that_a_school_did_not_sit_keeps_nothing_out() -> None:
    rows = (
        "МБОУ Лесная СОШ;10;1- 10%;2- 20%;5- 50%;2- 20%;-;-;-;-;-",
        "МБОУ Речная СОШ;-;-;-;-;-;5;1- 20%;1- 20%;2- 40%;1- 20%",
    )
    extract = read(sheet(*MATRIX, *rows), "oge_schools")
    found = {(one.ref.name, one.procedure.subject): numbers(one) for one in results(extract)}
    assert found == {
        ("МБОУ Лесная СОШ", "Физика"): (10, 2, 5, 2, 1),
        ("МБОУ Речная СОШ", "Химия"): (5, 1, 2, 1, 1),
    }
    assert errors(extract.problems) == []
    assert len(said(extract.problems, "не сдавали")) == 2


@pytest.mark.parametrize("means", ["15;1,5;6;5;2,5", "15,5;1,5;6;5,5;2,5"])
def test_a_row_of_means_is_no_total_and_keeps_nothing_out(means: str) -> None:
    rows = (
        "МБОУ Лесная СОШ;20;2;8;6;4",
        "МБОУ Речная СОШ;10;1;4;4;1",
        f"Среднее по району;{means}",
    )
    extract = read(sheet(VPR, HEAD, *rows), "fisoko_marks")
    assert [numbers(one) for one in results(extract)] == [(20, 2, 8, 6, 4), (10, 1, 4, 4, 1)]
    assert errors((*extract.problems, *check(extract))) == []
    (told,) = said(extract.problems, "строка средних")
    assert told.cell == "B5"


def test_shares_of_the_district_may_be_called_means() -> None:
    rows = ("МБОУ Лесная СОШ;20;10;40;30;20", "Среднее по району;20;10;40;30;20")
    extract = read(sheet(VPR, HEAD, *rows), "fisoko_marks")
    assert len(extract.blocks[0].facts) == 2


def test_numbers_that_are_not_all_participants_are_called_numbers() -> None:
    found, wrong = marks_of("19;2;8;4;2")
    assert found == [(19, None, None, None, None)]
    assert wrong == [
        "«МБОУ Лесная СОШ»: отметок 16, а участников 19 "
        "(если это доли – их сумма 16 %, а не 100 %)."
    ]
