"""The row of choices above the sheet: what stands in each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QWidget,
)

from app.services.mapping import Placed, Role, column_letters
from app.ui.theme import theme
from app.ui.theme.colors import Tone
from app.ui.widgets.elided import ElidedCombo, shorten

Index = QModelIndex | QPersistentModelIndex
# The stubs of PySide do not know the fields of style options.
Option = Any
_ROOT = QModelIndex()

OPEN, IGNORED, PERSONAL = "", "-ignored", "-personal"
"""Choices that are no field; a field never begins with a hyphen."""
_WORDS = {
    OPEN: "Что это?",
    IGNORED: "Не нужен",
    PERSONAL: "Личные данные",
}
ROW_TITLES = {"field": "Что в столбце", "subject": "Предмет", "grade": "Класс", "year": "Год"}


class PlacingModel(QAbstractTableModel):
    """One row with the field of each column, and rows for procedures side by side."""

    chosen = Signal(int, str, str)
    """Column of the sheet, name of the row («field», «subject» …), the new text."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: dict[int, Placed] = {}
        self._width = 0
        self._rows: tuple[str, ...] = ("field",)
        self._turned = False
        self.fields: Mapping[str, str] = {}
        """Field -> Russian title, in the order of the list."""

    def show_columns(
        self,
        placed: Sequence[Placed],
        width: int,
        fields: Mapping[str, str],
        rows: Sequence[str],
        *,
        turned: bool = False,
    ) -> None:
        """Show what each column is, or each row of a ``turned`` sheet.

        The view is laid out anew only when its size changes.
        """
        same = (width, tuple(rows), turned) == (self._width, self._rows, self._turned)
        self._turned = turned
        if not same:
            self.beginResetModel()
        self._placed = {column.column: column for column in placed}
        self._width, self._rows, self.fields = width, tuple(rows), fields
        if not same:
            self.endResetModel()
        elif width:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, width - 1))

    def choices(self) -> list[tuple[str, str]]:
        """Return the lines of the list: choice and its Russian text."""
        return [*_WORDS.items(), *self.fields.items()]

    def row_name(self, row: int) -> str:
        """Return the name of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else self._width

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.column() not in self._placed:
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._placed.get(index.column()) if index.isValid() else None
        if column is None:
            return None
        name = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(column, name)
            case Qt.ItemDataRole.EditRole:
                return choice_of(column) if name == "field" else self._text(column, name)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{column.title or 'Без заголовка'}: {self._text(column, name)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                place = f"{self._title(name)} {self._place(column.column)}"
                return f"{place}, {column.title}: {self._text(column, name)}"
            case Qt.ItemDataRole.BackgroundRole if column.role is Role.OPEN and name == "field":
                return QColor(theme().tones[Tone.WARNING][1])
        return None

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() not in self._placed:
            return False
        self.chosen.emit(index.column(), self._rows[index.row()], str(value))
        return True

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._place(section)
        return self._title(self._rows[section])

    def _place(self, column: int) -> str:
        return str(column + 1) if self._turned else column_letters(column)

    def _title(self, name: str) -> str:
        return "Что в строке" if self._turned and name == "field" else ROW_TITLES[name]

    def _text(self, column: Placed, name: str) -> str:
        if name == "field":
            choice = choice_of(column)
            return _WORDS.get(choice) or self.fields.get(choice, choice)
        value = getattr(column, name)
        return "" if value is None else str(value)


def choice_of(column: Placed) -> str:
    """Return the choice that a column stands at."""
    match column.role:
        case Role.FIELD:
            return column.field
        case Role.IGNORED:
            return IGNORED
        case Role.PERSONAL:
            return PERSONAL
    return OPEN


class PlacingDelegate(QStyledItemDelegate):
    """Draws a choice as a list and opens one to change it."""

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PlacingModel) or model.row_name(index.row()) != "field":
            super().paint(painter, option, index)
            return
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        box: Option = QStyleOptionComboBox()
        box.rect = option.rect.adjusted(1, 1, -1, -1)
        box.state = QStyle.StateFlag.State_Enabled | (
            option.state & QStyle.StateFlag.State_HasFocus
        )
        box.currentText = str(index.data())
        box.palette = option.palette
        box.fontMetrics = option.fontMetrics
        style = QApplication.style()
        shorten(box, style)
        style.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box, painter)
        style.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, box, painter)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(theme().accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: Option, index: Index
    ) -> QWidget:
        model = index.model()
        if not isinstance(model, PlacingModel) or model.row_name(index.row()) != "field":
            return QLineEdit(parent)
        box = ElidedCombo(parent)
        box.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        for choice, text in model.choices():
            box.addItem(text, choice)
        box.view().setMinimumWidth(260)
        box.activated.connect(self._on_picked)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        value = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: N802
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _on_picked(self, _line: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.commitData.emit(box)
            self.closeEditor.emit(box)
