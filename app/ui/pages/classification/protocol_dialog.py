"""The protocol of decisions of a year: who, when, what and why; it goes out as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from app.services import documents, exporting, methodology
from app.services.methodology import ProtocolRow
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.numbers import counted
from app.ui.pages.classification.columns import DECISIONS
from app.ui.tasks import Task
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (1080, 560)
_FILTERS = (
    "Книга Excel (*.xlsx);;Документ Word (*.docx);;Документ PDF (*.pdf);;"
    "Таблица CSV (*.csv);;Данные JSON (*.json)"
)
_PAPERS = (".pdf", ".docx")


class ProtocolDialog(QDialog):
    """Reads only; a decision that is no longer in force stays in the list."""

    def __init__(self, context: Context, year: int) -> None:
        super().__init__(context.window)
        self._context = context
        self._year = year
        self._reading: Task | None = None
        self.setWindowTitle(f"Протокол решений за {year} год")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.note = label("Читаю решения…", "muted", wrap=True)
        self.model: TableModel[ProtocolRow] = TableModel(
            DECISIONS, lambda row: row.decision_id, self
        )
        self.table = TableView(self.model, "protocol", "Протокол решений", self._context.state)
        self.nothing = EmptyState()
        self.views = QStackedWidget()
        self.views.addWidget(self.table)
        self.views.addWidget(self.nothing)
        self.take = QPushButton("Выгрузить…")
        self.take.setEnabled(False)
        self.leave_button = QPushButton("Закрыть")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.take)
        row.addStretch()
        row.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.note)
        column.addWidget(self.views, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        self.take.clicked.connect(self._on_take)
        self.leave_button.clicked.connect(self.accept)

    def _load(self) -> None:
        self._reading = self._context.tasks.database.call(
            "Читаю протокол", methodology.protocol, self._context.workspace, self._year
        )
        self._reading.done.connect(self._on_loaded)

    def leave(self) -> None:
        """Remember the columns and drop what is still on its way."""
        self.table.save_state()
        if self._reading is not None:
            self._reading.abandon()

    def _on_loaded(self, rows: Sequence[ProtocolRow]) -> None:
        self._reading = None
        self.model.set_rows(rows)
        number = counted(len(rows), "решение", "решения", "решений")
        self.note.setText(f"{number}, новые сверху. Снятые и заменённые остаются в протоколе.")
        self.note.setVisible(bool(rows))
        self.take.setEnabled(bool(rows))
        self.views.setCurrentWidget(self.table if rows else self.nothing)
        self.nothing.say(
            f"За {self._year} год решений ещё нет",
            "Подтвердите или измените категории школ на странице «Классификация»: каждое решение "
            "появится здесь.",
        )

    def _on_take(self) -> None:
        proposed = Path(f"Протокол решений {self._year}.xlsx")
        path = prompts.save_file(self, "Выгрузить протокол", proposed, _FILTERS)
        if path is not None:
            task = self._context.tasks.database.call(
                "Выгружаю протокол", _write, self._context.workspace, self._year, path
            )
            task.done.connect(self._on_written)

    def _on_written(self, path: Path) -> None:
        self._context.told.emit(f"Протокол записан: {path}")


def _write(workspace: Workspace, year: int, path: Path) -> Path:
    if path.suffix.casefold() in _PAPERS:
        documents.write(documents.build_decisions(workspace, year), path)
    else:
        exporting.write_decisions(workspace, path, year)
    return path
