"""How names of people and organizations are compared; pure."""

from __future__ import annotations

import re

from app.services.names import fold, russian

_SIGNS = re.compile(r"[«»\"'„“”`().,;:]+")
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")
_NUMBERS = re.compile(r"\d+")
_WORD = re.compile(r"[а-яё]+", re.IGNORECASE)
_SMALL = frozenset({"и", "в", "на", "по", "с", "при", "для", "о", "об"})

_SEPARATORS = re.compile(r"[;,\n\r]")
_BRACKETS = {"«": "»", "(": ")", "„": "“"}


def key(name: str) -> str:
    """Return a name folded for comparison: case, ё, quotes, full stops, dashes, look-alikes."""
    bare = _SIGNS.sub(" ", russian(name).replace("\u00a0", " "))
    return _SPACES.sub(" ", fold(_DASHES.sub("-", bare))).strip()


def squashed(text: str) -> str:
    """Return only the letters of a text, folded: how a name is looked for inside a paper."""
    return "".join(_WORD.findall(fold(russian(text))))


def numbers(name: str) -> frozenset[str]:
    """Return the numbers in a name: «школа № 1» is never «школа № 15»."""
    return frozenset(number.lstrip("0") for number in _NUMBERS.findall(name))


def letters_of(name: str) -> frozenset[str]:
    """Return the abbreviations that a name may be called by: РМК, also without small words."""
    words = [word for word in key(name).replace("-", " ").split() if word.isalpha()]
    whole = "".join(word[0] for word in words)
    bare = "".join(word[0] for word in words if word not in _SMALL)
    return frozenset(short for short in (whole, bare) if len(short) > 1)


def is_abbreviation(name: str) -> bool:
    """Return whether a name is one word in capitals, such as РМК or ИРО."""
    bare = name.strip()
    return bare.isalpha() and bare.isupper() and 2 <= len(bare) <= 8


def short_person(name: str) -> tuple[str, str] | None:
    """Return folded surname and initials of «Фамилия И.О.» or «И.О. Фамилия», else None."""
    words = fold(russian(name)).replace(".", ". ").split()
    full = [word for word in words if "." not in word and len(word) > 1]
    letters = [word.rstrip(".") for word in words if "." in word or len(word) == 1]
    if len(full) != 1 or not 1 <= len(letters) <= 2 or any(len(one) != 1 for one in letters):
        return None
    return full[0], "".join(letters)


def shortened(full_name: str) -> tuple[str, str]:
    """Return folded surname and initials of a full name, to compare with ``short_person``."""
    words = fold(russian(full_name)).split()
    return (words[0] if words else "", "".join(word[0] for word in words[1:3]))


def tidy(text: str) -> str:
    """Return a text with single spaces and without any at its ends."""
    return _SPACES.sub(" ", text.replace("\u00a0", " ")).strip()


def split_names(cell: str) -> tuple[str, ...]:
    """Return the names listed in a cell: apart by commas, semicolons and line ends.

    A comma inside quotes or brackets does not part names; a name that comes twice stays once.
    """
    parts, depth, start = [], 0, 0
    closing = set(_BRACKETS.values())
    for index, sign in enumerate(cell):
        if sign in _BRACKETS:
            depth += 1
        elif sign in closing and depth:
            depth -= 1
        elif depth == 0 and _SEPARATORS.match(sign):
            parts.append(cell[start:index])
            start = index + 1
    parts.append(cell[start:])
    listed = [tidy(part).lstrip("-–—• ") for part in parts]
    return tuple(dict.fromkeys(part for part in listed if part))
