"""The view of the tree: edits in place, copies and pastes blocks as Excel does, keeps its folds."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from app.ui.itemmodels import Mark
from app.ui.itemmodels.clipboard import tsv
from app.ui.pages.indicators.columns import TITLE_COLUMN
from app.ui.pages.indicators.nodes import Key, Node
from app.ui.pages.indicators.tree_model import TreeModel
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, HEADER_HEIGHT, ROW_HEIGHT
from app.ui.widgets.cell_delegate import CellDelegate
from app.ui.widgets.signs import SIGN_SIZE, paint_sign, tone_color

Index = QModelIndex | QPersistentModelIndex

_INDENT = 16
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*)')


class TreeDelegate(CellDelegate):
    """Rows as high as those of tables, an editor that fits into them."""

    def sizeHint(self, option: Any, index: Index) -> QSize:  # noqa: N802
        size = super().sizeHint(option, index)
        size.setHeight(ROW_HEIGHT)
        return size

    def _marked(self, painter: QPainter, area: QRect, mark: Mark, text: str) -> None:
        """Put the sign at the left edge: a value may be words that fill the cell."""
        color = tone_color(mark.tone)
        box = QRectF(area.left() + 4, area.center().y() - SIGN_SIZE / 2 + 0.5, SIGN_SIZE, SIGN_SIZE)
        words = area.adjusted(SIGN_SIZE + GAP, 0, -GAP, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_sign(painter, box, mark.sign, color)
        painter.setPen(color)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: Any, index: Index
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        # The fields of dialogs are higher than a row and rounded.
        editor.setStyleSheet("min-height: 0px; padding: 0px 4px; border-radius: 0px;")
        return editor


class IndicatorTree(QTreeView):
    """Cells are selected one by one; the arrow keys and Enter work as in a table."""

    current_changed = Signal(object)
    """The ``Node`` under the cursor, or None."""
    paste_wanted = Signal(object)
    """Lines of cells from the clipboard."""
    clear_wanted = Signal()
    """The selected cells are to be emptied."""

    def __init__(self, model: TreeModel, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = model
        self._state = state
        self._folded: set[Key] = set()
        self._kept: tuple[Key, int] | None = None
        self.setModel(model)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAccessibleName("Показатели программы")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setItemDelegate(TreeDelegate(self))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        # As in tables; an item with a style of its own must be told how it looks when selected.
        self.setStyleSheet(
            "QTreeView::item { padding: 0 8px; border: none; }"
            "QTreeView::item:selected { background: palette(highlight);"
            " color: palette(highlighted-text); }"
        )
        self.setTabKeyNavigation(False)
        self.setTreePosition(TITLE_COLUMN)
        self.setIndentation(_INDENT)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.setSectionsMovable(False)
        self._build_actions()

    def _build_actions(self) -> None:
        self.copy_action = self._action("Копировать", QKeySequence.StandardKey.Copy)
        self.paste_action = self._action("Вставить", QKeySequence.StandardKey.Paste)
        self.clear_action = self._action("Очистить", QKeySequence.StandardKey.Delete)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _action(self, title: str, keys: QKeySequence.StandardKey) -> QAction:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.copy_action.triggered.connect(self.copy)
        self.paste_action.triggered.connect(self._on_paste)
        self.clear_action.triggered.connect(self.clear_wanted)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.tree.modelAboutToBeReset.connect(self._on_before_reset)
        self.tree.modelReset.connect(self._on_after_reset)
        self.selectionModel().currentChanged.connect(self._on_current)

    # What the page uses.

    def current(self) -> Node | None:
        """Return the row under the cursor."""
        return self.tree.node(self.currentIndex())

    def select(self, key: Key, column: int = TITLE_COLUMN) -> bool:
        """Move the cursor to a cell; False when its row is not shown."""
        index = self.tree.find(key, column)
        if not index.isValid():
            return False
        parent = index.parent()
        while parent.isValid():
            self.expand(parent)
            parent = parent.parent()
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
        return True

    def selected_cells(self) -> list[tuple[Node, int]]:
        """Return the selected cells as (row, column), in the order of the rows."""
        places = {node.key: place for place, node in enumerate(self.tree.nodes())}
        cells = [
            (node, index.column())
            for index in self.selectionModel().selectedIndexes()
            if (node := self.tree.node(index)) is not None
        ]
        return sorted(cells, key=lambda cell: (places[cell[0].key], cell[1]))

    def visible_nodes(self) -> list[Node]:
        """Return the rows as they stand below each other, without what is folded away."""
        found = []
        index = self.tree.index(0, 0)
        while index.isValid():
            node = self.tree.node(index)
            if node is not None:
                found.append(node)
            index = self.indexBelow(index)
        return found

    def copy(self) -> None:
        """Put the selected block on the clipboard as Excel reads it."""
        cells = self.selected_cells()
        columns = sorted({column for _, column in cells})
        lines: dict[Key, dict[int, str]] = {}
        for node, column in cells:
            lines.setdefault(node.key, {})[column] = self.tree.text(node, column)
        QGuiApplication.clipboard().setText(
            tsv([[line.get(column, "") for column in columns] for line in lines.values()])
        )

    def save_state(self) -> None:
        """Remember the widths of the columns."""
        for number, column in enumerate(self.tree.columns):
            self._state.put(f"indicators/width-{column.key}", self.columnWidth(number))

    # Inside.

    def _on_before_reset(self) -> None:
        node = self.current()
        self._kept = (node.key, self.currentIndex().column()) if node else None
        if self.tree.columns:
            self.save_state()

    def _on_after_reset(self) -> None:
        for number, column in enumerate(self.tree.columns):
            kept = self._state.number(f"indicators/width-{column.key}")
            self.setColumnWidth(number, kept or column.width)
        self.expandAll()
        for key in tuple(self._folded):
            index = self.tree.find(key, 0)
            if index.isValid():
                self.collapse(index)
        kept_column = min(self._kept[1], len(self.tree.columns) - 1) if self._kept else 0
        if self._kept is None or not self.select(self._kept[0], kept_column):
            self.current_changed.emit(None)

    def _on_collapsed(self, index: QModelIndex) -> None:
        node = self.tree.node(index)
        if node is not None:
            self._folded.add(node.key)

    def _on_expanded(self, index: QModelIndex) -> None:
        node = self.tree.node(index)
        if node is not None:
            self._folded.discard(node.key)

    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        self.current_changed.emit(self.tree.node(index))

    def _on_paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.paste_wanted.emit(pasted_lines(text))


def pasted_lines(text: str) -> list[list[str]]:
    """Return the cells of a block that Excel or a table of Word put on the clipboard.

    A cell in quotes may hold line breaks; a name that merely begins with a quote is left alone.
    """
    plain = text.replace("\r\n", "\n").removesuffix("\n")
    lines: list[list[str]] = [[]]
    at = 0
    while at <= len(plain):
        match = _CELL.match(plain, at)
        if match is None:
            raise ValueError(plain[at:])
        quoted = match[1]
        cell = match[2] if quoted is None else quoted.replace('""', '"')
        lines[-1].append(" ".join(cell.split()))
        if match.end() < len(plain) and plain[match.end()] == "\n":
            lines.append([])
        at = match.end() + 1
    return lines
