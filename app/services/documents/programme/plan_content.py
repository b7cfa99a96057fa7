"""Roadmaps and indicators as tables: sections, goals, years, parallel directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.services.documents.blocks import Align, Block, Cell, Column, Row, Table
from app.services.documents.language import typeset_lines
from app.services.documents.programme.facts import (
    ActivityFacts,
    ColumnFacts,
    GroupFacts,
    IndicatorFacts,
    RoadmapFacts,
)

_WEIGHTS = {
    "number": 7.0,
    "title": 34.0,
    "term": 14.0,
    "responsible": 19.0,
    "result": 22.0,
    "evidence": 16.0,
    "plan": 10.0,
    "factor": 14.0,
    "schools": 18.0,
    "status": 11.0,
}
_YEAR_WEIGHT = 8.0
_OTHER_WEIGHT = 14.0
_CENTERED = ("number", "term", "plan", "status")
_TITLE_WEIGHT, _PLACE_WEIGHT = 19.0, 14.5


def roadmap_blocks(facts: RoadmapFacts) -> list[Block]:
    """Return the table of a roadmap; none when it has no activity and no heading."""
    if not facts.entries:
        return []
    return [_parallel(facts)] if facts.directions else [_plain(facts)]


def _plain(facts: RoadmapFacts) -> Table:
    columns = tuple(_column(column) for column in facts.columns)
    rows = tuple(_rows(facts.entries, facts.columns, level=0))
    return Table(columns, rows)


def _column(column: ColumnFacts) -> Column:
    by_year = column.field.startswith(("year:", "fact:"))
    weight = _YEAR_WEIGHT if by_year else _WEIGHTS.get(column.field, _OTHER_WEIGHT)
    centered = by_year or column.field in _CENTERED
    return Column(typeset_lines(column.title), weight, Align.CENTER if centered else Align.LEFT)


def _rows(
    entries: Sequence[ActivityFacts | GroupFacts], columns: tuple[ColumnFacts, ...], level: int
) -> Iterator[Row]:
    for entry in entries:
        if isinstance(entry, ActivityFacts):
            yield tuple(typeset_lines(entry.cells.get(column.field, "")) for column in columns)
            continue
        yield (_heading(entry, len(columns), level),)
        yield from _rows(entry.entries, columns, level + 1)


def _heading(group: GroupFacts, width: int, level: int) -> Cell:
    """A section is bold, what stands inside a section is italic."""
    text = typeset_lines(f"{group.number} {group.title}".strip())
    return Cell(text, columns=width, align=Align.CENTER, bold=level == 0, italic=level > 0)


def _parallel(facts: RoadmapFacts) -> Table:
    """Return the plan of parallel directions; rows that span them all have one responsible."""
    count = len(facts.directions)
    columns = (Column("", _TITLE_WEIGHT), Column("", _PLACE_WEIGHT)) * count
    titles = tuple(Cell(typeset_lines(title), columns=2) for title in facts.directions)
    below = ("Мероприятия", "Ответственные, сроки") * count
    rows = tuple(_parallel_rows(facts.entries, count, level=0))
    return Table(columns, rows, head=(titles, below))


def _parallel_rows(
    entries: Sequence[ActivityFacts | GroupFacts], count: int, level: int
) -> Iterator[Row]:
    side_by_side: dict[int, ActivityFacts] = {}
    for entry in entries:
        if isinstance(entry, GroupFacts):
            yield from _flushed(side_by_side, count)
            yield (_heading(entry, count * 2, level),)
            yield from _parallel_rows(entry.entries, count, level + 1)
        elif entry.direction is None:
            yield from _flushed(side_by_side, count)
            title = typeset_lines(entry.cells.get("title", ""))
            yield (Cell(title, columns=count * 2 - 1), _who_and_when(entry))
        else:
            if side_by_side and entry.direction <= max(side_by_side):
                yield from _flushed(side_by_side, count)
            side_by_side[entry.direction] = entry
    yield from _flushed(side_by_side, count)


def _flushed(side_by_side: dict[int, ActivityFacts], count: int) -> Iterator[Row]:
    """Return the row of what was gathered, and begin a new one."""
    if not side_by_side:
        return
    cells: list[str] = []
    for direction in range(count):
        entry = side_by_side.get(direction)
        title = typeset_lines(entry.cells.get("title", "")) if entry else ""
        cells += [title, _who_and_when(entry) if entry else ""]
    side_by_side.clear()
    yield tuple(cells)


def _who_and_when(entry: ActivityFacts) -> str:
    parts = (entry.cells.get("responsible", ""), entry.cells.get("term", ""))
    together = entry.cells.get("who_when", "") or ", ".join(part for part in parts if part)
    return typeset_lines(together)


def indicator_blocks(
    items: tuple[IndicatorFacts, ...], columns: tuple[str, ...], *, by_goal: bool
) -> list[Block]:
    """Return the table of indicators with a column for every period; none without indicators."""
    if not items:
        return []
    units = any(item.unit for item in items)
    numbers = any(item.number for item in items)
    head = [Column("Наименование показателя", 40.0)]
    if numbers:
        head.insert(0, Column("№", 7.0, Align.CENTER))
    if units:
        head.append(Column("Ед. изм.", 10.0, Align.CENTER))
    head += [Column(typeset_lines(title), 10.0, Align.CENTER) for title in columns]
    rows: list[Row] = []
    goal = ""
    for item in items:
        if by_goal and item.goal and item.goal != goal:
            goal = item.goal
            rows.append((Cell(typeset_lines(goal), columns=len(head), bold=True),))
        rows.append(_indicator_row(item, columns, numbers=numbers, units=units))
    return [Table(tuple(head), tuple(rows))]


def _indicator_row(
    item: IndicatorFacts, columns: tuple[str, ...], *, numbers: bool, units: bool
) -> Row:
    if item.is_group and not item.values:
        text = typeset_lines(f"{item.number} {item.title}".strip())
        width = 1 + numbers + units + len(columns)
        return (Cell(text, columns=width, bold=True),)
    cells = [item.number] if numbers else []
    cells += [typeset_lines(item.title), *([item.unit] if units else [])]
    return (*cells, *(typeset_lines(item.values.get(column, "")) for column in columns))
