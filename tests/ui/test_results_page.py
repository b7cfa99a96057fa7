"""The tab «Результаты»: filters, marks, sources, and the file it saves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.models.enums import AssessmentKind
from app.ui.itemmodels import Role
from app.ui.main_window import MainWindow
from app.ui.pages.results.columns import RESULTS
from app.ui.pages.results.page import ResultsPage
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.widgets.bars import Choice
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

KEYS = [column.key for column in RESULTS]


@pytest.fixture
def window(district: District, started: Startup) -> MainWindow:
    started._window.show_page("results")
    settle(started._window)
    return started._window


@pytest.fixture
def page(window: MainWindow) -> ResultsPage:
    found = window.pages["results"]
    assert isinstance(found, ResultsPage)
    return found


def pick(choice: Choice, value: object) -> None:
    choice.choose(value)
    assert choice.value() == value
    choice.picked.emit()


def column(page: ResultsPage, key: str) -> list[str]:
    return [page.model.index(n, KEYS.index(key)).data() for n in range(page.model.rowCount())]


def test_the_year_of_the_window_is_shown(page: ResultsPage) -> None:
    assert set(column(page, "year")) == {"2025"}
    assert page.model.rowCount() == 5
    assert page.note.text() == "5 результатов"


def test_all_years_can_be_seen_together(page: ResultsPage, window: MainWindow) -> None:
    pick(page.year, None)
    settle(window)
    assert sorted(set(column(page, "year"))) == ["2024", "2025"]


def test_the_year_follows_the_window(page: ResultsPage, window: MainWindow) -> None:
    window.context.set_year(2024)
    settle(window)
    assert column(page, "year") == ["2024"]
    assert page.year.value() == 2024


def test_numbers_are_written_with_a_comma(page: ResultsPage) -> None:
    pick(page.subject, "Русский язык")
    assert column(page, "percent_below") == ["4,2", "45,5"]
    assert column(page, "quality") == ["58,3", "27,3"]


def test_low_results_are_marked_by_the_rules_of_their_year(page: ResultsPage) -> None:
    pick(page.low, True)
    marks = [
        page.model.index(n, KEYS.index("percent_below")).data(Role.MARK)
        for n in range(page.model.rowCount())
    ]
    assert dict(zip(column(page, "subject"), [mark.meaning for mark in marks], strict=True)) == {
        "История": "низкий результат, методикой не учитывается",
        "Математика": "низкий результат",
        "Русский язык": "низкий результат",
    }


def test_filters_work_together(page: ResultsPage, district: District) -> None:
    pick(page.kind, AssessmentKind.VPR)
    pick(page.grade, 5)
    pick(page.school, district.fine)
    pick(page.subject, "Математика")
    assert column(page, "school") == ["МБОУ СОШ № 2"]
    pick(page.kind, AssessmentKind.EGE)
    assert page.lists.currentWidget() is page.empty
    page.empty.chosen.emit()
    assert page.model.rowCount() == 5


def test_schools_sort_by_their_numbers(page: ResultsPage) -> None:
    pick(page.subject, "Математика")
    page.table.sortByColumn(KEYS.index("school"), Qt.SortOrder.AscendingOrder)
    assert column(page, "school") == ["МБОУ СОШ № 2", "МБОУ СОШ № 15"]


def test_a_block_of_numbers_is_copied_for_excel(page: ResultsPage) -> None:
    pick(page.subject, "Русский язык")
    row = page.model.find(page.model.rows()[1].row.id)
    assert row is not None
    page.table.setCurrentIndex(page.model.index(row, KEYS.index("percent_below")))
    page.table.copy()
    assert QGuiApplication.clipboard().text() == "45,5"


def test_a_number_leads_to_its_cell(
    page: ResultsPage, window: MainWindow, started: Startup
) -> None:
    pick(page.subject, "Русский язык")
    page.table.clicked.emit(page.model.index(0, KEYS.index("participants")))
    settle(window)
    popup = started.workbench.results._sources.popup
    assert popup.isVisible()
    popup.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "ячейка C11" in text
    assert "Участников" in text


def test_saving_writes_the_results_of_the_year(
    page: ResultsPage, window: MainWindow, door: ScriptedDoor, tmp_path: Path
) -> None:
    target = tmp_path / "итоги.json"
    door.expect("save_file", target)
    page.export.click()
    settle(window)
    rows = json.loads(target.read_text(encoding="utf-8"))
    assert {row["year"] for row in rows} == {2025}
    assert len(rows) == 5
    assert str(target) in window.status.currentMessage()


def test_a_file_that_cannot_be_written_is_told(
    page: ResultsPage, window: MainWindow, door: ScriptedDoor, tmp_path: Path
) -> None:
    door.expect("save_file", tmp_path / "нет" / "такой папки" / "итоги.xlsx")
    door.expect("report")
    page.export.click()
    settle(window)
    assert door.texts("report")[0]


def test_changing_ones_mind_saves_nothing(
    page: ResultsPage, door: ScriptedDoor, qtbot: QtBot
) -> None:
    door.expect("save_file", None)
    page.export.click()
    assert door.texts("save_file") == ["Сохранить результаты"]
