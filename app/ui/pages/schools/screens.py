"""Pictures of the page «Школы»."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.models.enums import Category
from app.ui.pages.schools.page import SchoolsPage
from app.ui.screen import Screen
from app.ui.theme.metrics import MARGIN

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> SchoolsPage:
    return cast(SchoolsPage, window.pages["schools"])


def _show(window: MainWindow) -> None:
    window.show_page("schools")


def _worst(window: MainWindow) -> None:
    page = _page(window)
    for line in page.model.rows():
        if line.category is Category.SHNOR:
            page.table.select_key(line.id)
            return


def _fold(window: MainWindow) -> None:
    _page(window).fold.setChecked(False)


def _unfold(window: MainWindow) -> None:
    _page(window).fold.setChecked(True)


def _nothing_found(window: MainWindow) -> None:
    _page(window).search.setText("нет такой школы")


def _everything(window: MainWindow) -> None:
    _page(window).search.clear()


def _confirm_all(window: MainWindow) -> None:
    _page(window).confirm_all.click()


def _override(window: MainWindow) -> None:
    content = _page(window).panel.content
    if content is not None:
        content.override.click()


def _print(window: MainWindow) -> None:
    content = _page(window).panel.content
    if content is not None:
        content.paper.click()


def _identity(window: MainWindow) -> None:
    content = _page(window).panel.content
    if content is not None:
        content.identity.click()


def _pictures(window: MainWindow) -> None:
    content = _page(window).panel.content
    if content is not None:
        content.verticalScrollBar().setValue(content.bars.y() - MARGIN)


def _signals(window: MainWindow) -> None:
    content = _page(window).panel.content
    if content is not None:
        content.ensureWidgetVisible(content.signals, 0, MARGIN)


def _number(window: MainWindow) -> None:
    content = _page(window).panel.content
    if content is not None:
        cells = content.results_model
        content.results.clicked.emit(cells.index(0, cells.columnCount() - 1))


SCREENS = (
    Screen("10-schools", (_show,)),
    Screen("11-school-card", (_show, _worst)),
    Screen("11-school-card-pictures", (_show, _worst, _pictures)),
    Screen("11-school-card-signals", (_show, _worst, _signals)),
    Screen("12-schools-source", (_show, _worst, _number)),
    Screen("13-schools-wide", (_show, _fold)),
    Screen("14-schools-nothing-found", (_unfold, _nothing_found)),
    Screen("15-confirm-all", (_everything, _confirm_all)),
    Screen("16-override", (_worst, _override)),
    Screen("16-print-card", (_worst, _print)),
    Screen("17-school-names-and-codes", (_worst, _identity)),
)
