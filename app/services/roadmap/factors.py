"""The risk factor that a heading is about, by its words: numbers differ from plan to plan."""

from __future__ import annotations

import re

from app.services.support import shipped_factors

_HEADING = re.compile(r"фактор\w*\s+риска[\s:№]*\d*[\s.:–-]*(.*)", re.IGNORECASE | re.DOTALL)
_SAME = 0.6
"""So much of the words must be common: «Дефицит кадров» is not «Дефицит педагогических кадров»
by half."""


def factor_of(title: str) -> str:
    """Return the key of the factor that a heading «Фактор риска N. …» names, else nothing."""
    match = _HEADING.match(title)
    if match is None:
        return ""
    words = _words(match[1])
    scored = [(_likeness(words, _words(one.title)), one.key) for one in shipped_factors()]
    best, key = max(scored, default=(0.0, ""))
    return key if best >= _SAME else ""


def _words(text: str) -> frozenset[str]:
    """Return the stems of the words that mean something."""
    return frozenset(word[:6] for word in re.findall(r"[а-яё]{3,}", text.casefold()))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
