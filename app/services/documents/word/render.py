"""Neutral blocks as a Word document: named styles, real headings and lists, fixed tables."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from app.services.documents import blocks
from app.services.documents.blanks import has_blank
from app.services.documents.blocks import Block, Content, Point, Role, texts
from app.services.documents.characters import bad_character
from app.services.documents.emblem import emblem_png
from app.services.documents.pdf.render import heading_pages
from app.services.documents.together import announces, kept_items, with_signature
from app.services.documents.typography import Profile, profile
from app.services.documents.word import styles, xml
from app.services.documents.word.chart import add_chart
from app.services.documents.word.tables import Tables

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POINTS_PER_MM = 72 / 25.4
_TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_POINT = 20
_AROUND_CHART_MM = 6.0
"""Of the height of a page, for the space above and below a picture."""
_POST_SHARE = 0.55
_MAX_PROPERTY = 255


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
        self._upright_width = self._width = round(width * _TWIPS_PER_MM)
        # Finding a style by name takes longer than everything else in a cell.
        self._style_ids = {style.name: style.style_id for style in document.styles}
        self._tables = Tables(document, self._style_ids)
        self._headings = [b for b in content.blocks if isinstance(b, blocks.Heading)]
        self._marked: list[blocks.Heading] = []
        self._has_contents = any(isinstance(b, blocks.Contents) for b in content.blocks)

    def fill(self) -> None:
        """Write every block."""
        first = self._document.sections[0]
        opening = self._content.blocks[0] if self._content.blocks else None
        turned = isinstance(opening, blocks.NewPage) and opening.landscape
        self._set_page(first, turned)
        self._number_pages(first)
        all_blocks = self._content.blocks
        for index, (block, after) in enumerate(zip_longest(all_blocks, all_blocks[1:])):
            if index == 0 and isinstance(block, blocks.NewPage):
                continue
            self._write(block, after)
            if isinstance(after, blocks.Table) and _is_text(block):
                self._add("", styles.GAP)
            if isinstance(block, blocks.Table) and _needs_gap(after):
                self._add("", styles.GAP)
            if isinstance(after, blocks.Signature):
                self._keep_with_signature()

    def _keep_with_signature(self) -> None:
        """A signature must not stand alone on a page: it takes the last lines with it."""
        above: list[Any] = []
        for element in reversed(self._document.element.body):
            if element.tag == qn("w:sectPr"):
                continue
            if element.tag != qn("w:p") or element.find(f".//{qn('w:sectPr')}") is not None:
                break
            above.insert(0, element)
        count = with_signature([xml.text_of(one) for one in above])
        for one in above[len(above) - count :]:
            xml.keep_with_next(one)

    def _write(self, block: Block, after: Block | None) -> None:
        match block:
            case blocks.Letterhead():
                self._letterhead(block)
            case blocks.DocumentName(text):
                self._add(text, styles.DOCUMENT_NAME)
            case blocks.Registration(day, number):
                self._two_ends((day, styles.LINE), (number, styles.LINE_RIGHT), 0.5)
            case blocks.Heading():
                self._heading(block)
            case blocks.Paragraph():
                self._paragraph(block, after)
            case blocks.NumberedPoints():
                self._points(block)
            case blocks.Table():
                self._table(block, after)
            case blocks.Chart():
                self._chart(block)
            case blocks.Signature(post, name):
                ends = ((post, styles.SIGNATURE), (name, styles.SIGNATURE_NAME))
                kept = isinstance(after, blocks.Signature)
                self._tables.add_line(ends, _POST_SHARE, self._width, kept=kept)
                if kept:
                    # Tables side by side would become one.
                    xml.keep_with_next(self._add("", styles.GAP)._p)
            case blocks.Bullets():
                self._bullets(block)
            case blocks.StampPlace(text):
                self._add(text, styles.STAMP)
            case blocks.Title():
                self._title(block, after)
            case blocks.Contents():
                self._contents(block)
            case blocks.NewPage(landscape):
                self._new_page(landscape, after)
            case blocks.Annex(mark, landscape):
                self._annex(mark, landscape)
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
        for line in block.contacts:
            self._add(line, styles.CONTACTS)

    def _paragraph(self, block: blocks.Paragraph, after: Block | None) -> None:
        style = styles.ROLES[block.role]
        ragged = block.role is Role.TEXT and has_blank(block.text)
        paragraph = self._add("", styles.RAGGED.format(style) if ragged else style)
        if announces(block, after):
            xml.keep_with_next(paragraph._p)
        for run in block.runs:
            added = paragraph.add_run(run.text)
            if run.bold:
                added.style = styles.BOLD
            if run.italic:
                added.style = styles.ITALIC

    def _points(self, block: blocks.NumberedPoints) -> None:
        indent = self._profile.indent_mm * _POINTS_PER_MM
        listed = [(number.count(".") - 1, point) for number, point in block.numbered()]
        self._items(listed, styles.POINT, xml.new_numbering(self._document, indent))

    def _table(self, block: blocks.Table, after: Block | None) -> None:
        signed = isinstance(after, blocks.Signature)
        self._tables.add(block, self._width, self._profile.table_pt, signed=signed)

    def _bullets(self, block: blocks.Bullets) -> None:
        numbering = xml.new_bullets(self._document, self._profile.indent_mm * _POINTS_PER_MM)
        self._items(list(block.leveled()), styles.BULLET, numbering)

    def _items(self, listed: list[tuple[int, Point]], style: str, numbering: int) -> None:
        kept = kept_items([point.text for _, point in listed])
        for (level, point), keeps in zip(listed, kept, strict=True):
            chosen = styles.RAGGED.format(style) if has_blank(point.text) else style
            paragraph = self._add(point.text, chosen)
            xml.number_paragraph(paragraph, numbering, level)
            if keeps:
                xml.keep_with_next(paragraph._p)

    def _title(self, block: blocks.Title, after: Block | None) -> None:
        """Set the title by the space above it: text frames break in other programs."""
        self._add("", styles.TITLE_SPACE)
        for line in block.lines:
            self._add(line, styles.TITLE)
        if block.foot:
            self._add(block.foot, styles.TITLE_FOOT)
        if not isinstance(after, blocks.NewPage | blocks.Annex) and after is not None:
            self._begin(landscape=False)

    def _contents(self, block: blocks.Contents) -> None:
        self._add(block.title, styles.CONTENTS_TITLE)
        listed = [
            (index, head) for index, head in enumerate(self._headings) if head.level <= block.depth
        ]
        pages = heading_pages(self._content)
        room = Pt(self._width / _TWIPS_PER_POINT)
        entries = [
            xml.Entry(head.text, _bookmark(index), pages[index], self._add("", f"toc {head.level}"))
            for index, head in listed
        ]
        xml.fill_contents(entries, room, block.depth)

    def _new_page(self, landscape: bool, after: Block | None) -> None:
        if after is not None and not isinstance(after, blocks.NewPage | blocks.Annex):
            self._begin(landscape)

    def _begin(self, landscape: bool) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section, landscape)
        section.different_first_page_header_footer = False

    def _heading(self, block: blocks.Heading) -> None:
        paragraph = self._add(block.text, f"Heading {block.level}")
        index = len(self._marked)
        self._marked.append(block)
        if self._has_contents:
            xml.bookmark(paragraph, _bookmark(index), index)

    def _chart(self, block: blocks.Chart) -> None:
        chosen = self._profile
        height_mm = chosen.page_height_mm - chosen.top_mm - chosen.bottom_mm - _AROUND_CHART_MM
        page = (self._width / _TWIPS_PER_POINT, height_mm * _POINTS_PER_MM)
        add_chart(self._document, block, styles.CHART, page, chosen.table_pt - 2)

    def _two_ends(self, left: tuple[str, str], right: tuple[str, str], share: float) -> None:
        """Set two texts to the ends of a line; each comes with its style."""
        self._tables.add_line((left, right), share, self._width)

    def _annex(self, mark: tuple[str, ...], landscape: bool) -> None:
        self._begin(landscape)
        self._corner(mark)

    def _corner(self, lines: tuple[str, ...]) -> None:
        for line, style in zip(lines, _last_differs(lines), strict=True):
            paragraph = self._add(line, style)
            if self._width != self._upright_width:
                # The style knows the indent of an upright sheet only.
                corner = self._profile.corner_width_mm * _TWIPS_PER_MM
                indent = (self._width - corner) / _TWIPS_PER_POINT
                paragraph.paragraph_format.left_indent = Pt(indent)

    def _set_page(self, section: Section, landscape: bool = False) -> None:
        chosen = self._profile
        upright = (Mm(chosen.page_width_mm), Mm(chosen.page_height_mm))
        section.page_width, section.page_height = upright[::-1] if landscape else upright
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        left = chosen.left_margin_mm(long_storage=self._content.long_storage)
        section.left_margin, section.right_margin = Mm(left), Mm(chosen.right_mm)
        section.top_margin, section.bottom_margin = Mm(chosen.top_mm), Mm(chosen.bottom_mm)
        section.header_distance = Mm(chosen.page_number_from_top_mm)
        extra = chosen.page_height_mm - chosen.page_width_mm if landscape else 0.0
        self._width = self._upright_width + round(extra * _TWIPS_PER_MM)

    def _number_pages(self, section: Section) -> None:
        """Number pages from the second in the middle of the top margin (ГОСТ Р 7.0.97)."""
        section.different_first_page_header_footer = True
        xml.add_page_field(section.header.paragraphs[0])


def _is_text(block: Block) -> bool:
    """Return whether a block ends with a line of text that has no space under it."""
    caption = isinstance(block, blocks.Paragraph) and block.role is Role.CAPTION
    text = isinstance(block, blocks.Paragraph | blocks.NumberedPoints | blocks.Bullets)
    return text and not caption


def _needs_gap(after: Block | None) -> bool:
    """Return whether nothing divides a table from what stands under it."""
    spaced = isinstance(after, blocks.Paragraph) and after.role in (Role.NOTE, Role.CAPTION)
    return (
        after is not None
        and not spaced
        and (_is_text(after) or isinstance(after, blocks.Table | blocks.Signature))
    )


def _bookmark(index: int) -> str:
    return f"_Toc{index + 1:06d}"


def _last_differs(lines: tuple[str, ...]) -> list[str]:
    return [*[styles.CORNER] * (len(lines) - 1), styles.CORNER_LAST]
