"""The order that changes a signed one, made from what the data say otherwise now."""

from __future__ import annotations

from app.errors import UserError
from app.services.documents.blocks import Block, NumberedPoints, Point
from app.services.documents.differences import Change, Difference
from app.services.documents.language import date_in_words, inside, typeset
from app.services.documents.office_words import in_office_words
from app.services.documents.papers import PaperDraft, PaperRequest, build_paper
from app.services.documents.papers.sources import AMENDMENTS
from app.services.documents.register import changed_data, document_row
from app.services.documents.texts import Sentences, sentences
from app.services.documents.types import DocumentRow
from app.services.workspace import Workspace

KIND = "order-amend"
_KEYS = {Change.ADDED: "added", Change.REMOVED: "removed", Change.CHANGED: "changed"}


@in_office_words
def amending_order(workspace: Workspace, document_id: int) -> PaperDraft:
    """Return the draft of «О внесении изменений…» to a signed document.

    UserError when the document is not signed or its data have not changed.
    """
    row = document_row(workspace, document_id)
    if row.date is None or not row.number:
        raise UserError(
            f"Документ «{row.title}» ещё не подписан, менять его приказом незачем.",
            "Составьте его заново.",
        )
    found = changed_data(workspace, document_id)
    if not found:
        raise UserError(
            f"Данные документа «{row.title}» не изменились.", "Вносить изменения не нужно."
        )
    values = {"document": _named(row)}
    request = PaperRequest(KIND, row.year, values=values)
    return build_paper(workspace, request, {AMENDMENTS: amendments(found)})


def amendments(found: tuple[Difference, ...]) -> tuple[Block, ...]:
    """Return the points of the order, a point per difference."""
    say = sentences("amendments")
    points = tuple(Point(typeset(_sentence(one, say))) for one in found)
    return (NumberedPoints(points),)


def _sentence(one: Difference, say: Sentences) -> str:
    where = f"{inside(one.annex)}, {one.place}" if one.annex else one.place
    what = "row" if one.cells else "text"
    told = say(f"{what}_{_KEYS[one.change]}", place=where, old=one.old, new=one.new)
    return told[:1].upper() + told[1:]


def _named(row: DocumentRow) -> str:
    day = date_in_words(row.date) if row.date else ""
    return f"приказ от {day} № {row.number} «{row.title}»"
