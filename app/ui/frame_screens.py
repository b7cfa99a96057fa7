"""Pictures of the frame: help, a question, a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import UserError
from app.ui import prompts
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _help(window: MainWindow) -> None:
    window.menus.page_help.trigger()


def _about(window: MainWindow) -> None:
    window.menus.about.trigger()


def _layouts(window: MainWindow) -> None:
    window.menus.layouts.trigger()


def _failure(window: MainWindow) -> None:
    prompts.report(
        window,
        UserError(
            "Файл «Реестр школ.xlsx» открыт в другой программе.",
            "Закройте его и повторите загрузку.",
        ),
    )


def _view_menu(window: MainWindow) -> None:
    window.show_page("schools")


SCREENS = (
    Screen("80-help", (_view_menu, _help)),
    Screen("81-about", (_about,)),
    Screen("82-failure", (_failure,)),
    Screen("83-layouts", (_layouts,)),
)
