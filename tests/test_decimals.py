"""Numbers in words of people: rounded half up, never on the wrong side of a limit, never «-0,0»."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import decimals
from app.ui import numbers
from app.ui.numbers import Share


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (6.25, 1, "6,3"),
        (-6.25, 1, "-6,3"),
        (-0.04, 1, "0,0"),
        (Fraction(1, 3), 2, "0,33"),
        (Decimal("2.5"), 0, "3"),
        (7, 1, "7,0"),
        (0.15, 1, "0,2"),
    ],
)
def test_halves_go_away_from_zero(value: decimals.Number, digits: int, text: str) -> None:
    assert decimals.fixed(value, digits) == text


@pytest.mark.parametrize(
    ("value", "most", "text"),
    [
        (30.0, 2, "30"),
        (33.25, 1, "33,3"),
        (0.10, 2, "0,1"),
        (100.0, 0, "100"),
        (29.996, 2, "29,996"),
        (100 / 3, 2, "33,33"),
        (0.125, 2, "0,13"),
        (-2.5, 2, "-2,5"),
    ],
)
def test_a_short_number_has_no_needless_zeros(value: float, most: int, text: str) -> None:
    assert decimals.short(value, most) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("30", "30"), ("30.0", "30"), ("33.300", "33,3"), ("0", "0"), ("0.15", "0,15"),
     ("-2.5", "-2,5"), ("1E+2", "100"), ("0.0000001", "0,0000001")],
)  # fmt: skip
def test_a_setting_keeps_all_its_decimals(value: str, text: str) -> None:
    assert decimals.plain(Decimal(value)) == text


def test_more_decimals_may_be_asked_for() -> None:
    assert decimals.share(Fraction(7, 2), least=2) == "3,50"
    assert decimals.whole_or_less(29.996, 2) == "29,996"
    assert decimals.share(Fraction(1, 3), least=7) == "0,3333333"
    assert decimals.short(Fraction(1, 3), 6) == "0,333333"
    assert decimals.short(Decimal("29.9999999"), 6) == "29,999999"
    assert decimals.short(30.0, 8) == "30"


def test_what_is_cut_off_stays_below_the_limit_on_both_sides_of_zero() -> None:
    assert decimals.share(Fraction(-1, 10**7), Fraction(0)) == "-0,00001"
    assert decimals.share(Fraction(30) - Fraction(1, 10**7), Fraction(30)) == "29,99999"


def test_a_share_that_has_not_reached_the_threshold_of_its_year_does_not_read_as_one() -> None:
    third, whole = Fraction(333, 10), Fraction(30)
    shown = {29.96: "29,96", 29.94: "29,9", 30.0: "30,0", 30.04: "30,0", 1.974: "2,0", 0.0: "0,0"}
    assert {value: numbers.share(Share(value, (whole,))) for value in shown} == shown
    shown = {33.26: "33,26", 33.3: "33,3", 33.34: "33,3", 29.96: "30,0"}
    assert {value: numbers.share(Share(value, (third,))) for value in shown} == shown
    assert numbers.share(Share(29.96)) == "30,0", "no methodology covers the year"
    assert numbers.share(None) == ""
    assert decimals.whole_or_less(29.9999999) == "29,99999"


def test_a_distance_that_is_not_zero_does_not_read_as_one() -> None:
    assert [numbers.distance(value) for value in (-0.04, 0.0, 12.25, 1e-9, None)] == [
        "-0,04",
        "0,0",
        "12,3",
        "0,00000",
        "",
    ]
    assert numbers.tenths(-0.04) == "0,0"
    with pytest.raises(TypeError, match="not str"):
        numbers.tenths("30")
    with pytest.raises(TypeError, match="not float"):
        numbers.share(30.0)


@given(st.fractions(0, 100, max_denominator=3000), st.integers(1, 100))
def test_what_is_written_stands_on_the_side_of_every_limit(value: Fraction, limit: int) -> None:
    text = decimals.share(value, Fraction(limit), Fraction(limit, 3))
    written = Fraction(text.replace(",", "."))
    for border in (Fraction(limit), Fraction(limit, 3)):
        assert (written >= border) == (value >= border)
    assert abs(written - value) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 Б"),
        (1023, "1023 Б"),
        (1024, "1 КБ"),
        (43_500, "42 КБ"),
        (1024 * 1024 - 600, "1023 КБ"),
        (1024 * 1024 - 1, "1 МБ"),
        (1_468_006, "1,4 МБ"),
        (20 * 1024 * 1024, "20 МБ"),
    ],
)
def test_a_size_reads_as_in_the_list_of_files(size: int, text: str) -> None:
    assert decimals.size_words(size) == text
