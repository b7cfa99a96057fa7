"""Neutral blocks as a Word document: named styles, real headings and lists, fixed tables."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from app.services.documents import blocks
from app.services.documents.blocks import Block, Content, Point, texts
from app.services.documents.characters import bad_character
from app.services.documents.emblem import emblem_png
from app.services.documents.typography import Profile, profile
from app.services.documents.word import styles, xml
from app.services.documents.word.chart import add_chart

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POINTS_PER_MM = 72 / 25.4
_TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_POINT = 20
_AROUND_CHART_MM = 6.0
"""Of the height of a page, for the space above and below a picture."""
_CELL_SIDE = 85
_CELL_VERTICAL = 28
_POST_SHARE = 0.55
_MAX_PROPERTY = 255
_TALL_ROW = 1200
"""A row of more characters may be split by a page; a shorter one is kept whole."""


def render(content: Content) -> bytes:
    """Return the document as a DOCX file.

    OutputError names a character that no Word file can hold and its place; UserError says why the
    emblem cannot be printed.
    """
    _check_characters(content)
    document = docx.Document()
    styles.define(document, content)
    _describe(document, content)
    _Body(document, content).fill()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _check_characters(content: Content) -> None:
    for piece in texts(content):
        found = _NOT_XML.search(piece.text)
        if found:
            raise bad_character(found.group(), piece, "Файл Word не может содержать знак")


def _describe(document: Document, content: Content) -> None:
    properties = document.core_properties
    properties.title = _property(content.title)
    properties.author = properties.last_modified_by = _property(content.meta.author)
    properties.language = content.language
    properties.subject = f"{content.meta.year} год"
    properties.comments = ""
    properties.created = properties.modified = datetime.now(UTC)


def _property(text: str) -> str:
    """Return the text as long as Word allows for a property of a file."""
    return text if len(text) <= _MAX_PROPERTY else f"{text[: _MAX_PROPERTY - 1]}…"


class _Body:
    """Fills the document block by block."""

    def __init__(self, document: Document, content: Content) -> None:
        self._document = document
        self._content = content
        self._profile: Profile = profile(content.profile)
        width = self._profile.text_width_mm(long_storage=content.long_storage)
        self._width = round(width * _TWIPS_PER_MM)
        # Finding a style by name takes longer than everything else in a cell.
        self._style_ids = {style.name: style.style_id for style in document.styles}

    def fill(self) -> None:
        """Write every block."""
        first = self._document.sections[0]
        self._set_page(first)
        self._number_pages(first)
        all_blocks = self._content.blocks
        following: tuple[Block | None, ...] = (*all_blocks[1:], None)
        for block, after in zip(all_blocks, following, strict=True):
            self._write(block, after)

    def _write(self, block: Block, after: Block | None) -> None:
        match block:
            case blocks.Letterhead():
                self._letterhead(block)
            case blocks.DocumentName(text):
                self._add(text, styles.DOCUMENT_NAME)
            case blocks.Registration(day, number):
                self._two_ends((day, styles.LINE), (number, styles.LINE_RIGHT), 0.5)
            case blocks.Heading(text, level):
                self._add(text, f"Heading {level}")
            case blocks.Paragraph():
                self._paragraph(block)
            case blocks.NumberedPoints():
                self._points(block, after)
            case blocks.Table():
                self._table(block)
            case blocks.Chart():
                self._chart(block)
            case blocks.Signature(post, name):
                name_cell = (name, styles.SIGNATURE_NAME)
                self._two_ends((post, styles.SIGNATURE), name_cell, _POST_SHARE)
            case blocks.Annex(mark):
                self._annex(mark)
            case blocks.ApprovalStamp(lines) | blocks.Addressee(lines):
                self._corner(lines)

    def _add(self, text: str, style: str) -> Any:
        return self._document.add_paragraph(text, style)

    def _letterhead(self, block: blocks.Letterhead) -> None:
        if block.emblem is not None:
            height = self._profile.emblem_height_mm * _POINTS_PER_MM
            picture, width = emblem_png(block.emblem, height)
            place = self._add("", styles.PARENT)
            place.add_run().add_picture(io.BytesIO(picture), Pt(width), Pt(height))
            xml.describe_picture(place, "Герб")
        *parents, own = block.names
        for name in parents:
            self._add(name, styles.PARENT)
        self._add(own, styles.ORGANISATION)

    def _paragraph(self, block: blocks.Paragraph) -> None:
        paragraph = self._add("", styles.ROLES[block.role])
        for run in block.runs:
            added = paragraph.add_run(run.text)
            if run.bold:
                added.style = styles.BOLD
            if run.italic:
                added.style = styles.ITALIC

    def _points(self, block: blocks.NumberedPoints, after: Block | None) -> None:
        indent = self._profile.indent_mm * _POINTS_PER_MM
        numbering = xml.new_numbering(self._document, indent)
        added = self._add_points(block.points, numbering, 0)
        if added and isinstance(after, blocks.Signature):
            added[-1].style = styles.LAST_POINT

    def _add_points(self, points: tuple[Point, ...], numbering: int, level: int) -> list[Any]:
        added = []
        for point in points:
            paragraph = self._add(point.text, styles.POINT)
            xml.number_paragraph(paragraph, numbering, level)
            added += [paragraph, *self._add_points(point.points, numbering, level + 1)]
        return added

    def _table(self, block: blocks.Table) -> None:
        widths = _shares([column.weight for column in block.columns], self._width)
        table = self._new_table(1 + len(block.rows), widths, styles.GRID)
        header = tuple(column.title for column in block.columns)
        looks = [styles.CELLS[column.align] for column in block.columns]
        for index, row in enumerate(table.rows):
            if index == 0:
                xml.repeat_as_header(row)
                self._fill_row(row, header, [styles.COLUMN] * len(widths), widths)
                continue
            cells = block.rows[index - 1]
            if sum(len(text) for text in cells) < _TALL_ROW:
                xml.keep_row_whole(row)
            self._fill_row(row, cells, looks, widths)

    def _fill_row(
        self, row: Any, texts: tuple[str, ...], looks: list[str], widths: list[int]
    ) -> None:
        cells = row._tr.findall(qn("w:tc"))
        for cell, text, look, width in zip(cells, texts, looks, widths, strict=True):
            xml.fill_cell(cell, text, self._style_ids[look], width)

    def _chart(self, block: blocks.Chart) -> None:
        chosen = self._profile
        height_mm = chosen.page_height_mm - chosen.top_mm - chosen.bottom_mm - _AROUND_CHART_MM
        page = (self._width / _TWIPS_PER_POINT, height_mm * _POINTS_PER_MM)
        add_chart(self._document, block, styles.CHART, page, chosen.table_pt - 2)

    def _new_table(self, rows: int, widths: list[int], style: str) -> Any:
        table = self._document.add_table(rows, len(widths), style)
        ruled = style == styles.GRID
        margins = (_CELL_SIDE, _CELL_VERTICAL) if ruled else (0, 0)
        xml.fix_layout(table, widths, margins)
        return table

    def _two_ends(self, left: tuple[str, str], right: tuple[str, str], share: float) -> None:
        """Set two texts to the ends of a line; each comes with its style."""
        widths = _shares([share, 1 - share], self._width)
        row = self._new_table(1, widths, styles.BARE).rows[0]
        xml.keep_row_whole(row)
        self._fill_row(row, (left[0], right[0]), [left[1], right[1]], widths)
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM

    def _annex(self, mark: tuple[str, ...]) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section)
        section.different_first_page_header_footer = False
        self._corner(mark)

    def _corner(self, lines: tuple[str, ...]) -> None:
        for line in lines[:-1]:
            self._add(line, styles.CORNER)
        self._add(lines[-1], styles.CORNER_LAST)

    def _set_page(self, section: Section) -> None:
        chosen = self._profile
        section.page_width, section.page_height = (
            Mm(chosen.page_width_mm),
            Mm(chosen.page_height_mm),
        )
        left = chosen.left_margin_mm(long_storage=self._content.long_storage)
        section.left_margin, section.right_margin = Mm(left), Mm(chosen.right_mm)
        section.top_margin, section.bottom_margin = Mm(chosen.top_mm), Mm(chosen.bottom_mm)
        section.header_distance = Mm(chosen.page_number_from_top_mm)

    def _number_pages(self, section: Section) -> None:
        """Number pages from the second in the middle of the top margin (ГОСТ Р 7.0.97)."""
        section.different_first_page_header_footer = True
        xml.add_page_field(section.header.paragraphs[0])


def _shares(weights: list[float], total: int) -> list[int]:
    """Divide ``total`` twips by weights without losing one to rounding."""
    ends = [round(total * part / sum(weights)) for part in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]
