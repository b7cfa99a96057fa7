"""Pictures of the dialog of backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.backups.launcher import BackupsLauncher
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _open(window: MainWindow) -> None:
    for child in window.children():
        if isinstance(child, BackupsLauncher):
            child.open()


SCREENS = (Screen("84-backups", (_open,)),)
