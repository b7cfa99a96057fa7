"""Asks the services for the board and does what the page «Сбор сведений» wants."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from app.services import forms, results
from app.services.changes import ChangeSet, Topic
from app.services.clock import local_today
from app.services.documents import Letter, file_name, write
from app.services.forms import Board, BoardRow, FormsMade, FormsRequest
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.numbers import counted
from app.ui.pages.forms.dialogs import BlanksDialog, ExcuseDialog, ReminderDialog
from app.ui.pages.forms.page import FormsPage
from app.ui.presenter import Presenter

_LETTERS = "Документ Word (*.docx);;Документ PDF (*.pdf)"


class _Loaded(NamedTuple):
    years: tuple[int, ...]
    board: Board


class FormsPresenter(Presenter):
    """Keeps the board in step with the data; its year is the window's unless chosen here."""

    reading = "Читаю, кто что сдал"
    topics = frozenset({Topic.SCHOOLS, Topic.RESULTS, Topic.RECORDS, Topic.FORMS, Topic.IMPORTS})

    def __init__(self, page: FormsPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._chosen: int | None = None
        self._board: Board | None = None
        self._connect()
        self.follow()

    def _connect(self) -> None:
        self.page.year_wanted.connect(self._on_year_wanted)
        self.page.blanks_wanted.connect(self._on_blanks)
        self.page.reminder_wanted.connect(self._on_reminder)
        self.page.excuse_wanted.connect(self._on_excuse)
        self._context.year_changed.connect(self.reload)

    def asked(self) -> tuple[int]:
        return (self._chosen or self._context.year or local_today().year,)

    @staticmethod
    def load(workspace: Workspace, year: int) -> _Loaded:
        known = {*results.years(workspace), year, local_today().year}
        years = tuple(range(max(known) + 1, min(known) - 1, -1))
        return _Loaded(years, forms.board(workspace, year))

    def show(self, loaded: _Loaded) -> None:
        self._board = loaded.board
        self.page.offer_years(loaded.years, self._chosen)
        self.page.show_board(loaded.board)

    def _on_year_wanted(self, year: int | None) -> None:
        self._chosen = year
        self.reload()

    # Blanks.

    def _on_blanks(self) -> None:
        if self._board is None:
            return
        rows = self.page.chosen()
        dialog = BlanksDialog(
            self._context.window, self._board.year, _schools(rows), self._board.expected
        )
        if prompts.run(dialog):
            folder = prompts.open_folder(self._context.window, "Куда положить бланки")
            if folder is not None:
                self._make(self._board.year, dialog, rows, folder)
        dialog.deleteLater()

    def _make(
        self, year: int, dialog: BlanksDialog, rows: tuple[BoardRow, ...], folder: Path
    ) -> None:
        request = FormsRequest(
            year=year,
            folder=folder,
            forms=dialog.forms,
            school_ids=tuple(row.school_id for row in rows),
            deadline=dialog.deadline.value(),
            together=dialog.together.isChecked(),
        )
        task = self._context.tasks.files.call_long(
            "Делаю бланки", forms.make_forms, self._context.workspace, request
        )
        task.done.connect(self._on_made)

    def _on_made(self, made: FormsMade) -> None:
        files = counted(len(made.files), "файл", "файла", "файлов")
        self._context.told.emit(f"Бланки готовы: {files} в папке {made.files[0].parent}")
        if made.notes:
            prompts.inform(
                self._context.window, "Бланки", f"Готово: {files}.", "\n".join(made.notes)
            )

    # The reminder.

    def _on_reminder(self) -> None:
        if self._board is None:
            return
        rows = self.page.chosen()
        dialog = ReminderDialog(self._context.window, self._board.year, _schools(rows))
        if prompts.run(dialog):
            task = self._context.tasks.database.call(
                "Составляю письмо",
                forms.build_reminder,
                self._context.workspace,
                self._board.year,
                tuple(row.school_id for row in rows),
                deadline=dialog.deadline,
            )
            task.done.connect(self._on_letter)
        dialog.deleteLater()

    def _on_letter(self, letter: Letter) -> None:
        proposed = Path.home() / f"{file_name(letter.content)}.docx"
        path = prompts.save_file(self._context.window, "Записать письмо", proposed, _LETTERS)
        if path is not None:
            task = self._context.tasks.files.call("Записываю письмо", write, letter.content, path)
            task.done.connect(self._on_written)
        if letter.warnings:
            prompts.inform(
                self._context.window, "Напоминание", "Проверьте письмо.", "\n".join(letter.warnings)
            )

    def _on_written(self, path: Path) -> None:
        self._context.told.emit(f"Письмо записано: {path}")

    # Excuses.

    def _on_excuse(self) -> None:
        row = self.page.table.current()
        if self._board is None or row is None:
            return
        dialog = ExcuseDialog(self._context.window, row, self._board.expected)
        if prompts.run(dialog):
            task = self._context.tasks.database.call(
                "Записываю",
                _excuse,
                self._context.workspace,
                self._board.year,
                row.school_id,
                dialog.form,
                dialog.reason,
            )
            task.done.connect(self._context.bus.publish)
        dialog.deleteLater()


def _schools(rows: tuple[BoardRow, ...]) -> str:
    if not rows:
        return "все школы"
    if len(rows) == 1:
        return rows[0].school
    return counted(len(rows), "школа", "школы", "школ")


def _excuse(workspace: Workspace, year: int, school_id: int, form: str, reason: str) -> ChangeSet:
    if not reason:
        return forms.withdraw_excuse(workspace, year, school_id, form)
    return forms.excuse(workspace, year, school_id, form, reason)
