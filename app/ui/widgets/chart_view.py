"""A picture in the window: as wide as there is room, as high as it needs; it can be copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QHelpEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.services.charts import DARK, LIGHT, Box, Chart, Palette, Scene, Spot, print_palette, words
from app.ui.theme import keeper, theme
from app.ui.widgets.chart_painter import image_of, paint, scene_of

SIZE = 13.0
"""Size of type on the screen, logical pixels."""
_COPY_WIDTH = 900.0
_COPY_SCALE = 2.0
"""A copied picture is printed: it gets more dots than the screen has."""
_LEAST_WIDTH = 320
_MOST_WIDTH = 1280
"""A wider picture is no better to read: bars and years stand too far from their names."""


class ChartView(QWidget):
    """Shows one picture in the theme of the window, or in grey as a printer would."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._scene: Scene | None = None
        self._grey = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.copy_action = QAction("Копировать картинку", self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy)
        self.addAction(self.copy_action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        keeper().changed.connect(self.update)

    def show_chart(self, chart: Chart | None) -> None:
        """Show another picture; None shows nothing."""
        self._chart = chart
        self.setAccessibleName("" if chart is None else chart.title)
        self.setAccessibleDescription("" if chart is None else ". ".join(words(chart)[1:]))
        self._lay_out()

    def set_grey(self, grey: bool) -> None:
        """Show and copy the picture as a black and white printer would print it."""
        self._grey = grey
        self.update()

    def chart(self) -> Chart | None:
        """Return the picture that is shown."""
        return self._chart

    def is_grey(self) -> bool:
        """Return whether it is shown in grey."""
        return self._grey

    def copy(self) -> None:
        """Put the picture on the clipboard, on white, large enough for print."""
        if self._chart is not None:
            palette = print_palette(grey=self._grey)
            image = image_of(self._chart, _COPY_WIDTH, SIZE, palette, _COPY_SCALE)
            QGuiApplication.clipboard().setImage(image)

    def scene(self) -> Scene | None:
        """Return the picture as it is laid out now."""
        return self._scene

    # Qt's half.

    def sizeHint(self) -> QSize:  # noqa: N802
        height = round(self._scene.height) + 1 if self._scene else 0
        return QSize(_LEAST_WIDTH, height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if self._scene is None:
            return
        painter = QPainter(self)
        if self._grey:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
        paint(painter, self._scene, self._palette())
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """Return what stands at a place of the widget, in Russian; empty for nothing."""
        for shape in reversed(self._scene.shapes if self._scene else ()):
            if isinstance(shape, Box | Spot) and shape.tip and _covers(shape, place):
                return shape.tip
        return ""

    def _palette(self) -> Palette:
        if self._grey:
            return print_palette(grey=True)
        return DARK if theme().dark else LIGHT

    def _lay_out(self) -> None:
        width = min(max(self.width(), _LEAST_WIDTH), _MOST_WIDTH)
        self._scene = scene_of(self._chart, width, SIZE) if self._chart is not None else None
        wide = round(self._scene.width) if self._scene is not None else 0
        # A heat table may need more room than there is: then the page scrolls sideways.
        self.setMinimumWidth(wide if wide > width else _LEAST_WIDTH)
        self.setFixedHeight(self.sizeHint().height())
        self.update()


def _covers(shape: Box | Spot, place: QPointF) -> bool:
    if isinstance(shape, Box):
        inside_x = shape.x <= place.x() <= shape.x + shape.width
        return inside_x and shape.y <= place.y() <= shape.y + shape.height
    far = shape.radius * 1.5
    return abs(place.x() - shape.x) <= far and abs(place.y() - shape.y) <= far
