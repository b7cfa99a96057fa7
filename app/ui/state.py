"""What the window remembers between starts: sizes, widths, theme; an ini file in our folder.

Not the registry: a copy of the data folder on a stick brings its window along.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    """Typed access to the ini file; a value that is missing or of another type is its default."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        """Other things of the window that need not last stand beside the file."""
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """Return the stored text."""
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str) -> int | None:
        """Return the stored whole number, or None."""
        value = self.text(key)
        return int(value) if value.lstrip("-").isdigit() else None

    def flag(self, key: str, default: bool) -> bool:
        """Return the stored yes or no."""
        value = self.text(key)
        return value == "1" if value in ("0", "1") else default

    def blob(self, key: str) -> QByteArray:
        """Return what a Qt widget saved of itself; empty when there is none."""
        return QByteArray.fromBase64(self.text(key).encode("ascii", "ignore"))

    def put(self, key: str, value: str | int | bool | QByteArray) -> None:
        """Store a value."""
        if isinstance(value, QByteArray):
            stored = bytes(value.toBase64().data()).decode("ascii")
        elif isinstance(value, bool):
            stored = "1" if value else "0"
        else:
            stored = str(value)
        self._settings.setValue(key, stored)

    def save(self) -> None:
        """Write the file now."""
        self._settings.sync()
