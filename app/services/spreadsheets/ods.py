"""OpenDocument spreadsheets, read from their XML directly.

They are rare and small, and here every cell must be told apart exactly: repeated cells, notes
inside of cells, errors (which have no type of their own in the format), formulas without a value.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from re import compile as pattern
from xml.parsers import expat

from app.services.spreadsheets.messages import DAMAGED, RESAVE, RawSheet, Refused
from app.services.spreadsheets.values import (
    CellError,
    CellValue,
    Row,
    UncachedFormula,
    check_area,
    error_in_text,
    number,
    trim,
)

_BLOCK = 1 << 16
_CONTENT = "content.xml"
_DURATION = pattern(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_NUMBERS = ("float", "percentage", "currency")
_HIDING = "table:display"

Attributes = dict[str, str]


def read_ods(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield the sheets of a book, hidden ones too.

    Raises Refused; what the zip and XML libraries raise on broken input passes through.
    """
    with zipfile.ZipFile(path) as archive, archive.open(_CONTENT) as stream:
        reader = _Content()
        while data := stream.read(_BLOCK):
            reader.feed(data)
            yield from reader.take()
        reader.feed(b"", last=True)
        yield from reader.take()


class _Content:
    """Follows content.xml from cell to cell."""

    def __init__(self) -> None:
        self._done: list[RawSheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0
        self._notes = 0
        self._sheet = RawSheet("", [])
        self._row: Row = []
        self._row_repeat = 1
        self._skipped_rows = 0
        self._skipped_cells = 0
        self._cell: Attributes = {}
        self._paragraphs: list[str] | None = None
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

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "office:annotation":
            self._notes += 1
        elif self._notes:
            return
        elif tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get(_HIDING) == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table:table":
            self._start_table(attributes)
        elif self._depth == 1:
            self._start_inside(tag, attributes)

    def _start_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            hidden = attributes.get("table:style-name", "") in self._hidden_styles
            self._sheet = RawSheet(attributes.get("table:name", ""), [], hidden)
            self._skipped_rows = 0

    def _start_inside(self, tag: str, attributes: Attributes) -> None:
        if tag == "table:table-row":
            self._row = []
            self._skipped_cells = 0
            self._row_repeat = _count(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell = attributes
            self._paragraphs = []
        elif self._paragraphs is not None:
            self._start_text(tag, attributes, self._paragraphs)

    def _start_text(self, tag: str, attributes: Attributes, texts: list[str]) -> None:
        if tag == "text:p":
            texts.append("")
        elif not texts:
            return
        elif tag == "text:s":
            texts[-1] += " " * min(_count(attributes, "text:c"), 1000)
        elif tag in ("text:tab", "text:line-break"):
            texts[-1] += " "

    def _characters(self, text: str) -> None:
        if self._paragraphs and not self._notes and self._depth == 1:
            self._paragraphs[-1] += text

    def _end(self, tag: str) -> None:
        if tag == "office:annotation":
            self._notes -= 1
        elif self._notes:
            return
        elif tag == "table:table":
            self._depth -= 1
            if self._depth == 0:
                self._sheet.rows = trim(self._sheet.rows)
                self._done.append(self._sheet)
        elif self._depth == 1 and tag == "table:table-row":
            self._end_row()
        elif self._depth == 1 and tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell(covered=tag.endswith("covered-table-cell"))

    def _end_cell(self, *, covered: bool) -> None:
        """Add a cell as often as it is repeated; empty ones are only counted until a filled one."""
        repeat = _count(self._cell, "table:number-columns-repeated")
        text = "\n".join(self._paragraphs or ())
        value = None if covered else cell_value(self._cell, text)
        self._paragraphs = None
        if value is None:
            self._skipped_cells += repeat
            return
        height = len(self._sheet.rows) + self._skipped_rows + self._row_repeat
        width = len(self._row) + self._skipped_cells + repeat
        check_area(height, width, self._sheet.name)
        self._row += [None] * self._skipped_cells + [value] * repeat
        self._skipped_cells = 0

    def _end_row(self) -> None:
        if not self._row:
            self._skipped_rows += self._row_repeat
            return
        rows = self._sheet.rows
        rows.extend([] for _ in range(self._skipped_rows))
        rows.extend(list(self._row) for _ in range(self._row_repeat))
        self._skipped_rows = 0


def _count(attributes: Attributes, name: str) -> int:
    """Return a repetition count; broken ones raise ValueError like any broken XML."""
    count = int(attributes.get(name, "1"))
    if count < 1:
        raise ValueError(name)
    return count


def cell_value(cell: Attributes, text: str) -> CellValue:
    """Return the value of a cell from its attributes and its text as displayed."""
    kind = cell.get("calcext:value-type") or cell.get("office:value-type", "")
    formula = cell.get("table:formula")
    if kind == "error" or formula is not None:
        error = error_in_text(text)
        if error or kind == "error" or text.startswith(("Err:", "Ошибка:")):
            return error or CellError(text or "#Н/Д")
        if not kind:
            return UncachedFormula(formula or "")
    return _typed(cell, kind, text)


def _typed(cell: Attributes, kind: str, text: str) -> CellValue:
    if kind in _NUMBERS:
        return number(float(cell["office:value"]))
    if kind == "boolean":
        return cell.get("office:boolean-value") == "true"
    if kind == "date":
        return _date(cell.get("office:date-value", "")) or text or None
    if kind == "time":
        return _time(cell.get("office:time-value", "")) or text or None
    return cell.get("office:string-value", text) or None


def _date(value: str) -> date | None:
    with suppress(ValueError):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return None


def _time(value: str) -> time | timedelta | None:
    match = _DURATION.fullmatch(value)
    if match is None:
        return None
    span = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4]))
    if match[1] or span >= timedelta(days=1):
        return -span if match[1] else span
    return time(span.seconds // 3600, span.seconds // 60 % 60, span.seconds % 60)
