"""Pictures of the dialog of scales and minimum scores."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.pages.scales.launcher import ScalesLauncher
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _open(tab: int, window: MainWindow) -> None:
    for child in window.children():
        if isinstance(child, ScalesLauncher):
            child.open_at(tab)


SCREENS = (
    Screen("55-scales", (partial(_open, 0),)),
    Screen("56-minimums", (partial(_open, 1),)),
)
