"""The day on the wall of the office, for whatever is due, late or dated."""

from __future__ import annotations

from datetime import UTC, date, datetime


def local_today() -> date:
    """Return the day of the calendar on this computer."""
    return datetime.now(UTC).astimezone().date()
