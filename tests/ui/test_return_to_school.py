"""The button «Вернуть школе…» of a load: a marked copy and a letter, the plan stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.importing.return_dialog import ReturnDialog
from app.ui.startup import Startup
from tests.forms.filling import blank, fill, school
from tests.forms.test_board import office
from tests.forms.test_returning import write_results
from tests.ui.conftest import ScriptedDoor


@pytest.fixture
def form(workspace: Workspace, tmp_path: Path) -> Path:
    """Return a filled form with a wrong cell; its school is stored before the window opens."""
    school(workspace)
    office(workspace)
    path = blank(workspace, tmp_path, "passport")
    fill(path, "Социальный паспорт", {"pupils": 20, "boys": "много"})
    return path


def test_a_file_goes_back_from_its_panel(
    form: Path, started: Startup, door: ScriptedDoor, tmp_path: Path, qtbot: QtBot
) -> None:
    window, launcher = cast(MainWindow, started.parent()), started.workbench.imports
    out = tmp_path / "школе"
    out.mkdir()
    window.context.import_wanted.emit((form,))
    page = launcher.page
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.lists)
    assert page.panel.give_back.isVisibleTo(page)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReturnDialog)
        assert dialog.school.currentText() == "МБОУ Луговская СОШ"
        dialog.field.set_value(date(2025, 11, 20))
        return dialog.go.isEnabled()

    door.expect("run", answer)
    door.expect("open_folder", out)
    door.expect("inform")
    page.panel.give_back.click()
    qtbot.waitUntil(lambda: bool(door.texts("inform")), timeout=20_000)
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".pdf", ".xlsx"]
    assert "осталось вписать: дата письма" in door.texts("inform")[0]
    assert page.stack.currentWidget() is page.lists
    page.leave.click()


def test_each_school_of_a_table_gets_its_own_file(
    workspace: Workspace, tmp_path: Path, request: pytest.FixtureRequest, door: ScriptedDoor,
    qtbot: QtBot,
) -> None:  # fmt: skip
    school(workspace)
    school(workspace, "МБОУ Озёрная СОШ", fisoko="edu100002", rcoi=None)
    office(workspace)
    path = tmp_path / "Математика.xlsx"
    names = [("edu100001", "МБОУ Луговская СОШ"), ("edu100002", "МБОУ Озёрная СОШ")]
    write_results(path, names)
    started: Startup = request.getfixturevalue("started")
    window, launcher = cast(MainWindow, started.parent()), started.workbench.imports
    out = tmp_path / "школам"
    out.mkdir()
    window.context.import_wanted.emit((path,))
    page = launcher.page
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.lists)

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReturnDialog)
        dialog.school.setCurrentText("Каждой школе – её строки")
        assert dialog.each
        return dialog.go.isEnabled()

    door.expect("run", answer)
    door.expect("open_folder", out)
    door.expect("inform")
    page.panel.give_back.click()
    qtbot.waitUntil(lambda: bool(door.texts("inform")), timeout=20_000)
    assert len(list(out.glob("*.xlsx"))) == 2
    assert "2 школам" in door.texts("inform")[0]
    page.leave.click()
