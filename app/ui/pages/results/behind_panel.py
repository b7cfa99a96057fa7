"""The panel behind a number of the pivot: the results it was made of, each with its cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.services.analysis import Measure, procedure_text, weighted
from app.services.results import ResultRow
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Align, Column
from app.ui.numbers import Limits, whole
from app.ui.pages.results.pivot_lines import value_text
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

FIELDS = {
    Measure.BELOW: "percent_below",
    Measure.SUCCESS: "success",
    Measure.QUALITY: "quality",
    Measure.MEAN: "mean",
    Measure.BELOW_COUNT: "below",
    Measure.PARTICIPANTS: "participants",
}
"""The field of a result whose cell a measure comes from."""


_SHORT = {
    Measure.BELOW: "Доля «2»,\n%",
    Measure.SUCCESS: "Успевае-\nмость, %",
    Measure.QUALITY: "Качество,\n%",
    Measure.MEAN: "Средний\nбалл",
    Measure.BELOW_COUNT: "«2», чел.",
    Measure.PARTICIPANTS: "Участников",
}
"""Titles for the narrow panel."""


_BESIDE, _ALONE = 150, 270
"""Widths of the procedures beside the schools, and where there is one school only."""


class BehindPanel(QFrame):
    """Shows the results behind one number; a click on a value asks for its cell."""

    source_wanted = Signal(int, str, str, QPoint)
    closed = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._measure = Measure.BELOW
        self._limits: Limits = ()
        self.model: TableModel[ResultRow] = TableModel(
            _columns(self._measure, ()), lambda row: row.id, self
        )
        self.table = TableView(self.model, "behind", "Строки за числом", state, cells=True)
        self.heading = label("", "heading", wrap=True, selectable=True)
        self.note = label("", "muted", wrap=True)
        self.close_button = QPushButton("Скрыть")
        self.close_button.setProperty("role", "flat")
        self._build()
        self.table.link_clicked.connect(self._on_number)
        self.close_button.clicked.connect(self.closed)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.heading, 1)
        top.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)

    def show_rows(
        self,
        rows: Sequence[ResultRow],
        measure: Measure,
        heading: str,
        note: str,
        limits: Limits = (),
    ) -> None:
        """Show the results of another number; ``limits`` are the thresholds of low results."""
        if (measure, limits) != (self._measure, self._limits):
            self._measure, self._limits = measure, limits
            self.model.set_columns(_columns(measure, limits))
            self.table.restore_columns()
        self.heading.setText(heading)
        self.note.setText(note)
        self.model.set_rows(rows)
        alone = len({row.school_id for row in rows}) == 1
        self.table.setColumnHidden(0, alone)
        self.table.setColumnWidth(1, _ALONE if alone else _BESIDE)

    def _on_number(self, row: ResultRow, key: str, place: QPoint) -> None:
        field = FIELDS[self._measure] if key == "value" else key
        procedure = procedure_text(row.kind, row.subject, row.grade)
        heading = f"{row.school}: {procedure}, {row.year}"
        self.source_wanted.emit(row.id, field, heading, place)


def _columns(measure: Measure, limits: Limits) -> tuple[Column[ResultRow], ...]:
    def value(row: ResultRow) -> str:
        found = weighted([row], measure).value
        return "нет данных" if found is None else value_text(found, measure, limits)

    def order(row: ResultRow) -> object:
        return weighted([row], measure).value

    return (
        Column("school", "Школа", lambda row: row.school, width=124),
        Column(
            "procedure",
            "Процедура",
            lambda row: procedure_text(row.kind, row.subject, row.grade),
            width=_BESIDE,
        ),
        Column("year", "Год", lambda row: row.year, whole, Align.RIGHT, 60),
        Column(
            "participants", "Участ-\nников", lambda row: row.participants, whole, Align.RIGHT, 68,
            link=True,
        ),
        Column(
            "value", _SHORT[measure], value, width=84, align=Align.RIGHT, sort_key=order, link=True
        ),
    )  # fmt: skip
