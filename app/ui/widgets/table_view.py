"""The table of all pages: sorts, copies like Excel, hides columns and remembers their widths."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.ui.itemmodels.clipboard import tsv
from app.ui.itemmodels.table_model import Role, TableModel
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, HEADER_HEIGHT, ROW_HEIGHT
from app.ui.widgets.cell_delegate import CellDelegate

_UP, _DOWN = "up", "down"
_USUAL_LETTERS = 18
"""Height of a line of our font at its usual size, logical pixels."""


class TableView(QTableView):
    """Shows a ``TableModel``; ``name`` is its key in the remembered state, ``label`` is spoken.

    ``cells`` True lets single cells be selected (for copying blocks of numbers), otherwise rows.
    """

    current_row_changed = Signal(object)
    """The row under the cursor, or None."""
    link_clicked = Signal(object, str, QPoint)
    """Row, key of the column, place on the screen: a number was asked where it comes from."""

    def __init__(
        self,
        model: TableModel[Any],
        name: str,
        label: str,
        state: WindowState,
        *,
        cells: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._name = name
        self._state = state
        self._kept: Hashable | None = None
        self._restoring = False
        self.keeps_sorting = True
        """False where the order of the rows is itself what people work on."""
        self.setModel(model)
        self.setAccessibleName(label)
        self._build(cells)
        self._connect()
        self.restore_columns()

    def _build(self, cells: bool) -> None:
        behavior = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behavior.SelectItems if cells else behavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(CellDelegate(self))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as keyboard users expect
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        letters = self.fontMetrics().height()
        rows.setMinimumSectionSize(max(ROW_HEIGHT, letters + GAP))
        rows.setDefaultSectionSize(max(ROW_HEIGHT, letters + GAP))
        self._build_header()
        self._build_actions()

    def _build_header(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(max(HEADER_HEIGHT, 2 * self.fontMetrics().height() + 2))
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(36)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setStretchLastSection(True)
        self.setSortingEnabled(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _build_actions(self) -> None:
        self.copy_action = QAction("Копировать", self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_titled_action = QAction("Копировать с заголовками", self)
        self.copy_titled_action.setShortcut(QKeySequence("Ctrl+Shift+C"))
        self.copy_titled_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addActions([self.copy_action, self.copy_titled_action])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        self.copy_action.triggered.connect(self.copy)
        self.copy_titled_action.triggered.connect(self.copy_titled)
        self.horizontalHeader().customContextMenuRequested.connect(self._on_header_menu)
        self.rows_model.modelAboutToBeReset.connect(self._on_before_reset)
        self.rows_model.modelReset.connect(self._on_after_reset)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_activated)
        self.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)

    # What pages use.

    def current(self) -> Any | None:
        """Return the row under the cursor, or None."""
        index = self.currentIndex()
        return self.rows_model.row_at(index.row()) if index.isValid() else None

    def selected(self) -> list[Any]:
        """Return the selected rows in the order of the table."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return [self.rows_model.row_at(number) for number in numbers]

    def select_key(self, key: Hashable) -> bool:
        """Move the cursor to the row with that key; False when it is not shown."""
        number = self.rows_model.find(key)
        if number is None:
            return False
        index = self.rows_model.index(number, max(self.currentIndex().column(), 0))
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows
            if self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
            else QItemSelectionModel.SelectionFlag.ClearAndSelect,
        )
        self.scrollTo(index)
        return True

    def fit_rows(self, rows: int) -> None:
        """Be as high as so many rows: a panel scrolls, not a table inside it."""
        lines = rows * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().minimumHeight() + lines + 2)

    def copy(self) -> None:
        """Put the selected cells on the clipboard as Excel reads them."""
        QGuiApplication.clipboard().setText(tsv(self._selected_lines()))

    def copy_titled(self) -> None:
        """Put the selected cells on the clipboard under their column titles."""
        columns = self.rows_model.columns
        titles = [columns[column].spoken_title for column in self._selected_columns()]
        QGuiApplication.clipboard().setText(tsv([titles, *self._selected_lines()]))

    def save_state(self) -> None:
        """Remember widths, order and visibility of the columns; the sorting is kept at once."""
        for column, definition in enumerate(self.rows_model.columns):
            header = self.horizontalHeader()
            width = header.sectionSize(column)
            if width and column != self._last_visible():
                self._state.put(f"{self._key(definition.key)}/width", width)
            self._state.put(f"{self._key(definition.key)}/place", header.visualIndex(column))
            self._state.put(f"{self._key(definition.key)}/hidden", self.isColumnHidden(column))

    # Inside.

    def _key(self, column: str) -> str:
        return f"table-{self._name}/{column}"

    def _last_visible(self) -> int:
        header = self.horizontalHeader()
        shown = [c for c in range(self.rows_model.columnCount()) if not self.isColumnHidden(c)]
        return max(shown, key=header.visualIndex, default=-1)

    def restore_columns(self) -> None:
        header = self.horizontalHeader()
        # Widths are thought for our usual letters; larger ones must not hide a year or a number.
        letters = max(1.0, self.fontMetrics().height() / _USUAL_LETTERS)
        places: list[tuple[int, int]] = []
        for column, definition in enumerate(self.rows_model.columns):
            key, first = self._key(definition.key), round(definition.width * letters)
            self.setColumnWidth(column, self._state.number(f"{key}/width") or first)
            self.setColumnHidden(column, self._state.flag(f"{key}/hidden", definition.hidden))
            place = self._state.number(f"{key}/place")
            places.append((column if place is None else place, column))
        for place, (_, column) in enumerate(sorted(places)):
            header.moveSection(header.visualIndex(column), place)
        self._restore_sorting()

    def _restore_sorting(self) -> None:
        keys = [column.key for column in self.rows_model.columns]
        key, _, way = self._state.text(self._key("sorting")).rpartition(" ")
        down = Qt.SortOrder.DescendingOrder if way == _DOWN else Qt.SortOrder.AscendingOrder
        self._restoring = True
        # Cleared first: a model with other columns has forgotten what the header still shows.
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        if key in keys:
            self.sortByColumn(keys.index(key), down)
        self._restoring = False

    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        if self._restoring or not self.keeps_sorting:
            return
        way = _DOWN if order is Qt.SortOrder.DescendingOrder else _UP
        columns = self.rows_model.columns
        sorting = f"{columns[column].key} {way}" if 0 <= column < len(columns) else ""
        self._state.put(self._key("sorting"), sorting)

    def _selected_columns(self) -> list[int]:
        header = self.horizontalHeader()
        columns = {index.column() for index in self.selectionModel().selectedIndexes()}
        shown = [column for column in columns if not self.isColumnHidden(column)]
        return sorted(shown, key=header.visualIndex)

    def _selected_lines(self) -> list[list[str]]:
        chosen = {(i.row(), i.column()) for i in self.selectionModel().selectedIndexes()}
        columns = self._selected_columns()
        model = self.rows_model
        return [
            [
                model.columns[c].display(model.row_at(row)) if (row, c) in chosen else ""
                for c in columns
            ]
            for row in sorted({row for row, _ in chosen})
        ]

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for column, definition in enumerate(self.rows_model.columns):
            action = menu.addAction(definition.spoken_title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.setData(column)
        menu.triggered.connect(self._on_column_toggled)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _on_column_toggled(self, action: QAction) -> None:
        hidden = [c for c in range(self.rows_model.columnCount()) if self.isColumnHidden(c)]
        if action.isChecked() or len(hidden) + 1 < self.rows_model.columnCount():
            self.setColumnHidden(action.data(), not action.isChecked())

    def _on_before_reset(self) -> None:
        row = self.current()
        self._kept = None if row is None else self.rows_model.key(row)

    def _on_after_reset(self) -> None:
        if self._kept is None or not self.select_key(self._kept):
            self.current_row_changed.emit(None)

    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        self.current_row_changed.emit(
            self.rows_model.row_at(index.row()) if index.isValid() else None
        )

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(Role.LINK):
            self._send_link(index, self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _on_activated(self, index: QModelIndex) -> None:
        # A mouse reports both a click and an activation on some desktops; Enter only the latter.
        if index.data(Role.LINK) and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._send_link(index, self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _send_link(self, index: QModelIndex, place: QPoint) -> None:
        row = self.rows_model.row_at(index.row())
        self.link_clicked.emit(row, self.rows_model.columns[index.column()].key, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        over = self.indexAt(event.position().toPoint())
        link = over.isValid() and bool(over.data(Role.LINK))
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)
