"""A small table that a person edits in place: texts, numbers, ticks and choices, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.metrics import GAP, GRID, HEADER_HEIGHT, ROW_HEIGHT
from app.ui.widgets.elided import ElidedCombo

Cell = str | bool
Row = tuple[Cell, ...]


class Field(NamedTuple):
    """A column: a text to write, a tick, one of several words, or a text to read only."""

    title: str
    width: int = 120
    flag: bool = False
    choices: tuple[str, ...] = ()
    fixed: bool = False
    hint: str = ""


class EditTable(QWidget):
    """``rows`` is what the table says now; the first text column takes the room that is left.

    With ``grows`` False the rows are those that were shown: none can be added or taken away.
    """

    changed = Signal()

    def __init__(self, name: str, fields: Sequence[Field], *, grows: bool = True) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._grows = grows
        self._build(name)
        self._connect()

    def _build(self, name: str) -> None:
        self.table = QTableWidget(0, len(self._fields))
        self.table.setAccessibleName(name)
        self.table.setHorizontalHeaderLabels([field.title for field in self._fields])
        self.table.verticalHeader().hide()
        letters = self.fontMetrics().height()
        self.table.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, letters + GAP))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        header = self.table.horizontalHeader()
        header.setFixedHeight(max(HEADER_HEIGHT, 2 * letters + 2))
        for number, field in enumerate(self._fields):
            self.table.setColumnWidth(number, field.width)
            item = self.table.horizontalHeaderItem(number)
            if item is not None and field.hint:
                item.setToolTip(field.hint)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.add = QPushButton("Добавить строку")
        self.remove = QPushButton("Удалить строку")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
            button.setVisible(self._grows)
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.table.itemChanged.connect(self._on_change)
        self.table.currentCellChanged.connect(self._on_current)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows without telling of changes."""
        with QSignalBlocker(self), QSignalBlocker(self.table):
            self.table.setRowCount(0)
            for row in rows:
                self._append(row)
        self._on_current()

    def rows(self) -> tuple[Row, ...]:
        """Return what every cell says now; texts without spaces around them."""
        columns = range(len(self._fields))
        return tuple(
            tuple(self._cell(row, column) for column in columns)
            for row in range(self.table.rowCount())
        )

    def write(self, row: int, column: int, value: Cell) -> None:
        """Change one cell as a person would."""
        box = self.table.cellWidget(row, column)
        item = self.table.item(row, column)
        if isinstance(box, QComboBox):
            box.setCurrentText(str(value))
        elif item is not None and isinstance(value, bool):
            item.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
        elif item is not None:
            item.setText(str(value))

    def _append(self, row: Row) -> None:
        number = self.table.rowCount()
        self.table.insertRow(number)
        for column, (field, value) in enumerate(zip(self._fields, row, strict=True)):
            if field.choices:
                self._put_choice(number, column, field, str(value))
            else:
                self.table.setItem(number, column, _item(field, value))

    def _put_choice(self, row: int, column: int, field: Field, value: str) -> None:
        box = ElidedCombo()
        box.setAccessibleName(field.title)
        box.addItems(list(field.choices))
        box.setCurrentText(value)
        box.currentIndexChanged.connect(self._on_change)
        self.table.setCellWidget(row, column, box)

    def _cell(self, row: int, column: int) -> Cell:
        box = self.table.cellWidget(row, column)
        if isinstance(box, QComboBox):
            return box.currentText()
        item = self.table.item(row, column)
        if item is None:
            raise RuntimeError("every cell of the table is filled when its row is made")
        if self._fields[column].flag:
            return item.checkState() is Qt.CheckState.Checked
        return " ".join(item.text().split())

    def _on_change(self, *_what: object) -> None:
        self.changed.emit()

    def _on_current(self, *_where: int) -> None:
        self.remove.setEnabled(self.table.currentRow() >= 0)

    def _on_add(self) -> None:
        empty = tuple(f.choices[0] if f.choices else False if f.flag else "" for f in self._fields)
        with QSignalBlocker(self.table):
            self._append(empty)
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self._on_current()
        self.changed.emit()

    def _on_remove(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self.changed.emit()
        self._on_current()


def _item(field: Field, value: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem("" if field.flag else str(value))
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    if field.flag:
        item.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
    elif field.fixed:
        item.setFlags(flags)
    else:
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable)
    item.setToolTip("" if field.flag else str(value))
    return item
