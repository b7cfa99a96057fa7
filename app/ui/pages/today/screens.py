"""Pictures of the page «Сегодня»."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.ui.pages.today.page import TodayPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> TodayPage:
    return cast(TodayPage, window.pages[TodayPage.key])


def _show(window: MainWindow) -> None:
    window.show_page(TodayPage.key)


def _missing(window: MainWindow) -> None:
    _page(window).choose("missing")


def _overdue(window: MainWindow) -> None:
    _page(window).choose("overdue")


def _reminders(window: MainWindow) -> None:
    _page(window).choose("reminders")


SCREENS = (
    Screen("05-today", (_show,)),
    Screen("06-today-missing", (_show, _missing)),
    Screen("07-today-overdue", (_show, _overdue)),
    # The roadmap that the pictures before this one put in asks to be reminded of two activities.
    Screen("79-today-reminders", (_show, _reminders)),
)
