"""The pictures of the selection: chosen kind, grey for print, copying and saving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.charts import Chart
from app.ui.pages.results.picture_choice import PICTURE_TITLES, Picture, Pictures
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.text import label

_KEY = "results/picture"
_GREY = "results/grey"


class PicturePane(QWidget):
    """Shows the pictures that the page brings; the first one, or the clicked one, is copied."""

    changed = Signal()
    """Another kind of picture was chosen."""
    copied = Signal(str)
    """The title of the picture that went to the clipboard."""
    save_wanted = Signal(object, bool)
    """The chart, and whether in grey."""

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._state = state
        self.views: list[ChartView] = []
        self._build()
        self._restore()
        self._connect()

    def _build(self) -> None:
        self.kind = ElidedCombo()
        self.kind.setAccessibleName("Вид картинки")
        for kind, title in PICTURE_TITLES.items():
            self.kind.addItem(title, kind)
        self.grey = QCheckBox("Для чёрно-белой печати")
        self.grey.setToolTip("Серые тона со штриховкой: порядок виден и на копии")
        self.copy = QPushButton("Копировать картинку")
        self.copy.setToolTip("Вставится в Word и в письмо; щёлкните нужную, если их несколько")
        self.save = QPushButton("Сохранить картинку…")
        self.save.setToolTip(
            "Для писем – точками, для печати – PDF или вектором, без потери качества"
        )
        line = QHBoxLayout()
        line.setContentsMargins(MARGIN, 0, MARGIN, GAP)
        line.setSpacing(GAP)
        line.addWidget(label("Вид", "muted"))
        for widget in (self.kind, self.grey):
            line.addWidget(widget)
        line.addStretch()
        line.addWidget(self.copy)
        line.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._build_lists(), 1)

    def _build_lists(self) -> QWidget:
        self.empty = EmptyState()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(2 * MARGIN)
        self._column.addStretch()
        self.area = QScrollArea()
        self.area.setObjectName("panel")
        self.area.setAccessibleName("Картинки")
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._content)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.area)
        self.lists.addWidget(self.empty)
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.addWidget(self.lists)
        return frame

    def _restore(self) -> None:
        place = self.kind.findData(self._state.text(_KEY))
        self.kind.setCurrentIndex(max(place, 0))
        self.grey.setChecked(self._state.flag(_GREY, False))

    def _connect(self) -> None:
        self.kind.activated.connect(self.changed)
        self.grey.toggled.connect(self._on_grey)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)

    def picture(self) -> Picture:
        """Return the chosen kind."""
        return Picture(self.kind.currentData())

    def show_pictures(self, found: Pictures) -> None:
        """Show other pictures, or why there are none."""
        self._fill(found.charts)
        self.copy.setEnabled(bool(found.charts))
        self.save.setEnabled(bool(found.charts))
        if not found.charts:
            self.empty.say(found.heading, found.advice)
        self.lists.setCurrentWidget(self.area if found.charts else self.empty)
        self.area.verticalScrollBar().setValue(0)

    def save_state(self) -> None:
        """Remember the kind and the grey print."""
        self._state.put(_KEY, str(self.kind.currentData()))
        self._state.put(_GREY, self.grey.isChecked())

    def _fill(self, charts: Sequence[Chart]) -> None:
        while len(self.views) > len(charts):
            self.views.pop().deleteLater()
        while len(self.views) < len(charts):
            view = ChartView()
            view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._column.insertWidget(len(self.views), view)
            self.views.append(view)
        for view, chart in zip(self.views, charts, strict=True):
            view.set_grey(self.grey.isChecked())
            view.show_chart(chart)

    def _chosen(self) -> ChartView | None:
        """Return the picture that has the focus, else the first one."""
        focused = next((view for view in self.views if view.hasFocus()), None)
        return focused or (self.views[0] if self.views else None)

    def _on_grey(self, grey: bool) -> None:
        for view in self.views:
            view.set_grey(grey)

    def _on_copy(self) -> None:
        view = self._chosen()
        chart = view.chart() if view is not None else None
        if view is not None and chart is not None:
            view.copy()
            self.copied.emit(chart.title)

    def _on_save(self) -> None:
        view = self._chosen()
        chart = view.chart() if view is not None else None
        if chart is not None:
            self.save_wanted.emit(chart, self.grey.isChecked())
