"""Stored rows as JSON and back, exactly as SQLite holds them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Table, TableClause, select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.services.changes import Topic

TOPICS = {
    "activity": Topic.ROADMAPS,
    "activity_responsible": Topic.ROADMAPS,
    "activity_school": Topic.ROADMAPS,
    "activity_year": Topic.ROADMAPS,
    "appointment": Topic.SUPPORT,
    "confirmed_finding": Topic.IMPORTS,
    "correction": Topic.IMPORTS,
    "decision": Topic.DECISIONS,
    "document": Topic.DOCUMENTS,
    "document_file": Topic.DOCUMENTS,
    "evidence": Topic.CYCLE,
    "exam_days_answer": Topic.IMPORTS,
    "form_excuse": Topic.FORMS,
    "indicator": Topic.INDICATORS,
    "indicator_value": Topic.INDICATORS,
    "management_decision": Topic.CYCLE,
    "mentor_pair": Topic.SUPPORT,
    "monitoring_row": Topic.CYCLE,
    "network_group": Topic.SUPPORT,
    "network_member": Topic.SUPPORT,
    "office": Topic.OFFICE,
    "organization": Topic.PEOPLE,
    "own_measure": Topic.ROADMAPS,
    "own_risk_factor": Topic.SUPPORT,
    "own_template": Topic.DOCUMENTS,
    "own_text": Topic.OFFICE,
    "person": Topic.PEOPLE,
    "programme": Topic.PROGRAMMES,
    "programme_block": Topic.PROGRAMMES,
    "programme_item": Topic.PROGRAMMES,
    "quarantine_row": Topic.IMPORTS,
    "recommendation": Topic.CYCLE,
    "record": Topic.RECORDS,
    "result": Topic.RESULTS,
    "result_part": Topic.RESULTS,
    "roadmap": Topic.ROADMAPS,
    "roadmap_group": Topic.ROADMAPS,
    "school": Topic.SCHOOLS,
    "school_alias": Topic.SCHOOLS,
    "school_code": Topic.SCHOOLS,
    "school_document": Topic.SUPPORT,
    "school_ending": Topic.SCHOOLS,
    "school_risk": Topic.SUPPORT,
    "school_value": Topic.SCHOOLS,
    "setting": Topic.SETTINGS,
    "skipped_school": Topic.IMPORTS,
    "table_mapping": Topic.SETTINGS,
}
"""Tables whose rows people edit by hand, and what pages show of them."""

RowId = int | str
Values = dict[str, Any]


def table_of(name: str) -> Table:
    """Return a table that the journal covers; KeyError for any other is a bug of the caller."""
    if name not in TOPICS:
        raise KeyError(name)
    return Base.metadata.tables[name]


@cache
def plain(table: Table) -> TableClause:
    """Return the table without column types: values pass as SQLite holds them.

    Cached, because a statement and its condition must speak of the same object.
    """
    return sqlalchemy.table(table.name, *(sqlalchemy.column(c.name) for c in table.columns))


def is_row(table: Table, row_id: RowId) -> ColumnElement[bool]:
    """Return the condition that picks one row by its single primary key column."""
    (key,) = table.primary_key.columns
    return plain(table).c[key.name] == row_id


def snapshot(session: Session, table: Table, row_id: RowId) -> Values | None:
    """Return a row ready for JSON, or None when it does not exist."""
    found = session.execute(sqlalchemy.select(plain(table)).where(is_row(table, row_id)))
    row = found.mappings().first()
    return None if row is None else {name: _to_json(value) for name, value in row.items()}


def from_json(values: Values) -> Values:
    """Return the values of a snapshot as SQLite holds them."""
    return {
        name: base64.b64decode(value["base64"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }


def restore(session: Session, change: Mapping[str, Any]) -> None:
    """Put one row back as it was before a change of the journal."""
    table = table_of(change["table"])
    this = is_row(table, change["id"])
    if change["before"] is None:
        session.execute(sqlalchemy.delete(plain(table)).where(this))
        return
    values = from_json(change["before"])
    if change["after"] is None:
        session.execute(sqlalchemy.insert(plain(table)).values(**values))
    else:
        session.execute(sqlalchemy.update(plain(table)).where(this).values(**values))


def title_of(values: Values) -> str:
    """Return what a person knows a row by; empty when it has no name."""
    named = (values.get(name) for name in ("title", "name", "number", "text"))
    return next((str(one) for one in named if one), "")


def _to_json(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    return value


def referring(session: Session, name: str, row_id: RowId) -> Iterator[tuple[str, RowId]]:
    """Yield the rows of all tables that point to this one; the journal itself points to none."""
    for table in Base.metadata.sorted_tables:
        (key, *more) = table.primary_key.columns
        for column in table.columns:
            if more or not any(one.column.table.name == name for one in column.foreign_keys):
                continue
            for other in session.scalars(select(key).where(column == row_id)):
                yield table.name, other
