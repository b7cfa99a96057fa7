"""Own signals that marks may need a second look; each says its formula and never judges.

Sources: ФИОКО recommendations of 2026 (peaks at the boundaries of marks need extra analysis and
prove nothing) and research formulas of domain.md §5, which are not official.  The official list
is imported; what stands here is always called «внутренний сигнал».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.services.methodology.wording import participants, rounded
from app.services.russian import counted


class SignalKind(StrEnum):
    """What was compared."""

    JUMP = "скачок на границе отметки"
    DEVIATION = "отклонение среднего от региона"
    JOURNAL = "расхождение с журналом"
    LATER = "ВПР и ОГЭ через год"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a figure is flagged, see ``resources/thresholds/bias_signals.json``."""

    smallest_sample: int
    """With fewer participants nothing is flagged."""
    jump_points: Fraction
    deviation_high: Fraction
    deviation_extreme: Fraction
    journal_points: Fraction
    later_points: Fraction


@dataclass(frozen=True, slots=True)
class Signal:
    """One figure with how it came about; ``flagged`` asks for a look, it proves nothing."""

    kind: SignalKind
    value: Fraction
    sample: int
    formula: str
    flagged: bool
    weight: int
    """A jump weighs double (domain.md §5); nothing weighs when it is not flagged."""
    text: str
    """One Russian sentence that begins with «Внутренний сигнал» or says why there is none."""


ADVICE = (
    "Рекомендации ФИОКО 2026 года: пики на границах отметок и расхождения требуют дополнительного "
    "анализа и сами по себе не доказывают необъективность."
)


def jumps(
    scores: Mapping[int, int], boundaries: Mapping[int, int], limits: Limits
) -> tuple[Signal, ...]:
    """Return a signal per boundary: pupils at it and just above, less those just below.

    ``scores`` are pupils by primary score, ``boundaries`` the lowest score of each mark.
    ``jump(t) = (n[t..t+1] − n[t−2..t−1]) / N``, in percentage points.  No pupils, no signals.
    """
    sample = sum(scores.values())
    if not sample:
        return ()
    return tuple(
        _jump(scores, mark, start, sample, limits) for mark, start in sorted(boundaries.items())
    )


def deviation(
    school_mean: Fraction,
    region_mean: Fraction,
    region_deviation: Fraction,
    sample: int,
    limits: Limits,
) -> Signal | None:
    """Return by how many standard deviations the mean stands above the region; None without one."""
    if region_deviation <= 0:
        return None
    value = (school_mean - region_mean) / region_deviation
    word = "отклонение"
    if value > limits.deviation_high:
        high = "очень высокое" if value > limits.deviation_extreme else "высокое"
        word = f"{high} {word}"
    return _signal(
        SignalKind.DEVIATION,
        value,
        sample,
        f"z = ({rounded(school_mean, 2)} − {rounded(region_mean, 2)}) / "
        f"{rounded(region_deviation, 2)}",
        value > limits.deviation_high,
        f"{word} среднего от региона, z = {rounded(value, 2)}",
        limits,
    )


def journal(
    confirmed_percent: Fraction, district_percent: Fraction, sample: int, limits: Limits
) -> Signal:
    """Return how far the share of confirmed journal marks is from that of the district, points."""
    value = confirmed_percent - district_percent
    return _signal(
        SignalKind.JOURNAL,
        value,
        sample,
        f"подтвердили отметку {rounded(confirmed_percent)} % − по району "
        f"{rounded(district_percent)} %",
        abs(value) >= limits.journal_points,
        f"доля подтвердивших отметку по журналу отличается от района на {rounded(value)} п. п.",
        limits,
    )


def later(vpr_percent: Fraction, oge_percent: Fraction, sample: int, limits: Limits) -> Signal:
    """Return by how many points the share of «2» in the ОГЭ is above that of the ВПР before."""
    value = oge_percent - vpr_percent
    return _signal(
        SignalKind.LATER,
        value,
        sample,
        f"«2» на ОГЭ {rounded(oge_percent)} % − «2» на ВПР годом раньше {rounded(vpr_percent)} %",
        value >= limits.later_points,
        f"на ОГЭ доля «2» выше, чем на ВПР годом раньше, на {rounded(value)} п. п.",
        limits,
    )


def weight(signals: Iterable[Signal]) -> int:
    """Return the sum of weights, an order for looking through schools and nothing more."""
    return sum(signal.weight for signal in signals)


def _jump(scores: Mapping[int, int], mark: int, start: int, sample: int, limits: Limits) -> Signal:
    above = scores.get(start, 0) + scores.get(start + 1, 0)
    below = scores.get(start - 2, 0) + scores.get(start - 1, 0)
    value = Fraction(100 * (above - below), sample)
    return _signal(
        SignalKind.JUMP,
        value,
        sample,
        f"(баллы {start}–{start + 1}: {above} − баллы {start - 2}–{start - 1}: {below}) / {sample}",
        value >= limits.jump_points,
        f"скачок на границе отметки «{mark}» (от {counted(start, 'балла', 'баллов', 'баллов')}) "
        f"на {rounded(value)} п. п.",
        limits,
    )


def _signal(
    kind: SignalKind,
    value: Fraction,
    sample: int,
    formula: str,
    beyond: bool,
    what: str,
    limits: Limits,
) -> Signal:
    enough = sample >= limits.smallest_sample
    flagged = beyond and enough
    weighs = 2 if kind is SignalKind.JUMP else 1
    counts = f"{formula}; {participants(sample)}"
    if flagged:
        text = f"Внутренний сигнал: {what} ({counts}). {ADVICE}"
    elif beyond:
        text = f"Без сигнала, выборка меньше {limits.smallest_sample}: {what} ({counts})."
    else:
        text = f"Без сигнала: {what} ({counts})."
    return Signal(kind, value, sample, formula, flagged, weighs if flagged else 0, text)
