"""The mappings that this database remembers: listed, kept by fingerprint, forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.intake import TableMapping
from app.services.changes import ChangeSet, Topic
from app.services.importing import (
    MappingError,
    TableMap,
    discard,
    faults,
    find,
    fingerprint_of,
    from_json,
    open_sheets,
    prepare,
    to_json,
)
from app.services.journal import Action
from app.services.mapping.files import read_mapping
from app.services.progress import Progress
from app.services.workspace import Workspace

_LONGEST_TITLE = 300


@dataclass(frozen=True)
class MappingRow:
    """A remembered mapping; ``body`` is None when this version cannot read it, ``fault`` why."""

    id: int
    title: str
    fingerprint: str
    made_at: datetime
    used_at: datetime
    body: TableMap | None
    fault: str = ""


def list_mappings(workspace: Workspace) -> tuple[MappingRow, ...]:
    """Return every mapping, the most recently used first."""
    query = select(TableMapping).order_by(TableMapping.used_at.desc(), TableMapping.id)
    with workspace.database.read() as session:
        return tuple(_row(found) for found in session.scalars(query))


def find_mapping(workspace: Workspace, fingerprint: str) -> MappingRow | None:
    """Return the mapping of tables with that fingerprint, or None."""
    query = select(TableMapping).where(TableMapping.fingerprint == fingerprint)
    with workspace.database.read() as session:
        found = session.scalars(query).first()
        return None if found is None else _row(found)


def _row(found: TableMapping) -> MappingRow:
    body, fault = None, ""
    try:
        body = from_json(found.body)
    except MappingError as error:
        fault = str(error)
    return MappingRow(
        found.id, found.title, found.fingerprint, found.made_at, found.used_at, body, fault
    )


def remember(workspace: Workspace, title: str, mapping: TableMap) -> ChangeSet:
    """Keep a whole mapping; the one for tables with the same header is replaced.

    UserError when the title is empty or the mapping is not whole; then nothing is stored.
    """
    title = _title(title)
    for reason in faults(mapping):
        raise UserError("Разметка не закончена.", reason)
    now = datetime.now(UTC)
    values = {"title": title, "body": to_json(mapping), "made_at": now, "used_at": now}
    query = insert(TableMapping).values(fingerprint=fingerprint_of(mapping), **values)
    query = query.on_conflict_do_update(index_elements=["fingerprint"], set_=values)
    with workspace.database.write() as session:
        session.execute(query)
    return ChangeSet.of(Topic.SETTINGS)


def forget(workspace: Workspace, mapping_id: int) -> ChangeSet:
    """Remove a mapping; what was loaded with it stays.  UserError when there is none."""
    with workspace.database.write() as session:
        known = _known(session, mapping_id)
        with Action(session, f"разметка «{known.title}» забыта") as action:
            action.delete(TableMapping, mapping_id)
        return action.changes


def rename(workspace: Workspace, mapping_id: int, title: str) -> ChangeSet:
    """Call a mapping otherwise; UserError for an empty title or when there is no such mapping."""
    title = _title(title)
    with workspace.database.write() as session:
        known = _known(session, mapping_id)
        with Action(session, f"название разметки «{known.title}»") as action:
            action.update(TableMapping, mapping_id, {"title": title})
        return action.changes


def _known(session: Session, mapping_id: int) -> TableMapping:
    known = session.get(TableMapping, mapping_id)
    if known is None:
        raise UserError(f"Разметки № {mapping_id} нет.", "Посмотрите номера командой mapping list.")
    return known


def _title(title: str) -> str:
    title = " ".join(title.split())[:_LONGEST_TITLE]
    if not title:
        raise UserError("У разметки нет названия.", "Впишите, что это за таблица.")
    return title


def import_mapping(workspace: Workspace, path: Path) -> MappingRow:
    """Take in a mapping from a file; a known one for the same header is replaced."""
    title, body = read_mapping(path)
    remember(workspace, title, body)
    found = find_mapping(workspace, fingerprint_of(body))
    if found is None:
        raise AssertionError("a mapping that was just stored is not there")
    return found


def mapping_of_file(workspace: Workspace, path: Path, progress: Progress) -> MappingRow | None:
    """Return the mapping that reads the first sheet of a file that any reads, or None.

    Raises UserError when the file cannot be read.
    """
    rows = {row.fingerprint: row for row in list_mappings(workspace)}
    known = {mark: row.body for mark, row in rows.items() if row.body is not None}
    plan = prepare(workspace, [path], progress)
    try:
        sheets = open_sheets(plan, plan.files[0].path, progress)
    finally:
        discard(plan)
    found = (find(sheet, known) for sheet in sheets)
    return next((rows[one[0]] for one in found if one), None)
