"""Pictures of the dialog of backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services import backup
from app.ui.pages.backups.launcher import BackupsLauncher
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _back_up(window: MainWindow) -> None:
    """Make a copy as the button does, so that there is something to look at."""
    context = window.context
    context.tasks.database.call("Делаю резервную копию", backup.back_up, context.workspace)


def _open(window: MainWindow) -> None:
    for child in window.children():
        if isinstance(child, BackupsLauncher):
            child.open()


SCREENS = (
    Screen("83-backups-none", (_open,)),
    Screen("84-backups", (_back_up, _open)),
)
