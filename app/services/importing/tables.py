"""Finds tables in a sheet: headers by their titles, what stands above, the rows of data below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from app.services.importing.cells import is_empty
from app.services.importing.grid import Sheet, address, clean, column_letters

HEADER_SEARCH_ROWS = 60
"""How far down recognition looks for the first header; real files have 0–8 title rows."""

_LOOK_ALIKES = str.maketrans("aekmhopctyxb", "аекмнорстухв")
_TOTAL = re.compile(r"всего|итого|вцелом|средн(?:ее|ий)по")
_AVERAGE = re.compile(r"средн(?:ее|ий|ие|яя)(?:по|значени|показател)|средн(?:ее|ий|яя)$")
FIGURE = re.compile(r"[-–—]|\d{1,4}(?:[.,]\d+)?\s*%?")
"""A number that is no code of a school."""
YEAR = re.compile(r"20\d\d")
_UNITS = frozenset({"чел", "человек", "%", "доля", "процент", "колво", "количество", "вчел", "в%"})
_DIGITS_FIRST = re.compile(r"\d+(?:[.,]\d+)?\s*%?$|\S*\d{3,}")
"""A number, or a code: no title of a column."""
TITLE_CELLS = 3
"""A row of more cells is data, not a title."""
_ELSE = "_else"
_DEEPEST = 4
"""So many rows a header has at most."""
_OWNERS = frozenset({"name", "group", "fisoko", "rcoi", "code"})
"""Fields that say whose a row is."""
_TOTAL_CELLS = 4
"""«Итого» stands in one of the first cells of its row, beside or under the names."""


@lru_cache(maxsize=32768)
def key(text: str) -> str:
    """Return a title in the form in which titles are compared.

    Case, ё, spaces, line breaks, hyphens and Latin look-alikes do not count; «№» and «%» stay.
    """
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return "".join(c for c in folded.translate(_LOOK_ALIKES) if c.isalnum() or c in "№%")


def is_unit(text: str) -> bool:
    """Return whether a title only says in what the column above it counts."""
    return key(text) in _UNITS


class Vocabulary:
    """Titles of the columns that a layout knows: field -> pattern over the whole ``key``.

    The first field that fits wins, so the narrower pattern stands first.  A field called
    ``NAME_else`` serves as NAME where a header has no column of that: pupils of a class are the
    participants only in a table that does not count those who took part.
    """

    def __init__(self, **patterns: str) -> None:
        self._sources = patterns
        self._fields = lru_cache(maxsize=8192)(self._find)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        # Made for the first title: the patterns of all layouts take longer than a small file.
        return {name: re.compile(source) for name, source in self._sources.items()}

    def field(self, text: str) -> str | None:
        """Return the field that a title names, or None."""
        return self._fields(text)

    def _find(self, text: str) -> str | None:
        folded = key(text)
        return next((n for n, p in self._patterns.items() if folded and p.fullmatch(folded)), None)


Required = Sequence[frozenset[str]]
"""Each set needs at least one of its fields in the header."""


def require(*alternatives: str) -> Required:
    """Return required fields; ``"fisoko|rcoi"`` asks for either."""
    return tuple(frozenset(text.split("|")) for text in alternatives)


@dataclass(frozen=True)
class Header:
    """A header: its 0-based first and last row, the column of each field, every title."""

    first: int
    last: int
    columns: Mapping[str, int]
    titles: Mapping[int, str]

    def has(self, *fields: str) -> bool:
        """Return whether the header has all these fields."""
        return all(name in self.columns for name in fields)

    def letters(self, name: str) -> str:
        """Return the column letters of a field."""
        return column_letters(self.columns[name])

    def span(self, column: int) -> range:
        """Return the columns from a title up to the next one: its merged cell.

        The last title is given one column more, for nothing tells where its merged cell ends.
        """
        later = [other for other in self.titles if other > column]
        return range(column, min(later, default=column + 2))


def find_header(
    sheet: Sheet, words: Vocabulary, required: Required, limit: int = HEADER_SEARCH_ROWS
) -> Header | None:
    """Return the first header within ``limit`` rows, or None."""
    return next(find_headers(sheet, words, required, min(limit, sheet.height)), None)


def find_headers(sheet: Sheet, words: Vocabulary, required: Required, end: int) -> Iterator[Header]:
    """Yield every header above a row (0-based), repeated ones too."""
    after = 0
    for row in sheet.worded_rows:
        if row >= end:
            return
        header = _header_at(sheet, row, words, required) if row >= after else None
        if header:
            yield header
            after = header.last + 1


def _header_at(sheet: Sheet, row: int, words: Vocabulary, required: Required) -> Header | None:
    if not _may_be_header(sheet, row, words):
        return None
    top = _titles(sheet, row)
    header = _header(row, row, top, words)
    if _enough(header, required):
        return _with_units(sheet, header, words)
    deeper = _two_row_header(sheet, row, top, words, required)
    deeper = deeper or _deep_header(sheet, row, top, words, required)
    return _with_units(sheet, deeper, words) if deeper else None


def _with_units(sheet: Sheet, header: Header, words: Vocabulary) -> Header:
    """Return the header with its second row, where there is one.

    Under a header that is enough by itself may stand units («чел.», «%»), or titles of columns
    that the first row only groups («Коды» over «ФИС ОКО» and «РЦОИ»).
    """
    row = header.last + 1
    below = _titles(sheet, row)
    grouped = {column: text for column, text in below.items() if not is_unit(text)}
    found = _header(row, row, grouped, words).columns
    if below and (_are_parts(sheet, row, header.titles, below) or _are_units(header, below)):
        return _with_parts(header, row, below, words)
    if not below or len(found) < len(grouped) or found.keys() & header.columns.keys():
        return header
    joined = _joined(header.titles, below, words)
    return Header(header.first, row, {**found, **header.columns}, joined)


def _are_parts(sheet: Sheet, row: int, top: Mapping[int, str], below: Mapping[int, str]) -> bool:
    """Return whether a row only divides merged titles above it: it is words, and no row of data.

    Every cell stands under a merged title, which leaves the columns to its right blank.
    """
    merged = {c for c in below if c not in top and (c - 1 in below or c - 1 in top)}
    starts = {c for c in below if c in top and c + 1 in merged}
    words = all(type(sheet.at(row, c)) is str and not _DIGITS_FIRST.match(below[c]) for c in below)
    return bool(merged) and words and merged | starts == below.keys()


def _are_units(header: Header, below: Mapping[int, str]) -> bool:
    """Return whether a row says in which units the columns are, a word of its own among them.

    «чел.», «%», «средний»: under the title that says whose a row is nothing stands.
    """
    owners = {header.columns[name] for name in _OWNERS & header.columns.keys()}
    units = sum(key(text) in _UNITS for text in below.values())
    worded = not any(_DIGITS_FIRST.match(text) for text in below.values())
    return units > 1 and worded and bool(owners) and not owners & below.keys()


def _with_parts(header: Header, row: int, below: Mapping[int, str], words: Vocabulary) -> Header:
    """Return the header with the titles of the parts; a part that says more names its column."""
    joined = _joined(header.titles, below, words)
    both = _header(header.first, row, joined, words).columns
    kept = {name: column for name, column in header.columns.items() if column not in both.values()}
    return Header(header.first, row, {**kept, **both}, joined)


def _two_row_header(
    sheet: Sheet, row: int, top: Mapping[int, str], words: Vocabulary, required: Required
) -> Header | None:
    """Return a header of two rows: a group title above, the titles of its columns below."""
    below = _titles(sheet, row + 1)
    lower = _header(row + 1, row + 1, below, words)
    if not _header(row, row, top, words).columns or not lower.columns:
        return None
    if _enough(lower, required):
        return None
    both = _header(row, row + 1, _joined(top, below, words), words)
    return both if _enough(both, required) else None


def _deep_header(
    sheet: Sheet, row: int, top: Mapping[int, str], words: Vocabulary, required: Required
) -> Header | None:
    """Return a header of three or four rows: groups of groups over the titles of the columns.

    Under the title that says whose a row is nothing stands down to the last of them.
    """
    owners = {column for column, text in top.items() if words.field(text) in _OWNERS}
    titles = top
    for last in range(row + 1, min(row + _DEEPEST, sheet.height)):
        below = _titles(sheet, last)
        if not owners or not below or owners & below.keys():
            return None
        titles = _joined(titles, below, words)
        header = _header(row, last, titles, words)
        if last > row + 1 and _enough(header, required):
            return header
    return None


def _joined(top: Mapping[int, str], below: Mapping[int, str], words: Vocabulary) -> dict[int, str]:
    """Return one title per column: what both rows say together where it is known, else the lower
    one where that is known, else the upper, else both."""
    joined = {}
    group = ""
    for column in sorted({*top, *below}):
        upper, lower = top.get(column, ""), below.get(column, "")
        group = upper or group
        both = f"{group} {lower}" if lower else ""
        known = next((text for text in (both, lower, upper) if words.field(text)), "")
        joined[column] = known or f"{upper} {lower}".strip()
    return joined


def _may_be_header(sheet: Sheet, row: int, words: Vocabulary) -> bool:
    """Return whether one of the texts is a known title; long sheets have many such rows."""
    return any(words.field(value) for value in sheet.rows[row] if type(value) is str)


def _titles(sheet: Sheet, row: int) -> dict[int, str]:
    return dict(sheet.line(row))


def _header(first: int, last: int, titles: Mapping[int, str], words: Vocabulary) -> Header:
    columns: dict[str, int] = {}
    for column, text in titles.items():
        name = words.field(text)
        if name:
            columns.setdefault(name, column)
    for name in [name for name in columns if name.endswith(_ELSE)]:
        columns.setdefault(name.removesuffix(_ELSE), columns.pop(name))
    return Header(first, last, columns, titles)


def _enough(header: Header, required: Required) -> bool:
    return all(any(name in header.columns for name in group) for group in required)


def says_nothing(sheet: Sheet, row: int) -> bool:
    """Return whether a row holds only dashes, NaN and the like, or numbers its columns."""
    for value in sheet.rows[row]:
        if not is_empty(value):
            return clean(value) == "1" and is_numbering(sheet, row)
    return True


def is_numbering(sheet: Sheet, row: int) -> bool:
    """Return whether the row only numbers the columns of the form: 1, 2, 3 …"""
    count = 0
    for _, text in iter_filled(sheet, row):
        count += 1
        if text != str(count):
            return False
    return count > 2


def is_total(sheet: Sheet, row: int) -> bool:
    """Return whether the row is a «Всего» or «Итого» row, or begins with «Среднее».

    «Средняя», «Среднее» is also a kind of school, a level, an education: where a school or a code
    stands beside it, it says so of the school.
    """
    first = [text for _, text in islice(iter_filled(sheet, row), _TOTAL_CELLS)]
    if any(_TOTAL.match(key(text)) for text in first):
        return True
    averages = bool(first) and _AVERAGE.match(key(first[0]))
    return bool(averages) and all(FIGURE.fullmatch(text) for text in first[1:])


def is_total_text(text: str) -> bool:
    """Return whether a cell calls its row a total: «Всего», «Итого по району»."""
    folded = key(text)
    return bool(_TOTAL.match(folded) or _AVERAGE.match(folded))


def is_average_text(text: str) -> bool:
    """Return whether a cell calls its row one of means: «Среднее по району»."""
    return bool(_AVERAGE.match(key(text)))


def cell(row: int, column: int) -> str:
    """Return the relative A1 address of a 0-based row and column."""
    return address(row, column)


def fixed(row: int, column: int) -> str:
    """Return the absolute address of a cell that serves a whole block: ``$A$1``."""
    return f"${column_letters(column)}${row + 1}"


def iter_filled(sheet: Sheet, row: int) -> Iterator[tuple[int, str]]:
    """Yield the columns and texts of the cells of a row that hold anything.

    For who needs only the first of them; the others ask ``filled_cells``.
    """
    cells = sheet.rows[row] if 0 <= row < sheet.height else ()
    for column, value in enumerate(cells):
        text = "" if value is None else clean(value)
        if text:
            yield column, text


def filled_cells(sheet: Sheet, row: int) -> tuple[tuple[int, str], ...]:
    """Return the columns and texts of the cells of a row that hold anything."""
    return sheet.line(row)


def row_text(sheet: Sheet, row: int) -> str:
    """Return all texts of a row joined by spaces, as a title reads."""
    return " ".join([text for _, text in sheet.line(row)])


def starts_with(sheet: Sheet, row: int, starts: tuple[str, ...]) -> bool:
    """Return whether the ``key`` of ``row_text`` begins with one of ``starts``.

    Looks at no more cells than that takes, which is one for nearly every row.
    """
    folded = ""
    for value in sheet.rows[row]:
        text = "" if value is None else clean(value)
        if text:
            folded += key(text)
            decided = _begins(folded, starts)
            if decided is not None:
                return decided
    return False


@lru_cache(maxsize=16384)
def _begins(folded: str, starts: tuple[str, ...]) -> bool | None:
    """Return whether a key begins with one of ``starts``; None where more of it must be known."""
    if folded.startswith(starts):
        return True
    return None if any(start.startswith(folded) for start in starts) else False


def next_filled(sheet: Sheet, row: int, column: int) -> tuple[int, str] | None:
    """Return the next filled cell to the right, as a value stands beside its label."""
    return next(((c, text) for c, text in filled_cells(sheet, row) if c > column), None)


def busiest(sheet: Sheet, rows: Sequence[int], columns: range) -> int:
    """Return the column of a merged title where its values stand: the most filled, else the first.

    Exports with merged titles sometimes put the values one column to the right of the title.
    """

    def filled(column: int) -> int:
        return sum(sheet.at(row, column) not in (None, "") for row in rows)

    return max(columns, key=lambda column: (filled(column), -column))
