"""Keeps what is typed into the forms of papers, so that closing the window loses nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QObject

from app.services import documents
from app.services.documents import Request, Typed, UnfinishedForm
from app.ui.context import Context
from app.ui.pages.documents.form import OrderForm
from app.ui.pages.documents.kind_forms import PaperForm
from app.ui.pages.documents.page import DocumentsPage


class Drafts(QObject):
    """Fills the forms once, stores what changes in them, and lets the person begin anew."""

    def __init__(self, context: Context, page: DocumentsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._kept: dict[str, Typed] | None = None
        """What the database holds; None until it was read: nothing is written over it unseen."""
        self._waiting: tuple[UnfinishedForm, ...] = ()
        self._asked = False
        self._since: dict[str, datetime] = {}
        """The kinds whose fields hold a draft of an earlier time."""
        self._away: dict[str, Typed] = {}
        """What changes places with the fields, by kind: nothing until one begins anew."""
        self._emptied: set[str] = set()
        """The kinds that were begun anew: their drafts are put away."""
        page.request_changed.connect(self.keep)
        page.leaving.connect(self.keep)
        page.kind.currentIndexChanged.connect(self._tell)
        page.draft_line.wanted.connect(self._on_wanted)

    def recall(self) -> None:
        """Read the drafts, the first time that the page is entered."""
        if self._asked:
            return
        self._asked = True
        task = self._context.tasks.database.call(
            "Чтение черновиков", documents.unfinished_forms, self._context.workspace
        )
        task.done.connect(self._on_read)

    def fill(self) -> None:
        """Show the drafts in their forms, now that these know what there is to choose from."""
        forms = dict(self._forms())
        for one in self._waiting:
            # What somebody typed meanwhile is newer than what waits.
            if one.kind in forms and not forms[one.kind].is_touched():
                forms[one.kind].put_typed(one.typed)
                self._since[one.kind] = one.changed_at
        self._waiting = ()
        self._tell()

    def keep(self) -> None:
        """Store what the forms hold, where it is not what is stored already."""
        if self._kept is None or self._waiting:
            return
        now = {kind: form.unfinished() for kind, form in self._forms()}
        if now != self._kept:
            self._kept = now
            task = self._context.tasks.database.call(
                "Запись черновиков",
                documents.keep_unfinished,
                self._context.workspace,
                now,
                lasting=True,
            )
            task.failed.connect(self._on_not_kept)

    def note_written(self, request: Request | None) -> None:
        """A paper is in the register: what its form held is no draft any more."""
        kind = self._page.note_written(request)
        self._since.pop(kind, None)
        self._away.pop(kind, None)
        self._emptied.discard(kind)
        self._tell()
        self.keep()

    def _forms(self) -> Iterator[tuple[str, OrderForm | PaperForm]]:
        for kind, form in self._page.forms.items():
            if isinstance(form, OrderForm | PaperForm):
                yield kind, form

    def _on_read(self, found: tuple[UnfinishedForm, ...]) -> None:
        self._waiting = found
        stored = {one.kind: one.typed for one in found}
        self._kept = {kind: stored.get(kind, {}) for kind, _ in self._forms()}

    def _on_not_kept(self, _error: Exception) -> None:
        """Try no more: the window has told of it once, and must not after every word."""
        self._kept = None

    def _on_wanted(self) -> None:
        """Change what the fields hold for what was put away, so that neither is lost."""
        form = self._page.current_form()
        if isinstance(form, OrderForm | PaperForm):
            before = form.typed()
            form.put_typed(self._away.get(form.kind, {}))
            self._away[form.kind] = before
            self._emptied ^= {form.kind}
            self._tell()
            self._page.request_changed.emit()

    def _tell(self, _index: int = 0) -> None:
        kind, line = self._page.current_form().kind, self._page.draft_line
        if kind not in self._since:
            line.hide()
        elif kind in self._emptied:
            line.tell_put_away()
        else:
            line.tell_kept(self._since[kind])
