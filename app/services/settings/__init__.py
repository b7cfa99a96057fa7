"""The office's own requisites, and the settings of the program."""

from app.services.settings.declared import DECLARED, DOCUMENT_STANDARD, TERMS, Setting
from app.services.settings.emblem import MAX_BYTES as EMBLEM_BYTES
from app.services.settings.office import (
    OfficeDetails,
    OfficeError,
    office,
    office_remarks,
    save_office,
)
from app.services.settings.store import get, put

__all__ = [
    "DECLARED",
    "DOCUMENT_STANDARD",
    "EMBLEM_BYTES",
    "TERMS",
    "OfficeDetails",
    "OfficeError",
    "Setting",
    "get",
    "office",
    "office_remarks",
    "put",
    "save_office",
]
