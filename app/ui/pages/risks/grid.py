"""The matrix of risks as a table that is filled by single keys and by blocks from Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence

from app.errors import UserError
from app.models.enums import Significance
from app.services.support import Mark, parse_cell
from app.ui.itemmodels import TableModel
from app.ui.pages.risks.lines import SCHOOL_COLUMNS, RiskLine
from app.ui.state import WindowState
from app.ui.widgets.table_view import TableView

Marks = dict[tuple[int, str], Mark]

_KEYS: dict[str, Significance] = {
    "в": Significance.HIGH,
    "с": Significance.MEDIUM,
    "н": Significance.LOW,
    "0": Significance.ABSENT,
    "-": Significance.ABSENT,
}
_LATIN = str.maketrans("dcyfg", "вснап")
"""The same keys of the keyboard while the Latin layout is on."""
_ACTUAL, _PRIORITY = "а", "п"
_FAULTS = 6


class GridModel(TableModel[RiskLine]):
    """Changes cells in place, so that the selection stays while one types."""

    titles: Mapping[str, str] = {}
    """Whole titles of the factors by key, for the hints of the narrow headers."""

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and 0 <= section < len(self.columns):
            column = self.columns[section]
            return self.titles.get(column.key, column.title)
        return super().headerData(section, orientation, role)

    def refresh(self, rows: Sequence[RiskLine]) -> None:
        """Show the rows; the same schools in the same order do not reset the table."""
        if [self.key(row) for row in rows] != [self.key(row) for row in self._all]:
            self.set_rows(rows)
            return
        self._all = tuple(rows)
        by_key = {self.key(row): row for row in rows}
        self._shown = [by_key[self.key(row)] for row in self._shown]
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class RiskGrid(TableView):
    """Letters mark the selected cells; Ctrl+V takes a block; Delete empties."""

    marked = Signal(object)
    """Marks by school and factor, as a dict."""
    refused = Signal(object)
    """A UserError: what was pasted is not understood."""
    asked = Signal()
    """Enter: what is behind the cell."""

    def __init__(self, model: GridModel, state: WindowState) -> None:
        super().__init__(model, "risks", "Факторы риска по школам", state, cells=True)
        self.horizontalHeader().setSectionsMovable(False)  # a pasted block relies on the order
        self.horizontalHeader().setStretchLastSection(False)
        self._build_menu()

    def cells(self) -> list[tuple[int, int]]:
        """Return the selected cells of factors: row and column of the model."""
        chosen = self.selectionModel().selectedIndexes()
        return sorted((i.row(), i.column()) for i in chosen if i.column() >= SCHOOL_COLUMNS)

    def place(self) -> tuple[RiskLine, str] | None:
        """Return the school and the factor under the cursor, None outside the factors."""
        index = self.currentIndex()
        if not index.isValid() or index.column() < SCHOOL_COLUMNS:
            return None
        return self.rows_model.row_at(index.row()), self.rows_model.columns[index.column()].key

    def change(self, change: Callable[[Mark], Mark]) -> None:
        """Mark the selected cells by what they hold now."""
        marks: Marks = {}
        for row, column in self.cells():
            line, factor = self._at(row, column)
            marks[line.school.id, factor] = change(line.mark(factor))
        if marks:
            self.marked.emit(marks)

    def paste(self) -> None:
        """Take the clipboard: a block from the cursor on, a single cell for all selected."""
        self.paste_text(QGuiApplication.clipboard().text())

    def paste_text(self, text: str) -> None:
        """Take a text as ``paste`` takes the clipboard."""
        block = parse_block(text)
        try:
            marks = self._pasted(block)
        except UserError as error:
            self.refused.emit(error)
            return
        if marks:
            self.marked.emit(marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Paste) or _is_ctrl_v(event):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.change(lambda _mark: Mark())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        elif not self._mark_by_letter(event):
            super().keyPressEvent(event)
            return
        event.accept()

    def _mark_by_letter(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        letter = event.text().casefold().translate(_LATIN)
        change = _changes().get(letter)
        if held or change is None or not self.cells():
            return False
        self.change(change)
        return True

    def _build_menu(self) -> None:
        for title, letter in (
            ("Высокая значимость\tВ", "в"),
            ("Средняя значимость\tС", "с"),
            ("Низкая значимость\tН", "н"),
            ("Не выявлен\t0", "0"),
            ("Актуальный\tА", _ACTUAL),
            ("Приоритетный\tП", _PRIORITY),
            ("Очистить\tDelete", ""),
            ("Вставить\tCtrl+V", "paste"),
        ):
            action = QAction(title, self)
            action.setData(letter)
            action.triggered.connect(self._on_menu)
            self.addAction(action)

    def _on_menu(self) -> None:
        action = self.sender()
        letter = action.data() if isinstance(action, QAction) else ""
        if letter == "paste":
            self.paste()
        else:
            self.change(_changes().get(letter, lambda _mark: Mark()))

    def _at(self, row: int, column: int) -> tuple[RiskLine, str]:
        return self.rows_model.row_at(row), self.rows_model.columns[column].key

    def _pasted(self, block: list[list[str]]) -> Marks:
        cells = self.cells()
        if not block or not cells:
            return {}
        single = len(block) == 1 and len(block[0]) == 1
        if single:
            wanted = dict.fromkeys(cells, block[0][0])
        else:
            wanted = self._placed(block, min(r for r, _ in cells), min(c for _, c in cells))
        marks: Marks = {}
        faults = []
        for (row, column), text in wanted.items():
            line, factor = self._at(row, column)
            try:
                marks[line.school.id, factor] = parse_cell(text)
            except UserError as error:
                place = f"{line.school.name}, {column - SCHOOL_COLUMNS + 1}-й столбец"
                faults.append(f"{place}: {error.message}")
        if faults:
            more = f" И ещё {len(faults) - _FAULTS}." if len(faults) > _FAULTS else ""
            raise UserError("Вставка не понята, ничего не изменено. "
                            + " ".join(faults[:_FAULTS]) + more,
                            "В ячейке может стоять: В, С, Н, 0, А, П, «+», «-», слово или число "
                            "от 0 до 3.")  # fmt: skip
        return marks

    def _placed(self, block: list[list[str]], top: int, left: int) -> dict[tuple[int, int], str]:
        """Return the texts by cell; UserError when the block does not fit."""
        columns = [c for c in range(left, len(self.rows_model.columns))
                   if not self.isColumnHidden(c)]  # fmt: skip
        wide = max(len(line) for line in block)
        if wide > len(columns) or top + len(block) > self.rows_model.rowCount():
            raise UserError(
                f"Блок {len(block)} × {wide} не помещается в таблицу от выбранной ячейки.",
                "Выберите левую верхнюю ячейку блока и проверьте, что скопированы только отметки.",
            )
        return {
            (top + down, columns[right]): text
            for down, line in enumerate(block)
            for right, text in enumerate(line)
        }

    def select_cell(self, row: int, column: int) -> None:
        """Put the cursor on a cell."""
        index = self.rows_model.index(row, column)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)


def parse_block(text: str) -> list[list[str]]:
    """Return the cells of a clipboard as Excel writes them: tabs, line ends, quotes."""
    return [line for line in csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t") if line]


def _changes() -> dict[str, Callable[[Mark], Mark]]:
    """Return what each letter does to a mark."""
    changes: dict[str, Callable[[Mark], Mark]] = {
        letter: _with(significance) for letter, significance in _KEYS.items()
    }
    changes[_ACTUAL] = _toggle_actual
    changes[_PRIORITY] = _toggle_priority
    return changes


def _with(significance: Significance) -> Callable[[Mark], Mark]:
    def change(mark: Mark) -> Mark:
        if significance is Significance.ABSENT:
            return Mark(significance)
        return replace(mark, significance=significance)

    return change


def _toggle_actual(mark: Mark) -> Mark:
    """A factor that was not found becomes one that is not assessed but actual."""
    significance = None if mark.significance is Significance.ABSENT else mark.significance
    actual = not mark.actual
    return Mark(significance, actual, mark.priority and actual)


def _toggle_priority(mark: Mark) -> Mark:
    significance = None if mark.significance is Significance.ABSENT else mark.significance
    return Mark(significance, mark.actual or not mark.priority, not mark.priority)


def _is_ctrl_v(event: QKeyEvent) -> bool:
    """The key of «V» gives «М» while the Russian layout is on."""
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() in (int(Qt.Key.Key_V), ord("М"))
