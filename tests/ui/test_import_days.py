"""An exam of several days in the window: asked in the plan, changed in the journal of loads."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from app.models.enums import DaysAnswer
from app.services import importing, results
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.importing.answers_dialog import days_dialog
from app.ui.pages.importing.page import ImportPage
from app.ui.pages.importing.questions import QuestionsDialog
from app.ui.startup import Startup
from tests.cli.test_days_command import protocol
from tests.journeys.stick import register_rows, write_book
from tests.ui.conftest import ScriptedDoor

KEY = "ОГЭ|2026|Математика"


@pytest.fixture
def window(started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


@pytest.fixture
def page(started: Startup, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> ImportPage:
    """The plan of an exam that one pupil sat twice."""
    folder = tmp_path / "стик"
    write_book(folder / "Реестр.xlsx", register_rows())
    write_book(folder / "День 1.xlsx", protocol("2026.06.02", ("Первая", 2), ("Вторая", 4)))
    write_book(folder / "День 2.xlsx", protocol("2026.06.26", ("Первая", 3)))
    window.context.import_wanted.emit((folder,))
    page = started.workbench.imports.page
    assert page is not None
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.lists)
    return page


def test_the_proposed_answer_is_chosen_and_taken(
    page: ImportPage, workspace: Workspace, door: ScriptedDoor, qtbot: QtBot
) -> None:
    assert page.questions.text() == "Указать дни экзамена (1)…"

    def answer(dialog: QuestionsDialog) -> bool:
        assert dialog.windowTitle() == "Как считать дни экзамена?"
        assert dialog.days() == {KEY: DaysAnswer.LATEST}
        dialog.day_choices[KEY].choose(DaysAnswer.FIRST)
        return True

    door.expect("run", answer)
    page.questions.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.lists)
    assert not page.questions.isVisible()
    page.store.click()
    qtbot.waitUntil(lambda: not page.store.isVisible() and page.leave.text() == "Закрыть")
    (row,) = results.list_results(workspace)
    assert (row.participants, row.n2) == (2, 1)
    assert importing.list_days(workspace)[0].answer is DaysAnswer.FIRST


def test_a_remembered_answer_is_changed_and_forgotten(
    page: ImportPage,
    window: MainWindow,
    workspace: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    importing.answer_days(workspace, KEY, DaysAnswer.MAIN)
    dialog = days_dialog(window.context, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.table.select_key(dialog.model.key(dialog.model.row_at(0)))

    def answer(asked: QuestionsDialog) -> bool:
        assert asked.days() == {KEY: DaysAnswer.MAIN}
        asked.day_choices[KEY].choose(DaysAnswer.LATEST)
        return True

    door.expect("run", answer)
    dialog.change.click()
    qtbot.waitUntil(lambda: dialog.changed)
    assert importing.list_days(workspace)[0].answer is DaysAnswer.LATEST
    qtbot.waitUntil(lambda: dialog.model.row_at(0).answer is DaysAnswer.LATEST)
    dialog.table.select_key(dialog.model.key(dialog.model.row_at(0)))
    dialog.forget.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert importing.list_days(workspace) == ()
