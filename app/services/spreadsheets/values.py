"""What a cell may hold, and how rows of raw values become tidy ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.services.spreadsheets.messages import Refused


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose cached value is an error, such as ``#Н/Д``: a fault of its row, never 0."""

    text: str


@dataclass(frozen=True, slots=True)
class UncachedFormula:
    """A cell with a formula that was never computed, so its value is not known."""

    formula: str = ""


CellValue = (
    str
    | int
    | float
    | bool
    | date
    | datetime
    | time
    | timedelta
    | CellError
    | UncachedFormula
    | None
)
Row = list[CellValue]

MAX_AREA = 3_000_000
"""Cells of the rectangle from A1 to the last filled cell: 100,000 rows of 30 columns."""

MAX_ROWS = 200_000
"""Ten times the pupils of the largest district; longer sheets take longer than a person waits."""

MAX_COLUMNS = 16_384
"""A sheet of Excel has no more; other formats get the same limit."""

_WHOLE = 2.0**53
"""Up to here a float holds every whole number exactly."""

# The file keeps the English names, Excel shows the Russian ones: a person looks for the latter.
_RUSSIAN_ERRORS = {
    "#N/A": "#Н/Д",
    "#DIV/0!": "#ДЕЛ/0!",
    "#VALUE!": "#ЗНАЧ!",
    "#REF!": "#ССЫЛКА!",
    "#NAME?": "#ИМЯ?",
    "#NUM!": "#ЧИСЛО!",
    "#NULL!": "#ПУСТО!",
    "#SPILL!": "#ПЕРЕНОС!",
    "#CALC!": "#ВЫЧИСЛ!",
    "#FIELD!": "#ПОЛЕ!",
    "#GETTING_DATA": "#ОЖИДАНИЕ_ДАННЫХ",
}
_ERRORS = {**_RUSSIAN_ERRORS, **{name: name for name in _RUSSIAN_ERRORS.values()}}


def error_cell(text: str) -> CellError:
    """Return the error cell of Excel's English or Russian name, with the Russian one."""
    return CellError(_RUSSIAN_ERRORS.get(text, text))


def error_in_text(text: str) -> CellError | None:
    """Return an error cell when a text is exactly the name of an Excel error, as CSV writes it."""
    name = _ERRORS.get(text.strip()) if "#" in text else None
    return None if name is None else CellError(name)


def column_letters(index: int) -> str:
    """Return the letters of a 0-based column: 0 is ``A``, 27 is ``AB``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def check_area(rows: int, columns: int, sheet: str) -> None:
    """Refuse a sheet whose rectangle from A1 to its last filled cell is too large to hold."""
    if rows > MAX_ROWS or rows * columns > MAX_AREA or columns > MAX_COLUMNS:
        last = column_letters(columns - 1)
        raise Refused(
            f"На листе «{sheet}» таблица тянется до строки {rows} и столбца {last}: "
            "это слишком много.",
            "Откройте файл в Excel, удалите всё лишнее далеко справа и внизу от таблицы "
            "(строки и столбцы целиком) и сохраните. Если все данные нужны, разделите их "
            "на несколько файлов.",
            sheet=sheet,
            cell=f"{last}{rows}",
        )


def number(value: float) -> int | float | CellError:
    """Return a whole float as int, any other as it is; what is no number is an error cell."""
    if value.is_integer():
        return int(value) if -_WHOLE < value < _WHOLE else value
    return value if value - value == 0 else CellError("#ЧИСЛО!")


def tidy_row(row: Sequence[Any], known: dict[str, str]) -> Row:
    """Return a raw row with empty texts as None, whole floats as int and equal texts shared.

    ``known`` holds the texts met so far: the same text kept once makes the rows small to hold and
    to send.
    """
    return [
        (known.setdefault(value, value) if value else None)
        if (kind := type(value)) is str
        else number(value)
        if kind is float
        else value
        for value in row
    ]


def trim(rows: list[Row]) -> list[Row]:
    """Drop the empty rows and columns at the end; the rows left are equally long."""
    width = 0
    height = 0
    for index, row in enumerate(rows):
        last = len(row)
        while last and row[last - 1] is None:
            last -= 1
        if last:
            height = index + 1
            width = max(width, last)
    del rows[height:]
    for row in rows:
        if len(row) > width:
            del row[width:]
        elif len(row) < width:
            row.extend([None] * (width - len(row)))
    return rows


def place(rows: list[Row], row: int, column: int, value: CellValue) -> None:
    """Put a value at a 0-based address, growing the rows as needed."""
    while len(rows) <= row:
        rows.append([])
    cells = rows[row]
    if len(cells) <= column:
        cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = value
