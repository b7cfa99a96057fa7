"""The paper of the register that another one changes: how it is named, and whether it may be."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import DocumentStatus
from app.models.papers import Document
from app.services.documents.language import date_in_words
from app.services.documents.papers.library import papers
from app.services.documents.papers.types import Need, PaperRequest, PaperSpec
from app.services.documents.papers.words import naming_words
from app.services.workspace import Workspace

DOCUMENT = "document"
"""The field and the tag that name the act."""


def amended_name(workspace: Workspace, document_id: int) -> str:
    """Return «приказ от 4 февраля 2026 г. № 17 «Об утверждении…»» of a paper of the register.

    UserError when it is not there or has no number and date.
    """
    with workspace.database.read() as session:
        document = _found(session, document_id)
        if document.date is None or not document.number:
            raise UserError(
                f"У документа «{document.title}», который меняется, нет даты и номера.",
                "Отметьте его подписанным или выберите другой.",
            )
        day = date_in_words(document.date)
        return f"{word_of(document.kind)} от {day} № {document.number} «{document.title}»"


def word_of(kind: str) -> str:
    """Return how an act of a kind is called: «приказ», «постановление», «документ»."""
    acts, spec = naming_words().acts, papers().get(kind)
    if spec is not None and spec.word:
        return spec.word.casefold()
    return acts.get(kind, acts["other"])


def told_of_amended(workspace: Workspace, spec: PaperSpec, document_id: int) -> tuple[str, ...]:
    """Return what to know before a paper of the register is changed by one of this kind."""
    with workspace.database.read() as session:
        document = _found(session, document_id)
        word, own, status = word_of(document.kind), word_of(spec.key), document.status
    told = []
    if word != own:
        told.append(
            f"Составлен {own}, а меняет он {word}: проверьте, каким документом вносят изменения."
        )
    if status is DocumentStatus.CANCELLED:
        told.append("Документ, который меняется, в реестре помечен отменённым.")
    return tuple(told)


def check_amended(session: Session, kind: str, request: PaperRequest | None) -> None:
    """Refuse a paper that changes another one without saying which, or one that is not signed."""
    spec = papers().get(kind)
    if spec is None or Need.DOCUMENT not in spec.needs:
        return
    named = request is not None and request.values.get(DOCUMENT, "").strip()
    if request is None or (request.amends is None and not named):
        raise UserError(
            f"Не сказано, какой документ меняет {word_of(kind)}, в реестр он не записан.",
            "Выберите документ реестра, а которого в нём нет, назовите: вид, дату, номер.",
        )
    if request.amends is not None:
        document = _found(session, request.amends)
        refuse_unsigned(document.title, document.status)


def refuse_unsigned(title: str, status: DocumentStatus) -> None:
    """UserError for a paper that is not in force: there is nothing to change in it."""
    if status is DocumentStatus.CANCELLED:
        raise UserError(f"Документ «{title}» отменён, менять его незачем.", "Выберите другой.")
    if status is not DocumentStatus.SIGNED:
        raise UserError(
            f"Документ «{title}» ещё не подписан, менять его незачем.", "Составьте его заново."
        )


def _found(session: Session, document_id: int) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise UserError(
            "Документа, который меняется, в реестре больше нет.",
            "Выберите другой или назовите его.",
        )
    return document
