"""How deep a heading of a planning table lies: by its number, or by its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NUMBER = re.compile(r"((?:\d+|[IVXІ]+)(?:\s?\.\s?\d+)*)\s?([.)])\s*(?=\S)")
_FACTOR = re.compile(r"фактор\w*\s+риска", re.IGNORECASE)
_SECTION = re.compile(r"раздел\b|[ivxі]+\.", re.IGNORECASE)

_PLAIN = 50
_RISK = 60
_INSIDE = 70
"""Kinds deeper than any number: a plain heading stands below numbered ones, a factor below it,
one that a column beside the activities names below them all."""


def heading_number(text: str) -> tuple[str, str]:
    """Return the number that a heading begins with, as written, and the rest of it."""
    match = _NUMBER.match(text)
    if match is None:
        return "", text
    return match[1] + match[2], text[match.end() :]


@dataclass
class Levels:
    """The headings that a line stands under, by how deep their kind is."""

    _open: list[int] = field(default_factory=list)

    def place(self, number: str, title: str, *, inside: bool = False) -> int:
        """Return the level of one more heading, 1 at the top."""
        depth = _INSIDE if inside else _depth(number, title)
        while self._open and self._open[-1] >= depth:
            self._open.pop()
        self._open.append(depth)
        return len(self._open)


def _depth(number: str, title: str) -> int:
    if _FACTOR.match(title):
        return _RISK
    if number:
        return number.replace(" ", "").rstrip(".)").count(".") + 1
    return 0 if _SECTION.match(title) else _PLAIN
