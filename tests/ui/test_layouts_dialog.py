"""The list of kinds of tables in the help: every layout, with an example of each."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QDialog

from app.services.importing import known_layouts
from app.ui.dialogs.layouts import LayoutsDialog
from app.ui.main_window import MainWindow
from app.ui.startup import Startup
from tests.ui.conftest import ScriptedDoor


def test_the_help_lists_every_layout_with_its_example(started: Startup, door: ScriptedDoor) -> None:
    window = cast(MainWindow, started.parent())

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, LayoutsDialog)
        assert dialog.model.rowCount() == len(known_layouts())
        for one in known_layouts():
            dialog.table.select_key(one.key)
            assert dialog.title.text() == one.title
            assert dialog.example.item(0, 0).text() == one.shown[0][0]
            head = dialog.example.item(one.header[0], 0) or dialog.example.item(one.header[0], 1)
            assert head.font().bold()
        return True

    door.expect("run", look)
    window.menus.layouts.trigger()
