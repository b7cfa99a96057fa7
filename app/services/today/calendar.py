"""Deadlines as an iCalendar file (RFC 5545), which the calendars of workstations take in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.errors import OutputError
from app.services.output import unreadable, write_safely
from app.services.today.deadlines import open_deadlines
from app.services.today.types import Deadline
from app.services.workspace import Workspace

_LINE = 75
"""Octets of a content line without its break (RFC 5545, 3.1)."""
_ALARM_HOUR = 9
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Opora//Deadlines//RU",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
)


def write_calendar(workspace: Workspace, path: Path) -> int:
    """Write every open deadline as an all-day event; return how many there are.

    OutputError when the ending is not .ics or the file cannot be written.
    """
    if path.suffix.casefold() != ".ics":
        raise OutputError(
            f"Календарь нельзя записать в файл «{path.name}».", "Годится окончание .ics."
        )
    found = open_deadlines(workspace)
    write_safely(path, as_calendar(found, datetime.now(UTC)), _check)
    return len(found)


def _check(path: Path) -> None:
    if not path.read_bytes().endswith(b"END:VCALENDAR\r\n"):
        raise unreadable(path)


def as_calendar(deadlines: Iterable[Deadline], stamp: datetime) -> bytes:
    """Return the calendar: CRLF, folded lines, escaped texts, all-day events, stable UIDs."""
    lines = [*_HEAD, f"X-WR-CALNAME:{escaped('Опора: сроки')}"]
    for one in deadlines:
        lines += _event(one, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(one: Deadline, stamp: datetime) -> list[str]:
    # A period of months would paint over every day of it: its last day is what counts.
    description = [f"Кто: {one.who}" if one.who else "", f"Откуда: {one.where}"]
    if one.start is not None and one.start != one.day:
        description.append(f"Срок: {_day(one.start)} – {_day(one.day)}")
    text = "\n".join(part for part in description if part)
    return [
        "BEGIN:VEVENT",
        f"UID:{one.uid}@opora.local",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(_summary(one))}",
        f"DESCRIPTION:{escaped(text)}",
        "TRANSP:TRANSPARENT",
        *(_alarm(one) if one.reminder else ()),
        "END:VEVENT",
    ]


def _summary(one: Deadline) -> str:
    return f"Напоминание: {one.title}" if one.reminder else one.title


def _alarm(one: Deadline) -> list[str]:
    """Return an alarm at nine of that morning, by the clock of whoever reads the calendar.

    RFC 5545, 3.6.6 and 3.8.6.3: a trigger without END counts from the start of the event.
    """
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(_summary(one))}",
        f"TRIGGER:PT{_ALARM_HOUR}H",
        "END:VALARM",
    ]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def escaped(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11): backslash, semicolon, comma, line break."""
    return text.translate(_ESCAPED)


def folded(line: str) -> str:
    """Return a content line folded at 75 octets, never inside a character."""
    parts: list[str] = []
    current, room = "", _LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(current)
            current, room = "", _LINE - 1  # the space that marks what goes on
        current += sign
        room -= size
    parts.append(current)
    return "\r\n ".join(parts)
