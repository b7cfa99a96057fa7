"""The first size of a dialog: what its letters need, and never more than the screen has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.fitting import by_letters, open_size


@pytest.mark.parametrize("asked", [(400, 300), (6000, 300), (400, 6000)])
def test_a_dialog_is_no_larger_than_the_screen(
    look: QApplication, qtbot: QtBot, asked: tuple[int, int]
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    open_size(dialog, *asked)
    wanted = QSize(*(by_letters(dialog, length) for length in asked))
    assert dialog.size() == wanted.boundedTo(dialog.screen().availableSize())


def test_a_window_larger_than_the_screen_gives_its_dialogs_its_room(
    look: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(window.screen().availableSize() + QSize(100, 100))
    dialog = QDialog(window)
    open_size(dialog, 6000, 6000)
    assert dialog.size() == window.size()
