"""Text tables: rows of values between «;», commas, tabs or «|», all of them kept as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.services.spreadsheets.encodings import decode
from app.services.spreadsheets.messages import RawSheet, Refused
from app.services.spreadsheets.values import Row, check_area, error_in_text, trim

SHEET = "Таблица"
"""Name given to the one sheet of a text table."""

_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_LINES = 200
_LONGEST_FIELD = 1 << 20
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield the one sheet of a text table; numbers stay text, with their decimal commas.

    The line of ``sep=;`` that Excel understands is a row like the others, so that rows keep their
    numbers.  Raises Refused when the table is too large.
    """
    decoded = decode(path.read_bytes())
    if decoded.note:
        note(decoded.note)
    text = decoded.text.rstrip("\x1a\0")
    delimiter = find_delimiter(text)
    rows = _tidy(_parse(text, delimiter, note))
    check_area(len(rows), max(map(len, rows), default=0), SHEET)
    yield RawSheet(SHEET, trim(rows))


def find_delimiter(text: str) -> str:
    """Return the separator that cuts most rows into equally many fields, more than one.

    A decimal comma makes the comma look like a separator; where two are as good, the order tab,
    «;», comma decides.
    """
    if match := _EXCEL_HINT.match(text):
        return match[1]
    lines = text[: 1 << 18].splitlines(keepends=True)[:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda mark: (_regularity(lines, mark), -_DELIMITERS.index(mark)))


def _regularity(lines: list[str], mark: str) -> float:
    """Return the share of rows of the most common width above one, less what decimals explain."""
    widths = Counter(len(row) for row in _reader(lines, mark, csv.QUOTE_MINIMAL))
    total = sum(widths.values())
    common = max((count for width, count in widths.items() if width > 1), default=0)
    share = common / total if total else 0.0
    if mark == "," and _decimals(lines):
        share /= 2
    return round(share, 2)


def _decimals(lines: list[str]) -> bool:
    """Return whether the commas are mostly decimal ones, with «;» or tabs around them."""
    text = "".join(lines)
    inside = len(re.findall(r"\d,\d", text))
    return inside * 2 > text.count(",") and (text.count(";") > inside or text.count("\t") > inside)


def _reader(lines: Any, mark: str, quoting: int, *, strict: bool = False) -> Any:
    csv.field_size_limit(_LONGEST_FIELD)
    return csv.reader(lines, delimiter=mark, quoting=quoting, strict=strict)  # type: ignore[arg-type]


def _parse(text: str, mark: str, note: Callable[[str], None]) -> list[list[str]]:
    """Return the fields; a quote never closed is an ordinary sign, not the start of a big cell."""
    try:
        return list(_reader(io.StringIO(text, newline=""), mark, csv.QUOTE_MINIMAL, strict=True))
    except csv.Error:
        note(
            "Кавычки в файле расставлены с ошибками, поэтому они прочитаны как обычные знаки: "
            "проверьте названия."
        )
    try:
        return list(_reader(text.splitlines(), mark, csv.QUOTE_NONE))
    except csv.Error as error:
        raise Refused(
            "Файл не похож на таблицу: одна из ячеек длиннее миллиона знаков.",
            "Откройте файл в Excel, проверьте его и сохраните как «Книга Excel (.xlsx)».",
        ) from error


def _tidy(rows: list[list[str]]) -> list[Row]:
    known: dict[str, str] = {}
    return [
        [
            None
            if not text
            else (error_in_text(text) or known.setdefault(text, text))
            if "#" in text
            else known.setdefault(text, text)
            for text in row
        ]
        for row in rows
    ]
