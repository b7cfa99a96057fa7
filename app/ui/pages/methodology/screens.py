"""Pictures of the dialog «Методика»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _open(window: MainWindow) -> None:
    for action in window.menus.file.actions():
        if action.text() == "Методика…":
            action.trigger()


SCREENS = (Screen("50-methodology", (_open,)),)
