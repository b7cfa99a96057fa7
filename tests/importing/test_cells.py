"""Single cells: numbers as people write them, codes, notes of absence, lists of rows."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import CodeSystem
from app.services.importing.cells import (
    absence,
    code_width,
    compact_rows,
    expand_rows,
    is_empty,
    read_number,
    school_code,
    with_zeros,
)
from app.services.importing.grid import CellError, CellValue, UncachedFormula


@pytest.mark.parametrize(
    ("value", "number", "decimals"),
    [
        (12, 12.0, 0),
        (12.0, 12.0, 0),
        (33.33, 33.33, 2),
        (33.333333333333336, 33.333333333333336, 4),
        ("4,67", 4.67, 2),
        ('"4,67"', 4.67, 2),
        (" 1 412 345 ", 1412345.0, 0),
        ("1\xa0412", 1412.0, 0),
        ("11,90 %", 11.9, 2),
        ("-3", -3.0, 0),
        ("−3,5", -3.5, 1),
        ("504 чел.", 504.0, 0),
        ("20.0", 20.0, 1),
        ("-", None, 0),
        ("—", None, 0),
        ("X", None, 0),
        ("Х", None, 0),
        ("NaN", None, 0),
        (math.nan, None, 0),
        (None, None, 0),
        ("  ", None, 0),
    ],
)
def test_numbers_as_people_write_them(
    value: CellValue, number: float | None, decimals: int
) -> None:
    read = read_number(value)
    assert (read.value, read.decimals, read.fault) == (number, decimals, None)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("двенадцать", "текст «двенадцать»"),
        ("12 из 30", "текст"),
        ("1,2,3", "текст"),
        (True, "логическое"),
        (datetime(2025, 5, 12), "дата"),
        (date(2025, 5, 12), "12.05.2025"),
        (CellError("#Н/Д"), "ошибка #Н/Д"),
        (UncachedFormula("=A1"), "не посчитали"),
        (math.inf, "бесконечность"),
    ],
)
def test_what_is_not_a_number_says_what_it_is(value: CellValue, words: str) -> None:
    read = read_number(value)
    assert read.value is None
    assert words in (read.fault or "")


def test_a_per_cent_sign_is_seen() -> None:
    assert read_number("12 %").percent
    assert not read_number("12").percent


def test_only_whole_numbers_are_whole() -> None:
    assert read_number("12,0").whole == 12
    assert read_number("12,5").whole is None
    assert read_number("-").whole is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("edu073000", (CodeSystem.FISOKO, "edu073000")),
        (" EDU 073000 ", (CodeSystem.FISOKO, "edu073000")),
        ("еdu073000", (CodeSystem.FISOKO, "edu073000")),
        ("sch77171506", (CodeSystem.FISOKO, "sch77171506")),
        (13450, (CodeSystem.RCOI, "13450")),
        (13450.0, (CodeSystem.RCOI, "13450")),
        ("01307", (CodeSystem.RCOI, "01307")),
        ("СОШ №1", None),
        ("-", None),
        (None, None),
        (True, None),
        (CellError("#Н/Д"), None),
    ],
)
def test_codes_are_told_by_their_form(
    value: CellValue, code: tuple[CodeSystem, str] | None
) -> None:
    assert school_code(value) == code


def test_leading_zeros_come_back_only_where_the_column_shows_their_length() -> None:
    assert with_zeros("1307", code_width(["13450", "1307", "13040"])) == "01307"
    assert with_zeros("101", code_width(["101", "102", "1003"])) == "101"
    assert with_zeros("edu1", code_width(["13450"])) == "edu1"
    assert code_width(["edu1"]) == 0


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "пусто"),
        ("", "пусто"),
        ("-", "-"),
        ("Х", "Х"),
        ("не явился", "не явился"),
        ("Неявка", "Неявка"),
        ("отсутствовал", "отсутствовал"),
        ("удалён", "удалён"),
        ("Нет отметки", "Нет отметки"),
        ("4", None),
        ("три", None),
        (4, None),
        (CellError("#Н/Д"), None),
    ],
)
def test_notes_of_absence(value: CellValue, why: str | None) -> None:
    assert absence(value) == why


def test_errors_and_formulas_are_not_empty() -> None:
    assert not is_empty(CellError("#Н/Д"))
    assert not is_empty(UncachedFormula())
    assert is_empty(" — ")


def test_lists_of_rows() -> None:
    assert compact_rows([12, 3, 8, 9, 10, 11, 8]) == "3,8-12"
    assert expand_rows("3,8-12") == (3, 8, 9, 10, 11, 12)
    assert expand_rows("") == ()


@given(st.sets(st.integers(min_value=1, max_value=2000)))
def test_a_list_of_rows_is_read_back_as_written(rows: set[int]) -> None:
    assert set(expand_rows(compact_rows(rows))) == rows
