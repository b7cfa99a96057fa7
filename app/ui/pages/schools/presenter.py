"""Asks the services for schools and does what the person decides on the page «Школы»."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QObject

from app.models.enums import Category
from app.services import methodology
from app.services.changes import ChangeSet, Topic
from app.services.methodology import Deficit
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.deciding import Deciding
from app.ui.dialogs.card_preview import CardPreview
from app.ui.dialogs.deficits import DeficitsDialog
from app.ui.first_list import FirstList
from app.ui.pages.schools.identity_dialog import IdentityDialog
from app.ui.pages.schools.lines import Card, SchoolLine
from app.ui.pages.schools.loading import load_card, load_lines
from app.ui.source_opener import SourceOpener
from app.ui.tasks import Task
from app.ui.theme import icons

_TOPICS = {
    Topic.SCHOOLS,
    Topic.RESULTS,
    Topic.RECORDS,
    Topic.DECISIONS,
    Topic.SETTINGS,
    Topic.IMPORTS,
}


class _Loaded(NamedTuple):
    lines: tuple[SchoolLine, ...]
    stamp: list[Any] | None


class SchoolsPresenter(QObject):
    """Keeps the list and the card in step with the data and the year."""

    def __init__(self, first: FirstList, context: Context) -> None:
        super().__init__(first.page)
        self.page = first.page
        self._first = first
        self._context = context
        self._loading: Task | None = None
        self._card_task: Task | None = None
        self._card: Card | None = None
        self._card_waits = False
        """The card is not read yet: the page has not been in front since its list changed."""
        self._sources = SourceOpener(context, self.page)
        self._deciding = Deciding(context, self)
        icons.dress(self.page.fold, "panel")
        self._connect()

    def _connect(self) -> None:
        page, panel = self.page, self.page.panel
        page.entered.connect(self._on_entered)
        page.card_wanted.connect(self._on_card_wanted)
        page.confirm_wanted.connect(self._deciding.confirm_many)
        panel.confirm_wanted.connect(self._deciding.confirm)
        panel.override_wanted.connect(self._on_override)
        panel.withdraw_wanted.connect(self._deciding.withdraw)
        panel.deficits_wanted.connect(self._on_deficits)
        panel.print_wanted.connect(self._on_print)
        panel.source_wanted.connect(self._sources.open)
        panel.copy_wanted.connect(self._sources.open_copy)
        panel.identity_wanted.connect(self._on_identity)
        self._context.school_wanted.connect(self._on_school_wanted)
        self._context.year_changed.connect(self.reload)
        self._context.bus.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the list again, and the card with it."""
        if self._loading is not None:
            self._loading.abandon()
        self._loading = self._context.tasks.database.call(
            "Читаю список школ", self._load, self._context.workspace, self._context.year
        )
        self._loading.done.connect(self._on_loaded)

    def _load(self, workspace: Workspace, year: int | None) -> _Loaded:
        stamp = self._first.stamp()  # before reading: a later change must not look included
        return _Loaded(load_lines(workspace, year), stamp)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loading = None
        self.page.show_lines(loaded.lines)
        self.page.allow_decisions(any(_waits(line) for line in loaded.lines))
        self._first.keep(loaded.stamp, self._context.year, loaded.lines)
        current = self.page.table.current()
        self._on_card_wanted(current.id if current else None)

    def _on_card_wanted(self, school_id: int | None) -> None:
        if self._card_task is not None:
            self._card_task.abandon()
            self._card_task = None
        self._card_waits = False
        if school_id is None:
            self._show_card(None)
            return
        if not self.page.isVisible():
            self._card_waits = True
            return
        self._card_task = self._context.tasks.database.call(
            "Открываю карточку", load_card, self._context.workspace, school_id, self._context.year
        )
        self._card_task.done.connect(self._show_card)

    def _on_entered(self) -> None:
        """Read the card that nobody could see so far."""
        current = self.page.table.current()
        if self._card_waits and current is not None:
            self._on_card_wanted(current.id)

    def _show_card(self, card: Card | None) -> None:
        self._card_task = None
        self._card = card
        self.page.show_card(card)

    def _on_school_wanted(self, school_id: int) -> None:
        self._context.page_wanted.emit(self.page.key)
        self.page.show_school(school_id)

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.topics & _TOPICS:
            self.reload()

    # Decisions.

    def _on_override(self, school_id: int) -> None:
        card = self._card
        if card is None or card.line.id != school_id:
            return
        line = card.line
        current = line.category or Category.NONE
        self._deciding.override(school_id, line.name, line.computed, current, card.calculated)

    def _on_deficits(self, school_id: int) -> None:
        card, year = self._card, self._context.year
        if card is None or card.line.id != school_id or year is None:
            return
        marked = {Deficit(word) for word in card.deficits or ()}
        dialog = DeficitsDialog(self._context.window, card.line.name, year, marked)
        if prompts.run(dialog):
            work = methodology.mark_deficits
            args = (school_id, dialog.deficits, dialog.reason)
            self._deciding.store("Сохраняю отметку", work, *args)
        dialog.deleteLater()

    def _on_print(self, school_id: int) -> None:
        if self._context.year is not None:
            dialog = CardPreview(self._context, school_id, self._context.year)
            prompts.run(dialog)
            dialog.leave()
            dialog.deleteLater()

    def _on_identity(self, school_id: int) -> None:
        dialog = IdentityDialog(self._context, school_id)
        prompts.run(dialog)
        dialog.deleteLater()


def _waits(line: SchoolLine) -> bool:
    return line.computed is not None and line.decided is None
