"""Subjects of the district in two years, and the bands of the ЕГЭ."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.analysis import BandLine, SubjectLine, analysis_limits
from app.services.exporting import SeenTable
from app.ui.itemmodels import TableModel
from app.ui.pages.results.subject_lines import (
    Subjects,
    band_columns,
    seen_subjects,
    subject_columns,
)
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label


class SubjectPane(QWidget):
    """Shows what the page brings."""

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._shown: Subjects | None = None
        self.model: TableModel[SubjectLine] = TableModel(
            (), lambda line: (line.subject, line.grade), self
        )
        self.table = TableView(self.model, "subjects", "Предметы по годам", state, cells=True)
        self.band_model: TableModel[BandLine] = TableModel(
            band_columns(*analysis_limits().ege_bands),
            lambda line: (line.subject, line.school),
            self,
        )
        self.bands = TableView(self.band_model, "bands", "Группы баллов ЕГЭ", state, cells=True)
        self.heading = label("", "heading", wrap=True)
        self.band_heading = label("", "heading", wrap=True)
        self.empty = EmptyState()
        self._build()

    def _build(self) -> None:
        self.table.horizontalHeader().setStretchLastSection(False)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.heading)
        inside.addWidget(self.table, 3)
        inside.addWidget(self.band_heading)
        inside.addWidget(self.bands, 2)
        self.lists = QStackedWidget()
        self.lists.addWidget(content)
        self.lists.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.addWidget(self.lists)

    def show_subjects(self, found: Subjects) -> None:
        """Show another year, procedure or school."""
        self._shown = found
        table = found.table
        self.heading.setText(
            f"{table.kind.value}, {table.now} год рядом с {table.before}: доли и средние взвешены "
            "по числу участников"
        )
        self.model.set_rows(())
        self.model.set_columns(subject_columns(table))
        self.table.restore_columns()
        self.model.set_rows(table.lines)
        self._show_bands(found)
        self.empty.say("Результатов нет", "За этот год и процедуру ничего не загружено.")
        shown = bool(table.lines or found.bands)
        self.lists.setCurrentIndex(0 if shown else 1)

    def _show_bands(self, found: Subjects) -> None:
        known = any(line.low is not None for line in found.bands)
        title = f"Группы баллов ЕГЭ, {found.table.now} год"
        self.band_model.set_rows(found.bands if known else ())
        self.bands.setVisible(known)
        self.band_heading.setVisible(bool(found.bands))
        self.band_heading.setText(title if known else f"{title}: {_no_bands(found)}")

    def seen(self) -> SeenTable | None:
        """Return the table of subjects as it is shown; None when it is empty."""
        if self._shown is None or not self.model.rows():
            return None
        header = self.table.horizontalHeader()
        places = [n for n in range(len(self.model.columns)) if not self.table.isColumnHidden(n)]
        columns = [self.model.columns[n] for n in sorted(places, key=header.visualIndex)]
        return seen_subjects(self.model.rows(), columns, self._shown.table)


def _no_bands(found: Subjects) -> str:
    return found.bands[0].source if found.bands else ""
