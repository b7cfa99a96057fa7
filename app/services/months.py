"""The months as documents write them: whole, declined, shortened; and which of the twelve it is."""

from __future__ import annotations

import re

NOMINATIVE = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
"""As in a date: «26 сентября»."""
PREPOSITIONAL = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip
"""After «в»: «в сентябре»."""
_SPELLINGS = (
    ("янв", "январ[ьяею]"),
    ("февр?", "феврал[ьяею]"),
    ("мар", "марта?е?"),
    ("апр", "апрел[ьяею]"),
    ("май", "ма[йяею]"),
    ("июн", "июн[ьяею]"),
    ("июл", "июл[ьяею]"),
    ("авг", "августа?е?"),
    ("сент?", "сентябр[ьяею]"),
    ("окт", "октябр[ьяею]"),
    ("нояб?", "ноябр[ьяею]"),
    ("дек", "декабр[ьяею]"),
)
ANY = "|".join(rf"{full}(?![^\W\d])|{short}(?![^\W\d])\.?" for short, full in _SPELLINGS)
"""Alternatives of a regular expression, in small letters; a year may follow without a space."""
_FULL = tuple(re.compile(rf"(?:{full}|{short})\.?$") for short, full in _SPELLINGS)


def number_of(word: str) -> int:
    """Return the number of a month from 1, of a word that ``ANY`` matches."""
    return next(number for number, full in enumerate(_FULL, start=1) if full.match(word))
