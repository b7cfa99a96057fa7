"""Tables of a Word document: fixed widths, spans, repeated headers, rows kept whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml.ns import qn

from app.services.documents import blocks
from app.services.documents.tables import Placed, Row, leads, place
from app.services.documents.widths import column_widths
from app.services.documents.word import styles, xml

_TWIPS_PER_POINT = 20
_CELL_SIDE = 85
_CELL_VERTICAL = 28
_TALL_ROW = 1200
"""A row of more characters may be split by a page; a shorter one is kept whole."""
_KEPT_ROWS = 12
"""So many rows under one cell stay on one page, unless they are as long as a tall row."""


class Tables:
    """Adds tables to a document; ``style_ids`` tells the id of a style by its name."""

    def __init__(self, document: Document, style_ids: dict[str, str]) -> None:
        self._document = document
        self._style_ids = style_ids

    def add(self, block: blocks.Table, width: int, size: float, *, signed: bool = False) -> None:
        """Add a ruled table of that width in twips and that size of type in points.

        Neither the first row nor the last is alone on a page, a ``whole`` table keeps all its rows
        together; where
        it is ``signed``, what stands under it takes the last two rows along.
        """
        room, side = width / _TWIPS_PER_POINT, _CELL_SIDE / _TWIPS_PER_POINT
        widths = shares(column_widths(block, room, size, side), width)
        header, body = block.header, block.rows
        table = self._new(len(header) + len(body), widths, styles.GRID)
        rows = table._tbl.findall(qn("w:tr"))
        for row in rows[: len(header)]:
            xml.repeat_as_header(row)
        self._fill(rows[: len(header)], header, block, widths, header=True)
        self._fill(rows[len(header) :], body, block, widths)
        first = 0 if block.whole else max(len(body) - 2, 0)
        kept = {*range(first, len(body) - (not signed)), *_under_one_cell(body, len(widths))}
        kept |= set(_beginning(body, len(widths)))
        for index in kept:
            for paragraph in rows[len(header) + index].iter(qn("w:p")):
                xml.keep_with_next(paragraph)

    def add_line(
        self, ends: Iterable[tuple[str, str]], share: float, width: int, *, kept: bool = False
    ) -> None:
        """Set two texts to the ends of a line; each comes with its style.

        A ``kept`` line stays on the page of what follows.
        """
        widths = shares([share, 1 - share], width)
        table = self._new(1, widths, styles.BARE)
        row = table._tbl.findall(qn("w:tr"))[0]
        xml.keep_row_whole(row)
        for cell, (text, style), size in zip(row.findall(qn("w:tc")), ends, widths, strict=True):
            xml.fill_cell(cell, text.split("\n"), self._style_ids[style], size)
        for cell in table.rows[0].cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        for paragraph in row.iter(qn("w:p")) if kept else ():
            xml.keep_with_next(paragraph)

    def _new(self, rows: int, widths: list[int], style: str) -> Any:
        table = self._document.add_table(rows, len(widths), style)
        ruled = style == styles.GRID
        xml.fix_layout(table, widths, (_CELL_SIDE, _CELL_VERTICAL) if ruled else (0, 0))
        return table

    def _fill(
        self,
        rows: Sequence[Any],
        given: tuple[Row, ...],
        block: blocks.Table,
        widths: list[int],
        *,
        header: bool = False,
    ) -> None:
        """Fill rows of the table; cells that a span covers are merged into it."""
        cells = [row.findall(qn("w:tc")) for row in rows]
        for placed in place(given, len(widths)):
            look = self._look(placed, block, header, leads(given[placed.row], len(widths)))
            size = sum(widths[placed.column : placed.last_column])
            cell = cells[placed.row][placed.column]
            xml.fill_cell(cell, placed.cell.text.split("\n"), self._style_ids[look], size)
            _mark_italic(cell, placed)
            _span(cells, placed, size)
        for row, listed in zip(rows, given, strict=True):
            if header or _length(listed) < _TALL_ROW:
                xml.keep_row_whole(row)

    def _look(self, placed: Placed, block: blocks.Table, header: bool, leading: bool) -> str:
        cell = placed.cell
        if header:
            return styles.COLUMN
        align = cell.align or block.columns[placed.column].align
        if leading:
            return styles.GROUPS[align]
        return (styles.BOLD_CELLS if cell.bold else styles.CELLS)[align]


def shares(weights: list[float], total: int) -> list[int]:
    """Divide ``total`` twips by weights without losing one to rounding."""
    ends = [round(total * part / sum(weights)) for part in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _span(cells: list[list[Any]], placed: Placed, width: int) -> None:
    """Merge the covered cells: those beside disappear, those below continue the merge."""
    if placed.cell.columns == 1 and placed.cell.rows == 1:
        return
    for row in range(placed.row, placed.last_row):
        first = cells[row][placed.column]
        for covered in cells[row][placed.column + 1 : placed.last_column]:
            covered.getparent().remove(covered)
        if placed.cell.columns > 1:
            xml.span_columns(first, placed.cell.columns, width)
        if placed.cell.rows > 1:
            xml.merge_down(first, begins=row == placed.row, width=width)


def _beginning(rows: tuple[Row, ...], width: int) -> Iterator[int]:
    """Yield the first row where another one follows: the header must not stand over it alone.

    Headings inside the table stay with the row below them by their style.
    """
    first = next((at for at, row in enumerate(rows) if not leads(row, width)), len(rows))
    if first < len(rows) - 1 and _length(rows[first]) < _TALL_ROW:
        yield first


def _under_one_cell(rows: tuple[Row, ...], width: int) -> Iterator[int]:
    """Yield the rows that stay with the next one, because a cell of few rows covers both.

    Word cuts such a cell and leaves the rows on the next page without its text.
    """
    for placed in place(rows, width):
        covered = rows[placed.row : placed.last_row]
        if len(covered) <= _KEPT_ROWS and sum(map(_length, covered)) < _TALL_ROW:
            yield from range(placed.row, placed.last_row - 1)


def _mark_italic(cell: Any, placed: Placed) -> None:
    if placed.cell.italic:
        xml.style_runs(cell, styles.ITALIC)


def _length(row: Row) -> int:
    return sum(len(item if isinstance(item, str) else item.text) for item in row)
