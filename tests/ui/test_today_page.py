"""The tab «Сегодня»: numbers, the rows behind them, where they lead, the next start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.models.enums import ActivityStatus, RoadmapMode
from app.models.roadmaps import Activity, Roadmap
from app.services import methodology
from app.services.changes import ChangeSet, Topic
from app.services.clock import local_today
from app.services.journal import undo_last
from app.services.roadmap import set_reminder
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.today.page import TodayPage
from app.ui.startup import Startup
from app.ui.state import WindowState
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

Settle = Callable[[MainWindow], None]


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def late(workspace: Workspace, district: District) -> None:
    """Store a measure that should have been done yesterday."""
    with workspace.database.write() as session:
        session.add(Roadmap(id=1, position=1, mode=RoadmapMode.SIMPLE, title="План"))
        session.flush()
        session.add(
            Activity(
                roadmap_id=1,
                position=1,
                title="Отчёт школ",
                search_key="отчёт школ",
                responsible="РМК",
                status=ActivityStatus.PLANNED,
                term_end=local_today() - timedelta(days=1),
            )
        )


@pytest.fixture
def page(late: None, window: MainWindow) -> TodayPage:
    return cast(TodayPage, window.pages["today"])


def test_it_is_the_first_tab_and_comes_to_the_front(page: TodayPage, window: MainWindow) -> None:
    assert window.current_page() is page
    assert window.top_bar.tabs.tabText(0) == "Сегодня"
    QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model
    )


def test_the_loudest_number_shows_its_rows(page: TodayPage) -> None:
    assert page.tiles["overdue"].isChecked()
    assert [(row.what, row.who, row.note) for row in page.model.rows()] == [
        ("Отчёт школ", "РМК", "опоздание 1 день")
    ]
    assert page.tiles["overdue"].accessibleName() == "Просрочено: 1, требует внимания сейчас"


def test_every_number_opens_its_rows(page: TodayPage) -> None:
    assert page._view is not None
    for tile in page._view.tiles:
        page.tiles[tile.key].click()
        assert page.model.rows() == tile.rows
        assert page.rows.currentWidget() is (page.table if tile.rows else page.calm)
        if tile.number not in ("–", str(len(tile.rows))):
            assert tile.key == "quarantine", "the number and the rows behind it differ"


def test_a_reminder_is_put_off_and_taken_off(
    page: TodayPage, window: MainWindow, settled: Settle, workspace: Workspace
) -> None:
    done = set_reminder(workspace, [1], local_today())
    window.context.bus.publish(done.changes)
    settled(window)
    assert page.later.isHidden()
    page.tiles["reminders"].click()
    assert [(row.what, row.note) for row in page.model.rows()] == [("Отчёт школ", "сегодня")]
    assert not page.later.isHidden()
    week = next(one for one in page.later_menu.actions() if one.data() == 7)
    page.later_menu.triggered.emit(week)
    settled(window)
    assert page.model.rowCount() == 0
    assert page.later.isHidden()
    after = local_today() + timedelta(days=7)
    assert f"{after:%d.%m.%Y}" in page.heading.text()
    undo_last(workspace)
    window.context.bus.publish(done.changes)
    settled(window)
    page.noted.click()
    settled(window)
    with workspace.database.read() as session:
        assert session.get_one(Activity, 1).remind_on is None


def test_a_school_opens_its_card(
    page: TodayPage, window: MainWindow, settled: Settle, district: District
) -> None:
    page.tiles["decisions"].click()
    row = page.model.row_at(0)
    page.table.link_clicked.emit(row, "what", QPoint())
    settled(window)
    front = window.current_page()
    assert front is not None
    assert front.key == "schools"
    assert row.school_id == district.low


def test_a_measure_opens_in_its_roadmap(
    page: TodayPage, window: MainWindow, settled: Settle
) -> None:
    page.tiles["overdue"].click()
    page.table.link_clicked.emit(page.model.row_at(0), "what", QPoint())
    settled(window)
    front = window.current_page()
    assert front is not None
    assert front.key == "roadmap"
    assert front.selected_activities() == (1,)  # type: ignore[attr-defined]


def test_schools_that_owe_open_the_board_with_its_filter(
    page: TodayPage, window: MainWindow, settled: Settle
) -> None:
    page.tiles["missing"].click()
    page.table.doubleClicked.emit(page.model.index(0, 0))
    settled(window)
    front = window.current_page()
    assert front is not None
    assert front.key == "forms"
    assert front.state.value() is True  # type: ignore[attr-defined]


def test_the_numbers_follow_the_data(
    page: TodayPage, window: MainWindow, settled: Settle, workspace: Workspace, district: District
) -> None:
    page.tiles["decisions"].click()
    assert page.model.rowCount() == 1
    methodology.confirm(workspace, 2025, [district.low])
    window.context.bus.publish(ChangeSet.of(Topic.DECISIONS))
    settled(window)
    assert page.tiles["decisions"].isChecked()
    assert page.model.rowCount() == 0
    assert page.rows.currentWidget() is page.calm


def test_the_calendar_and_the_copy(
    page: TodayPage, window: MainWindow, settled: Settle, door: ScriptedDoor, tmp_path: Path
) -> None:
    target = tmp_path / "сроки.ics"
    door.expect("save_file", target)
    page.calendar.click()
    settled(window)
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 1
    page.copy.click()
    settled(window)
    page.tiles["backup"].click()
    assert page.model.rowCount() == 1
    door.expect("run")
    page.table.link_clicked.emit(page.model.row_at(0), "what", QPoint())
    assert door.texts("run") == ["Резервные копии"]


def test_a_new_database_asks_for_the_stick(
    started: Startup, window: MainWindow, qtbot: QtBot, door: ScriptedDoor
) -> None:
    door.expect("open_folder")
    page = cast(TodayPage, window.pages["today"])
    assert page.stack.currentWidget() is page.empty
    with qtbot.waitSignal(window.context.import_wanted) as asked:
        page.empty.chosen.emit()
    assert asked.args == [()]


@pytest.fixture
def starting(look: QApplication) -> Iterator[list[Startup]]:
    """Hold starts whose workers end with the test."""
    made: list[Startup] = []
    yield made
    for startup in made:
        startup.stop()


def test_the_next_start_shows_the_page_before_the_data_is_open(
    page: TodayPage, starting: list[Startup], state: WindowState, workspace: Workspace,
    door: ScriptedDoor, qtbot: QtBot,
) -> None:  # fmt: skip
    def refuse() -> Workspace:
        raise UserError("Нет.")

    door.expect("report")
    again = MainWindow(state)
    qtbot.addWidget(again)
    starting.append(Startup(again, refuse, workspace.database.path))
    with qtbot.waitSignal(starting[0].failed):
        again.show()
    kept = cast(TodayPage, again.pages["today"])
    assert kept.model.rows() == page.model.rows()
    assert not kept.calendar.isEnabled()
