"""A small table typed or pasted in by hand: the first line are the titles of its columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.metrics import GRID, ROW_HEIGHT

_HEIGHT = 200
_COLUMNS = 3


class _Grid(QTableWidget):
    """Takes a table from Excel or Word over Ctrl+V."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
            event.accept()
        else:
            super().keyPressEvent(event)


class FreeTable(QWidget):
    """``titles`` and ``rows`` are what the table says now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.grid = _Grid(1, _COLUMNS)
        self.grid.setAccessibleName("Своя таблица; первая строка – названия граф")
        self.grid.setToolTip("Первая строка – названия граф. Ctrl+V вставит таблицу из Excel")
        self.grid.horizontalHeader().hide()
        self.grid.verticalHeader().hide()
        self.grid.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.grid.setMinimumHeight(_HEIGHT)
        self.add_row = _button("+ строка", "Добавить строку под выбранной")
        self.add_column = _button("+ графа", "Добавить графу справа от выбранной")
        self.drop_row = _button("− строка", "Убрать выбранную строку")
        self.drop_column = _button("− графа", "Убрать выбранную графу")
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (self.add_row, self.drop_row, self.add_column, self.drop_column):
            line.addWidget(button)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.grid)
        column.addLayout(line)
        self._connect()

    def _connect(self) -> None:
        self.grid.itemChanged.connect(self._on_item)
        self.grid.pasted.connect(self.paste)
        self.add_row.clicked.connect(self._on_add_row)
        self.add_column.clicked.connect(self._on_add_column)
        self.drop_row.clicked.connect(self._on_drop_row)
        self.drop_column.clicked.connect(self._on_drop_column)

    def show_table(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show another table; an empty one has room for a few titles."""
        width = max(len(titles), *(len(row) for row in rows), 0) if rows else len(titles)
        with QSignalBlocker(self.grid):
            self.grid.clear()
            self.grid.setColumnCount(width or _COLUMNS)
            self.grid.setRowCount(1 + len(rows))
            for line, cells in enumerate([titles, *rows]):
                for place in range(self.grid.columnCount()):
                    self._put(line, place, cells[place] if place < len(cells) else "")

    def titles(self) -> list[str]:
        """Return the titles of the columns; none when all are empty."""
        found = self._texts(0)
        return found if any(found) else []

    def rows(self) -> list[list[str]]:
        """Return the lines under the titles."""
        return [self._texts(line) for line in range(1, self.grid.rowCount())]

    def paste(self, text: str) -> None:
        """Put lines with tabs from the chosen cell on; the table grows where it must."""
        lines = [line.split("\t") for line in text.replace("\r", "").rstrip("\n").split("\n")]
        if not text.strip():
            return
        top, left = max(self.grid.currentRow(), 0), max(self.grid.currentColumn(), 0)
        with QSignalBlocker(self.grid):
            self.grid.setRowCount(max(self.grid.rowCount(), top + len(lines)))
            widest = max(len(line) for line in lines)
            self.grid.setColumnCount(max(self.grid.columnCount(), left + widest))
            for down, cells in enumerate(lines):
                for right, cell in enumerate(cells):
                    self._put(top + down, left + right, cell.strip())
        self.changed.emit()

    def _texts(self, line: int) -> list[str]:
        cells = (self.grid.item(line, place) for place in range(self.grid.columnCount()))
        return [cell.text().strip() if cell is not None else "" for cell in cells]

    def _put(self, line: int, place: int, text: str) -> None:
        item = QTableWidgetItem(text)
        if line == 0:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        self.grid.setItem(line, place, item)

    def _on_item(self, _item: QTableWidgetItem) -> None:
        self.changed.emit()

    def _on_add_row(self) -> None:
        self.grid.insertRow(max(self.grid.currentRow(), 0) + 1)
        self.changed.emit()

    def _on_add_column(self) -> None:
        self.grid.insertColumn(self.grid.currentColumn() + 1)
        self.changed.emit()

    def _on_drop_row(self) -> None:
        # The line of the titles stays: a table without it is not printed.
        if self.grid.currentRow() > 0:
            self.grid.removeRow(self.grid.currentRow())
            self.changed.emit()

    def _on_drop_column(self) -> None:
        if self.grid.columnCount() > 1 and self.grid.currentColumn() >= 0:
            self.grid.removeColumn(self.grid.currentColumn())
            self.changed.emit()


def _button(text: str, hint: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", "flat")
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    return made
