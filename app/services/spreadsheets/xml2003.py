"""«Таблица XML 2003»: the one-file XML that older systems hand out under the name of an .xls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from xml.parsers import expat

from app.services.spreadsheets.messages import DAMAGED, RESAVE, RawSheet, Refused
from app.services.spreadsheets.values import (
    CellValue,
    UncachedFormula,
    check_area,
    error_cell,
    number,
    place,
    trim,
)

_BLOCK = 1 << 16
Attributes = dict[str, str]


def read_xml2003(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield the sheets of a book, hidden ones too.

    Raises Refused; what the XML library raises on broken input passes through.
    """
    reader = _Book()
    with path.open("rb") as stream:
        while data := stream.read(_BLOCK):
            reader.feed(data)
            yield from reader.take()
    reader.feed(b"", last=True)
    yield from reader.take()


class _Book:
    """Follows Worksheet, Row, Cell and Data; tags come with their prefixes cut off."""

    def __init__(self) -> None:
        self._done: list[RawSheet] = []
        self._sheet = RawSheet("", [])
        self._row = -1
        self._column = -1
        self._across = 0
        self._formula: str | None = None
        self._kind = ""
        self._text: list[str] | None = None
        self._filled = False
        self._in_comment = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Parse the next piece."""
        self._parser.Parse(data, last)

    def take(self) -> list[RawSheet]:
        """Return the sheets finished since the last call."""
        done, self._done = self._done, []
        return done

    def _doctype(self, *_: object) -> None:
        raise Refused(DAMAGED, RESAVE)

    def _start(self, tag: str, raw: Attributes) -> None:
        attributes = {name.rpartition(":")[2]: value for name, value in raw.items()}
        name = tag.rpartition(":")[2]
        if name == "Worksheet":
            self._sheet = RawSheet(attributes.get("Name", ""), [])
            self._row = -1
        elif name == "Row":
            self._row = int(attributes.get("Index", self._row + 2)) - 1
            self._column = -1
            self._across = 0
        elif name == "Cell":
            self._start_cell(attributes)
        elif name == "Comment":
            self._in_comment = True
        elif name in ("Data", "Visible") and not self._in_comment:
            self._kind = attributes.get("Type", "String")
            self._text = []

    def _start_cell(self, attributes: Attributes) -> None:
        following = self._column + self._across + 2
        self._column = int(attributes.get("Index", following)) - 1
        self._across = int(attributes.get("MergeAcross", "0"))
        self._formula = attributes.get("Formula")
        self._filled = False

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "Data" and self._text is not None:
            self._put(_value(self._kind, "".join(self._text)))
            self._text = None
        elif name == "Cell" and self._formula is not None and not self._filled:
            self._put(UncachedFormula(self._formula))
        elif name == "Visible" and self._text is not None:
            self._sheet.hidden = "".join(self._text).strip() != "SheetVisible"
            self._text = None
        elif name == "Comment":
            self._in_comment = False
        elif name == "Worksheet":
            trim(self._sheet.rows)
            self._done.append(self._sheet)

    def _put(self, value: CellValue) -> None:
        self._filled = True
        if value is None:
            return
        if self._row < 0 or self._column < 0:
            raise ValueError("a cell before the first one")
        check_area(self._row + 1, self._column + 1, self._sheet.name)
        place(self._sheet.rows, self._row, self._column, value)


def _value(kind: str, text: str) -> CellValue:
    if kind == "Number":
        return number(float(text))
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "Error":
        return error_cell(text.strip())
    if kind == "DateTime":
        with suppress(ValueError):
            moment = datetime.fromisoformat(text.strip())
            return moment if moment.time() != datetime.min.time() else moment.date()
    return text or None
