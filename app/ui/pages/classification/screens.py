"""Pictures of the page «Классификация»."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.models.enums import Category
from app.ui.pages.classification.page import ClassificationPage
from app.ui.screen import Screen
from app.ui.theme.metrics import MARGIN

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _open(window: MainWindow) -> None:
    for action in window.menus.view.actions():
        if action.text() == "Классификация":
            action.trigger()


def _page(window: MainWindow) -> ClassificationPage:
    return cast(ClassificationPage, window.pages["classification"])


def _worst(window: MainWindow) -> None:
    page = _page(window)
    for line in page.model.rows():
        if line.in_force is Category.SHNOR:
            page.table.select_key(line.id)
            return


def _scroll(window: MainWindow) -> None:
    bar = _page(window).panel.verticalScrollBar()
    bar.setValue(bar.maximum())


def _signals(window: MainWindow) -> None:
    panel = _page(window).panel
    panel.signals.more.click()
    panel.verticalScrollBar().setValue(panel.signals.y() - MARGIN)


def _protocol(window: MainWindow) -> None:
    _page(window).protocol.click()


def _close(window: MainWindow) -> None:
    _page(window).close_button.click()


SCREENS = (
    Screen("17-classification", (_open, _worst)),
    Screen("18-classification-below", (_open, _worst, _scroll)),
    Screen("18-classification-signals", (_open, _worst, _signals)),
    Screen("19-protocol", (_open, _protocol)),
    Screen("20-classification-closed", (_close,)),
)
