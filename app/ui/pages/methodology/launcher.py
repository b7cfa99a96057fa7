"""Opens the dialog «Методика» for the year that the window shows."""

from __future__ import annotations

from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.tabbed import TabbedLauncher
from app.ui.pages.methodology.dialog import MethodologyDialog


class MethodologyLauncher(TabbedLauncher):
    """Answers the menu «Методика…»; without results there is no year to choose rules for."""

    def _make(self, context: Context) -> MethodologyDialog | None:
        if context.year is not None:
            return MethodologyDialog(context, context.year)
        prompts.inform(
            context.window,
            "Методика",
            "Методика выбирается для года, а результатов в базе ещё нет.",
            "Загрузите файлы с флешки (Ctrl+O).",
        )
        return None
