"""Asks the services what the day brings and does what the page «Сегодня» wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from app.services import backup, roadmap, today
from app.services.changes import ChangeSet
from app.services.clock import local_today
from app.services.today import Pile, PileKey, Today, TodayLine, Urgency
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.first_list import FirstList
from app.ui.numbers import counted
from app.ui.office_words import said
from app.ui.pages.today.day import in_words
from app.ui.pages.today.lines import Row, Tile, View
from app.ui.tasks import Task

_CALENDAR = "Календарь (*.ics)"


class _Loaded(NamedTuple):
    view: View
    stamp: list[Any] | None


class TodayPresenter(QObject):
    """Keeps the numbers in step with the data and the year of the window."""

    def __init__(self, first: FirstList, context: Context) -> None:
        super().__init__(first.home)
        self.page = first.home
        self._first = first
        self._context = context
        self._loading: Task | None = None
        self.page.calendar_wanted.connect(self._on_calendar)
        self.page.copy_wanted.connect(self._on_copy)
        self.page.reminder_wanted.connect(self._on_reminder)
        context.year_changed.connect(self.reload)
        context.bus.changed.connect(self._on_changed)
        self.page.allow_work()
        # Read once the year of the window is known: the workbench calls for it.

    def reload(self) -> None:
        """Read the page again."""
        if self._loading is not None:
            self._loading.abandon()
        self._loading = self._context.tasks.database.call(
            "Смотрю, что сегодня", self._load, self._context.workspace, self._context.year
        )
        self._loading.done.connect(self._on_loaded)

    def _load(self, workspace: Workspace, year: int | None) -> _Loaded:
        stamp = self._first.stamp()  # before reading: a later change must not look included
        return _Loaded(shown(today.today(workspace, year)), stamp)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loading = None
        self.page.show_view(loaded.view)
        self._first.keep_home(loaded.stamp, loaded.view)

    def _on_changed(self, _changes: ChangeSet) -> None:
        self.reload()

    def _on_calendar(self) -> None:
        proposed = Path.home() / "Сроки.ics"
        path = prompts.save_file(self._context.window, "Сроки в календарь", proposed, _CALENDAR)
        if path is not None:
            task = self._context.tasks.files.call(
                "Записываю календарь", today.write_calendar, self._context.workspace, path
            )
            task.done.connect(self._on_written)

    def _on_written(self, events: int) -> None:
        number = counted(events, "срок", "срока", "сроков")
        self._context.told.emit(f"В календарь записано: {number}.")

    def _on_reminder(self, rows: Sequence[Row], days: int | None) -> None:
        ids = [row.row_id for row in rows if row.row_id is not None]
        day = None if days is None else local_today() + timedelta(days=days)
        task = self._context.tasks.database.call(
            "Записываю напоминание", roadmap.set_reminder, self._context.workspace, ids, day
        )
        task.done.connect(self._on_reminded)
        task.failed.connect(self.reload)

    def _on_reminded(self, done: roadmap.Done) -> None:
        self._context.bus.publish(done.changes)

    def _on_copy(self) -> None:
        task = self._context.tasks.files.call(
            "Делаю резервную копию", backup.back_up, self._context.workspace
        )
        task.done.connect(self._on_copied)

    def _on_copied(self, report: backup.BackupReport) -> None:
        self._context.told.emit(report.sentence())
        self.reload()


def shown(page: Today) -> View:
    """Return the page as the tab shows it."""
    tiles = tuple(_tile(pile) for pile in page.piles)
    return View(in_words(page.day), page.schools, tiles)


def _tile(pile: Pile) -> Tile:
    unknown = pile.count is None
    number = "–" if unknown else str(pile.count)
    rows = tuple(_row(line) for line in pile.lines)
    if pile.key is PileKey.DECISIONS:
        # These are sentences of ours; other rows hold what people wrote.
        rows = tuple(row._replace(what=said(row.what), note=said(row.note)) for row in rows)
    calm = pile.urgency is Urgency.CALM
    urgency = "unknown" if unknown and calm else pile.urgency.value
    return Tile(pile.key.value, number, pile.sentence, urgency, rows)


def _row(line: TodayLine) -> Row:
    target = line.target
    return Row(
        line.what,
        f"{line.day:%d.%m.%Y}" if line.day else "",
        line.day.isoformat() if line.day else "",
        line.who,
        line.where,
        line.note,
        target.page,
        target.school_id,
        target.row_id,
        target.owner_id,
    )
