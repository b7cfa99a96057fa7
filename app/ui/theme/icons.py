"""Our own line icons, drawn in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from app.errors import ResourceError
from app.paths import resource
from app.ui.theme.current import keeper, theme

_SIZES = (16, 24, 32, 48)


def dress(button: QAbstractButton, name: str, *, on_accent: bool = False) -> None:
    """Give a button an icon that follows the theme."""
    _Dress(button, name, on_accent)


class _Dress(QObject):
    def __init__(self, button: QAbstractButton, name: str, on_accent: bool) -> None:
        super().__init__(button)
        self._button = button
        self._name = name
        self._on_accent = on_accent
        keeper().changed.connect(self._put)
        self._put()

    def _put(self) -> None:
        self._button.setIcon(icon(self._name, on_accent=self._on_accent))


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in the text colour of the theme in force.

    ``on_accent`` draws it for a button of the accent colour.  Raises ``ResourceError`` when the
    file is missing.
    """
    colors = theme()
    result = QIcon()
    _add(result, name, colors.on_accent if on_accent else colors.text, QIcon.Mode.Normal)
    _add(result, name, colors.disabled, QIcon.Mode.Disabled)
    return result


def _add(target: QIcon, name: str, color: str, mode: QIcon.Mode) -> None:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    for size in _SIZES:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        target.addPixmap(pixmap, mode)


def _source(name: str) -> str:
    path = resource("icons", f"{name}.svg")
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResourceError(
            f"Не найден значок программы: {path}.",
            "Установите программу заново: её файлы повреждены.",
        ) from error
