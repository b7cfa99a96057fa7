"""Pictures of the page «Факторы риска» and of its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.ui.pages.risks.page import GAPS, MATRIX, PAPERS, RisksPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> RisksPage:
    return cast(RisksPage, window.pages[RisksPage.key])


def _show(window: MainWindow) -> None:
    window.show_page(RisksPage.key)
    _page(window).views.choose(MATRIX)


def _mark(window: MainWindow) -> None:
    """Fill a few cells as a person would paste them."""
    page = _page(window)
    page.grid.select_cell(0, 2)
    page.grid.paste_text(
        "В А П\tС\tВ А П\t0\t0\tС А\t0\t-\tВ А П\tН\r\n0\tВ А\tВ А П\t0\tН\tВ А П\t0\t-\tС\t0"
    )


def _papers(window: MainWindow) -> None:
    window.show_page(RisksPage.key)
    _page(window).views.choose(PAPERS)


def _paper(window: MainWindow) -> None:
    _page(window).papers.added.emit()


def _gaps(window: MainWindow) -> None:
    window.show_page(RisksPage.key)
    _page(window).views.choose(GAPS)


def _resolve(window: MainWindow) -> None:
    page = _page(window)
    page.grid.select_cell(0, 2)
    page.grid.asked.emit()


def _factor(window: MainWindow) -> None:
    _page(window).own.click()


SCREENS = (
    Screen("90-risks", (_show, _mark)),
    Screen("91-risks-resolve", (_show, _resolve)),
    Screen("92-risks-factor", (_show, _factor)),
    Screen("93-risks-papers", (_papers,)),
    Screen("94-risks-paper", (_papers, _paper)),
    Screen("95-risks-gaps", (_gaps,)),
)
