"""Lines of a table cell: greedy breaking by remembered widths of words, Russian hyphenation.

reportlab's Paragraph does this too, four times slower than drawing plain strings; a programme of
a hundred pages is mostly such cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

import pyphen
from reportlab.pdfbase import pdfmetrics

from app.services.documents.pdf.fonts import register

_AFTER = "-\N{EN DASH}/+"
"""Signs after which a word may break without a hyphen of its own."""
_PUNCTUATION = '.,;:!?)»"'
_ABBREVIATION = re.compile(r"[А-ЯЁA-Z]{2,6}(?:\+[А-ЯЁA-Z]{2,6})*")
_LEAST_PIECE = 2
"""Letters that stay on each side of a hyphen (правила переноса: not one letter alone)."""


class Hyphens(Enum):
    """Which words are hyphenated: none, those longer than a line, or all that fill a line."""

    NONE = "none"
    LONG = "long"
    FILL = "fill"


class Wrapper:
    """Breaks texts into lines; one per document, so that the width of a word is found once."""

    def __init__(self) -> None:
        register()
        self._widths: dict[tuple[str, str], float] = {}

    def width(self, text: str, font: str) -> float:
        """Return the width of the text in a type of one point."""
        key = (text, font)
        found = self._widths.get(key)
        if found is None:
            found = self._widths[key] = pdfmetrics.stringWidth(text, font, 1)
        return found

    def lines(
        self, text: str, font: str, size: float, width: float, *, hyphens: Hyphens
    ) -> tuple[str, ...]:
        """Return the lines of the text in ``width`` points; ``\\n`` begins a new paragraph."""
        room = width / size
        made: list[str] = []
        for paragraph in text.split("\n"):
            if self.width(paragraph, font) <= room:
                made.append(paragraph)
            else:
                made += self._paragraph(paragraph, font, room, hyphens)
        return tuple(made)

    def _paragraph(self, text: str, font: str, room: float, hyphens: Hyphens) -> Iterator[str]:
        space = self.width(" ", font)
        line, used = "", 0.0
        for word in text.split(" "):
            size = self.width(word, font)
            gap = space if line else 0.0
            if used + gap + size <= room:
                line, used = (f"{line} {word}", used + gap + size) if line else (word, size)
                continue
            hyphenate = hyphens is Hyphens.FILL or (hyphens is Hyphens.LONG and size > room)
            head, rest = self._break(word, font, room - used - gap, hyphenate)
            if head:
                line = f"{line} {head}" if line else head
            if line:
                yield line
            *whole, line = self._pieces(rest, font, room, hyphens is not Hyphens.NONE)
            yield from whole
            used = self.width(line, font)
        if line:
            yield line

    def _pieces(self, word: str, font: str, room: float, hyphenate: bool) -> list[str]:
        """Return a word in as many pieces as the width asks, the last one for its line."""
        pieces: list[str] = []
        # One letter stands even where there is no room for it: the loop must end.
        while len(word) > 1 and self.width(word, font) > room:
            head, rest = self._break(word, font, room, hyphenate)
            if not head:
                head, rest = self._cut(word, font, room)
            pieces.append(head)
            word = rest
        return [*pieces, word]

    def _break(self, word: str, font: str, room: float, hyphenate: bool) -> tuple[str, str]:
        """Return the longest beginning of the word that fits and what is left; or nothing."""
        for place, sign in _breaks(word, hyphenate):
            head = word[:place] + sign
            if self.width(head, font) <= room:
                return head, word[place:]
        return "", word

    def _cut(self, word: str, font: str, room: float) -> tuple[str, str]:
        """Cut a word that has no place to break, such as an address of a page."""
        end = 1
        while end < len(word) and self.width(word[: end + 1], font) <= room:
            end += 1
        return word[:end], word[end:]


@lru_cache(maxsize=20_000)
def _breaks(word: str, hyphenate: bool) -> tuple[tuple[int, str], ...]:
    """Return the places where the word may break, last first, with the sign added there."""
    plain = [
        (index + 1, "")
        for index, sign in enumerate(word[:-1])
        if sign in _AFTER and index + 1 >= _LEAST_PIECE
    ]
    soft = [(place, "-") for place in _hyphens(word)] if hyphenate else []
    return tuple(sorted({*plain, *soft}, reverse=True))


def _hyphens(word: str) -> list[int]:
    bare = word.rstrip(_PUNCTUATION)
    if _ABBREVIATION.fullmatch(bare):
        return []  # правила переноса: an abbreviation in capitals is not divided
    places: list[int] = _dictionary().positions(bare)
    return [place for place in places if _LEAST_PIECE <= place <= len(bare) - _LEAST_PIECE]


@lru_cache(maxsize=1)
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="ru_RU")
