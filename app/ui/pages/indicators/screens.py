"""Pictures of the page «Показатели»."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.services import indicators, programmes
from app.services.importing import plain_grid, read_draft
from app.services.indicators import FieldEdit
from app.services.workspace import Workspace
from app.ui.pages.indicators.page import IndicatorsPage
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_HEAD = [
    "№",
    "Наименование показателя",
    "Ед. изм.",
    "Базовое",
    "2025 план",
    "2025 факт",
    "2026 план",
]
_EXAMPLE = [
    _HEAD,
    ["1", "Динамика результатов", "", "", "", "", ""],
    ["1.1", "Доля ШНОР с положительной динамикой результатов", "%", "40", "50", "", "60"],
    ["1.2", "Доля участников, не преодолевших порог", "%", "20", "18", "", "15"],
    ["2", "Адресная поддержка", "", "", "", "", ""],
    ["2.1", "Доля школ, охваченных адресной помощью", "%", "30", "25", "", "80"],
    ["2.2", "Доля педагогов, прошедших обучение", "%", "98", "90", "не менее 95", "98"],
    ["2.3", "Число школ в сетевых группах", "ед.", "2", "4", "+", "6"],
]
_TITLE = "Поддержка школ, 2025–2026"
_FORMULAS = {"1.1": "positive_dynamics", "1.2": "below_threshold", "2.1": "supported"}


def _page(window: MainWindow) -> IndicatorsPage:
    return cast(IndicatorsPage, window.pages[IndicatorsPage.key])


def _show(window: MainWindow) -> None:
    window.show_page(IndicatorsPage.key)


def _fill(window: MainWindow) -> None:
    """Put an example into the database of the pictures, if it holds no programme of its own."""
    workspace = window.context.workspace
    task = window.tasks.database.call("Готовлю пример", example, workspace)
    task.done.connect(window.context.bus.publish)


def example(workspace: Workspace) -> object:
    """Store an imaginary programme; return what changed."""
    draft = read_draft(plain_grid(_EXAMPLE))
    if draft is None:
        raise ValueError("the example is no table of indicators")
    stored = indicators.store_draft(workspace, draft, _TITLE)
    table = indicators.indicator_table(workspace, stored.programme_id)
    indicators.edit(
        workspace,
        [
            FieldEdit(row.id, "formula", _FORMULAS[row.number])
            for row in table.rows
            if row.number in _FORMULAS
        ],
    )
    return stored.changes


def _choose(window: MainWindow) -> None:
    """Show the example: other pictures bring programmes of their own."""
    known = programmes.list_programmes(window.context.workspace)
    _page(window).programme_wanted.emit(next(one.id for one in known if one.title == _TITLE))


def _cell(window: MainWindow, number: str) -> None:
    page = _page(window)
    rows = page.table.rows if page.table else ()
    page.show_cell(next(row.id for row in rows if row.number == number), None)


def _counted(window: MainWindow) -> None:
    _cell(window, "1.2")


def _chart(window: MainWindow) -> None:
    _cell(window, "2.2")


def _findings(window: MainWindow) -> None:
    _page(window).check.setChecked(True)


def _fold(window: MainWindow) -> None:
    _page(window).fold.setChecked(False)
    _page(window).check.setChecked(False)


def _unfold(window: MainWindow) -> None:
    _page(window).fold.setChecked(True)


def _accept(window: MainWindow) -> None:
    _page(window).accept_all.click()


def _by_halves(window: MainWindow) -> None:
    _page(window).by_halves.setChecked(True)


def _by_years(window: MainWindow) -> None:
    _page(window).by_halves.setChecked(False)


SCREENS = (
    Screen("70-indicators-empty", (_show,)),
    Screen("71-indicators-counted", (_fill, _show, _choose, _counted)),
    Screen("72-indicators-findings", (_show, _chart, _findings)),
    Screen("73-indicators-wide", (_show, _fold)),
    Screen("73a-indicators-halves", (_by_halves, _fold)),
    Screen("74-indicators-accept", (_by_years, _unfold, _accept)),
)
