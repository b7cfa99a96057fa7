"""The pivot with the panel behind its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.services.analysis import TITLES, Pivot
from app.services.exporting import SeenTable
from app.services.results import ResultRow
from app.services.sorting import natural_key
from app.ui.itemmodels import TableModel
from app.ui.numbers import Limits
from app.ui.pages.results.behind_panel import BehindPanel
from app.ui.pages.results.pivot_lines import (
    PivotLine,
    cell_hint,
    pivot_columns,
    pivot_lines,
    seen,
)
from app.ui.state import WindowState
from app.ui.theme.metrics import MARGIN
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView

_BEHIND_WIDTH = 540
"""Five columns of the panel at its first showing."""


class PivotPane(QWidget):
    """Shows one pivot; the page brings it."""

    source_wanted = Signal(int, str, str, QPoint)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._state = state
        self._pivot: Pivot | None = None
        self._rows: Mapping[int, ResultRow] = {}
        self._limits: Limits = ()
        self.model: TableModel[PivotLine] = TableModel((), lambda line: line.texts, self)
        self.table = TableView(self.model, "pivot", "Свод результатов", state, cells=True)
        self.behind = BehindPanel(state)
        self.empty = EmptyState()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.behind)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([1000, _BEHIND_WIDTH])
        self.behind.hide()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.splitter)
        self.lists.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.addWidget(self.lists)
        self.table.horizontalHeader().setStretchLastSection(False)

    def _connect(self) -> None:
        self.table.link_clicked.connect(self._on_number)
        self.behind.source_wanted.connect(self.source_wanted)
        self.behind.closed.connect(self.behind.hide)

    def show_pivot(self, found: Pivot, rows: Mapping[int, ResultRow], limits: Limits) -> None:
        """Show another pivot; ``rows`` are its results by id, ``limits`` the thresholds of them."""
        self._pivot, self._rows, self._limits = found, rows, limits
        self.behind.hide()
        columns = pivot_columns(found, limits) if found.columns else ()
        if [(c.key, c.title) for c in columns] != [(c.key, c.title) for c in self.model.columns]:
            self.model.set_rows(())
        self.model.set_columns(columns)
        self.table.restore_columns()
        self.model.set_rows(pivot_lines(found) if found.columns else ())
        self.lists.setCurrentWidget(self.splitter if found.rows else self.empty)
        self.empty.say(
            "Свод пуст", "Ни один результат не подходит под отбор: измените условия в строке выше."
        )

    def seen(self, note: str) -> SeenTable | None:
        """Return the table as it is shown now: order of rows, hidden columns, widths aside."""
        if self._pivot is None or not self.model.rows():
            return None
        header = self.table.horizontalHeader()
        places = [n for n in range(len(self.model.columns)) if not self.table.isColumnHidden(n)]
        columns = [self.model.columns[n] for n in sorted(places, key=header.visualIndex)]
        measure = self._pivot.layout.measure
        return seen(self.model.rows(), columns, measure, note, self._limits)

    def _on_number(self, line: PivotLine, key: str, _place: QPoint) -> None:
        cell = line.cells.get(key)
        if cell is None or self._pivot is None:
            return
        column = next(column for column in self.model.columns if column.key == key)
        of_column = column.title.replace("\n", ", ")
        measure = self._pivot.layout.measure
        shown = column.display(line) or "нет данных"
        heading = f"{line.title}; {of_column}: {shown}. {TITLES[measure]}"
        rows = sorted((self._rows[number] for number in cell.results), key=_order)
        note = cell_hint(cell).removesuffix(_CLICK)
        self.behind.show_rows(rows, measure, heading, note, self._limits)
        self.behind.show()

    def save_state(self) -> None:
        """Remember the widths of the panel's table."""
        if self.behind.model.rows():
            self.behind.table.save_state()


def _order(row: ResultRow) -> tuple[object, ...]:
    return (natural_key(row.school), row.kind.value, row.subject, row.grade, row.year)


_CLICK = " Нажмите, чтобы увидеть строки."
