"""Pages of a PDF under each other, drawn in the worker as they come into sight."""

from __future__ import annotations

import io
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.services.documents import PDFIUM
from app.ui.tasks import Tasks
from app.ui.theme.metrics import MARGIN

_SMALLEST_WIDTH, _USUAL_WIDTH = 120, 900
"""Logical pixels; a page wider than that is no easier to read."""
_DOTS = 96 / 72
"""Logical pixels to a point where a page is shown in its true size."""
STEPS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200)
"""Per cent of the true size between which zooming goes."""
_SETTLE_MS = 60
"""A resize or a scroll that goes on is drawn once, at its end."""


class Picture(NamedTuple):
    """A drawn page: its number, its size in pixels and its bytes, four to a pixel."""

    page: int
    asked: int
    """The width that was asked for: the library may round it up by a pixel."""
    width: int
    height: int
    data: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page in points."""
    # Late: the PDF library is a few megabytes of native code.
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(document.get_page_size(number) for number in range(len(document)))
        finally:
            document.close()


def draw_page(pdf: bytes, page: int, width: int) -> Picture:
    """Return a page drawn ``width`` pixels wide."""
    import pypdfium2  # late, see above

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            scale = width / document.get_page_size(page)[0]
            bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            drawn = Picture(page, width, bitmap.width, bitmap.height, bytes(bitmap.buffer))
            bitmap.close()
            return drawn
        finally:
            document.close()


def only_pages(pdf: bytes, pages: list[int]) -> bytes:
    """Return a PDF of these pages alone, in this order."""
    import pypdfium2  # late, see above

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        chosen = pypdfium2.PdfDocument.new()
        try:
            chosen.import_pages(document, pages)
            file = io.BytesIO()
            chosen.save(file)
            return file.getvalue()
        finally:
            chosen.close()
            document.close()


class Fit(StrEnum):
    """How wide pages are without a zoom of their own; the value is what the window remembers."""

    USUAL = "usual"
    """As wide as the room, but no wider than is easy to read."""
    WIDTH = "width"
    PAGE = "page"


class PdfView(QScrollArea):
    """Shows a PDF that lies in memory; paper stays white in the dark theme too."""

    pointed = Signal(int, float)
    """A place was clicked: the page from 0, and how far down it as a share of its height."""
    zoomed = Signal()
    """The person has zoomed with the wheel."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._labels: list[QLabel] = []
        self._drawn: dict[int, int] = {}
        self._asked: dict[int, int] = {}
        self._zoom: Fit | int = Fit.USUAL
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.draw_visible)
        self._build()

    def _build(self) -> None:
        self.setAccessibleName("Просмотр документа")
        self.setWidgetResizable(True)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(MARGIN)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)

    def show_pdf(self, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        """Show another document; the place of reading stays when it is about as long."""
        place = self.verticalScrollBar().value()
        self._pdf = pdf
        self._sizes = sizes
        self._drawn.clear()
        self._asked.clear()
        self._match_labels()
        self._fit()
        self._lay_out()
        self.verticalScrollBar().setValue(place)
        self.draw_visible()

    @property
    def zoom(self) -> Fit | int:
        """How the pages are fitted, or per cent of their true size."""
        return self._zoom

    def set_zoom(self, zoom: Fit | int) -> None:
        """Show the pages in another size; what is at the upper edge stays there."""
        page, top = self.place()
        self._zoom = zoom
        self._fit()
        self._lay_out()
        self.show_place(page, top)
        self._settle.start()

    def percent(self) -> int:
        """Return the size of the first page in sight, in per cent of its true size."""
        page = self.place()[0]
        if not self._sizes:
            return 100
        return round(100 * self._width_of(page) / (self._sizes[page][0] * _DOTS))

    def step_zoom(self, up: bool) -> None:
        """Take the next larger or smaller step of the scale."""
        now = self.percent()
        steps = [one for one in STEPS if (one > now if up else one < now)]
        if steps:
            self.set_zoom(min(steps) if up else max(steps))

    def page_count(self) -> int:
        """Return the number of pages shown."""
        return len(self._sizes)

    def place(self) -> tuple[int, float]:
        """Return the page at the upper edge and how far down it the edge is, as a share."""
        top = self.verticalScrollBar().value()
        for number, label in enumerate(self._labels):
            if label.y() + label.height() > top:
                return number, max(top - label.y(), 0) / max(label.height(), 1)
        return 0, 0.0

    def show_place(self, page: int, top: float, above: int = 0) -> None:
        """Scroll so that the place is ``above`` pixels under the upper edge."""
        if page < len(self._labels):
            label = self._labels[page]
            self.verticalScrollBar().setValue(round(label.y() + top * label.height()) - above)
            self.draw_visible()

    def offset(self, page: int, top: float) -> int:
        """Return how many pixels below the upper edge the place is; negative for above it."""
        label = self._labels[page]
        return round(label.y() + top * label.height()) - self.verticalScrollBar().value()

    def is_drawn(self) -> bool:
        """Return True when there are pages and every one in sight has its picture."""
        visible = self._visible()
        return bool(visible) and all(page in self._drawn for page in visible)

    def _match_labels(self) -> None:
        while len(self._labels) > len(self._sizes):
            label = self._labels.pop()
            self._column.removeWidget(label)
            label.deleteLater()
        while len(self._labels) < len(self._sizes):
            label = QLabel()
            label.setStyleSheet("background: #ffffff; border: 1px solid #b7bec8;")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAccessibleName(f"Страница {len(self._labels) + 1}")
            self._labels.append(label)
            self._column.addWidget(label)
            label.show()  # a hidden one has no place in the column yet

    def _width_of(self, page: int) -> int:
        """Return how wide a page is shown, in logical pixels."""
        width, height = self._sizes[page]
        room = self.viewport().width() - 2 * MARGIN
        if self._zoom is Fit.USUAL:
            room = min(room, _USUAL_WIDTH)
        elif self._zoom is Fit.PAGE:
            room = min(room, round((self.viewport().height() - 2) * width / height))
        elif isinstance(self._zoom, int):
            room = round(width * _DOTS * self._zoom / 100)
        return max(room, _SMALLEST_WIDTH)

    def _fit(self) -> None:
        for page, (label, (w, h)) in enumerate(zip(self._labels, self._sizes, strict=True)):
            width = self._width_of(page)
            label.setFixedSize(QSize(width, round(width * h / w)))

    def _lay_out(self) -> None:
        """Give new pages their places now: Qt would do it at its next event."""
        least, room = self._column.minimumSize(), self.viewport().size()
        self.widget().resize(least.expandedTo(room))
        self._column.activate()

    def _visible(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [
            number
            for number, label in enumerate(self._labels)
            if label.y() <= bottom and label.y() + label.height() >= top
        ]

    def draw_visible(self) -> None:
        """Ask for the pictures of the pages in sight that have none of this size."""
        for page in self._visible():
            width = round(self._width_of(page) * self.devicePixelRatioF())
            if self._asked.get(page) != width:
                self._asked[page] = width
                task = self._tasks.files.call(
                    "Просмотр документа", draw_page, self._pdf, page, width, quiet=True
                )
                task.done.connect(self._on_drawn)

    def _on_drawn(self, picture: Picture) -> None:
        if self._asked.get(picture.page) != picture.asked:
            return  # of an earlier document or size
        image = QImage(
            picture.data,
            picture.width,
            picture.height,
            4 * picture.width,
            QImage.Format.Format_RGBX8888,
        )
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self._labels[picture.page].setPixmap(shown)
        self._drawn[picture.page] = picture.asked

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(event)
        where = self.widget().mapFrom(self, event.position().toPoint())
        for number, label in enumerate(self._labels):
            if label.geometry().contains(where):
                self.pointed.emit(number, (where.y() - label.y()) / max(label.height(), 1))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        if event.angleDelta().y():
            self.step_zoom(event.angleDelta().y() > 0)
            self.zoomed.emit()
        event.accept()

    def _on_scroll(self, _value: int) -> None:
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()
        self._settle.start()
