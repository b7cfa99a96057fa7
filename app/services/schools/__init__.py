"""Schools as lists and cards show them."""

from app.services.schools.queries import SchoolGone, list_schools, school_card
from app.services.schools.types import (
    AliasValue,
    CodeValue,
    EndingValue,
    FieldValue,
    OtherSchool,
    PastValue,
    SchoolCard,
    SchoolRow,
)

__all__ = [
    "AliasValue",
    "CodeValue",
    "EndingValue",
    "FieldValue",
    "OtherSchool",
    "PastValue",
    "SchoolCard",
    "SchoolGone",
    "SchoolRow",
    "list_schools",
    "school_card",
]
