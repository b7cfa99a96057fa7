"""Papers whose kinds are data: orders, reports, contracts, letters, sheets to sign."""

from app.services.documents.papers.library import paper, papers
from app.services.documents.papers.service import build_paper
from app.services.documents.papers.types import (
    Field,
    FieldKind,
    Form,
    Need,
    PaperDraft,
    PaperRequest,
    PaperSpec,
)

__all__ = [
    "Field",
    "FieldKind",
    "Form",
    "Need",
    "PaperDraft",
    "PaperRequest",
    "PaperSpec",
    "build_paper",
    "paper",
    "papers",
]
