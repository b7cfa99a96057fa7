"""Looks the paper on the screen over when it is shown, and lets its sentences be worded."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.services import documents
from app.services.documents import (
    Content,
    DocumentFinding,
    OrderRequest,
    Place,
    Request,
    TextRow,
    shown_sentence,
)
from app.services.workspace import Workspace
from app.ui import prompts
from app.ui.context import Context
from app.ui.pages.documents.kind_forms import PaperForm
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.sentences_dialog import SentencesDialog
from app.ui.tasks.task import Task


class LookingOver(QObject):
    """The check of the shown paper: after its pages, in the worker of the database."""

    def __init__(self, context: Context, page: DocumentsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._task: Task | None = None
        self._places: Mapping[int, Place] = {}

    def forget(self) -> None:
        """There is no paper, or another one is being made."""
        if self._task is not None:
            self._task.abandon()
            self._task = None
        self._page.findings.show_findings((), {})

    def look(self, content: Content, places: Mapping[int, Place], request: Request | None) -> None:
        """Check the paper; ``request`` is what it was asked for with, None for a stored one."""
        if self._task is not None:
            self._task.abandon()
        self._places = places
        programme = None
        if request is not None and not isinstance(request, OrderRequest):
            programme = request.programme_id
        self._task = self._context.tasks.database.call(
            "Проверка документа",
            documents.check_paper,
            self._context.workspace,
            content,
            programme,
            quiet=True,
        )
        self._task.done.connect(self._on_found)

    def _on_found(self, found: tuple[DocumentFinding, ...]) -> None:
        self._task = None
        self._page.findings.show_findings(found, self._places)


class Wording(QObject):
    """Opens the window of one paper's own sentences over the form of its kind."""

    def __init__(self, context: Context, page: DocumentsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._form: PaperForm | None = None

    def ask(self) -> None:
        """Read the sentences of the chosen kind and open their window."""
        form = self._page.current_form()
        if isinstance(form, PaperForm):
            self._form = form
            task = self._context.tasks.database.call(
                "Чтение предложений документа", _sentences, self._context.workspace, form.kind
            )
            task.done.connect(self._on_read)

    def _on_read(self, rows: tuple[TextRow, ...]) -> None:
        form = self._form
        if form is None:
            return
        own = {name: shown_sentence(form.kind, name, text) for name, text in form.sentences.items()}
        dialog = SentencesDialog(form.kind, rows, own, self._context.window)
        dialog.changed.connect(form.word)
        prompts.run(dialog)
        dialog.deleteLater()


def _sentences(workspace: Workspace, kind: str) -> tuple[TextRow, ...]:
    return documents.paper_sentences(workspace, kind)
