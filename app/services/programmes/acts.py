"""Number and date of an act inside its text, as preambles write them; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.services.months import ANY as MONTH
from app.services.months import number_of
from app.services.names import fold

_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({MONTH})\s+(\d{{4}})(?!\d)")
"""«29 декабря 2012»; «5 классы 2021» is none."""
_NUMBER = re.compile(r"(?:№|\bn)\s*([\w/.\-]*\d[\w/.\-]*)", re.IGNORECASE)
_BLANK = re.compile(r"от\s*_{2,}|№\s*_{2,}")


@dataclass(frozen=True, slots=True)
class ActWords:
    """What the text of an act says of itself; ``blank`` is a line left to be filled by hand."""

    number: str = ""
    date: date | None = None
    blank: bool = False
    impossible: str = ""
    """A date that the calendar does not know, as written."""


def parse_act(text: str) -> ActWords:
    """Return the first number and the first date in the text of an act.

    A text may name a change of the act further on («с изменениями на …»): the first date is that
    of the act itself.
    """
    number = _NUMBER.search(text)
    day, impossible = _first_date(text)
    blank = _BLANK.search(fold(text)) is not None
    return ActWords(number.group(1).rstrip(".-") if number else "", day, blank, impossible)


def _first_date(text: str) -> tuple[date | None, str]:
    folded = fold(text)
    figures, words = _FIGURES.search(folded), _WORDS.search(folded)
    found = [one for one in (figures, words) if one is not None]
    if not found:
        return None, ""
    first = min(found, key=lambda one: one.start())
    day, month, year = first.groups()
    number = int(month) if month.isdigit() else number_of(month)
    try:
        return date(int(year), number, int(day)), ""
    except ValueError:
        return None, first.group(0)
