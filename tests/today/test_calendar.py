"""The calendar of deadlines as other programs read it: by the rules of RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.errors import OutputError
from app.models.enums import ActivityStatus, PaperState, RoadmapMode, SchoolPaper
from app.models.roadmaps import Activity, Roadmap
from app.models.support import SchoolDocument
from app.services.today import Deadline, Target, as_calendar, open_deadlines, write_calendar
from app.services.workspace import Workspace
from tests.stored import add_school

STAMP = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LONG = "Семинар; для учителей, «Ёлкино» \\ Липки\nи всех остальных школ района, " * 3


def deadline(
    uid: str = "activity-1", title: str = "Семинар", day: date = date(2026, 3, 31)
) -> Deadline:
    return Deadline(uid, title, None, day, "РМК", "План", Target("roadmap"))


def parse(data: bytes) -> list[dict[str, str]]:
    """Return the events as a calendar reads them: lines unfolded, texts unescaped."""
    text = data.decode()
    assert not re.search(r"(?<!\r)\n", text), "a bare line feed ends no line"
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1].setdefault(name, _plain(value))
    return events


def _plain(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_an_event_is_a_whole_day_and_keeps_its_uid() -> None:
    (event,) = parse(as_calendar([deadline()], STAMP))
    assert event["UID"] == "activity-1@opora.local"
    assert event["DTSTART;VALUE=DATE"] == "20260331"
    assert event["DTEND;VALUE=DATE"] == "20260401"
    assert event["DTSTAMP"] == "20260301T093000Z"
    assert event["DESCRIPTION"] == "Кто: РМК\nОткуда: План"


def test_texts_come_back_as_they_were() -> None:
    (event,) = parse(as_calendar([deadline(title=LONG)], STAMP))
    assert event["SUMMARY"] == LONG


def test_no_line_is_longer_than_75_octets_and_no_letter_is_torn() -> None:
    data = as_calendar([deadline(title=LONG)], STAMP)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()


def test_no_deadlines_make_an_empty_calendar() -> None:
    assert parse(as_calendar([], STAMP)) == []


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Store a measure, a finished one, one without a date, and a document of a school."""
    school = add_school(workspace, "Школа № 1")
    with workspace.database.write() as session:
        session.add(Roadmap(id=1, position=1, mode=RoadmapMode.SIMPLE, title="План"))
        session.flush()
        for number, status, end in (
            (1, ActivityStatus.PLANNED, date(2026, 3, 31)),
            (2, ActivityStatus.DONE, date(2026, 3, 31)),
            (3, ActivityStatus.PLANNED, None),
        ):
            session.add(
                Activity(
                    id=number,
                    roadmap_id=1,
                    position=number,
                    number=f"1.{number}",
                    title="Семинар",
                    search_key="семинар",
                    responsible="РМК",
                    status=status,
                    term_start=date(2026, 1, 1),
                    term_end=end,
                    remind_on=date(2026, 3, 20) if number == 1 else None,
                )
            )
        session.add(
            SchoolDocument(
                school_id=school,
                year=2026,
                kind=SchoolPaper.CONCEPT,
                due=date(2026, 4, 1),
                state=PaperState.DRAFT,
            )
        )
    return workspace


def test_open_duties_with_a_date(filled: Workspace) -> None:
    assert [(one.uid, one.title, one.who) for one in open_deadlines(filled)] == [
        ("reminder-1", "1.1 Семинар", "РМК"),
        ("activity-1", "1.1 Семинар", "РМК"),
        ("paper-1", "Концепция развития", "Школа № 1"),
    ]


def test_the_file_twice_has_the_same_events(filled: Workspace, tmp_path: Path) -> None:
    first, second = tmp_path / "сроки.ics", tmp_path / "ещё.ics"
    assert write_calendar(filled, first) == 3
    write_calendar(filled, second)
    uids = [[event["UID"] for event in parse(path.read_bytes())] for path in (first, second)]
    assert uids[0] == uids[1] == [
        "reminder-1@opora.local", "activity-1@opora.local", "paper-1@opora.local",
    ]  # fmt: skip
    described = parse(first.read_bytes())[1]["DESCRIPTION"]
    assert described == "Кто: РМК\nОткуда: План\nСрок: 01.01.2026 – 31.03.2026"


def test_a_reminder_rings_in_the_morning_and_a_deadline_does_not(
    filled: Workspace, tmp_path: Path
) -> None:
    write_calendar(filled, tmp_path / "сроки.ics")
    reminder, *others = (tmp_path / "сроки.ics").read_text(encoding="utf-8").split("END:VEVENT")
    assert "SUMMARY:Напоминание: 1.1 Семинар" in reminder
    alarm = reminder[reminder.index("BEGIN:VALARM") : reminder.index("END:VALARM")].splitlines()
    assert [line for line in alarm if line] == [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Напоминание: 1.1 Семинар", "TRIGGER:PT9H",
    ]  # fmt: skip
    assert not any("VALARM" in one for one in others)


def test_another_ending_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.ics"):
        write_calendar(workspace, tmp_path / "сроки.txt")
