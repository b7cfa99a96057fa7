"""Reading records: tables of a kind, the passport of a school, the cell behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import AssessmentKind, RecordKind
from app.models.imports import ImportFile, SourceBlock
from app.models.records import Record
from app.models.results import Assessment
from app.models.schools import School
from app.services.figures import figure_title, is_share, kind_of_record, share_name
from app.services.provenance import BlockOrigin, load_origins
from app.services.records.types import Figure, Passport, RecordRow
from app.services.sorting import natural_key
from app.services.source import Source
from app.services.workspace import Workspace


def list_records(
    workspace: Workspace,
    kind: RecordKind,
    year: int | None = None,
    school_id: int | None = None,
) -> tuple[RecordRow, ...]:
    """Return the records of a kind in force, newest year first, then schools by name.

    Rows of the country, the region and the district come before the schools of their year.
    """
    query = select(Record).where(Record.current, Record.kind == kind)
    if year is not None:
        query = query.where(Record.year == year)
    if school_id is not None:
        query = query.where(Record.school_id == school_id)
    with workspace.database.read() as session:
        schools, procedures, places = _names(session)
        rows = [_row(one, schools, procedures, places) for one in session.scalars(query)]
    return tuple(sorted(rows, key=_order))


def school_records(workspace: Workspace, school_id: int) -> tuple[RecordRow, ...]:
    """Return every record of a school in force, by kind, newest year first."""
    return tuple(
        row for kind in RecordKind for row in list_records(workspace, kind, school_id=school_id)
    )


def years(workspace: Workspace, kind: RecordKind) -> tuple[int, ...]:
    """Return the years that have records of a kind, newest first."""
    query = select(Record.year).where(Record.current, Record.kind == kind).distinct()
    with workspace.database.read() as session:
        return tuple(sorted(session.scalars(query), reverse=True))


def passport(workspace: Workspace, school_id: int, year: int | None = None) -> Passport | None:
    """Return the social passport of a school, the newest without a ``year``; None without one."""
    rows = list_records(workspace, RecordKind.PASSPORT, year, school_id)
    if not rows:
        return None
    row = rows[0]
    return Passport(row.id, school_id, row.year, figures(workspace, row))


def figures(workspace: Workspace, row: RecordRow) -> tuple[Figure, ...]:
    """Return the figures of a record in the order of the form, a share beside its number."""
    cells = sources(workspace, row.id)
    names = {name for name in row.data if not is_share(name)}
    names |= {name.removesuffix(share_name("")) for name in row.data if is_share(name)}
    return tuple(_figure(row, name, cells) for name in sorted(names, key=_place(row.kind)))


def sources(workspace: Workspace, record_id: int) -> Mapping[str, Source]:
    """Return the cell of every figure of a record, also of those that an older file gave.

    Empty for a record entered by hand; UserError when there is none.
    """
    with workspace.database.read() as session:
        record = session.get(Record, record_id)
        if record is None:
            raise UserError("Этих сведений больше нет в базе.", "Обновите страницу.")
        chain = _chain(session, record)
        origins = load_origins(session, [one.block_id for one in chain])
        return _cells(chain, origins, record.data)


def _cells(
    chain: list[Record], origins: Mapping[int, BlockOrigin], data: Mapping[str, Any]
) -> dict[str, Source]:
    """Return the newest cell that gave each figure: a later file may have left it out."""
    found: dict[str, Source] = {}
    for record in chain:
        origin = origins.get(record.block_id or 0)
        if origin is None:
            continue
        for name in data:
            if name in record.data and name in origin.columns:
                found.setdefault(name, origin.source(record.rows, name))
    return found


def _chain(session: Session, record: Record) -> list[Record]:
    """Return the record and those it replaced, newest first."""
    query = select(Record).where(Record.identity == record.identity)
    known = {one.id: one for one in session.scalars(query)}
    chain: list[Record] = []
    older: Record | None = record
    while older is not None and older not in chain:
        chain.append(older)
        older = known.get(older.replaced_id or 0)
    return chain


def _figure(row: RecordRow, name: str, cells: Mapping[str, Source]) -> Figure:
    share = row.data.get(share_name(name))
    return Figure(
        name,
        figure_title(row.kind, name),
        row.data.get(name),
        cells.get(name),
        float(share) if isinstance(share, (int, float)) else None,
        cells.get(share_name(name)),
    )


def _place(kind: RecordKind) -> Any:
    order = {figure.name: place for place, figure in enumerate(kind_of_record(kind).figures)}
    first = {"pupils": -1}
    return lambda name: (first.get(name, order.get(name, len(order))), natural_key(name))


_Procedures = Mapping[int, tuple[AssessmentKind, int, str, int]]
_Places = Mapping[int, tuple[str, str]]


def _names(session: Session) -> tuple[Mapping[int, str], _Procedures, _Places]:
    schools = {row[0]: row[1] for row in session.execute(select(School.id, School.short_name))}
    query = select(
        Assessment.id, Assessment.kind, Assessment.year, Assessment.subject, Assessment.grade
    )
    procedures = {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(query)}
    places = select(SourceBlock.id, ImportFile.path, SourceBlock.sheet).join(ImportFile)
    return schools, procedures, {row[0]: (row[1], row[2]) for row in session.execute(places)}


def _row(
    record: Record, schools: Mapping[int, str], procedures: _Procedures, places: _Places
) -> RecordRow:
    file, sheet = places.get(record.block_id or 0, (None, None))
    return RecordRow(
        record.id,
        record.kind,
        record.year,
        record.school_id,
        record.name or "" if record.school_id is None else schools[record.school_id],
        record.scope,
        procedures[record.assessment_id] if record.assessment_id is not None else None,
        dict(record.data),
        file,
        sheet,
        record.rows,
    )


def _order(row: RecordRow) -> tuple[Any, ...]:
    procedure = row.procedure or ("", 0, "", 0)
    about = (str(procedure[0]), procedure[2], procedure[3])
    return (-row.year, about, row.school_id is not None, natural_key(row.school), row.id)
