"""Papers of the office: what they say, how they look, how they are written and registered."""

from app.services.documents.amending import amending_order
from app.services.documents.attachments import attach, detach, save_attachment
from app.services.documents.blocks import Content
from app.services.documents.cards import CARD_FORMATS, CardsMade, CardsRequest, print_cards
from app.services.documents.content.letter import Fault, Owed
from app.services.documents.differences import Change, Difference
from app.services.documents.drafting import Choice, Choices, Draft, choices, draft
from app.services.documents.kinds import KINDS, all_kinds
from app.services.documents.letters import reminder_letter, return_letter
from app.services.documents.order import build_order
from app.services.documents.papers import (
    Field,
    FieldKind,
    Form,
    Need,
    PaperDraft,
    PaperRequest,
    PaperSpec,
    build_paper,
    paper,
    papers,
)
from app.services.documents.pictures import FORMATS as PICTURE_FORMATS
from app.services.documents.pictures import write_picture
from app.services.documents.programme import ProgrammeDraft, build_programme, newest_programme
from app.services.documents.protocols import build_decisions
from app.services.documents.register import (
    cancel,
    changed_data,
    document_row,
    enter,
    list_documents,
    register,
    remove_draft,
    sign,
    stored_content,
)
from app.services.documents.rendering import (
    PDFIUM,
    file_name,
    lay_out,
    page_count,
    render_docx,
    render_pdf,
    write,
    write_all,
)
from app.services.documents.requests import Request
from app.services.documents.school_cards import build_school_card
from app.services.documents.types import (
    DocumentRow,
    Kind,
    Laid,
    Letter,
    OrderDraft,
    OrderRequest,
    Person,
    Place,
    ProgrammeRequest,
    Recipient,
)

__all__ = [
    "CARD_FORMATS",
    "KINDS",
    "PDFIUM",
    "PICTURE_FORMATS",
    "CardsMade",
    "CardsRequest",
    "Change",
    "Choice",
    "Choices",
    "Content",
    "Difference",
    "DocumentRow",
    "Draft",
    "Fault",
    "Field",
    "FieldKind",
    "Form",
    "Kind",
    "Laid",
    "Letter",
    "Need",
    "OrderDraft",
    "OrderRequest",
    "Owed",
    "PaperDraft",
    "PaperRequest",
    "PaperSpec",
    "Person",
    "Place",
    "ProgrammeDraft",
    "ProgrammeRequest",
    "Recipient",
    "Request",
    "all_kinds",
    "amending_order",
    "attach",
    "build_decisions",
    "build_order",
    "build_paper",
    "build_programme",
    "build_school_card",
    "cancel",
    "changed_data",
    "choices",
    "detach",
    "document_row",
    "draft",
    "enter",
    "file_name",
    "lay_out",
    "list_documents",
    "newest_programme",
    "page_count",
    "paper",
    "papers",
    "print_cards",
    "register",
    "reminder_letter",
    "remove_draft",
    "render_docx",
    "render_pdf",
    "return_letter",
    "save_attachment",
    "sign",
    "stored_content",
    "write",
    "write_all",
    "write_picture",
]
