"""The font of the window: the system's own on Windows, otherwise PT Sans that we ship.

Without any font package a Linux desktop would show no text at all.
"""

from __future__ import annotations

import sys

from PySide6 import QtGui
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app.errors import ResourceError
from app.paths import resource

FAMILY = "PT Sans"
_REGULAR = "PTS55F.ttf"
_BOLD = "PTS75F.ttf"
_POINTS = 10.5
_CYRILLIC = ord("Ж")


def install(application: QApplication) -> None:
    """Give the application its font; raise ``ResourceError`` when ours is needed and missing."""
    if sys.platform == "win32" and _has_cyrillic(application.font()):
        return
    _add(_REGULAR)
    font = QFont(FAMILY)
    font.setPointSizeF(_POINTS)
    application.setFont(font)


def install_bold() -> None:
    """Add the bold face; nothing bold stands in the first paint."""
    if QApplication.font().family() == FAMILY:
        _add(_BOLD)


def _add(name: str) -> None:
    path = resource("fonts", "pt-sans", name)
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise ResourceError(
            f"Не удалось прочитать шрифт программы: {path}.",
            "Установите программу заново: её файлы повреждены.",
        )


def _has_cyrillic(font: QFont) -> bool:
    # By the module: making the class costs time, and only Windows needs it.
    return QtGui.QRawFont.fromFont(font).supportsCharacter(_CYRILLIC)
