"""Asks the services for the categories and does what the person decides."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.models.enums import Basis
from app.services import methodology
from app.services.changes import ChangeSet, Topic
from app.ui import prompts
from app.ui.context import Context
from app.ui.deciding import Deciding
from app.ui.office_words import said
from app.ui.pages.classification.lines import ClassLine, Explanation
from app.ui.pages.classification.loading import Loaded, explain, load
from app.ui.pages.classification.page import ClassificationPage
from app.ui.pages.classification.protocol_dialog import ProtocolDialog
from app.ui.source_opener import SourceOpener
from app.ui.tasks import Task
from app.ui.theme import icons

_TOPICS = {
    Topic.SCHOOLS,
    Topic.RESULTS,
    Topic.RECORDS,
    Topic.DECISIONS,
    Topic.SETTINGS,
    Topic.IMPORTS,
}


class ClassificationPresenter(QObject):
    """Lives as long as the page; what a closed page still waits for is dropped."""

    over = Signal()
    methodology_wanted = Signal()

    def __init__(self, context: Context, page: ClassificationPage) -> None:
        super().__init__(page)
        self.page = page
        self._context = context
        self._loading: Task | None = None
        self._explaining: Task | None = None
        self._sources = SourceOpener(context, page)
        self._deciding = Deciding(context, self)
        icons.dress(page.fold, "panel")
        self._connect()
        self.reload()

    def _connect(self) -> None:
        page, panel = self.page, self.page.panel
        page.line_wanted.connect(self._on_line)
        page.confirm_wanted.connect(self._deciding.confirm_many)
        page.protocol_wanted.connect(self._on_protocol)
        page.methodology_wanted.connect(self.methodology_wanted)
        page.close_wanted.connect(self.over)
        panel.confirm_wanted.connect(self._on_confirm)
        panel.override_wanted.connect(self._on_override)
        panel.region_wanted.connect(self._on_region)
        panel.withdraw_wanted.connect(self._on_withdraw)
        panel.card_wanted.connect(self._on_card)
        panel.source_wanted.connect(self._sources.open)
        self._context.year_changed.connect(self.reload)
        self._context.bus.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the list again."""
        self.leave()
        year = self._context.year
        if year is None:
            self.page.show_empty(
                "Классифицировать пока нечего",
                "Загрузите реестр школ и результаты: категории посчитаются сами.",
                "Загрузить файлы…",
            )
            return
        self._loading = self._context.tasks.database.call(
            "Считаю категории", load, self._context.workspace, year
        )
        self._loading.done.connect(self._on_loaded)

    def leave(self) -> None:
        """Drop what is still on its way."""
        for task in (self._loading, self._explaining):
            if task is not None:
                task.abandon()
        self._loading = self._explaining = None

    def _on_loaded(self, loaded: Loaded) -> None:
        self._loading = None
        if loaded.problem:
            self.page.show_empty("Категории не посчитаны", loaded.problem)
            return
        self.page.show_lines(loaded.lines)
        self._on_line(self.page.table.current())

    def _on_line(self, line: ClassLine | None) -> None:
        if self._explaining is not None:
            self._explaining.abandon()
            self._explaining = None
        if line is None or self._context.year is None:
            self.page.panel.show_nothing("Выберите школу в списке.")
            return
        self._explaining = self._context.tasks.database.call(
            "Собираю обоснование", explain, self._context.workspace, line, self._context.year
        )
        self._explaining.done.connect(self._on_explained)

    def _on_explained(self, shown: Explanation) -> None:
        self._explaining = None
        self.page.panel.show_explanation(shown)

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.topics & _TOPICS:
            self.reload()

    # Decisions.

    def _on_confirm(self) -> None:
        line = self.page.table.current()
        if line is not None:
            self._deciding.confirm(line.id)

    def _on_override(self) -> None:
        line = self.page.table.current()
        if line is not None:
            found = line.found
            says = said(found.verdict.reason)
            self._deciding.override(line.id, found.school, line.computed, found.category, says)

    def _on_region(self) -> None:
        line = self.page.table.current()
        region = line.found.region if line else None
        if line is None or region is None:
            return
        why = prompts.ask_text(
            self._context.window,
            "Принять список региона",
            f"«{line.found.school}»: {region.category}. Чем утверждён список (приказ, дата, №)?",
            region.source,
        )
        if why:
            work = methodology.override
            args = (line.id, region.category, why, Basis.REGION)
            self._deciding.store("Сохраняю решение", work, *args)

    def _on_withdraw(self) -> None:
        line = self.page.table.current()
        if line is not None:
            self._deciding.withdraw(line.id)

    def _on_card(self) -> None:
        line = self.page.table.current()
        if line is not None:
            self._context.school_wanted.emit(line.id)

    def _on_protocol(self) -> None:
        if self._context.year is not None:
            dialog = ProtocolDialog(self._context, self._context.year)
            prompts.run(dialog)
            dialog.leave()
            dialog.deleteLater()
