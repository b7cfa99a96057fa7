"""The tree of a roadmap as Qt sees it: frozen rows in, cells out; changes are told, not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from app.services.roadmap import ActivityRow, GroupRow, LineKey, RoadmapView
from app.ui.itemmodels import Align, Chip, Role
from app.ui.pages.roadmap.columns import TITLE_COLUMN, TreeColumn, columns

Index = QModelIndex | QPersistentModelIndex
Row = ActivityRow | GroupRow

MIME = "application/x-opora-roadmap-lines"
_ROOT = QModelIndex()
_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTER: Qt.AlignmentFlag.AlignCenter,
}


# Made once: putting flags together takes longer than all else that a view asks of a row.
_ROW = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_ROW_TYPED = _ROW | Qt.ItemFlag.ItemIsEditable
_HEADING = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)
_HEADING_TYPED = _HEADING | Qt.ItemFlag.ItemIsEditable


class Node:
    """A line in the tree; ``all`` holds its children, ``shown`` those that pass the filter."""

    __slots__ = ("all", "parent", "place", "row", "shown")

    def __init__(self, row: Row | None, parent: Node | None) -> None:
        self.row = row
        self.parent = parent
        self.place = 0
        self.all: list[Node] = []
        self.shown: list[Node] = []

    @property
    def key(self) -> LineKey | None:
        """How services call the line; None for the root."""
        row = self.row
        return None if row is None else LineKey(row.id, isinstance(row, GroupRow))


class RoadmapModel(QAbstractItemModel):
    """Lines of one roadmap under a filter."""

    edited = Signal(object, object, str)
    """A person typed: the row (``ActivityRow`` or ``GroupRow``), the column, the text."""
    dropped = Signal(object, object, object)
    """Keys of the lines, id of the heading (None: the top), index in it (None: the end)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[TreeColumn, ...] = ()
        self._root = Node(None, None)
        self._nodes: list[Node] = []
        self._accepts: Callable[[ActivityRow], bool] | None = None
        self._by_key: dict[LineKey, Node] = {}

    def show(self, view: RoadmapView | None) -> None:
        """Show another roadmap, or another state of it, under the filter in force."""
        self.beginResetModel()
        self.columns = columns(view)
        self._root, self._nodes = _tree(view)
        self._by_key = {node.key: node for node in self._nodes if node.key}
        self._arrange()
        self.endResetModel()

    def set_filter(self, accepts: Callable[[ActivityRow], bool] | None) -> None:
        """Show only activities that ``accepts`` takes, and the headings above them."""
        self.beginResetModel()
        self._accepts = accepts
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        """Fill the shown children from the leaves up."""
        accepts = self._accepts
        for node in (*reversed(self._nodes), self._root):
            if not node.all:
                continue
            node.shown = [one for one in node.all if _passes(one, accepts)]
            for place, one in enumerate(node.shown):
                one.place = place

    # What the page asks.

    def node(self, index: Index) -> Node | None:
        """Return the line that an index points at."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    def row(self, index: Index) -> Row | None:
        """Return the row that an index points at."""
        node = self.node(index)
        return node.row if node else None

    def find(self, key: LineKey, column: int = TITLE_COLUMN) -> QModelIndex:
        """Return the index of a line, an invalid one when it is not shown."""
        node = self._by_key.get(key)
        above = node.parent if node else None
        if node is None or above is None or node not in above.shown:
            return QModelIndex()
        return self.createIndex(node.place, column, node)

    def shown_activities(self) -> int:
        """Return how many activities pass the filter."""
        return sum(
            isinstance(node.row, ActivityRow) and _passes(node, self._accepts)
            for node in self._nodes
        )

    def nodes(self) -> Iterator[Node]:
        """Yield all lines, also hidden ones, in their order."""
        return iter(self._nodes)

    def text(self, row: Row, column: int) -> str:
        """Return what a cell shows."""
        if isinstance(row, GroupRow):
            if column == TITLE_COLUMN:
                return row.title
            return row.number if column == 0 else ""
        return self.columns[column].text(row)

    # Qt's half from here on; the names are Qt's.

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        above = parent.internalPointer() if parent.isValid() else self._root
        shown = above.shown
        if 0 <= row < len(shown) and 0 <= column < len(self.columns):
            return self.createIndex(row, column, shown[row])
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
        return len((self.node(parent) or self._root).shown)

    def columnCount(self, _parent: Index = _ROOT) -> int:  # noqa: N802
        return len(self.columns)

    def hasChildren(self, parent: Index = _ROOT) -> bool:  # noqa: N802
        # Qt's own asks for rows and columns; the view asks this for each of 5,000 rows.
        return bool((self.node(parent) or self._root).shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = _ANSWERS.get(role)
        node = index.internalPointer() if answer is not None else None
        if answer is None or node is None or node.row is None:
            return None
        return answer(self, node.row, index.column())

    def _align(self, _row: Row, column: int) -> Qt.AlignmentFlag:
        return _ALIGN[self.columns[column].align]

    def _font(self, row: Row, _column: int) -> QFont | None:
        return _bold() if isinstance(row, GroupRow) else None

    def _spoken(self, row: Row, column: int) -> str:
        return f"{self.columns[column].title}: {self.text(row, column)}"

    def _chip(self, row: Row, column: int) -> Chip | None:
        chip = self.columns[column].chip
        return chip(row) if chip and isinstance(row, ActivityRow) else None

    def _typed(self, row: Row, column: int) -> str:
        """Return what an editor begins with: the whole text, with its lines."""
        field = self.columns[column].field
        if isinstance(row, ActivityRow) and field in (
            "title", "term", "responsible", "result", "evidence",
        ):  # fmt: skip
            return str(getattr(row, field)).replace("\n", " ")
        return self.text(row, column)

    def _hint(self, row: Row, column: int) -> str:
        text = self.text(row, column)
        if isinstance(row, ActivityRow) and self.columns[column].key == "term" and row.term_problem:
            return f"{text}\n{row.term_problem}"
        return text

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        row = self.row(index)
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or row is None:
            return False
        if text == self._typed(row, index.column()).strip():
            return False
        self.edited.emit(row, self.columns[index.column()], text)
        return False  # the new text comes with the reloaded rows

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        column = index.column()
        if isinstance(index.internalPointer().row, GroupRow):
            return _HEADING_TYPED if column <= TITLE_COLUMN else _HEADING
        return _ROW_TYPED if self.columns[column].field else _ROW

    # Drag and drop: the lines are named, the services move them.

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        rows = dict.fromkeys(node for index in indexes if (node := self.node(index)))
        inside = [node for node in self._nodes if node in rows and not _any_above(node, rows)]
        names = [f"{'g' if key.is_group else 'a'}{key.id}" for one in inside if (key := one.key)]
        data = QMimeData()
        data.setData(MIME, " ".join(names).encode("ascii"))
        return data

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        if action != Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        above = self.node(parent) or self._root
        names = bytes(data.data(MIME).data()).decode("ascii").split()
        keys = tuple(LineKey(int(name[1:]), name[0] == "g") for name in names)
        if isinstance(above.row, ActivityRow):
            return False
        group = above.row.id if above.row else None
        self.dropped.emit(keys, group, self._place(above, row))
        return False  # Qt would take the rows out itself

    def _place(self, above: Node, row: int) -> int | None:
        """Return the index among all lines of a parent, also those that the filter hides."""
        if not 0 <= row < len(above.shown):
            return None
        return above.all.index(above.shown[row])


def _tree(view: RoadmapView | None) -> tuple[Node, list[Node]]:
    root = Node(None, None)
    nodes: list[Node] = []
    groups: dict[int, Node] = {}
    for row in view.lines if view else ():
        above = row.parent_id if isinstance(row, GroupRow) else row.group_id
        parent = groups.get(above, root) if above is not None else root
        node = Node(row, parent)
        parent.all.append(node)
        nodes.append(node)
        if isinstance(row, GroupRow):
            groups[row.id] = node
    return root, nodes


def _passes(node: Node, accepts: Callable[[ActivityRow], bool] | None) -> bool:
    if accepts is None:
        return True
    row = node.row
    return accepts(row) if isinstance(row, ActivityRow) else bool(node.shown)


def _any_above(node: Node, rows: dict[Node, None]) -> bool:
    above = node.parent
    while above is not None:
        if above in rows:
            return True
        above = above.parent
    return False


@cache
def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


_ANSWERS: dict[int, Callable[[RoadmapModel, Row, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): RoadmapModel.text,
    int(Qt.ItemDataRole.EditRole): RoadmapModel._typed,
    int(Qt.ItemDataRole.TextAlignmentRole): RoadmapModel._align,
    int(Qt.ItemDataRole.FontRole): RoadmapModel._font,
    int(Qt.ItemDataRole.ToolTipRole): RoadmapModel._hint,
    int(Qt.ItemDataRole.AccessibleTextRole): RoadmapModel._spoken,
    int(Role.CHIP): RoadmapModel._chip,
}
"""What answers which role: looked up at once, for a page of rows asks some thousand times."""
