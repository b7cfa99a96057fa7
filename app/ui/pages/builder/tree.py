"""The outline as a tree: blocks are dragged, moved by keys, switched on and off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from app.services.documents import OutlineBlock
from app.ui.pages.builder import words
from app.ui.theme import theme

_ID = Qt.ItemDataRole.UserRole
_ROW = 24
"""Pixels: an outline is read as a whole, so its rows stand closer than those of a table."""


class Place(NamedTuple):
    """Where a block goes: inside which one (None: at the top), before which one (None: last)."""

    parent_id: int | None
    before_id: int | None


class OutlineTree(QTreeWidget):
    """Shows an outline; every wish to change it is a signal, the tree itself moves nothing."""

    chosen = Signal(int)
    """Another block stands under the cursor; its id."""
    moved = Signal(int, object)
    """A block and the ``Place`` it should go to."""
    switched = Signal(int, bool)
    """A block should be printed or not."""
    add_wanted = Signal()
    remove_wanted = Signal()
    title_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[int, QTreeWidgetItem] = {}
        self._folded: set[int] = set()
        self._actions = self._key_actions()
        self.setAccessibleName("Структура программы")
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setToolTip(
            "Перетащите блок мышью или Alt+стрелки; Insert – добавить, Delete – убрать, "
            "пробел – печатать или нет"
        )
        self.currentItemChanged.connect(self._on_current)
        self.itemChanged.connect(self._on_changed)
        self.itemCollapsed.connect(self._on_folded)
        self.itemExpanded.connect(self._on_unfolded)

    # What the page uses.

    def show_outline(
        self,
        blocks: Sequence[OutlineBlock],
        numbers: Mapping[int, str],
        empty: frozenset[int],
        found: Mapping[int, int],
    ) -> None:
        """Show another outline; the chosen block and what was folded stay.

        ``empty`` are blocks that had nothing to print, ``found`` tells how many findings lead to
        a block.
        """
        before = self.current_id()
        with QSignalBlocker(self):
            self.clear()
            self._items.clear()
            for block in blocks:
                self.addTopLevelItem(self._item(block, numbers, empty, found))
            for block_id, item in self._items.items():
                item.setExpanded(block_id not in self._folded)
            if before in self._items:
                self.setCurrentItem(self._items[before])

    def current_id(self) -> int | None:
        """Return the block under the cursor."""
        item = self.currentItem()
        return None if item is None else _id(item)

    def choose(self, block_id: int) -> None:
        """Put the cursor on a block; a block that is not there changes nothing."""
        item = self._items.get(block_id)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def choose_quietly(self, block_id: int) -> None:
        """Do the same without telling: the page knows already."""
        with QSignalBlocker(self):
            self.choose(block_id)

    def step(self, down: bool) -> None:
        """Ask to move the chosen block by one place among those beside it."""
        item = self.currentItem()
        if item is None:
            return
        beside = _beside(item, self)
        place = beside.index(item) + (2 if down else -1)
        if 0 <= place <= len(beside):
            before = _id(beside[place]) if place < len(beside) else None
            self._ask(item, Place(_id_above(item), before))

    def indent(self) -> None:
        """Ask to put the chosen block into the one above it."""
        item = self.currentItem()
        if item is not None:
            beside = _beside(item, self)
            place = beside.index(item)
            if place:
                self._ask(item, Place(_id(beside[place - 1]), None))

    def outdent(self) -> None:
        """Ask to put the chosen block after the one that it stands in."""
        item = self.currentItem()
        above = item.parent() if item is not None else None
        if item is None or above is None:
            return
        beside = _beside(above, self)
        place = beside.index(above) + 1
        before = _id(beside[place]) if place < len(beside) else None
        self._ask(item, Place(_id_above(above), before))

    # The tree's own.

    def _item(
        self,
        block: OutlineBlock,
        numbers: Mapping[int, str],
        empty: frozenset[int],
        found: Mapping[int, int],
    ) -> QTreeWidgetItem:
        said = words.name(block, numbers.get(block.id, ""))
        findings = found.get(block.id, 0)
        item = QTreeWidgetItem([f"{said}  ⚠ {findings}" if findings else said])
        item.setData(0, _ID, block.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if block.included else Qt.CheckState.Unchecked)
        item.setSizeHint(0, QSize(0, _ROW))
        item.setToolTip(0, _hint(block, block.id in empty, findings))
        self._style(item, block, block.id in empty)
        self._items[block.id] = item
        for inner in block.blocks:
            item.addChild(self._item(inner, numbers, empty, found))
        return item

    def _style(self, item: QTreeWidgetItem, block: OutlineBlock, empty: bool) -> None:
        font = item.font(0)
        font.setBold(block.kind == "section" and not empty)
        font.setItalic(empty or not block.included)
        item.setFont(0, font)
        if empty or not block.included:
            item.setForeground(0, QColor(theme().muted))

    def _ask(self, item: QTreeWidgetItem, place: Place) -> None:
        self.moved.emit(_id(item), place)

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(_id(item))

    def _on_changed(self, item: QTreeWidgetItem, _column: int) -> None:
        self.switched.emit(_id(item), item.checkState(0) is Qt.CheckState.Checked)

    def _on_folded(self, item: QTreeWidgetItem) -> None:
        self._folded.add(int(item.data(0, _ID)))

    def _on_unfolded(self, item: QTreeWidgetItem) -> None:
        self._folded.discard(int(item.data(0, _ID)))

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Ask for the move; the tree is shown anew when it has been stored."""
        item = self.currentItem()
        place = self.drop_place(event)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None and place is not None and _id(item) != place.before_id:
            self._ask(item, place)

    def drop_place(self, event: QDropEvent) -> Place | None:
        """Return where the block would go; None where it cannot."""
        target = self.itemAt(event.position().toPoint())
        indicator = self.dropIndicatorPosition()
        if target is None:
            return Place(None, None)
        if target in _with_all_above(self.currentItem(), target):
            return None
        positions = QAbstractItemView.DropIndicatorPosition
        if indicator is positions.OnItem:
            return Place(_id(target), None)
        beside = _beside(target, self)
        place = beside.index(target) + (indicator is positions.BelowItem)
        before = _id(beside[place]) if place < len(beside) else None
        return Place(_id_above(target), before)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        action = self._actions.get((Qt.Key(event.key()), _with_alt(event)))
        if action is None:
            super().keyPressEvent(event)
            return
        action()
        event.accept()

    def _key_actions(self) -> Mapping[tuple[Qt.Key, bool], Callable[[], None]]:
        """Return what keys do; True stands for a key pressed with Alt."""
        return {
            (Qt.Key.Key_Up, True): lambda: self.step(down=False),
            (Qt.Key.Key_Down, True): lambda: self.step(down=True),
            (Qt.Key.Key_Right, True): self.indent,
            (Qt.Key.Key_Left, True): self.outdent,
            (Qt.Key.Key_Insert, False): self.add_wanted.emit,
            (Qt.Key.Key_Delete, False): self.remove_wanted.emit,
            (Qt.Key.Key_F2, False): self.title_wanted.emit,
            (Qt.Key.Key_Return, False): self.title_wanted.emit,
            (Qt.Key.Key_Enter, False): self.title_wanted.emit,
        }


def _with_alt(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def _hint(block: OutlineBlock, empty: bool, findings: int) -> str:
    """Return what the tooltip says: the whole name, why it is grey, what was found."""
    lines = [words.name(block), words.kind_title(block.kind)]
    if not block.included:
        lines.append("Не печатается: снята отметка.")
    elif empty:
        lines.append("Не печатается: для него ещё ничего не внесено.")
    if findings:
        lines.append(f"Замечаний: {findings}; они перечислены внизу.")
    # Escaped, or Qt would take signs of markup in a title for markup.
    return "<br>".join(escape(line) for line in dict.fromkeys(lines))


def _id(item: QTreeWidgetItem) -> int:
    return int(item.data(0, _ID))


def _id_above(item: QTreeWidgetItem) -> int | None:
    above = item.parent()
    return None if above is None else _id(above)


def _beside(item: QTreeWidgetItem, tree: QTreeWidget) -> list[QTreeWidgetItem]:
    above = item.parent() or tree.invisibleRootItem()
    return [above.child(place) for place in range(above.childCount())]


def _with_all_above(
    item: QTreeWidgetItem | None, target: QTreeWidgetItem
) -> Iterator[QTreeWidgetItem]:
    """Return the target when it is the item itself or stands somewhere inside it."""
    above: QTreeWidgetItem | None = target
    while above is not None:
        if above is item:
            yield target
        above = above.parent()
