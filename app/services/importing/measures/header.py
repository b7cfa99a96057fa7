"""What the columns of a table of indicators mean, by the words above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.models.enums import ValueRole
from app.services.importing.measures.grid import Grid
from app.services.indicators.facts import Slot, read_period

_HEAD_ROWS = 4
"""A head has at most so many lines."""


class Field(Enum):
    """Columns that are no values."""

    NUMBER = "number"
    TITLE = "title"
    GOAL = "goal"
    UNIT = "unit"
    SOURCE = "source"
    METHOD = "method"
    LABEL = "label"
    """A column at the left of the table proper, of the passport that the table stands in."""
    EXTRA = "extra"


Meaning = Field | Slot

_NUMBER = re.compile(r"^(?:№|n|#)\W*(?:п\W*п)?\W*$|^п\W*п\W*$|^номер\b|^№ ?(?:показател|строки)")
_GOAL = re.compile(r"\b(?:цел[ьи]|целей|задач[аи]?)\b")
_INDICATOR = re.compile(r"показател|индикатор")
_NAME = re.compile(r"наименован|назван|критери")
_UNIT = re.compile(r"\bед\W*изм|единиц|^ед\.?$|размерност")
_SOURCE = re.compile(r"источник")
_METHOD = re.compile(r"метод|формул|порядок|расч[её]т")
_BASE = re.compile(r"базов|^база\b|базис|исходн|на начало|стартов|до начала")
_HALF = re.compile(r"^(?:i{1,2}|[12]|первое|второе)(?:-?е|-?ое)?\s*(?:полугоди|п/?г\b)")
_VALUE = re.compile(r"^(?:план|факт|значени|целев\w+ значени|величин|достигн|%$|процент$)")
_FACT = re.compile(r"факт|достигн|исполнен|выполнен")
_ACTIVITY = re.compile(r"мероприят|\bсрок")
_UNIT_BESIDE = re.compile(
    r"(?:,|\(|\bв)\s*(%|процент\w*|чел(?:\.|овек)?|ед\.?|шт\.?|балл\w*)\s*\)?\s*$", re.IGNORECASE
)
_FRACTURE = re.compile(r"(?<=[а-я])\s+(?=[а-я]{1,3}\b)")


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table: its rows, what each column means, and its words."""

    first_row: int
    last_row: int
    columns: tuple[Meaning, ...]
    titles: tuple[str, ...]
    unit: str = ""
    """The unit of all rows, where the head itself is one («%»)."""

    def of(self, field: Field) -> tuple[int, ...]:
        """Return the columns of a field."""
        return tuple(n for n, meaning in enumerate(self.columns) if meaning is field)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The values that the table gives, in its own order."""
        found = [one for one in self.columns if isinstance(one, Slot)]
        return tuple(dict.fromkeys(found))


def find_header(grid: Grid) -> Header | None:
    """Return the head of a table of indicators; None when the table is of another kind."""
    for row in range(len(grid.rows)):
        if not _may_begin(grid, row):
            continue
        header = _read(grid, row)
        if header is not None:
            return header
    return None


def _may_begin(grid: Grid, row: int) -> bool:
    texts = [text.casefold() for _, text in grid.filled(row)]
    return len(texts) > 1 and any(_INDICATOR.search(t) or _NAME.search(t) for t in texts)


def _read(grid: Grid, first: int) -> Header | None:
    last = first
    while last + 1 < len(grid.rows) and last - first < _HEAD_ROWS and _goes_on(grid, first, last):
        last += 1
    titles = _titles(grid, first, last)
    if any(_ACTIVITY.search(title.casefold()) for title in titles):
        return None
    columns = _without_doubles(_meanings(titles), grid, last)
    if not _is_of_indicators(columns, titles):
        return None
    return Header(first, last, columns, titles, _unit_of(columns, titles))


def _goes_on(grid: Grid, first: int, last: int) -> bool:
    """Return whether the next row still is head: periods, «план», or the numbers of columns."""
    row = last + 1
    texts = [text for _, text in grid.filled(row)]
    if not texts:
        return False
    if _counts_columns(texts):
        return True
    if is_head_again(grid, first, first, row):
        return False
    return all(_says_value(text) for text in texts)


def _says_value(text: str) -> bool:
    low = _whole_words(text.casefold())
    number = re.fullmatch(r"[\d\s.,%]+", low) and read_period(low) is None
    return not number and bool(
        _VALUE.search(low)
        or _HALF.search(low)
        or _BASE.search(low)
        or (read_period(low) and len(low) < 40)
    )


def _counts_columns(texts: Sequence[str]) -> bool:
    return len(texts) > 2 and list(texts) == [str(n) for n in range(1, len(texts) + 1)]


def is_head_again(grid: Grid, first: int, last: int, row: int) -> bool:
    """Return whether a row repeats one of the head, as after a page break."""
    words = [text.casefold() for _, text in grid.filled(row)]
    return any(
        words == [text.casefold() for _, text in grid.filled(head)]
        for head in range(first, last + 1)
    )


def _titles(grid: Grid, first: int, last: int) -> tuple[str, ...]:
    """Return the words above each column, of all lines of the head."""
    stacked = []
    for column in range(grid.width):
        parts: list[str] = []
        for row in range(first, last + 1):
            place = grid.anchored(row, column)
            text = grid.text(*place) if place[0] >= first else ""
            # The numbers of the columns say nothing.
            if (text and text not in parts and not text.isdigit()) or read_period(text):
                parts.append(text)
        stacked.append(" / ".join(dict.fromkeys(parts)))
    return tuple(stacked)


def _meanings(titles: Sequence[str]) -> list[Meaning]:
    return [_meaning(title) for title in titles]


def _meaning(title: str) -> Meaning:
    low = _whole_words(title.casefold())
    slot = _slot(low)
    if slot is not None:
        return slot
    if _NUMBER.search(low):
        return Field.NUMBER
    if _GOAL.search(low) and not _INDICATOR.search(low):
        return Field.GOAL
    if _INDICATOR.search(low):
        return Field.TITLE
    for pattern, field in _FIELDS:
        if pattern.search(low):
            return field
    return Field.EXTRA


_FIELDS = (
    (_UNIT, Field.UNIT),
    (_SOURCE, Field.SOURCE),
    (_METHOD, Field.METHOD),
    (_NAME, Field.TITLE),
)


def _slot(low: str) -> Slot | None:
    parts = low.split(" / ")
    # «2024 год» above «I полугодие» is one period, a year above a year is the lower one.
    texts = (" ".join(parts), *reversed(parts))
    period = next((found for text in texts if (found := read_period(text))), None)
    if any(_BASE.search(part) for part in parts):
        return Slot(ValueRole.BASE, period or "")
    if period is None and not any(_VALUE.search(part) for part in parts):
        return None
    role = ValueRole.FACT if any(_FACT.search(part) for part in parts) else ValueRole.PLAN
    return Slot(role, period or "")


def _whole_words(low: str) -> str:
    """Mend words that a narrow column tore: «базово е значен ие»."""
    return _FRACTURE.sub("", low) if _FRACTURE.search(low) and "баз" in low else low


def _without_doubles(meanings: list[Meaning], grid: Grid, last: int) -> tuple[Meaning, ...]:
    """Let one column be the title; a value that stands twice under two heads stays visible too."""
    title = _best_title(meanings, grid, last)
    numbers = [n for n, one in enumerate(meanings) if one is Field.NUMBER]
    found: list[Meaning] = []
    for column, meaning in enumerate(meanings):
        merged = column > 0 and grid.anchored(last, column) == grid.anchored(last, column - 1)
        if meaning is Field.TITLE and column != title and not (merged and found[-1] is Field.TITLE):
            left = title is not None and column < title and bool(numbers) and column < numbers[0]
            meaning = Field.LABEL if left else Field.EXTRA
        if isinstance(meaning, Slot) and meaning in found and not merged:
            meaning = Field.EXTRA
        found.append(meaning)
    first = next((n for n, one in enumerate(found) if one is not Field.EXTRA), 0)
    return tuple(
        Field.LABEL if n < first and not grid.text(*grid.anchored(last, n)) else one
        for n, one in enumerate(found)
    )


def _best_title(meanings: Sequence[Meaning], grid: Grid, last: int) -> int | None:
    def weight(column: int) -> tuple[bool, bool]:
        low = grid.text(*grid.anchored(last, column)).casefold()
        return bool(_NAME.search(low) and _INDICATOR.search(low)), bool(_INDICATOR.search(low))

    columns = [n for n, one in enumerate(meanings) if one is Field.TITLE]
    return max(columns, key=weight, default=None)


def _is_of_indicators(columns: Sequence[Meaning], titles: Sequence[str]) -> bool:
    slots = [one for one in columns if isinstance(one, Slot)]
    named = [title for title, one in zip(titles, columns, strict=True) if one is Field.TITLE]
    if not slots or not named:
        return False
    if any(_INDICATOR.search(title.casefold()) for title in named):
        return True
    has_base = any(slot.role is ValueRole.BASE for slot in slots)
    return has_base or Field.UNIT in columns


def _unit_of(columns: Sequence[Meaning], titles: Sequence[str]) -> str:
    alone = [
        title
        for title, one in zip(titles, columns, strict=True)
        if isinstance(one, Slot) and title.casefold() in ("%", "процент")
    ]
    if Field.UNIT in columns:
        return ""
    return "%" if alone else _unit_beside(columns, titles)


def _unit_beside(columns: Sequence[Meaning], titles: Sequence[str]) -> str:
    """Return the unit that stands beside the words: «Показатель, %», or in every head of values."""
    named = [
        _UNIT_BESIDE.search(title)
        for title, one in zip(titles, columns, strict=True)
        if one is Field.TITLE
    ]
    if named and named[0]:
        return named[0][1].strip()
    valued = [
        _UNIT_BESIDE.search(title)
        for title, one in zip(titles, columns, strict=True)
        if isinstance(one, Slot)
    ]
    units = {found[1].strip() if found else "" for found in valued}
    return units.pop() if len(units) == 1 else ""
