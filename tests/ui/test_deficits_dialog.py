"""Marking in the card which resources a school is short of."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.methodology import Deficit, classify
from app.services.workspace import Workspace
from app.ui.dialogs.deficits import DeficitsDialog
from app.ui.main_window import MainWindow
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District


@pytest.fixture
def window(district: District, started: Startup) -> MainWindow:
    return cast(MainWindow, started.parent())


def test_a_mark_needs_a_reason_and_goes_into_the_card(
    window: MainWindow,
    district: District,
    started: Startup,
    workspace: Workspace,
    door: ScriptedDoor,
    qtbot: QtBot,
) -> None:
    window.show_page("schools")
    page = started.workbench.schools.page
    page.show_school(district.low)
    settle(window)
    content = page.panel.content
    assert content is not None

    def answer(dialog: DeficitsDialog) -> bool:
        assert dialog.store.isEnabled()
        dialog.boxes[Deficit.STAFF].setChecked(True)
        assert not dialog.store.isEnabled()
        dialog.text.setText("расчётная карта")
        assert dialog.store.isEnabled()
        return True

    door.expect("run", answer)
    qtbot.mouseClick(content.deficits, Qt.MouseButton.LeftButton)
    settle(window)
    (found,) = (s for s in classify(workspace, 2025).schools if s.school_id == district.low)
    assert found.verdict.social is not None
    assert found.verdict.social.evidence.deficits == {Deficit.STAFF}

    def look(dialog: DeficitsDialog) -> bool:
        assert dialog.deficits == {Deficit.STAFF}
        return False

    door.expect("run", look)
    qtbot.mouseClick(content.deficits, Qt.MouseButton.LeftButton)
