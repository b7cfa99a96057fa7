"""The day as the page writes it.  Loaded before the database is open."""

from __future__ import annotations

from datetime import date

from app.services.months import GENITIVE

_DAYS = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip


def in_words(day: date) -> str:
    """Return «Понедельник, 2 марта 2026 года»."""
    name = _DAYS[day.weekday()].capitalize()
    return f"{name}, {day.day} {GENITIVE[day.month - 1]} {day.year} года"
