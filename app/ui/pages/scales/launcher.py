"""Opens the dialog of scales and minimum scores."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.dialogs.tabbed import TabbedLauncher
from app.ui.pages.scales.dialog import ScalesDialog


class ScalesLauncher(TabbedLauncher):
    """Answers the menu «Шкалы и минимальные баллы…»."""

    def _make(self, context: Context) -> ScalesDialog:
        return ScalesDialog(context)
