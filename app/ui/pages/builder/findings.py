"""Columns of the findings of the check."""

from __future__ import annotations

from app.services.documents import ProgrammeFinding
from app.ui.itemmodels import Column

COLUMNS: tuple[Column[ProgrammeFinding], ...] = (
    Column("kind", "О чём", lambda row: row.finding.kind.value.capitalize(), width=104),
    Column("message", "Что найдено", lambda row: row.finding.message, width=330),
    Column("place", "Где", lambda row: row.finding.place, width=180),
    Column("hint", "Что сделать", lambda row: row.finding.hint, width=320),
)
