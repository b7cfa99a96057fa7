"""Own signals: formulas, sample sizes, and that a small sample never flags."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.methodology.bias import (
    ADVICE,
    Limits,
    SignalKind,
    deviation,
    journal,
    jumps,
    later,
    weight,
)
from app.services.methodology.bias_limits import bias_limits

LIMITS = Limits(10, Fraction(15), Fraction(2), Fraction(5, 2), Fraction(20), Fraction(20))
F = Fraction


def test_the_shipped_limits_are_those_of_the_field() -> None:
    limits = bias_limits()
    assert (limits.smallest_sample, limits.deviation_high, limits.deviation_extreme) == (
        10,
        2,
        F(5, 2),
    )


def test_a_jump_is_what_stands_at_the_boundary_less_what_stands_below() -> None:
    scores = {7: 1, 8: 6, 9: 1, 5: 0, 6: 1, 20: 11}
    first, second = jumps(scores, {4: 15, 3: 7}, LIMITS)
    assert (first.value, first.sample, first.flagged, first.weight) == (F(100 * 6, 20), 20, True, 2)
    assert first.text == (
        "Внутренний сигнал: скачок на границе отметки «3» (от 7 баллов) на 30,0 п. п. "
        f"((баллы 7–8: 7 − баллы 5–6: 1) / 20; 20 участников). {ADVICE}"
    )
    assert (second.value, second.flagged, second.weight) == (0, False, 0)
    assert second.text.startswith("Без сигнала: скачок на границе отметки «4»")


def test_no_pupils_no_jumps() -> None:
    assert jumps({3: 0}, {3: 7}, LIMITS) == ()


@pytest.mark.parametrize(
    ("mean", "flagged", "word"),
    [("4", False, ""), ("4.01", True, "высокое "), ("4.3", True, "очень высокое ")],
)
def test_a_mean_far_above_the_region_is_flagged(mean: str, flagged: bool, word: str) -> None:
    found = deviation(F(mean), F(3), F(1, 2), 20, LIMITS)
    assert found is not None
    assert (found.kind, found.flagged, found.weight) == (
        SignalKind.DEVIATION,
        flagged,
        int(flagged),
    )
    assert f": {word}отклонение среднего от региона" in found.text
    assert "− 3,00) / 0,50" in found.formula


def test_without_a_spread_nothing_is_compared() -> None:
    assert deviation(F(4), F(3), F(0), 20, LIMITS) is None


@pytest.mark.parametrize(("confirmed", "flagged"), [(79, False), (80, True), (40, True)])
def test_the_journal_is_compared_with_the_district(confirmed: int, flagged: bool) -> None:
    assert journal(F(confirmed), F(60), 30, LIMITS).flagged is flagged


@pytest.mark.parametrize(("oge", "flagged"), [(24, False), (25, True), (0, False)])
def test_the_exam_a_year_later_is_compared(oge: int, flagged: bool) -> None:
    found = later(F(5), F(oge), 30, LIMITS)
    assert found.flagged is flagged
    assert found.value == oge - 5


@given(st.integers(0, 9), st.integers(-100, 100), st.integers(-100, 100))
def test_fewer_than_ten_are_never_flagged(sample: int, one: int, other: int) -> None:
    found = [
        deviation(F(one), F(other), F(1), sample, LIMITS),
        journal(F(one), F(other), sample, LIMITS),
        later(F(one), F(other), sample, LIMITS),
        *jumps({7: sample}, {3: 7}, LIMITS),
    ]
    signals = [signal for signal in found if signal is not None]
    assert weight(signals) == 0
    assert not any(signal.flagged for signal in signals)
    assert not any(signal.text.startswith("Внутренний сигнал") for signal in signals)


def test_a_small_sample_says_so() -> None:
    (found,) = jumps({7: 9}, {3: 7}, LIMITS)
    assert found.text.startswith("Без сигнала, выборка меньше 10: скачок")
