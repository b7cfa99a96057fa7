"""What a record in force says: its own figures over those that its predecessors gave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.imports import SourceBlock
from app.models.records import Record


def merge_again(session: Session, identities: Collection[str]) -> None:
    """Build the data of the records of ``identities`` anew, after some of them were taken out.

    A newer record carries along what older ones said and its own file left out; figures of a load
    that was undone must not live on in it.
    """
    for identity in sorted(identities):
        query = (
            select(Record, SourceBlock.columns)
            .outerjoin(SourceBlock, SourceBlock.id == Record.block_id)
            .where(Record.identity == identity)
            .order_by(Record.id)
            .execution_options(populate_existing=True)
        )
        below: dict[str, Any] = {}
        for record, columns in session.execute(query):
            below = {**below, **own_figures(record.data, columns)}
            if record.data != below:
                record.data = below
    session.flush()


def own_figures(data: Mapping[str, Any], columns: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the figures that the record's own file gave; by hand, all of them."""
    if columns is None:
        return dict(data)
    return {name: value for name, value in data.items() if name in columns}
