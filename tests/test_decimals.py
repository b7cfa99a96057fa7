"""Numbers in words of people: rounded half up, never on the wrong side of a limit, never «-0,0»."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import decimals
from app.ui import numbers


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


def test_a_share_that_has_not_reached_a_whole_per_cent_does_not_read_as_one() -> None:
    assert [numbers.share(value) for value in (29.96, 29.94, 30.0, 30.04, 99.996, 0.0, None)] == [
        "29,96",
        "29,9",
        "30,0",
        "30,0",
        "99,996",
        "0,0",
        "",
    ]
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
        numbers.share("30")


@given(st.fractions(0, 100, max_denominator=3000), st.integers(1, 100))
def test_what_is_written_stands_on_the_side_of_every_limit(value: Fraction, limit: int) -> None:
    text = decimals.share(value, Fraction(limit), Fraction(limit, 3))
    written = Fraction(text.replace(",", "."))
    for border in (Fraction(limit), Fraction(limit, 3)):
        assert (written >= border) == (value >= border)
    assert abs(written - value) <= Fraction(1, 20)
