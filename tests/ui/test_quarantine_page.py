"""The page «Карантин»: its tab with a count, mending, loading again, dismissing."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.enums import QuarantineState
from app.services import importing
from app.services.changes import ChangeSet, Topic
from app.services.importing import Decisions
from app.services.progress import NoProgress
from app.services.results import list_results
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.importing.correction_dialog import CorrectionDialog
from app.ui.pages.quarantine.launcher import QuarantineLauncher
from app.ui.pages.quarantine.page import QuarantinePage
from app.ui.startup import Startup
from tests.journeys.stick import GOOD_SHARES, register_rows, vpr_rows, write_book
from tests.ui.conftest import ScriptedDoor

PATH = "5 класс.xlsx"
BAD_SHARES = (GOOD_SHARES[0], (20, 5.0, 45.0, 30.0, 30.0), (5, 40.0, 20.0, 20.0, 30.0))
"""110 % in the second and in the third school."""


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def launcher(started: Startup) -> QuarantineLauncher:
    return started.workbench.quarantine


@pytest.fixture
def page(
    launcher: QuarantineLauncher,
    window: MainWindow,
    workspace: Workspace,
    tmp_path: Path,
    qtbot: QtBot,
) -> QuarantinePage:
    """The page with two rows that wait."""
    for path in (
        write_book(tmp_path / "Реестр.xlsx", register_rows()),
        write_book(tmp_path / PATH, vpr_rows(BAD_SHARES)),
    ):
        decisions = Decisions(accept_good=frozenset({path.name}))
        plan = importing.prepare(workspace, [path], NoProgress(), decisions)
        importing.apply(workspace, plan, NoProgress())
    window.context.bus.publish(ChangeSet.of(Topic.IMPORTS))
    qtbot.waitUntil(lambda: launcher.page is not None and launcher.page.model.rowCount() == 2)
    assert launcher.page is not None
    assert window.current_page() is not launcher.page
    launcher.open()
    return launcher.page


def tab_text(window: MainWindow) -> str:
    tabs = window.top_bar.tabs
    texts = [tabs.tabText(n) for n in range(tabs.count()) if tabs.tabData(n) == "quarantine"]
    return texts[0] if texts else ""


def mend(dialog: QDialog) -> bool:
    assert isinstance(dialog, CorrectionDialog)
    dialog.value.setText("20")
    dialog.reason.setText("Школа уточнила")
    return True


def test_the_tab_comes_with_a_count_and_only_when_rows_wait(
    launcher: QuarantineLauncher, window: MainWindow
) -> None:
    assert launcher.page is None
    assert tab_text(window) == ""


def test_rows_are_listed_and_filtered(page: QuarantinePage, window: MainWindow) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tab_text(window) == "Карантин (2)"
    assert [line.row for line in page.model.rows()] == [9, 10]
    assert "110 %" in page.said.text()
    page.school.choose("МБОУ СОШ №15")
    page.school.picked.emit()
    assert [line.row for line in page.model.rows()] == [9]
    page.school.choose(None)
    page.search.setText("нет такой причины")
    assert page.lists.currentWidget() is page.empty
    page.empty.chosen.emit()
    assert page.model.rowCount() == 2
    page.state.choose(QuarantineState.STORED)
    page.state.picked.emit()
    assert page.model.rowCount() == 0


def test_a_row_is_mended_in_its_sheet_and_goes_in(
    page: QuarantinePage,
    launcher: QuarantineLauncher,
    window: MainWindow,
    workspace: Workspace,
    started: Startup,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    page.table.select_key(page.model.row_at(0).id)
    page.mend.click()
    imports = started.workbench.imports
    qtbot.waitUntil(lambda: imports.page is not None)
    load = imports.page
    assert load is not None
    qtbot.waitUntil(lambda: load.stack.currentWidget() is load.sheet)
    assert load.sheet.model.cell(load.sheet.table.currentIndex()) == "A9"
    load.sheet.go_to("G9")
    door.expect("run", mend)
    load.sheet.mend.click()
    qtbot.waitUntil(load.sheet.drop.isEnabled)
    load.sheet.back.click()
    with qtbot.waitSignal(window.context.bus.changed):
        load.store.click()
    load.leave.click()
    qtbot.waitUntil(lambda: tab_text(window) == "Карантин (1)")
    assert {row.school for row in list_results(workspace)} == {"МКОУ СОШ №1", "МБОУ СОШ №15"}


def test_all_shown_rows_are_tried_without_a_selection(
    page: QuarantinePage, started: Startup, qtbot: QtBot
) -> None:
    page.table.clearSelection()
    page.retry.click()
    imports = started.workbench.imports
    qtbot.waitUntil(lambda: imports.page is not None and bool(imports.page.files_model.rows()))
    assert imports.page is not None
    assert [file.rows.quarantined for file in imports.page.files_model.rows()] == [2]
    assert not imports.page.store.isEnabled()
    imports.page.leave.click()


def test_rows_are_dismissed_with_a_reason_and_come_back(
    page: QuarantinePage,
    launcher: QuarantineLauncher,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    page.table.selectAll()
    door.expect("ask_text", "Школы закрыты")
    page.dismiss.click()
    qtbot.waitUntil(lambda: tab_text(window) == "Карантин")
    assert importing.waiting(workspace).rows == 0
    qtbot.waitUntil(window.menus.undo.isEnabled)
    window.menus.undo.trigger()
    qtbot.waitUntil(lambda: tab_text(window) == "Карантин (2)")
    page.close_button.click()
    assert tab_text(window) == ""
    assert launcher.page is None


def test_dismissing_needs_a_reason(page: QuarantinePage, door: ScriptedDoor, qtbot: QtBot) -> None:
    door.expect("ask_text", None)
    page.dismiss.click()
    door.expect("ask_text", "  ")
    door.expect("report")
    page.dismiss.click()
    qtbot.waitUntil(lambda: bool(door.texts("report")))
    assert page.model.rowCount() == 2
