"""The register of papers: each with the snapshot of what it says; signed ones never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from textwrap import shorten
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from app.errors import UserError
from app.models.enums import DocumentStatus
from app.models.papers import Document
from app.services.account import account
from app.services.changes import ChangeSet, Topic
from app.services.documents.attachments import file_names
from app.services.documents.blocks import Content
from app.services.documents.differences import Difference, differences
from app.services.documents.numbering import with_number
from app.services.documents.papers import PaperRequest, check_amended
from app.services.documents.requests import (
    Request,
    build,
    request_from_json,
    request_to_json,
)
from app.services.documents.snapshot import from_json, to_json
from app.services.documents.types import DocumentRow, ProgrammeRequest
from app.services.journal import Action
from app.services.workspace import Workspace

_MAX_TITLE = 600
_TOLD = 80
"""Characters of a title that the name of an action gives."""
_CHANGED = ChangeSet.of(Topic.DOCUMENTS)
_DONE = {
    DocumentStatus.REGISTERED: "регистрация документа",
    DocumentStatus.SIGNED: "отметка о подписании документа",
}
"""How the action is called that brings a draft there."""


def register(
    workspace: Workspace,
    content: Content,
    request: Request | None = None,
    *,
    replaces: int | None = None,
) -> tuple[DocumentRow, ChangeSet]:
    """Enter a document as a draft with the snapshot of all it says; return its new row.

    ``request`` is what it was asked for with: only with it changed data can be told later.  The
    entry is an action that can be taken back, like all that is done with the paper after it.
    UserError for an order that changes another document and does not say which one.
    """
    of_paper = request if isinstance(request, PaperRequest) else None
    values = {
        "kind": content.kind,
        "year": content.meta.year,
        "title": content.title[:_MAX_TITLE],
        "number": content.meta.number,
        "date": content.meta.date,
        "status": DocumentStatus.DRAFT,
        "content": to_json(content),
        "made_at": datetime.now(UTC),
        "made_by": account() or "",
        "request": request_to_json(request) if request else {},
        "replaces_id": replaces,
        "amends_id": of_paper.amends if of_paper else None,
    }
    with workspace.database.write() as session:
        check_amended(session, content.kind, of_paper)
        with Action(session, f"запись в реестр проекта «{_told(content.title)}»") as action:
            document_id = action.insert(Document, values)
        return _row(_found(session, document_id), ()), _CHANGED


def enter(workspace: Workspace, document_id: int, number: str, day: date) -> ChangeSet:
    """Give a draft its number and date in the register, before the head signs it."""
    return _number(workspace, document_id, number, day, DocumentStatus.REGISTERED)


def sign(workspace: Workspace, document_id: int, number: str, day: date) -> ChangeSet:
    """Mark a draft as signed under that number and date; from then on it never changes.

    The document that it replaces is cancelled in the same action.  Only that action can be taken
    back, as the last one: a mark that was put by mistake.
    """
    return _number(workspace, document_id, number, day, DocumentStatus.SIGNED)


def cancel(workspace: Workspace, document_id: int, reason: str = "") -> ChangeSet:
    """Mark a document as cancelled; what it says, its number and date stay as they are."""
    with workspace.database.write() as session:
        document = _found(session, document_id)
        with Action(session, f"отмена документа «{_told(document.title)}»") as action:
            _cancel(action, document, reason)
    return _CHANGED


def remove_draft(workspace: Workspace, document_id: int) -> ChangeSet:
    """Take a draft out of the register; one that has a number is cancelled instead."""
    with workspace.database.write() as session:
        document = _draft(session, document_id, "удалить")
        if document.status is not DocumentStatus.DRAFT:
            raise UserError(
                f"Документ «{document.title}» уже зарегистрирован, удалить его нельзя.",
                "Отмените его: номер останется за ним.",
            )
        if file_names(session).get(document_id):
            raise UserError(
                f"К проекту «{document.title}» приложены файлы.", "Сначала уберите файлы."
            )
        with Action(session, f"удаление проекта «{_told(document.title)}»") as action:
            action.delete(Document, document_id)
    return _CHANGED


def changed_data(workspace: Workspace, document_id: int) -> tuple[Difference, ...]:
    """Return what the document would say otherwise with the data as they are now.

    UserError where it is not known what the document was made from.
    """
    with workspace.database.read() as session:
        document = _found(session, document_id)
        old, asked = from_json(document.content), request_from_json(document.request)
    if asked is None:
        raise UserError(
            "Неизвестно, по какому запросу составлен документ, сравнить его не с чем.",
            "Составьте документ заново и сравните сами.",
        )
    # The number and the date were given later: they are no change of the data.
    if not isinstance(asked, ProgrammeRequest):
        asked = replace(asked, number=old.meta.number, date=old.meta.date)
    return differences(old, build(workspace, asked))


def list_documents(workspace: Workspace) -> tuple[DocumentRow, ...]:
    """Return the register, newest first, without the snapshots."""
    query = select(Document).options(defer(Document.content)).order_by(Document.id.desc())
    with workspace.database.read() as session:
        files = file_names(session)
        return tuple(_row(one, files.get(one.id, ())) for one in session.scalars(query))


def document_row(workspace: Workspace, document_id: int) -> DocumentRow:
    """Return one row of the register; UserError when it is not there."""
    with workspace.database.read() as session:
        return _row(_found(session, document_id), file_names(session).get(document_id, ()))


def stored_request(workspace: Workspace, document_id: int) -> Request:
    """Return what a document was asked for with, its number and date as the register has them.

    UserError where it is not known what the document was made from.
    """
    with workspace.database.read() as session:
        document = _found(session, document_id)
        asked, number, day = request_from_json(document.request), document.number, document.date
    if asked is None:
        raise UserError(
            "Неизвестно, по какому запросу составлен документ.", "Составьте документ заново."
        )
    if isinstance(asked, ProgrammeRequest):
        return asked
    return replace(asked, number=number or asked.number, date=day or asked.date)


def signed_content(workspace: Workspace, document_id: int) -> Content:
    """Return what a registered document says, with the number and date it got in the register."""
    with workspace.database.read() as session:
        document = _found(session, document_id)
        content, number, day = from_json(document.content), document.number, document.date
    return with_number(content, number, day)


def _told(title: str) -> str:
    """Return a title as the name of an action has room for it, cut between two words."""
    return shorten(title, _TOLD, placeholder="…")


def _found(session: Session, document_id: int) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise UserError("Такого документа нет в реестре.", "Обновите список документов.")
    return document


def _number(
    workspace: Workspace, document_id: int, number: str, day: date, status: DocumentStatus
) -> ChangeSet:
    number = number.strip()
    if not number:
        raise UserError("У подписанного документа должен быть номер.", "Укажите номер.")
    with workspace.database.write() as session:
        document = _draft(session, document_id, "подписать")
        _refuse_second(session, document, number, day)
        with Action(session, f"{_DONE[status]} № {number} «{_told(document.title)}»") as action:
            given: dict[str, Any] = {"number": number, "date": day, "status": status}
            if status is DocumentStatus.SIGNED:
                given["closed_at"] = datetime.now(UTC)
            action.update(Document, document_id, given)
            if status is DocumentStatus.SIGNED and document.replaces_id is not None:
                old = _found(session, document.replaces_id)
                _cancel(action, old, f"Заменён документом № {number} от {day:%d.%m.%Y}.")
    return _CHANGED


def _cancel(action: Action, document: Document, reason: str) -> None:
    values = {
        "status": DocumentStatus.CANCELLED,
        "closed_at": datetime.now(UTC),
        "note": reason.strip() or document.note,
    }
    action.update(Document, document.id, values)


def _draft(session: Session, document_id: int, what: str) -> Document:
    document = _found(session, document_id)
    if document.status not in (DocumentStatus.DRAFT, DocumentStatus.REGISTERED):
        raise UserError(
            f"Нельзя {what} документ «{document.title}»: он уже {document.status.value}.",
            "Создайте новый документ.",
        )
    return document


def _refuse_second(session: Session, document: Document, number: str, day: date) -> None:
    """One office gives a number once a year to one kind of paper."""
    signed = session.scalars(
        select(Document).where(
            Document.kind == document.kind,
            Document.number == number,
            Document.id != document.id,
            Document.status.in_((DocumentStatus.SIGNED, DocumentStatus.REGISTERED)),
        )
    )
    if any(other.date is not None and other.date.year == day.year for other in signed):
        raise UserError(
            f"Номер {number} в {day.year} году уже занят подписанным документом того же вида.",
            "Проверьте номер или отмените прежний документ.",
        )


def _row(document: Document, files: tuple[str, ...]) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        kind=document.kind,
        year=document.year,
        title=document.title,
        number=document.number,
        date=document.date,
        status=document.status,
        made_at=document.made_at,
        made_by=document.made_by,
        note=document.note,
        replaces_id=document.replaces_id,
        amends_id=document.amends_id,
        files=files,
        can_compare=bool(document.request),
    )
