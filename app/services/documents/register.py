"""The register of papers: each with the snapshot of what it says; signed ones never change."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from app.errors import UserError
from app.models.enums import DocumentStatus
from app.models.papers import Document
from app.services.changes import ChangeSet, Topic
from app.services.documents.blocks import Content
from app.services.documents.snapshot import from_json, to_json
from app.services.documents.types import DocumentRow
from app.services.workspace import Workspace

_MAX_TITLE = 600
_CHANGED = ChangeSet.of(Topic.DOCUMENTS)


def register(workspace: Workspace, content: Content) -> tuple[DocumentRow, ChangeSet]:
    """Enter a document as a draft with the snapshot of all it says; return its new row."""
    with workspace.database.write() as session:
        document = Document(
            kind=content.kind,
            year=content.meta.year,
            title=content.title[:_MAX_TITLE],
            number=content.meta.number,
            date=content.meta.date,
            status=DocumentStatus.DRAFT,
            content=to_json(content),
            made_at=datetime.now(UTC),
        )
        session.add(document)
        session.flush()
        return _row(document), _CHANGED


def sign(workspace: Workspace, document_id: int, number: str, day: date) -> ChangeSet:
    """Mark a draft as signed under that number and date; from then on it never changes."""
    number = number.strip()
    if not number:
        raise UserError("У подписанного документа должен быть номер.", "Укажите номер.")
    with workspace.database.write() as session:
        document = _draft(session, document_id)
        _refuse_second(session, document, number, day)
        document.number, document.date = number, day
        document.status = DocumentStatus.SIGNED
    return _CHANGED


def cancel(workspace: Workspace, document_id: int) -> ChangeSet:
    """Mark a document as cancelled; what it says, its number and date stay as they are."""
    with workspace.database.write() as session:
        _found(session, document_id).status = DocumentStatus.CANCELLED
    return _CHANGED


def list_documents(workspace: Workspace) -> tuple[DocumentRow, ...]:
    """Return the register, newest first, without the snapshots."""
    query = select(Document).options(defer(Document.content)).order_by(Document.id.desc())
    with workspace.database.read() as session:
        return tuple(_row(document) for document in session.scalars(query))


def stored_content(workspace: Workspace, document_id: int) -> Content:
    """Return what a registered document says, exactly as it was made."""
    with workspace.database.read() as session:
        return from_json(_found(session, document_id).content)


def _found(session: Session, document_id: int) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise UserError("Такого документа нет в реестре.", "Обновите список документов.")
    return document


def _draft(session: Session, document_id: int) -> Document:
    document = _found(session, document_id)
    if document.status is not DocumentStatus.DRAFT:
        raise UserError(
            f"Нельзя подписать документ «{document.title}»: он уже {document.status.value}.",
            "Создайте новый документ.",
        )
    return document


def _refuse_second(session: Session, document: Document, number: str, day: date) -> None:
    """One office gives a number once a year to one kind of paper."""
    signed = session.scalars(
        select(Document).where(
            Document.kind == document.kind,
            Document.number == number,
            Document.status == DocumentStatus.SIGNED,
        )
    )
    if any(other.date is not None and other.date.year == day.year for other in signed):
        raise UserError(
            f"Номер {number} в {day.year} году уже занят подписанным документом того же вида.",
            "Проверьте номер или отмените прежний документ.",
        )


def _row(document: Document) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        kind=document.kind,
        year=document.year,
        title=document.title,
        number=document.number,
        date=document.date,
        status=document.status,
        made_at=document.made_at,
    )
