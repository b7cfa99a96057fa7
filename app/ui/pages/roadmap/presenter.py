"""Asks the services for roadmaps and does what the page «Дорожная карта» wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint

from app.errors import UserError
from app.services import exporting, importing, roadmap
from app.services.changes import Topic
from app.services.importing import Decisions, ImportPlan, ImportReport, PlanProposal
from app.services.roadmap import ActivityRow, Done, GroupRow, Line, LineKey
from app.ui import prompts
from app.ui.context import Context
from app.ui.numbers import counted
from app.ui.pages.roadmap.columns import TreeColumn, one_line
from app.ui.pages.roadmap.dialogs import (
    CopyDialog,
    ManyDialog,
    PlanDialog,
    RenewDialog,
    RoadmapDialog,
    SchoolsDialog,
)
from app.ui.pages.roadmap.library_dialog import LibraryDialog
from app.ui.pages.roadmap.lines import Loaded, load
from app.ui.pages.roadmap.page import RoadmapPage
from app.ui.presenter import Presenter
from app.ui.source_opener import SourceOpener
from app.ui.tasks import Task

_TABLES = "Документы и таблицы (*.docx *.xlsx *.xls *.ods *.csv);;Все файлы (*)"
_ANY_FILE = "Все файлы (*)"
_FILES = "Книга Excel (*.xlsx);;Данные JSON (*.json)"


class RoadmapPresenter(Presenter):
    """Keeps the page in step with the data."""

    reading = "Читаю дорожную карту"
    topics = frozenset(
        {
            Topic.INDICATORS,
            Topic.ROADMAPS,
            Topic.PROGRAMMES,
            Topic.SUPPORT,
            Topic.SCHOOLS,
            Topic.PEOPLE,
        }
    )

    def __init__(self, page: RoadmapPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._wanted: int | None = None
        self._select: LineKey | None = None
        self._plan: ImportPlan | None = None
        self._sources = SourceOpener(context, page, roadmap.sources)
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        page.roadmap_wanted.connect(self._on_roadmap)
        page.edits_wanted.connect(self._on_edits)
        page.group_wanted.connect(self._on_group)
        page.year_wanted.connect(self._on_year)
        page.status_wanted.connect(self._on_status)
        page.move_wanted.connect(self._on_move)
        page.delete_wanted.connect(self._on_delete)
        page.after_wanted.connect(self._on_after)
        page.source_wanted.connect(self._on_source)
        page.change_many.triggered.connect(self._on_many)
        page.add_wanted.connect(self._on_add)
        page.panel.schools_wanted.connect(self._on_schools)
        page.panel.proof_wanted.connect(self._on_proof)
        page.from_file.clicked.connect(self._on_file)
        page.library.clicked.connect(self._on_library)
        page.copy_lines.triggered.connect(self._on_copy)
        page.count.triggered.connect(self._on_count)
        page.keep_measure.triggered.connect(self._on_keep_measure)
        page.new_roadmap.triggered.connect(self._on_new)
        page.renew.triggered.connect(self._on_renew)
        page.about.triggered.connect(self._on_about)
        page.to_file.triggered.connect(self._on_export)
        page.delete_roadmap.triggered.connect(self._on_delete_roadmap)

    def asked(self) -> tuple[int | None]:
        return (self._wanted,)

    load = staticmethod(load)

    def show_activity(self, roadmap_id: int, activity_id: int) -> None:
        """Open a roadmap at one of its activities."""
        self._select = LineKey(activity_id)
        self._on_roadmap(roadmap_id)

    def show(self, loaded: Loaded) -> None:
        self._wanted = loaded.view.info.id if loaded.view else None
        self.page.show_loaded(loaded)
        if self._select is not None:
            self.page.select(self._select)
            self._select = None

    def _on_roadmap(self, wanted: int | None) -> None:
        if wanted is not None:
            self._wanted = wanted
        self.reload()

    # Changes by hand.

    def _do(self, title: str, work: Any, *args: Any, **named: Any) -> Task:
        task = self._context.tasks.database.call(
            title, work, self._context.workspace, *args, **named
        )
        task.done.connect(self._on_done)
        task.failed.connect(self.reload)
        return task

    def _on_done(self, done: Done) -> None:
        self._context.bus.publish(done.changes)

    def _on_edits(self, ids: Sequence[int], changes: dict[str, Any]) -> None:
        self._do("Записываю", roadmap.edit_activities, ids, changes)

    def _on_group(self, group: int, changes: dict[str, Any]) -> None:
        self._do("Записываю", roadmap.edit_group, group, changes)

    def _on_year(self, ids: Sequence[int], year: int, part: str, text: str) -> None:
        self._do("Записываю", roadmap.set_year, ids, year, **{part: text})

    def _on_status(
        self, ids: Sequence[int], status: Any, reason: str, proof: str, day: date | None
    ) -> None:
        self._do("Записываю состояние", roadmap.set_status, ids, status,
                 note=reason, proof=proof, done_on=day)  # fmt: skip

    def _on_move(self, keys: Sequence[LineKey], group: int | None, index: int | None) -> None:
        if self._wanted is not None:
            self._select = keys[0] if keys else None
            self._do("Переношу", roadmap.move_lines, self._wanted, keys, group, index)

    def _on_after(self, activity: int, after: int | None) -> None:
        self._do("Записываю", roadmap.set_after, activity, after)

    def _on_delete(self, keys: Sequence[LineKey]) -> None:
        groups = any(key.is_group for key in keys)
        question = prompts.Question(
            title="Удаление строк",
            text=f"Удалить {counted(len(keys), 'строку', 'строки', 'строк')} дорожной карты?",
            accept="Удалить",
            details="Разделы удаляются со всеми мероприятиями внутри." if groups else "",
            dangerous=True,
        )
        if prompts.ask(self._context.window, question):
            self._do("Удаляю", roadmap.delete_lines, keys)

    def _on_add(self, heading: bool) -> None:
        if self._wanted is None:
            return
        what = "раздела" if heading else "мероприятия"
        title = prompts.ask_text(self._context.window, "Новая строка", f"Название {what}")
        if not title or not title.strip():
            return
        group = self.page.current_group()
        if heading:
            self._do("Добавляю", roadmap.add_group, self._wanted, title)
            return
        task = self._do("Добавляю", roadmap.add_activity, self._wanted, group, {"title": title})
        task.done.connect(self._on_added)

    def _on_added(self, done: Done) -> None:
        if done.ids:
            self._select = LineKey(done.ids[-1])

    def _on_proof(self) -> None:
        files = prompts.open_files(self._context.window, "Чем подтверждено", _ANY_FILE)
        if files:
            self.page.panel.proof.setText(str(files[0]))

    def _on_schools(self) -> None:
        ids = self.page.selected_activities()
        loaded, view = self.page.loaded, self.page.view
        if not ids or loaded is None or view is None:
            return
        row = next(one for one in view.activities if one.id == ids[0])
        dialog = SchoolsDialog(self._context.window, loaded.schools, set(dict(row.schools)))
        if prompts.run(dialog):
            self._do("Записываю школы", roadmap.set_schools, ids, dialog.answer)
        dialog.deleteLater()

    def _on_many(self) -> None:
        ids, loaded = self.page.selected_activities(), self.page.loaded
        if not ids or loaded is None:
            self._context.told.emit("Выделите мероприятия, которые нужно изменить.")
            return
        dialog = ManyDialog(
            self._context.window,
            len(ids),
            [(title, key) for key, title in loaded.factors.items()],
            [(title, key) for key, title in loaded.indicators.items()],
        )
        if prompts.run(dialog) and dialog.answer:
            self._on_edits(ids, dialog.answer)
        dialog.deleteLater()

    def _on_source(self, row: ActivityRow, column: TreeColumn, place: QPoint) -> None:
        field = f"year:{column.year}" if column.year is not None else column.field
        heading = f"{column.title}: {one_line(column.text(row)) or 'пусто'}"
        self._sources.open(row.id, field, heading[:200], place)

    def _on_count(self) -> None:
        ids = self.page.selected_activities()
        view = self.page.view
        if view is not None:
            chosen = ids or tuple(row.id for row in view.activities)
            self._do("Нумерую", roadmap.number_lines, chosen, auto=True)

    def _on_copy(self) -> None:
        loaded, view = self.page.loaded, self.page.view
        if loaded is None or view is None or not view.lines:
            return
        keys = self.page.tree.selected() or tuple(_key(line) for line in view.lines)
        whole = len(keys) == len(view.lines)
        dialog = CopyDialog(self._context.window, len(keys), loaded.infos, view.info.id, whole)
        if prompts.run(dialog):
            target, shift = dialog.target.value(), dialog.shift.value()
            alone = target == view.info.id and not any(key.is_group for key in keys)
            group = self.page.current_group() if alone else None
            self._do("Копирую", roadmap.copy_lines, keys, target, group, shift)
        dialog.deleteLater()

    # A roadmap as a whole.

    def _programmes(self) -> Sequence[tuple[str, Any]]:
        return self.page.loaded.programmes if self.page.loaded else ()

    def _on_new(self) -> None:
        dialog = RoadmapDialog(self._context.window, self._programmes())
        if prompts.run(dialog):
            task = self._do("Создаю", roadmap.create_roadmap, dialog.answer)
            task.done.connect(self._on_created)
        dialog.deleteLater()

    def _on_renew(self) -> None:
        view = self.page.view
        if view is None:
            return
        dialog = RenewDialog(self._context.window, self._programmes(), view.info)
        if prompts.run(dialog):
            task = self._do(
                "Переношу мероприятия",
                roadmap.renew_roadmap,
                view.info.id,
                dialog.answer,
                dialog.shift,
            )
            task.done.connect(self._on_created)
        dialog.deleteLater()

    def _on_created(self, done: Done) -> None:
        self._wanted = done.ids[0]
        self.reload()

    def _on_about(self) -> None:
        view = self.page.view
        if view is None:
            return
        dialog = RoadmapDialog(self._context.window, self._programmes(), view.info)
        if prompts.run(dialog):
            self._do("Записываю", roadmap.edit_roadmap, view.info.id, dialog.answer)
        dialog.deleteLater()

    def _on_delete_roadmap(self) -> None:
        view = self.page.view
        if view is None:
            return
        count = counted(view.info.activities, "мероприятие", "мероприятия", "мероприятий")
        question = prompts.Question(
            title="Удаление дорожной карты",
            text=f"Удалить дорожную карту «{view.info.title}»? В ней {count}.",
            accept="Удалить",
            details="Действие можно отменить: меню «Правка».",
            dangerous=True,
        )
        if prompts.ask(self._context.window, question):
            self._do("Удаляю", roadmap.delete_roadmap, view.info.id)

    def _on_export(self) -> None:
        view = self.page.view
        if view is None:
            return
        proposed = Path.home() / "Дорожная карта.xlsx"
        path = prompts.save_file(self._context.window, "Сохранить", proposed, _FILES)
        if path is not None:
            task = self._context.tasks.files.call(
                "Записываю файл", exporting.write_roadmaps, self._context.workspace, path,
                view.info.title,
            )  # fmt: skip
            task.done.connect(lambda _count: self._context.told.emit(f"Записано: {path}"))

    # From a file.

    def _on_file(self) -> None:
        files = prompts.open_files(self._context.window, "Дорожная карта", _TABLES)
        if files:
            self.read(files)

    def read(self, files: Sequence[Path]) -> None:
        """Read roadmaps from files and show what was found before anything is stored."""
        task = self._context.tasks.files.call_long(
            "Читаю документ", importing.prepare, self._context.workspace, list(files)
        )
        task.done.connect(self._on_plan)

    def _on_plan(self, plan: ImportPlan) -> None:
        found = [(file, one) for file in plan.files for one in file.plans if one.new]
        if not found:
            importing.discard(plan)
            prompts.report(self._context.window, _nothing_found(plan))
            return
        choices = {}
        for file, proposal in found:
            problems = [finding.message for finding in file.findings]
            choice = self._ask_plan(proposal, problems)
            if choice is None:
                importing.discard(plan)
                return
            choices[file.path, proposal.sheet] = choice
        self._plan = plan
        task = self._context.tasks.files.call(
            "Готовлю запись", importing.revise, self._context.workspace, plan,
            Decisions(plans=choices),
        )  # fmt: skip
        task.done.connect(self._on_revised)
        task.failed.connect(self._on_failed)

    def _ask_plan(self, proposal: PlanProposal, problems: Sequence[str]) -> Any:
        state = self._context.state
        window, programmes = self._context.window, self._programmes()
        dialog = PlanDialog(window, proposal, problems, programmes, state)
        choice = dialog.answer if prompts.run(dialog) else None
        dialog.deleteLater()
        return choice

    def _on_revised(self, plan: ImportPlan) -> None:
        self._plan = plan
        task = self._context.tasks.database.call_long(
            "Записываю дорожную карту", importing.apply, self._context.workspace, plan
        )
        task.done.connect(self._on_stored)
        task.failed.connect(self._on_failed)

    def _on_failed(self, _error: Exception) -> None:
        if self._plan is not None:
            importing.discard(self._plan)
            self._plan = None

    def _on_stored(self, report: ImportReport) -> None:
        self._plan = None
        rows = counted(report.totals.stored, "строка", "строки", "строк")
        self._context.told.emit(f"Дорожная карта записана: {rows}, загрузка № {report.batch_id}.")
        task = self._context.tasks.database.call(
            "Читаю дорожные карты", roadmap.list_roadmaps, self._context.workspace
        )
        task.done.connect(self._on_listed)
        self._context.bus.publish(report.changes)

    def _on_listed(self, infos: Sequence[roadmap.RoadmapInfo]) -> None:
        """Show the newest roadmap: the one that was just read."""
        if infos:
            self._wanted = max(info.id for info in infos)
            self.reload()

    # The library of measures.

    def _on_library(self) -> None:
        task = self._context.tasks.database.call(
            "Читаю библиотеку", roadmap.measures, self._context.workspace
        )
        task.done.connect(self._on_measures)

    def _on_measures(self, measures: Sequence[roadmap.Measure]) -> None:
        loaded = self.page.loaded
        if loaded is None or loaded.view is None:
            return
        dialog = LibraryDialog(self._context.window, measures, loaded.factors, self._context.state)
        if prompts.run(dialog) and dialog.chosen():
            rows = [roadmap.activity_of(measure) for measure in dialog.chosen()]
            group = self.page.current_group()
            self._do("Добавляю меры", roadmap.add_activities, self._wanted, group, rows)
        dialog.deleteLater()

    def _on_keep_measure(self) -> None:
        ids = self.page.selected_activities()
        if ids:
            self._do("Сохраняю в библиотеку", roadmap.keep_measures, ids)
            self._context.told.emit("Меры сохранены в свою библиотеку.")
        else:
            self._context.told.emit("Выделите мероприятия, которые нужно сохранить.")


def _key(line: Line) -> LineKey:
    return LineKey(line.id, isinstance(line, GroupRow))


def _nothing_found(plan: ImportPlan) -> UserError:
    """Return why nothing would be stored: known already, or the first reason of the file."""
    known = [one for file in plan.files for one in file.plans]
    if known or any(file.status.value == "unchanged" for file in plan.files):
        return UserError(
            "Эта дорожная карта уже есть в базе, строка в строку.", "Выберите её в списке."
        )
    reasons = [finding for file in plan.files for finding in file.findings]
    if reasons:
        return UserError(reasons[0].message, reasons[0].hint)
    return UserError(
        "Таблица мероприятий в файле не найдена.",
        "Нужна таблица, в заголовке которой есть «Мероприятие» и «Срок» или «Ответственный».",
    )
