"""Pictures of the page «Результаты»."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.ui.pages.results.page import ResultsPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> ResultsPage:
    return cast(ResultsPage, window.pages["results"])


def _show(window: MainWindow) -> None:
    window.show_page("results")


def _low(window: MainWindow) -> None:
    page = _page(window)
    page.low.choose(True)
    page.low.picked.emit()


def _all(window: MainWindow) -> None:
    page = _page(window)
    page.low.choose(None)
    page.low.picked.emit()


SCREENS = (
    Screen("20-results", (_show,)),
    Screen("21-results-low", (_show, _low)),
    Screen("22-results-all", (_all,)),
)
