"""A load in the window: the plan, the decisions, the report, the journal of loads."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.enums import ActivityStatus, BatchStatus, FileStatus
from app.services import importing, results, roadmap
from app.services.importing import Answer
from app.services.workspace import Workspace
from app.ui.context import Context
from app.ui.main_window import MainWindow
from app.ui.pages.importing.launcher import ImportLauncher
from app.ui.pages.importing.loads_dialog import LoadsDialog
from app.ui.pages.importing.questions import QuestionsDialog
from app.ui.pages.importing.undo_dialog import UndoDialog
from app.ui.startup import Startup
from tests.importing.word_tables import document
from tests.journeys.stick import GOOD_SHARES, register_rows, vpr_rows, write_book
from tests.ui.conftest import ScriptedDoor

BAD_SHARES = ((10, 10.0, 40.0, 20.0, 20.0), *GOOD_SHARES[1:])
"""The marks of the first school make 90 %."""


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def launcher(started: Startup) -> ImportLauncher:
    return started.workbench.imports


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "стик"
    write_book(folder / "Реестр.xlsx", register_rows())
    write_book(folder / "5 класс.xlsx", vpr_rows(GOOD_SHARES))
    return folder


def read(launcher: ImportLauncher, context: Context, qtbot: QtBot, *paths: Path) -> None:
    """Bring files in and wait for their plan."""
    context.import_wanted.emit(paths)
    assert launcher.page is not None
    qtbot.waitUntil(lambda: launcher.page.stack.currentWidget() is launcher.page.lists)


def store(launcher: ImportLauncher, context: Context, qtbot: QtBot) -> None:
    """Press the button that stores the plan and wait for the report."""
    with qtbot.waitSignal(context.bus.changed):
        launcher.page.store.click()


def test_nothing_is_stored_before_the_button_and_all_after_it(
    launcher: ImportLauncher, window: MainWindow, workspace: Workspace, stick: Path, qtbot: QtBot
) -> None:
    read(launcher, window.context, qtbot, stick)
    page = launcher.page
    assert {file.path: file.status for file in page.files_model.rows()} == {
        "Реестр.xlsx": FileStatus.IMPORTED,
        "5 класс.xlsx": FileStatus.IMPORTED,
    }
    assert page.store.isEnabled()
    assert results.list_results(workspace) == ()
    assert "к загрузке 2" in page.note.text()
    assert "изменится 0" in page.totals.text()
    end = page.leave.geometry().right()
    store(launcher, window.context, qtbot)
    assert len(results.list_results(workspace)) == len(GOOD_SHARES)
    assert "загрузка № 1" in page.note.text()
    assert "к загрузке" not in page.note.text()
    assert "загружено 2" in page.note.text()
    assert "изменено 0" in page.totals.text()
    assert page.panel.changes_model.columns[0].title == "Что стало"
    assert "Загружен" in [page.status.itemText(n) for n in range(page.status.count())]
    assert not page.store.isVisible()
    qtbot.waitUntil(lambda: page.leave.geometry().right() == end)
    page.leave.click()
    assert launcher.page is None


def test_tables_of_the_page_keep_the_contract_of_models(
    launcher: ImportLauncher, window: MainWindow, stick: Path, qtbot: QtBot
) -> None:
    read(launcher, window.context, qtbot, stick)
    page = launcher.page
    for model in (page.files_model, page.panel.findings_model, page.panel.changes_model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.status.choose(FileStatus.REFUSED)
    page.status.picked.emit()
    assert page.files_model.rowCount() == 0
    page.files.select_key("Реестр.xlsx")
    page.leave.click()


def test_good_rows_of_a_file_with_errors_go_in_only_when_accepted(
    launcher: ImportLauncher, window: MainWindow, workspace: Workspace, stick: Path, qtbot: QtBot
) -> None:
    write_book(stick / "5 класс.xlsx", vpr_rows(BAD_SHARES))
    read(launcher, window.context, qtbot, stick)
    page = launcher.page
    assert page.files.select_key("5 класс.xlsx")
    assert page.files.current().status is FileStatus.NEEDS_DECISION
    assert page.panel.accept.isVisible()
    cells = [line.finding.cell for line in page.panel.findings_model.rows()]
    assert any(cell and "8" in cell for cell in cells)
    page.panel.accept.click()
    qtbot.waitUntil(
        lambda: (
            page.files_model.all_rows()[-1].rows.read > 0
            and page.store.isEnabled()
            and any(f.good_accepted for f in page.files_model.all_rows())
        )
    )
    store(launcher, window.context, qtbot)
    assert len(results.list_results(workspace)) == len(BAD_SHARES) - 1


def test_leaving_before_storing_leaves_nothing(
    launcher: ImportLauncher, window: MainWindow, workspace: Workspace, stick: Path, qtbot: QtBot
) -> None:
    read(launcher, window.context, qtbot, stick)
    launcher.page.leave.click()
    assert launcher.page is None
    assert importing.list_batches(workspace) == ()
    assert results.list_results(workspace) == ()


def test_stopping_while_files_are_read_closes_the_page(
    launcher: ImportLauncher, window: MainWindow, stick: Path, qtbot: QtBot
) -> None:
    window.context.import_wanted.emit((stick,))
    launcher.page.stop.click()
    qtbot.waitUntil(lambda: launcher.page is None)


def test_a_folder_that_is_not_there_is_told_and_closes_the_page(
    launcher: ImportLauncher, window: MainWindow, door: ScriptedDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    door.expect("report")
    window.context.import_wanted.emit((tmp_path / "вынули",))
    qtbot.waitUntil(lambda: launcher.page is None)


def test_a_second_load_waits_for_the_first(
    launcher: ImportLauncher, window: MainWindow, door: ScriptedDoor, stick: Path, qtbot: QtBot
) -> None:
    read(launcher, window.context, qtbot, stick)
    door.expect("inform")
    window.context.import_wanted.emit((stick,))
    assert "уже идёт" in door.texts("inform")[0]
    store(launcher, window.context, qtbot)
    first = launcher.page
    read(launcher, window.context, qtbot, stick)
    assert launcher.page is not first
    assert {file.status for file in launcher.page.files_model.rows()} == {FileStatus.UNCHANGED}
    assert not launcher.page.store.isEnabled()


def test_an_unknown_school_is_asked_once_and_then_known(
    launcher: ImportLauncher,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    stick: Path,
    qtbot: QtBot,
) -> None:
    write_book(stick / "Реестр.xlsx", register_rows()[:-1])
    read(launcher, window.context, qtbot, stick)
    page = launcher.page
    assert page.questions.isVisible()

    def answer(dialog: QuestionsDialog) -> bool:
        choice = next(iter(dialog.choices.values()))
        assert dialog.answers() == {}
        choice.choose(Answer.NEW)
        return True

    door.expect("run", answer)
    page.questions.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.lists)
    assert not page.questions.isVisible()
    store(launcher, window.context, qtbot)
    assert len(results.list_results(workspace)) == len(GOOD_SHARES)


def test_a_load_is_taken_back_from_the_journal(
    launcher: ImportLauncher,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    stick: Path,
    qtbot: QtBot,
) -> None:
    read(launcher, window.context, qtbot, stick)
    store(launcher, window.context, qtbot)
    dialog = LoadsDialog(window.context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    assert dialog.undo.isEnabled()
    answers = iter((False, True))
    shown: list[str] = []

    def answer(asked: QDialog) -> bool:
        assert isinstance(asked, UndoDialog)
        shown.append(asked.gone.text())
        return next(answers)

    for _ in range(2):
        door.expect("run", answer)
    dialog.undo.click()
    qtbot.waitUntil(lambda: bool(shown) and dialog.undo.isEnabled())
    assert dialog.model.row_at(0).status is BatchStatus.APPLIED
    with qtbot.waitSignal(window.context.bus.changed):
        dialog.undo.click()
    qtbot.waitUntil(lambda: dialog.model.row_at(0).status is BatchStatus.UNDONE)
    assert shown[0].startswith("Уйдут без замены (строк): Сведения о школе – ")
    assert not dialog.undo.isEnabled()
    assert results.list_results(workspace) == ()


def test_states_of_a_roadmap_are_declined_for_its_file(
    launcher: ImportLauncher,
    window: MainWindow,
    workspace: Workspace,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    rows = [["№", "Мероприятие", "Срок", "Статус"], ["1", "Сбор", "май 2024", "выполнено"]]
    read(launcher, window.context, qtbot, document(tmp_path / "план.docx", rows))
    panel = launcher.page.panel
    assert panel.states.isVisibleTo(panel)
    assert panel.states.isChecked()
    panel.states.click()
    said = launcher.page.panel.findings_model
    qtbot.waitUntil(lambda: "не ставятся" in said.rows()[0].finding.message)
    assert not panel.states.isChecked()
    store(launcher, window.context, qtbot)
    (info,) = roadmap.list_roadmaps(workspace)
    (row,) = roadmap.open_roadmap(workspace, info.id).activities
    assert row.status is ActivityStatus.PLANNED
