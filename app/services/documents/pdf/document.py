"""The PDF file itself: sheets upright and on their side, page numbers, bookmarks, contents."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from reportlab import rl_config
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
)

from app.services.documents import blocks
from app.services.documents.blocks import Content
from app.services.documents.pdf.archive import make_lasting
from app.services.documents.pdf.fonts import REGULAR
from app.services.documents.pdf.styles import Measures, markup, turned
from app.services.documents.pdf.wrap import Hyphens, Wrapper
from app.services.documents.types import Place

# Streams stay bytes: reportlab would write them as text, a quarter longer and more slowly.
rl_config.useA85 = 0

UPRIGHT, SIDEWAYS = "upright", "sideways"

_DOTS_FROM = 6.0
"""Space between the end of a heading in the contents and the first dot."""
_ASCENT = 0.891
_DIGITS = 4
"""Room for the number of a page in the contents."""

MARK = "block_of_content"
"""Attribute of a flowable: the index of the block that it draws."""
_UNSEEN = (ActionFlowable, PageBreak, CondPageBreak)
"""What moves on to another page without drawing anything."""


def _go_on() -> None:
    """Nobody asks to stop."""


class TooManyPagesError(Exception):
    """The document goes on where it had to end."""


class HeadingParagraph(Paragraph):
    """A heading that also becomes a bookmark.

    A part that a page cut off has no ``outline``: reportlab makes parts by the constructor of the
    paragraph, which must stay as it is.
    """

    outline: blocks.Heading | None = None
    index = 0
    """Its place among all headings."""

    @classmethod
    def of(cls, block: blocks.Heading, index: int, style: ParagraphStyle) -> HeadingParagraph:
        """Return the paragraph of a heading."""
        made = cls(markup((blocks.Run(block.text),)), style)
        made.outline, made.index = block, index
        return made

    def split(self, width: float, room: float) -> list[Flowable]:
        """Divide a heading that no page can hold; the bookmark leads to its first part."""
        parts = super().split(width, room)
        if parts and isinstance(parts[0], HeadingParagraph):
            parts[0].outline, parts[0].index = self.outline, self.index
        return parts


class Document(BaseDocTemplate):
    """Sheets, properties and bookmarks of the file."""

    def __init__(
        self,
        file: io.BytesIO,
        content: Content,
        sizes: Measures,
        *,
        sideways: bool,
        check: Callable[[], None] = _go_on,
        most_pages: int | None = None,
    ) -> None:
        self._content = content
        self.heading_pages: dict[int, int] = {}
        self.places: dict[int, Place] = {}
        self._check = check
        self._depth = -1
        """Level of the last bookmark, from 0."""
        self._most_pages = most_pages
        self._handled: tuple[int | None, float] = (None, 0.0)
        sheets = {UPRIGHT: sizes, SIDEWAYS: turned(sizes)}
        if sideways:
            # The document begins with the first of its sheets.
            sheets = dict(reversed(sheets.items()))
        super().__init__(
            file,
            pagesize=sizes.page,
            pageTemplates=[_sheet(name, measures) for name, measures in sheets.items()],
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

    def handle_pageBegin(self) -> None:  # noqa: N802 - reportlab's name
        """Begin a page; TooManyPagesError where there may be no more of them."""
        if self._most_pages is not None and self.page >= self._most_pages:
            raise TooManyPagesError
        super().handle_pageBegin()

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Note which block is about to be drawn: only the whole of it knows, not its parts."""
        self._check()
        # What is split is drawn from where the page was filled to when its turn came.
        filled = getattr(getattr(self, "frame", None), "_y", 0.0)
        self._handled = (getattr(flowables[0], MARK, None), filled)
        super().handle_flowable(flowables)

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Make the file fit for keeping before the first page is drawn."""
        make_lasting(self.canv, self._content)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Remember where blocks and headings were drawn; add a bookmark for each heading."""
        block = getattr(flowable, MARK, self._handled[0])
        if block is not None and block not in self.places and not isinstance(flowable, _UNSEEN):
            height = self.pageTemplate.pagesize[1]
            top = min(max(1 - self._handled[1] / height, 0.0), 1.0)
            self.places[block] = Place(self.canv.getPageNumber() - 1, top)
            for one in getattr(flowable, "closing", ()):
                self.places[getattr(one, MARK)] = self.places[block]
        if not isinstance(flowable, HeadingParagraph) or flowable.outline is None:
            return
        heading = flowable.outline
        key = _key(flowable.index)
        self.heading_pages[flowable.index] = self.canv.getPageNumber()
        self.canv.bookmarkPage(key)
        # A bookmark stands at most one level below the one before it; reportlab ends otherwise.
        self._depth = min(heading.level - 1, self._depth + 1)
        self.canv.addOutlineEntry(heading.text, key, self._depth)


class ContentsLine(Flowable):
    """One line of the contents.

    The number of the page is a form that is filled in at the end: a second pass over a document
    of a hundred pages would double the time.
    """

    def __init__(
        self, heading: tuple[int, str], style: ParagraphStyle, width: float, wrapper: Wrapper
    ) -> None:
        super().__init__()
        self._index, text = heading
        self._style = style
        self._wrapper = wrapper
        size = style.fontSize
        self._pages = wrapper.width("0" * _DIGITS, REGULAR) * size
        room = width - self._pages - style.leftIndent
        self._lines = wrapper.lines(text, REGULAR, size, room, hyphens=Hyphens.NONE)
        self.width = width
        self.height = len(self._lines) * style.leading

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the line, more than one where the heading is long."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the heading, the dots, and where its page will be written."""
        canvas: Canvas = self.canv
        style = self._style
        base = style.leading - style.fontSize * _ASCENT
        text = canvas.beginText(style.leftIndent, self.height - style.leading + base)
        text.setFont(REGULAR, style.fontSize, style.leading)
        for line in self._lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.setFont(REGULAR, style.fontSize)  # a text object has a font of its own
        canvas.drawRightString(self.width - self._pages, base, self._dots())
        canvas.saveState()
        canvas.translate(self.width, base)
        canvas.doForm(_form(self._index))
        canvas.restoreState()
        canvas.linkRect("", _key(self._index), (0, 0, self.width, self.height), relative=1)

    def _dots(self) -> str:
        size = self._style.fontSize
        end = self._style.leftIndent + self._wrapper.width(self._lines[-1], REGULAR) * size
        dot = self._wrapper.width(".", REGULAR) * size
        return "." * max(0, int((self.width - self._pages - end - _DOTS_FROM) / dot))


class PageNumbers(ActionFlowable):
    """Last of all: writes the numbers of pages into the contents.

    It is an action, for even a flowable of no size begins a new page where the last one is full.
    """

    def __init__(self, pages: Mapping[int, int], size: float) -> None:
        super().__init__()
        self._pages = pages
        self._size = size

    def apply(self, doc: BaseDocTemplate) -> None:
        """Fill the forms that the lines of the contents refer to."""
        canvas: Canvas = doc.canv
        for index, page in self._pages.items():
            canvas.beginForm(_form(index), -100, -20, 10, 40)
            canvas.setFont(REGULAR, self._size)
            canvas.drawRightString(0, 0, str(page))
            canvas.endForm()


def _sheet(name: str, sizes: Measures) -> PageTemplate:
    frame = Frame(sizes.left, sizes.bottom, sizes.width, sizes.height, 0, 0, 0, 0)

    def number_page(canvas: Canvas, _document: Any) -> None:
        """Number pages from the second in the middle of the top margin (ГОСТ Р 7.0.97)."""
        page = canvas.getPageNumber()
        if page == 1:
            return
        canvas.setFont(REGULAR, sizes.small_size)
        top = sizes.page[1] - sizes.page_number_top - sizes.small_size * 0.7
        canvas.drawCentredString(sizes.left + sizes.width / 2, top, str(page))

    return PageTemplate(name, [frame], onPage=number_page, pagesize=sizes.page)


def _key(index: int) -> str:
    return f"heading-{index}"


def _form(index: int) -> str:
    return f"page-of-{index}"


def _subject(content: Content) -> str:
    day = f" от {content.meta.date:%d.%m.%Y}" if content.meta.date else ""
    number = f" № {content.meta.number}" if content.meta.number else ""
    return f"{content.meta.year} год{day}{number}"
