"""The dialog «Разметки таблиц»: what the program remembers of unknown tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from app.services import mapping
from app.services.changes import ChangeSet
from app.services.mapping import KIND_TITLES, MappingRow
from app.services.output import safe_file_name
from app.ui import prompts
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.theme.colors import Tone
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (900, 440)
_FILES = "Разметка таблицы (*.json)"
_WORKS = Chip(Tone.SUCCESS, Sign.CHECK, "действует")
_BROKEN = Chip(Tone.DANGER, Sign.ALERT, "не читается")
_NOTE = (
    "Таблица с таким же заголовком читается по разметке сама, «как в прошлый раз». Новую разметку "
    "делают при загрузке кнопкой «Разметить…»."
)


def _chip(row: MappingRow) -> Chip:
    return _WORKS if row.body is not None else _BROKEN


def _kind(row: MappingRow) -> str:
    return KIND_TITLES[row.body.kind] if row.body is not None else row.fault


def _day(value: object) -> str:
    return f"{value.astimezone():%d.%m.%Y %H:%M}" if isinstance(value, datetime) else ""


MAPPINGS: tuple[Column[MappingRow], ...] = (
    Column("title", "Название", lambda row: row.title, width=250),
    Column("state", "Состояние", lambda row: _chip(row).word, width=120, chip=_chip),
    Column("kind", "Что это за таблица", _kind, width=230),
    Column("used", "Последний раз", lambda row: row.used_at, _day, width=128),
    Column("made", "Сделана", lambda row: row.made_at, _day, width=128),
)


class MappingsDialog(QDialog):
    """Every change is stored at once; forgetting and renaming can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self.setWindowTitle("Разметки таблиц")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.model: TableModel[MappingRow] = TableModel(MAPPINGS, lambda row: row.id, self)
        self.table = TableView(self.model, "mappings", "Разметки таблиц", self._context.state)
        self.note = label(_NOTE, "muted", wrap=True)
        self.rename, self.forget = QPushButton("Переименовать…"), QPushButton("Забыть")
        self.save, self.take = QPushButton("Выгрузить…"), QPushButton("Принять из файла…")
        self.done_button = QPushButton("Закрыть")
        self.done_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.rename, self.save, self.forget):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.take)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.table.current_row_changed.connect(self._on_row)
        self.rename.clicked.connect(self._on_rename)
        self.forget.clicked.connect(self._on_forget)
        self.save.clicked.connect(self._on_save)
        self.take.clicked.connect(self._on_take)
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        self._on_row(None)

    def _load(self) -> None:
        task = self._context.tasks.database.call(
            "Читаю разметки", mapping.list_mappings, self._context.workspace
        )
        task.done.connect(self._on_loaded)

    def _on_loaded(self, rows: tuple[MappingRow, ...]) -> None:
        self.model.set_rows(rows)
        self.note.setText(_NOTE if rows else f"Разметок ещё нет. {_NOTE}")
        self._on_row(self.table.current())

    def _on_row(self, row: MappingRow | None) -> None:
        for button in (self.rename, self.forget):
            button.setEnabled(row is not None)
        self.save.setEnabled(row is not None and row.body is not None)

    def _on_rename(self) -> None:
        row = self.table.current()
        if row is None:
            return
        title = prompts.ask_text(self, "Разметка таблицы", "Название", row.title)
        if title:
            task = self._context.tasks.database.call(
                "Записываю", mapping.rename, self._context.workspace, row.id, title
            )
            task.done.connect(self._on_changed)

    def _on_forget(self) -> None:
        row = self.table.current()
        if row is not None:
            task = self._context.tasks.database.call(
                "Забываю разметку", mapping.forget, self._context.workspace, row.id
            )
            task.done.connect(self._on_changed)

    def _on_save(self) -> None:
        row = self.table.current()
        if row is None or row.body is None:
            return
        proposed = Path.home() / f"{safe_file_name(row.title)}.json"
        path = prompts.save_file(self, "Выгрузить разметку", proposed, _FILES)
        if path is not None:
            task = self._context.tasks.files.call(
                "Выгружаю разметку", mapping.export_mapping, row.title, row.body, path
            )
            task.done.connect(self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self._context.told.emit(f"Разметка записана: {path}")

    def _on_take(self) -> None:
        for path in prompts.open_files(self, "Принять разметку", _FILES):
            task = self._context.tasks.database.call(
                "Принимаю разметку", mapping.import_mapping, self._context.workspace, path
            )
            task.done.connect(self._on_taken)

    def _on_taken(self, row: MappingRow) -> None:
        self._context.told.emit(f"Разметка «{row.title}» принята.")
        self._load()

    def _on_changed(self, changes: ChangeSet) -> None:
        self._context.bus.publish(changes)
        self._load()

    def _on_finished(self, _result: int) -> None:
        self.table.save_state()
