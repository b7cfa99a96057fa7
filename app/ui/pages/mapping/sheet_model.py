"""The sheet as it is: every cell, with row numbers; header and data told apart by ground."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.services.mapping import Sheet, address, column_letters
from app.ui.theme import theme
from app.ui.theme.colors import Tone

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADER_HINT = "заголовок; с Shift – до этой строки"


class SheetModel(QAbstractTableModel):
    """Shows a sheet; ``header`` and ``data`` are the rows (0-based) that the person chose."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", ())
        self._header = (0, 0)
        self._data = 1
        self._width = 0
        self._turned = False

    def show_sheet(self, sheet: Sheet, *, turned: bool = False) -> None:
        """Show another sheet; a ``turned`` one has its columns as rows and is lettered so."""
        self.beginResetModel()
        self._sheet = sheet
        self._turned = turned
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
                cell = address(column, row) if self._turned else address(row, column)
                return f"{cell}: {self._sheet.text(row, column)}"
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
            what = "подписи; с Shift – до этого столбца" if self._turned else _HEADER_HINT
            return f"Щёлкните – здесь {what}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return str(section + 1) if self._turned else column_letters(section)
        name = column_letters(section) if self._turned else str(section + 1)
        return f"{name} {self._word(section)}".rstrip()

    def _is_header(self, row: int) -> bool:
        return self._header[0] <= row <= self._header[1]

    def _word(self, row: int) -> str:
        if self._is_header(row):
            return "подписи" if self._turned else "заголовок"
        if row != self._data:
            return ""
        return "значения" if self._turned else "данные ↓"
