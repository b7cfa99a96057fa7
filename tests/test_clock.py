"""The day of the office: that of its own clock, not of Greenwich."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from app.services import clock


class _Midnight(datetime):
    """Half past eleven at night in Greenwich: in the east the next day has begun."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.fromisoformat("2026-03-01T23:30:00+00:00")


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    if sys.platform != "win32":
        time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of a process cannot be set there")
@pytest.mark.parametrize(("name", "day"), [("UTC", 1), ("Asia/Vladivostok", 2)])
def test_the_day_is_that_of_the_zone(zone: pytest.MonkeyPatch, name: str, day: int) -> None:
    zone.setitem(os.environ, "TZ", name)
    time.tzset()
    zone.setattr(clock, "datetime", _Midnight)
    assert clock.local_today().day == day
