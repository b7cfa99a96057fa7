"""The theme in force: chosen by the person or taken from the system, applied to the application."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal
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


class ThemeKeeper(QObject):
    """Applies a theme to the application and tells when it has changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = ThemeChoice.SYSTEM
        self.theme: Theme = LIGHT

    def choose(self, choice: ThemeChoice) -> None:
        """Apply ``choice`` to the running application."""
        self.choice = choice
        self.theme = _resolve(choice)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette.qt_palette(self.theme))
            application.setStyleSheet(stylesheet.text(self.theme))
        self.changed.emit()

    def follow_system(self, _scheme: object = None) -> None:
        """Take over a change of the system's colour scheme when the person chose so."""
        if self.choice is ThemeChoice.SYSTEM and _resolve(self.choice) is not self.theme:
            self.choose(self.choice)


def _resolve(choice: ThemeChoice) -> Theme:
    if choice is ThemeChoice.SYSTEM:
        # The palette of the style follows the system; QStyleHints would delay the first paint.
        ground = QApplication.style().standardPalette().window().color()
        return DARK if ground.lightness() < _MIDDLE else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


_keeper: list[ThemeKeeper] = []


def keeper() -> ThemeKeeper:
    """Return the one keeper of the process; it is made at the first call."""
    if not _keeper:
        _keeper.append(ThemeKeeper())
    return _keeper[0]


def theme() -> Theme:
    """Return the theme in force, for code that paints."""
    return keeper().theme
