"""A JSON text with the line of every key, so that a complaint can point into the file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_NO_NUMBER = re.compile(
    r"(?<![\w\"])(?:NaN|-?Infinity|-?\d{400,}|-?\d[\d.]*[eE][+-]?\d{4,})(?![\w\"])"
)
"""What Python would read and no methodology can mean; so many digits it refuses itself."""
_EXPONENT = re.compile(r"[eE][+-]?\d{4,}")
LONGEST_TEXT = 2000
"""Signs; the longest sentence of an act has some five hundred."""
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of Unicode: control signs, what turns or breaks lines unseen, halves of pairs."""
_ALLOWED = "\n\t\N{SOFT HYPHEN}"
_SCALAR = re.compile(r"[^,\]}\s]+")


class NoNumberError(ValueError):
    """The text has something that stands where a number should and is none."""

    def __init__(self, line: int) -> None:
        super().__init__("not a number")
        self.lineno = line


class OddTextError(ValueError):
    """A text is too long for any title or source, or has a sign that cannot be printed."""

    def __init__(self, key: str, line: int, why: str) -> None:
        super().__init__(key)
        self.key = key
        self.line = line
        self.why = why


class KeyTwiceError(ValueError):
    """An object names one key two times; the second would silently win."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


def read_json(text: str) -> tuple[Any, Mapping[str, int]]:
    """Return the value and, for each way such as ``counted[0].subjects``, its line from 1.

    ValueError when the text is not JSON, NoNumberError for NaN and the like, KeyTwiceError when
    an object repeats a key, OddTextError for a text that could not be stored or shown.
    """
    try:
        value = json.loads(text, parse_float=_exact, parse_constant=_refuse)
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        found = _NO_NUMBER.search(text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        raise NoNumberError(line) from error
    walk = _Walk(text)
    walk.value("")
    return value, walk.lines


def _exact(text: str) -> Decimal:
    """Return the number as it is written; a power of ten of four digits would fill the memory."""
    return _refuse(text) if _EXPONENT.search(text) else Decimal(text)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


class _Walk:
    """Goes through a text that is known to be JSON and notes where each value begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0
        self.lines: dict[str, int] = {}

    def value(self, way: str) -> None:
        self._skip()
        self.lines[way] = self._line_here()
        start = self._text[self._at]
        if start == "{":
            self._object(way)
        elif start == "[":
            self._list(way)
        elif start == '"':
            self._text_of(way)
        else:
            found = _SCALAR.match(self._text, self._at)
            self._at = found.end() if found else len(self._text)

    def _object(self, way: str) -> None:
        seen: set[str] = set()
        self._at += 1
        while self._next() != "}":
            line, key = self._line_here(), self._string()
            child = f"{way}.{key}" if way else key
            if key in seen:
                raise KeyTwiceError(child, line)
            seen.add(key)
            self._skip()
            self._at += 1  # the colon
            self.value(child)
        self._at += 1

    def _list(self, way: str) -> None:
        place = 0
        self._at += 1
        while self._next() != "]":
            self.value(f"{way}[{place}]")
            place += 1
        self._at += 1

    def _next(self) -> str:
        """Go to the next item, or to the closing bracket, and return the character there."""
        self._skip()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip()
        return self._text[self._at]

    def _string(self) -> str:
        text: str
        text, self._at = scanstring(self._text, self._at + 1)
        return text

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _text_of(self, way: str) -> None:
        line, text = self._line_here(), self._string()
        if len(text) > LONGEST_TEXT:
            raise OddTextError(way, line, f"текст длиннее {LONGEST_TEXT} знаков")
        if any(unicodedata.category(sign) in _UNPRINTABLE for sign in text if sign not in _ALLOWED):
            raise OddTextError(way, line, "в тексте есть знак, который нельзя напечатать")

    def _line_here(self) -> int:
        """Return the line; only what was read since the last time is looked through again."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line
