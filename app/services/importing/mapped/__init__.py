"""Tables that no built-in layout knows, read as a person mapped them; pure, no database."""

from app.services.importing.mapped.body import (
    How,
    MarksGiven,
    Origin,
    Placed,
    Role,
    TableKind,
    TableMap,
    needed_parts,
)
from app.services.importing.mapped.faults import faults
from app.services.importing.mapped.fields import KIND_TITLES, field_title, fields_of
from app.services.importing.mapped.fingerprint import find, fingerprint, fingerprint_of
from app.services.importing.mapped.interpret import Interpretation, interpret
from app.services.importing.mapped.preview import Preview, PreviewLine, preview
from app.services.importing.mapped.propose import place_all, place_form, propose
from app.services.importing.mapped.rows import Tally
from app.services.importing.mapped.stored import MappingError, from_json, to_json
from app.services.importing.mapped.turning import can_turn, turned

__all__ = [
    "KIND_TITLES",
    "How",
    "Interpretation",
    "MappingError",
    "MarksGiven",
    "Origin",
    "Placed",
    "Preview",
    "PreviewLine",
    "Role",
    "TableKind",
    "TableMap",
    "Tally",
    "can_turn",
    "faults",
    "field_title",
    "fields_of",
    "find",
    "fingerprint",
    "fingerprint_of",
    "from_json",
    "interpret",
    "needed_parts",
    "place_all",
    "place_form",
    "preview",
    "propose",
    "to_json",
    "turned",
]
