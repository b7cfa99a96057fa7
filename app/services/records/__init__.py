"""Figures of schools that are not marks: passports, lists, comparisons, each with its cell."""

from app.services.records.export import export_bias, export_passports
from app.services.records.queries import list_records, passport, school_records, sources, years
from app.services.records.types import Figure, Passport, RecordRow

__all__ = [
    "Figure",
    "Passport",
    "RecordRow",
    "export_bias",
    "export_passports",
    "list_records",
    "passport",
    "school_records",
    "sources",
    "years",
]
