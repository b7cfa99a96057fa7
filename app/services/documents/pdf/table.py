"""A ruled table: its own layout, because reportlab's is slow where nearly every cell wraps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.services.documents.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from app.services.documents.pdf.styles import NATURAL_LINE, Measures
from app.services.documents.pdf.wrap import Hyphens, Wrapper
from app.services.documents.tables import Align, Cell, Placed, Row, Table, leads, place
from app.services.documents.widths import column_widths

_SIDE = 1.5 * mm
_TOP = 0.6 * mm
_BOTTOM = 1.0 * mm
_RULE = 0.5
_NARROW = 40 * mm
"""In a cell narrower than this words are hyphenated; wider ones wrap between words."""
_ASCENT = 0.891
"""Of Tinos, in sizes: from the top of a line to its base."""
_SPACE = 6.0
"""Above and below a table: its rule must not touch a line of text or another table."""
_LONE_SHARE = 0.25
"""Of the height of a page: a first or last row that takes more of it does not look lone."""
_LEAST_ROWS = 2
"""Rows under the header where a table begins, headings inside it not counted."""
_KEPT_SHARE = 1 / 3
"""Of the height of a page: rows under one cell that take no more of it stay on one page."""
_SPLIT_LINES = 3
"""At least so many lines of a row that is split stand on each page."""
_FACES = {
    (False, False): REGULAR,
    (True, False): BOLD,
    (False, True): ITALIC,
    (True, True): BOLD_ITALIC,
}


@dataclass(frozen=True, slots=True)
class _Box:
    """A laid out cell: ``left`` and ``width`` in points, ``rows`` it covers from its own row."""

    left: float
    width: float
    rows: int
    lines: tuple[str, ...]
    font: str
    align: Align
    middle: bool

    @property
    def edges(self) -> tuple[float, float]:
        return self.left, self.left + self.width

    def height(self, leading: float) -> float:
        return len(self.lines) * leading + _TOP + _BOTTOM


@dataclass(frozen=True, slots=True)
class _Line:
    """A laid out row; a heading inside the table never ends a page."""

    boxes: tuple[_Box, ...]
    height: float
    heading: bool = False


class RuledTable(Flowable):
    """A table that splits between rows, and inside a row only when it is taller than half a page.

    The header is repeated on every page and a heading inside the table stays with the row below
    it.  Where the table begins, the header has two rows below it.  Rows under one cell stay
    together while they are few; where a page cuts them, the cell is said again on the next page, or
    goes on there when it is longer than its rows.
    """

    def __init__(
        self,
        header: tuple[_Line, ...],
        lines: tuple[_Line, ...],
        sizes: Measures,
        *,
        continued: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._whole = whole
        self._header = header
        self._lines = lines
        self._sizes = sizes
        self._continued = continued
        self._leading = sizes.table_size * NATURAL_LINE
        self._top = sum(line.height for line in header)
        self.spaceBefore = self.spaceAfter = _SPACE
        self.width = sizes.width
        self.height = self._top + sum(line.height for line in lines)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size, which does not depend on the frame."""
        return self.width, self.height

    @property
    def lines(self) -> tuple[_Line, ...]:
        """The laid out rows from the header on."""
        return (*self._header, *self._lines)

    @property
    def is_whole(self) -> bool:
        """Whether no page can divide it."""
        return self.beginning() >= self.height

    def beginning(self) -> float:
        """Return the room that the header and the first row need, or where it may split, less."""
        if self._stays_whole():
            return _SPACE + self.height
        first = next((i for i, line in enumerate(self._lines) if not line.heading), 0)
        if self._tall(first):
            needed = sum(line.height for line in self._lines[: first + 1])
            return _SPACE + self._top + min(needed, self._sizes.height / 4)
        ends = range(first + 1, len(self._lines) + 1)
        least = next((end for end in ends if self._cut_back(end) == end), len(self._lines))
        return _SPACE + self._top + sum(line.height for line in self._lines[:least])

    def _stays_whole(self) -> bool:
        return self._whole and self.height < self._sizes.height - _SPACE

    def _leaves_lone(self, cut: int) -> bool:
        """Return whether a cut would put nothing but the last, low row on the next page."""
        alone = cut == len(self._lines) - 1
        return alone and self._lines[-1].height <= self._sizes.height * _LONE_SHARE

    def _begins_lone(self, cut: int) -> bool:
        """Return whether a cut would leave the header with one low row where the table begins."""
        above = [line for line in self._lines[:cut] if not line.heading]
        if self._continued or len(above) >= _LEAST_ROWS:
            return False
        return all(line.height <= self._sizes.height * _LONE_SHARE for line in above)

    def split(self, _width: float, room: float) -> list[Flowable]:
        """Return the parts of the table, or nothing to have it begin on the next page."""
        if self._stays_whole():
            return []
        left = room - self._top
        ends = list(accumulate(line.height for line in self._lines))
        fitting = next((i for i, end in enumerate(ends) if end > left), len(ends))
        cut = self._cut_back(fitting)
        used = ends[fitting - 1] if fitting else 0.0
        if self._tall(fitting) and left - used >= self._split_least(fitting):
            return self._parts(*self._split_row(fitting, left - used))
        if cut == 0:
            # On a fresh page nothing better will come: let what fits stand, headings alone or not.
            fresh = room >= self._sizes.height - 1
            return self._parts(*self._cut(max(fitting, 1))) if fresh else []
        return self._parts(*self._cut(cut))

    def _cut_back(self, cut: int) -> int:
        """Return where a page may end at or above ``cut``; 0 for nowhere."""
        while 0 < cut < len(self._lines):
            if self._begins_lone(cut):
                return 0
            if self._leaves_lone(cut) or self._lines[cut - 1].heading:
                cut -= 1
                continue
            start = self._start_of_kept(cut)
            if start == cut:
                break
            cut = start
        return cut

    def _start_of_kept(self, cut: int) -> int:
        """Return the first row under a cell that a cut would part from rows that stay with it."""
        start = cut
        for number, line in enumerate(self._lines[:cut]):
            for box in line.boxes:
                if number + box.rows > cut and self._stay_together(number, box.rows):
                    start = min(start, number)
        return start

    def _stay_together(self, index: int, rows: int) -> bool:
        height = sum(line.height for line in self._lines[index : index + rows])
        return height <= self._sizes.height * _KEPT_SHARE

    def _tall(self, index: int) -> bool:
        lines = self._lines
        return index < len(lines) and lines[index].height > self._sizes.height / 2

    def _split_least(self, index: int) -> float:
        """A tall row begins where a reasonable part of it fits; a continued one goes right on."""
        at_start = self._continued and index == 0
        return (_SPLIT_LINES if at_start else 2 * _SPLIT_LINES) * self._leading + _TOP + _BOTTOM

    def _parts(self, above: tuple[_Line, ...], below: tuple[_Line, ...]) -> list[Flowable]:
        parts: list[Flowable] = [self._part(above, self._continued)]
        return [*parts, self._part(below, True)] if below else parts

    def _part(self, lines: tuple[_Line, ...], continued: bool) -> RuledTable:
        return RuledTable(self._header, lines, self._sizes, continued=continued)

    def _cut(self, index: int) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
        """Divide the rows before ``index``; cells that reach over the cut go on below it."""
        above = list(self._lines[:index])
        carried: list[_Box] = []
        for number, line in enumerate(above):
            reaching = [box for box in line.boxes if number + box.rows > index]
            if reaching:
                boxes, rest = self._divide(line.boxes, above[number:], index - number)
                above[number] = replace(line, boxes=boxes)
                carried += rest
        below = list(self._lines[index:])
        if below and carried:
            boxes = tuple(sorted((*below[0].boxes, *carried), key=lambda box: box.left))
            below[0] = replace(below[0], boxes=boxes)
            _stretch(below, self._leading)
        return tuple(above), tuple(below)

    def _divide(
        self, boxes: tuple[_Box, ...], lines: Sequence[_Line], rows: int
    ) -> tuple[tuple[_Box, ...], list[_Box]]:
        """Divide the boxes of a row that cover more than ``rows`` rows."""
        room = sum(line.height for line in lines) - _TOP - _BOTTOM
        fits = max(1, int(room / self._leading + 1e-6))
        kept, rest = [], []
        for box in boxes:
            if box.rows <= rows:
                kept.append(box)
                continue
            kept.append(replace(box, rows=rows, lines=box.lines[:fits]))
            further = box.lines[fits:] or box.lines
            rest.append(replace(box, rows=box.rows - rows, lines=further))
        return tuple(kept), rest

    def _split_row(self, index: int, room: float) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
        """Divide one tall row by lines of text."""
        above, below = self._cut(index)
        row, *rest = below
        fits = int((room - _TOP - _BOTTOM) / self._leading + 1e-6)
        head = tuple(replace(box, rows=1, lines=box.lines[:fits]) for box in row.boxes)
        tail = tuple(replace(box, lines=box.lines[fits:]) for box in row.boxes)
        lines = [replace(row, boxes=tail, height=_height(tail, self._leading)), *rest]
        _stretch(lines, self._leading)
        top = replace(row, boxes=head, height=_height(head, self._leading))
        return (*above, top), tuple(lines)

    def draw(self) -> None:
        """Draw where reportlab has put the origin: the lower left corner."""
        canvas: Canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(_RULE)
        canvas.setStrokeColor(colors.black)
        canvas.setFillColor(colors.black)
        lines = self.lines
        tops = [self.height, *(self.height - end for end in accumulate(x.height for x in lines))]
        rules: list[tuple[float, float, float, float]] = [(0, 0, self.width, 0)]
        rules.append((self.width, 0, self.width, self.height))
        for index, line in enumerate(lines):
            for box in line.boxes:
                top, bottom = tops[index], tops[min(index + box.rows, len(lines))]
                rules.append((box.left, top, box.left + box.width, top))
                rules.append((box.left, bottom, box.left, top))
                self._write(canvas, box, top, bottom)
        canvas.lines(rules)
        canvas.restoreState()

    def _write(self, canvas: Canvas, box: _Box, top: float, bottom: float) -> None:
        if not any(box.lines):
            return
        size, leading = self._sizes.table_size, self._leading
        spare = top - bottom - box.height(leading) if box.middle else 0.0
        base = top - _TOP - max(spare, 0) / 2 - _ASCENT * size
        if box.align is Align.LEFT:
            text = canvas.beginText(box.left + _SIDE, base)
            text.setFont(box.font, size, leading)
            for line in box.lines:
                text.textLine(line)
            canvas.drawText(text)
            return
        canvas.setFont(box.font, size)
        centred = box.align is Align.CENTER
        put = canvas.drawCentredString if centred else canvas.drawRightString
        x = box.left + (box.width / 2 if centred else box.width - _SIDE)
        for number, line in enumerate(box.lines):
            put(x, base - number * leading, line)


def table(block: Table, sizes: Measures, wrapper: Wrapper) -> RuledTable:
    """Return the table over the whole width of the text."""
    widths = column_widths(block, sizes.width, sizes.table_size, _SIDE)
    edges = [0.0, *accumulate(widths)]
    make = _Layout(block, edges, sizes, wrapper)
    header, lines = make.lines(block.header, header=True), make.lines(block.rows)
    if sum(line.height for line in header) > sizes.height / 2:
        # A header that leaves no room for rows is printed once.
        header, lines = (), (*header, *lines)
    return RuledTable(header, lines, sizes, whole=block.whole)


class _Layout:
    """Lays the cells of one table out."""

    def __init__(self, block: Table, edges: list[float], sizes: Measures, wrapper: Wrapper) -> None:
        self._columns = block.columns
        self._edges = edges
        self._size = sizes.table_size
        self._wrapper = wrapper

    def lines(self, rows: tuple[Row, ...], *, header: bool = False) -> tuple[_Line, ...]:
        """Return the laid out rows."""
        boxes: list[list[_Box]] = [[] for _ in rows]
        for placed in place(rows, len(self._columns)):
            boxes[placed.row].append(self._box(placed, header))
        leading = self._size * NATURAL_LINE
        made = [
            _Line(tuple(found), _height(found, leading), leads(row, len(self._columns)))
            for row, found in zip(rows, boxes, strict=True)
        ]
        _stretch(made, leading)
        return tuple(made)

    def _box(self, placed: Placed, header: bool) -> _Box:
        cell = placed.cell
        left, right = self._edges[placed.column], self._edges[placed.last_column]
        font = _FACES[cell.bold or header, cell.italic]
        width = right - left - 2 * _SIDE
        align = self._align(cell, placed.column, header)
        hyphens = Hyphens.NONE
        if right - left < _NARROW:
            # Ragged lines of a centred cell or a label are no harm: only long words are parted.
            whole = align is Align.CENTER or cell.bold
            hyphens = Hyphens.LONG if whole else Hyphens.FILL
        lines = self._wrapper.lines(cell.text, font, self._size, width, hyphens=hyphens)
        return _Box(left, right - left, cell.rows, lines, font, align, middle=header)

    def _align(self, cell: Cell, column: int, header: bool) -> Align:
        if cell.align is not None:
            return cell.align
        return Align.CENTER if header else self._columns[column].align


def _height(boxes: Sequence[_Box], leading: float) -> float:
    """Return the height of a row by the cells that cover it alone."""
    single = [box.height(leading) for box in boxes if box.rows == 1]
    return max(single, default=leading + _TOP + _BOTTOM)


def _stretch(lines: list[_Line], leading: float) -> None:
    """Make the last row under a cell of several rows taller where the cell needs it."""
    for index, line in enumerate(lines):
        for box in line.boxes:
            if box.rows == 1:
                continue
            last = min(index + box.rows, len(lines)) - 1
            lacking = box.height(leading) - sum(x.height for x in lines[index : last + 1])
            if lacking > 0:
                lines[last] = replace(lines[last], height=lines[last].height + lacking)
