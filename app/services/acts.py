"""Number and date of an act inside its text, as preambles write them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.services.months import ANY as MONTH
from app.services.months import number_of
from app.services.names import fold

_DATE = (
    r"(?<!\d)(?P<day>\d{1,2})"
    rf"(?:\.(?P<month>\d{{1,2}})\.|\s+(?P<word>{MONTH})\s+)(?P<year>\d{{4}})(?!\d)"
)
"""«29.12.2012» and «29 декабря 2012»; «5 классы 2021» is none."""
_DAY = re.compile(_DATE, re.IGNORECASE)
_DATED = re.compile(rf"\bот\s+{_DATE}(?:\s*(?:г\.|года?))?\s*№", re.IGNORECASE)
_NAMED = re.compile(rf"\bот\s+{_DATE}.*№\s*\S", re.IGNORECASE)
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


def names_act(text: str) -> bool:
    """Return whether a text names an act as acts are known: «от» its date, and then its number."""
    return _NAMED.search(text) is not None


def dated_acts(text: str) -> Iterator[tuple[str, date]]:
    """Yield every «от 29 декабря 2012 г. №» of a text with its date; impossible dates are none."""
    for found in _DATED.finditer(text):
        day = _date_of(found)
        if day is not None:
            yield found[0], day


def _first_date(text: str) -> tuple[date | None, str]:
    found = _DAY.search(fold(text))
    if found is None:
        return None, ""
    day = _date_of(found)
    return day, "" if day is not None else found[0]


def _date_of(found: re.Match[str]) -> date | None:
    month = int(found["month"]) if found["month"] else number_of(found["word"].casefold())
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
