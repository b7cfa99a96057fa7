"""Opens the dialog of document texts and templates."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.dialogs.tabbed import TabbedLauncher
from app.ui.pages.templates.dialog import TemplatesDialog


class TemplatesLauncher(TabbedLauncher):
    """Answers the menu «Тексты и шаблоны документов…»."""

    def _make(self, context: Context) -> TemplatesDialog:
        return TemplatesDialog(context)
