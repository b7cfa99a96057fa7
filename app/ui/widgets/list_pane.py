"""A list of a page: table, what the chosen row says, its actions, and the empty state."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.itemmodels import Column, TableModel
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_PANEL = 340

Facts = Sequence[tuple[str, str]]
"""Titles and texts of the detail panel; an empty text is left out."""


class Emptiness(NamedTuple):
    """What is said while there are no rows, and the button of the next step, if there is one."""

    heading: str
    sentence: str
    button: str = ""


class _Table(TableView):
    """A table whose Insert, Enter and Delete do what lists do."""

    key_pressed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key in (Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.key_pressed.emit(int(key))
            event.accept()
        else:
            super().keyPressEvent(event)


class ListPane(QWidget):
    """Insert adds, Enter or a double click opens, Delete removes: what that means says the page."""

    added = Signal()
    opened = Signal(object)
    """The row to be changed."""
    removed = Signal(object)
    """The selected rows, as a list."""
    row_changed = Signal(object)
    """The row under the cursor, or None."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        key: Callable[[Any], Hashable],
        name: str,
        label_text: str,
        state: WindowState,
        emptiness: Emptiness,
        describe: Callable[[Any], Facts] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._state, self._place = state, f"list-{name}/splitter"
        self._emptiness = emptiness
        self.model: TableModel[Any] = TableModel(columns, key, self)
        self.table = _Table(self.model, name, label_text, state)
        self.empty = EmptyState()
        self._buttons = QHBoxLayout()
        self._needing_row: list[QPushButton] = []
        self._build()
        self._connect()
        self._show_facts(None)

    def _build(self) -> None:
        # From the outside inwards: Qt styles a widget anew with every one that it is put into.
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.stack = QStackedWidget(self.splitter)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.detail = QScrollArea(self.splitter)
        self.panel = QWidget(self.detail.viewport())
        self.panel.setObjectName("panel")
        self._facts = QVBoxLayout(self.panel)
        self._facts.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._facts.setSpacing(GAP // 2)
        self.detail.setAccessibleName("Подробности строки")
        self.detail.setWidgetResizable(True)
        self.detail.setWidget(self.panel)
        self.detail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setHandleWidth(MARGIN)
        self.splitter.setSizes([900, _PANEL])
        self.splitter.restoreState(self._state.blob(self._place))
        self.detail.setMinimumWidth(220)
        self._buttons.setSpacing(GAP)
        self._buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(self._buttons)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.table.key_pressed.connect(self._on_key)
        self.table.doubleClicked.connect(self._on_double)
        self.table.current_row_changed.connect(self._on_row)
        self.empty.chosen.connect(self.added)
        self.splitter.splitterMoved.connect(self._on_split)

    # What pages use.

    def add_action(self, text: str, *, primary: bool = False, for_row: bool = False) -> QPushButton:
        """Add a button above the table; ``for_row`` needs a chosen row."""
        button = QPushButton(text)
        button.setProperty("role", "primary" if primary else "button")
        self._buttons.addWidget(button)
        if for_row:
            self._needing_row.append(button)
            button.setEnabled(False)
        return button

    def add_lead(self, widget: QWidget) -> None:
        """Add a widget at the left of the buttons: a note, a filter."""
        self._buttons.insertWidget(self._buttons.count() - 1 - self._after_stretch(), widget)

    def add_usual(self, add: str, what: str) -> None:
        """Add the three usual buttons: ``add`` says what is added, ``what`` what rows are."""
        change = self.add_action("Изменить…", for_row=True)
        change.setToolTip(f"Изменить: {what} (Enter)")
        change.clicked.connect(self._on_change)
        remove = self.add_action("Удалить", for_row=True)
        remove.setToolTip(f"Удалить: {what} (Delete); отменяется через Ctrl+Z")
        remove.clicked.connect(self._on_remove)
        new = self.add_action(add, primary=True)
        new.setToolTip("Клавиша Insert")
        new.clicked.connect(self.added)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the chosen one stays if it is still there."""
        self.model.set_rows(rows)
        self._refresh_empty()
        self._on_row(self.table.current())

    def set_filter(
        self, accepts: Callable[[Any], bool] | None, emptiness: Emptiness | None = None
    ) -> None:
        """Show only rows that ``accepts`` takes."""
        self.model.set_filter(accepts)
        self._refresh_empty(emptiness)

    def set_emptiness(self, emptiness: Emptiness) -> None:
        """Say something else while there are no rows."""
        self._emptiness = emptiness

    def current(self) -> Any | None:
        """Return the row under the cursor, or None."""
        return self.table.current()

    def enter(self) -> None:
        """Put the focus where work begins."""
        if not self.model.rowCount():
            self.empty.take_focus()
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    # The pane's own.

    def _after_stretch(self) -> int:
        items = range(self._buttons.count())
        place = next(n for n in items if self._buttons.itemAt(n).spacerItem() is not None)
        return self._buttons.count() - 1 - place

    def _refresh_empty(self, emptiness: Emptiness | None = None) -> None:
        shown = self.model.rowCount() > 0
        self.empty.say(*(emptiness or self._emptiness))
        self.stack.setCurrentWidget(self.table if shown else self.empty)
        self.detail.setVisible(shown and self._describe is not None)

    def _on_split(self, *_place: int) -> None:
        self._state.put(self._place, self.splitter.saveState())

    def _on_key(self, key: int) -> None:
        row = self.table.current()
        if key == Qt.Key.Key_Insert:
            self.added.emit()
        elif key == Qt.Key.Key_Delete:
            self._on_remove()
        elif row is not None:
            self.opened.emit(row)

    def _on_double(self, *_index: object) -> None:
        self._on_change()

    def _on_change(self) -> None:
        row = self.table.current()
        if row is not None:
            self.opened.emit(row)

    def _on_remove(self) -> None:
        rows = self.table.selected()
        if rows:
            self.removed.emit(rows)

    def _on_row(self, row: Any | None) -> None:
        for button in self._needing_row:
            button.setEnabled(row is not None)
        self._show_facts(row)
        self.row_changed.emit(row)

    def _show_facts(self, row: Any | None) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        facts = self._describe(row) if self._describe and row is not None else ()
        for title, text in facts:
            if text:
                self._facts.addWidget(label(title, "muted", wrap=True))
                self._facts.addWidget(label(text, "", wrap=True, selectable=True))
                self._facts.addSpacing(GAP // 2)
        if not facts:
            self._facts.addWidget(label("Выберите строку.", "muted", wrap=True))
        self._facts.addStretch()
