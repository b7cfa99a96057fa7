"""The tree of indicators as Qt sees it; a changed cell is told, never kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from app.services.indicators import Slot
from app.ui.itemmodels import Align, Mark, Role
from app.ui.pages.indicators.columns import TITLE_COLUMN, TreeColumn
from app.ui.pages.indicators.nodes import Key, Node

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[int, Slot | None]
"""Id of an indicator and the place of a value; None stands for the row itself."""

_ROOT = QModelIndex()
_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTER: Qt.AlignmentFlag.AlignCenter,
}


class TreeModel(QAbstractItemModel):
    """Nodes in, cells out."""

    edited = Signal(object)
    """A person typed into a cell; carries a list with one ``Edit``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[TreeColumn, ...] = ()
        self._root = Node(("root", 0))
        self._marks: Mapping[Cell, Mark] = {}
        self._nodes: dict[Key, Node] = {}
        # Qt keeps no reference to what an index points at.

    def show(self, root: Node, columns: Sequence[TreeColumn]) -> None:
        """Show other rows under other columns."""
        self.beginResetModel()
        self._root = root
        self.columns = tuple(columns)
        self._nodes = {node.key: node for node in root.walk()}
        self.endResetModel()

    def set_marks(self, marks: Mapping[Cell, Mark]) -> None:
        """Mark doubtful cells; a mark without a place stands at the title."""
        self._marks = marks
        for node in self._nodes.values():
            if node.children:
                self._tell(node.children[0], node.children[-1])

    def _tell(self, first: Node, last: Node) -> None:
        self.dataChanged.emit(
            self._index(first, 0), self._index(last, len(self.columns) - 1), [Role.MARK]
        )

    # What the view asks.

    def node(self, index: Index) -> Node | None:
        """Return the row that an index points at; None for no row."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    def find(self, key: Key, column: int = TITLE_COLUMN) -> QModelIndex:
        """Return the index of a row; an invalid one when it is not shown."""
        node = self._nodes.get(key)
        return self._index(node, column) if node is not None and node.parent else QModelIndex()

    def column_of(self, slot: Slot | None) -> int:
        """Return the column of a place; the title for none or for one that is not shown."""
        found = (n for n, column in enumerate(self.columns) if slot and column.slot == slot)
        return next(found, TITLE_COLUMN)

    def nodes(self) -> Iterator[Node]:
        """Yield every row in order."""
        return (node for node in self._root.walk() if node is not self._root)

    def text(self, node: Node, column: int) -> str:
        """Return what a cell shows."""
        if node.row is not None:
            return self.columns[column].text(node.row)
        if node.goal is not None and column == TITLE_COLUMN:
            return node.goal.text
        return ""

    # Qt's half from here on; the names are Qt's.

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        above = self.node(parent) or self._root
        if 0 <= row < len(above.children) and 0 <= column < len(self.columns):
            return self.createIndex(row, column, above.children[row])
        return QModelIndex()

    def parent(self, child: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        node = self.node(child)
        above = node.parent if node else None
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.place, 0, above)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        if parent.isValid() and parent.column() > 0:
            return 0
        return len((self.node(parent) or self._root).children)

    def columnCount(self, _parent: Index = _ROOT) -> int:  # noqa: N802
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.text(node, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGN[self.columns[column].align]
            case Qt.ItemDataRole.FontRole:
                return _bold() if node.row is None or node.row.is_group else None
            case Qt.ItemDataRole.ToolTipRole:
                return self._hint(node, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.columns[column].title}: {self._hint(node, column)}"
            case Role.MARK:
                return self._mark(node, column) if column != TITLE_COLUMN else None
        return None

    def _mark(self, node: Node, column: int) -> Mark | None:
        if node.row is None:
            return None
        slot = self.columns[column].slot
        if slot is None and self.columns[column].key != "unit":
            return None
        return self._marks.get((node.row.id, slot))

    def _hint(self, node: Node, column: int) -> str:
        mark, text = self._mark(node, column), self.text(node, column)
        return f"{text}\n{mark.meaning}".strip() if mark else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = node.row is not None and self.columns[index.column()].editable(node.row)
        return plain | Qt.ItemFlag.ItemIsEditable if editable else plain

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        node = self.node(index)
        if role != Qt.ItemDataRole.EditRole or node is None or node.row is None:
            return False
        text = str(value).strip()
        if text != self.text(node, index.column()):
            self.edited.emit([self.columns[index.column()].edit(node.row, text)])
        return True

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.TextFlag.TextWordWrap.value
        return None

    def _index(self, node: Node, column: int) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.place, column, node)


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
