"""The bars above the sheet: kind of table, rows of the header, where the procedure comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import RecordKind
from app.services.mapping import (
    KIND_TITLES,
    MarksGiven,
    TableKind,
    TableMap,
    column_index,
    column_letters,
    needed_parts,
)
from app.ui.pages.mapping.origin_field import OriginField
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label

PARTS = {"year": "Год", "assessment": "Процедура", "subject": "Предмет", "grade": "Класс"}
_MARKS = {
    MarksGiven.COUNTS: "числа учеников",
    MarksGiven.PERCENT: "проценты",
    MarksGiven.FRACTION: "доли единицы",
}
_HEADER_ROWS, _DATA_ROW = "Заголовок: строки", "Данные с"
_MOST_LETTERS = 3
_WITH_MARKS = (TableKind.RESULT, TableKind.SIDE_BY_SIDE, TableKind.RECORD)


class Controls(QWidget):
    """Shows the whole mapping but for its columns; every wish of the person is a signal."""

    sheet_chosen = Signal(int)
    kind_chosen = Signal()
    rows_chosen = Signal()
    said = Signal()
    """Origins, marks, totals or the cell of the school."""
    turn_wanted = Signal(bool)
    """The figures stand in rows (a form), or in columns."""

    def __init__(self) -> None:
        super().__init__()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.sheet = _box("Лист", 180)
        self.kind = _box("Что это за таблица", 330)
        for kind, text in KIND_TITLES.items():
            self.kind.addItem(text, kind)
        self.record = _box("Какие это сведения", 240)
        self.record.addItem("какие сведения?", None)
        for record in RecordKind:
            self.record.addItem(record.value, record)
        self.first, self.last, self.data = (
            _RowSpin("Первая строка заголовка"),
            _RowSpin("Последняя строка заголовка"),
            _RowSpin("Первая строка данных"),
        )
        self.origins = {part: OriginField(part, title) for part, title in PARTS.items()}
        self.marks = _box("Как даны отметки", 150)
        for given, text in _MARKS.items():
            self.marks.addItem(text, given)
        self.turned = QCheckBox("Бланк: показатели в строках")
        self.turned.setToolTip(
            "Показатели стоят друг под другом: лист показан повёрнутым, строки – слева направо"
        )
        self.school = QLineEdit()
        self.school.setAccessibleName("Ячейка с названием школы")
        self.school.setPlaceholderText("A2")
        self.school.setToolTip(
            "Адрес ячейки, где названа школа; пусто, если школа названа в строке бланка"
        )
        self.school.setFixedWidth(64)
        self.school_label = label("Школа в ячейке:")
        self.totals = QCheckBox("«Итого» – это муниципалитет")
        self.totals.setToolTip("Без отметки строки итогов пропускаются, и об этом сказано")
        self.sheet_label, self.marks_label = label("Лист:"), label("Отметки:")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, GAP)
        column.setSpacing(GAP)
        what = (label("Вид:"), self.kind, self.record, self.turned)
        column.addLayout(_line(self.sheet_label, self.sheet, *what))
        self.header_label, self.data_label = label(_HEADER_ROWS), label(_DATA_ROW)
        rows = (self.header_label, self.first, label("–"), self.last, self.data_label, self.data)
        column.addLayout(_line(*rows, self.totals, self.school_label, self.school))
        column.addLayout(_line(*self.origins.values(), self.marks_label, self.marks))

    def _connect(self) -> None:
        self.sheet.activated.connect(self.sheet_chosen)
        for box in (self.kind, self.record):
            box.activated.connect(self.kind_chosen)
        for spin in (self.first, self.last, self.data):
            spin.valueChanged.connect(self.rows_chosen)
        for field in self.origins.values():
            field.changed.connect(self.said)
        self.marks.activated.connect(self.said)
        self.totals.clicked.connect(self.said)
        self.turned.clicked.connect(self.turn_wanted)
        self.school.editingFinished.connect(self.said)

    def offer_sheets(self, names: Sequence[str], chosen: int) -> None:
        """Offer the sheets of the file; a single one needs no choice."""
        self.sheet.clear()
        self.sheet.addItems(list(names))
        self.sheet.setCurrentIndex(chosen)
        for widget in (self.sheet, self.sheet_label):
            widget.setVisible(len(names) > 1)

    def show_map(self, mapping: TableMap, height: int) -> None:
        """Show the mapping; ``height`` is the number of rows of the sheet."""
        self.kind.setCurrentIndex(self.kind.findData(mapping.kind))
        self.record.setVisible(mapping.kind is TableKind.RECORD)
        self.record.setCurrentIndex(max(self.record.findData(mapping.record), 0))
        rows = (mapping.header[0], mapping.header[1], mapping.data)
        for spin, row in zip((self.first, self.last, self.data), rows, strict=True):
            spin.blockSignals(True)
            spin.letters = mapping.turned
            spin.setRange(1, max(height + 1, 2))
            spin.setValue(row + 1)
            spin.blockSignals(False)
        needed = needed_parts(mapping.kind, mapping.record)
        for part, field in self.origins.items():
            field.setVisible(part in needed)
            field.show_origin(mapping.origins.get(part))
        for widget in (self.marks, self.marks_label):
            widget.setVisible(mapping.kind in _WITH_MARKS)
        self.marks.setCurrentIndex(self.marks.findData(mapping.marks))
        self._show_form(mapping)
        self.totals.setVisible(mapping.kind in _WITH_MARKS and not mapping.turned)
        self.totals.setChecked(mapping.totals_count)

    def _show_form(self, mapping: TableMap) -> None:
        """Show what only a form has, and call its columns what they are."""
        self.turned.setChecked(mapping.turned)
        self.turned.setVisible(mapping.turned or mapping.kind is TableKind.RECORD)
        self.school.setText(mapping.school)
        for widget in (self.school, self.school_label):
            widget.setVisible(mapping.turned)
        self.header_label.setText("Подписи: столбцы" if mapping.turned else _HEADER_ROWS)
        self.data_label.setText("Значения в столбце" if mapping.turned else _DATA_ROW)


def _box(spoken: str, width: int) -> QComboBox:
    box = ElidedCombo()
    box.setAccessibleName(spoken)
    box.setMaximumWidth(width)
    return box


class _RowSpin(QSpinBox):
    """Chooses a row by its number, or a column of a form by its letters."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self.letters = False
        self.setAccessibleName(spoken)
        self.setFixedWidth(72)
        self.setKeyboardTracking(False)

    def textFromValue(self, value: int) -> str:  # noqa: N802
        return column_letters(value - 1) if self.letters else str(value)

    def valueFromText(self, text: str) -> int:  # noqa: N802
        return column_index(text.strip().upper()) + 1 if self.letters else int(text)

    def validate(self, text: str, place: int) -> object:
        """Letters are checked here; numbers as ever."""
        if not self.letters:
            return super().validate(text, place)
        typed = text.strip().upper()
        fits = typed.isascii() and (typed.isalpha() or not typed) and len(typed) <= _MOST_LETTERS
        if not fits:
            return QValidator.State.Invalid, text, place
        known = bool(typed) and self.minimum() <= column_index(typed) + 1 <= self.maximum()
        return (
            QValidator.State.Acceptable if known else QValidator.State.Intermediate,
            typed,
            place,
        )


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch()
    return line
