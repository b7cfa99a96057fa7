"""Looks the paper on the screen over when it is shown, and lets its sentences be worded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject

from app.errors import UserError
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
from app.ui.pages.documents.form import OrderForm
from app.ui.pages.documents.kind_forms import PaperForm
from app.ui.pages.documents.page import DocumentsPage
from app.ui.pages.documents.sentences_dialog import SentencesDialog
from app.ui.tasks.task import Task

_NOT_CHECKED = "Документ не проверен из-за ошибки программы; она записана в журнал."


class _Looked(NamedTuple):
    """The paper on the screen as it is checked."""

    content: Content
    places: Mapping[int, Place]
    request: Request | None


class LookingOver(QObject):
    """The check of the shown paper: after its pages, in the worker of the database."""

    def __init__(self, context: Context, page: DocumentsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._task: Task | None = None
        self._paper: _Looked | None = None

    def forget(self) -> None:
        """There is no paper, or another one is being made."""
        self._paper = None
        self._abandon()
        self._page.findings.show_findings((), {})

    def look(self, content: Content, places: Mapping[int, Place], request: Request | None) -> None:
        """Check the paper; ``request`` is what it was asked for with, None for a stored one."""
        self._paper = _Looked(content, places, request)
        self.look_again()

    def look_again(self) -> None:
        """What the paper is compared with has changed: check it once more, if there is one."""
        if self._paper is None:
            return
        self._abandon()
        self._page.findings.wait()
        request, programme = self._paper.request, None
        if request is not None and not isinstance(request, OrderRequest):
            programme = request.programme_id
        self._task = self._context.tasks.database.call(
            "Проверка документа",
            documents.check_paper,
            self._context.workspace,
            self._paper.content,
            programme,
            quiet=True,
        )
        self._task.done.connect(self._on_found)
        self._task.failed.connect(self._on_not_checked)

    def _abandon(self) -> None:
        if self._task is not None:
            self._task.abandon()
            self._task = None

    def _on_found(self, found: tuple[DocumentFinding, ...]) -> None:
        self._task = None
        if self._paper is not None:
            self._page.findings.show_findings(found, self._paper.places)

    def _on_not_checked(self, error: Exception) -> None:
        self._task = None
        told = f"Документ не проверен. {error}" if isinstance(error, UserError) else _NOT_CHECKED
        self._page.findings.show_failure(told)


class Wording(QObject):
    """Opens the window of one paper's own sentences over the form of its kind."""

    def __init__(self, context: Context, page: DocumentsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._form: PaperForm | OrderForm | None = None

    def ask(self, year: int) -> None:
        """Read the sentences of the chosen kind and open their window over its paper."""
        form = self._page.current_form()
        if isinstance(form, PaperForm | OrderForm):
            form.turn_to(year)
            self._form = form
            task = self._context.tasks.database.call(
                "Чтение предложений документа", _sentences, self._context.workspace, form.kind
            )
            task.done.connect(self._on_read)

    def _on_read(self, rows: tuple[TextRow, ...]) -> None:
        form = self._form
        if form is None:
            return
        said = form.wording.sentences()
        own = {name: shown_sentence(form.kind, name, text) for name, text in said.items()}
        dialog = SentencesDialog(form.kind, rows, own, self._context.window)
        dialog.changed.connect(form.word)
        prompts.run(dialog)
        dialog.deleteLater()


def _sentences(workspace: Workspace, kind: str) -> tuple[TextRow, ...]:
    return documents.paper_sentences(workspace, kind)
