"""The dialog «Журнал загрузок»: every load so far, and taking one back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from app.models.enums import BatchStatus, FileStatus
from app.services import importing
from app.services.importing import BatchRow, UndoPreview, UndoReport
from app.ui import prompts
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.numbers import whole
from app.ui.pages.importing.answers_dialog import (
    answers_dialog,
    corrections_dialog,
    days_dialog,
)
from app.ui.pages.importing.undo_dialog import UndoDialog
from app.ui.theme.colors import Tone
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (920, 460)
_CHIPS = {
    BatchStatus.APPLIED: Chip(Tone.SUCCESS, Sign.CHECK, "в базе"),
    BatchStatus.UNDONE: Chip(Tone.NEUTRAL, Sign.DASH, "отменена"),
}


def _waiting(load: BatchRow) -> int:
    return load.files.get(FileStatus.NEEDS_DECISION, 0) + load.files.get(FileStatus.REFUSED, 0)


LOADS: tuple[Column[BatchRow], ...] = (
    Column("id", "№", lambda load: load.id, whole, Align.RIGHT, 48),
    Column(
        "moment",
        "Когда",
        lambda load: load.finished_at,
        lambda at: at.astimezone().strftime("%d.%m.%Y %H:%M"),
        width=130,
    ),
    Column(
        "status",
        "Состояние",
        lambda load: _CHIPS[load.status].word,
        width=108,
        chip=lambda load: _CHIPS[load.status],
    ),
    Column("files", "Файлов", lambda load: load.file_count, whole, Align.RIGHT, 72),
    Column("waiting", "Не за-\nгружено", _waiting, whole, Align.RIGHT, 88),
    Column("stored", "Записано\nстрок", lambda load: load.rows.stored, whole, Align.RIGHT, 84),
    Column("label", "Откуда", lambda load: load.label, width=300),
)


class LoadsDialog(QDialog):
    """Reads and undoes through the worker of the database; stays open meanwhile."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self.setWindowTitle("Журнал загрузок")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.model: TableModel[BatchRow] = TableModel(LOADS, lambda load: load.id, self)
        self.table = TableView(self.model, "loads", "Загрузки", self._context.state)
        self.note = label(
            "Отмена загрузки возвращает значения, которые она заменила. Новые загрузки "
            "при этом не трогаются.",
            "muted",
            wrap=True,
        )
        self.answers = QPushButton("Ответы о школах…")
        self.days = QPushButton("Ответы о днях…")
        self.days.setToolTip("Как считать экзамен с пересдачей или резервным днём")
        self.corrections = QPushButton("Исправления…")
        self.undo = QPushButton("Отменить загрузку…")
        self.done_button = QPushButton("Закрыть")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.answers, self.days, self.corrections):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self.undo, self.done_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.undo.setEnabled(False)
        self.table.current_row_changed.connect(self._on_row)
        self.undo.clicked.connect(self._on_undo)
        self.answers.clicked.connect(self._on_answers)
        self.days.clicked.connect(self._on_days)
        self.corrections.clicked.connect(self._on_corrections)
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)

    def _on_answers(self) -> None:
        dialog = answers_dialog(self._context, self)
        prompts.run(dialog)
        dialog.deleteLater()

    def _on_days(self) -> None:
        dialog = days_dialog(self._context, self)
        prompts.run(dialog)
        dialog.deleteLater()

    def _on_corrections(self) -> None:
        dialog = corrections_dialog(self._context, self)
        prompts.run(dialog)
        dialog.deleteLater()

    def _load(self) -> None:
        task = self._context.tasks.database.call(
            "Чтение журнала загрузок", importing.list_batches, self._context.workspace
        )
        task.done.connect(self._on_loads)

    def _on_loads(self, loads: tuple[BatchRow, ...]) -> None:
        self.model.set_rows(loads)
        if loads and self.table.current() is None:
            self.table.select_key(loads[0].id)
        if not loads:
            self.note.setText("Загрузок ещё не было.")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row(self, load: BatchRow | None) -> None:
        self.undo.setEnabled(load is not None and load.status is BatchStatus.APPLIED)

    def _on_undo(self) -> None:
        load = self.table.current()
        if load is None:
            return
        self.undo.setEnabled(False)
        task = self._context.tasks.database.call(
            "Смотрю, что вернётся", importing.preview_undo, self._context.workspace, load.id
        )
        task.done.connect(self._on_previewed)
        task.failed.connect(self._on_failed)

    def _on_previewed(self, preview: UndoPreview) -> None:
        dialog = UndoDialog(preview, self._context.state, self)
        wanted = prompts.run(dialog)
        dialog.deleteLater()
        if not wanted:
            self._on_row(self.table.current())
            return
        task = self._context.tasks.database.call(
            "Отмена загрузки", importing.undo, self._context.workspace, preview.batch_id
        )
        task.done.connect(self._on_undone)
        task.failed.connect(self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        self._load()

    def _on_undone(self, report: UndoReport) -> None:
        self._context.bus.publish(report.changes)
        self._load()
        if report.kept:
            prompts.inform(
                self,
                "Загрузка отменена не полностью",
                "Часть данных осталась: на ней держатся более поздние сведения.",
                "\n".join(report.kept),
            )

    def _on_finished(self, _result: int) -> None:
        self.table.save_state()
