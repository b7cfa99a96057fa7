"""How a page tells the screenshot maker what of it is worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # The window imports its pages' parts; a page that describes its pictures must not import it.
    from app.ui.main_window import MainWindow

Step = Callable[["MainWindow"], None]


class Screen(NamedTuple):
    """A picture: do the steps one by one, wait after each until no task runs, take the window.

    When a step opens a dialog through ``prompts``, the dialog is taken instead and then closed.
    """

    name: str
    """Name of the PNG file without its ending; Latin, two digits first for the order."""
    steps: tuple[Step, ...]
