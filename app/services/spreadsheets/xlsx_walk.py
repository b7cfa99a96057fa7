"""The slow and exact way through a sheet's XML, for the spellings that few programs write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from app.services.spreadsheets.messages import RESAVE, Refused
from app.services.spreadsheets.values import CellValue, UncachedFormula, error_cell

_REF = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")
_BLOCK = 1 << 16

Found = tuple[int, int, CellValue]


def walk(opener: Callable[[], IO[bytes]], sheet: str, *, stale: bool) -> Iterator[Found]:
    """Yield row, column (0-based) and the hidden value of every filled cell of a sheet.

    The value is an error or an uncomputed formula, None for any other.  ``stale`` as in ``scan``.
    Raises Refused where calamine would silently read nothing.
    """
    walker = _Walker(sheet, stale=stale)
    with opener() as stream:
        first = stream.read(_BLOCK)
        if first[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in first[:4]:
            raise unreadable(sheet)
        walker.feed(first)
        while data := stream.read(_BLOCK):
            walker.feed(data)
            yield from walker.take()
        walker.feed(b"", last=True)
        yield from walker.take()


def unreadable(sheet: str) -> Refused:
    """Return the refusal of a sheet whose XML calamine would silently pass over."""
    return Refused(
        f"Лист «{sheet}» записан необычным способом, прочитать его нельзя.", RESAVE, sheet=sheet
    )


class _Walker:
    """Follows rows and cells, with or without their addresses, as calamine does."""

    def __init__(self, sheet: str, *, stale: bool) -> None:
        self._sheet = sheet
        self._stale = stale
        self._found: list[Found] = []
        self._row = -1
        self._column = -1
        self._kind = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._inline = False
        self._text: list[str] | None = None
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartCdataSectionHandler = self._refuse
        self._parser = parser

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Parse the next piece."""
        self._parser.Parse(data, last)

    def take(self) -> list[Found]:
        """Return the cells found since the last call."""
        found, self._found = self._found, []
        return found

    def _refuse(self, *_: object) -> None:
        raise unreadable(self._sheet)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
        elif name == "c":
            self._start_cell(attributes)
        elif name in ("f", "v"):
            self._text = []
        elif name == "is":
            self._inline = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if match := _REF.fullmatch(attributes.get("r", "")):
            self._row = int(match[2]) - 1
            self._column = _column(match[1])
        self._kind = attributes.get("t", "n")
        self._formula = self._value = None
        self._inline = False

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "f" and self._text is not None:
            self._formula, self._text = "".join(self._text), None
        elif name == "v" and self._text is not None:
            self._value, self._text = "".join(self._text), None
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        hidden = self._hidden()
        if hidden is not None or self._value or self._inline:
            self._found.append((self._row, self._column, hidden))

    def _hidden(self) -> CellValue:
        if self._kind == "e":
            return error_cell(self._value or "#Н/Д")
        if self._formula is None:
            return None
        if self._value == "" and self._kind == "str":
            return None
        if not self._value or (self._stale and self._value == "0"):
            return UncachedFormula(self._formula)
        return None


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
