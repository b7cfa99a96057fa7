"""The office's own requisites, and the settings of the program."""

from app.services.settings.declared import DECLARED, DOCUMENT_STANDARD, TERMS, Setting
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
