"""The top of the window: tabs, and the tools that stand beside the menus in the row above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QCompleter, QMenu

from app.ui.theme.metrics import GAP, MARGIN, TOP_BAR_HEIGHT

_SEARCH_WIDTH = 220
_NO_YEARS = "нет данных"
_AROUND_YEAR = 44
"""Arrow and padding of the list of years."""
_LOOSE = 6
"""Padding at each side of a tab that goes where there is no room; the style sheet has both."""
_AROUND_LABEL = 72
"""Icon, arrow and padding of the main button, which come only after the first paint."""


class TopBar(QFrame):
    """Knows nothing of data: the window fills it and listens.

    ``tools`` (year, search, the main action) belong to the row of the menus: there they leave the
    whole width of a small screen to the tabs.
    """

    tab_chosen = Signal(str)
    """Key of the page."""
    tab_closed = Signal(str)
    year_chosen = Signal(int)
    school_chosen = Signal(int)
    """Id of the school that the person picked in the search field."""
    school_unknown = Signal(str)
    """What was typed there and is no part of any name."""

    make_completer: Callable[[Sequence[str], QWidget], QCompleter]
    """Set after the first paint: what proposes schools while a name is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._schools: dict[str, int] = {}
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setFixedHeight(TOP_BAR_HEIGHT)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, MARGIN, 0)
        line.setSpacing(GAP)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFixedHeight(TOP_BAR_HEIGHT - 1)
        # The bar gives way, with arrows at its end: many tabs must not widen a window of 1366.
        self.tabs.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tabs.setAccessibleName("Разделы")
        for key, name in (("ScrollLeftButton", "Вкладки левее"), ("ScrollRightButton", "Правее")):
            arrow = self.tabs.findChild(QWidget, key)
            if arrow is not None:
                arrow.setAccessibleName(name)  # Qt's own name is English
        self.year = QComboBox()
        self.year.setAccessibleName("Год процедур")
        # A menu bar asks its corner for the size only once: room for the longest text at once.
        letters = self.year.fontMetrics()
        self.year.setMinimumWidth(letters.horizontalAdvance(_NO_YEARS) + _AROUND_YEAR)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти школу (Ctrl+K)")
        self.search.setAccessibleName("Найти школу")
        self.search.setAcceptDrops(False)
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.load = QPushButton("Загрузить файлы…")
        self.load.setProperty("role", "primary")
        label = self.load.fontMetrics().horizontalAdvance(self.load.text())
        self.load.setMinimumWidth(label + _AROUND_LABEL)
        line.addWidget(self.tabs)
        line.addStretch()
        self.tools = self._tools()
        self.set_ready(False)

    def _tools(self) -> QWidget:
        tools = QWidget(self)
        line = QHBoxLayout(tools)
        line.setContentsMargins(0, GAP // 2, MARGIN, GAP // 2)
        line.setSpacing(GAP)
        line.addWidget(QLabel("Год"))
        for widget in (self.year, self.search, self.load):
            line.addWidget(widget)
        return tools

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.tabCloseRequested.connect(self._on_close)
        self.year.activated.connect(self._on_year)
        self.search.returnPressed.connect(self._on_enter)

    def set_ready(self, ready: bool) -> None:
        """Enable what needs the open database."""
        for widget in (self.year, self.search, self.load):
            widget.setEnabled(ready)

    def set_load_menu(self, menu: QMenu) -> None:
        """Give the main button its two ways: a folder or single files."""
        self.load.setProperty("menu", "true")
        _restyle(self.load)
        self.load.setMenu(menu)

    def add_tab(self, key: str, title: str) -> None:
        """Add a tab at the end without choosing it."""
        self.tabs.blockSignals(True)
        number = self.tabs.addTab(title)
        self.tabs.setTabData(number, key)
        self.tabs.blockSignals(False)
        self._fit()

    def retitle_tab(self, key: str, title: str) -> None:
        """Give a tab another text, such as one with a count, if it is there."""
        number = self._number(key)
        if number is not None:
            self.tabs.setTabText(number, title)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let tabs stand closer where they would not fit: arrows hide some of them."""
        tight = self.tabs.property("tight") == "true"
        spare = 2 * _LOOSE * self.tabs.count() if tight else 0
        wanted = "true" if self.tabs.sizeHint().width() + spare + MARGIN > self.width() else ""
        if wanted != (self.tabs.property("tight") or ""):
            self.tabs.setProperty("tight", wanted)
            _restyle(self.tabs)
            self.tabs.updateGeometry()

    def remove_tab(self, key: str) -> None:
        """Remove a tab if it is there."""
        number = self._number(key)
        if number is not None:
            self.tabs.blockSignals(True)
            self.tabs.removeTab(number)
            self.tabs.blockSignals(False)
            self._fit()

    def choose_tab(self, key: str) -> None:
        """Show the tab as chosen without telling anybody."""
        number = self._number(key)
        if number is not None:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(number)
            self.tabs.blockSignals(False)

    def has_tab(self, key: str) -> bool:
        """Return True when the tab stands in the bar."""
        return self._number(key) is not None

    def chosen_tab(self) -> str:
        """Return the key of the chosen tab."""
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def offer_years(self, years: Sequence[int], chosen: int | None) -> None:
        """Fill the list of years."""
        self.year.clear()
        for year in years:
            self.year.addItem(str(year), year)
        if not years:
            self.year.addItem(_NO_YEARS, None)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0))

    def offer_schools(self, schools: Sequence[tuple[str, int]]) -> None:
        """Fill the search field with (text, id); a later same text does not hide an earlier one."""
        self._schools = {}
        for text, school_id in schools:
            unique = text if text not in self._schools else f"{text} (№ {school_id})"
            self._schools[unique] = school_id
        completer = self.make_completer(list(self._schools), self.search)
        completer.activated.connect(self._on_completed)
        self.search.setCompleter(completer)

    def _number(self, key: str) -> int | None:
        numbers = range(self.tabs.count())
        return next((n for n in numbers if self.tabs.tabData(n) == key), None)

    def _on_tab(self, number: int) -> None:
        if number >= 0:
            self.tab_chosen.emit(str(self.tabs.tabData(number)))

    def _on_close(self, number: int) -> None:
        self.tab_closed.emit(str(self.tabs.tabData(number)))

    def _on_year(self, _line: int) -> None:
        year = self.year.currentData()
        if isinstance(year, int):
            self.year_chosen.emit(year)

    def _on_completed(self, text: str) -> None:
        school_id = self._schools.get(text)
        if school_id is not None:
            self.search.clear()
            self.school_chosen.emit(school_id)

    def _on_enter(self) -> None:
        asked = _folded(self.search.text())
        found = [text for text in self._schools if asked and asked in _folded(text)]
        if found:
            self._on_completed(found[0])
        elif asked:
            self.school_unknown.emit(self.search.text().strip())


def _folded(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")


def _restyle(widget: QWidget) -> None:
    """Let the style sheet see a property that was set after the widget was shown."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    # Tabs keep their measures until they are told of the style.
    changed = QtCore.QEvent(QtCore.QEvent.Type.StyleChange)
    QtCore.QCoreApplication.sendEvent(widget, changed)
