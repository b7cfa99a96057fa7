"""Building the protocol of decisions from what is stored."""

from __future__ import annotations

from app.services import settings
from app.services.documents.blocks import Content
from app.services.documents.content.decisions import KIND, DecisionLine, decisions_content
from app.services.documents.office_words import in_office_words
from app.services.documents.texts import sentences
from app.services.documents.wording import category_word, in_terms
from app.services.methodology import BASIS_TITLES, ProtocolRow, protocol
from app.services.workspace import Workspace


@in_office_words
def build_decisions(workspace: Workspace, year: int) -> Content:
    """Return the protocol of the decisions about a year; without any it says that there is none."""
    details = settings.office(workspace)
    return decisions_content(
        details.full_name if details else "",
        year,
        settings.get(workspace, settings.DOCUMENT_STANDARD),
        tuple(_line(row) for row in protocol(workspace, year)),
        sentences(KIND),
    )


def _line(row: ProtocolRow) -> DecisionLine:
    return DecisionLine(
        when=row.decided_at.astimezone().strftime("%d.%m.%Y %H:%M"),
        who=row.decided_by or "",
        school=row.school,
        category=category_word(row.category),
        computed=in_terms(row.computed_word),
        basis=BASIS_TITLES[row.basis],
        reason=row.reason or in_terms(row.computed_reason),
        current=row.current,
    )
