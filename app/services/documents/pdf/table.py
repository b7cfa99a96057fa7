"""A ruled table: plain strings where the text fits on a line, paragraphs only where it wraps."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from app.services.documents import blocks
from app.services.documents.pdf.fonts import REGULAR
from app.services.documents.pdf.styles import NATURAL_LINE, Measures, cell_style

_SIDE = 1.5 * mm
_TOP = 0.6 * mm
_BOTTOM = 1.0 * mm
_RULE = 0.5
_NARROW = 32 * mm
"""In a column narrower than this long words are hyphenated; wider ones wrap between words."""

_ASCENT = 0.891
"""Of Tinos, in sizes: a paragraph hangs by it, a plain string of reportlab by the whole size."""

_SPLIT_LINES = 3
"""At least so many lines of a row that is split stand on each page."""

_Cell = str | Paragraph
_Command = Any
"""A command of reportlab's TableStyle: name, first cell, last cell, values."""


class RuledTable(Table):
    """A table that splits between rows, and inside a row only when it is taller than half a page.

    reportlab would split any row that does not fit, and repeat the header in the middle of a page.
    """

    frame_height = float("inf")
    continued = False
    _cellStyles: list[list[Any]]  # noqa: N815 - reportlab's
    _rowHeights: list[float]  # noqa: N815 - reportlab's, known once the table was wrapped

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Return the parts of the table, or nothing to have it begin on the next page."""
        self.splitInRow = self._least_part() if self._may_split_row(availHeight) else 0
        parts = super().split(availWidth, availHeight)
        for index, part in enumerate(parts):
            if isinstance(part, RuledTable):
                part.frame_height = self.frame_height
                part.continued = self.continued or index > 0
        return parts

    def _least_part(self) -> int:
        leading: float = self._cellStyles[1][0].leading
        return round(_SPLIT_LINES * leading)

    def first_row_is_tall(self) -> bool:
        """Return whether the first row may be split by a page; known once the table is wrapped."""
        return len(self._rowHeights) > 1 and self._rowHeights[1] > self.frame_height / 2

    def _may_split_row(self, room: float) -> bool:
        at_top = room > self.frame_height - 1
        return self.first_row_is_tall() and (at_top or not self.continued)


def table(block: blocks.Table, measures: Measures) -> RuledTable:
    """Return the table over the whole width, its header repeated on every page."""
    total = sum(column.weight for column in block.columns)
    widths = [measures.width * column.weight / total for column in block.columns]
    wrapped: list[tuple[int, int]] = []
    rows = [_header(block, widths, measures)]
    size = measures.table_size
    cells = [
        _hyphenated(cell_style(size, column.align), width)
        for column, width in zip(block.columns, widths, strict=True)
    ]
    for index, row in enumerate(block.rows, start=1):
        rows.append(_row(row, index, widths, cells, wrapped))
    drawn = RuledTable(
        rows,
        colWidths=widths,
        repeatRows=1,
        style=TableStyle([*_look(block, size), *_hang(wrapped)]),
    )
    drawn.frame_height = measures.height
    return drawn


def beginning_height(block: blocks.Table, measures: Measures) -> float:
    """Return the room that the header and the first row need, or where it may split, its start."""
    drawn = table(blocks.Table(block.columns, block.rows[:1]), measures)
    whole = float(drawn.wrap(measures.width, measures.height)[1])
    return measures.height / 4 if drawn.first_row_is_tall() else whole


def _header(block: blocks.Table, widths: list[float], measures: Measures) -> list[_Cell]:
    made: list[_Cell] = []
    for column, width in zip(block.columns, widths, strict=True):
        style = cell_style(measures.table_size, blocks.Align.CENTER, bold=True)
        made.append(Paragraph(escape(column.title), _hyphenated(style, width)))
    return made


def _hyphenated(style: ParagraphStyle, width: float) -> ParagraphStyle:
    if width < _NARROW:
        style.hyphenationLang = "ru_RU"
    return style


def _row(
    row: tuple[str, ...],
    index: int,
    widths: list[float],
    cells: list[ParagraphStyle],
    wrapped: list[tuple[int, int]],
) -> list[_Cell]:
    made: list[_Cell] = []
    for column, (text, width, style) in enumerate(zip(row, widths, cells, strict=True)):
        if stringWidth(text, REGULAR, style.fontSize) <= width - 2 * _SIDE:
            made.append(text)
        else:
            wrapped.append((column, index))
            made.append(Paragraph(escape(text), style))
    return made


def _look(block: blocks.Table, size: float) -> list[_Command]:
    everything = ((0, 0), (-1, -1))
    plain = _TOP - (1 - _ASCENT) * size
    commands: list[_Command] = [
        ("GRID", *everything, _RULE, colors.black),
        ("LINEBELOW", (0, "inrowsplitstart"), (-1, "inrowsplitstart"), _RULE, colors.black),
        ("FONT", *everything, REGULAR, size, size * NATURAL_LINE),
        ("VALIGN", *everything, "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("LEFTPADDING", *everything, _SIDE),
        ("RIGHTPADDING", *everything, _SIDE),
        ("TOPPADDING", *everything, plain),
        ("TOPPADDING", (0, 0), (-1, 0), _TOP),
        ("BOTTOMPADDING", *everything, _BOTTOM),
    ]
    for index, column in enumerate(block.columns):
        commands.append(("ALIGN", (index, 0), (index, -1), column.align.value.upper()))
    return commands


def _hang(wrapped: list[tuple[int, int]]) -> list[_Command]:
    """Set the first lines of wrapped and of plain cells on one base line."""
    return [("TOPPADDING", cell, cell, _TOP) for cell in wrapped]
