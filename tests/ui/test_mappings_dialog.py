"""The list of remembered mappings: called otherwise, forgotten, carried out and in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services import journal, mapping
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.pages.mapping.list_dialog import MappingsDialog
from tests.mapping.test_mapped_tables import office
from tests.ui.conftest import ScriptedDoor


@pytest.fixture
def dialog(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> Iterator[MappingsDialog]:
    mapping.remember(workspace, "Сводка управления", office())
    window.context.attach(workspace)
    made = MappingsDialog(window.context)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.model.rowCount() == 1)
    made.table.selectRow(0)
    yield made
    qtbot.waitUntil(lambda: not window.tasks.open_tasks())


def titles(dialog: MappingsDialog) -> list[str]:
    """Return what is listed."""
    return [row.title for row in dialog.model.rows()]


def test_it_is_called_otherwise_and_forgotten(
    dialog: MappingsDialog, door: ScriptedDoor, qtbot: QtBot, workspace: Workspace
) -> None:
    door.expect("ask_text", "Сводка отдела")
    dialog.rename.click()
    qtbot.waitUntil(lambda: titles(dialog) == ["Сводка отдела"])
    dialog.table.selectRow(0)
    dialog.forget.click()
    qtbot.waitUntil(lambda: titles(dialog) == [])
    assert dialog.note.text().startswith("Разметок ещё нет.")
    assert not dialog.rename.isEnabled()
    assert journal.undo_last(workspace).message == "Отменено: разметка «Сводка отдела» забыта."
    assert [row.title for row in mapping.list_mappings(workspace)] == ["Сводка отдела"]


def test_it_goes_to_another_workstation_and_comes_back(
    dialog: MappingsDialog, door: ScriptedDoor, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "разметка.json"
    door.expect("save_file", target)
    dialog.save.click()
    qtbot.waitUntil(target.exists)
    dialog.forget.click()
    qtbot.waitUntil(lambda: titles(dialog) == [])
    door.expect("open_files", (target,))
    dialog.take.click()
    qtbot.waitUntil(lambda: titles(dialog) == ["Сводка управления"])
