"""Numbers of pupils from percentages: what fits, what is ambiguous, what no pupils can make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.enums import CountsOrigin
from app.services.importing.counts import (
    Scale,
    Share,
    number_text,
    recover,
    scale_of,
    sum_tolerance,
)


def shares(*values: float | None, decimals: int = 2) -> list[Share | None]:
    return [None if value is None else Share(value, decimals) for value in values]


def test_the_only_whole_numbers_behind_rounded_per_cents() -> None:
    found = recover(9, shares(33.33, 55.56, 11.11, 0), 2)
    assert found.counts == (3, 5, 1, 0)
    assert found.origin is CountsOrigin.RECOVERED
    assert found.percents == (33.33, 55.56, 11.11, 0)
    assert found.ambiguous == ()


def test_a_cell_without_decimals_counts_as_the_column_shows() -> None:
    loose = recover(400, [Share(20, 0), Share(30, 0), Share(40, 0), Share(10, 0)], 0)
    exact = recover(400, [Share(20, 0), Share(30, 0), Share(40, 0), Share(10, 0)], 2)
    assert loose.origin is CountsOrigin.APPROXIMATE
    assert exact.counts == (80, 120, 160, 40)
    assert exact.origin is CountsOrigin.RECOVERED


def test_several_whole_numbers_give_the_nearest_and_say_which_marks() -> None:
    found = recover(300, shares(10.0, 40.2, 39.9, 9.9, decimals=0), 0)
    assert found.counts is not None
    assert sum(found.counts) == 300
    assert found.origin is CountsOrigin.APPROXIMATE
    assert 2 in found.ambiguous
    assert all(low <= n <= high for n, (low, high) in zip(found.counts, found.ranges, strict=True))


@pytest.mark.parametrize(
    ("participants", "values", "counts", "origin"),
    [
        (9, (0, 44.4, 11.2, 44.4), (0, 4, 1, 4), CountsOrigin.RECOVERED),
        (6, (0, 66.6, 16.7, 16.7), (0, 4, 1, 1), CountsOrigin.RECOVERED),
        (63, (3.1, 28.5, 52.5, 15.9), (2, 18, 33, 10), CountsOrigin.APPROXIMATE),
    ],
)
def test_shares_cut_or_adjusted_by_hand_as_in_a_signed_programme(
    participants: int,
    values: tuple[float, ...],
    counts: tuple[int, ...],
    origin: CountsOrigin,
) -> None:
    found = recover(participants, shares(*values, decimals=1), 1)
    assert (found.counts, found.origin) == (counts, origin)


def test_fractions_of_one_are_told_by_their_sum() -> None:
    found = recover(15, shares(0.1333, 0.2667, 0.5333, 0.0667, decimals=4), 4)
    assert found.counts == (2, 4, 8, 1)
    assert found.percents == (13.33, 26.67, 53.33, 6.67)
    with_gap = recover(3, shares(0.3333, None, 0.6667, None, decimals=4), 4)
    assert with_gap.counts == (1, 0, 2, 0)
    assert with_gap.percents == (33.33, None, 66.67, None)


def test_numbers_of_pupils_are_told_by_their_sum() -> None:
    found = recover(12, shares(2, 5, 4, None, decimals=0), 0)
    assert found.counts is None
    found = recover(12, shares(2, 5, 5, None, decimals=0), 0)
    assert found.counts == (2, 5, 5, 0)
    assert found.origin is CountsOrigin.GIVEN
    assert found.percents == (None, None, None, None)


def test_hundred_pupils_are_read_as_per_cents() -> None:
    assert scale_of(100, shares(10, 20, 30, 40, decimals=0)) is Scale.PERCENT
    assert recover(100, shares(10, 20, 30, 40, decimals=0)).counts == (10, 20, 30, 40)


def test_an_empty_mark_is_nobody_only_where_the_others_make_the_whole() -> None:
    assert recover(4, shares(None, 50, 50, None)).counts == (0, 2, 2, 0)
    assert recover(4, shares(None, 50, 25, None)).counts is None


@pytest.mark.parametrize(
    ("participants", "values", "reason"),
    [
        (10, (20, 30, 30, 10), "сумма по отметкам 90"),
        (10, (12.7, 27.3, 30, 30), "при 10 участниках таких процентов не бывает"),
        (0, (25, 25, 25, 25), "участников 0"),
        (10, (None, None, None, None), "ничего не указано"),
        (10, (-10, 50, 50, 10), "отрицательное"),
        (10, (25, 25, 25, 25), "не бывает"),
        (1000, (25, 25, 25, 24.6), "не бывает"),
        (3, (0.333, 0.3, 0.3, 0.0), "это не 100 %"),
    ],
)
def test_figures_that_no_pupils_can_make_are_refused_with_the_reason(
    participants: int, values: tuple[float | None, ...], reason: str
) -> None:
    found = recover(participants, shares(*values, decimals=3))
    assert found.counts is None
    assert reason in found.reason


def test_whole_per_cents_may_miss_a_hundred_by_their_rounding() -> None:
    assert sum_tolerance(0, 3) == 1.5
    assert sum_tolerance(2, 4) == 0.5
    assert recover(3, shares(33, 33, 33, None, decimals=0)).counts == (1, 1, 1, 0)


def test_whole_per_cents_that_fit_nobody_are_not_stretched() -> None:
    assert recover(10, shares(15, 25, 30, 30, decimals=0)).counts is None


def test_numbers_are_written_in_russian() -> None:
    assert [number_text(value) for value in (12.5, 3.0, 33.333, 0)] == ["12,5", "3", "33,33", "0"]


marks_of_a_class = st.lists(st.sampled_from([0, 1, 2, 3]), min_size=1, max_size=350)


@given(marks_of_a_class, st.integers(min_value=0, max_value=3))
def test_true_numbers_are_always_among_the_recovered(pupils: list[int], decimals: int) -> None:
    counts = tuple(pupils.count(mark) for mark in range(4))
    rounded = [round(100 * n / len(pupils), decimals) for n in counts]
    found = recover(len(pupils), [Share(value, decimals) for value in rounded], decimals)
    assert found.counts is not None
    if found.origin is CountsOrigin.APPROXIMATE:
        assert sum(found.counts) == len(pupils)
        assert all(lo <= n <= hi for n, (lo, hi) in zip(counts, found.ranges, strict=True))
    else:
        assert found.counts == counts


@given(marks_of_a_class)
def test_numbers_given_as_numbers_come_back_unchanged(pupils: list[int]) -> None:
    counts = tuple(pupils.count(mark) for mark in range(4))
    found = recover(len(pupils), [Share(n, 0) for n in counts])
    assert found.counts == counts


@given(
    st.integers(min_value=1, max_value=60),
    st.lists(st.integers(min_value=0, max_value=10000), min_size=4, max_size=4),
)
def test_recovered_numbers_agree_with_the_shares(participants: int, hundredths: list[int]) -> None:
    values = [n / 100 for n in hundredths]
    found = recover(participants, shares(*values), 2)
    if found.origin is CountsOrigin.RECOVERED and found.counts:
        assert sum(found.counts) == participants
        for count, value in zip(found.counts, values, strict=True):
            assert abs(100 * count / participants - value) <= 0.01 + 1e-6


def test_whole_numbers_written_with_decimals_are_pupils() -> None:
    assert scale_of(20, shares(2.0, 8.0, 6.0, 4.0, decimals=1)) is Scale.COUNT
    assert scale_of(25, shares(10.0, 40.0, 30.0, 20.0, decimals=1)) is Scale.PERCENT
    assert scale_of(20, shares(2.5, 7.5, 6.0, 4.0, decimals=1)) is None
