"""Tables of a Word document as sheets: a table that pages cut into several becomes one again."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.importing.grid import Sheet, clean

_LONGEST_TITLE = 60
"""Characters of a title of a column; what is longer is data."""


def joined(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the tables of a document, those that continue each other as one.

    A table continues the one above when it has as many columns, nothing stands between them, and
    its first row is no other header.  Rows are counted through; the name tells what was joined.
    """
    found: list[list[Sheet]] = []
    for sheet in sheets:
        if found and _continues(found[-1], sheet):
            found[-1].append(sheet)
        else:
            found.append([sheet])
    return tuple(_join(parts) for parts in found)


def _continues(parts: Sequence[Sheet], sheet: Sheet) -> bool:
    first = parts[0]
    if sheet.before or not sheet.rows or not first.rows or "(" in sheet.name + first.name:
        return False
    if len(sheet.rows[0]) != len(first.rows[0]) or len(sheet.rows[0]) < 2:
        return False
    return _titles(sheet, 0) == _titles(first, 0) or not _is_header(sheet)


def _titles(sheet: Sheet, row: int) -> list[str]:
    return ["".join(text.casefold().split()) for text in sheet.texts(row)]


def _is_header(sheet: Sheet) -> bool:
    """Return whether the first row looks like titles: short, all of them there, no figures."""
    texts = [clean(value) for value in sheet.rows[0]]
    return all(
        text and len(text) <= _LONGEST_TITLE and not any(sign.isdigit() for sign in text)
        for text in texts
    )


def _join(parts: Sequence[Sheet]) -> Sheet:
    first = parts[0]
    if len(parts) == 1:
        return first
    rows = [row for part in parts for row in part.rows]
    merged = []
    height = 0
    for part in parts:
        merged += [(top + height, a, last + height, b) for top, a, last, b in part.merged]
        height += len(part.rows)
    numbers = [part.name.rpartition(" ")[2] for part in (first, parts[-1])]
    return Sheet(f"Таблицы {'–'.join(numbers)}", rows, False, first.before, tuple(merged))
