"""Pictures of the dialog «Методика», one for each of its tabs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.pages.methodology.launcher import MethodologyLauncher
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_TABS = ("", "-procedures", "-isb", "-clusters", "-basis")


def _open(tab: int, window: MainWindow) -> None:
    for child in window.children():
        if isinstance(child, MethodologyLauncher):
            child.open_at(tab)


SCREENS = tuple(
    Screen(f"5{tab}-methodology{name}", (partial(_open, tab),)) for tab, name in enumerate(_TABS)
)
