"""Sizes that follow from letters: of windows whose labels wrap, of fixed columns, of dialogs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_USUAL = 18
"""Height in pixels of the letters that widths in our code were chosen for."""


def fit_height(window: QWidget, width: int) -> None:
    """Fix the width and the height that the layout needs at it.

    Qt asks a wrapped label for its height before it knows the width, and cuts the text.
    """
    layout = window.layout()
    if layout is None:
        raise ValueError("a window without a layout has no height to follow")
    layout.activate()
    margins = window.contentsMargins()
    height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
    if height < 0:
        height = layout.totalSizeHint().height()
    window.setFixedSize(width, height + margins.top() + margins.bottom())


def by_letters(widget: QWidget, width: int) -> int:
    """Return a width of our code for the letters in force: larger ones need more, never less."""
    return max(width, round(width * widget.fontMetrics().height() / _USUAL))


def open_size(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its first size: as large as its letters need and the screen allows.

    A window that somebody made larger than the screen gives its dialogs its own room.
    """
    room = dialog.screen().availableSize()
    parent = dialog.parentWidget()
    if parent is not None:
        room = room.expandedTo(parent.window().size())
    wanted = QSize(by_letters(dialog, width), by_letters(dialog, height))
    dialog.resize(wanted.boundedTo(room))
