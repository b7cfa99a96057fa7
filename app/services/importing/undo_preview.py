"""What undoing a load would do, value by value, before anybody decides on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.models.enums import RecordKind
from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.models.records import Record
from app.models.results import Assessment, ReferenceResult, Result
from app.models.schools import School, SchoolCode, SchoolValue
from app.services.figures import figure_title
from app.services.importing.describe import (
    FIELD_TITLES,
    MARK_TITLES,
    procedure_title,
    value_text,
)
from app.services.importing.facts import Procedure
from app.services.importing.undo import Undoing, UndoReport, blocks_of, load_in_force
from app.services.importing.undo_actions import UndoLine, action_lines, taken_out
from app.services.workspace import Workspace


@dataclass(frozen=True)
class UndoPreview:
    """What ``undo`` would report, and the values behind it.

    ``gone`` says how many values have nothing to come back in their place, by what they are.
    """

    batch_id: int
    label: str
    loaded_at: datetime
    report: UndoReport
    returning: tuple[UndoLine, ...]
    standing: tuple[UndoLine, ...]
    gone: Mapping[str, int]


class _Rehearsed(Exception):  # noqa: N818 - carries the result out of a block that stores nothing
    def __init__(self, preview: UndoPreview) -> None:
        self.preview = preview


def preview_undo(workspace: Workspace, batch_id: int) -> UndoPreview:
    """Return what ``undo`` would do with a load; nothing is stored.

    The undoing itself is rehearsed and thrown away, so that what is shown is what will happen.
    UserError as for ``undo``.
    """
    try:
        with workspace.database.write() as session:
            batch = load_in_force(session, batch_id)
            lines = (*_lines(session, batch_id), *action_lines(session, batch_id))
            gone = _gone(session, batch_id)
            undoing = Undoing(session, batch_id)
            report = undoing.run()
            gone |= taken_out(undoing.taken)
            raise _Rehearsed(
                UndoPreview(
                    batch_id,
                    batch.label,
                    batch.finished_at,
                    report,
                    tuple(line for line in lines if not line.kept_by),
                    tuple(line for line in lines if line.kept_by),
                    gone,
                )
            )
    except _Rehearsed as over:
        return over.preview


Names = Mapping[int, str]
"""Titles by id: of schools or of procedures."""

_Observation = Result | ReferenceResult | Record | SchoolValue | SchoolCode
_Figures = Mapping[str, object]


@dataclass(frozen=True)
class _Kind:
    """How a table of observations is told: whose row it is, about what, with which figures.

    ``keys`` are the columns that ``item`` looks at.
    """

    table: type[_Observation]
    owner: Callable[[Any, Names], str]
    item: Callable[[Any, Names], str]
    figures: Callable[[Any], _Figures]
    keys: tuple[str, ...] = ()


def _lines(session: Session, batch_id: int) -> Iterator[UndoLine]:
    schools = {row[0]: row[1] for row in session.execute(select(School.id, School.short_name))}
    procedures = _procedures(session)
    loads = _loads(session)
    blocks = blocks_of(session, {batch_id})
    for kind in _KINDS:
        for row in _returning(session, kind.table, blocks):
            before = _before(session, kind.table, row[1], blocks)
            if before is not None:
                yield from _differences(kind, row[0], before, (schools, procedures))
        for row in _standing(session, kind.table, blocks):
            said = loads.get(row[3], "исправлено вручную")
            yield from _differences(kind, row[2], row[1], (schools, procedures), said, row[0])


def _returning(
    session: Session, table: type[_Observation], blocks: frozenset[int]
) -> Sequence[Any]:
    mine, old = aliased(table), aliased(table)
    query = (
        select(mine, old)
        .join(old, old.id == mine.replaced_id)
        .where(mine.block_id.in_(blocks), mine.current)
        .order_by(mine.id)
    )
    return session.execute(query).all()


def _before(
    session: Session, table: type[_Observation], old: Any | None, blocks: frozenset[int]
) -> Any | None:
    """Return what comes back for a value: what its own load had said before it does not."""
    while old is not None and old.block_id in blocks:
        old = session.get(table, old.replaced_id) if old.replaced_id else None
    return old


def _standing(session: Session, table: type[_Observation], blocks: frozenset[int]) -> Sequence[Any]:
    mine, old, newer = aliased(table), aliased(table), aliased(table)
    query = (
        select(mine, old, newer, newer.block_id)
        .join(newer, newer.replaced_id == mine.id)
        .outerjoin(old, old.id == mine.replaced_id)
        .where(mine.block_id.in_(blocks), ~mine.current)
        .where(newer.block_id.is_(None) | newer.block_id.not_in(blocks))
        .order_by(mine.id)
    )
    return session.execute(query).all()


def _differences(
    kind: _Kind,
    now: Any,
    before: Any | None,
    names: tuple[Names, Names],
    kept_by: str = "",
    mine: Any | None = None,
) -> Iterator[UndoLine]:
    """Yield the figures that differ; of a newer value, those that the load itself had touched."""
    after = kind.figures(now)
    earlier = {} if before is None else kind.figures(before)
    touched = {} if mine is None else kind.figures(mine)
    for figure in dict.fromkeys((*after, *earlier)):
        own = mine is None or touched.get(figure) != earlier.get(figure)
        if own and after.get(figure) != earlier.get(figure):
            yield UndoLine(
                kind.owner(now, names[0]),
                kind.item(now, names[1]),
                figure,
                value_text(after.get(figure)),
                value_text(earlier.get(figure)),
                kept_by,
            )


def _gone(session: Session, batch_id: int) -> dict[str, int]:
    """Count what goes without anything coming back, by what it is."""
    procedures = _procedures(session)
    blocks = blocks_of(session, {batch_id})
    counted: Counter[str] = Counter()
    for kind in _KINDS:
        table = kind.table
        keys = [getattr(table, name) for name in kind.keys]
        mine = (table.block_id.in_(blocks), table.current, table.replaced_id.is_(None))
        query = (
            select(func.count().label("rows"), *keys).where(*mine).group_by(table.current, *keys)
        )
        for row in session.execute(query):
            counted[kind.item(row, procedures)] += row.rows
        for now, old in _returning(session, table, blocks):
            if _before(session, table, old, blocks) is None:
                counted[kind.item(now, procedures)] += 1
    return dict(counted)


def _procedures(session: Session) -> dict[int, str]:
    return {
        one.id: procedure_title(Procedure(one.kind, one.year, one.subject, one.grade))
        for one in session.scalars(select(Assessment))
    }


def _loads(session: Session) -> dict[int | None, str]:
    """Return «загрузка № 3 от 21.11.2025» by the id of a block."""
    query = (
        select(SourceBlock.id, ImportBatch.id, ImportBatch.finished_at)
        .join(ImportFile, SourceBlock.file_id == ImportFile.id)
        .join(ImportBatch, ImportFile.batch_id == ImportBatch.id)
    )
    return {
        block: f"загрузка № {batch} от {moment.astimezone():%d.%m.%Y}"
        for block, batch, moment in session.execute(query)
    }


def _school(row: Any, schools: Names) -> str:
    return schools[row.school_id]


def _scope(row: ReferenceResult, _schools: Names) -> str:
    return f"{row.name} ({row.scope.value})"


def _owner(row: Record, schools: Names) -> str:
    return schools.get(row.school_id or 0) or row.name or ""


def _about_school(_row: Any, _procedures: Names) -> str:
    return "Сведения о школе"


def _about_code(_row: Any, _procedures: Names) -> str:
    return "Код школы"


def _procedure(row: Any, procedures: Names) -> str:
    return procedures[row.assessment_id]


def _record(row: Any, procedures: Names) -> str:
    about = procedures.get(row.assessment_id or 0) or f"{row.year} год"
    kind: RecordKind = row.kind
    return f"{kind.value[:1].upper()}{kind.value[1:]}, {about}"


def _field(row: SchoolValue) -> _Figures:
    return {FIELD_TITLES.get(row.field, row.field): row.value}


def _code(row: SchoolCode) -> _Figures:
    return {row.system.value: row.code}


def _marks(row: Result | ReferenceResult) -> _Figures:
    return {title: getattr(row, name, None) for name, title in MARK_TITLES.items()}


def _data(row: Record) -> _Figures:
    return {figure_title(row.kind, name): value for name, value in row.data.items()}


_KINDS = (
    _Kind(SchoolValue, _school, _about_school, _field),
    _Kind(SchoolCode, _school, _about_code, _code),
    _Kind(Result, _school, _procedure, _marks, ("assessment_id",)),
    _Kind(ReferenceResult, _scope, _procedure, _marks, ("assessment_id",)),
    _Kind(Record, _owner, _record, _data, ("kind", "year", "assessment_id")),
)
