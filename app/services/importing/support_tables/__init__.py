"""Tables of risks, curators and network groups in documents and workbooks; pure."""

from app.services.importing.support_tables.cells import person_of, schools_of
from app.services.importing.support_tables.head import Head, find_head, may_be_support
from app.services.importing.support_tables.read import Read, SupportLine, read_support

__all__ = [
    "Head",
    "Read",
    "SupportLine",
    "find_head",
    "may_be_support",
    "person_of",
    "read_support",
    "schools_of",
]
