"""Reading results: the whole table at once, the cells behind a row, its earlier states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, String, select, type_coerce
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import AssessmentKind, CountsOrigin
from app.models.imports import ImportFile, SourceBlock
from app.models.results import Assessment, Result, ResultPart
from app.models.schools import School
from app.services.provenance import BlockOrigin, load_origins
from app.services.results.types import Observation, ResultRow
from app.services.sorting import natural_key
from app.services.source import Source
from app.services.workspace import Workspace

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
    Result.assessment_id,
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
    type_coerce(Result.origin, String),  # converting each cell to the enum doubles the time
    Result.block_id,
    Result.rows,
)

Raw = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Names:
    """The few schools, procedures and blocks that the many results point to.

    Joined here: SQLite takes longer to repeat their names in each row than to read the results.
    """

    schools: Mapping[int, str]
    procedures: Mapping[int, tuple[AssessmentKind, int, str, int]]
    places: Mapping[int | None, tuple[str | None, str | None]]

    def row(self, raw: Raw) -> ResultRow:
        """Return the row of a result as ``_COLUMNS`` read it."""
        school, procedure = self.schools[raw[1]], self.procedures[raw[2]]
        place = self.places[raw[15]]
        return ResultRow._make(
            (*raw[:2], school, *procedure, *raw[3:14], _ORIGINS[raw[14]], *place, raw[16])
        )

    def order(self) -> Callable[[ResultRow], tuple[int, int]]:
        """Return the sort key: newest year, kind, subject, grade; schools by name."""
        by_name = sorted(self.schools, key=lambda s: (natural_key(self.schools[s]), s))
        schools = {school: place for place, school in enumerate(by_name)}
        in_order = sorted(self.procedures.values(), key=_procedure_order)
        procedures = {procedure: place for place, procedure in enumerate(in_order)}
        return lambda row: (procedures[row[3:7]], schools[row.school_id])


def _procedure_order(procedure: tuple[AssessmentKind, int, str, int]) -> tuple[int, int, str, int]:
    kind, year, subject, grade = procedure
    return (-year, _KIND_ORDER[kind], subject, grade)


def list_results(
    workspace: Workspace, year: int | None = None, school_id: int | None = None
) -> tuple[ResultRow, ...]:
    """Return the results in force, newest year first, then by procedure and school.

    Plain tuples, no objects of the ORM: a district over ten years is 100,000 rows.
    """
    query = select(*_COLUMNS).where(Result.current)
    if school_id is not None:
        query = query.where(Result.school_id == school_id)
    with workspace.database.read() as session:
        names = _names(session, year)
        if year is not None:
            query = query.where(Result.assessment_id.in_(names.procedures))
        rows = [names.row(raw) for raw in session.execute(query)]
    return tuple(sorted(rows, key=names.order()))


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
        places = _places(session, row)
    every = [_cells_of(row, origin, rows) for origin, rows in places]
    return {
        field: replace(source, also=tuple(other[field] for other in every[1:]))
        for field, source in (every[0] if every else {}).items()
    }


def _places(session: Session, row: ResultRow) -> list[tuple[BlockOrigin, str | None]]:
    """Return the blocks that a result was read from: one, or those of all its parts."""
    query = (
        select(ResultPart.block_id, ResultPart.rows)
        .where(ResultPart.result_id == row.id, ResultPart.counted)
        .order_by(ResultPart.day, ResultPart.id)
    )
    parts = session.execute(query).all()
    if not parts:
        origin = _origins(session, [row.id]).get(row.id)
        return [] if origin is None else [(origin, row.rows)]
    rows_of: dict[int, list[str]] = {}
    for block, rows in parts:
        rows_of.setdefault(block, []).append(rows)
    origins = load_origins(session, rows_of)
    return [(origins[one], ",".join(dict.fromkeys(rows))) for one, rows in rows_of.items()]


def _cells_of(row: ResultRow, origin: BlockOrigin, rows: str | None) -> dict[str, Source]:
    found = {
        field: origin.source(rows, *cells)
        for field, cells in _CELLS.items()
        if getattr(row, field) is not None
    }
    if "quality" in found:
        found["quality"] = _both(found["quality"], origin.source(rows, "p5", "n5"))
    return found


def history(workspace: Workspace, result_id: int) -> tuple[Observation, ...]:
    """Return the states that the result replaced, newest first; UserError when there is none."""
    with workspace.database.read() as session:
        row = _one(session, result_id)
        replaced = _replaced(session, result_id)
        query = select(*_COLUMNS).where(Result.id.in_(_chain(replaced, row.id)))
        names = _names(session)
        earlier = {found[0]: names.row(found) for found in session.execute(query)}
        origins = _origins(session, list(earlier))
    return tuple(
        Observation(
            earlier[old_id],
            origins[old_id].source(earlier[old_id].rows) if old_id in origins else None,
        )
        for old_id in _chain(replaced, row.id)
        if old_id in earlier
    )


def _both(first: Source, second: Source) -> Source:
    """Return the address of a sum of two cells; in a protocol both are the same cells."""
    if first.cell is None or second.cell is None or first.cell == second.cell:
        return first
    return replace(first, cell=f"{first.cell},{second.cell}")


def _names(session: Session, year: int | None = None) -> _Names:
    schools = select(School.id, School.short_name)
    procedures = select(
        Assessment.id, Assessment.kind, Assessment.year, Assessment.subject, Assessment.grade
    )
    if year is not None:
        procedures = procedures.where(Assessment.year == year)
    places = select(SourceBlock.id, ImportFile.path, SourceBlock.sheet).join(ImportFile)
    none: dict[int | None, tuple[str | None, str | None]] = {None: (None, None)}
    return _Names(
        {row[0]: row[1] for row in session.execute(schools)},
        {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(procedures)},
        none | {row[0]: (row[1], row[2]) for row in session.execute(places)},
    )


def _one(session: Session, result_id: int) -> ResultRow:
    row = session.execute(select(*_COLUMNS).where(Result.id == result_id)).first()
    if row is None:
        raise UserError("Этого результата больше нет в базе.", "Обновите таблицу результатов.")
    return _names(session).row(row)


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
