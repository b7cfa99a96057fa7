"""The stored mappings of unknown tables, as a load needs them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.intake import TableMapping
from app.services.importing.layouts.mapped import KnownMapping
from app.services.importing.loaded import LoadedFile
from app.services.importing.mapped import MappingError, from_json

_log = logging.getLogger(__name__)


def load_mappings(session: Session) -> dict[str, KnownMapping]:
    """Return every mapping by its fingerprint.

    One that this version cannot read is left out: its tables are unknown again, which the plan
    says, and ``mapping list`` names it with the reason.
    """
    known: dict[str, KnownMapping] = {}
    for row in session.scalars(select(TableMapping)):
        try:
            known[row.fingerprint] = KnownMapping(row.title, from_json(row.body))
        except MappingError:
            _log.info("mapping %s is not readable", row.id)
    return known


def touch_mappings(session: Session, files: Iterable[LoadedFile], moment: datetime) -> None:
    """Remember that the mappings of these files were used."""
    used = {sheet.mapping for file in files for sheet in file.sheets if sheet.mapping}
    for mark in sorted(used):
        query = update(TableMapping).where(TableMapping.fingerprint == mark)
        session.execute(query.values(used_at=moment))
