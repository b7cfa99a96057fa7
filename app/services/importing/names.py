"""School names in a normal form, as the load compares them: ``services.names`` for this verb."""

from app.services.names import (
    Likeness,
    NameParts,
    best_likeness,
    code_letters,
    fold,
    likeness,
    loose_code,
    name_key,
    parse_name,
    russian,
    without_honour,
)

__all__ = [
    "Likeness",
    "NameParts",
    "best_likeness",
    "code_letters",
    "fold",
    "likeness",
    "loose_code",
    "name_key",
    "parse_name",
    "russian",
    "without_honour",
]
