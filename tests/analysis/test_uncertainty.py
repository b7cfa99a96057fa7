"""Intervals against published and hand-computed numbers, and what a trend says of few pupils."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis import Direction, Share, newcombe, trend, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe 1998, Two-sided confidence intervals for the single proportion, table I.
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.0, 16.11),
        (1, 29, 0.61, 17.18),
        (20, 20, 83.89, 100.0),
        # By hand: 5 of 10, (0,5 + 0,19207 ± 0,32777)/1,38415.
        (5, 10, 23.66, 76.34),
    ],
)
def test_wilson(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)
    assert (found.low, found.high) == (
        pytest.approx(low, abs=0.006),
        pytest.approx(high, abs=0.006),
    )


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe 1998, Interval estimation for the difference, table II, method 10.
        ((56, 70), (48, 80), 5.24, 33.39),
        ((9, 10), (3, 10), 17.05, 80.90),
        ((10, 10), (0, 20), 67.91, 100.0),
        ((5, 56), (0, 29), -3.81, 19.26),
    ],
)
def test_newcombe(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    found = newcombe(Share(2024, *other), Share(2025, *one))
    assert (found.low, found.high) == (
        pytest.approx(low, abs=0.006),
        pytest.approx(high, abs=0.006),
    )


def test_no_share_of_nobody_or_of_more_than_all() -> None:
    for part, whole in ((0, 0), (3, 2), (-1, 5)):
        with pytest.raises(ValueError, match="participants"):
            wilson(part, whole)


def test_three_of_ten_to_none_is_no_proof() -> None:
    found = trend([Share(2023, 3, 10), Share(2024, 1, 10), Share(2025, 0, 10)])
    assert found is not None
    assert found.change == -30
    assert found.direction is Direction.STEADY
    assert found.smallest == 10
    assert found.interval.holds(0)


@pytest.mark.parametrize(
    ("first", "last", "direction"),
    [(30, 5, Direction.DOWN), (5, 30, Direction.UP), (20, 22, Direction.STEADY)],
)
def test_directions_of_a_hundred(first: int, last: int, direction: Direction) -> None:
    found = trend([Share(2024, first, 100), Share(2025, last, 100)])
    assert found is not None
    assert found.direction is direction


def test_only_the_last_years_count_and_one_is_too_few() -> None:
    shares = [Share(year, 1, 50) for year in (2025, 2021, 2022, 2024)]
    found = trend(shares)
    assert found is not None
    assert found.years == (2022, 2024, 2025)
    assert trend(shares[:1]) is None
    assert trend([Share(2025, 0, 0), Share(2024, 1, 5)]) is None


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_intervals_hold_their_values_and_stay_possible(
    one: int, other: int, data: st.DataObject
) -> None:
    first = Share(2024, data.draw(st.integers(0, one)), one)
    last = Share(2025, data.draw(st.integers(0, other)), other)
    single = wilson(first.part, first.whole)
    assert 0 <= single.low <= first.percent + 1e-9
    assert first.percent - 1e-9 <= single.high <= 100
    change = newcombe(first, last)
    assert -100 - 1e-9 <= change.low <= last.percent - first.percent + 1e-9
    assert last.percent - first.percent - 1e-9 <= change.high <= 100 + 1e-9
    back = newcombe(last, first)
    assert (back.low, back.high) == (pytest.approx(-change.high), pytest.approx(-change.low))
