"""Papers on their way to the screen and into the register; runs in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.errors import UserError
from app.services import documents, settings
from app.services.changes import ChangeSet
from app.services.documents import BasedOn, Content, DocumentRow, Draft, Place, Request, draft
from app.services.workspace import Workspace
from app.ui.widgets.pdf_view import page_sizes

_COMPARED = "Изменения составлены из сравнения документа с нынешними данными: проверьте их."


class Shown(NamedTuple):
    """A document ready for the screen."""

    content: Content
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    remarks: tuple[str, ...]
    places: Mapping[int, Place]
    """Where the blocks of the content begin on the pages."""


class OfficeMissingError(UserError):
    """The requisites have never been filled in."""


def make(workspace: Workspace, request: Request) -> Shown:
    """Return the paper of a request; UserError where it cannot be made yet."""
    made = _draft(workspace, request)
    return _drawn(made.content, made.remarks)


def _draft(workspace: Workspace, request: Request) -> Draft:
    if settings.office(workspace) is None:
        raise OfficeMissingError(
            "Не заполнены реквизиты учреждения: название, место издания, руководитель.",
            "Заполните их один раз, и они будут во всех документах.",
        )
    return draft(workspace, request)


def register(
    workspace: Workspace, content: Content | None, request: Request | None
) -> tuple[DocumentRow, ChangeSet]:
    """Write a paper as it was drawn, or as the request gives it where it was not drawn yet."""
    if content is None:
        if request is None:
            raise RuntimeError("a paper that is not drawn has its request")
        content = _draft(workspace, request).content
    return documents.register(workspace, content, request)


def amending(workspace: Workspace, document_id: int) -> BasedOn:
    """Return what the order that amends a signed paper is asked for with."""
    made = documents.amending_order(workspace, document_id)
    return BasedOn(made.request, (_COMPARED,))


def stored(workspace: Workspace, document_id: int) -> tuple[int, Shown]:
    """Return the id of a paper of the register and the paper, with its number once it has one."""
    return document_id, _drawn(documents.signed_content(workspace, document_id), ())


def _drawn(content: Content, remarks: tuple[str, ...]) -> Shown:
    laid = documents.lay_out(content, _go_on)
    return Shown(content, laid.pdf, page_sizes(laid.pdf), remarks, laid.places)


def _go_on() -> None:
    """A paper of a few pages is drawn to its end: nothing ends it midway."""
