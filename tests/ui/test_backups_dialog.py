"""The dialog «Резервные копии»: what is in a copy is seen first, then the window gives way."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.errors import DatabaseError, UserError
from app.paths import backup_dir
from app.services import backup, settings
from app.services.backup import back_up
from app.services.workspace import Workspace
from app.ui import application
from app.ui.application import Ended
from app.ui.main_window import MainWindow
from app.ui.pages.backups.dialog import BackupsDialog
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.documents.test_order import DETAILS
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District


@pytest.fixture
def window(district: District, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> BackupsDialog:
    """Return the dialog over the district, filled."""
    made = BackupsDialog(window.context, window.context.workspace.database.path)
    qtbot.addWidget(made)
    made.show()
    settle(window)
    return made


def test_without_copies_the_next_step_is_told_and_taken(
    dialog: BackupsDialog, window: MainWindow, qtbot: QtBot
) -> None:
    assert "Сделайте первую" in dialog.what.text()
    assert not dialog.restore.isEnabled()
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    settle(window)
    assert dialog.model.rowCount() == 1
    assert "Школы: 3" in dialog.what.text()
    assert dialog.restore.isEnabled()


def test_a_damaged_copy_cannot_be_put_in_place(
    dialog: BackupsDialog, window: MainWindow, door: ScriptedDoor, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.db"
    torn.write_bytes(b"SQLite format 3\x00 and nothing else")
    door.expect("open_files", (torn,))
    dialog.other.click()
    settle(window)
    assert dialog.title.text() == "Копия «torn.db»"
    assert str(torn) in dialog.what.text()
    assert not dialog.restore.isEnabled()


def test_a_refused_question_changes_nothing(
    dialog: BackupsDialog, window: MainWindow, door: ScriptedDoor
) -> None:
    dialog.make.click()
    settle(window)
    door.expect("ask", False)
    dialog.restore.click()
    assert dialog.chosen is None
    assert dialog.isVisible()


@pytest.mark.parametrize("closes", [True, False])
def test_a_chosen_copy_closes_the_window_unless_work_keeps_it(
    window: MainWindow,
    started: Startup,
    workspace: Workspace,
    door: ScriptedDoor,
    closes: bool,
) -> None:
    made = back_up(workspace)

    def choose(dialog: QDialog) -> bool:
        settle(window)
        cast(BackupsDialog, dialog).restore.click()
        return True

    window.may_close.append(lambda: closes)
    door.expect("run", choose)
    door.expect("ask", True)
    started.workbench.backups.open()
    assert window.restore_from == (made.path if closes else None)
    assert window.isVisible() is not closes


def test_rows_of_the_home_page_lead_to_the_dialog(
    window: MainWindow, started: Startup, door: ScriptedDoor
) -> None:
    door.expect("run", False)
    started.workbench._open_backups(None)
    assert door.texts("run") == ["Резервные копии"]


def test_the_copy_is_put_in_place_between_two_windows(
    monkeypatch: pytest.MonkeyPatch, database_path: Path
) -> None:
    """The first window changes the data and asks for the copy, the second one has it back."""
    seen: list[str | UserError] = []
    places: list[str | None] = []

    def run(enter: object, database: Path, told: str | UserError) -> Ended:
        seen.append(told)
        workspace: Workspace = enter()  # type: ignore[operator]
        office = settings.office(workspace)
        places.append(office.place if office else None)
        if len(seen) > 1:
            return Ended(0)
        copy = back_up(workspace).path
        settings.save_office(workspace, DETAILS)
        return Ended(0, copy)

    monkeypatch.setattr(application, "run", run)
    assert bootstrap.open_window(database_path) == 0
    assert places == [None, None]
    assert seen[0] == ""
    assert "восстановлена из копии" in str(seen[1])


def test_a_copy_that_cannot_be_put_in_place_is_told_by_the_next_window(
    monkeypatch: pytest.MonkeyPatch, database_path: Path
) -> None:
    seen: list[str | UserError] = []

    def run(enter: object, database: Path, told: str | UserError) -> Ended:
        seen.append(told)
        return Ended(0, None if len(seen) > 1 else database.with_name("gone.db"))

    monkeypatch.setattr(application, "run", run)
    assert bootstrap.open_window(database_path) == 0
    assert isinstance(seen[1], DatabaseError)


@pytest.mark.parametrize("told", ["База восстановлена.", DatabaseError("Файла нет.", "Другой.")])
def test_the_next_window_says_what_was_done(
    look: QApplication,
    district: District,
    started: Startup,
    door: ScriptedDoor,
    told: str | UserError,
) -> None:
    door.expect("inform" if isinstance(told, str) else "report")
    started.tell_when_ready(told)
    started.ready.emit()


@pytest.mark.parametrize("by_key", [False, True])
def test_the_row_of_the_cursor_leads_back_from_a_copy_from_elsewhere(
    dialog: BackupsDialog,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    tmp_path: Path,
    qtbot: QtBot,
    by_key: bool,
) -> None:
    dialog.make.click()
    settle(window)
    own = dialog.title.text()
    other = back_up(workspace, tmp_path / "stick.db").path
    door.expect("open_files", (other,))
    dialog.other.click()
    settle(window)
    assert dialog.title.text() == "Копия «stick.db»"
    assert dialog.table.selected() == []
    if by_key:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    else:
        place = dialog.table.visualRect(dialog.table.model().index(0, 0)).center()
        qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(window)
    assert dialog.title.text() == own
    assert [row.path for row in dialog.table.selected()] == [dialog.model.row_at(0).path]
    door.expect("ask", True)
    dialog.restore.click()
    assert dialog.chosen == dialog.model.row_at(0).path


def test_presses_while_a_copy_is_made_make_no_more_copies(
    dialog: BackupsDialog, window: MainWindow
) -> None:
    for _ in range(3):
        dialog.make.click()
    assert not dialog.make.isEnabled()
    settle(window)
    assert dialog.model.rowCount() == 1
    assert dialog.make.isEnabled()


def test_a_copy_that_was_not_made_lets_the_button_be_pressed_again(
    dialog: BackupsDialog, window: MainWindow, door: ScriptedDoor
) -> None:
    backup_dir(window.context.workspace.database.path).write_text("a file in the way")
    door.expect("report")
    dialog.make.click()
    settle(window)
    assert dialog.make.isEnabled()


@pytest.mark.expects_log("app.ui.tasks.runner")
def test_a_failure_of_ours_does_not_leave_the_check_unfinished(
    dialog: BackupsDialog,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    door: ScriptedDoor,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(backup, "look_into", fail)
    door.expect("open_files", (tmp_path / "copy.db",))
    dialog.other.click()
    settle(window)
    assert "в программе ошибка" in dialog.what.text()
    assert not dialog.restore.isEnabled()


def test_a_row_that_is_not_chosen_is_not_said_to_be_no_copy(
    dialog: BackupsDialog, window: MainWindow
) -> None:
    assert dialog.title.text() == "Копий ещё нет"
    assert "Копий ещё нет" not in dialog.what.text()
    dialog.make.click()
    settle(window)
    dialog.table.current_row_changed.emit(None)
    assert dialog.title.text() == "Копия не выбрана"
    assert "ещё нет" not in dialog.what.text()


def test_a_copy_with_an_impossible_date_closes_nothing(
    dialog: BackupsDialog, window: MainWindow
) -> None:
    database = window.context.workspace.database.path
    folder = backup_dir(database)
    folder.mkdir()
    (folder / f"{database.stem}_2025-02-30_10-00-00.db").write_bytes(b"somebody's own")
    dialog.make.click()
    settle(window)
    assert dialog.model.rowCount() == 1
