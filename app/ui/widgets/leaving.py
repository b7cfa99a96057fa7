"""Leaving a page without a tab of its own by the key that leaves a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget


def close_by_key(page: QWidget, button: QPushButton) -> None:
    """Let Esc anywhere on the page do what its closing button does.

    Only where closing loses nothing: «Отмена» of a load or of a mapping drops what was answered,
    which a key hit by mistake must not do.
    """
    button.setToolTip("Закрыть страницу (Esc)")
    leave = QShortcut(QKeySequence("Esc"), page)
    # Of the page alone: Esc in the search field of the window has another meaning.
    leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    leave.activated.connect(button.click)
