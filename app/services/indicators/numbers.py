"""The number in a value as people write it: «98/98», «не менее 3», «64 %»; never a guessed one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_PATTERN = re.compile(
    r"(?<![\d.,/])(?P<sign>[-−])?(?P<whole>\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:[.,](?P<rest>\d+))?"
    r"(?![.,]?\d)"
)
_SHARE = re.compile(r"^\s*(\d+)\s+из\s+(\d+)\s*$", re.IGNORECASE)
_LOOSE_DASH = re.compile(r"(^|\s)[-−–—]\s+\d|(^|\s)[–—]\d")
"""A dash apart from its figure, or a long one: a minus or a sign of the list, nobody can tell."""
_SHARE_WORDS = re.compile(r"\b(?:доля|удельный вес|процент)\b", re.IGNORECASE)
_BROKEN = re.compile(r"^\s*(?!\d{1,3}(?:[ \u00a0]\d{3})+\s*%?\s*$)\d+(?:[ \u00a0]\d+)+\s*%?\s*$")
"""«1 0 0»: the figures of one number torn apart by the page, or several numbers."""
_SLASH = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text says in figures; ``doubt`` says in Russian why no number was taken from it."""

    number: float | None
    numerator: float | None = None
    denominator: float | None = None
    doubt: str = ""


def parse(text: str) -> Parsed:
    """Return the number in a value; of several the least, as «1; 8» promises at least one.

    «3 из 4» gives numerator and denominator, and the share in per cent where it exists.
    """
    share = _SHARE.match(text)
    if share:
        part, whole = float(share[1]), float(share[2])
        percent = 100.0 * part / whole if whole else None
        return Parsed(percent, part, whole, "" if whole else "знаменатель равен нулю")
    doubt = _doubt(text)
    if doubt:
        return Parsed(None, doubt=doubt)
    found = [_value(match) for match in _PATTERN.finditer(_without_slashes(text))]
    if _SLASH.search(text) and len(set(found)) > 1:
        return Parsed(None, doubt="неясно, часть это от целого или два значения")
    return Parsed(min(found) if found else None)


def _doubt(text: str) -> str:
    if _DATE.search(text):
        return "это похоже на дату"
    if _LOOSE_DASH.search(text):
        return "неясно, минус это или тире"
    if _BROKEN.match(text):
        return "неясно, одно это число или несколько"
    return ""


def _without_slashes(text: str) -> str:
    """Part «98/98» into two numbers; everything else stays."""
    return _SLASH.sub(" ; ", text)


def _value(match: re.Match[str]) -> float:
    whole = re.sub(r"\D", "", match["whole"])
    number = float(f"{whole}.{match['rest'] or 0}")
    return -number if match["sign"] else number


def names_share(title: str, unit: str) -> bool:
    """Return whether an indicator of that title and unit is a share in per cent."""
    in_unit = "%" in unit or "процент" in unit.casefold()
    return in_unit or (not unit and bool(_SHARE_WORDS.search(title)))


def written(number: float) -> str:
    """Return a number as people here write it: «75», «66,7»; one decimal, half up."""
    tenths = int(abs(number) * 10 + 0.5 + 1e-9)
    text = f"{tenths // 10},{tenths % 10}" if tenths % 10 else f"{tenths // 10}"
    return f"-{text}" if number < 0 and tenths else text


def value_fields(text: str, title: str, unit: str) -> dict[str, Any]:
    """Return the stored fields of a value as written, for an indicator of that title and unit."""
    parsed = parse(text)
    counted = parsed.denominator is not None and not names_share(title, unit)
    return {
        "text": text,
        "number": parsed.numerator if counted else parsed.number,
        "numerator": parsed.numerator,
        "denominator": parsed.denominator,
        "on": None,
        "evidence": "",
    }
