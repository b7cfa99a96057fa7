"""Reading results: the table in one query, the cells behind a row, its earlier states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, String, select, type_coerce
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import AssessmentKind, CountsOrigin
from app.models.imports import ImportFile, SourceBlock
from app.models.results import Assessment, Result
from app.models.schools import School
from app.services.provenance import BlockOrigin, load_origins
from app.services.results.types import Observation, ResultRow
from app.services.sorting import natural_key
from app.services.source import Source
from app.services.workspace import Workspace

_KINDS = {kind.value: kind for kind in AssessmentKind}
_KIND_ORDER = {kind: place for place, kind in enumerate(AssessmentKind)}
_ORIGINS = {origin.value: origin for origin in CountsOrigin}

# Where a figure stands that the file has no column of its own for: the cells it follows from.
_CELLS: Mapping[str, tuple[str, ...]] = {
    "participants": ("participants",),
    "n2": ("n2", "p2"),
    "n3": ("n3", "p3"),
    "n4": ("n4", "p4"),
    "n5": ("n5", "p5"),
    "below": ("below", "n2", "p2"),
    "percent_below": ("p2", "below", "n2"),
    "success": ("p2", "below", "n2"),
    "quality": ("p4", "n4"),
    "p2": ("p2",),
    "p3": ("p3",),
    "p4": ("p4",),
    "p5": ("p5",),
    "mean": ("mean",),
    "year": ("year",),
    "subject": ("subject",),
    "grade": ("grade",),
    "school": ("name", "fisoko", "rcoi"),
}

_COLUMNS: tuple[Any, ...] = (
    Result.id,
    Result.school_id,
    School.short_name,
    type_coerce(Assessment.kind, String),
    Assessment.year,
    Assessment.subject,
    Assessment.grade,
    Result.participants,
    Result.n2,
    Result.n3,
    Result.n4,
    Result.n5,
    Result.below,
    Result.p2,
    Result.p3,
    Result.p4,
    Result.p5,
    Result.mean,
    type_coerce(Result.origin, String),
    ImportFile.path,
    SourceBlock.sheet,
    Result.rows,
)

_KIND, _ORIGIN = 3, 18
"""Places of the two enums, read as text: a type that converts each cell doubles the time."""


def list_results(
    workspace: Workspace, year: int | None = None, school_id: int | None = None
) -> tuple[ResultRow, ...]:
    """Return the results in force, newest year first, then by procedure and school.

    One query without objects of the ORM: a district over ten years is 100,000 rows.
    """
    query = _select().where(Result.current)
    if year is not None:
        query = query.where(Assessment.year == year)
    if school_id is not None:
        query = query.where(Result.school_id == school_id)
    with workspace.database.read() as session:
        rows = [_row(row) for row in session.execute(query)]
    return _sorted(rows)


def years(workspace: Workspace) -> tuple[int, ...]:
    """Return the years that have results, newest first."""
    query = (
        select(Assessment.year)
        .join(Result, Result.assessment_id == Assessment.id)
        .where(Result.current)
        .distinct()
        .order_by(Assessment.year.desc())
    )
    with workspace.database.read() as session:
        return tuple(session.scalars(query))


def sources(workspace: Workspace, result_id: int) -> Mapping[str, Source]:
    """Return the address of every known figure of a result, by field of ``ResultRow``.

    A figure without a cell of its own (recovered, counted from rows of pupils) gets the cells it
    follows from, or the row.  Empty for a result entered by hand; UserError when there is none.
    """
    with workspace.database.read() as session:
        row = _one(session, result_id)
        origin = _origins(session, [result_id]).get(result_id)
    if origin is None:
        return {}
    return {
        field: origin.source(row.rows, *cells)
        for field, cells in _CELLS.items()
        if getattr(row, field) is not None
    }


def history(workspace: Workspace, result_id: int) -> tuple[Observation, ...]:
    """Return the states that the result replaced, newest first; UserError when there is none."""
    with workspace.database.read() as session:
        row = _one(session, result_id)
        replaced = _replaced(session, result_id)
        query = _select().where(Result.id.in_(_chain(replaced, row.id)))
        earlier = {found[0]: _row(found) for found in session.execute(query)}
        origins = _origins(session, list(earlier))
    return tuple(
        Observation(
            earlier[old_id],
            origins[old_id].source(earlier[old_id].rows) if old_id in origins else None,
        )
        for old_id in _chain(replaced, row.id)
        if old_id in earlier
    )


def _select() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Assessment, Result.assessment_id == Assessment.id)
        .join(School, Result.school_id == School.id)
        .outerjoin(SourceBlock, Result.block_id == SourceBlock.id)
        .outerjoin(ImportFile, SourceBlock.file_id == ImportFile.id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> ResultRow:
    values: list[Any] = list(row)
    values[_KIND] = _KINDS[values[_KIND]]
    values[_ORIGIN] = _ORIGINS[values[_ORIGIN]]
    return ResultRow(*values)


def _sorted(rows: list[ResultRow]) -> tuple[ResultRow, ...]:
    # Each name is split once, not once per row.
    names = {row.school_id: row.school for row in rows}
    by_name = sorted(names, key=lambda school: (natural_key(names[school]), school))
    place = {school: number for number, school in enumerate(by_name)}
    rows.sort(
        key=lambda row: (
            -row.year,
            _KIND_ORDER[row.kind],
            row.subject,
            row.grade,
            place[row.school_id],
        )
    )
    return tuple(rows)


def _one(session: Session, result_id: int) -> ResultRow:
    row = session.execute(_select().where(Result.id == result_id)).first()
    if row is None:
        raise UserError("Этого результата больше нет в базе.", "Обновите таблицу результатов.")
    return _row(row)


def _origins(session: Session, result_ids: Sequence[int]) -> dict[int, BlockOrigin]:
    blocks = {
        row[0]: row[1]
        for row in session.execute(
            select(Result.id, Result.block_id).where(Result.id.in_(result_ids))
        )
    }
    origins = load_origins(session, blocks.values())
    return {result: origins[block] for result, block in blocks.items() if block in origins}


def _replaced(session: Session, result_id: int) -> dict[int, int | None]:
    """Return which observation each one of the same school and procedure replaced."""
    this = select(Result.school_id, Result.assessment_id).where(Result.id == result_id).subquery()
    query = select(Result.id, Result.replaced_id).join(
        this,
        (Result.school_id == this.c.school_id) & (Result.assessment_id == this.c.assessment_id),
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _chain(replaced: Mapping[int, int | None], newest: int) -> list[int]:
    chain: list[int] = []
    older = replaced.get(newest)
    while older is not None and older != newest and older not in chain:
        chain.append(older)
        older = replaced.get(older)
    return chain
