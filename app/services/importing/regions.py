"""Tables under one another on a sheet: each header with its titles and its rows of data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.services.importing.grid import Sheet
from app.services.importing.tables import (
    FIGURE,
    TITLE_CELLS,
    YEAR,
    Header,
    Required,
    Vocabulary,
    filled_cells,
    find_headers,
    says_nothing,
)
from app.services.table_words import pattern


@dataclass(frozen=True)
class Region:
    """A table: its header, the rows of titles that belong to it, and its rows of data (0-based)."""

    header: Header
    titles: tuple[int, ...]
    data: tuple[int, ...]
    doubtful: tuple[int, ...] = ()
    """Those of ``titles`` that stand right above a repeated header and begin no known title."""


def find_regions(
    sheet: Sheet,
    words: Vocabulary,
    required: Required,
    is_title: Callable[[Sheet, int], bool],
    *,
    heads: bool = False,
) -> tuple[Region, ...]:
    """Return every table of the sheet; a header repeated inside its own table is not a new one.

    ``is_title`` tells the row with which the titles of a next table begin; it is not asked of rows
    of many numbers, which are data whatever they begin with.  Rows under such titles that have no
    header of their own are a table under the header above: no row is lost.  With ``heads`` words
    right above a repeated header are its titles too, if doubtful ones: they are no remark on the
    table above them, and what they say may be something else.
    """
    headers = list(find_headers(sheet, words, required, sheet.height))
    regions: list[Region] = []
    titles = list(sheet.filled_rows(0, headers[0].first)) if headers else []
    doubtful: list[int] = []
    for index, header in enumerate(headers):
        end = headers[index + 1].first if index + 1 < len(headers) else sheet.height
        parts = _parts(sheet, sheet.filled_rows(header.last + 1, end), is_title)
        parts[0].titles[:] = titles
        known = parts[0], tuple(doubtful)
        doubtful = _heads(sheet, parts[-1].data) if heads and end < sheet.height else []
        titles = list(doubtful)
        if _is_only_titles(parts, end < sheet.height):
            titles, doubtful = parts.pop().titles + titles, []
        if len(parts) > 1 and all(says_nothing(sheet, row) for row in parts[0].data):
            # A title right under the header («Русский язык») follows those above the header.
            above = parts.pop(0)
            parts[0].titles[:0] = above.titles
            known = parts[0], known[1]
        for part in parts:
            data = tuple(row for row in part.data if not says_nothing(sheet, row))
            own = known[1] if part is known[0] else ()
            _add(regions, Region(header, tuple(part.titles), data, own))
    return tuple(regions)


def _heads(sheet: Sheet, data: list[int]) -> list[int]:
    """Take the words at the end of some rows away from them and return them.

    A remark, a signature, a school without figures, «продолжение таблицы» stay: they name nothing.
    """
    found: list[int] = []
    while data and _is_head(sheet, data[-1]):
        found.insert(0, data.pop())
    return found


def _is_head(sheet: Sheet, row: int) -> bool:
    if sheet.holds_more(row, TITLE_CELLS) or says_nothing(sheet, row):
        return False
    texts = [text for _, text in filled_cells(sheet, row)]
    if any(FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for text in texts):
        return False
    return pattern("between_tables", "remark").search(" ".join(texts)) is None


@dataclass
class _Part:
    """Rows under one header up to the next titles: first the titles above them, then the data."""

    titles: list[int]
    data: list[int]


def _parts(
    sheet: Sheet, rows: Iterator[int], is_title: Callable[[Sheet, int], bool]
) -> list[_Part]:
    parts = [_Part([], [])]
    numbers = sheet.numbers
    for row in rows:
        part = parts[-1]
        if numbers[row] > TITLE_CELLS:
            part.data.append(row)
            continue
        begun = len(parts) > 1 and not part.data
        if is_title(sheet, row) and not begun:
            parts.append(_Part([row], []))
        elif begun and len(filled_cells(sheet, row)) <= TITLE_CELLS and not _is_row(sheet, row):
            part.titles.append(row)
        else:
            part.data.append(row)
    return parts


def _is_row(sheet: Sheet, row: int) -> bool:
    """Return whether few cells are a row of data all the same: a name, and figures beside it."""
    texts = [text for _, text in filled_cells(sheet, row)]
    figures = [bool(FIGURE.fullmatch(text)) and not YEAR.fullmatch(text) for text in texts]
    return sum(figures) > 1 and not FIGURE.fullmatch(texts[0])


def _is_only_titles(parts: Sequence[_Part], header_follows: bool) -> bool:
    """Return whether the last part is what stands above the next header, or a remark at the end.

    One wide row among titles («Год», «2025», «Класс», «5») is not a table yet.
    """
    last = parts[-1]
    if len(parts) == 1 or (last.data and not (header_follows and len(last.data) == 1)):
        return False
    last.titles.extend(last.data)
    return True


def _add(regions: list[Region], region: Region) -> None:
    """Append a table, or its rows to the table above when its header only repeats that one."""
    previous = regions[-1] if regions else None
    if previous and not region.titles and previous.header.columns == region.header.columns:
        regions[-1] = Region(previous.header, previous.titles, previous.data + region.data)
    else:
        regions.append(region)
