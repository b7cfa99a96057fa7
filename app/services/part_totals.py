"""Totals that are not the district: of its villages, of some kinds of schools, of another year."""

from __future__ import annotations

import re
from functools import lru_cache

from app.services.table_words import pattern

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_EDGE = " .,;:–—-"


@lru_cache(maxsize=4096)
def is_part_total(name: str) -> bool:
    """Return whether a row sums up a part of the schools: «Итого по селу», «Всего СОШ»."""
    return pattern("part_totals", "part").fullmatch(_folded(name)) is not None


@lru_cache(maxsize=4096)
def is_city_total(name: str) -> bool:
    """Return whether a row is of «the city»: a part of a district, but all of a city district."""
    return pattern("part_totals", "city").fullmatch(_folded(name)) is not None


@lru_cache(maxsize=4096)
def is_of_other_year(name: str, year: int) -> bool:
    """Return whether the name of a row says one year, or one school year, and not this one."""
    years = sorted({int(found) for found in _YEAR.findall(name)})
    return bool(years) and years[-1] - years[0] <= 1 and year not in years


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).strip(_EDGE)
