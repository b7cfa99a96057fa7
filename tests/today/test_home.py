"""The numbers of the home page and the rows behind them."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta

from app.models.enums import ActivityStatus, RoadmapMode
from app.models.roadmaps import Activity, Roadmap
from app.services import backup, methodology, today
from app.services.journal import undo_last
from app.services.roadmap import set_reminder
from app.services.today import PileKey, Urgency, today_json
from app.services.workspace import Workspace
from tests.ui.district import fill

NOW = date(2026, 3, 10)


def add_activity(workspace: Workspace, title: str, end: date, who: str = "РМК") -> None:
    with workspace.database.write() as session:
        if session.get(Roadmap, 1) is None:
            session.add(Roadmap(id=1, position=1, mode=RoadmapMode.SIMPLE, title="План"))
            session.flush()
        session.add(
            Activity(
                roadmap_id=1,
                position=1,
                title=title,
                search_key=title.casefold(),
                responsible=who,
                status=ActivityStatus.PLANNED,
                term_end=end,
            )
        )


def test_a_new_database(workspace: Workspace) -> None:
    page = today.today(workspace, day=NOW)
    assert (page.schools, page.year) == (0, None)
    assert {pile.key for pile in page.piles} == set(PileKey)
    assert page.pile(PileKey.DECISIONS).count is None
    assert page.pile(PileKey.OVERDUE).urgency is Urgency.CALM
    assert "ещё нет" in page.pile(PileKey.BACKUP).sentence


def test_late_and_near(workspace: Workspace) -> None:
    for title, days in (
        ("Вчера", -1), ("Сегодня", 0), ("Завтра", 1), ("Край", 14), ("Потом", 15), ("Давно", -21),
    ):  # fmt: skip
        add_activity(workspace, title, NOW + timedelta(days=days))
    page = today.today(workspace, day=NOW)
    late, near = page.pile(PileKey.OVERDUE), page.pile(PileKey.SOON)
    assert [(one.what, one.note) for one in late.lines] == [
        ("Давно", "опоздание 21 день"),
        ("Вчера", "опоздание 1 день"),
    ]
    assert late.urgency is Urgency.ALARM
    assert [(one.what, one.note) for one in near.lines] == [
        ("Сегодня", "сегодня"),
        ("Завтра", "завтра"),
        ("Край", "через 14 дней"),
    ]
    assert "24.03.2026" in near.sentence


def test_from_whom_something_is_awaited(workspace: Workspace) -> None:
    add_activity(workspace, "Отчёт", NOW - timedelta(days=3), "РМК")
    add_activity(workspace, "Семинар", NOW + timedelta(days=3), "РМК")
    add_activity(workspace, "Проверка", NOW, "")
    add_activity(workspace, "Нескоро", NOW + timedelta(days=60), "ИРО")
    awaited = today.today(workspace, day=NOW).pile(PileKey.AWAITED)
    assert [(one.who, one.what, one.note) for one in awaited.lines] == [
        ("Не указано, кто отвечает", "Проверка", "всего 1"),
        ("РМК", "Отчёт; Семинар", "всего 2, просрочено 1"),
    ]


def test_reminders_come_on_their_day_and_stay(workspace: Workspace) -> None:
    add_activity(workspace, "Семинар", NOW + timedelta(days=90))
    for day, expected in (
        (NOW + timedelta(days=1), ([], "Следующее – 11.03.2026.")),
        (NOW, (["сегодня"], "О чём вы просили напомнить. Следующих пока нет.")),
        (NOW - timedelta(days=2), (["ждёт 2 дня"], "О чём вы просили напомнить. Следующих пока "
                                   "нет.")),
        (None, ([], "Напоминаний нет.")),
    ):  # fmt: skip
        set_reminder(workspace, [1], day)
        page = today.today(workspace, day=NOW)
        pile = page.pile(PileKey.REMINDERS)
        assert ([one.note for one in pile.lines], pile.sentence) == expected
        assert page.pile(PileKey.OVERDUE).count == 0  # a reminder is no deadline
    undo_last(workspace)
    assert today.today(workspace, day=NOW).pile(PileKey.REMINDERS).count == 1
    undo_last(workspace)
    assert [one.note for one in today.today(workspace, day=NOW).pile(PileKey.REMINDERS).lines] == [
        "сегодня"
    ]


def test_decisions_completeness_and_bias(workspace: Workspace) -> None:
    district = fill(workspace)
    page = today.today(workspace, day=NOW)
    assert page.schools == 3
    decisions = page.pile(PileKey.DECISIONS)
    assert [(one.what, one.who) for one in decisions.lines] == [("ШНОР", "МБОУ СОШ № 15")]
    assert decisions.lines[0].target.school_id == district.low
    missing = page.pile(PileKey.MISSING)
    assert missing.count == 3
    assert all(one.note for one in missing.lines)
    for one in missing.lines:  # said once, each a sentence with its capital letter
        reasons = one.note.split(". ")
        assert len(reasons) == len(set(reasons))
        assert all(reason[0].isupper() for reason in reasons)
        assert ";" not in one.note
    assert missing.lines[0].what.startswith("Социальный паспорт, кадры")
    assert page.pile(PileKey.BIAS).count == 0
    methodology.confirm(workspace, 2025, [district.low])
    assert today.today(workspace, day=NOW).pile(PileKey.DECISIONS).count == 0


def test_the_last_copy(workspace: Workspace) -> None:
    backup.back_up(workspace)
    now = date.today()
    fresh = today.today(workspace, day=now).pile(PileKey.BACKUP)
    assert (fresh.count, fresh.urgency) == (1, Urgency.CALM)
    old = today.today(workspace, day=now + timedelta(days=30)).pile(PileKey.BACKUP)
    assert old.urgency is Urgency.WARNING


def test_a_copy_is_as_old_as_its_name_says_wherever_it_lay(workspace: Workspace) -> None:
    made = backup.back_up(workspace).path
    stem = workspace.database.path.stem
    old = made.rename(made.with_name(f"{stem}_2026-01-05_08-30-00.db"))
    os.utime(old)  # brought back from a stick: the file is of this minute
    pile = today.today(workspace, day=NOW).pile(PileKey.BACKUP)
    assert pile.urgency is Urgency.WARNING
    assert pile.sentence == "Последняя копия: 05.01.2026 08:30."
    assert (pile.lines[0].day, pile.lines[0].note) == (date(2026, 1, 5), "08:30")


def test_the_page_as_json(workspace: Workspace) -> None:
    add_activity(workspace, "Отчёт", NOW - timedelta(days=3))
    made = json.loads(json.dumps(today_json(today.today(workspace, day=NOW)), ensure_ascii=False))
    assert made["day"] == "2026-03-10"
    assert made["piles"]["overdue"]["lines"][0] == {
        "what": "Отчёт", "day": "2026-03-07", "who": "РМК", "where": "План",
        "note": "опоздание 3 дня",
    }  # fmt: skip
