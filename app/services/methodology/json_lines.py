"""A JSON text with the line of every key, so that a complaint can point into the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_NO_NUMBER = re.compile(r"(?<![\w\"])(?:NaN|-?Infinity|-?\d{400,})(?![\w\"])")
"""What Python would read and no methodology can mean; so many digits it refuses itself."""
_SCALAR = re.compile(r"[^,\]}\s]+")


class NoNumberError(ValueError):
    """The text has something that stands where a number should and is none."""

    def __init__(self, line: int) -> None:
        super().__init__("not a number")
        self.lineno = line


class KeyTwiceError(ValueError):
    """An object names one key two times; the second would silently win."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


def read_json(text: str) -> tuple[Any, Mapping[str, int]]:
    """Return the value and, for each way such as ``counted[0].subjects``, its line from 1.

    ValueError when the text is not JSON, NoNumberError for NaN and the like, KeyTwiceError when
    an object repeats a key.
    """
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        found = _NO_NUMBER.search(text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        raise NoNumberError(line) from error
    walk = _Walk(text)
    walk.value("")
    return value, walk.lines


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


class _Walk:
    """Goes through a text that is known to be JSON and notes where each value begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.lines: dict[str, int] = {}

    def value(self, way: str) -> None:
        self._skip()
        self.lines[way] = self._line()
        start = self._text[self._at]
        if start == "{":
            self._object(way)
        elif start == "[":
            self._list(way)
        elif start == '"':
            self._string()
        else:
            found = _SCALAR.match(self._text, self._at)
            self._at = found.end() if found else len(self._text)

    def _object(self, way: str) -> None:
        seen: set[str] = set()
        self._at += 1
        while self._next() != "}":
            line, key = self._line(), self._string()
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

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1
