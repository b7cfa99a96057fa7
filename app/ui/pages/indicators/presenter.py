"""Asks the services for indicators and does what the page «Показатели» wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.services import counting, exporting, importing, indicators, programmes
from app.services.changes import ChangeSet, Topic
from app.services.indicators import (
    Added,
    Draft,
    Edit,
    Proposal,
    StoredTable,
    check_table,
    indicator_table,
)
from app.services.programmes import ProgrammeForm
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.numbers import counted
from app.ui.pages.indicators.columns import TITLE_COLUMN
from app.ui.pages.indicators.lines import Loaded
from app.ui.pages.indicators.page import IndicatorsPage
from app.ui.pages.indicators.pasting import Pasted, pasted
from app.ui.presenter import Presenter
from app.ui.tasks import Task

_BEHIND_FACTS = {
    Topic.SCHOOLS,
    Topic.RESULTS,
    Topic.RECORDS,
    Topic.DECISIONS,
    Topic.IMPORTS,
    Topic.SUPPORT,
    Topic.CYCLE,
    Topic.ROADMAPS,
}
_TABLES = "Документы и таблицы (*.docx *.xlsx *.xls *.ods *.csv);;Все файлы (*)"
_FILES = "Книга Excel (*.xlsx);;Таблица CSV (*.csv);;Данные JSON (*.json)"


class IndicatorsPresenter(Presenter):
    """Keeps the tree in step with the data; counts the facts once the tree is shown."""

    reading = "Читаю показатели"
    topics = frozenset({Topic.INDICATORS, Topic.PROGRAMMES, Topic.SETTINGS})

    def __init__(self, page: IndicatorsPage, context: Context) -> None:
        super().__init__(page, context)
        self.page = page
        self._programme: int | None = None
        self._select: int | None = None
        self._counting: Task | None = None
        self._connect()
        self.follow()

    def _connect(self) -> None:
        page = self.page
        page.programme_wanted.connect(self._on_programme)
        page.new_programme_wanted.connect(self._on_new_programme)
        page.programme_edit_wanted.connect(self._on_edit_programme)
        page.edits_wanted.connect(self._on_edits)
        page.paste_wanted.connect(self._on_paste)
        page.add_wanted.connect(self._on_add)
        page.remove_wanted.connect(self._on_remove)
        page.move_wanted.connect(self._on_move)
        page.file_wanted.connect(self._on_file)
        page.export_wanted.connect(self._on_export)
        page.by_halves.toggled.connect(self.reload)
        page.accept_wanted.connect(self._on_accept)
        page.panel.goal_wanted.connect(self._on_goal)

    def asked(self) -> tuple[int | None, bool]:
        return self._programme, self.page.by_halves.isChecked()

    @staticmethod
    def load(workspace: Workspace, programme: int | None, by_halves: bool = False) -> Loaded:
        """Return the programme of that id, else the first one that has indicators, else any."""
        known = indicators.programmes(workspace)
        ids = [one.id for one in known]
        if programme not in ids:
            filled = [one.id for one in known if one.indicators]
            programme = next(iter([*filled, *ids]), None)
        if programme is None:
            return Loaded(known, None, ())
        table = indicator_table(workspace, programme, by_halves=by_halves)
        return Loaded(known, table, check_table(table))

    def show_indicator(self, programme_id: int, indicator_id: int) -> None:
        """Show an indicator of a programme, wherever the page stood."""
        self._programme, self._select = programme_id, indicator_id
        self.reload()

    def show(self, loaded: Loaded) -> None:
        """Show the programme, then count what can be counted."""
        self._programme = loaded.table.programme_id if loaded.table else None
        self.page.show_loaded(loaded)
        if self._select is not None:
            self.page.show_cell(self._select, None)
            self._select = None
        self._count()

    def _count(self) -> None:
        if self._counting is not None:
            self._counting.abandon()
            self._counting = None
        if self._programme is None:
            self.page.show_proposals(())
            return
        self._counting = self._context.tasks.database.call(
            "Считаю показатели", counting.proposals, self._context.workspace, self._programme
        )
        self._counting.done.connect(self._on_counted)

    def _on_counted(self, found: Sequence[Proposal]) -> None:
        self._counting = None
        self.page.show_proposals(found)

    def _on_changed(self, changes: ChangeSet) -> None:
        super()._on_changed(changes)
        if not changes.topics & self.topics and changes.topics & _BEHIND_FACTS:
            self._count()

    def _on_programme(self, programme: int | None) -> None:
        if programme is not None:
            self._programme = programme
        self.reload()

    # Changes by hand.

    def _do(self, title: str, work: Any, *args: Any) -> Task:
        task = self._context.tasks.database.call(title, work, self._context.workspace, *args)
        task.done.connect(self._on_done)
        task.failed.connect(self.reload)
        return task

    def _on_done(self, outcome: ChangeSet | Added | StoredTable) -> None:
        if isinstance(outcome, Added):
            self._select = outcome.indicator_id
        self._context.bus.publish(outcome if isinstance(outcome, ChangeSet) else outcome.changes)

    def _on_edits(self, edits: Sequence[Edit]) -> None:
        self._do("Записываю", indicators.edit, list(edits))

    def _on_new_programme(self) -> None:
        title = prompts.ask_text(
            self._context.window, "Новая программа", "Название программы, как в документе"
        )
        if not title or not title.strip():
            return
        year = self._context.year or datetime.now(UTC).astimezone().year
        span = prompts.ask_text(
            self._context.window,
            "Новая программа",
            "Годы: первый и последний",
            f"{year}–{year + 2}",
        )
        if span is not None:
            task = self._context.tasks.database.call(
                "Завожу программу", new_programme, self._context.workspace, title, span
            )
            task.done.connect(self._on_new)

    def _on_edit_programme(self) -> None:
        table = self.page.table
        if table is None:
            return
        window, heading = self._context.window, "Название и годы программы"
        title = prompts.ask_text(window, heading, "Название", table.title)
        if not title or not title.strip():
            return
        known = f"{table.first_year}–{table.last_year}"
        span = prompts.ask_text(window, heading, "Годы: первый и последний", known)
        if span is not None:
            self._do("Записываю", change_programme, table.programme_id, title, span)

    def _on_new(self, added: Added) -> None:
        self._programme = added.indicator_id
        self._context.bus.publish(added.changes)

    def _on_add(self, is_group: bool, inside: bool) -> None:
        if self._programme is None:
            return
        node = self.page.tree.current()
        what = "заголовок" if is_group else "показатель"
        title = prompts.ask_text(self._context.window, f"Новый {what}", "Название")
        if not title or not title.strip():
            return
        row = node.row if node else None
        work = indicators.add_indicator
        if row is None:
            goal = node.goal.id if node and node.goal else None
            task = self._context.tasks.database.call(
                "Добавляю", work, self._context.workspace, self._programme, title,
                goal_id=goal, is_group=is_group,
            )  # fmt: skip
        else:
            task = self._context.tasks.database.call(
                "Добавляю", work, self._context.workspace, self._programme, title,
                parent_id=row.id if inside else None,
                after_id=None if inside else row.id,
                is_group=is_group,
            )  # fmt: skip
        task.done.connect(self._on_done)

    def _on_remove(self) -> None:
        rows = {node.row.id: node.row for node, _ in self.page.tree.selected_cells() if node.row}
        if not rows:
            return
        number = counted(len(rows), "показатель", "показателя", "показателей")
        first = next(iter(rows.values())).title
        question = prompts.Question(
            title="Удалить показатели",
            text=f"Удалить «{first}»?" if len(rows) == 1 else f"Удалить {number}?",
            accept="Удалить",
            details="Вместе с ними удалятся значения и всё, что стоит под ними. "
            "Удаление можно отменить (Ctrl+Z).",
            dangerous=True,
        )
        if prompts.ask(self._context.window, question):
            self._do("Удаляю", indicators.remove, list(rows))

    def _on_move(self, step: int) -> None:
        node = self.page.tree.current()
        if node is None or node.row is None or self.page.table is None:
            return
        mates = [r.id for r in self.page.table.rows if r.parent_id == node.row.parent_id]
        place = mates.index(node.row.id) + step
        if 0 <= place < len(mates):
            self._do("Переношу", indicators.move, node.row.id, node.row.parent_id, place)

    def _on_goal(self, indicator_id: int, goal_id: int | None) -> None:
        self._do("Записываю", indicators.set_goal, indicator_id, goal_id)

    # Blocks and files.

    def _on_paste(self, lines: list[list[str]]) -> None:
        table = self.page.table
        if table is None:
            return
        whole = importing.read_draft(importing.plain_grid(lines))
        if whole is not None:
            self._offer([whole])
            return
        index = self.page.tree.currentIndex()
        block = pasted(
            lines,
            self.page.tree.visible_nodes(),
            self.page.tree.current(),
            self.page.model.columns,
            index.column() if index.isValid() else TITLE_COLUMN,
        )
        self._paste_block(block)

    def _paste_block(self, block: Pasted) -> None:
        if block.left_over:
            prompts.inform(
                self._context.window,
                "Вставка",
                "Вставлять некуда: вставьте таблицу вместе с шапкой или начните с другой ячейки.",
                block.left_over,
            )
            return
        if block.edits:
            self._do("Вставляю", indicators.edit, list(block.edits), "вставка из буфера")

    def _on_file(self) -> None:
        files = prompts.open_files(self._context.window, "Таблица показателей", _TABLES)
        if files:
            self._context.import_wanted.emit(files)

    def _offer(self, drafts: Sequence[Draft]) -> None:
        rows = sum(len(draft.rows) for draft in drafts)
        number = counted(rows, "строка", "строки", "строк")
        into = f"в программу «{self.page.table.title}»" if self.page.table else "в новую программу"
        notes = [note for draft in drafts for note in draft.notes]
        question = prompts.Question(
            title="Таблица показателей",
            text=f"Найдено: {number}. Записать {into}?",
            accept="Записать",
            details="\n".join(
                [
                    "Строки с тем же номером и названием обновятся, остальные добавятся.",
                    *notes,
                ]
            ),
        )
        if prompts.ask(self._context.window, question):
            task = self._do("Записываю показатели", store, list(drafts), self._programme)
            task.done.connect(self._on_stored)

    def _on_stored(self, stored: StoredTable) -> None:
        self._programme = stored.programme_id
        self._context.told.emit(
            f"Показатели: добавлено {stored.added}, изменено {stored.changed}, "
            f"без изменений {stored.unchanged}."
        )
        if stored.notes:
            prompts.inform(
                self._context.window, "Таблица показателей", "Записано.", "\n".join(stored.notes)
            )

    def _on_export(self) -> None:
        proposed = Path.home() / "Показатели.xlsx"
        path = prompts.save_file(self._context.window, "Сохранить показатели", proposed, _FILES)
        if path is not None:
            task = self._context.tasks.files.call(
                "Записываю файл",
                exporting.write_indicators,
                self._context.workspace,
                path,
                self._programme,
            )
            task.done.connect(self._on_written)

    def _on_written(self, rows: int) -> None:
        number = counted(rows, "строка", "строки", "строк")
        self._context.told.emit(f"Показатели записаны: {number}.")

    # Counted facts.

    def _on_accept(self, found: Sequence[Proposal]) -> None:
        wanted = [(one.indicator_id, one.computed.period) for one in found]
        if len(found) > 1:
            number = counted(len(found), "значение", "значения", "значений")
            question = prompts.Question(
                title="Рассчитано по данным",
                text=f"Записать как факт {number}, посчитанных по данным?",
                accept="Записать",
                details="Числитель и знаменатель сохранятся рядом. Отменить можно (Ctrl+Z).",
            )
            if not prompts.ask(self._context.window, question):
                return
        if wanted:
            self._do("Записываю факты", counting.accept_all, wanted)


def new_programme(workspace: Workspace, title: str, span: str) -> Added:
    """Store a programme of the years that ``span`` names; UserError when it names none."""
    first, last = indicators.read_years(span)
    return indicators.new_programme(workspace, title, first, last)


def change_programme(workspace: Workspace, programme_id: int, title: str, span: str) -> ChangeSet:
    """Give a programme another title and other years; what else it has stays."""
    first, last = indicators.read_years(span)
    known = programmes.programme(workspace, programme_id)
    form = ProgrammeForm(
        known.kind, title, first, last, known.short_title, known.parent_id, known.approval
    )
    return programmes.save_programme(workspace, form, programme_id).changes


def store(workspace: Workspace, drafts: Sequence[Draft], programme: int | None) -> StoredTable:
    """Store the tables of a file as one action, into a programme or a new one."""
    into: int | str = programme if programme is not None else drafts[0].title or "Программа"
    return indicators.store_drafts(workspace, drafts, into)
