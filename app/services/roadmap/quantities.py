"""Quantities as people write them: «не менее 3», «1; 8», «100 %», and the number in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DASHES = re.compile(r"[‐‑‒–—―−]")
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_PIECES = re.compile(r"\d\s+\d(?!\d\d(?!\d))")
_AT_LEAST = re.compile(r"не\s?мен(?:ее?|ьше)|от\s?\d|минимум|более")
_AT_MOST = re.compile(r"не\s?более|до\s?\d|максимум|не\s?выше")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity: its text, the number in it, and what is doubtful about it.

    ``number`` is the least that satisfies the text, so of several («1; 8», «2–3») the smallest;
    None where there is no number or it is not certain.  ``problem`` is a Russian sentence.
    """

    text: str
    number: float | None = None
    at_least: bool = False
    at_most: bool = False
    problem: str = ""


def parse_quantity(text: str) -> Quantity:
    """Return the quantity of a cell; a text without a number is kept without one."""
    plain = _DASHES.sub("-", text).casefold().replace("ё", "е").strip()
    if not re.search(r"\d", plain):
        return Quantity(text)
    if re.match(r"-\s?\d", plain):
        problem = f"«{text.strip()}»: не ясно, минус это или тире; число не взято."
        return Quantity(text, problem=problem)
    numbers = [_number(found) for found in _NUMBER.findall(_joined(plain))]
    if _PIECES.search(plain) and len(numbers) > 1 and not re.search(r"[;,\-а-я]", plain):
        problem = f"«{text.strip()}»: цифры разделены пробелом; число не взято."
        return Quantity(text, problem=problem)
    at_most = bool(_AT_MOST.search(plain))
    return Quantity(text, min(numbers), bool(_AT_LEAST.search(plain)) and not at_most, at_most)


def _joined(plain: str) -> str:
    """Return the text with «1, 8» as two numbers: only a comma between digits is a decimal one."""
    return re.sub(r",\s+", "; ", plain)


def _number(text: str) -> float:
    return float(re.sub(r"[ \u00a0]", "", text).replace(",", "."))
