"""Pictures of the page «Результаты»."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.services import analysis
from app.services.analysis import Field, Layout, Level, Measure
from app.ui import prompts
from app.ui.pages.results.levels_dialog import LevelsDialog
from app.ui.pages.results.page import ResultsPage, View
from app.ui.pages.results.picture_choice import Picture
from app.ui.pages.results.rule_dialog import RuleDialog
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def _page(window: MainWindow) -> ResultsPage:
    return cast(ResultsPage, window.pages["results"])


def _show(window: MainWindow) -> None:
    window.show_page("results")
    _page(window).show_view(View.LIST)


def _low(window: MainWindow) -> None:
    page = _page(window)
    page.low.choose(True)
    page.low.picked.emit()


def _all(window: MainWindow) -> None:
    page = _page(window)
    page.low.choose(None)
    page.low.picked.emit()


def _pivot(window: MainWindow) -> None:
    window.show_page("results")
    _page(window).show_view(View.PIVOT)


def _behind(window: MainWindow) -> None:
    table = _page(window).pivot.table
    table.clicked.emit(table.model().index(0, 1))


def _two_fields(window: MainWindow) -> None:
    _page(window).pivot_bar.choose(
        Layout((Field.PROCEDURE, Field.YEAR), (Field.KIND,), Measure.QUALITY)
    )
    _page(window).pivot_bar.changed.emit()


def _by_school(window: MainWindow) -> None:
    _page(window).pivot_bar.choose(Layout((Field.SCHOOL,), (Field.YEAR,), Measure.BELOW))
    _page(window).pivot_bar.changed.emit()


def _by_procedure(window: MainWindow) -> None:
    _page(window).pivot_bar.choose(Layout((Field.SCHOOL,), (Field.PROCEDURE,), Measure.BELOW))
    _page(window).pivot_bar.changed.emit()


def _draw(window: MainWindow, picture: Picture, *, grey: bool = False) -> None:
    page = _page(window)
    window.show_page("results")
    page.show_view(View.PICTURE)
    page.pictures.kind.setCurrentIndex(list(Picture).index(picture))
    page.pictures.grey.setChecked(grey)
    page.pictures.changed.emit()


def _bars(window: MainWindow) -> None:
    _by_school(window)
    _draw(window, Picture.BARS)


def _heat(window: MainWindow) -> None:
    _by_procedure(window)
    _draw(window, Picture.HEAT)


def _marks(window: MainWindow) -> None:
    _draw(window, Picture.MARKS, grey=True)


def _years(window: MainWindow) -> None:
    _by_school(window)
    _draw(window, Picture.YEARS)


def _scores(window: MainWindow) -> None:
    _draw(window, Picture.SCORES)


def _subjects(window: MainWindow) -> None:
    _page(window).show_view(View.SUBJECTS)


def _school(window: MainWindow) -> None:
    page = _page(window)
    page.show_view(View.SCHOOL)
    page.school.setCurrentIndex(1)
    page.school.picked.emit()


def _lower(window: MainWindow) -> None:
    bar = _page(window).school_report.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _rule(window: MainWindow) -> None:
    dialog = RuleDialog(window, analysis.shipped_similar_rule())
    prompts.run(dialog)
    dialog.deleteLater()


def _levels(window: MainWindow) -> None:
    codes = [str(number) for number in range(1, 16)]
    known = {"1": Level.BASIC, "15": Level.ADVANCED}
    dialog = LevelsDialog(window, "ВПР, математика, 5 класс, 2025 год", codes, known)
    prompts.run(dialog)
    dialog.deleteLater()


def _leave(window: MainWindow) -> None:
    """The pictures that follow see the page as it was."""
    page = _page(window)
    page.school.choose(None)
    page.school.picked.emit()
    page.show_view(View.LIST)


SCREENS = (
    Screen("20-results", (_show,)),
    Screen("21-results-low", (_show, _low)),
    Screen("22-results-all", (_all,)),
    Screen("23-results-pivot", (_pivot, _by_school)),
    Screen("23a-results-behind", (_pivot, _by_school, _behind)),
    Screen("23b-results-pivot-two", (_pivot, _two_fields)),
    Screen("24-results-bars", (_bars,)),
    Screen("24a-results-heat", (_heat,)),
    Screen("24b-results-marks-grey", (_marks,)),
    Screen("24c-results-years", (_years,)),
    Screen("24d-results-scores", (_scores,)),
    Screen("24e-results-subjects", (_subjects,)),
    Screen("25-results-school", (_school,)),
    Screen("25a-results-school-end", (_school, _lower)),
    Screen("25b-results-similar-rule", (_school, _rule)),
    Screen("25c-results-task-levels", (_school, _levels)),
    Screen("25d-results-again", (_leave,)),
)
