"""Widths of the columns of a table: by weight, but no narrower than a word that cannot break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.errors import OutputError
from app.services.documents.tables import Align, Cell, Row, Table, place
from app.services.documents.typography import is_centred

_BODY_WORD = re.compile(r"[\d.,:/+%–№-]{2,14}")
"""Numbers, dates and codes: hyphenating them would change what they say."""
_LABEL = 14
"""Letters of a word in bold, a label of a row, that is not parted either."""
_WIDE = frozenset("жмшщыюфwmЖМШЩЫЮФДОЦWM@%№–")
_NARROW = frozenset(" .,:;!|'()[]/-iljtf\u00a0")
_SHORT, _LONG = 20, 80
"""Characters of a cell between which the weight of its column grows."""
_SLACK = 0.5
"""Points that rounding may take away."""


def align_of(title: str) -> Align:
    """Return how a column of that title stands: numbers and terms in the middle, and unparted."""
    return Align.CENTER if is_centred(title) else Align.LEFT


def weight_of(cells: Iterable[str]) -> float:
    """Return the weight of a column as its longest cell asks, within bounds."""
    longest = max(map(len, cells), default=0)
    return min(max(longest, _SHORT), _LONG) / 2


def column_widths(table: Table, room: float, size: float, side: float) -> list[float]:
    """Return the widths of the columns, together ``room``; all in points.

    ``size`` is that of the type, ``side`` the empty space at each side of a cell.  Columns share
    the room by weight.  One that would break a word of its title, or a number, gets what the word
    needs, and the others share the rest; where the words of all columns together need more than
    there is, weight alone decides.  OutputError when not even a letter fits into a column.
    """
    if len(table.columns) * (2 * side + size) > room:
        raise OutputError(
            f"Таблица из {len(table.columns)} граф не помещается по ширине листа.",
            "Разделите её на несколько таблиц или положите лист набок.",
        )
    weights = [column.weight for column in table.columns]
    least = [need * size + 2 * side + _SLACK if need else 0.0 for need in _needs(table)]
    if sum(least) > room:
        return _shared(weights, room)
    fixed: dict[int, float] = {}
    while True:
        rest = room - sum(fixed.values())
        free = [index for index in range(len(weights)) if index not in fixed]
        shares = dict(zip(free, _shared([weights[index] for index in free], rest), strict=True))
        short = {index: least[index] for index, share in shares.items() if share < least[index]}
        if not short:
            return [fixed.get(index, shares.get(index, 0.0)) for index in range(len(weights))]
        fixed |= short


def _shared(weights: list[float], room: float) -> list[float]:
    total = sum(weights)
    return [room * weight / total for weight in weights]


def _needs(table: Table) -> list[float]:
    """Return the width of the longest word of each column in sizes of the type."""
    needs = [0.0] * len(table.columns)
    for column, cell in _single(table.header, len(needs)):
        for part in (part for word in cell.text.split() for part in _parts(word)):
            needs[column] = max(needs[column], _width(part, bold=True))
    for column, cell in _single(table.rows, len(needs)):
        for word in cell.text.split():
            if _BODY_WORD.fullmatch(word) or (cell.bold and len(word) <= _LABEL):
                needs[column] = max(needs[column], _width(word, bold=cell.bold))
    return needs


def _parts(word: str) -> Iterable[str]:
    """Return the parts of a word between which a line may end."""
    return re.findall(r"[^-]+-?", word)


def _single(rows: tuple[Row, ...], width: int) -> Iterator[tuple[int, Cell]]:
    """Yield the cells that stand in one column, with that column."""
    for one in place(rows, width):
        if one.cell.columns == 1:
            yield one.column, one.cell


@lru_cache(maxsize=4096)
def _width(word: str, *, bold: bool) -> float:
    """Return at least the width of a word in sizes of our serif, see ``resources/fonts``."""
    return sum(map(_letter, word)) * (1.08 if bold else 1.0)


def _letter(letter: str) -> float:
    if letter in _WIDE:
        return 1.05 if letter.isupper() or letter in "@%№" else 0.80
    if letter in _NARROW:
        return 0.34
    return 0.75 if letter.isupper() else 0.54
