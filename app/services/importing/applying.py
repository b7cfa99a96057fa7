"""One write block that stores a whole planned load, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.enums import BatchStatus, SchoolStatus
from app.models.imports import ImportBatch, ImportFile, ImportProblem, SourceBlock
from app.models.records import Record
from app.models.results import Assessment, ReferenceResult, Result, ResultPart
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolValue
from app.services.importing.facts import Marks, Procedure, RecordFact
from app.services.importing.loaded import LoadedFile
from app.services.importing.monitoring_rows import store_programme_tables
from app.services.importing.names import fold
from app.services.importing.parts import Part
from app.services.importing.plan import FilePlan
from app.services.importing.planning import Planned
from app.services.importing.state import Stored, field_text
from app.services.importing.support_rows import store_support
from app.services.importing.writes import Place, RecordWrite, ValueWrite
from app.services.progress import Progress
from app.services.roadmap import store_plan

_CHUNK = 2_000
"""Rows per insert: between two chunks the person may cancel."""

_MARK_FIELDS = tuple(Marks.__dataclass_fields__)
_RESULT_FIELDS = (
    "id", "school_id", "assessment_id", *_MARK_FIELDS, "block_id", "rows", "current", "replaced_id",
)  # fmt: skip
# Plain tuples for plain SQL: of a hundred thousand results SQLAlchemy's way through dicts and
# types takes longer than SQLite does.
_INSERT_RESULT = (
    f"INSERT INTO result ({', '.join(_RESULT_FIELDS)})"  # noqa: S608 - names of ours
    f" VALUES ({', '.join('?' * len(_RESULT_FIELDS))})"
)
_figures_of = attrgetter(*(name for name in _MARK_FIELDS if name != "origin"))
_PART_FIELDS = (
    "kind", "day", "participants", "n2", "n3", "n4", "n5", "below", "total", "digest", "rows",
    "counted",
)  # fmt: skip
_REFERENCE_FIELDS = ("participants", "p2", "p3", "p4", "p5", "mean")

Row = dict[str, Any]
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Load:
    """The record of a load: what it is called, when it ran, and its files with their archive names.

    ``archived`` runs parallel to ``files``; None where no copy is kept.
    """

    label: str
    started_at: datetime
    finished_at: datetime
    files: Sequence[LoadedFile]
    archived: Sequence[str | None]


class Applier:
    """Stores one load inside the write block of ``session``; the block commits."""

    def __init__(
        self, session: Session, stored: Stored, planned: Planned, progress: Progress
    ) -> None:
        self._session = session
        self._stored = stored
        self._planned = planned
        self._writes = planned.writes
        self._progress = progress
        self._schools: dict[int, int] = {}
        self._first_block = 0

    def store(self, load: Load) -> int:
        """Store everything and return the id of the new batch."""
        batch = self._store_record(load)
        self._store_schools()
        self._store_values()
        self._store_codes()
        assessments = self._assessments()
        self._store_results(assessments)
        self._store_references(assessments)
        self._store_records(assessments)
        for write in self._writes.plans:
            block = self._first_block + write.block
            where = write.programme_id, block
            store_plan(self._session, write.plan, batch, *where, states=write.states)
        store_programme_tables(self._session, self._writes, batch)
        store_support(self._session, self._writes, self._school, batch)
        self._progress.check()
        return batch

    def _store_record(self, load: Load) -> int:
        batch = self._next_id(ImportBatch)
        self._insert(
            ImportBatch,
            [
                {
                    "id": batch,
                    "label": load.label,
                    "started_at": load.started_at,
                    "finished_at": load.finished_at,
                    "status": BatchStatus.APPLIED,
                }
            ],
        )
        first = self._next_id(ImportFile)
        rows = zip(self._planned.files, load.files, load.archived, strict=True)
        self._insert(
            ImportFile,
            (_file_row(first + index, batch, *row) for index, row in enumerate(rows)),
        )
        self._insert(ImportProblem, _problem_rows(self._planned.files, first))
        self._store_blocks(first)
        return batch

    def _store_blocks(self, first_file: int) -> None:
        self._first_block = self._next_id(SourceBlock)
        self._insert(
            SourceBlock,
            (
                {
                    "id": self._first_block + index,
                    "file_id": first_file + block.file,
                    "sheet": block.sheet,
                    "columns": dict(block.columns),
                }
                for index, block in enumerate(self._writes.blocks)
            ),
        )

    def _store_schools(self) -> None:
        first = self._next_id(School)
        self._schools = {
            provisional: first + index for index, provisional in enumerate(self._writes.schools)
        }
        columns: dict[int, Row] = {provisional: {} for provisional in self._writes.schools}
        for value in self._writes.values:
            if value.school in columns:
                columns[value.school][value.field] = value.value
        self._insert(
            School,
            (
                school_row(self._schools[provisional], values)
                for provisional, values in columns.items()
            ),
        )

    def _store_values(self) -> None:
        values = self._writes.values
        self._retire(SchoolValue, (value.replaces for value in values))
        inherited = self._keep_unobserved([value for value in values if value.unobserved])
        self._insert(
            SchoolValue,
            (
                {
                    "school_id": self._school(value.school),
                    "field": value.field,
                    "value": field_text(value.value),
                    **self._observed(value.place, value.replaces or inherited.get(id(value))),
                }
                for value in values
            ),
        )
        changed: dict[int, set[str]] = {}
        for value in values:
            if value.school > 0:
                changed.setdefault(value.school, set()).add(value.field)
        for school, fields in sorted(changed.items()):
            refresh_school(self._session, school, fields)

    def _keep_unobserved(self, values: Sequence[ValueWrite]) -> dict[int, int]:
        """Make observations of stored values that have none, so that undoing can restore them."""
        first = self._next_id(SchoolValue)
        self._insert(
            SchoolValue,
            (
                {
                    "id": first + index,
                    "school_id": value.school,
                    "field": value.field,
                    "value": value.unobserved,
                    "block_id": None,
                    "rows": None,
                    "current": False,
                    "replaced_id": None,
                }
                for index, value in enumerate(values)
            ),
        )
        return {id(value): first + index for index, value in enumerate(values)}

    def _store_codes(self) -> None:
        codes, aliases = self._writes.codes, self._writes.aliases
        self._retire(SchoolCode, (code.replaces for code in codes))
        self._insert(
            SchoolCode,
            (
                {
                    "school_id": self._school(code.school),
                    "system": code.system,
                    "code": code.code,
                    **self._observed(code.place, code.replaces),
                    "current": code.current,
                }
                for code in codes
            ),
        )
        self._insert(
            SchoolAlias,
            (
                {
                    "school_id": self._school(alias.school),
                    "name": alias.name,
                    "key": alias.key,
                    **self._observed(alias.place, None),
                }
                for alias in aliases
            ),
        )

    def _assessments(self) -> dict[Procedure, int]:
        """Return the ids of all procedures of the load, creating the new ones."""
        known = dict(self._stored.assessments)
        results = (write.fact.procedure for write in self._writes.results)
        references = (write.fact.procedure for write in self._writes.references)
        records = (w.fact.procedure for w in self._writes.records if w.fact.procedure)
        spoken = dict.fromkeys((*results, *references, *records))
        new = [one for one in spoken if one not in known]
        first = self._next_id(Assessment)
        known.update({procedure: first + index for index, procedure in enumerate(new)})
        self._insert(
            Assessment,
            (
                {
                    "id": known[one],
                    "kind": one.kind,
                    "year": one.year,
                    "subject": one.subject,
                    "grade": one.grade,
                }
                for one in new
            ),
        )
        return known

    def _store_results(self, assessments: dict[Procedure, int]) -> None:
        results = self._writes.results
        self._retire(Result, (write.replaces for write in results))
        first = self._next_id(Result)
        done = 0
        for chunk in _chunks(self._result_rows(assessments)):
            self._session.connection().exec_driver_sql(_INSERT_RESULT, chunk)
            done += len(chunk)
            self._progress.report(done, len(results), "Запись результатов")
            self._progress.check()
        self._insert(
            ResultPart,
            (
                self._part_row(first + index, part)
                for index, write in enumerate(results)
                for part in write.parts
            ),
        )

    def _result_rows(self, assessments: dict[Procedure, int]) -> Iterator[tuple[Any, ...]]:
        """Yield the values of ``_RESULT_FIELDS``, as SQLite takes them."""
        first, block, school = self._next_id(Result), self._first_block, self._school
        last, assessment = None, 0
        for identifier, write in enumerate(self._writes.results, first):
            fact, marks = write.fact, write.fact.marks
            # A procedure has many rows below each other: it is looked up for the first of them.
            if fact.procedure is not last:
                last, assessment = fact.procedure, assessments[fact.procedure]
            yield (
                identifier, school(write.school), assessment, *_figures_of(marks),
                marks.origin.value, block + write.block, fact.rows, True, write.replaces,
            )  # fmt: skip

    def _part_row(self, result: int, part: Part) -> Row:
        block = part.stored_block
        if block is None:
            block = self._first_block + (part.block or 0)
        return {
            "result_id": result,
            "block_id": block,
            **{name: getattr(part, name) for name in _PART_FIELDS},
        }

    def _store_references(self, assessments: dict[Procedure, int]) -> None:
        references = self._writes.references
        self._retire(ReferenceResult, (write.replaces for write in references))
        self._insert(
            ReferenceResult,
            (
                {
                    "scope": write.fact.scope,
                    "name": write.fact.name,
                    "assessment_id": assessments[write.fact.procedure],
                    **{name: getattr(write.fact, name) for name in _REFERENCE_FIELDS},
                    **self._observed(Place(write.block, write.fact.rows), write.replaces),
                }
                for write in references
            ),
        )

    def _store_records(self, assessments: dict[Procedure, int]) -> None:
        records = self._writes.records
        self._retire(Record, (write.replaces for write in records))
        first = self._next_id(Record)
        ids = {id(write.fact): first + index for index, write in enumerate(records)}
        covered = {id(write.over) for write in records if write.over}
        self._insert(
            Record,
            (
                {
                    **self._record_row(write, assessments),
                    "id": ids[id(write.fact)],
                    "current": id(write.fact) not in covered,
                    "replaced_id": ids[id(write.over)] if write.over else write.replaces,
                }
                for write in records
            ),
        )

    def _record_row(self, write: RecordWrite, assessments: dict[Procedure, int]) -> Row:
        fact = write.fact
        school = None if write.school is None else self._school(write.school)
        return {
            "identity": _record_identity(school, fact),
            "kind": fact.kind,
            "year": fact.year,
            "school_id": school,
            "scope": fact.scope,
            "name": fact.name or None if school is None else None,
            "assessment_id": assessments[fact.procedure] if fact.procedure else None,
            "data": dict(write.data),
            **self._observed(Place(write.block, fact.rows), write.replaces),
        }

    def _school(self, school: int) -> int:
        return school if school > 0 else self._schools[school]

    def _observed(self, place: Place, replaced: int | None) -> Row:
        return {
            "block_id": self._first_block + place.block,
            "rows": place.rows,
            "current": True,
            "replaced_id": replaced,
        }

    def _next_id(self, entity: type[Base]) -> int:
        """Return the first free id: the write block keeps everybody else out."""
        return first_free_id(self._session, entity)

    def _retire(self, entity: type[Base], identifiers: Iterable[int | None]) -> None:
        """Take ``current`` from the observations that are being replaced."""
        table = _table(entity)
        statement = update(table).where(table.c.id == bindparam("old")).values(current=False)
        old: list[Row] = [{"old": one} for one in identifiers if one is not None]
        for chunk in _chunks(old):
            self._session.connection().execute(statement, chunk)

    def _insert(self, entity: type[Base], rows: Iterable[Row], text: str = "") -> None:
        statement = insert(_table(entity))
        done = 0
        for chunk in _chunks(rows):
            self._session.connection().execute(statement, chunk)
            done += len(chunk)
            if text:
                self._progress.report(done, len(self._writes.results), text)
            self._progress.check()


def refresh_school(session: Session, school_id: int, fields: Iterable[str]) -> None:
    """Make columns of a school equal to its current observations, and fold its names again.

    A field whose last observation is gone becomes empty; the name and the status stay, because a
    school cannot be without them.
    """
    school = session.get_one(School, school_id)
    session.refresh(school)
    query = select(SchoolValue.field, SchoolValue.value).where(
        SchoolValue.school_id == school_id, SchoolValue.current
    )
    observed = {row.field: row.value for row in session.execute(query)}
    for name in sorted(set(fields)):
        value = observed.get(name)
        if value is not None or name not in ("short_name", "status"):
            setattr(school, name, _DECODERS.get(name, _as_text)(value))
    school.search_key = search_key(school.short_name, school.full_name)
    session.flush()


def first_free_id(session: Session, entity: type[Base]) -> int:
    """Return an id above all that the table holds."""
    table = _table(entity)
    return int(session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def search_key(short_name: str, full_name: str | None) -> str:
    """Return the folded names of a school for search: SQLite does not know Cyrillic case."""
    return fold(" ".join(filter(None, (short_name, full_name))))


def _record_identity(school: int | None, fact: RecordFact) -> str:
    """Return what a record is about in one text; procedures by name, for their ids may change."""
    scope = fact.scope.name if fact.scope else ""
    owner = f"{scope}:{fold(fact.name)}" if school is None else f"school:{school}"
    one = fact.procedure
    about = f"{one.kind.value}:{one.year}:{fold(one.subject)}:{one.grade}" if one else ""
    return "|".join((owner, fact.kind.name, str(fact.year), about))


def _as_text(value: str | None) -> object:
    return value


def _as_number(value: str | None) -> object:
    return None if value is None else int(value)


def _as_flag(value: str | None) -> object:
    return None if value is None else value == "да"


def _as_status(value: str | None) -> object:
    return None if value is None else SchoolStatus(value)


_DECODERS: dict[str, Callable[[str | None], object]] = {
    "rural": _as_flag,
    "pupils": _as_number,
    "status": _as_status,
}


def school_row(identifier: int, values: Row) -> Row:
    """Return all columns of a new school of which only ``values`` are known."""
    empty = dict.fromkeys(("full_name", "kind", "settlement", "rural", "pupils", "director"), None)
    row = {"status": SchoolStatus.ACTIVE, **empty, **values, "id": identifier}
    key = search_key(row["short_name"], row["full_name"])
    return row | {"status": SchoolStatus(row["status"]), "search_key": key}


def _file_row(
    identifier: int, batch: int, plan: FilePlan, file: LoadedFile, archived: str | None
) -> Row:
    return {
        "id": identifier,
        "batch_id": batch,
        "path": plan.path,
        "folder": file.folder,
        "sha256": file.sha256,
        "size": file.size,
        "layout": plan.layout,
        "status": plan.status,
        "archived_as": archived,
        "rows_read": plan.rows.read,
        "rows_stored": plan.rows.stored,
        "rows_unchanged": plan.rows.unchanged,
        "rows_quarantined": plan.rows.quarantined,
    }


def _problem_rows(files: Sequence[FilePlan], first_file: int) -> Iterator[Row]:
    for index, file in enumerate(files):
        for finding in file.findings:
            yield {
                "file_id": first_file + index,
                "severity": finding.severity,
                "sheet": finding.sheet,
                "cell": finding.cell,
                "message": finding.message,
                "hint": finding.hint,
            }


def _chunks(rows: Iterable[_Item]) -> Iterator[list[_Item]]:
    source = iter(rows)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _table(entity: type[Base]) -> Table:
    return cast(Table, entity.__table__)
