"""What the program remembers of earlier loads: answers, corrections of cells."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services import importing
from app.services.changes import ChangeSet
from app.services.importing import (
    ANSWER_TITLES,
    CorrectionLine,
    DaysQuestion,
    RememberedAnswer,
    RememberedDays,
)
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.pages.importing.questions import QuestionsDialog
from app.ui.theme.colors import Tone
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (860, 440)
_NOT_OURS = Chip(Tone.NEUTRAL, Sign.DASH, "не наша")
_OURS = Chip(Tone.SUCCESS, Sign.CHECK, "наша школа")


def _chip(answer: RememberedAnswer) -> Chip:
    return _NOT_OURS if answer.school_id is None else _OURS


_ANSWERS: tuple[Column[RememberedAnswer], ...] = (
    Column("name", "Как в файлах", lambda a: a.name, width=380),
    Column("answer", "Ответ", lambda a: _chip(a).word, width=130, chip=_chip),
    Column("school", "Какая это школа", lambda a: a.school, width=280),
)
_CORRECTIONS: tuple[Column[CorrectionLine], ...] = (
    Column(
        "moment",
        "Когда",
        lambda c: c.made_at,
        lambda at: at.astimezone().strftime("%d.%m.%Y %H:%M"),
        width=124,
    ),
    Column("path", "Файл", lambda c: c.path, width=220),
    Column("sheet", "Лист", lambda c: c.sheet, width=100),
    Column("cell", "Ячейка", lambda c: c.cell, width=64),
    Column("old", "В файле", lambda c: c.old, width=84),
    Column("new", "Исправлено", lambda c: c.new, width=92),
    Column("reason", "Почему", lambda c: c.reason, width=160),
)


_DAYS: tuple[Column[RememberedDays], ...] = (
    Column("days-item", "Экзамен", lambda d: d.item, width=260),
    Column("answer", "Как считать", lambda d: ANSWER_TITLES[d.answer], width=400),
    Column(
        "moment",
        "Когда отвечено",
        lambda d: d.made_at,
        lambda at: at.astimezone().strftime("%d.%m.%Y %H:%M"),
        width=124,
    ),
)

Change = Callable[[Workspace], ChangeSet]
"""What the worker does when a person has chosen another answer."""


class _Remembered(NamedTuple):
    """What a dialog is about; ``read`` and ``forget`` run in the worker."""

    title: str
    hint: str
    button: str
    empty: str
    columns: tuple[Column[Any], ...]
    key: Callable[[Any], Hashable]
    read: Callable[[Workspace], tuple[Any, ...]]
    forget: Callable[[Workspace, Any], ChangeSet]
    ask: Callable[[QWidget, Any], Change | None] | None = None
    """Asks for another answer to a line, where there can be one."""


class RememberedDialog(QDialog):
    """A table of what is remembered, and a button that forgets the chosen line."""

    def __init__(self, context: Context, parent: QWidget, about: _Remembered) -> None:
        super().__init__(parent)
        self._about = about
        self.changed = False
        """Something was forgotten: plans are to be made anew."""
        self._context = context
        self.setWindowTitle(about.title)
        open_size(self, *_SIZE)
        self.model: TableModel[Any] = TableModel(about.columns, about.key, self)
        self._build()
        self.table.current_row_changed.connect(self._on_row)
        self.forget.clicked.connect(self._on_forget)
        self.change.clicked.connect(self._on_change)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        self._load()

    def _build(self) -> None:
        about = self._about
        name = f"remembered-{about.columns[0].key}"
        self.table = TableView(self.model, name, about.title, self._context.state)
        self.forget = QPushButton(about.button)
        self.forget.setEnabled(False)
        self.change = QPushButton("Изменить ответ…")
        self.change.setEnabled(False)
        self.change.setVisible(about.ask is not None)
        self.close_button = QPushButton("Закрыть")
        self.lists = QStackedWidget()
        self.nothing = label(about.empty, "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.nothing)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(label(about.hint, "muted", wrap=True), 1)
        buttons.addWidget(self.change)
        buttons.addWidget(self.forget)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.lists, 1)
        column.addLayout(buttons)

    def _load(self) -> None:
        task = self._context.tasks.database.call(
            "Читаю, что запомнено", self._about.read, self._context.workspace
        )
        task.done.connect(self._on_loaded)

    def _on_loaded(self, rows: tuple[Any, ...]) -> None:
        self.model.set_rows(rows)
        self.lists.setCurrentWidget(self.table if rows else self.nothing)
        self._on_row(self.table.current())

    def _on_row(self, row: Any) -> None:
        self.forget.setEnabled(row is not None)
        self.change.setEnabled(row is not None)

    def _on_change(self) -> None:
        row = self.table.current()
        change = self._about.ask(self, row) if self._about.ask and row is not None else None
        if change is not None:
            task = self._context.tasks.database.call("Меняю ответ", change, self._context.workspace)
            task.done.connect(self._on_forgotten)
            task.failed.connect(self._load)

    def _on_forget(self) -> None:
        row = self.table.current()
        if row is not None:
            self.forget.setEnabled(False)
            task = self._context.tasks.database.call(
                "Забываю", self._about.forget, self._context.workspace, row
            )
            task.done.connect(self._on_forgotten)
            task.failed.connect(self._load)

    def _on_forgotten(self, changes: ChangeSet) -> None:
        self.changed = True
        self._context.bus.publish(changes)
        self._load()

    def _on_finished(self, _result: int) -> None:
        self.table.save_state()


def _forget_correction(workspace: Workspace, row: CorrectionLine) -> ChangeSet:
    return importing.forget_correction(workspace, row.id)


def _ask_days(parent: QWidget, row: RememberedDays) -> Change | None:
    """Ask how the days of an exam are to be counted; None when nothing is to change."""
    question = DaysQuestion(row.key, row.item, (), 0, 0, 0, False, False, "", row.answer)
    dialog = QuestionsDialog((), {}, parent, (question,), remembered=True)
    taken = prompts.run(dialog)
    answer = dialog.days().get(row.key)
    dialog.deleteLater()
    if not taken or answer is None or answer is row.answer:
        return None
    chosen = answer

    def change(workspace: Workspace) -> ChangeSet:
        return importing.answer_days(workspace, row.key, chosen)

    return change


_ABOUT_ANSWERS = _Remembered(
    "Ответы о школах",
    "Забытый ответ будет спрошен снова, когда школа встретится в файле. Загруженное раньше "
    "остаётся; действие можно отменить (Ctrl+Z).",
    "Забыть ответ",
    "Программа ещё ни разу не спрашивала о школах.",
    _ANSWERS,
    lambda answer: answer.key,
    importing.list_answers,
    importing.forget_answer,
)
_ABOUT_DAYS = _Remembered(
    "Ответы о днях экзаменов",
    "Другой ответ сразу пересчитывает загруженные результаты этого экзамена; о забытом программа "
    "спросит снова, загруженное остаётся. Любое действие можно отменить (Ctrl+Z).",
    "Забыть ответ",
    "Программа ещё ни разу не спрашивала о пересдачах и резервных днях.",
    _DAYS,
    lambda row: row.id,
    importing.list_days,
    importing.forget_days,
    _ask_days,
)
_ABOUT_CORRECTIONS = _Remembered(
    "Исправления ячеек",
    "Без исправления файл, загруженный ещё раз, будет прочитан как есть. Загруженное раньше "
    "остаётся; действие можно отменить (Ctrl+Z).",
    "Убрать исправление",
    "Исправлений ещё не было: F2 на ячейке листа в плане загрузки.",
    _CORRECTIONS,
    lambda line: line.id,
    importing.list_corrections,
    _forget_correction,
)


def answers_dialog(context: Context, parent: QWidget) -> RememberedDialog:
    """Return the dialog of names of our schools, and of schools that are none of ours."""
    return RememberedDialog(context, parent, _ABOUT_ANSWERS)


def days_dialog(context: Context, parent: QWidget) -> RememberedDialog:
    """Return the dialog of the answers how exams of several days are counted."""
    return RememberedDialog(context, parent, _ABOUT_DAYS)


def corrections_dialog(context: Context, parent: QWidget) -> RememberedDialog:
    """Return the dialog of cells that were corrected by hand in all files so far."""
    return RememberedDialog(context, parent, _ABOUT_CORRECTIONS)
