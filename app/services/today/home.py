"""The home page: every number with the rows behind it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from app.errors import ResourceError, UserError
from app.models.enums import Category, QuarantineState, RecordKind, SchoolStatus
from app.paths import resource
from app.services import backup, forms, importing, methodology, records, schools
from app.services.backup import CopyInfo
from app.services.clock import local_today
from app.services.figures import figure_title
from app.services.results import years
from app.services.russian import counted, listed
from app.services.today.deadlines import open_deadlines, overdue
from app.services.today.types import (
    Deadline,
    Pile,
    PileKey,
    Target,
    Today,
    TodayLine,
    Urgency,
)
from app.services.workspace import Workspace

_NOBODY = "Не указано, кто отвечает"
_LONG_LIST = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """How far ahead the page looks, and when it reminds of a copy; in days."""

    soon_days: int
    backup_days: int


@cache
def limits() -> Limits:
    """Return the limits of ``resources/today``; ResourceError when the file is broken."""
    path = resource("today", "limits.json")
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return Limits(int(body["soon_days"]), int(body["backup_days"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Файл программы «{path}» отсутствует или испорчен.",
            "Установите программу заново: её файлы повреждены.",
        ) from error


def today(workspace: Workspace, year: int | None = None, day: date | None = None) -> Today:
    """Return the home page of a day; ``year`` is that of the procedures, by default the newest."""
    now = day or local_today()
    shown = year or next(iter(years(workspace)), None)
    dated = open_deadlines(workspace)
    deadlines = [one for one in dated if not one.reminder]
    count = sum(one.status is SchoolStatus.ACTIVE for one in schools.list_schools(workspace))
    piles = (
        _overdue(deadlines, now),
        _soon(deadlines, now),
        _reminders([one for one in dated if one.reminder], now),
        _awaited(deadlines, now),
        _decisions(workspace, shown),
        _quarantine(workspace),
        _missing(workspace, shown or now.year, count),
        _bias(workspace, shown),
        _backup(workspace, now),
    )
    return Today(now, shown, count, piles)


# Deadlines.


def _overdue(deadlines: Sequence[Deadline], now: date) -> Pile:
    found = [one for one in deadlines if overdue(one, now)]
    lines = tuple(_line(one, _late(now - one.day)) for one in found)
    sentence = "Сроки прошли, а отметки о выполнении нет." if found else "Просроченного нет."
    urgency = Urgency.ALARM if found else Urgency.CALM
    return Pile(PileKey.OVERDUE, len(found), sentence, urgency, lines)


def _soon(deadlines: Sequence[Deadline], now: date) -> Pile:
    last = now + timedelta(days=limits().soon_days)
    found = [one for one in deadlines if now <= one.day <= last]
    lines = tuple(_line(one, _ahead(one.day - now)) for one in found)
    sentence = f"До {last:%d.%m.%Y} включительно."
    return Pile(
        PileKey.SOON, len(found), sentence, Urgency.NOTICE if found else Urgency.CALM, lines
    )


def _reminders(found: Sequence[Deadline], now: date) -> Pile:
    """Return the reminders whose day has come; they stay until a person puts them off or away."""
    due = [one for one in found if one.day <= now]
    ahead = next((one.day for one in found if one.day > now), None)
    lines = tuple(_line(one, _since(now - one.day)) for one in due)
    following = f"Следующее – {ahead:%d.%m.%Y}." if ahead else "Следующих пока нет."
    calm = following if ahead else "Напоминаний нет."
    sentence = f"О чём вы просили напомнить. {following}" if due else calm
    urgency = Urgency.NOTICE if due else Urgency.CALM
    return Pile(PileKey.REMINDERS, len(due), sentence, urgency, lines)


def _since(span: timedelta) -> str:
    return "сегодня" if span.days == 0 else f"ждёт {_days(span.days)}"


def _awaited(deadlines: Sequence[Deadline], now: date) -> Pile:
    """Return from whom something is awaited: everything late or due within the coming days."""
    last = now + timedelta(days=limits().soon_days)
    by_who: dict[str, list[Deadline]] = defaultdict(list)
    for one in deadlines:
        if one.day <= last:
            by_who[one.who or _NOBODY].append(one)
    lines = tuple(_awaited_line(who, found, now) for who, found in sorted(by_who.items()))
    sentence = "Кто отвечает за просроченное и ближайшее." if lines else "Ждать нечего."
    urgency = Urgency.NOTICE if lines else Urgency.CALM
    return Pile(PileKey.AWAITED, len(lines), sentence, urgency, lines)


def _awaited_line(who: str, found: Sequence[Deadline], now: date) -> TodayLine:
    late = sum(overdue(one, now) for one in found)
    named = "; ".join(one.title for one in found[:_LONG_LIST])
    more = f"; и ещё {len(found) - _LONG_LIST}" if len(found) > _LONG_LIST else ""
    note = f"всего {len(found)}" + (f", просрочено {late}" if late else "")
    return TodayLine(f"{named}{more}", found[0].day, who, found[0].where, note, found[0].target)


def _line(one: Deadline, note: str) -> TodayLine:
    return TodayLine(one.title, one.day, one.who or _NOBODY, one.where, note, one.target)


def _late(span: timedelta) -> str:
    return f"опоздание {_days(span.days)}"


def _ahead(span: timedelta) -> str:
    if span.days == 0:
        return "сегодня"
    return "завтра" if span.days == 1 else f"через {_days(span.days)}"


def _days(number: int) -> str:
    return counted(number, "день", "дня", "дней")


# What waits inside the program.


def _decisions(workspace: Workspace, year: int | None) -> Pile:
    if year is None:
        return Pile(PileKey.DECISIONS, None, "Результатов пока нет.", Urgency.CALM)
    try:
        found = methodology.classify(workspace, year).schools
    except UserError as error:
        return Pile(PileKey.DECISIONS, None, error.message, Urgency.WARNING)
    waiting = [
        one for one in found if one.decision is None and one.verdict.category is not Category.NONE
    ]
    lines = tuple(
        TodayLine(
            one.verdict.category.value,
            None,
            one.school,
            f"Классификация {year} года",
            one.verdict.reason,
            Target("schools", one.school_id),
        )
        for one in waiting
    )
    sentence = (
        f"Категории {year} года предложены, но не подтверждены."
        if waiting
        else f"По предложенным категориям {year} года решено."
    )
    urgency = Urgency.WARNING if waiting else Urgency.CALM
    return Pile(PileKey.DECISIONS, len(waiting), sentence, urgency, lines)


def _quarantine(workspace: Workspace) -> Pile:
    counts = importing.waiting(workspace)
    lines = tuple(
        TodayLine(
            one.reason,
            None,
            one.school or "",
            f"{one.path}, лист «{one.sheet}», строка {one.row}",
            one.item,
            Target("quarantine", row_id=one.id),
        )
        for one in importing.list_quarantine(workspace, QuarantineState.WAITING)
    )
    parts = []
    if counts.rows:
        parts.append(f"Строки из файлов: {counts.files}.")
    if counts.undecided:
        parts.append(f"Ещё файлов ждут целиком: {counts.undecided}.")
    sentence = " ".join(parts) or "Карантин пуст."
    urgency = Urgency.WARNING if parts else Urgency.CALM
    return Pile(PileKey.QUARANTINE, counts.rows, sentence, urgency, lines)


def _missing(workspace: Workspace, year: int, schools_count: int) -> Pile:
    if not schools_count:
        return Pile(PileKey.MISSING, None, "Школ пока нет.", Urgency.CALM)
    board = forms.board(workspace, year)
    lines = tuple(
        TodayLine(
            listed([board.of(key).title for key in row.owed()]),
            None,
            row.school,
            f"Сбор сведений {year} года",
            _reasons(row.cells[key].why for key in row.owed()),
            Target("forms", row.school_id),
        )
        for row in board.rows
        if row.owed()
    )
    sentence = f"Школы, которые сдали не всё за {year} год." if lines else "Сдали все школы."
    urgency = Urgency.NOTICE if lines else Urgency.CALM
    return Pile(PileKey.MISSING, len(lines), sentence, urgency, lines)


def _reasons(sentences: Iterable[str]) -> str:
    """Return sentences one after another; what holds of several forms is said once."""
    return ". ".join(dict.fromkeys(one.rstrip(".") for one in sentences))


def _bias(workspace: Workspace, year: int | None) -> Pile:
    if year is None:
        return Pile(PileKey.BIAS, None, "Списков пока нет.", Urgency.CALM)
    found = records.list_records(workspace, RecordKind.BIAS, year=year)
    marked = [
        (row, sorted(n for n, v in row.data.items() if n != "total" and v == 1)) for row in found
    ]
    lines = tuple(
        TodayLine(
            ", ".join(figure_title(row.kind, name) for name in names),
            None,
            row.school,
            f"Список {year} года",
            "",
            Target("schools", row.school_id),
        )
        for row, names in marked
        if names
    )
    sentence = (
        f"Школы в списке признаков необъективности ВПР {year} года."
        if lines
        else f"Признаков необъективности за {year} год в базе нет."
    )
    return Pile(
        PileKey.BIAS, len(lines), sentence, Urgency.NOTICE if lines else Urgency.CALM, lines
    )


def _backup(workspace: Workspace, now: date) -> Pile:
    copies = backup.list_copies(workspace.database.path)
    if not copies:
        sentence = "Резервных копий ещё нет: сделайте первую."
        return Pile(PileKey.BACKUP, None, sentence, Urgency.WARNING)
    newest = copies[0].made_at
    lines = tuple(_copy_line(copy) for copy in copies)
    late = (now - newest.date()).days > limits().backup_days
    sentence = f"Последняя копия: {newest:%d.%m.%Y %H:%M}."
    return Pile(
        PileKey.BACKUP, len(copies), sentence, Urgency.WARNING if late else Urgency.CALM, lines
    )


def _copy_line(copy: CopyInfo) -> TodayLine:
    made = copy.made_at
    place, moment = str(copy.path.parent), f"{made:%H:%M}"
    return TodayLine(copy.path.name, made.date(), "", place, moment, Target("backup"))
