"""Neutral blocks put into a foreign Word document in the place of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn

from app.services.documents import blocks
from app.services.documents.blanks import has_blank
from app.services.documents.blocks import Block
from app.services.documents.typography import Profile
from app.services.documents.word import styles
from app.services.documents.word.chart import add_chart
from app.services.documents.word.tables import Tables

_TWIPS_PER_POINT = 20
_POINTS_PER_MM = 72 / 25.4
_A4 = (11906, 16838, 1134, 1134)
"""Width, height, left and right margin in twips where a template does not say them."""
_CHART_SHARE = 0.6
"""Of the height of a sheet: a picture of a template must leave room for its own text."""
_POST_SHARE = 0.55


class Inserter:
    """Draws blocks at the end of the document and moves them where they belong.

    Numbers of points are plain text here: the lists of a foreign document are its own.
    """

    def __init__(self, document: Any, profile: Profile, *, long_storage: bool) -> None:
        self._document = document
        self._profile = profile
        styles.complement(document, profile, long_storage=long_storage)
        ids = {style.name: style.style_id for style in document.styles}
        self._has = frozenset(ids)
        self._tables = Tables(document, ids)
        self._width = 0
        self._height = 0

    def put(self, paragraph: Any, made: Iterable[Block]) -> None:
        """Put the blocks in the place of the paragraph."""
        self._width, self._height = _room(paragraph)
        body = self._document.element.body
        before = len(body)
        for block in made:
            self._add(block)
        last = [one for one in body[before - 1 :] if one.tag != qn("w:sectPr")]
        new = last if body[-1].tag == qn("w:sectPr") else list(body[before:])
        for element in new:
            paragraph.addprevious(element)
        _take_out(paragraph)

    def _add(self, block: Block) -> None:
        match block:
            case blocks.Paragraph():
                self._paragraph(block)
            case blocks.Heading(text, level):
                own = f"Heading {level}"
                self._text(text, own if own in self._has else styles.INSERTED)
            case blocks.NumberedPoints():
                for number, point in block.numbered():
                    self._text(f"{number} {point.text}", styles.POINT)
            case blocks.Bullets():
                for _, point in block.leveled():
                    self._text(f"– {point.text}", styles.BULLET)
            case blocks.Table():
                self._tables.add(block, self._width, self._profile.table_pt)
                # Word joins two tables that no paragraph divides.
                self._text("", styles.ROLES[blocks.Role.NOTE])
            case blocks.Chart():
                page = (self._width / _TWIPS_PER_POINT, self._height * _CHART_SHARE)
                add_chart(self._document, block, styles.CHART, page, self._profile.table_pt - 2)
            case _:
                self._layout(block)

    def _layout(self, block: Block) -> None:
        match block:
            case blocks.Annex(mark=mark):
                self._new_page()
                self._corner(mark)
            case blocks.ApprovalStamp(lines) | blocks.Addressee(lines):
                self._corner(lines)
            case blocks.Signature(post, name):
                ends = ((post, styles.SIGNATURE), (name, styles.SIGNATURE_NAME))
                self._tables.add_line(ends, _POST_SHARE, self._width)
            case blocks.Registration(day, number):
                ends = ((day, styles.LINE), (number, styles.LINE_RIGHT))
                self._tables.add_line(ends, 0.5, self._width)
            case blocks.NewPage():
                self._new_page()
            case blocks.StampPlace(text):
                self._text(text, styles.STAMP)
            case blocks.DocumentName(text):
                self._text(text, styles.DOCUMENT_NAME)
            case blocks.Letterhead(names=names):
                for name in names:
                    self._text(name, styles.ORGANISATION)
            case blocks.Title(lines, foot):
                for line in (*lines, foot):
                    self._text(line, styles.TITLE)
            case _:
                # A contents is made by Word itself from the headings.
                return

    def _paragraph(self, block: blocks.Paragraph) -> None:
        paragraph = self._text("", self._style(styles.ROLES[block.role], block.text))
        for run in block.runs:
            added = paragraph.add_run(run.text)
            added.bold = run.bold or None
            added.italic = run.italic or None

    def _corner(self, lines: tuple[str, ...]) -> None:
        corner = self._profile.corner_width_mm * _POINTS_PER_MM * _TWIPS_PER_POINT
        for line in lines:
            paragraph = self._text(line, styles.CORNER)
            paragraph.paragraph_format.left_indent = max(0, round(self._width - corner)) * 635

    def _new_page(self) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _text(self, text: str, style: str) -> Any:
        return self._document.add_paragraph(text, self._style(style, text))

    def _style(self, style: str, text: str) -> str:
        """Return the style, or for a text with a blank the same without justification."""
        ragged = styles.RAGGED.format(style)
        return ragged if has_blank(text) and ragged in self._has else style


def _room(paragraph: Any) -> tuple[int, int]:
    """Return the width (twips) between the margins and the height (points) of the sheet there."""
    section = _section(paragraph)
    size = None if section is None else section.find(qn("w:pgSz"))
    margins = None if section is None else section.find(qn("w:pgMar"))
    width = _twips(size, "w", _A4[0])
    height = _twips(size, "h", _A4[1])
    left, right = _twips(margins, "left", _A4[2]), _twips(margins, "right", _A4[3])
    return max(width - left - right, width // 4), height // _TWIPS_PER_POINT


def _section(paragraph: Any) -> Any:
    """Return the properties of the section that a paragraph stands in: the next ones after it."""
    body = paragraph
    while body.getparent() is not None and body.tag != qn("w:body"):
        body = body.getparent()
    seen = False
    for element in body.iter(qn("w:p"), qn("w:sectPr")):
        seen = seen or element is paragraph
        if seen and element.tag == qn("w:sectPr"):
            return element
    return None


def _twips(element: Any, name: str, default: int) -> int:
    text = "" if element is None else element.get(qn(f"w:{name}"), "")
    return int(text) if text.isdigit() and len(text) < 7 else default


def _take_out(paragraph: Any) -> None:
    """Take the paragraph of the tag out; one that ends a section or a cell only loses its text."""
    ends_section = next(paragraph.iter(qn("w:sectPr")), None) is not None
    alone = len(paragraph.getparent()) == 1
    if not ends_section and not alone:
        paragraph.getparent().remove(paragraph)
        return
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
