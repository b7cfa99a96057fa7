"""Neutral blocks drawn as a PDF: embedded fonts only, bookmarks, metadata, page numbers."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from app.services.documents import blocks
from app.services.documents.blocks import Block, Content, Role, texts
from app.services.documents.emblem import emblem_png
from app.services.documents.language import NBSP
from app.services.documents.pdf.chart import chart
from app.services.documents.pdf.fonts import REGULAR, check_letters
from app.services.documents.pdf.styles import Measures, Styles, markup, measures, styles
from app.services.documents.pdf.table import beginning_height, table

_SIGNATURE_SPACE = 36
_EXECUTOR_SPACE = 24
_POST_SHARE = 0.55
"""Share of the line for the post of who signs; the rest is room for ink and the name."""


def render(content: Content) -> bytes:
    """Return the document as a PDF file.

    OutputError names a character that the embedded font lacks and its place; UserError says why
    the emblem cannot be printed.
    """
    check_letters(texts(content))
    file = io.BytesIO()
    sizes = measures(content)
    _Document(file, content, sizes).build(_Story(sizes, styles(content)).of(content))
    return file.getvalue()


class _HeadingParagraph(Paragraph):
    """A heading that also becomes a bookmark."""

    def __init__(self, block: blocks.Heading, style: ParagraphStyle) -> None:
        super().__init__(markup((blocks.Run(block.text),)), style)
        self.outline = block


class _Document(BaseDocTemplate):
    """Page, properties and bookmarks of the file."""

    def __init__(self, file: io.BytesIO, content: Content, sizes: Measures) -> None:
        frame = Frame(sizes.left, sizes.bottom, sizes.width, sizes.height, 0, 0, 0, 0)
        self._sizes = sizes
        self._bookmarks = 0
        super().__init__(
            file,
            pagesize=sizes.page,
            pageTemplates=[PageTemplate("page", [frame], onPage=self._number_page)],
            title=content.title,
            author=content.meta.author,
            subject=_subject(content),
            creator="Опора",
            producer="Опора, reportlab",
            lang=content.language,
            displayDocTitle=True,
            # Otherwise every page names Helvetica, which is not embedded.
            initialFontName=REGULAR,
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Add a bookmark for each heading where it was drawn."""
        if not isinstance(flowable, _HeadingParagraph):
            return
        self._bookmarks += 1
        key = f"heading-{self._bookmarks}"
        self.canv.bookmarkPage(key)
        block = flowable.outline
        self.canv.addOutlineEntry(block.text, key, block.level - 1)

    def _number_page(self, canvas: Canvas, _document: Any) -> None:
        """Number pages from the second in the middle of the top margin (ГОСТ Р 7.0.97)."""
        page = canvas.getPageNumber()
        if page == 1:
            return
        sizes = self._sizes
        canvas.setFont(REGULAR, sizes.small_size)
        top = sizes.page[1] - sizes.page_number_top - sizes.small_size * 0.7
        canvas.drawCentredString(sizes.left + sizes.width / 2, top, str(page))


class _Story:
    """Turns blocks into reportlab's flowables."""

    def __init__(self, sizes: Measures, look: Styles) -> None:
        self._sizes = sizes
        self._look = look

    def of(self, content: Content) -> list[Flowable]:
        """Return the flowables of the whole document."""
        story: list[Flowable] = []
        following = (*content.blocks[1:], None)
        for block, after in zip(content.blocks, following, strict=True):
            story += self._draw(block, after)
        return story

    def _draw(self, block: Block, after: Block | None) -> list[Flowable]:
        match block:
            case blocks.Letterhead():
                return self._letterhead(block)
            case blocks.DocumentName(text):
                return [self._line(text, self._look.document_name)]
            case blocks.Registration(day, number):
                return [self._two_ends(day, number)]
            case blocks.Heading():
                return self._heading(block, after)
            case blocks.Paragraph():
                return self._paragraph(block)
            case blocks.NumberedPoints():
                return self._points(block, after)
            case blocks.Table():
                return [table(block, self._sizes)]
            case blocks.Chart():
                return chart(block, self._sizes)
            case blocks.Signature(post, name):
                return self._signature(post, name, after)
            case blocks.Annex(mark):
                return [PageBreak(), *self._corner(mark)]
            case blocks.ApprovalStamp(lines) | blocks.Addressee(lines):
                return self._corner(lines)

    def _line(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(markup((blocks.Run(text),)), style)

    def _letterhead(self, block: blocks.Letterhead) -> list[Flowable]:
        drawn: list[Flowable] = []
        if block.emblem is not None:
            height = self._sizes.emblem_height
            picture, width = emblem_png(block.emblem, height)
            drawn += [Image(io.BytesIO(picture), width, height), Spacer(0, 6)]
        *parents, own = block.names
        drawn += [self._line(name, self._look.parent) for name in parents]
        return [*drawn, self._line(own, self._look.organisation)]

    def _two_ends(self, left: str, right: str) -> Table:
        style = self._look.line
        right_style = ParagraphStyle("right", parent=style, alignment=2)
        half = self._sizes.width / 2
        cells = [self._line(left, style), self._line(right, right_style)]
        return Table([cells], colWidths=[half, half], style=_BARE)

    def _heading(self, block: blocks.Heading, after: Block | None) -> list[Flowable]:
        heading = _HeadingParagraph(block, self._look.headings[block.level])
        if not isinstance(after, blocks.Table):
            return [heading]
        # A long table is not kept together with its heading: ask for room for its beginning.
        heading.keepWithNext = 0
        height = self._sizes.height
        own = heading.wrap(self._sizes.width, height)[1] + heading.style.spaceBefore
        room = own + heading.style.spaceAfter + beginning_height(after, self._sizes)
        return [CondPageBreak(room), heading]

    def _paragraph(self, block: blocks.Paragraph) -> list[Flowable]:
        drawn = Paragraph(markup(block.runs), self._look.roles[block.role])
        if block.role is Role.EXECUTOR:
            drawn.keepWithNext = 1
        return [drawn]

    def _points(self, block: blocks.NumberedPoints, after: Block | None) -> list[Flowable]:
        drawn = [self._line(f"{n}{NBSP}{p.text}", self._look.point) for n, p in block.numbered()]
        if drawn and isinstance(after, blocks.Signature):
            drawn[-1].style = self._look.last_point
        return list(drawn)

    def _signature(self, post: str, name: str, after: Block | None) -> list[Flowable]:
        style = self._look.line
        right = ParagraphStyle("name", parent=style, alignment=2)
        width = self._sizes.width
        row = Table(
            [[self._line(post, style), self._line(name, right)]],
            colWidths=[width * _POST_SHARE, width * (1 - _POST_SHARE)],
            style=_BARE,
            spaceBefore=_SIGNATURE_SPACE,
            spaceAfter=_EXECUTOR_SPACE,
        )
        row.keepWithNext = isinstance(after, blocks.Paragraph)
        return [row]

    def _corner(self, lines: tuple[str, ...]) -> list[Flowable]:
        return [*(self._line(line, self._look.corner) for line in lines), Spacer(0, 8)]


_BARE = TableStyle(
    [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ]
)
"""A table without rules that only sets two texts to the ends of a line."""


def _subject(content: Content) -> str:
    day = f" от {content.meta.date:%d.%m.%Y}" if content.meta.date else ""
    number = f" № {content.meta.number}" if content.meta.number else ""
    return f"{content.meta.year} год{day}{number}"
