"""Papers whose kinds are data: orders, reports, contracts, letters, sheets to sign."""

from app.services.documents.papers.amended import check_amended, refuse_unsigned
from app.services.documents.papers.library import SENTENCE, paper, papers
from app.services.documents.papers.service import build_paper
from app.services.documents.papers.sources import heeds_school
from app.services.documents.papers.spoken import Spoken, spoken
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
    "SENTENCE",
    "Field",
    "FieldKind",
    "Form",
    "Need",
    "PaperDraft",
    "PaperRequest",
    "PaperSpec",
    "Spoken",
    "build_paper",
    "check_amended",
    "heeds_school",
    "paper",
    "papers",
    "refuse_unsigned",
    "spoken",
]
