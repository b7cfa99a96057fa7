"""How many pupils have which score: one text per exam day, written on import, read by analysis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

TEST = "test_"
"""Prefix of the test scores of the ЕГЭ, 0–100."""
PRIMARY = "primary_"
"""Prefix of primary scores, which a scale makes marks of."""
UNDATED = "весь файл"
"""Stands for the day where the file does not name one."""
_DAY = "%d.%m.%Y"
_PAIR = re.compile(r"(\d+) – (\d+)")


def figure_name(prefix: str, day: date | None) -> str:
    """Return the name of the figure: each exam day has its own, so that files add to each other."""
    return prefix + (UNDATED if day is None else day_name(day))


def day_name(day: date) -> str:
    """Return a day as the names of figures write it."""
    return day.strftime(_DAY)


def counts_text(scores: Iterable[int]) -> str:
    """Return «36 – 1, 40 – 2»: the score, then the pupils who have it, the lowest score first."""
    return ", ".join(f"{score} – {count}" for score, count in sorted(Counter(scores).items()))


def counts_of(text: object) -> dict[int, int]:
    """Return the pupils by score that ``counts_text`` wrote; empty for anything else."""
    if not isinstance(text, str):
        return {}
    return {int(pair[1]): int(pair[2]) for pair in _PAIR.finditer(text)}


def by_day(data: Mapping[str, object], prefix: str) -> dict[str, dict[int, int]]:
    """Return the pupils by score of each day that the figures of a record hold."""
    found = {
        name.removeprefix(prefix): counts_of(value)
        for name, value in data.items()
        if name.startswith(prefix)
    }
    return {day: counts for day, counts in found.items() if counts}
