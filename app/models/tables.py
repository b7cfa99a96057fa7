"""Every table in one import, for the migrations and for the check of the whole file."""

from __future__ import annotations

from app.models import (
    cycle,
    decisions,
    imports,
    indicators,
    intake,
    management,
    office,
    papers,
    people,
    programmes,
    records,
    results,
    roadmaps,
    schools,
    support,
)
from app.models.base import Base

__all__ = [
    "Base",
    "cycle",
    "decisions",
    "imports",
    "indicators",
    "intake",
    "management",
    "office",
    "papers",
    "people",
    "programmes",
    "records",
    "results",
    "roadmaps",
    "schools",
    "support",
]
