"""The tree of a roadmap as Qt sees it: frozen rows in, cells out; changes are told, not kept.

To Qt it is a flat table: a tree of Qt asks a model written in Python three times for each of 5,000
rows whenever the filter changes, a table asks for the rows in sight.  Levels and folds are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
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
_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_ROW_TYPED = _ROW | Qt.ItemFlag.ItemIsEditable
_HEADING = _ROW | Qt.ItemFlag.ItemIsDropEnabled
_HEADING_TYPED = _HEADING | Qt.ItemFlag.ItemIsEditable


class Node:
    """A line of the tree; ``depth`` is 1 at the top, ``all`` holds its children."""

    __slots__ = ("all", "depth", "parent", "row", "shown")

    def __init__(self, row: Row | None, parent: Node | None) -> None:
        self.row = row
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.all: list[Node] = []
        self.shown = True

    @property
    def key(self) -> LineKey | None:
        """How services call the line; None for the root."""
        row = self.row
        return None if row is None else LineKey(row.id, isinstance(row, GroupRow))


class RoadmapModel(QAbstractTableModel):
    """Lines of one roadmap under a filter; folded headings hide what is under them."""

    edited = Signal(object, object, str)
    """A person typed: the row (``ActivityRow`` or ``GroupRow``), the column, the text."""
    dropped = Signal(object, object, object)
    """Keys of the lines, id of the heading (None: the top), index in it (None: the end)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[TreeColumn, ...] = ()
        self._root = Node(None, None)
        self._nodes: list[Node] = []
        self._flat: list[Node] = []
        self._accepts: Callable[[ActivityRow], bool] | None = None
        self._folded: set[LineKey] = set()
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

    def fold(self, key: LineKey, *, folded: bool) -> None:
        """Hide or show what stands under a heading; a filter looks through folds."""
        if (key in self._folded) is folded:
            return
        self.beginResetModel()
        (self._folded.add if folded else self._folded.discard)(key)
        self._arrange()
        self.endResetModel()

    def is_folded(self, key: LineKey) -> bool:
        """Return whether a heading is folded and the fold is in force."""
        return self._accepts is None and key in self._folded

    def _arrange(self) -> None:
        """Decide from the leaves up what is shown, then lay the lines out below each other."""
        accepts = self._accepts
        for node in reversed(self._nodes):
            row = node.row
            if accepts is None:
                node.shown = True
            elif isinstance(row, ActivityRow):
                node.shown = accepts(row)
            else:
                node.shown = any(one.shown for one in node.all)
        self._flat = []
        under: int | None = None
        folds = self._folded if accepts is None else set()
        for node in self._nodes:
            if under is not None and node.depth > under:
                continue
            under = None
            if node.shown:
                self._flat.append(node)
                if folds and node.key in folds:
                    under = node.depth

    # What the page asks.

    def node(self, index: Index) -> Node | None:
        """Return the line that an index points at."""
        return self._flat[index.row()] if index.isValid() else None

    def row(self, index: Index) -> Row | None:
        """Return the row that an index points at."""
        node = self.node(index)
        return node.row if node else None

    def find(self, key: LineKey, column: int = TITLE_COLUMN) -> QModelIndex:
        """Return the index of a line, an invalid one when it is not shown."""
        node = self._by_key.get(key)
        if node is None or node not in self._flat:
            return QModelIndex()
        return self.index(self._flat.index(node), column)

    def above(self, key: LineKey) -> list[LineKey]:
        """Return the headings over a line, the nearest first."""
        found = []
        node = self._by_key.get(key)
        while node is not None and node.parent is not None and node.parent.key is not None:
            found.append(node.parent.key)
            node = node.parent
        return found

    def shown_activities(self) -> int:
        """Return how many activities pass the filter."""
        return sum(isinstance(node.row, ActivityRow) and node.shown for node in self._nodes)

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

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._flat)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = _ANSWERS.get(role)
        if answer is None or not index.isValid():
            return None
        row = self._flat[index.row()].row
        return None if row is None else answer(self, row, index.column())

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
        if isinstance(self._flat[index.row()].row, GroupRow):
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
        names = bytes(data.data(MIME).data()).decode("ascii").split()
        keys = tuple(LineKey(int(name[1:]), name[0] == "g") for name in names)
        group, index = self._place(row, self.node(parent))
        self.dropped.emit(keys, group, index)
        return False  # Qt would take the rows out itself

    def _place(self, row: int, over: Node | None) -> tuple[int | None, int | None]:
        """Return the heading and the index in it where lines were dropped.

        Dropped on a heading they go to its end; on an activity or between two lines, before it.
        """
        if over is not None and isinstance(over.row, GroupRow):
            return over.row.id, None
        if over is None and not 0 <= row < len(self._flat):
            last = self._flat[-1].parent if self._flat else None
            return (last.row.id if last and last.row else None), None
        node = over or self._flat[row]
        above = node.parent or self._root
        return (above.row.id if above.row else None), above.all.index(node)


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
