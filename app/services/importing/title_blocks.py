"""Titles of columns that stand in several rows below a subject, brought together in one.

«Получили отметки» over «5», «4», «3», «2» says nothing that the marks do not say; «Баллы» over
«средний» is half of a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.tables import Vocabulary, is_unit, key
from app.services.table_words import words

_DEEPEST = 3
"""Rows of titles below a subject: a group, a mark, its unit."""
_FIELDS = Vocabulary(
    participants=titles_of.PARTICIPANTS,
    mean=titles_of.MEAN,
    below=titles_of.BELOW,
    **words("success_columns"),
    **titles_of.MARK_COLUMNS,
)


@dataclass(frozen=True)
class Title:
    """The title of one column, and the unit that stands below it («чел.», «%») or nothing."""

    text: str
    unit: str = ""


def head_rows(sheet: Sheet, row: int, first: int) -> range:
    """Return the rows of titles below a row of subjects (0-based) that begin in column ``first``.

    The row below the subjects is one; so are those after it in which no owner of a row stands.
    """
    last = row + 1
    while last < min(row + _DEEPEST, sheet.height - 2):
        cells = range(len(sheet.rows[last + 1]))
        owned = any(sheet.text(last + 1, column) for column in cells[:first])
        if owned or not any(sheet.text(last + 1, column) for column in cells[first:]):
            break
        last += 1
    return range(row + 1, last + 1)


def titles_below(sheet: Sheet, rows: range, columns: range) -> tuple[Title, ...]:
    """Return what the columns of a subject are called by their rows of titles, without the end
    that has no title."""
    found = [_title(sheet, rows, columns, column) for column in columns]
    while found and not found[-1].text:
        found.pop()
    return tuple(found)


def alike(titles: Sequence[Title]) -> tuple[tuple[str, str], ...]:
    """Return titles in the form in which those of two subjects are compared."""
    return tuple((key(one.text), key(one.unit)) for one in titles)


def fields(titles: Sequence[Title]) -> set[str]:
    """Return the figures of results that the titles name."""
    return {name for one in titles if (name := _FIELDS.field(one.text))}


def _title(sheet: Sheet, rows: range, columns: range, column: int) -> Title:
    said = list(_said(sheet, rows, columns, column))
    unit = said.pop(0) if said and is_unit(said[0]) else ""
    if not said:
        return Title(unit)
    leaf, *over = said
    if _FIELDS.field(leaf):
        return Title(leaf, unit)
    pairs = (pair for upper in over for pair in (f"{leaf} {upper}", f"{upper} {leaf}"))
    return Title(next((pair for pair in pairs if _FIELDS.field(pair)), leaf), unit)


def _said(sheet: Sheet, rows: range, columns: range, column: int) -> Iterator[str]:
    """Yield the titles of a column from the lowest up; above it, one of columns to the left."""
    found = False
    for row in reversed(rows):
        places = range(column, columns.start - 1, -1) if found else (column,)
        text = next(filter(None, (sheet.text(row, place) for place in places)), "")
        if text:
            found = True
            yield text
