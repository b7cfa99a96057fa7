"""Leads one load from the dropped files to the stored rows; all reading happens in the worker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.services import forms, importing, schools
from app.services.forms import Returned, ReturnedAll
from app.services.importing import (
    CorrectedCell,
    Correction,
    Decisions,
    Finding,
    ImportPlan,
    ImportReport,
    PlanChoice,
    SheetView,
)
from app.services.importing.plan import CellKey
from app.services.schools import SchoolRow
from app.ui import prompts
from app.ui.context import Context
from app.ui.numbers import counted
from app.ui.pages.importing.answers_dialog import answers_dialog
from app.ui.pages.importing.correction_dialog import CorrectionDialog
from app.ui.pages.importing.page import ImportPage
from app.ui.pages.importing.questions import QuestionsDialog
from app.ui.pages.importing.return_dialog import ReturnDialog
from app.ui.tasks.task import Task


class ImportPresenter(QObject):
    """Lives as long as its page; one load at a time."""

    over = Signal()
    """The person is done with the page."""

    def __init__(self, context: Context, page: ImportPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._task: Task | None = None
        self._plan: ImportPlan | None = None
        self._decisions = Decisions()
        self._wanted = Decisions()
        """Decisions that are being planned with; a plan that fails leaves the old ones."""
        self._stored = False
        self._returning = ""
        self._cell = ""
        self._sheet: tuple[str, str, str] | None = None
        page.store_wanted.connect(self._on_store)
        page.cancel_wanted.connect(self._on_cancel)
        page.questions_wanted.connect(self._on_questions)
        page.good_accepted.connect(self._on_good)
        page.states_taken.connect(self._on_states)
        page.mapping_wanted.connect(self._on_mapping_wanted)
        page.return_wanted.connect(self._on_return_wanted)
        page.sheet_wanted.connect(self._on_sheet_wanted)
        page.confirm_wanted.connect(self._on_confirm)
        page.correction_wanted.connect(self._on_correction)
        page.correction_dropped.connect(self._on_correction_dropped)
        page.answers_wanted.connect(self._on_answers)
        context.mapping_made.connect(self._on_mapping_made)

    def begin(self, paths: tuple[Path, ...]) -> None:
        """Read the files and show the plan."""
        self._page.show_work("Читаю файлы")
        self._run(
            self._context.tasks.files.call_long(
                "Чтение файлов", importing.prepare, self._context.workspace, paths
            )
        ).done.connect(self._on_plan)

    def begin_again(self, rows: tuple[int, ...], place: tuple[str, str, str] | None) -> None:
        """Read rows of the quarantine from the archive once more and show their plan.

        ``place`` (path, sheet, cell) is opened at once.
        """
        self._sheet = place
        self._page.show_work("Читаю строки карантина из архива")
        self._run(
            self._context.tasks.files.call_long(
                "Чтение карантина", importing.retry, self._context.workspace, rows
            )
        ).done.connect(self._on_plan)

    def is_finished(self) -> bool:
        """Return True when the load has been stored and only its report is on the screen."""
        return self._stored

    def close(self) -> None:
        """Drop the plan and its copies of the files."""
        if self._task is not None:
            self._task.cancel()
        self._drop_plan()

    # Steps.

    def _run(self, task: Task) -> Task:
        self._task = task
        task.progressed.connect(self._page.show_step)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        return task

    def _on_plan(self, plan: ImportPlan) -> None:
        self._task = None
        self._plan = plan
        self._decisions = self._wanted
        self._page.show_plan(plan)
        if self._sheet is not None:
            place, self._sheet = self._sheet, None
            self._on_sheet_wanted(*place)

    def _on_good(self, path: str, accepted: bool) -> None:
        chosen = self._decisions.accept_good
        self._decide(accept_good=chosen | {path} if accepted else chosen - {path})

    def _on_states(self, path: str, taken: bool) -> None:
        files = self._plan.files if self._plan else ()
        chosen = dict(self._decisions.plans)
        for proposal in (one for file in files if file.path == path for one in file.plans):
            place = path, proposal.sheet
            chosen[place] = replace(chosen.get(place, PlanChoice()), states=taken)
        self._decide(plans=chosen)

    def _on_questions(self) -> None:
        if self._plan is None:
            return
        known = self._decisions
        dialog = QuestionsDialog(
            self._plan.questions, known.schools, self._page, self._plan.days, known.days
        )
        if prompts.run(dialog):
            self._decide(
                schools={**known.schools, **dialog.answers()},
                days={**known.days, **dialog.days()},
            )
        dialog.deleteLater()

    def _on_answers(self) -> None:
        dialog = answers_dialog(self._context, self._page)
        prompts.run(dialog)
        if dialog.changed:
            self._decide()
        dialog.deleteLater()

    # The sheet, corrections and notes.

    def _on_sheet_wanted(self, path: str, sheet: str, cell: str) -> None:
        if self._plan is None or self._task is not None:
            return
        self._cell = cell
        self._page.show_work("Открываю лист")
        self._run(
            self._context.tasks.files.call_long(
                "Открытие листа", importing.open_view, self._plan, path, sheet or None
            )
        ).done.connect(self._on_sheet)

    def _on_sheet(self, view: SheetView) -> None:
        self._task = None
        self._page.show_sheet(view, self._cell)

    def _on_correction(self, path: str, sheet: str, cell: str, text: str) -> None:
        view = self._page.sheet.view
        index = self._page.sheet.model.place(cell)
        title = view.titles[index.column()] if view is not None and index.isValid() else ""
        dialog = CorrectionDialog(self._page, cell, title, text)
        if prompts.run(dialog):
            self._correct((path, sheet, cell), dialog.correction)
        dialog.deleteLater()

    def _on_correction_dropped(self, path: str, one: CorrectedCell) -> None:
        self._correct((path, one.sheet, one.cell), Correction(one.old, "исправление убрано"))

    def _correct(self, place: CellKey, correction: Correction) -> None:
        self._sheet = self._page.shown_sheet()
        self._decide(corrections={**self._decisions.corrections, place: correction})

    def _on_confirm(self, path: str, finding: Finding) -> None:
        confirmed = dict(self._decisions.confirmed)
        key = finding.key(path)
        if finding.note:
            confirmed[key] = ""
        else:
            note = prompts.ask_text(self._page, "Подтвердить", "Почему так и должно быть")
            if note is None or not note.strip():
                return
            confirmed[key] = note.strip()
        self._decide(confirmed=confirmed)

    def _on_return_wanted(self, path: str) -> None:
        task = self._context.tasks.database.call(
            "Читаю список школ", schools.list_schools, self._context.workspace
        )
        self._returning = path
        task.done.connect(self._on_schools)

    def _on_schools(self, rows: tuple[SchoolRow, ...]) -> None:
        """Ask for school and folder; the page waits, for the copies belong to the plan."""
        if self._plan is None or self._task is not None:
            return
        path = self._returning
        file = next(file for file in self._plan.files if file.path == path)
        dialog = ReturnDialog(self._page, path, rows, {c.school for c in file.changes})
        folder = None
        if prompts.run(dialog):
            folder = prompts.open_folder(self._page, "Куда положить файл и письмо")
        if folder is not None and dialog.each:
            self._page.show_work("Готовлю файлы для школ")
            self._run(
                self._context.tasks.files.call_long(
                    "Файлы для школ",
                    forms.return_to_schools,
                    self._context.workspace,
                    self._plan,
                    path,
                    folder,
                    deadline=dialog.deadline,
                )
            ).done.connect(self._on_returned_all)
        elif folder is not None:
            self._page.show_work("Готовлю файл для школы")
            self._run(
                self._context.tasks.files.call_long(
                    "Файл для школы",
                    forms.return_to_school,
                    self._context.workspace,
                    self._plan,
                    path,
                    folder,
                    deadline=dialog.deadline,
                    school_id=dialog.school_id,
                )
            ).done.connect(self._on_returned)
        dialog.deleteLater()

    def _on_returned(self, made: Returned) -> None:
        self._on_cancelled()
        told = f"Копия: {made.copy}" if made.copy else f"Копии нет: {made.note}"
        prompts.inform(
            self._page,
            "Вернуть школе",
            f"Письмо записано: {made.letter.name}.",
            "\n".join((told, *made.warnings)),
        )

    def _on_returned_all(self, made: ReturnedAll) -> None:
        self._on_cancelled()
        schools = counted(len(made.made), "школе", "школам", "школам")
        notes = dict.fromkeys(note for one in made.made for note in one.warnings)
        prompts.inform(
            self._page,
            "Вернуть школам",
            f"Файлы и письма готовы: {schools}. Без замечаний школ: {made.clean}.",
            "\n".join(notes),
        )

    def _on_mapping_wanted(self, path: str) -> None:
        if self._plan is not None:
            self._context.mapping_wanted.emit(self._plan, path)

    def _on_mapping_made(self, path: str) -> None:
        """Read the file anew, and with it the others that nobody understood."""
        if self._plan is None or self._task is not None:
            return
        unknown = {file.path for file in self._plan.files if file.layout is None}
        self._page.show_work("Читаю по разметке")
        self._run(
            self._context.tasks.files.call_long(
                "Чтение по разметке",
                importing.reread,
                self._context.workspace,
                self._plan,
                frozenset({path, *unknown}),
            )
        ).done.connect(self._on_plan)

    def _decide(self, **changes: object) -> None:
        """Plan anew with one more decision; only a file with another cell is read again."""
        if self._plan is None:
            return
        self._wanted = replace(self._decisions, **changes)  # type: ignore[arg-type]
        self._page.show_work("Пересчитываю план", can_stop=False)
        self._run(
            self._context.tasks.files.call(
                "Пересчёт плана",
                importing.revise,
                self._context.workspace,
                self._plan,
                self._wanted,
            )
        ).done.connect(self._on_plan)

    def _on_store(self) -> None:
        if self._plan is None:
            return
        self._page.show_work("Записываю в базу")
        self._run(
            self._context.tasks.database.call_long(
                "Запись в базу", importing.apply, self._context.workspace, self._plan
            )
        ).done.connect(self._on_stored)

    def _on_stored(self, report: ImportReport) -> None:
        self._task = None
        self._stored = True
        self._drop_plan()
        self._page.show_report(report)
        self._context.bus.publish(report.changes)

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._page.show_stopping()
            self._task.cancel()
        else:
            self.close()
            self.over.emit()

    def _on_cancelled(self) -> None:
        self._task = None
        if self._plan is not None:
            self._page.show_plan(self._plan)
        else:
            self.over.emit()

    def _on_failed(self, _error: Exception) -> None:
        # The person has been told by the window; the plan, if there is one, is still good.
        self._wanted = self._decisions
        self._sheet = None
        self._on_cancelled()

    def _drop_plan(self) -> None:
        if self._plan is not None:
            importing.discard(self._plan)
            self._plan = None
