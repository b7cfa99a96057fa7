"""Every table in one import, for the migrations and for the check of the whole file."""

from __future__ import annotations

from app.models import decisions, imports, intake, office, records, results, schools
from app.models.base import Base

__all__ = ["Base", "decisions", "imports", "intake", "office", "records", "results", "schools"]
