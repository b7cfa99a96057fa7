"""How many pupils have which score: one text per day or class, for import and analysis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

TEST = "test_"
"""Prefix of the test scores of the ЕГЭ, 0–100."""
PRIMARY = "primary_"
"""Prefix of primary scores, which a scale makes marks of."""
UNDATED = "весь файл"
"""Stands for the day where the file does not name one."""
_DAY = "%d.%m.%Y"
_CLASS = re.compile(r"\d{1,2}[А-ЯЁ]\d?")
_PAIR = re.compile(r"(\d+) – (\d+)")


def figure_name(prefix: str, day: date | None) -> str:
    """Return the name of the figure: each exam day has its own, so that files add to each other."""
    return prefix + (UNDATED if day is None else day_name(day))


def day_name(day: date) -> str:
    """Return a day as the names of figures write it."""
    return day.strftime(_DAY)


def class_figure(name: str, grade: int, letter: str) -> str:
    """Return the name that the figure of a whole file has for one class, ``primary_7А``."""
    return name.removesuffix(UNDATED) + f"{grade}{letter}" if name.endswith(UNDATED) else name


def standing_beside(known: Mapping[str, Any], new: Collection[str]) -> dict[str, Any]:
    """Return what of ``known`` still holds beside the ``new`` figures of a newer file.

    Classes add to each other; with a file of the whole grade none of the pupils counts twice.
    """
    classes, wholes = _named_by(new, classes=True), _named_by(new, classes=False)
    gone = _named_by(known, classes=False) if classes else set()
    gone |= _named_by(known, classes=True) if wholes else set()
    return {name: value for name, value in known.items() if name in new or name not in gone}


def is_class(day: str) -> bool:
    """Return whether the name of a day is that of a class, «7А»."""
    return bool(_CLASS.fullmatch(day))


def _named_by(names: Iterable[str], *, classes: bool) -> set[str]:
    return {
        name
        for name in names
        for prefix in (TEST, PRIMARY)
        if name.startswith(prefix) and is_class(name.removeprefix(prefix)) == classes
    }


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
