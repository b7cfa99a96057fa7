"""What a screen reader and a keyboard find on a screen: nameless controls, dialogs that mislead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from app.ui import screenshots
from app.ui.main_window import MainWindow

_CONTROLS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea, QAbstractSpinBox, QTabBar
)  # fmt: skip


def watch(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Look over every screen that is drawn from now on; the faults gather in the set."""
    faults: set[str] = set()
    grab, take = screenshots._grab, screenshots.CameraDoor._take

    def grabbed(window: MainWindow) -> QImage:
        faults.update(nameless(window))
        return grab(window)

    def taken(door: screenshots.CameraDoor, dialog: QDialog) -> bool:
        dialog.show()
        faults.update(nameless(dialog))
        faults.update(misleading(dialog))
        return take(door, dialog)

    monkeypatch.setattr(screenshots, "_grab", grabbed)
    monkeypatch.setattr(screenshots.CameraDoor, "_take", taken)
    return faults


def nameless(root: QWidget) -> set[str]:
    """Return where the controls stand that are shown, take the focus and have no name."""
    shown = (one for one in root.findChildren(QWidget) if one.isVisibleTo(root))
    return {_place(one, root) for one in shown if _counts(one) and not _name(one)}


def misleading(dialog: QDialog) -> set[str]:
    """Return what is wrong with the buttons and the first focus of a dialog.

    Enter must not press a button beside the one that stands out; the focus must not begin on a
    thing that is only scrolled.
    """
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisibleTo(dialog)]
    primary = [one for one in buttons if one.property("role") == "primary"]
    pressed = next((one for one in buttons if one.isDefault()), None)
    name = type(dialog).__name__
    found = set()
    if primary and pressed is not None and pressed not in primary:
        found.add(f"{name}: Enter нажимает «{pressed.text()}», а не «{primary[0].text()}»")
    focus = dialog.focusWidget()
    if focus is not None and not _name(focus):
        found.add(f"{name}: первый фокус на {type(focus).__name__} без имени")
    return found


def _counts(one: QWidget) -> bool:
    inner = isinstance(one.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView)
    focused = one.focusPolicy() != Qt.FocusPolicy.NoFocus
    return (
        isinstance(one, _CONTROLS)
        and focused
        and not inner
        and not isinstance(one, QHeaderView)
        and not one.objectName().startswith("qt_")
    )


def _name(one: QWidget) -> str:
    if one.accessibleName():
        return one.accessibleName()
    if isinstance(one, QAbstractButton) and one.text():
        return one.text()
    labels = one.window().findChildren(QLabel)
    return next((each.text() for each in labels if each.buddy() is one), "")


def _place(one: QWidget, root: QWidget) -> str:
    names = []
    above: object = one
    while isinstance(above, QWidget) and above is not root:
        names.append(type(above).__name__)
        above = above.parent()
    return " < ".join([*names[:4], type(root).__name__])
