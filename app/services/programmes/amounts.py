"""Sums of money as people write them: «400 т.р.», «6 млн руб.», 100000; pure."""

from __future__ import annotations

import re
from decimal import Decimal

from app.services.names import fold

_NUMBER = re.compile(r"-?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_SCALES = (
    (re.compile(r"млрд|миллиард"), 1_000_000_000),
    (re.compile(r"млн|миллион"), 1_000_000),
    (re.compile(r"тыс|т\.?\s*р|т\.\s*руб"), 1_000),
)
_KOPECKS = re.compile(r"\d\s*коп")


def parse_amount(text: str) -> int | float | None:
    """Return a sum in roubles; None when the text names no sum or several, and nothing is guessed.

    «400 т.р.» is 400000, «3,5 млн. руб» is 3500000, «0» is 0.  A sum with kopecks in words or a
    range is left as text.
    """
    folded = fold(text)
    found = _NUMBER.findall(folded)
    if len(found) != 1 or _KOPECKS.search(folded):
        return None
    value = Decimal(re.sub(r"[\s\u00a0\u202f]", "", found[0]).replace(",", "."))
    if value < 0:
        return None
    if "%" in folded:
        return None
    scale = next((size for words, size in _SCALES if words.search(folded)), 1)
    whole = value * scale
    return int(whole) if whole == int(whole) else float(whole)
