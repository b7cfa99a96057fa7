"""Old Excel books (BIFF8), as little of the format as a reader needs; nothing else writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.hostile.ole import compound

_ERROR_CODES = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#N/A": 42}


@dataclass(frozen=True)
class Fault:
    """An error cell by Excel's English name."""

    name: str


@dataclass(frozen=True)
class Day:
    """A cell shown as a date: days since the book's beginning of time."""

    serial: float


Cell = str | float | bool | Fault | Day | None


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    first: tuple[int, int] = (0, 0),
    hidden: Sequence[str] = (),
    since_1904: bool = False,
    encrypted: bool = False,
) -> bytes:
    """Return an .xls file; the rows of every sheet begin at the 0-based address ``first``."""
    stream = stream_of(
        sheets, first=first, hidden=hidden, since_1904=since_1904, encrypted=encrypted
    )
    return compound({"Workbook": stream})


def stream_of(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    first: tuple[int, int] = (0, 0),
    hidden: Sequence[str] = (),
    since_1904: bool = False,
    encrypted: bool = False,
) -> bytes:
    """Return the Workbook stream alone."""
    bodies = [_sheet(rows, first) for rows in sheets.values()]
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    if encrypted:
        start += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + b"\x5a" * 48)
    start += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", since_1904))
    start += b"".join(_format(number) for number in (0, 14))
    sizes = [len(_bound(name, 0, hidden=False)) for name in sheets]
    offset = len(start) + sum(sizes) + 4
    bounds = b""
    for name, body in zip(sheets, bodies, strict=True):
        bounds += _bound(name, offset, hidden=name in hidden)
        offset += len(body)
    return start + bounds + _record(0x0A, b"") + b"".join(bodies)


def old_workbook(rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    """Return a book of Excel 5 (BIFF5) whose texts are bytes in an encoding it does not name."""
    start = _record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    bound = _record(0x85, struct.pack("<IHB", len(start) + 4 + 7 + 3 + 4, 0, 3) + b"Old")
    body = [_record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))]
    for index, cells in enumerate(rows):
        for column, value in enumerate(cells):
            encoded = value.encode(encoding)
            head = struct.pack("<HHHH", index, column, 0, len(encoded))
            body.append(_record(0x204, head + encoded))
    stream = start + bound + _record(0x0A, b"") + b"".join(body) + _record(0x0A, b"")
    return compound({"Book": stream})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _format(number: int) -> bytes:
    """Return an XF record: style 0 is general, style 1 a date."""
    return _record(0xE0, struct.pack("<HHH", 0, number, 0) + b"\0" * 14)


def _bound(name: str, offset: int, *, hidden: bool) -> bytes:
    head = struct.pack("<IBBBB", offset, int(hidden), 0, len(name), 1)
    return _record(0x85, head + name.encode("utf-16-le"))


def _sheet(rows: Sequence[Sequence[Cell]], first: tuple[int, int]) -> bytes:
    top, left = first
    bottom = top + len(rows)
    right = left + max(map(len, rows), default=0)
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
    parts.append(_record(0x200, struct.pack("<IIHHH", top, bottom, left, right, 0)))
    for index, cells in enumerate(rows, top):
        parts.extend(
            _cell(index, column, value)
            for column, value in enumerate(cells, left)
            if value is not None
        )
    return b"".join(parts) + _record(0x0A, b"")


def _cell(row: int, column: int, value: Cell) -> bytes:
    style = 1 if isinstance(value, Day) else 0
    head = struct.pack("<HHH", row, column, style)
    if isinstance(value, bool):
        return _record(0x205, head + bytes((value, 0)))
    if isinstance(value, Fault):
        return _record(0x205, head + bytes((_ERROR_CODES[value.name], 1)))
    if isinstance(value, str):
        encoded = value.encode("utf-16-le")
        return _record(0x204, head + struct.pack("<HB", len(value), 1) + encoded)
    number = value.serial if isinstance(value, Day) else value
    assert number is not None
    return _record(0x203, head + struct.pack("<d", number))
