"""Pictures of the page «Сбор сведений» and of its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.ui.pages.forms.page import FormsPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> FormsPage:
    return cast(FormsPage, window.pages[FormsPage.key])


def _show(window: MainWindow) -> None:
    window.show_page(FormsPage.key)


def _blanks(window: MainWindow) -> None:
    _page(window).blanks.click()


def _reminder(window: MainWindow) -> None:
    _page(window).reminder.click()


def _excuse(window: MainWindow) -> None:
    page = _page(window)
    page.table.select_key(page.model.row_at(0).school_id)
    page.excuse.click()


SCREENS = (
    Screen("60-forms", (_show,)),
    Screen("61-forms-blanks", (_show, _blanks)),
    Screen("62-forms-reminder", (_show, _reminder)),
    Screen("63-forms-excuse", (_show, _excuse)),
)
