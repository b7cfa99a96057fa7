"""The sheet as it is: every cell, with row numbers; header and data told apart by ground."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.services.mapping import Sheet, column_letters
from app.ui.theme import theme
from app.ui.theme.colors import Tone

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SheetModel(QAbstractTableModel):
    """Shows a sheet; ``header`` and ``data`` are the rows (0-based) that the person chose."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", ())
        self._header = (0, 0)
        self._data = 1
        self._width = 0

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._sheet = sheet
        self._width = max((len(row) for row in sheet.rows), default=0)
        self.endResetModel()

    def show_rows(self, header: tuple[int, int], data: int) -> None:
        """Mark other rows as the header and as the first row of data."""
        self._header, self._data = header, data
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else self._sheet.height

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._sheet.text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column_letters(column)}{row + 1}: {self._sheet.text(row, column)}"
            case Qt.ItemDataRole.BackgroundRole if self._is_header(row):
                return QColor(theme().tones[Tone.INFO][1])
            case Qt.ItemDataRole.ForegroundRole if not self._is_header(row) and row < self._data:
                return QColor(theme().muted)
            case Qt.ItemDataRole.FontRole if self._is_header(row):
                bold = QFont()
                bold.setBold(True)
                return bold
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Vertical:
            return "Щёлкните – здесь заголовок; с Shift – до этой строки"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letters(section)
        return f"{section + 1} {self._word(section)}".rstrip()

    def _is_header(self, row: int) -> bool:
        return self._header[0] <= row <= self._header[1]

    def _word(self, row: int) -> str:
        if self._is_header(row):
            return "заголовок"
        return "данные ↓" if row == self._data else ""
