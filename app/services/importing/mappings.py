"""The stored mappings of unknown tables, as a load needs them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.intake import TableMapping
from app.services.importing.layouts_door import known_mapping
from app.services.importing.loaded import LoadedFile
from app.services.importing.task import KnownMapping


def load_mappings(session: Session) -> dict[str, KnownMapping]:
    """Return every mapping by its fingerprint.

    One that this version cannot read is left out: its tables are unknown again, which the plan
    says, and ``mapping list`` names it with the reason.
    """
    rows = session.scalars(select(TableMapping))
    known = {row.fingerprint: known_mapping(row.fingerprint, row.title, row.body) for row in rows}
    return {mark: mapping for mark, mapping in known.items() if mapping is not None}


def touch_mappings(session: Session, files: Iterable[LoadedFile], moment: datetime) -> None:
    """Remember that the mappings of these files were used."""
    used = {sheet.mapping for file in files for sheet in file.sheets if sheet.mapping}
    for mark in sorted(used):
        query = update(TableMapping).where(TableMapping.fingerprint == mark)
        session.execute(query.values(used_at=moment))
