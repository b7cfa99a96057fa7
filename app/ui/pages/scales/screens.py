"""Pictures of the dialog of scales and minimum scores."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.services import scales
from app.ui import prompts
from app.ui.pages.scales.launcher import ScalesLauncher
from app.ui.pages.scales.recount_dialog import RecountDialog
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _open(tab: int, window: MainWindow) -> None:
    for child in window.children():
        if isinstance(child, ScalesLauncher):
            child.open_at(tab)


def _recount(window: MainWindow) -> None:
    """Show what a higher minimum of the ЕГЭ would change; nothing is stored."""
    context = window.context
    known = scales.in_force(context.workspace)
    higher = tuple(replace(one, score=one.score + 15) for one in known.minimums if not one.mark)
    found = scales.preview_recount(context.workspace, replace(known, minimums=higher))
    prompts.run(RecountDialog(window, found, context.state))


SCREENS = (
    Screen("55-scales", (partial(_open, 0),)),
    Screen("56-minimums", (partial(_open, 1),)),
    Screen("57-recount", (_recount,)),
)
