"""The plan in the window: the sheet at its cell, corrections, notes, filters, answers."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.enums import FileStatus
from app.services import importing, results
from app.services.importing import Answer, Correction
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.importing.answers_dialog import answers_dialog, corrections_dialog
from app.ui.pages.importing.correction_dialog import CorrectionDialog
from app.ui.pages.importing.launcher import ImportLauncher
from app.ui.pages.importing.page import ImportPage
from app.ui.startup import Startup
from tests.journeys.stick import GOOD_SHARES, register_rows, vpr_rows, write_book
from tests.ui.conftest import ScriptedDoor

PATH = "5 класс.xlsx"
BAD_SHARES = (GOOD_SHARES[0], (20, 5.0, 45.0, 30.0, 30.0), GOOD_SHARES[2])
"""110 % in the second school, in the ninth row."""
SOFT = "4 класс.xlsx"
SOFT_SHARES = ((510, 10.0, 40.0, 30.0, 20.0), *GOOD_SHARES[1:])
"""More participants than pupils in the first school."""


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def launcher(started: Startup) -> ImportLauncher:
    return started.workbench.imports


@pytest.fixture
def page(
    launcher: ImportLauncher, window: MainWindow, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> ImportPage:
    """The plan of a file with an error and with a soft finding."""
    register = write_book(tmp_path / "Реестр.xlsx", register_rows())
    progress = NoProgress()
    importing.apply(workspace, importing.prepare(workspace, [register], progress), progress)
    folder = tmp_path / "стик"
    write_book(folder / PATH, vpr_rows(BAD_SHARES))
    write_book(folder / SOFT, vpr_rows(SOFT_SHARES, 2023))
    write_book(folder / "6 класс.xlsx", vpr_rows(GOOD_SHARES, 2021))
    window.context.import_wanted.emit((folder,))
    assert launcher.page is not None
    wait_for_plan(launcher.page, qtbot)
    launcher.page.files.select_key(PATH)
    return launcher.page


def wait_for_plan(page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.lists)


def wait_for_sheet(page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.sheet)


def choose_finding(page: ImportPage, words: str) -> None:
    lines = page.panel.findings_model.rows()
    page.panel.tabs.setCurrentIndex(0)
    page.panel.findings.select_key(next(n for n, f in lines if words in f.message))


def open_sheet(page: ImportPage, qtbot: QtBot) -> None:
    choose_finding(page, "110 %")
    page.panel.look.click()
    wait_for_sheet(page, qtbot)


def mend(dialog: QDialog, value: str = "20", reason: str = "Школа уточнила") -> bool:
    assert isinstance(dialog, CorrectionDialog)
    assert not dialog.done_button.isEnabled()
    dialog.value.setText(value)
    assert not dialog.done_button.isEnabled()
    dialog.reason.setText(reason)
    assert dialog.done_button.isEnabled()
    return True


def test_a_problem_opens_the_sheet_at_its_cell(page: ImportPage, qtbot: QtBot) -> None:
    open_sheet(page, qtbot)
    pane = page.sheet
    QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert pane.model.cell(pane.table.currentIndex()) == "D9"
    assert "110 %" in pane.said.text()
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert pane.model.headerData(6, across) == "G\n5"
    assert pane.model.headerData(8, down) == "9"
    assert pane.model.index(8, 3).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert pane.model.index(7, 3).data(Qt.ItemDataRole.BackgroundRole) is None
    pane.back.click()
    assert page.stack.currentWidget() is page.lists


def test_f2_corrects_a_cell_and_the_plan_follows(
    page: ImportPage,
    door: ScriptedDoor,
    workspace: Workspace,
    launcher: ImportLauncher,
    qtbot: QtBot,
) -> None:
    open_sheet(page, qtbot)
    page.sheet.go_to("G9")
    door.expect("run", mend)
    page.sheet.mend_action.trigger()
    qtbot.waitUntil(lambda: page.sheet.drop.isEnabled() and launcher.presenter._task is None)
    assert page.sheet.model.text(page.sheet.table.currentIndex()) == "20"
    assert "было «30», стало «20»" in page.sheet.said.text()
    page.sheet.back.click()
    assert page.panel.corrections_model.rowCount() == 1
    status = {file.path: file.status for file in page.files_model.rows()}
    assert status[PATH] is FileStatus.IMPORTED
    with qtbot.waitSignal(page._context.bus.changed):
        page.store.click()
    assert len(results.list_results(workspace)) == 3 * len(GOOD_SHARES)
    assert [line.new for line in importing.list_corrections(workspace)] == ["20"]


def test_a_correction_is_dropped_in_the_panel(
    page: ImportPage, door: ScriptedDoor, launcher: ImportLauncher, qtbot: QtBot
) -> None:
    open_sheet(page, qtbot)
    page.sheet.go_to("G9")
    door.expect("run", mend)
    page.sheet.mend.click()
    qtbot.waitUntil(lambda: page.sheet.drop.isEnabled() and launcher.presenter._task is None)
    page.sheet.back.click()
    page.panel.tabs.setCurrentIndex(2)
    page.panel.corrections.select_key(("Лист1", "G9"))
    page.panel.drop.click()
    qtbot.waitUntil(lambda: page.panel.corrections_model.rowCount() == 0)
    status = {file.path: file.status for file in page.files_model.rows()}
    assert status[PATH] is FileStatus.NEEDS_DECISION


def test_a_refused_correction_leaves_the_plan(
    page: ImportPage, door: ScriptedDoor, launcher: ImportLauncher, qtbot: QtBot
) -> None:
    presenter = launcher.presenter
    assert presenter is not None
    door.expect("report")
    presenter._correct((PATH, "Лист1", "9G"), Correction("1", "Проверка"))
    qtbot.waitUntil(lambda: presenter._task is None and bool(door.texts("report")))
    assert presenter._decisions.corrections == {}
    assert page.stack.currentWidget() is page.lists


def test_a_soft_finding_is_confirmed_with_a_note(
    page: ImportPage, door: ScriptedDoor, qtbot: QtBot
) -> None:
    page.files.select_key(SOFT)
    choose_finding(page, "а в школе по реестру")
    assert page.panel.confirm.isVisible()
    door.expect("ask_text", "Две школы вместе")
    page.panel.confirm.click()
    shown = page.panel.findings_model

    def text() -> str:
        return "\n".join(shown.columns[3].display(line) for line in shown.rows())

    qtbot.waitUntil(lambda: "Подтверждено: Две школы вместе" in text())
    choose_finding(page, "а в школе по реестру")
    assert page.panel.confirm.text() == "Снять подтверждение"
    page.panel.confirm.click()
    qtbot.waitUntil(lambda: "Подтверждено" not in text())
    page.files.select_key(PATH)
    choose_finding(page, "110 %")
    assert not page.panel.confirm.isVisible()


def test_filters_by_file_by_kind_and_by_what_waits(page: ImportPage) -> None:
    assert page.files_model.rowCount() == 3
    page.status.choose("mine")
    page.status.picked.emit()
    assert {file.path for file in page.files_model.rows()} == {PATH, SOFT}
    page.status.choose(FileStatus.NEEDS_DECISION)
    page.status.picked.emit()
    assert [file.path for file in page.files_model.rows()] == [PATH]
    page.status.choose(None)
    page.kind.choose("Доли отметок в сумме дают 100 %")
    page.kind.picked.emit()
    assert [file.path for file in page.files_model.rows()] == [PATH]
    assert page.panel.findings_model.rowCount() == 1
    page.kind.choose(None)
    page.search.setText("4 КЛАСС")
    assert [file.path for file in page.files_model.rows()] == [SOFT]
    page.search.setText("нет такого")
    assert page.empty.isVisible()
    page.search.clear()
    assert "новых 8" in page.totals.text()


def test_remembered_answers_are_listed_and_forgotten(
    window: MainWindow, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = [*vpr_rows(GOOD_SHARES), ("МБОУ Чужая гимназия(edu990001)", "", 5, 20, 20, 20, 40)]
    for path in (
        write_book(tmp_path / "Реестр.xlsx", register_rows()),
        write_book(tmp_path / "1.xlsx", rows),
    ):
        plan = importing.prepare(workspace, [path], NoProgress())
        skips = {question.key: Answer.SKIP for question in plan.questions}
        plan = importing.revise(workspace, plan, importing.Decisions(schools=skips))
        importing.apply(workspace, plan, NoProgress())
    dialog = answers_dialog(window.context, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.table.select_key(dialog.model.key(dialog.model.row_at(0)))
    dialog.forget.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert dialog.changed
    assert importing.list_answers(workspace) == ()


def test_remembered_corrections_are_listed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = corrections_dialog(window.context, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.lists.currentWidget() is dialog.nothing)
    assert not dialog.forget.isEnabled()
