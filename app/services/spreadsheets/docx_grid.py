"""The cells of a Word table on one grid: merged ones with their extent, tiny shifts evened out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.services.spreadsheets.docx_text import W, local

_SAME_BORDER = 120
"""Twips (about 2 mm): borders of two rows nearer than this were meant to be one."""
_MOST_SPAN = 1_000


@dataclass(slots=True)
class GridCell:
    """A cell: its 0-based column, its extent in columns and rows, its text."""

    column: int
    width: int
    height: int
    text: str


@dataclass(slots=True)
class Grid:
    """A table: the cells of each row, its number of columns, rows left out as deleted."""

    rows: list[list[GridCell]] = field(default_factory=list)
    width: int = 0
    dropped: int = 0


@dataclass(slots=True)
class _Raw:
    start: int
    end: int
    merge: str
    element: Element


def lay_out(table: Element, text: Callable[[Element], str]) -> Grid:
    """Return the table; ``text`` is called once for each cell that is printed, in their order."""
    grid = Grid()
    raw: list[list[_Raw]] = []
    for row in _rows(table):
        if row.find(f"{W}trPr/{W}del") is not None:
            grid.dropped += 1
        else:
            raw.append(_cells(row))
    columns = _columns(table, raw)
    grid.width = max(columns.values(), default=0)
    above: dict[int, GridCell] = {}
    for cells in raw:
        placed, above = _place(cells, columns, above, text)
        grid.rows.append(placed)
    return grid


def _rows(parent: Element) -> list[Element]:
    found: list[Element] = []
    for child in parent:
        kind = local(child)
        if kind == "tr":
            found.append(child)
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            found.extend(_rows(child))
    return found


def _cells(row: Element) -> list[_Raw]:
    """Return the cells of a row with their columns of Word's own grid."""
    at = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    cells: list[_Raw] = []
    for cell in _row_cells(row):
        span = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        across = cell.find(f"{W}tcPr/{W}hMerge")
        if across is not None and across.get(f"{W}val", "continue") == "continue" and cells:
            cells[-1].end += span
        else:
            cells.append(_Raw(at, at + span, _merge(cell), cell))
        at += span
    return cells


def _row_cells(parent: Element) -> list[Element]:
    found: list[Element] = []
    for child in parent:
        kind = local(child)
        if kind == "tc":
            found.append(child)
        elif kind in ("sdt", "sdtContent", "customXml"):
            found.extend(_row_cells(child))
    return found


def _merge(cell: Element) -> str:
    mark = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if mark is None else mark.get(f"{W}val", "continue")


def _number(element: Element | None, default: int) -> int:
    text = None if element is None else element.get(f"{W}val")
    if text is None or not text.isdigit():
        return default
    return min(max(int(text), 1 if default else 0), _MOST_SPAN)


def _columns(table: Element, rows: list[list[_Raw]]) -> dict[int, int]:
    """Return our column for each border of Word's grid at which a cell begins or ends."""
    borders = sorted({border for row in rows for cell in row for border in (cell.start, cell.end)})
    places = _places(table, borders[-1] if borders else 0)
    columns: dict[int, int] = {}
    last = None
    for border in borders:
        near = last is not None and 0 <= places[border] - places[last] < _SAME_BORDER
        columns[border] = columns[last] if near and last is not None else len(set(columns.values()))
        if not near:
            last = border
    return columns


def _places(table: Element, last: int) -> list[int]:
    """Return how far each border of the grid is from the left, in twips."""
    widths = [_number_or(column.get(f"{W}w")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    places = [0]
    for index in range(last):
        width = widths[index] if index < len(widths) else 0
        # A grid without widths says nothing about borders: each is one of its own.
        places.append(places[-1] + (width or 10 * _SAME_BORDER))
    return places


def _number_or(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0


def _place(
    cells: list[_Raw],
    columns: dict[int, int],
    above: dict[int, GridCell],
    text: Callable[[Element], str],
) -> tuple[list[GridCell], dict[int, GridCell]]:
    """Return the cells of a row, and by column those that the next row may continue."""
    placed: list[GridCell] = []
    below: dict[int, GridCell] = {}
    for raw in cells:
        column = columns[raw.start]
        width = max(columns[raw.end] - column, 1)
        over = above.get(column)
        if raw.merge == "continue" and over is not None:
            over.height += 1
            below[column] = over
            more = text(raw.element)
            over.text = "\n".join(part for part in (over.text, more) if part)
            continue
        cell = GridCell(column, width, 1, text(raw.element))
        placed.append(cell)
        if raw.merge:
            below[column] = cell
    return placed, below
