"""What a person decides about categories, asked and stored the same way on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.models.enums import Category
from app.services import methodology
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.override import OverrideDialog
from app.ui.numbers import counted


class Deciding(QObject):
    """Decides on schools in the window's year; the bus is told of what was stored."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def store(self, title: str, work: Callable[..., Any], *args: Any) -> None:
        """Let a service store something of the year; ``title`` tells what is going on."""
        task = self._context.tasks.database.call(
            title, work, self._context.workspace, self._context.year, *args
        )
        task.done.connect(self._context.bus.publish)

    def confirm(self, school_id: int) -> None:
        """Store the computed category of a school as decided."""
        self.store("Сохраняю решение", methodology.confirm, [school_id])

    def confirm_many(self, school_ids: Sequence[int]) -> None:
        """Store those of many schools, once the person has agreed."""
        if not school_ids:
            self._context.told.emit("Подтверждать нечего: по всем показанным школам решено.")
            return
        number = counted(len(school_ids), "школы", "школ", "школ")
        question = prompts.Question(
            title="Подтвердить категории",
            text=f"Подтвердить предложенные категории {number} за {self._context.year} год?",
            accept="Подтвердить",
            details="Решения попадут в протокол. Их можно отменить (Ctrl+Z) или снять по одному.",
        )
        if prompts.ask(self._context.window, question):
            self.store("Сохраняю решения", methodology.confirm, list(school_ids))

    def override(
        self,
        school_id: int,
        school: str,
        computed: Category | None,
        current: Category,
        sentence: str,
    ) -> None:
        """Ask for another category and its reason; ``computed`` is None without data.

        ``sentence`` is what the rules alone say, in the office's terms.
        """
        dialog = OverrideDialog(self._context.window, school, computed, current, sentence)
        if prompts.run(dialog):
            work = methodology.override
            self.store("Сохраняю решение", work, school_id, dialog.category, dialog.reason)
        dialog.deleteLater()

    def withdraw(self, school_id: int) -> None:
        """Take the decision about a school back."""
        self.store("Снимаю решение", methodology.withdraw, school_id)
