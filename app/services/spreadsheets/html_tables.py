"""Tables of a web page that some systems hand out under the name of an Excel file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from app.services.spreadsheets.encodings import decode
from app.services.spreadsheets.messages import RawSheet, Refused
from app.services.spreadsheets.values import (
    MAX_COLUMNS,
    CellValue,
    Row,
    check_area,
    error_in_text,
    trim,
)

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "head"})
_NEW_LINE = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption"})
_DEEPEST = 50
_MOST_LINES, _LONGEST_LINE = 20, 500
"""Lines above a table that may title it, and their characters."""
_KEPT_LINES = 200

Attributes = list[tuple[str, str | None]]


def read_html(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield each table of the page as a sheet; values stay text.

    A cell that spans several rows or columns has its value at the top left, as in Excel.
    Raises Refused when there is no table.
    """
    text = _text(path.read_bytes(), note)
    # Counted before anything is made of it: a page takes seconds to read.
    check_area(sum(1 for _ in _ROW.finditer(text)), 1, _table_name(1))
    parser = _Tables()
    parser.feed(text)
    parser.close()
    sheets = [sheet for sheet in parser.finish() if sheet.rows]
    if not sheets:
        raise Refused(
            "Это веб-страница, и таблиц в ней нет.",
            "Откройте её в обозревателе или в Excel, перенесите таблицу в новую книгу "
            "и сохраните как «Книга Excel (.xlsx)».",
        )
    yield from sheets


def _text(data: bytes, note: Callable[[str], None]) -> str:
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii", "replace").lower() if match else ""
    if name in ("windows-1251", "cp1251", "koi8-r", "ibm866", "cp866"):
        return data.decode(name.replace("windows-", "cp").replace("ibm", "cp"), "replace")
    decoded = decode(data)
    if decoded.note:
        note(decoded.note)
    return decoded.text


def _table_name(number: int) -> str:
    return f"Таблица {number}"


class _Table:
    """A table being read: where its next cell goes, and which places spans have taken."""

    def __init__(self, number: int) -> None:
        self.sheet = RawSheet(_table_name(number), [])
        self._taken: dict[int, int] = {}
        self._column = 0
        self.text: list[str] | None = None
        self._span = (1, 1)

    def start_row(self) -> None:
        self.end_cell()
        self.sheet.rows.append([])
        self._column = 0
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}

    def start_cell(self, attributes: Attributes) -> None:
        self.end_cell()
        if not self.sheet.rows:
            self.start_row()
        known = dict(attributes)
        self._span = (_span(known.get("rowspan")), _span(known.get("colspan")))
        self.text = []

    def end_cell(self) -> None:
        if self.text is None:
            return
        text = _SPACES.sub(" ", "".join(self.text)).strip()
        self.text = None
        while self._taken.get(self._column, 0) > 0:
            self._column += 1
        rows, columns = self._span
        self._put(error_in_text(text) or text or None, columns)
        if rows > 1:
            taken = range(self._column - columns, self._column)
            # One more than the rows below: the count falls at the start of each.
            self._taken.update(dict.fromkeys(taken, rows))

    def _put(self, value: CellValue, columns: int) -> None:
        row: Row = self.sheet.rows[-1]
        last = self._column + columns
        check_area(len(self.sheet.rows), last, self.sheet.name)
        row.extend([None] * (last - len(row)))
        row[self._column] = value
        self._column = last


def _span(value: str | None) -> int:
    """Return a rowspan or colspan; nonsense counts as one, as browsers do."""
    if value is None or not value.isascii() or not value.isdigit():
        return 1
    return min(max(int(value[:6]), 1), MAX_COLUMNS)


class _Tables(HTMLParser):
    """Collects the tables of a page; one inside another's cell becomes a sheet of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._all: list[_Table] = []
        self._open: list[_Table] = []
        self._skip = ""
        self._beside: list[str] = [""]
        """Lines of text since the last table that stands in no other."""

    def finish(self) -> list[RawSheet]:
        """Return the tables of the page, those too that were never closed."""
        for table in self._open:
            table.end_cell()
        for table in self._all:
            trim(table.sheet.rows)
        return [table.sheet for table in self._all]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Follow tables, rows and cells."""
        if tag in _SKIPPED and not self._skip:
            self._skip = tag
        elif tag == "table":
            if len(self._open) >= _DEEPEST:
                raise ValueError("tables nested too deeply")
            self._all.append(_Table(len(self._all) + 1))
            if not self._open:
                self._all[-1].sheet.before = self._lines_above()
            self._open.append(self._all[-1])
        elif self._open and tag == "tr":
            self._open[-1].start_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].start_cell(attrs)
        elif tag in _NEW_LINE:
            self.handle_data(" ")
            self._beside.append("")

    def _lines_above(self) -> tuple[str, ...]:
        lines = (_SPACES.sub(" ", line).strip() for line in self._beside)
        found = [line for line in lines if line]
        self._beside = [""]
        return tuple(found[-_MOST_LINES:])

    def handle_endtag(self, tag: str) -> None:
        """Follow the ends of tables, rows and cells."""
        if tag == self._skip:
            self._skip = ""
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._open.pop().end_cell()
        elif tag in _NEW_LINE:
            self._beside.append("")

    def handle_data(self, data: str) -> None:
        """Keep the text of the innermost open cell, and what stands above the next table."""
        if self._skip:
            return
        if not self._open:
            self._beside[-1] = (self._beside[-1] + data)[:_LONGEST_LINE]
            del self._beside[:-_KEPT_LINES]
        elif not (table := self._open[-1].sheet).rows and data.strip():
            # The caption of a table stands inside it, above its rows.
            line = _SPACES.sub(" ", data).strip()[:_LONGEST_LINE]
            table.before = (*table.before, line)[-_MOST_LINES:]
        elif (text := self._open[-1].text) is not None:
            text.append(data)
