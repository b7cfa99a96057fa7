"""From the first paint to the filled table: the kept list, the first look, refusals, bugs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.errors import DatabaseBusy, DatabaseDamaged, OutputError, UserError
from app.models.enums import Category
from app.services.backup import back_up
from app.services.changes import ChangeSet, Topic
from app.services.first_look import first_look
from app.services.workspace import Workspace
from app.ui import crash
from app.ui.main_window import MainWindow
from app.ui.pages.backups.dialog import BackupsDialog
from app.ui.pages.forms.page import FormsPage
from app.ui.pages.schools import snapshot
from app.ui.pages.schools.lines import SchoolLine
from app.ui.screenshots import settle
from app.ui.startup import Startup
from app.ui.state import WindowState
from tests.stored import add_school
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

LINE = SchoolLine(
    1, "СОШ № 1", "СОШ", None, 12, Category.SHNOR, None, 2, "Низкие результаты.", "", "сош 1", ""
)


@pytest.fixture
def starting(look: QApplication, state: WindowState, qtbot: QtBot) -> Iterator[list[Startup]]:
    """Hold starts whose workers end with the test."""
    made: list[Startup] = []
    yield made
    for startup in made:
        startup.stop()


def begin(
    starting: list[Startup],
    state: WindowState,
    database: Path,
    error: Exception,
    qtbot: QtBot,
    told: str | UserError = "",
) -> Startup:
    """Start a window whose data cannot be opened."""

    def refuse() -> Workspace:
        raise error

    window = MainWindow(state)
    qtbot.addWidget(window)
    starting.append(Startup(window, refuse, database))
    starting[0].tell_when_ready(told)
    with qtbot.waitSignal(starting[0].failed):
        window.show()
    return starting[0]


def test_the_window_is_told_of_its_paint_once(
    look: QApplication, state: WindowState, qtbot: QtBot
) -> None:
    window = MainWindow(state)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    with qtbot.assertNotEmitted(window.painted):
        window.repaint()


def test_no_menu_is_open_before_somebody_answers_to_it(
    look: QApplication,
    starting: list[Startup],
    state: WindowState,
    workspace: Workspace,
    qtbot: QtBot,
) -> None:
    """The window answers to the person between the parts of its start."""
    window = MainWindow(state)
    qtbot.addWidget(window)
    starting.append(Startup(window, lambda: workspace, workspace.database.path))
    counts: set[int] = set()
    answered: set[bool] = set()

    def look_at() -> None:
        counts.add(len(window.pages))
        if len(window.pages) > 2 and not window.top_bar.load.isEnabled():
            menus = window.menus
            actions = (menus.open_folder, menus.undo, menus.refresh, menus.page_help, menus.about)
            answered.update(one.isEnabled() for one in actions)

    turns = QTimer(window)
    turns.timeout.connect(look_at)
    with qtbot.waitSignal(starting[0].ready):
        turns.start(0)
        window.show()
    settle(window)
    assert {2, 11} <= counts
    assert answered == {False}
    assert window.menus.about.isEnabled()
    assert window.menus.open_folder.isEnabled()


def test_a_page_is_made_when_it_is_first_asked_for(district: District, started: Startup) -> None:
    """All at once they would hold the window for a second, and be read with every change."""
    window = started._window
    assert [page.key for page in window.pages.made()] == ["today", "schools"]
    assert len(window.pages) == 11
    for number, key in enumerate(window.pages):
        assert window.top_bar.tabs.tabData(number) == key
        window.show_page(key)
        settle(window)
        page = window.current_page()
        assert page is not None
        assert (page.key, page.title) == (key, window.top_bar.tabs.tabText(number))
    made = window.pages.made()
    assert {page.key for page in made} == set(window.pages)
    assert all(window.pages[page.key] is page for page in made)


def test_a_page_that_nobody_looked_at_is_made_with_what_a_change_left(
    district: District, started: Startup, workspace: Workspace
) -> None:
    add_school(workspace, "Новая школа")
    started._window.context.bus.publish(ChangeSet.of(Topic.SCHOOLS))
    settle(started._window)
    assert not started._window.pages.is_made("forms")
    forms = cast(FormsPage, started._window.pages["forms"])
    settle(started._window)
    assert "Новая школа" in [row.school for row in forms.model.all_rows()]


@pytest.mark.parametrize("key", ["results", "forms"])
def test_work_begins_on_a_page_once_it_is_read(
    district: District, started: Startup, key: str
) -> None:
    """It is made and entered before there is anything on it."""
    window = started._window
    window.activateWindow()
    window.show_page(key)
    settle(window)
    _, work = window.pages[key].focus_places()
    assert work is not None
    assert window.focusWidget() is work


def test_who_went_on_while_a_page_was_read_is_not_fetched_back(
    district: District, started: Startup
) -> None:
    window = started._window
    window.activateWindow()
    window.show_page("results")
    window.top_bar.search.setFocus()
    settle(window)
    assert window.focusWidget() is window.top_bar.search


def test_the_status_bar_names_the_database_and_the_last_load(
    district: District, started: Startup, workspace: Workspace
) -> None:
    status = started._window.status
    assert str(workspace.database.path) in status.database.text()
    assert "стик" in status.last_import.text()


def test_a_busy_database_is_told_and_ends_the_program(
    starting: list[Startup],
    state: WindowState,
    database_path: Path,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    door.expect("report")
    error = DatabaseBusy("База уже открыта в другом окне.", "Закройте его.")
    startup = begin(starting, state, database_path, error, qtbot)
    assert startup.exit_code == 2
    assert door.texts("report") == ["База уже открыта в другом окне. Закройте его."]


def test_a_damaged_database_gives_way_to_a_chosen_copy(
    starting: list[Startup],
    state: WindowState,
    workspace: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    copy = back_up(workspace).path
    workspace.database.close()
    workspace.database.path.write_bytes(b"torn")
    error = DatabaseDamaged("Файл базы повреждён.", "Восстановите.")

    def choose(dialog: QDialog) -> bool:
        shown = cast(BackupsDialog, dialog)
        qtbot.waitUntil(lambda: shown.restore.isEnabled())
        assert shown.make.isHidden(), "nothing is open that could be copied"
        shown.restore.click()
        return True

    door.expect("ask", True)
    door.expect("run", choose)
    door.expect("ask", True)
    startup = begin(starting, state, workspace.database.path, error, qtbot)
    assert startup._window.restore_from == copy
    assert door.texts("ask")[0] == "Файл базы повреждён."


def test_a_damaged_database_may_be_left_as_it_is(
    starting: list[Startup],
    state: WindowState,
    database_path: Path,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    door.expect("report")
    door.expect("ask", False)
    error = DatabaseDamaged("Файл базы повреждён.", "Восстановите.")
    failed = OutputError("Копия не легла на место.", "Проверьте диск.")
    startup = begin(starting, state, database_path, error, qtbot, told=failed)
    assert (startup.exit_code, startup._window.restore_from) == (2, None)
    assert door.texts("report") == ["Копия не легла на место. Проверьте диск."]


@pytest.mark.expects_log("app.ui.tasks.runner")
def test_a_bug_while_opening_ends_the_program(
    starting: list[Startup], state: WindowState, database_path: Path, qtbot: QtBot
) -> None:
    startup = begin(starting, state, database_path, ZeroDivisionError(), qtbot)
    assert startup.exit_code == 2
    assert isinstance(startup.failure, ZeroDivisionError)


def test_the_list_of_the_last_time_stands_before_the_data_is_open(
    starting: list[Startup],
    state: WindowState,
    database_path: Path,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    kept = state.folder / "first-list.json"
    snapshot.save(kept, snapshot.stamp(database_path), 2025, [LINE])
    door.expect("report")
    startup = begin(starting, state, database_path, UserError("Нет."), qtbot)
    assert startup.first is not None
    assert startup.first.page.model.rows() == (LINE,)
    assert startup._window.top_bar.year.currentText() == "2025"


def test_the_list_is_kept_for_the_next_start(
    district: District, started: Startup, state: WindowState, workspace: Workspace
) -> None:
    kept = snapshot.load(state.folder / "first-list.json", workspace.database.path)
    assert kept is not None
    assert started.first is not None
    assert kept.lines == started.first.page.model.all_rows()
    assert kept.year == 2025


def test_a_changed_database_is_never_shown_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    path, database = tmp_path / "kept.json", workspace.database.path
    snapshot.save(path, snapshot.stamp(database), 2025, [LINE])
    assert snapshot.load(path, database) == snapshot.Snapshot(2025, (LINE,))
    add_school(workspace, "Новая школа")
    assert snapshot.load(path, database) is None


def test_a_change_cut_short_hides_the_kept_list(workspace: Workspace, tmp_path: Path) -> None:
    path, database = tmp_path / "kept.json", workspace.database.path
    snapshot.save(path, snapshot.stamp(database), 2025, [LINE])
    journal = database.with_name(database.name + "-journal")
    journal.write_bytes(b"x")
    assert snapshot.load(path, database) is None
    journal.unlink()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"stamp": null}', '{"stamp": [1], "lines": 5}'])
def test_a_damaged_copy_is_no_copy(tmp_path: Path, database_path: Path, text: str) -> None:
    path = tmp_path / "kept.json"
    path.write_text(text, encoding="utf-8")
    assert snapshot.load(path, database_path) is None


def test_the_first_look_names_the_schools_without_categories(
    workspace: Workspace,
    starting: list[Startup],
    state: WindowState,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    add_school(workspace, "СОШ № 15", kind="СОШ", pupils=7)
    add_school(workspace, "СОШ № 2")
    door.expect("report")
    startup = begin(starting, state, workspace.database.path, UserError("Нет."), qtbot)
    assert startup.first is not None
    shown = startup.first.page.model.rows()
    assert [line.name for line in shown] == ["СОШ № 2", "СОШ № 15"]
    category = next(c for c in startup.first.page.model.columns if c.key == "category")
    assert category.display(shown[0]) == ""


def test_the_first_look_leaves_what_it_cannot_read_to_the_real_start(tmp_path: Path) -> None:
    assert first_look(tmp_path / "нет.db") == ()
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database" * 100)
    assert first_look(broken) == ()
    assert broken.read_bytes() == b"not a database" * 100
    assert not (tmp_path / "нет.db").exists()


@pytest.fixture
def hook(window: MainWindow) -> Iterator[crash.CrashHook]:
    old = sys.excepthook
    yield crash.install(window)
    sys.excepthook = old


@pytest.mark.expects_log("app.ui.crash")
def test_a_bug_shows_where_the_log_is_and_loses_nothing(
    hook: crash.CrashHook, door: ScriptedDoor, caplog: pytest.LogCaptureFixture
) -> None:
    door.expect("ask", True)
    door.expect("reveal")
    error = ZeroDivisionError("values of a school")
    hook(ZeroDivisionError, error, None)
    assert "сохранено" in door.texts("ask")[0]
    assert "Traceback" not in door.texts("ask")[0]
    assert "escaped" in caplog.text


def test_a_failure_to_mend_that_escapes_is_told_as_one(
    hook: crash.CrashHook, door: ScriptedDoor
) -> None:
    door.expect("report")
    hook(UserError, UserError("Нет места на диске.", "Освободите место."), None)
    assert door.texts("report") == ["Нет места на диске. Освободите место."]


def test_settling_waits_for_everything(district: District, started: Startup) -> None:
    started.workbench.reload()
    assert started._window.tasks.open_tasks()
    settle(started._window)
    assert not started._window.tasks.open_tasks()
