"""The theme in force: chosen by the person or taken from the system, applied to the application."""

from __future__ import annotations

import gc
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app.ui.theme import palette, stylesheet
from app.ui.theme.colors import DARK, LIGHT, Theme

_MIDDLE = 128
"""Lightness of 0–255."""


class ThemeChoice(StrEnum):
    """What the person chose in the menu «Вид»; the text is what the settings file keeps."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def _dress(application: QApplication, sheet: str) -> None:
    """Set the style sheet of all widgets.

    The old sheet is taken off first: where one takes the place of another, Qt styles each widget
    once for every widget around it, three times the work of off and on.  Qt goes through the list
    of them and calls methods of ours on its way: were widgets that nobody holds any more collected
    meanwhile, Qt would go on with their remains and crash.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        application.setStyleSheet("")
        application.setStyleSheet(sheet)
    finally:
        if was_on:
            gc.enable()


class ThemeKeeper(QObject):
    """Applies a theme to the application and tells when it has changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = ThemeChoice.SYSTEM
        self.theme: Theme = LIGHT
        self._applied = False

    def choose(self, choice: ThemeChoice) -> None:
        """Apply ``choice`` to the running application."""
        self.choice = choice
        self.theme = self._resolve(choice)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._applied = True
            application.setPalette(palette.qt_palette(self.theme))
            _dress(application, stylesheet.text(self.theme))
        self.changed.emit()

    def follow_system(self, _scheme: object = None) -> None:
        """Take over a change of the system's colour scheme when the person chose so."""
        if self.choice is ThemeChoice.SYSTEM and self._resolve(self.choice) is not self.theme:
            self.choose(self.choice)

    def _resolve(self, choice: ThemeChoice) -> Theme:
        if choice is ThemeChoice.SYSTEM:
            return DARK if _is_dark(self._system_palette()) else LIGHT
        return DARK if choice is ThemeChoice.DARK else LIGHT

    def _system_palette(self) -> QPalette:
        # The palette of the style follows the system.  Until ours is set, the application has it;
        # asking the style itself would make the class QStyle and delay the first paint.
        return QApplication.style().standardPalette() if self._applied else QApplication.palette()


def _is_dark(palette: QPalette) -> bool:
    return palette.window().color().lightness() < _MIDDLE


_keeper: list[ThemeKeeper] = []


def keeper() -> ThemeKeeper:
    """Return the one keeper of the process; it is made at the first call."""
    if not _keeper:
        _keeper.append(ThemeKeeper())
    return _keeper[0]


def theme() -> Theme:
    """Return the theme in force, for code that paints."""
    return keeper().theme
