"""What calamine does not tell of a sheet's XML: how far it reaches, its errors, its empty formulas.

calamine makes room for the whole rectangle from the first to the last filled cell, so a file of
1.5 KB with A1 and XFD1048576 aborts the process; and it gives the same empty text for an empty
cell, for an error cell and for a formula that was never computed.  The scan therefore runs before
it, over blocks of the unpacked XML.  Sheets in the usual spelling (``<c r="A1" …>``) are scanned
with a few passes of fast byte searches; any other spelling goes through a real XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from app.services.spreadsheets.values import CellValue, UncachedFormula, error_cell
from app.services.spreadsheets.xlsx_walk import walk

Opener = Callable[[], IO[bytes]]

_BLOCK = 1 << 20
_LONGEST_ROW = 16 << 20
"""Longer rows are left to the XML parser, which needs no memory for them."""

_END = b"</sheetData>"

_WIDE_OR_DEEP = re.compile(rb'<c r="[A-Z](?:[A-Z]|[0-9]{6})')
"""Beyond column Z or row 99,999; without one the rectangle is small whatever it holds."""

_REF = re.compile(rb'<c r="([A-Z]{1,7})([0-9]{1,9})"')
_ERROR = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*? t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)<'
)
_EMPTY = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v[^>]*></v>)?\s*</c>")
_ZERO = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)<v>0</v></c>")


@dataclass(slots=True)
class Scan:
    """What a scan found; addresses are 0-based (row, column)."""

    rows: int = 0
    columns: int = 0
    """The rectangle of filled cells; exact when it is large, else it may be too small."""
    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    """Error cells and formulas without a value."""


class _Unusual(Exception):  # noqa: N818 - a turn to the other way, not an error
    """The sheet is not in the usual spelling."""


def scan(opener: Opener, sheet: str, *, stale: bool) -> Scan:
    """Return what calamine hides of a sheet.

    ``stale`` says that the workbook asks to be recomputed when opened, as programs write it that
    cannot compute: a cached 0 is then no value.  Raises Refused where calamine would silently read
    nothing (UTF-16, DOCTYPE, CDATA).
    """
    try:
        return _scan_fast(opener, stale=stale)
    except _Unusual:
        found = Scan()
        for row, column, value in walk(opener, sheet, stale=stale):
            found.rows = max(found.rows, row + 1)
            found.columns = max(found.columns, column + 1)
            if value is not None:
                found.cells[row, column] = value
        return found


def _scan_fast(opener: Opener, *, stale: bool) -> Scan:
    found = Scan()
    for block in _blocks(opener):
        _check_usual(block)
        if _WIDE_OR_DEEP.search(block):
            _measure_rows(block, found)
        else:
            _measure_last(block, 0, len(block), found)
        if b't="e"' in block:
            for match in _ERROR.finditer(block):
                found.cells[_position(match)] = error_cell(match[3].decode("utf-8", "replace"))
        if b"<f" in block:
            _find_uncached(block, found, stale=stale)
    return found


def _check_usual(block: bytes) -> None:
    """Turn to the XML parser unless every cell is spelt ``<c r="``."""
    if block.count(b"<c") != block.count(b'<c r="') or b"<!" in block:
        raise _Unusual


def _blocks(opener: Opener) -> Iterator[bytes]:
    """Yield the XML of the cells in pieces that never cut a cell in two."""
    with opener() as stream:
        rest = _up_to_cells(stream)
        while (end := rest.find(_END)) < 0:
            cut = rest.rfind(b"</row>") + 6
            if cut > 6:
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > _LONGEST_ROW:
                raise _Unusual
            data = stream.read(_BLOCK)
            if not data:
                break
            rest += data
        yield rest if end < 0 else rest[:end]


def _up_to_cells(stream: IO[bytes]) -> bytes:
    """Read to where the cells begin, and return what was read of them."""
    head = stream.read(_BLOCK)
    start = head.find(b"<sheetData")
    if start < 0 or b"<!" in head[:start] or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _Unusual
    return head[start:]


def _measure_rows(block: bytes, found: Scan) -> None:
    """Widen the rectangle by the last filled cell of every row of a block."""
    start = 0
    while (end := block.find(b"</row>", start)) >= 0:
        _measure_last(block, start, end, found)
        start = end + 6


def _measure_last(block: bytes, start: int, end: int, found: Scan) -> None:
    """Widen the rectangle by the last filled cell between two places of a block."""
    filled = block.rfind(b"</c>", start, end)
    at = block.rfind(b'<c r="', start, filled) if filled >= 0 else -1
    if at >= 0 and (match := _REF.match(block, at)):
        row, column = _position(match)
        found.rows = max(found.rows, row + 1)
        found.columns = max(found.columns, column + 1)


def _find_uncached(block: bytes, found: Scan, *, stale: bool) -> None:
    patterns = (_EMPTY, _ZERO) if stale else (_EMPTY,)
    for pattern in patterns:
        for match in pattern.finditer(block):
            at = block.rfind(b"<c ", 0, match.start())
            opening = block[at : match.start()]
            # t="str" with a value, if an empty one, is a formula that gave an empty text.
            if b' t="str"' in opening and (b"<v" in match[0]):
                continue
            if reference := _REF.match(block, at):
                formula = (match[1] or b"").decode("utf-8", "replace")
                found.cells[_position(reference)] = UncachedFormula(formula)


def _position(match: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1
