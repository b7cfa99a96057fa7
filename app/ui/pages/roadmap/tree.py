"""The view of the tree: typing in place, dragging, folding, copying as Excel reads it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from app.services.roadmap import LineKey
from app.ui.itemmodels.clipboard import tsv
from app.ui.pages.roadmap.columns import TITLE_COLUMN
from app.ui.pages.roadmap.model import Node, RoadmapModel
from app.ui.state import WindowState
from app.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT
from app.ui.widgets.cell_delegate import CellDelegate

Index = QModelIndex | QPersistentModelIndex
_INDENT = 14


class RowDelegate(CellDelegate):
    """Rows as high as those of tables, an editor that fits into them."""

    def sizeHint(self, option: Any, index: Index) -> QSize:  # noqa: N802
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: Any, index: Index
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setStyleSheet("min-height: 0px; padding: 0px 4px; border-radius: 0px;")
        return editor


class RoadmapTree(QTreeView):
    """Whole rows are selected; typing changes the cell under the cursor."""

    current_changed = Signal(object)
    """The row under the cursor, or None."""
    selection_changed = Signal()
    delete_wanted = Signal()

    def __init__(self, model: RoadmapModel, state: WindowState) -> None:
        super().__init__()
        self.tree = model
        self._state = state
        self._folded: set[LineKey] = set()
        self._kept: LineKey | None = None
        self._column = TITLE_COLUMN
        self.setModel(model)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAccessibleName("Мероприятия дорожной карты")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setItemDelegate(RowDelegate(self))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setStyleSheet(
            "QTreeView::item { padding: 0 8px; border: none; }"
            "QTreeView::item:selected, QTreeView::branch:selected"
            "{ background: palette(highlight); color: palette(highlighted-text); }"
        )
        self.setTreePosition(TITLE_COLUMN)
        self.setIndentation(_INDENT)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        header = self.header()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        self.copy_action = self._action("Копировать", QKeySequence.StandardKey.Copy)
        self.delete_action = self._action("Удалить…", QKeySequence.StandardKey.Delete)

    def _action(self, title: str, keys: QKeySequence.StandardKey) -> QAction:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.copy_action.triggered.connect(self.copy)
        self.delete_action.triggered.connect(self.delete_wanted)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.tree.modelAboutToBeReset.connect(self._on_before_reset)
        self.tree.modelReset.connect(self._on_after_reset)
        selection = self.selectionModel()
        selection.currentChanged.connect(self._on_current)
        selection.selectionChanged.connect(self.selection_changed)

    # What the page uses.

    def selected(self) -> tuple[LineKey, ...]:
        """Return the selected lines in their order."""
        chosen = {self.tree.node(index) for index in self.selectionModel().selectedRows()}
        return tuple(node.key for node in self.tree.nodes() if node in chosen and node.key)

    def selected_activities(self) -> tuple[int, ...]:
        """Return the ids of the selected activities in their order."""
        return tuple(key.id for key in self.selected() if not key.is_group)

    def select(self, key: LineKey) -> bool:
        """Put the cursor on a line; False when it is not shown."""
        index = self.tree.find(key, self._column)
        if not index.isValid():
            return False
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def copy(self) -> None:
        """Put the selected lines on the clipboard as Excel reads them."""
        chosen = set(self.selected())
        lines = [
            [self.tree.text(node.row, at) for at in range(len(self.tree.columns))]
            for node in self.tree.nodes()
            if node.row is not None and node.key in chosen
        ]
        QGuiApplication.clipboard().setText(tsv(lines))

    def save_state(self) -> None:
        """Remember the widths of the columns."""
        for number, column in enumerate(self.tree.columns):
            self._state.put(f"roadmap/width-{column.key}", self.columnWidth(number))

    # Inside.

    def _on_before_reset(self) -> None:
        index = self.currentIndex()
        node = self.tree.node(index)
        self._kept = node.key if node else self._kept
        self._column = index.column() if index.isValid() else self._column
        if self.header().count():
            self.save_state()

    def _on_after_reset(self) -> None:
        for number, column in enumerate(self.tree.columns):
            kept = self._state.number(f"roadmap/width-{column.key}")
            self.setColumnWidth(number, kept or column.width)
        self.expandAll()
        for key in tuple(self._folded):
            index = self.tree.find(key, 0)
            if index.isValid():
                self.collapse(index)
        self._column = max(min(self._column, len(self.tree.columns) - 1), 0)
        if self._kept is None or not self.select(self._kept):
            self.current_changed.emit(None)

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._fold(self.tree.node(index), folded=True)

    def _on_expanded(self, index: QModelIndex) -> None:
        self._fold(self.tree.node(index), folded=False)

    def _fold(self, node: Node | None, *, folded: bool) -> None:
        if node is not None and node.key is not None:
            (self._folded.add if folded else self._folded.discard)(node.key)

    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        self.current_changed.emit(self.tree.row(index))
