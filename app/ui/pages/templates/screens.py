"""Pictures of the dialog of document texts and templates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.pages.templates.launcher import TemplatesLauncher
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _open(tab: int, window: MainWindow) -> None:
    for child in window.children():
        if isinstance(child, TemplatesLauncher):
            child.open_at(tab)


SCREENS = (
    Screen("57-document-texts", (partial(_open, 0),)),
    Screen("58-document-templates", (partial(_open, 1),)),
    Screen("59-document-terms", (partial(_open, 2),)),
)
