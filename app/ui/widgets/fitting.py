"""Sizes of windows whose labels wrap: their height follows from their width."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


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
