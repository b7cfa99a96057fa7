"""Russian of the papers: dates in words, initials, agreement, non-breaking spaces and dashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from enum import Enum
from functools import lru_cache

from app.services.months import GENITIVE

NBSP = "\N{NO-BREAK SPACE}"
_DASH = "\N{EN DASH}"

_SPACES = re.compile(r"[ \t\r\n\v\f\u2028\u2029]+")
_DASHES = re.compile(r"(?<!\S)[\u2012\u2014\u2015](?!\S)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-\u2014\u2013]\s?((?:19|20)\d\d)(?!\d)")
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"

# A space that must not become a line end; each pattern has exactly that space outside its groups.
_BOUND = tuple(
    re.compile(pattern)
    for pattern in (
        r"(№) (?=\S)",
        r"(\d) (?=%)",
        r"(\d) (?=(?:г|гг|п|пп|ч|чел|руб|тыс|млн)\.)",
        r"(\d) (?=(?:класс|год|лет\b))",
        r"(\S) (?=[\u2013\u2014] )",
        r"(?<!\d)(\d{1,2}) (?=(?:" + "|".join(GENITIVE) + r")\b)",
        r"\b((?:п|пп|ст|ч|г|с|пос|д|ул|тел)\.) (?=[\dА-ЯЁ«+(])",
        rf"({_INITIALS}) (?=[А-ЯЁ][а-яё]+)",
        rf"([А-ЯЁ][а-яё]+) (?={_INITIALS})",
    )
)

_ENDINGS_OF_TURKIC_PATRONYMICS = frozenset({"оглы", "оглу", "кызы", "гызы", "уулу"})


class Agreement(Enum):
    """Gender or number of a word that others agree with."""

    MASCULINE = "m"
    FEMININE = "f"
    NEUTER = "n"
    PLURAL = "p"


_APPROVED = {
    Agreement.MASCULINE: "УТВЕРЖДЕН",
    Agreement.FEMININE: "УТВЕРЖДЕНА",
    Agreement.NEUTER: "УТВЕРЖДЕНО",
    Agreement.PLURAL: "УТВЕРЖДЕНЫ",
}


@lru_cache(maxsize=8192)
def typeset(text: str) -> str:
    """Return ``text`` with single spaces, bound where a line must not end, and one kind of dash.

    Letters written in two signs («и» with a breve) become one; nothing is dropped.
    """
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    text = _DASHES.sub(_DASH, text)
    text = _YEARS.sub(rf"\1{_DASH}\2", text)
    for pattern in _BOUND:
        text = pattern.sub(rf"\1{NBSP}", text)
    return text


def typeset_lines(text: str) -> str:
    """Return ``text`` with each of its lines typeset; the ends of lines stay."""
    return "\n".join(typeset(line) for line in text.split("\n"))


def date_in_words(day: date) -> str:
    """Return the date as papers write it: «26 сентября 2019 г.»."""
    return typeset(f"{day.day} {GENITIVE[day.month - 1]} {day.year} г.")


def years_in_words(first: int, last: int) -> str:
    """Return «2024 год» or «2024 и 2025 годы», «2023–2025 годы», in the accusative."""
    if first == last:
        return f"{first}{NBSP}год"
    joint = " и " if last == first + 1 else _DASH
    return f"{first}{joint}{last}{NBSP}годы"


def initials(full_name: str) -> str:
    """Return «И.О. Фамилия» from surname, name and patronymic; other shapes stay as they are."""
    surname, letters = _split_name(full_name)
    return f"{letters}{NBSP}{surname}" if letters else surname


def surname_first(full_name: str) -> str:
    """Return «Фамилия И.О.», the order of names inside a sentence."""
    surname, letters = _split_name(full_name)
    return f"{surname}{NBSP}{letters}" if letters else surname


def approved(agreement: Agreement) -> str:
    """Return the first word of the stamp of approval in agreement with what is approved."""
    return _APPROVED[agreement]


def inside(phrase: str) -> str:
    """Return the phrase for the inside of a sentence: «Главный…» begins small, «МКУ…» does not."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def spaced(word: str) -> str:
    """Return the word with its letters apart, as orders print it: «п р и к а з»."""
    return " ".join(word)


def listing(items: Sequence[str]) -> str:
    """Return «а, б и в»; an empty string for nothing."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} и {items[-1]}"


def _split_name(full_name: str) -> tuple[str, str]:
    words = typeset(full_name).replace(NBSP, " ").split(" ")
    if len(words) > 3 and words[-1].casefold() in _ENDINGS_OF_TURKIC_PATRONYMICS:
        words = words[:-1]
    if len(words) not in (2, 3) or any("." in word for word in words):
        return typeset(full_name), ""
    return words[0], "".join(_initial(word) for word in words[1:])


def _initial(word: str) -> str:
    """Return «А.» or, for a double name such as Анна-Мария, «А.-М.»."""
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
