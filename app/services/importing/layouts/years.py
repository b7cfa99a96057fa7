"""Years that titles of columns name: one of its own, the year before, one inside other words."""

from __future__ import annotations

import re
from functools import cache

from app.services.importing.tables import key
from app.services.table_words import pattern, words

_LONGEST = 80
"""A title that says only a year is no longer, as ``key`` counts; what is longer is a sentence."""
_SPACES = r"\s{0,9}"
"""So many spaces go with a year: a cell of thousands of them must not take minutes."""
_YEAR = r"20\d\d(?:\s*[/\\–—-]\s*(?:20)?\d\d)?"


def is_year_before(text: str) -> bool:
    """Return whether a title speaks of the year before: «прошлый год», «Сирот, АППГ»."""
    return pattern("year_before", "column").search(key(text)) is not None


def says_only_year_before(text: str) -> bool:
    """Return whether a title says nothing else: «За прошлый учебный год», not «Сирот, АППГ»."""
    folded = key(text)
    if len(folded) > _LONGEST or not is_year_before(text):
        return False
    before = _reached(_around(), folded, {0})
    named = {end for start in before for end in _ends(_year_before(), folded, start)}
    return len(folded) in _reached(_around(), folded, named)


def _reached(word: re.Pattern[str], text: str, starts: set[int]) -> set[int]:
    """Return the places that any number of words lead to from ``starts``.

    One expression for all of them would try every way to divide the text, which may take minutes.
    """
    found = set(starts)
    for start in range(len(text)):
        if start in found:
            found.update(_ends(word, text, start))
    return found


def _ends(word: re.Pattern[str], text: str, start: int) -> list[int]:
    if word.match(text, start) is None:
        return []
    return [end for end in range(start + 1, len(text) + 1) if word.fullmatch(text, start, end)]


def says_only_year(text: str) -> bool:
    """Return whether a title is a year and nothing else: «2024», «за 2024/25 уч. год»."""
    return _only_year().fullmatch(text.strip()) is not None


@cache
def year_inside() -> re.Pattern[str]:
    """Return what finds a year with its words inside a longer title: «Сирот (2024 г.)»."""
    after = words("year_columns")["after"]
    return re.compile(rf"\(?{_SPACES}(?<!\d){_YEAR}(?!\d){after}{_SPACES}\)?", re.IGNORECASE)


@cache
def _only_year() -> re.Pattern[str]:
    said = words("year_columns")
    return re.compile(rf"{said['before']}{_YEAR}{said['after']}", re.IGNORECASE)


@cache
def _around() -> re.Pattern[str]:
    return re.compile(words("year_before")["around"])


@cache
def _year_before() -> re.Pattern[str]:
    return re.compile(words("year_before")["column"])
