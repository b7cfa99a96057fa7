"""Years that titles of columns name: one of its own, the year before, one inside other words."""

from __future__ import annotations

import re
from functools import cache

from app.services.importing.tables import key
from app.services.table_words import pattern, words

_YEAR = r"20\d\d(?:\s*[/\\–—-]\s*(?:20)?\d\d)?"


def is_year_before(text: str) -> bool:
    """Return whether a title speaks of the year before: «прошлый год», «Сирот, АППГ»."""
    return pattern("year_before", "column").search(key(text)) is not None


def says_only_year_before(text: str) -> bool:
    """Return whether a title says nothing else: «За прошлый учебный год», not «Сирот, АППГ»."""
    return _whole_before().fullmatch(key(text)) is not None


def says_only_year(text: str) -> bool:
    """Return whether a title is a year and nothing else: «2024», «за 2024/25 уч. год»."""
    return _only_year().fullmatch(text.strip()) is not None


@cache
def year_inside() -> re.Pattern[str]:
    """Return what finds a year with its words inside a longer title: «Сирот (2024 г.)»."""
    after = words("year_columns")["after"]
    return re.compile(rf"\(?\s*(?<!\d){_YEAR}(?!\d){after}\s*\)?", re.IGNORECASE)


@cache
def _only_year() -> re.Pattern[str]:
    said = words("year_columns")
    return re.compile(rf"{said['before']}{_YEAR}{said['after']}", re.IGNORECASE)


@cache
def _whole_before() -> re.Pattern[str]:
    said = words("year_before")
    return re.compile(rf"(?:{said['around']})*(?:{said['column']})(?:{said['around']})*")
