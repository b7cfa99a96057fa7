"""The home page: what is late, near, awaited or undecided, and the calendar of deadlines."""

from app.services.today.calendar import as_calendar, write_calendar
from app.services.today.deadlines import open_deadlines
from app.services.today.home import Limits, limits, today
from app.services.today.report import today_json
from app.services.today.types import (
    Deadline,
    Pile,
    PileKey,
    Target,
    Today,
    TodayLine,
    Urgency,
)

__all__ = [
    "Deadline",
    "Limits",
    "Pile",
    "PileKey",
    "Target",
    "Today",
    "TodayLine",
    "Urgency",
    "as_calendar",
    "limits",
    "open_deadlines",
    "today",
    "today_json",
    "write_calendar",
]
