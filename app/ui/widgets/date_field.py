"""A date typed as people write it: 5.9.2025; empty is allowed and means «not yet known»."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

_FORM = re.compile(r"\s*(\d{1,2})[.,/ ](\d{1,2})[.,/ ](\d{4})\s*")


def parse(text: str) -> date | None:
    """Return the date of ``text``; ValueError when it is not one, None when it is empty."""
    if not text.strip():
        return None
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    day, month, year = (int(part) for part in found.groups())
    return date(year, month, day)


class DateField(QLineEdit):
    """A line that shows at once whether it holds a date."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setPlaceholderText("дд.мм.гггг")
        self.textChanged.connect(self._on_text)

    def value(self) -> date | None:
        """Return the date; None while the line is empty or not a date."""
        try:
            return parse(self.text())
        except ValueError:
            return None

    def is_valid(self) -> bool:
        """Return True for a date and for an empty line."""
        try:
            parse(self.text())
        except ValueError:
            return False
        return True

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self.setText("" if value is None else value.strftime("%d.%m.%Y"))

    def _on_text(self, _text: str) -> None:
        valid = self.is_valid()
        self.setProperty("invalid", not valid)
        self.setToolTip("" if valid else "Это не дата. Напишите, например, 05.09.2025.")
        self.style().unpolish(self)
        self.style().polish(self)
