"""The rows of a table of indicators: numbers, nesting, goals, headings, rows cut by a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.services.importing.measures.grid import Grid, folded
from app.services.importing.measures.header import Field, Header, find_header, is_head_again
from app.services.indicators.facts import Draft, DraftRow, Slot

_WORDS = re.compile(r"[^\W\d_]{4,}")
_REACHING = (Field.UNIT, Field.SOURCE, Field.METHOD, Field.EXTRA)
"""What one merged cell says of several rows."""
_NUMBER = re.compile(r"\d+(?:\s*\.\s*\d+)*\s*[.)]?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table by what its columns mean."""

    place: int
    number: str
    title: str
    goal: str
    goal_goes_on: bool
    unit: str
    source: str
    method: str
    extra: Mapping[str, str]
    values: Mapping[Slot, str]
    alone: bool
    """One text in the whole row: a merged cell, or a single filled one."""


def read_draft(grid: Grid) -> Draft | None:
    """Return the indicators of a table; None when it is a table of something else."""
    header = find_header(grid)
    if header is None:
        return None
    lines, notes = _lines(grid, header)
    joined = _joined(lines)
    rows = _nested(joined, header)
    return Draft(grid.title, header.slots, rows, tuple(notes)) if rows else None


def _lines(grid: Grid, header: Header) -> tuple[list[_Line], list[str]]:
    found: list[_Line] = []
    labels = header.of(Field.LABEL)
    for row in range(header.last_row + 1, len(grid.rows)):
        filled = dict(grid.filled(row))
        if not filled or is_head_again(grid, header.first_row, header.last_row, row):
            continue
        line = _line(grid, header, row, filled)
        if any(column in filled for column in labels) or _is_foreign(line):
            text, rest = next(iter(filled.values())), len(grid.rows) - row
            return found, [
                f"Таблица показателей кончилась строкой «{text}»; строк ниже, которые к ней не "
                f"относятся: {rest}."
            ]
        found.append(line)
    return found, []


def _is_foreign(line: _Line) -> bool:
    """Words where a number should stand: the passport around the table goes on."""
    return bool(_WORDS.search(line.number)) and not line.values and not line.unit


def _line(grid: Grid, header: Header, row: int, filled: Mapping[int, str]) -> _Line:
    alone = len(filled) == 1
    filled = filled if alone else {**_shared(grid, header, row), **filled}

    def of(meaning: Field) -> str:
        texts = [filled[column] for column in header.of(meaning) if column in filled]
        return " ".join(dict.fromkeys(texts))

    number, title = of(Field.NUMBER), of(Field.TITLE)
    goal_columns = header.of(Field.GOAL)
    if alone and not title:
        # A heading merged over the row begins wherever the row begins.
        number, title = "", next(iter(filled.values()))
    return _Line(
        place=row + 1,
        number=number,
        title=title,
        goal="" if alone else of(Field.GOAL),
        goal_goes_on=any(grid.rows[row][column].down for column in goal_columns),
        unit=of(Field.UNIT) or ("" if alone else header.unit),
        source=of(Field.SOURCE),
        method=of(Field.METHOD),
        extra=_extra(header, filled, alone),
        values=_values(header, filled, alone and not of(Field.TITLE)),
        alone=alone,
    )


def _shared(grid: Grid, header: Header, row: int) -> dict[int, str]:
    """Return the texts of cells that began above and reach down to a row, by column."""
    columns = (column for meaning in _REACHING for column in header.of(meaning))
    reached = [column for column in columns if grid.rows[row][column].down]
    texts = {column: grid.text(*grid.anchored(row, column)) for column in reached}
    return {column: text for column, text in texts.items() if text}


def _extra(header: Header, filled: Mapping[int, str], alone: bool) -> dict[str, str]:
    if alone:
        return {}
    return {
        header.titles[column] or f"Столбец {column + 1}": filled[column]
        for column in header.of(Field.EXTRA)
        if column in filled
    }


def _values(header: Header, filled: Mapping[int, str], heading: bool) -> dict[Slot, str]:
    if heading:
        return {}
    found: dict[Slot, str] = {}
    for column, meaning in enumerate(header.columns):
        if isinstance(meaning, Slot) and column in filled:
            found[meaning] = folded(f"{found.get(meaning, '')} {filled[column]}")
    return found


# Rows that a page cut in two.


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    found: list[_Line] = []
    for line in lines:
        if found and _continues(line, found[-1]):
            found[-1] = _join(found[-1], line)
        else:
            found.append(line)
    return found


def _continues(line: _Line, before: _Line) -> bool:
    """A row without number and values whose title goes on in small letters belongs to the last.

    «для выявления школ…:» under a heading is a heading of its own, not the rest of it.
    """
    if line.number or line.values or (line.unit and before.unit != line.unit):
        return False
    goes_on = bool(line.title) and line.title[0].islower() and not line.title.endswith(":")
    rest_of_goal = not line.title and bool(line.goal) and line.goal[0].islower()
    return (goes_on and not before.title.endswith(":")) or rest_of_goal


def _join(before: _Line, line: _Line) -> _Line:
    return replace(
        before,
        title=folded(f"{before.title} {line.title}"),
        goal=folded(f"{before.goal} {line.goal}"),
        source=folded(f"{before.source} {line.source}"),
        method=folded(f"{before.method} {line.method}"),
        extra={**before.extra, **line.extra},
    )


# Goals, headings, nesting.


def _nested(lines: Sequence[_Line], header: Header) -> tuple[DraftRow, ...]:
    numbered = any(line.number for line in lines)
    builder = _Builder(numbered, bool(header.of(Field.UNIT)))
    goals = _goals(lines)
    for place, (line, goal) in enumerate(zip(lines, goals, strict=True)):
        following = lines[place + 1] if place + 1 < len(lines) else None
        builder.take(line, following, goal)
    return tuple(builder.rows)


def _goals(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the goal of each row: its own cell, or the one that reaches down to it.

    The rest of a goal that a page cut stands in the row after, in small letters.
    """
    whole: list[str] = []
    for line in lines:
        if line.goal and whole and line.goal[0].islower() and not line.goal_goes_on:
            began = whole[-1]
            whole = [folded(f"{began} {line.goal}") if one == began else one for one in whole]
            whole.append(folded(f"{began} {line.goal}"))
        else:
            whole.append(line.goal or (whole[-1] if whole else ""))
    yield from whole


class _Builder:
    """Puts rows under each other: by their numbers, else by the last heading."""

    def __init__(self, numbered: bool, has_units: bool) -> None:
        self.rows: list[DraftRow] = []
        self._numbered = numbered
        self._has_units = has_units
        self._by_number: dict[str, int] = {}
        self._heading: int | None = None
        self._top: int | None = None
        self._after_heading = False

    def take(self, line: _Line, following: _Line | None, goal: str) -> None:
        """Add one row."""
        is_group = self._is_group(line, following)
        bare = _bare(line.number)
        parent = self._by_prefix(bare)
        if parent is None:
            parent = self._under_heading(line, is_group, bare)
        self.rows.append(
            DraftRow(
                place=line.place,
                number=line.number,
                title=line.title,
                unit="" if is_group else line.unit,
                source=line.source,
                method=line.method,
                goal=goal,
                is_group=is_group,
                parent=parent,
                extra=line.extra,
                values=line.values,
            )
        )
        if bare:
            self._by_number[bare] = len(self.rows) - 1
        self._after_heading = is_group

    def _is_group(self, line: _Line, following: _Line | None) -> bool:
        if line.values or (line.unit and self._has_units):
            return False
        if following is not None and _is_under(following.number, line.number):
            return True
        if line.title.endswith(":") or (self._numbered and not line.number):
            return True
        return line.alone or (self._has_units and not line.unit)

    def _by_prefix(self, bare: str) -> int | None:
        parts = bare.split(".")
        for length in range(len(parts) - 1, 0, -1):
            found = self._by_number.get(".".join(parts[:length]))
            if found is not None:
                return found
        return None

    def _under_heading(self, line: _Line, is_group: bool, bare: str) -> int | None:
        if not is_group:
            return self._heading if not self._heads_numbers(bare) else None
        here = len(self.rows)
        sub = (
            self._top is not None and (self._after_heading or line.title[:1].islower()) and not bare
        )
        self._heading = here
        if sub:
            return self._top
        self._top = here
        self._by_number.clear()
        return None

    def _heads_numbers(self, bare: str) -> bool:
        """A row «3» after a heading «2.» is its sister, not its child."""
        if self._heading is None:
            return False
        above = _bare(self.rows[self._heading].number)
        return bool(above) and bool(bare) and above.count(".") >= bare.count(".")


def _bare(number: str) -> str:
    """Return «2.1» for «2. 1.»; empty for what is no number of this kind."""
    return re.sub(r"[\s)]|\.$", "", number.strip()).rstrip(".") if _NUMBER.fullmatch(number) else ""


def _is_under(number: str, above: str) -> bool:
    inner, outer = _bare(number), _bare(above)
    return bool(outer) and inner.startswith(f"{outer}.")
