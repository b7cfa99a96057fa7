"""Brings the rows of the quarantine to the page and does what the person asks of them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services import importing
from app.services.changes import ChangeSet, Topic
from app.services.importing import QuarantineLine
from app.ui import prompts
from app.ui.context import Context
from app.ui.numbers import counted
from app.ui.pages.quarantine.page import QuarantinePage
from app.ui.tasks import Task


class QuarantinePresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, context: Context, page: QuarantinePage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._loading: Task | None = None
        page.mend_wanted.connect(self._on_mend)
        page.retry_wanted.connect(self._on_retry)
        page.dismiss_wanted.connect(self._on_dismiss)
        context.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read the rows again."""
        self.leave()
        self._loading = self._context.tasks.database.call(
            "Читаю карантин", importing.list_quarantine, self._context.workspace
        )
        self._loading.done.connect(self._on_loaded)

    def leave(self) -> None:
        """The page goes: nothing is waited for any more."""
        if self._loading is not None:
            self._loading.abandon()
            self._loading = None

    def _on_loaded(self, lines: tuple[QuarantineLine, ...]) -> None:
        self._loading = None
        self._page.show_lines(lines)

    def _on_changed(self, changes: ChangeSet) -> None:
        if Topic.IMPORTS in changes.topics:
            self.reload()

    def _on_mend(self, line: QuarantineLine) -> None:
        self._context.retry_wanted.emit((line.id,), (line.path, line.sheet, f"A{line.row}"))

    def _on_retry(self, lines: list[QuarantineLine]) -> None:
        if lines:
            self._context.retry_wanted.emit(tuple(line.id for line in lines), None)

    def _on_dismiss(self, lines: list[QuarantineLine]) -> None:
        rows = counted(len(lines), "строка", "строки", "строк")
        reason = prompts.ask_text(self._page, "Отклонить", f"Почему не нужны ({rows})")
        if reason is None:
            return
        task = self._context.tasks.database.call(
            "Отклоняю строки",
            importing.dismiss,
            self._context.workspace,
            [line.id for line in lines],
            reason,
        )
        task.done.connect(self._context.bus.publish)
