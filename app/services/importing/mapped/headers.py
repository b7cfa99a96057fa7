"""The header of an unknown table: its rows, the whole title of every column, where data begins."""

from __future__ import annotations

import re
from functools import lru_cache

from app.models.enums import AssessmentKind
from app.services.figures import catalogue
from app.services.importing import subjects
from app.services.importing.cells import is_empty, read_number
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.tables import (
    HEADER_SEARCH_ROWS,
    Vocabulary,
    is_numbering,
    key,
)

_DEEPEST = 3
"""Rows of a header at most: group, column, unit."""
_LOOKED_AT = 200
"""Rows below the header that tell whether an untitled column holds data."""
_WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    name=titles_of.NAME,
    participants=titles_of.PARTICIPANTS,
    year=titles_of.YEAR,
    grade=titles_of.GRADE,
    subject=titles_of.SUBJECT,
    district=titles_of.DISTRICT,
    mean=titles_of.MEAN,
    mark=titles_of.MARK,
    test=titles_of.TEST_SCORE,
)


def find_header_rows(sheet: Sheet) -> tuple[int, int]:
    """Return the first and last row (0-based) that look most like a header.

    The row with the most texts that are titles, of those above the first rows of numbers; rows of
    group titles above it and of units below it belong to it.  The person can move both.
    """
    rows = [row for row in sheet.filled_rows() if row < HEADER_SEARCH_ROWS]
    if not rows:
        return 0, 0
    best = max(rows, key=lambda row: (_score(sheet, row), -row))
    return _first(sheet, best), _last(sheet, best)


def _score(sheet: Sheet, row: int) -> int:
    """Return how much a row looks like a header: texts count, known titles more, numbers less."""
    texts = [text for text in sheet.texts(row) if text and not text.endswith(":")]
    known = sum(3 for text in texts if _known(text))
    numbers = sum(_is_number(text) for text in texts)
    return known + min(len(texts) - numbers, 8) - 2 * numbers


@lru_cache(maxsize=4096)
def _known(text: str) -> bool:
    """Return whether a text is a title: of a column, of a subject, of a figure of some record."""
    if _WORDS.field(text) or any(subjects.by_title(text, kind) for kind in AssessmentKind):
        return True
    folded = key(text)
    return bool(folded) and any(
        re.search(pattern, folded)
        for kind in catalogue().values()
        for figure in kind.figures
        for pattern in figure.patterns
    )


def _is_number(text: str) -> bool:
    number = read_number(text)
    return number.value is not None and text not in ("2", "3", "4", "5")


def _first(sheet: Sheet, row: int) -> int:
    """Return the first row of the header: group titles above are several and no wide title."""
    first = row
    while first > 0 and row - first < _DEEPEST - 1:
        above = [text for text in sheet.texts(first - 1) if text]
        if len(above) < 2 or any(_is_number(text) for text in above):
            break
        first -= 1
    return first


def _last(sheet: Sheet, row: int) -> int:
    """Return the last row: below it the rows of titles under merged cells, and of units."""
    last = row
    while last + 1 < sheet.height and last - row < _DEEPEST - 1:
        below = [text for text in sheet.texts(last + 1) if text]
        if not below or not all(_is_title(text) for text in below):
            break
        last += 1
    return last


def _is_title(text: str) -> bool:
    """Return whether a text can only be a title: of marks, of units, known to the program."""
    folded = key(text)
    if folded in ("%", "чел", "человек", "доля", "колво", "кол", "всего"):
        return True
    return text in ("2", "3", "4", "5") or _mark_title(text) or bool(_WORDS.field(text))


_MARKS = Vocabulary(**titles_of.MARK_COLUMNS)


def _mark_title(text: str) -> bool:
    return _MARKS.field(text) is not None


def titles(sheet: Sheet, header: tuple[int, int]) -> dict[int, str]:
    """Return the whole title of every column that has one.

    A group title counts for the columns to its right up to the next title of its own row, as a
    merged cell does; a column without a title of its own in the last rows keeps what stands above.
    """
    first, last = header
    parts: dict[int, list[str]] = {}
    for row in range(first, last + 1):
        for column, text in _spread(sheet, row, last).items():
            said = parts.setdefault(column, [])
            if text not in said:
                said.append(text)
    return {column: " ".join(said) for column, said in sorted(parts.items())}


def _spread(sheet: Sheet, row: int, last: int) -> dict[int, str]:
    """Return the titles of one row, a group's also over the columns titled below it."""
    own = {column: text for column, text in enumerate(sheet.texts(row)) if text}
    if row == last:
        return own
    spread: dict[int, str] = {}
    group = ""
    for column in range(_width(sheet, (row, last))):
        below = any(sheet.text(lower, column) for lower in range(row + 1, last + 1))
        if column in own:
            group = own[column]
            spread[column] = group
        elif below and group:
            spread[column] = group
    return spread


def _width(sheet: Sheet, header: tuple[int, int]) -> int:
    return max((len(sheet.rows[row]) for row in range(header[0], header[1] + 1)), default=0)


def first_data_row(sheet: Sheet, last: int) -> int:
    """Return the first row (0-based) below the header that is neither blank nor numbers columns."""
    for row in sheet.filled_rows(last + 1):
        if not is_numbering(sheet, row):
            return row
    return last + 1


def columns_with_data(sheet: Sheet, first: int) -> frozenset[int]:
    """Return the columns that hold anything in the first rows of data."""
    found: set[int] = set()
    for row in range(first, min(sheet.height, first + _LOOKED_AT)):
        found.update(c for c, value in enumerate(sheet.rows[row]) if not is_empty(value))
    return frozenset(found)
