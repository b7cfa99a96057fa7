"""Neutral blocks drawn as a PDF: embedded fonts only, bookmarks, metadata, page numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TypeGuard

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    ActionFlowable,
    CondPageBreak,
    Flowable,
    Image,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.doctemplate import LayoutError

from app.errors import OutputError
from app.services.documents import blocks
from app.services.documents.blocks import Block, Content, Role, texts
from app.services.documents.emblem import emblem_png
from app.services.documents.language import NBSP
from app.services.documents.pdf.chart import chart
from app.services.documents.pdf.closing import Closed
from app.services.documents.pdf.document import (
    MARK,
    SIDEWAYS,
    UPRIGHT,
    ContentsLine,
    Document,
    HeadingParagraph,
    PageNumbers,
    TooManyPagesError,
)
from app.services.documents.pdf.fonts import REGULAR, check_letters
from app.services.documents.pdf.paragraph import TextParagraph, aligned
from app.services.documents.pdf.sheets import Stamp, TitleSheet
from app.services.documents.pdf.styles import Measures, Styles, markup, measures, styles, turned
from app.services.documents.pdf.table import RuledTable, table
from app.services.documents.pdf.wrap import Wrapper
from app.services.documents.together import announces, is_short, kept_items, with_signature
from app.services.documents.types import Laid

_LINE_SPACE = 6
_SIGNATURE_SPACE = 36
_EXECUTOR_SPACE = 24
_POST_SHARE = 0.55
"""Share of the line for the post of who signs; the rest is room for ink and the name."""
_FUZZ = 1e-6
_BULLET = "\N{EN DASH}"


def render(content: Content) -> bytes:
    """Return the document as a PDF file.

    OutputError names a character that the embedded font lacks and its place, a table of too many
    columns, or says that a text is taller than a sheet; UserError why the emblem cannot be printed.
    """
    return _draw(content)[0].pdf


def lay(content: Content, check: Callable[[], None]) -> Laid:
    """Return the same with the places of its blocks.

    ``check`` is called between the parts of pages and may raise to end the work.
    """
    return _draw(content, check)[0]


def fits(content: Content, most_pages: int) -> bool:
    """Return whether the document takes no more pages; a longer one is not drawn to its end.

    One page is only measured: a card is tried in many lengths, and drawing is most of the work.
    """
    if most_pages == 1:
        return _fits_one_page(content)
    try:
        _draw(content, most_pages=most_pages)
    except TooManyPagesError:
        return False
    return True


def _fits_one_page(content: Content) -> bool:
    """Return whether nothing of the document begins a second page, as reportlab would count it."""
    check_letters(texts(content))
    sizes = measures(content)
    sizes = turned(sizes) if _begins_sideways(content) else sizes
    left, after = sizes.height, None
    for one in _Story(measures(content), styles(content)).of(content):
        if isinstance(one, PageBreak) or (isinstance(one, CondPageBreak) and one.height > left):
            return False
        if isinstance(one, CondPageBreak | ActionFlowable):
            continue
        # Nothing is set off from the upper edge; two spaces that meet are as one.
        left -= 0.0 if after is None else max(one.getSpaceBefore() - after, 0.0)
        left -= one.wrap(sizes.width, left)[1]
        if left < -_FUZZ:
            return False
        after = one.getSpaceAfter()
        left -= after
    return True


def heading_pages(content: Content) -> dict[int, int]:
    """Return the page of every heading by its index; the contents of a Word file show them."""
    return _draw(content)[1]


def _draw(
    content: Content, check: Callable[[], None] = lambda: None, most_pages: int | None = None
) -> tuple[Laid, dict[int, int]]:
    check_letters(texts(content))
    file = io.BytesIO()
    sizes = measures(content)
    sideways = _begins_sideways(content)
    document = Document(file, content, sizes, sideways=sideways, check=check, most_pages=most_pages)
    story = _Story(sizes, styles(content)).of(content)
    try:
        document.build([*story, PageNumbers(document.heading_pages, sizes.text_size)])
    except LayoutError as error:
        raise OutputError(
            f"В документе «{content.title[:60]}» есть надпись выше листа: разделить её нельзя.",
            "Сократите самую длинную надпись (подпись, гриф, дату и номер) и повторите.",
        ) from error
    return Laid(file.getvalue(), document.places), document.heading_pages


class _Story:
    """Turns blocks into reportlab's flowables."""

    def __init__(self, sizes: Measures, look: Styles) -> None:
        self._upright = sizes
        self._sizes = sizes
        self._look = look
        self._wrapper = Wrapper()
        self._headings: list[HeadingParagraph] = []
        self._drawn_headings = 0
        self._leads_to_table = False
        """Whether only headings stand between the block being drawn and a table."""
        self._laid: tuple[blocks.Table, RuledTable] | None = None
        """The table under the headings that are being drawn."""

    def of(self, content: Content) -> list[Flowable]:
        """Return the flowables of the whole document."""
        self._headings = [
            HeadingParagraph.of(block, index, self._look.headings[block.level])
            for index, block in enumerate(_headings(content))
        ]
        story: list[Flowable] = []
        drawn_to = 0
        """Blocks before this one are drawn already, with a signature."""
        for index, block in enumerate(content.blocks):
            if index < drawn_to:
                continue
            following = content.blocks[index + 1 :]
            story += self._room_for_table(content.blocks, index)
            closing = self._closing(content.blocks, index)
            if closing:
                drawn_to = index + len(closing)
                story = self._closed(story, closing)
                continue
            after = following[0] if following else None
            drawn = self._first_page(block) if index == 0 else None
            drawn = self._draw(block, after) if drawn is None else drawn
            _mark(drawn, index)
            story += drawn
        return story

    def _closed(self, story: list[Flowable], closing: list[Flowable]) -> list[Flowable]:
        """Let no signature stand alone on a page: the last rows or lines over it go along."""
        above = _paragraphs_at_end(story)
        count = with_signature([one.getPlainText() for one in above])
        taken: list[Flowable] = [*above[len(above) - count :]] if count else story[-1:]
        body = taken[0] if taken else None
        long = isinstance(body, Paragraph) and not is_short(body.getPlainText())
        if body is not None and (long or isinstance(body, RuledTable)):
            made = Closed(body, [*taken[1:], *closing], self._sizes.height)
            setattr(made, MARK, getattr(body, MARK))
            return [*story[: -len(taken)], made]
        for one in (*taken, *closing[:-1]):
            if isinstance(one, Paragraph | Table | Stamp):
                one.keepWithNext = 1
        return [*story, *closing]

    def _first_page(self, block: Block) -> list[Flowable] | None:
        """Return nothing for the turn of the first page, which is there already."""
        if not isinstance(block, blocks.NewPage):
            return None
        self._sizes = turned(self._upright) if block.landscape else self._upright
        return []

    def _room_for_table(self, listed: tuple[Block, ...], index: int) -> list[Flowable]:
        """Ask for room for headings and the beginning of the table that they stand over.

        A table as a whole is not kept together with its heading: it may be longer than a page.
        """
        chain, below = _over_table(listed, index)
        self._leads_to_table = below is not None
        if below is None or (index and _is_over(listed[index - 1])):
            return []
        over = [self._over(block) for block in chain]
        heights = [
            one.wrap(self._sizes.width, self._sizes.height)[1]
            + one.style.spaceBefore
            + one.style.spaceAfter
            for one in over
        ]
        laid = table(below, self._sizes, self._wrapper)
        self._laid = (below, laid)
        needed = sum(heights) + laid.beginning()
        if laid.is_whole:
            needed += self._height(self._closing(listed, index + len(chain) + 1))
        return [CondPageBreak(min(needed, self._sizes.height))]

    def _closing(self, listed: tuple[Block, ...], index: int) -> list[Flowable]:
        """Return the signature at that place and what goes with it, a flowable for each block."""
        drawn: list[Flowable] = []
        if not isinstance(listed[index] if index < len(listed) else None, blocks.Signature):
            return drawn
        for at, block in enumerate(listed[index:], start=index):
            if at > index and not _goes_with_signature(block):
                break
            made = self._draw(block, None)
            _mark(made, at)
            drawn += made
        return drawn

    def _height(self, drawn: list[Flowable]) -> float:
        size = (self._sizes.width, self._sizes.height)
        return sum(one.getSpaceBefore() + one.wrap(*size)[1] + one.getSpaceAfter() for one in drawn)

    def _table(self, block: blocks.Table) -> RuledTable:
        """Return the table, which the headings over it may have had laid out already."""
        known, self._laid = self._laid, None
        if known is not None and known[0] is block:
            return known[1]
        return table(block, self._sizes, self._wrapper)

    def _over(self, block: blocks.Heading | blocks.Paragraph) -> Paragraph:
        if isinstance(block, blocks.Heading):
            return self._line(block.text, self._look.headings[block.level])
        return TextParagraph(markup(block.runs), self._look.roles[block.role])

    def _draw(self, block: Block, after: Block | None) -> list[Flowable]:
        match block:
            case blocks.Letterhead():
                return self._letterhead(block)
            case blocks.DocumentName(text):
                return [self._line(text, self._look.document_name)]
            case blocks.Registration(day, number):
                return [self._two_ends(day, number)]
            case blocks.Heading():
                return [self._heading()]
            case blocks.Paragraph():
                return self._paragraph(block, after)
            case blocks.NumberedPoints():
                return self._points(block)
            case blocks.Bullets():
                return self._bullets(block)
            case blocks.Table():
                return [self._table(block)]
            case blocks.Chart():
                return chart(block, self._sizes)
            case blocks.Signature(post, name):
                return [self._signature(post, name)]
            case blocks.StampPlace():
                return [Stamp(block, self._sizes)]
            case blocks.Title():
                return self._title(block, after)
            case blocks.Contents():
                return self._contents(block)
            case blocks.NewPage(landscape):
                return self._new_page(landscape, after)
            case blocks.Annex(mark, landscape):
                return [*self._begin(landscape), *self._corner(mark)]
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
        drawn.append(self._line(own, self._look.organisation))
        return [*drawn, *(self._line(line, self._look.contacts) for line in block.contacts)]

    def _two_ends(self, left: str, right: str) -> Table:
        style = self._look.line
        right_style = ParagraphStyle("right", parent=style, alignment=2)
        half = self._sizes.width / 2
        cells = [self._line(left, style), self._line(right, right_style)]
        return Table([cells], colWidths=[half, half], style=_BARE, spaceAfter=_LINE_SPACE)

    def _heading(self) -> HeadingParagraph:
        heading = self._headings[self._drawn_headings]
        self._drawn_headings += 1
        # Room for a table was asked for before the first of the headings over it.
        heading.keepWithNext = int(not self._leads_to_table)
        return heading

    def _paragraph(self, block: blocks.Paragraph, after: Block | None) -> list[Flowable]:
        style = self._look.roles[block.role]
        if style.alignment == TA_JUSTIFY:
            style = aligned(style, block.text)
        drawn = TextParagraph(markup(block.runs), style)
        if announces(block, after):
            drawn.keepWithNext = 1
        if self._leads_to_table:
            drawn.keepWithNext = 0
        return [drawn]

    def _points(self, block: blocks.NumberedPoints) -> list[Flowable]:
        return self._items(
            [
                (f"{number}{NBSP}{point.text}", self._look.point)
                for number, point in block.numbered()
            ]
        )

    def _bullets(self, block: blocks.Bullets) -> list[Flowable]:
        deepest = len(self._look.bullets) - 1
        return self._items(
            [
                (f"{_BULLET}{NBSP}{point.text}", self._look.bullets[min(level, deepest)])
                for level, point in block.leveled()
            ]
        )

    def _items(self, listed: list[tuple[str, ParagraphStyle]]) -> list[Flowable]:
        drawn: list[Flowable] = []
        kept = kept_items([text for text, _ in listed])
        for (text, style), keeps in zip(listed, kept, strict=True):
            item = TextParagraph(markup((blocks.Run(text),)), aligned(style, text))
            item.keepWithNext = int(keeps)
            drawn.append(item)
        return drawn

    def _signature(self, post: str, name: str) -> Flowable:
        style = self._look.line
        right = ParagraphStyle("name", parent=style, alignment=2)
        width = self._sizes.width
        return Table(
            [[self._line(post, style), self._line(name, right)]],
            colWidths=[width * _POST_SHARE, width * (1 - _POST_SHARE)],
            style=_BARE,
            spaceBefore=_SIGNATURE_SPACE,
            spaceAfter=_EXECUTOR_SPACE,
        )

    def _title(self, block: blocks.Title, after: Block | None) -> list[Flowable]:
        sheet = TitleSheet(block, self._look.title, self._look.roles[Role.CENTER])
        breaks = after is None or isinstance(after, blocks.NewPage | blocks.Annex)
        return [sheet] if breaks else [sheet, PageBreak()]

    def _contents(self, block: blocks.Contents) -> list[Flowable]:
        every = [(head.index, head.outline) for head in self._headings if head.outline]
        listed = [(index, head) for index, head in every if head.level <= block.depth]
        top = min((head.level for _, head in listed), default=1)
        lines: list[Flowable] = [self._line(block.title, self._look.headings[1])]
        for index, head in listed:
            indent = (head.level - top) * self._look.point.firstLineIndent / 2
            style = ParagraphStyle("contents", parent=self._look.line, leftIndent=indent)
            line = (index, head.text)
            lines.append(ContentsLine(line, style, self._sizes.width, self._wrapper))
        return lines

    def _new_page(self, landscape: bool, after: Block | None) -> list[Flowable]:
        if after is None or isinstance(after, blocks.NewPage | blocks.Annex):
            return []
        return self._begin(landscape)

    def _begin(self, landscape: bool) -> list[Flowable]:
        self._sizes = turned(self._upright) if landscape else self._upright
        return [NextPageTemplate(SIDEWAYS if landscape else UPRIGHT), PageBreak()]

    def _corner(self, lines: tuple[str, ...]) -> list[Flowable]:
        style = self._look.corner
        if self._sizes is not self._upright:
            shift = self._sizes.width - self._upright.width
            style = ParagraphStyle("side corner", parent=style, leftIndent=style.leftIndent + shift)
        return [*(self._line(line, style) for line in lines), Spacer(0, 8)]


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


def _mark(drawn: list[Flowable], index: int) -> None:
    for one in drawn:
        setattr(one, MARK, index)


def _paragraphs_at_end(story: list[Flowable]) -> list[Paragraph]:
    """Return the paragraphs that nothing else follows."""
    found: list[Paragraph] = []
    for one in reversed(story):
        if not isinstance(one, Paragraph):
            break
        found.insert(0, one)
    return found


def _begins_sideways(content: Content) -> bool:
    first = content.blocks[0] if content.blocks else None
    return isinstance(first, blocks.NewPage) and first.landscape


def _headings(content: Content) -> list[blocks.Heading]:
    return [block for block in content.blocks if isinstance(block, blocks.Heading)]


def _goes_with_signature(block: Block) -> bool:
    executor = isinstance(block, blocks.Paragraph) and block.role is Role.EXECUTOR
    return executor or isinstance(block, blocks.StampPlace | blocks.Signature)


def _is_over(block: Block) -> TypeGuard[blocks.Heading | blocks.Paragraph]:
    """Return whether the block is a heading or a caption: never the last on a page."""
    caption = isinstance(block, blocks.Paragraph) and block.role is Role.CAPTION
    return caption or isinstance(block, blocks.Heading)


def _over_table(
    listed: tuple[Block, ...], index: int
) -> tuple[list[blocks.Heading | blocks.Paragraph], blocks.Table | None]:
    """Return the headings from ``index`` on and the table right under them, if there is one."""
    chain: list[blocks.Heading | blocks.Paragraph] = []
    for block in listed[index:]:
        if not _is_over(block):
            return chain, block if chain and isinstance(block, blocks.Table) else None
        chain.append(block)
    return chain, None
