"""Behind a figure: every place it was read from, and the archived copy of each file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services.source import Source
from app.services.workspace import Workspace
from app.ui.main_window import MainWindow
from app.ui.source_opener import SourceOpener
from app.ui.widgets.source_popup import SourcePopup
from tests.ui.conftest import ScriptedDoor

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = Source(1, MOMENT, "День 1.xlsx", "Page 1", 3, "U3:U9", "0a/0a.xlsx")
SECOND = replace(FIRST, batch_id=2, file="День 2.xlsx", cell="U3", archived_as=None)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def buttons(popup: SourcePopup) -> list[QPushButton]:
    """Return the buttons that open a copy and can be seen."""
    return [
        one
        for one in popup.findChildren(QPushButton)
        if one.text() == "Открыть копию файла" and one.isVisibleTo(popup)
    ]


def test_every_place_of_a_joined_result_is_shown(parent: QWidget, qtbot: QtBot) -> None:
    popup = SourcePopup(parent, "Участников", replace(FIRST, also=(SECOND,)))
    popup.show_at(QPoint(0, 0))
    texts = " ".join(one.text() for one in popup.findChildren(QWidget) if hasattr(one, "text"))
    assert "День 1.xlsx" in texts
    assert "День 2.xlsx" in texts
    assert len(buttons(popup)) == 1  # of the second file no copy is kept
    with qtbot.waitSignal(popup.copy_wanted) as asked:
        buttons(popup)[0].click()
    assert asked.args[0].file == "День 1.xlsx"


def test_the_copy_is_opened_and_the_cell_is_said(
    window: MainWindow, workspace: Workspace, door: ScriptedDoor, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = workspace.archive / "0a" / "0a.xlsx"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"table")
    window.context.attach(workspace)
    opener = SourceOpener(window.context, window)
    door.expect("reveal")
    with qtbot.waitSignal(window.context.told) as told:
        opener.open_copy(FIRST)
    assert told.args == ["День 1.xlsx: лист «Page 1», U3:U9"]
    assert door.texts("reveal")[0].endswith("День 1.xlsx")
