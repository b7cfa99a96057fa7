"""The view of the tree: levels and folds, typing in place, dragging, copying as Excel reads it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.services.roadmap import GroupRow, LineKey
from app.ui.itemmodels.clipboard import tsv
from app.ui.pages.roadmap.columns import STATUS_COLUMN, TITLE_COLUMN
from app.ui.pages.roadmap.model import Node, RoadmapModel
from app.ui.state import WindowState
from app.ui.theme import theme
from app.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT
from app.ui.widgets.cell_delegate import CellDelegate

Index = QModelIndex | QPersistentModelIndex
_INDENT = 14
_KEPT = 200
"""So many selected rows stay selected when the roadmap is read again."""
_SIGN = 16
"""Width of the sign of a fold before a title."""


class PlainDelegate(QStyledItemDelegate):
    """Cells of text are painted by Qt alone; only the editor is made to fit into a row."""

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: Any, index: Index
    ) -> QWidget:
        return _fitting(super().createEditor(parent, option, index))


class TitleDelegate(CellDelegate):
    """Indents titles by their level and draws the sign of a fold."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        model = index.model()
        if index.column() != TITLE_COLUMN or not isinstance(model, RoadmapModel):
            super().paint(painter, option, index)
            return
        node = model.node(index)
        depth = node.depth if node else 1
        self._ground(painter, option, index)
        inner: Any = QStyleOptionViewItem(option)
        left = (depth - 1) * _INDENT + _SIGN
        inner.rect = option.rect.adjusted(left, 0, 0, 0)
        super().paint(painter, inner, index)
        if node is not None and node.key is not None and isinstance(node.row, GroupRow):
            _paint_fold(painter, option.rect, left, folded=model.is_folded(node.key))

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: Any, index: Index
    ) -> QWidget:
        return _fitting(super().createEditor(parent, option, index))


def _fitting(editor: QWidget) -> QWidget:
    """Return an editor that fits into a row: the fields of dialogs are higher and rounded."""
    editor.setStyleSheet("min-height: 0px; padding: 0px 4px; border-radius: 0px;")
    return editor


def _paint_fold(painter: QPainter, area: QRect, left: int, *, folded: bool) -> None:
    """Draw a small triangle: to the right when folded, down when open."""
    x, y = area.left() + left - _SIGN / 2 + 2, area.center().y() + 0.5
    half = 4.0
    points = [(-half / 2, -half), (half / 2, 0.0), (-half / 2, half)]
    if not folded:
        points = [(-half, -half / 2), (half, -half / 2), (0.0, half / 2)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().muted))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))
    painter.restore()


class RoadmapTree(QTableView):
    """Whole rows are selected; typing changes the cell under the cursor."""

    current_changed = Signal(object)
    """The row under the cursor, or None."""
    selection_changed = Signal()
    delete_wanted = Signal()

    def __init__(self, model: RoadmapModel, state: WindowState) -> None:
        super().__init__()
        self.tree = model
        self._state = state
        self._kept: LineKey | None = None
        self._kept_rows: tuple[LineKey, ...] = ()
        self._column = TITLE_COLUMN
        self.setModel(model)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAccessibleName("Мероприятия дорожной карты")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setItemDelegate(PlainDelegate(self))
        self._title_delegate = TitleDelegate(self)
        self._status_delegate = CellDelegate(self)
        self.setItemDelegateForColumn(TITLE_COLUMN, self._title_delegate)
        self.setItemDelegateForColumn(STATUS_COLUMN, self._status_delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        header = self.horizontalHeader()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setStretchLastSection(False)
        header.setHighlightSections(False)
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
        for heading in self.tree.above(key):
            self.tree.fold(heading, folded=False)
        index = self.tree.find(key, self._column)
        if not index.isValid():
            return False
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
        chosen = self.selectionModel().selectedRows() if self.tree.columns else []
        nodes = [self.tree.node(row) for row in chosen] if 1 < len(chosen) <= _KEPT else []
        self._kept_rows = tuple(one.key for one in nodes if one is not None and one.key)
        self._column = index.column() if index.isValid() else self._column
        if self.horizontalHeader().count():
            self.save_state()

    def _on_after_reset(self) -> None:
        for number, column in enumerate(self.tree.columns):
            kept = self._state.number(f"roadmap/width-{column.key}")
            self.setColumnWidth(number, kept or column.width)
        self._column = max(min(self._column, len(self.tree.columns) - 1), 0)
        index = self.tree.find(self._kept, self._column) if self._kept else QModelIndex()
        if not index.isValid():
            self.current_changed.emit(None)
            return
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        for key in self._kept_rows:
            row = self.tree.find(key)
            if row.isValid():
                self.selectionModel().select(row, flags.Select | flags.Rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Fold or open a heading when its sign is clicked."""
        index = self.indexAt(event.position().toPoint())
        node = self.tree.node(index)
        if node is not None and index.column() == TITLE_COLUMN and isinstance(node.row, GroupRow):
            inside = event.position().x() - self.visualRect(index).left()
            if inside < (node.depth - 1) * _INDENT + _SIGN:
                self._toggle(node)
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Fold with the left arrow or «−», open with the right one or «+», as trees do."""
        node = self.tree.node(self.currentIndex())
        heading = node is not None and isinstance(node.row, GroupRow)
        if heading and node is not None and node.key is not None:
            keys = Qt.Key
            if event.key() in (keys.Key_Left, keys.Key_Minus):
                self.tree.fold(node.key, folded=True)
                return
            if event.key() in (keys.Key_Right, keys.Key_Plus):
                self.tree.fold(node.key, folded=False)
                return
        super().keyPressEvent(event)

    def _toggle(self, node: Node) -> None:
        if node.key is not None:
            self.tree.fold(node.key, folded=not self.tree.is_folded(node.key))

    def _on_current(self, index: QModelIndex, _old: QModelIndex) -> None:
        self.current_changed.emit(self.tree.row(index))
