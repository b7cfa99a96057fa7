"""Texts of values and heads of columns: what number and what period they hold, and which none."""

from __future__ import annotations

import pytest

from app.models.enums import ValueRole
from app.services.indicators import Slot, ordered, parse, read_period, slot_title, written, year_of
from app.services.indicators.periods import is_period

NUMBERS = [
    ("100", 100.0),
    ("64%", 64.0),
    ("2 %", 2.0),
    ("98/98", 98.0),
    ("2/8", None),
    ("5 / 8 школ", None),
    ("не менее 3", 3.0),
    ("1; 8", 1.0),
    ("12,5", 12.5),
    ("12.5 %", 12.5),
    ("1 000", 1000.0),
    ("1\u00a0000 000", 1_000_000.0),
    ("50–60", 50.0),
    ("50-60", 50.0),
    ("-30", -30.0),
    ("−30", -30.0),
    ("1 раз в год", 1.0),
    ("3 из 4", 75.0),
    ("+", None),
    ("", None),
    ("Ежегодно", None),
    ("– 30", None),
    ("- 30", None),
    ("1 0 0", None),
    ("10 0", None),
    ("6 5", None),
    ("01.04.2022", None),
    ("1.2.3", None),
    ("0 из 0", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_the_number_in_a_value(text: str, number: float | None) -> None:
    assert parse(text).number == number


def test_why_no_number_was_taken_is_said() -> None:
    assert "минус" in parse("– 30").doubt
    assert "одно это число" in parse("1 0 0").doubt
    assert "дату" in parse("01.04.2022").doubt
    assert "ноль" not in parse("3 из 4").doubt
    assert "нулю" in parse("5 из 0").doubt
    assert "часть это от целого" in parse("2/8").doubt


def test_a_share_keeps_what_it_was_counted_from() -> None:
    found = parse("3 из 4")
    assert (found.numerator, found.denominator) == (3.0, 4.0)


@pytest.mark.parametrize(
    ("number", "text"),
    [(75.0, "75"), (200 / 3, "66,7"), (0.05, "0,1"), (-2.5, "-2,5"), (0.0, "0"), (100.0, "100")],
)
def test_numbers_are_written_with_a_comma(number: float, text: str) -> None:
    assert written(number) == text


PERIODS = [
    ("2022", "2022"),
    ("2022 год", "2022"),
    ("план на 2022 г.", "2022"),
    ("201 9", "2019"),
    ("20 21", "2021"),
    ("I полугодие 2022", "2022-1"),
    ("2022 год, 2 полугодие", "2022-2"),
    ("II полугодие 2023 года", "2023-2"),
    ("1-е полугодие 2022", "2022-1"),
    ("2021-2022 учебный год", "2021/2022"),
    ("2021/22", "2021/2022"),
    ("2022–2024", None),
    ("базовое значение", None),
    ("2021 и 2022", None),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_the_period_of_a_head(text: str, period: str | None) -> None:
    assert read_period(text) == period
    assert period is None or is_period(period)


def test_columns_stand_in_order() -> None:
    base = Slot(ValueRole.BASE, "")
    goal = Slot(ValueRole.PLAN, "")
    halves = [Slot(ValueRole.PLAN, "2022-2"), Slot(ValueRole.PLAN, "2022-1")]
    fact, plan = Slot(ValueRole.FACT, "2021"), Slot(ValueRole.PLAN, "2021")
    assert ordered([*halves, fact, plan, goal, base]) == (
        base, goal, plan, fact, halves[1], halves[0],
    )  # fmt: skip


def test_columns_are_named() -> None:
    assert slot_title(Slot(ValueRole.BASE, "")) == "Базовое"
    assert slot_title(Slot(ValueRole.PLAN, "2022")) == "2022 план"
    assert slot_title(Slot(ValueRole.FACT, "2022-2")) == "II полугодие 2022 факт"
    assert slot_title(Slot(ValueRole.PLAN, "2021/2022")) == "2021/22 уч. г. план"
    assert slot_title(Slot(ValueRole.PLAN, "")) == "Целевое значение"


def test_a_school_year_belongs_to_the_year_of_its_end() -> None:
    assert year_of("2021/2022") == 2022
    assert year_of("2022-1") == 2022
    assert year_of("") is None
    assert not is_period("2022-3")
    assert not is_period("2020/2022")
