"""Builds the programme again after every change and stores what the person does to its outline."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Cancelled, UserError
from app.services import documents
from app.services.changes import ChangeSet, Topic
from app.services.documents import Edited, KeptFacts, ProgrammeDraft, ProgrammeFinding
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.dialogs.storing import changes_of
from app.ui.pages.builder.dialogs import AddBlockDialog, PresetDialog
from app.ui.pages.builder.making import Built, OfficeMissingError, Pages, build, check, draw
from app.ui.pages.builder.page import BuilderPage
from app.ui.pages.builder.tree import Place
from app.ui.pages.builder.words import name
from app.ui.printing import Printing
from app.ui.saving import Saving
from app.ui.tasks import Task

_MADE_FROM = frozenset(Topic) - {Topic.IMPORTS}
_CHECK_MS = 700
"""The check follows when nothing was changed for so long: it reads the whole document."""


class _Edit(NamedTuple):
    """A change on its way to the database."""

    work: Callable[..., Any]
    """Is given the workspace and the programme."""
    block_id: int | None
    """The block that is changed, as it is shown."""


class BuilderPresenter(QObject):
    """Connects the page to the services; lives as long as the page."""

    over = Signal()
    office_wanted = Signal()
    entry_wanted = Signal(int, int)
    """Show this entry of this programme."""
    indicator_wanted = Signal(int, int)
    """Show this indicator of this programme."""

    def __init__(self, context: Context, page: BuilderPage, programme_id: int | None) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._wanted = programme_id
        self._kept: KeptFacts | None = None
        self._draft: ProgrammeDraft | None = None
        self._pages: Pages | None = None
        self._building: Task | None = None
        self._drawing: Task | None = None
        self._stop = threading.Event()
        self._edits: list[_Edit] = []
        self._storing: _Edit | None = None
        self._untold = ChangeSet()
        """What was changed here and other pages do not know yet: the preview goes first."""
        self._choose: int | None = None
        """The block to put the cursor on: it is new, or has got another id."""
        self._is_new = False
        self._telling = False
        self._stale = False
        self._office_missing = False
        self._saving = Saving(context, page)
        self._printing = Printing(context, page)
        self._check_soon = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._connect()
        self.reload()

    def _connect(self) -> None:
        page = self._page
        page.entered.connect(self._on_entered)
        page.programme_wanted.connect(self.show_programme)
        page.over.connect(self._on_over)
        page.add_wanted.connect(self._on_add)
        page.remove_wanted.connect(self._on_remove)
        page.preset_wanted.connect(self._on_preset)
        page.print_wanted.connect(self._on_print)
        page.save_wanted.connect(self._on_save)
        page.next_step_wanted.connect(self._on_next_step)
        page.checked_now.connect(self._check)
        page.finding_opened.connect(self._on_finding)
        page.entry_opened.connect(self._on_entry)
        page.tree.moved.connect(self._on_moved)
        page.tree.switched.connect(self._on_switched)
        page.editor.edited.connect(self._on_edited)
        self._check_soon.timeout.connect(self._check)
        self._context.bus.changed.connect(self._on_changed)

    # Building and drawing.

    def show_programme(self, programme_id: int | None) -> None:
        """Show another programme."""
        self._wanted = programme_id
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        self.forget()
        self._build()

    def forget(self) -> None:
        """Read everything from the database at the next change."""
        self._kept = None

    def leave(self) -> None:
        """The page goes away: store and tell what waits, drop what is on its way."""
        self._page.editor.flush()
        self._stop.set()
        for task in (self._building, self._drawing):
            if task is not None:
                task.abandon()
        self._tell()

    def _build(self) -> None:
        self._stale = False
        self._check_soon.stop()
        self._stop.set()
        for task in (self._building, self._drawing):
            if task is not None:
                task.abandon()
        self._building = self._context.tasks.database.call(
            "Сборка программы", build, self._context.workspace, self._wanted, self._kept, quiet=True
        )
        self._building.done.connect(self._on_built)
        self._building.failed.connect(self._on_not_built)

    def _on_built(self, built: Built) -> None:
        self._building = None
        self._office_missing = False
        self._wanted, self._kept, self._draft = built.programme_id, built.kept, built.draft
        self._page.offer(built.programmes, built.programme_id)
        if built.draft is None:
            self._page.show_empty(
                "Программ ещё нет",
                "Создайте программу на вкладке «Программа» и заполните её разделы: здесь из них "
                "собирается документ.",
                "Перейти к программам",
            )
            self._tell()
            return
        self._show_outline(built.draft)
        self._draw(built.draft)

    def _show_outline(self, draft: ProgrammeDraft) -> None:
        self._page.editor.learn(draft.texts, draft.roadmaps)
        empty = frozenset(one.block_id for one in draft.empty)
        self._page.show_outline(draft.outline, draft.numbers, empty, self._choose)

    def _draw(self, draft: ProgrammeDraft) -> None:
        self._stop = stop = threading.Event()

        def go_on() -> None:
            if stop.is_set():
                raise Cancelled

        self._drawing = self._context.tasks.files.call(
            "Страницы программы", draw, draft, go_on, quiet=True
        )
        self._drawing.done.connect(self._on_drawn)
        self._drawing.failed.connect(self._on_not_drawn)

    def _on_drawn(self, pages: Pages) -> None:
        self._drawing = None
        self._pages = pages
        self._page.show_pages(pages.pdf, pages.sizes, pages.places, f"Страниц: {len(pages.sizes)}")
        if self._choose is not None and self._is_new:
            # What is new is brought to sight; what was edited stays where the person looks at it.
            self._page.choose_block(self._choose)
        self._choose = None
        self._check_soon.start()
        self._tell()

    def _on_not_drawn(self, error: Exception) -> None:
        self._drawing = None
        if isinstance(error, UserError):
            self._page.show_fault(str(error))
        self._tell()

    def _on_not_built(self, error: Exception) -> None:
        self._building = None
        self._tell()
        if not isinstance(error, UserError):
            return  # the window has told of the bug
        self._office_missing = isinstance(error, OfficeMissingError)
        button = "Заполнить реквизиты…" if self._office_missing else ""
        self._page.show_empty("Программу пока не собрать", str(error), button)

    def _check(self) -> None:
        if self._draft is None or self._wanted is None:
            return
        task = self._context.tasks.database.call(
            "Проверка программы",
            check,
            self._context.workspace,
            self._wanted,
            self._draft,
            quiet=True,
        )
        task.done.connect(self._on_checked)

    def _on_checked(self, found: tuple[ProgrammeFinding, ...]) -> None:
        self._page.show_findings(found)

    # The bus.

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._telling or not changes.topics & _MADE_FROM:
            return
        self._kept = None
        self._stale = True
        if self._page.isVisible():
            self._build()

    def _on_entered(self) -> None:
        if self._stale:
            self._build()

    def _tell(self) -> None:
        """Let the other pages know what was changed here."""
        if self._untold.topics and self._storing is None:
            changes, self._untold = self._untold, ChangeSet()
            self._telling = True
            self._context.bus.publish(changes)
            self._telling = False

    # Changes of the outline, one after another.

    def _edit(
        self, block_id: int | None, work: Callable[..., Any], *arguments: Any, **named: Any
    ) -> None:
        if self._wanted is None:
            return

        def store(workspace: Workspace, programme_id: int) -> Any:
            return work(workspace, programme_id, *arguments, **named)

        self._edits.append(_Edit(store, block_id))
        self._store_next()

    def _store_next(self) -> None:
        if self._storing is not None or not self._edits:
            return
        self._storing = edit = self._edits.pop(0)
        task = self._context.tasks.database.call(
            "Правка структуры",
            edit.work,
            self._context.workspace,
            self._wanted,
        )
        task.done.connect(self._on_stored)
        task.failed.connect(self._on_refused)

    def _on_stored(self, result: Edited | ChangeSet) -> None:
        edit, self._storing = self._storing, None
        self._untold = ChangeSet(self._untold.topics | changes_of(result).topics)
        if isinstance(result, Edited) and edit is not None:
            self._renamed(edit.block_id, result.block_id)
        if self._edits:
            self._store_next()
        else:
            self._build()

    def _renamed(self, shown: int | None, stored: int) -> None:
        """A block of an outline that was not stored has got its id, or a new block has."""
        if shown is None or shown < 0:
            self._choose = stored
            self._is_new = shown is None
        if shown is not None and shown != stored:
            self._page.editor.rename(shown, stored)

    def _on_refused(self, _error: Exception) -> None:
        self._storing = None
        self._edits.clear()
        self._build()

    def _on_edited(self, block_id: int, title: str, body: dict[str, Any]) -> None:
        self._edit(block_id, documents.change_block, block_id, title=title, body=body, joins=True)

    def _on_switched(self, block_id: int, included: bool) -> None:
        self._edit(block_id, documents.change_block, block_id, included=included)

    def _on_moved(self, block_id: int, place: Place) -> None:
        self._page.editor.flush()
        self._edit(block_id, documents.move_block, block_id, place.parent_id, place.before_id)

    def _on_add(self) -> None:
        self._page.editor.flush()
        chosen = self._page.chosen_block()
        dialog = AddBlockDialog(self._context.window, name(chosen) if chosen else "")
        if chosen is not None and chosen.kind == "section":
            dialog.inside.setChecked(True)
        if prompts.run(dialog) and dialog.chosen():
            parent, before = (None, None) if chosen is None else self._page.beside(chosen.id)
            if chosen is not None and dialog.inside.isChecked():
                parent, before = chosen.id, None
            self._edit(
                None, documents.add_block, dialog.chosen(), parent_id=parent, before_id=before
            )
        dialog.deleteLater()

    def _on_remove(self) -> None:
        chosen = self._page.chosen_block()
        if chosen is not None:
            self._edit(chosen.id, documents.remove_block, chosen.id)

    def _on_preset(self) -> None:
        self._page.editor.flush()
        dialog = PresetDialog(self._context.window)
        if prompts.run(dialog) and dialog.chosen():
            self._edit(None, documents.start_from, dialog.chosen())
        dialog.deleteLater()

    # Findings, files, the printer.

    def _on_finding(self, row: ProgrammeFinding) -> None:
        if row.block_id is not None:
            self._page.choose_block(row.block_id)
        elif row.indicator_id is not None and self._wanted is not None:
            self.indicator_wanted.emit(self._wanted, row.indicator_id)
        elif self._wanted is not None:
            self.entry_wanted.emit(self._wanted, row.item_id or 0)

    def _on_entry(self, row: ProgrammeFinding) -> None:
        if row.item_id is not None and self._wanted is not None:
            self.entry_wanted.emit(self._wanted, row.item_id)
        else:
            self._on_finding(row)

    def _on_next_step(self) -> None:
        if self._office_missing:
            self.office_wanted.emit()
        else:
            self._context.page_wanted.emit("programmes")

    def _on_over(self) -> None:
        self.over.emit()

    def _on_print(self) -> None:
        if self._pages is not None:
            self._printing.ask(self._pages.content.title, self._pages.pdf, self._pages.sizes)

    def _on_save(self, endings: tuple[str, ...]) -> None:
        if self._pages is not None:
            self._saving.ask(self._pages.content, endings)
