"""The dialog «Резервные копии»: a list of copies, what is in the chosen one, and its way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.errors import UserError
from app.services import backup
from app.services.backup import BackupReport, CopyContents, CopyInfo
from app.services.decimals import size_words
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.help_button import HelpButton
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Align, Column
from app.ui.tasks import Task
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (940, 480)
_FILTER = "Резервные копии (*.db);;Все файлы (*)"
_READING = "Читаю список копий…"
_NONE = ("Копий ещё нет", "Сделайте первую кнопкой «Сделать копию».")
_NONE_TO_RESCUE = (
    "В папке базы копий нет",
    "Если копия есть на флешке или в другой папке, укажите её кнопкой «Из другого файла…».",
)
_INSTEAD = (
    "Всё, что сделано после этой копии, из программы уйдёт. Нынешняя база сначала сохраняется "
    "отдельной копией: вернуться к ней можно здесь же."
)
_INSTEAD_OF_DAMAGED = (
    "Повреждённый файл сначала сохраняется рядом отдельной копией: пропасть он не может."
)
_NOT_CHOSEN = ("Копия не выбрана", "Выберите строку в списке: здесь будет видно, что в копии.")
_BROKEN = (
    "Узнать, что в копии, не удалось: в программе ошибка, она записана в журнал. Выберите другую "
    "копию."
)
COPIES: tuple[Column[CopyInfo], ...] = (
    Column("when", "Когда", lambda one: one.made_at, "{:%d.%m.%Y %H:%M}".format, width=140),
    Column(
        "size",
        "Размер",
        lambda one: one.size,
        size_words,
        Align.RIGHT,
        width=80,
    ),
    Column("why", "Почему сделана", lambda one: one.reason, width=260),
)


class BackupsDialog(QDialog):
    """``chosen`` is the copy to put in place when the dialog was accepted.

    With ``rescue`` the database is not open, because it cannot be: a copy can be put in its place,
    but none can be made.
    """

    def __init__(self, context: Context, database: Path, *, rescue: bool = False) -> None:
        super().__init__(context.window)
        self._context = context
        self._database = database
        self._rescue = rescue
        self._reading: Task | None = None
        self._looking: Task | None = None
        self._foreign: Path | None = None
        """A copy from elsewhere, shown in place of the row."""
        self.chosen: Path | None = None
        self.setWindowTitle("Резервные копии")
        open_size(self, *_SIZE)
        self._build()
        self._connect()
        self._reload()

    def leave(self) -> None:
        """Drop what is still on its way; a copy that is being made is made all the same."""
        self._forget_look()
        if self._reading is not None:
            self._reading.abandon()
            self._reading = None

    def _forget_look(self) -> None:
        if self._looking is not None:
            self._looking.abandon()
            self._looking = None

    def _build(self) -> None:
        self.model: TableModel[CopyInfo] = TableModel(COPIES, lambda one: one.path, self)
        self.table = TableView(self.model, "backups", "Резервные копии", self._context.state)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.table)
        sides.addWidget(self._build_detail())
        sides.setSizes([510, 418])
        sides.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(sides, 1)
        column.addLayout(self._build_buttons())

    def _build_detail(self) -> QWidget:
        detail = QWidget()
        self.title = label("", "heading", wrap=True)
        self.what = label("", wrap=True, selectable=True)
        self.where = label("", "muted", wrap=True, selectable=True)
        column = QVBoxLayout(detail)
        column.setContentsMargins(MARGIN, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.title, self.what, self.where):
            column.addWidget(widget)
        column.addStretch()
        return detail

    def _build_buttons(self) -> QHBoxLayout:
        self.make = QPushButton("Сделать копию")
        self.other = QPushButton("Из другого файла…")
        self.other.setToolTip("Посмотреть и восстановить копию с флешки или из другой папки")
        self.folder = QPushButton("Открыть папку")
        self.about = HelpButton(self, "backups", "Резервные копии")
        self.restore = QPushButton("Восстановить…")
        self.restore.setProperty("role", "primary")
        self.close_button = QPushButton("Закрыть")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.make, self.other, self.folder, self.about):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.make.setVisible(not self._rescue)
        row.addStretch()
        row.addWidget(self.restore)
        row.addWidget(self.close_button)
        return row

    def _connect(self) -> None:
        self.table.current_row_changed.connect(self._on_row)
        self.table.clicked.connect(self._on_back)
        self.table.activated.connect(self._on_back)
        self.make.clicked.connect(self._on_make)
        self.other.clicked.connect(self._on_other)
        self.folder.clicked.connect(self._on_folder)
        self.restore.clicked.connect(self._on_restore)
        self.close_button.clicked.connect(self.reject)

    def _reload(self) -> None:
        """Read the list behind the window: the copies may lie on a slow disk."""
        self.leave()
        self._tell("", _READING)
        self._reading = self._context.tasks.files.call(_READING, backup.list_copies, self._database)
        self._reading.done.connect(self._on_read)
        self._reading.failed.connect(self._on_unread)

    def _on_read(self, copies: tuple[CopyInfo, ...]) -> None:
        self._reading = None
        self.model.set_rows(copies)
        if copies:
            self.table.selectRow(0)
        else:
            self._on_row(None)

    def _on_unread(self, _error: Exception) -> None:
        self._reading = None
        self._tell("Список копий не прочитан", "Закройте окно и откройте его снова.")

    # What the chosen copy holds.

    def _on_row(self, copy: CopyInfo | None) -> None:
        self._foreign = None
        if copy is None:
            nothing = _NONE_TO_RESCUE if self._rescue else _NONE
            self._tell(*(_NOT_CHOSEN if self.model.rowCount() else nothing))
            return
        self._look(copy.path, f"Копия от {copy.made_at:%d.%m.%Y %H:%M}")

    def _on_back(self) -> None:
        """Leave a copy from elsewhere for the row, though the cursor stood there all the time."""
        if self._foreign is not None:
            self.table.selectRow(self.table.currentIndex().row())
            self._on_row(self.table.current())

    def _look(self, path: Path, title: str) -> None:
        self._forget_look()
        self._tell(title, "Проверяю копию…", str(path))
        self._looking = self._context.tasks.files.call(
            "Проверяю копию", backup.look_into, self._database, path, quiet=True
        )
        self._looking.done.connect(self._on_looked)
        self._looking.failed.connect(self._on_refused)

    def _tell(self, title: str, what: str, where: str = "") -> None:
        """Show something that is no copy to put in place, or not yet."""
        self.title.setText(title)
        self.what.setText(what)
        self.where.setText(where)
        self.restore.setEnabled(False)

    def _on_looked(self, found: CopyContents) -> None:
        self._looking = None
        lines = [f"{title}: {count}" for title, count in found.rows]
        lines = lines or ["Данных в этой копии нет."]
        if found.last_load:
            lines.append(f"Последняя загрузка: {found.last_load}")
        if found.last_action:
            lines.append(f"Последнее действие: {found.last_action}")
        self.what.setText("\n".join(line[:1].upper() + line[1:] for line in lines))
        self.restore.setEnabled(True)

    def _on_refused(self, error: Exception) -> None:
        self._looking = None
        self.what.setText(str(error) if isinstance(error, UserError) else _BROKEN)

    # Buttons.

    def _on_make(self) -> None:
        # One copy at a time: each press would make one, and push an older copy out.
        self.make.setEnabled(False)
        task = self._context.tasks.database.call(
            "Делаю резервную копию", backup.back_up, self._context.workspace
        )
        task.done.connect(self._on_made)
        task.failed.connect(self._on_not_made)
        task.cancelled.connect(self._on_not_made)

    def _on_made(self, report: BackupReport) -> None:
        self.make.setEnabled(True)
        self._context.told.emit(report.sentence())
        self._reload()

    def _on_not_made(self, _error: Exception | None = None) -> None:
        self.make.setEnabled(True)

    def _on_other(self) -> None:
        files = prompts.open_files(self, "Файл резервной копии", _FILTER)
        if files:
            self._foreign = files[0]
            self.table.clearSelection()  # no row of the list is what is shown now
            self._look(files[0], f"Копия «{files[0].name}»")

    def _on_folder(self) -> None:
        rows = self.model.rows()
        prompts.reveal(rows[0].path.parent if rows else self._database.parent)

    def _on_restore(self) -> None:
        row = self.table.current()
        path = self._foreign or (row.path if row else None)
        if path is None:
            return
        details = _INSTEAD_OF_DAMAGED if self._rescue else _INSTEAD
        question = prompts.Question(
            title="Восстановить из копии",
            text=f"Заменить нынешние данные теми, что в копии «{path.name}»?",
            accept="Восстановить",
            details=f"{details} Окно закроется и откроется снова.",
            dangerous=True,
        )
        if prompts.ask(self, question):
            self.chosen = path
            self.accept()
