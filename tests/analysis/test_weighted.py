"""Weighted totals: Σ(value · N)/ΣN in exact numbers, missing is never zero."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.analysis import Measure, Scale, scale_of, weighted
from app.services.results import ResultRow
from tests.analysis.rows import EGE, results, row


def test_a_total_is_weighted_and_no_mean_of_means() -> None:
    rows = [
        row(1, 1, participants=10, marks=(5, 5, 0, 0)),
        row(2, 2, participants=90, marks=(9, 81, 0, 0)),
    ]
    assert weighted(rows, Measure.BELOW).value == 14
    assert weighted(rows, Measure.SUCCESS).value == 86
    assert weighted(rows, Measure.QUALITY).value == 0
    assert weighted(rows, Measure.MEAN).value == Fraction(2 * 14 + 3 * 86, 100)
    assert weighted(rows, Measure.BELOW_COUNT).value == 14
    assert weighted(rows, Measure.PARTICIPANTS).value == 100


def test_shares_serve_where_counts_are_not_given() -> None:
    rows = [
        row(1, participants=10, p2=33.3, p3=33.3, p4=20.1, p5=13.3, mean=3.13),
        row(2, participants=20, marks=(0, 10, 5, 5)),
    ]
    assert weighted(rows, Measure.BELOW).value == Fraction(333, 30)
    assert weighted(rows, Measure.QUALITY).value == Fraction(334 + 1000, 30)
    assert weighted(rows, Measure.MEAN).value == Fraction(Fraction("31.3") + 75, 30)


def test_a_count_below_the_minimum_stands_for_the_marks() -> None:
    exam = row(procedure=(EGE, 2025, "Физика", 11), participants=8, below=2, mean=50.5)
    assert weighted([exam], Measure.BELOW).value == 25
    assert weighted([exam], Measure.QUALITY).value is None
    assert weighted([exam], Measure.MEAN).value == Fraction("50.5")
    only_marks = row(participants=8, marks=(2, 6, 0, 0), below=None)
    assert weighted([only_marks], Measure.BELOW_COUNT).value == 2


def test_missing_is_left_out_and_counted() -> None:
    rows = [row(1, participants=10, marks=(5, 5, 0, 0)), row(2, participants=30)]
    total = weighted(rows, Measure.BELOW)
    assert (total.value, total.participants, total.results, total.missing) == (50, 10, 1, 1)
    nothing = weighted(rows[1:], Measure.BELOW)
    assert (nothing.value, nothing.missing) == (None, 1)
    assert weighted([], Measure.MEAN).value is None
    assert weighted([row(participants=0, marks=(0, 0, 0, 0))], Measure.BELOW).value is None


def test_marks_that_do_not_add_up_leave_the_mean_to_the_file() -> None:
    odd = row(participants=10, marks=(1, 1, 1, 1), mean=3.9)
    assert weighted([odd], Measure.MEAN).value == Fraction("3.9")


@pytest.mark.parametrize(
    ("procedure", "scale"),
    [
        ((EGE, 2025, "Физика", 11), Scale.TEST),
        ((EGE, 2025, "Математика (базовая)", 11), Scale.MARK),
    ],
)
def test_scales(procedure: tuple[object, int, str, int], scale: Scale) -> None:
    assert scale_of(row(procedure=procedure)) is scale  # type: ignore[arg-type]


def test_marks_and_test_scores_have_no_common_mean() -> None:
    rows = [
        row(1, participants=10, marks=(0, 10, 0, 0)),
        row(2, procedure=(EGE, 2025, "Физика", 11), participants=10, below=0, mean=60.0),
    ]
    total = weighted(rows, Measure.MEAN)
    assert (total.value, total.mixed) == (None, True)
    assert weighted(rows, Measure.BELOW).value == 0


@given(results(), st.randoms(use_true_random=False))
def test_order_never_matters(rows: list[ResultRow], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    for measure in Measure:
        assert weighted(shuffled, measure) == weighted(rows, measure)


@given(results())
def test_the_share_is_the_sum_of_twos_over_the_sum_of_pupils(rows: list[ResultRow]) -> None:
    known = [one for one in rows if one.n2 is not None and one.participants]
    whole = sum(one.participants for one in known)
    expected = Fraction(100 * sum(one.n2 or 0 for one in known), whole) if whole else None
    total = weighted(rows, Measure.BELOW)
    assert total.value == expected
    assert total.results + total.missing == len(rows)
