"""What the database holds already, as far as the planning of one load needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.models.enums import (
    AssessmentKind,
    DaysAnswer,
    PartKind,
    RecordKind,
    ReferenceScope,
    SchoolStatus,
)
from app.models.records import Record
from app.models.results import Assessment, ReferenceResult, Result, ResultPart
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolEnding, SchoolValue
from app.services.importing.days_rules import DaysKey
from app.services.importing.describe import FIELD_TITLES
from app.services.importing.facts import Marks, Procedure
from app.services.importing.known_files import find_known_files
from app.services.importing.loaded import KnownFile
from app.services.importing.matching import Directory, Ended, KnownSchool
from app.services.importing.names import fold
from app.services.importing.parts import Part, part_from
from app.services.indicators import RowState
from app.services.roadmap.facts import Plan
from app.services.support.facts import Known

ReferenceKey = tuple[ReferenceScope, str, Procedure]
"""Scope, folded name and procedure of a row of the country, the region or the district."""


RecordOwner = int | tuple[ReferenceScope, str]
"""A school, or a reference scope with its folded name."""
RecordKey = tuple[RecordOwner, RecordKind, int, Procedure | None]
"""What a record is about: of one key only one record is in force."""


@dataclass(frozen=True, slots=True)
class StoredValue:
    """The value of a school's field in force; ``id`` is None when no observation stands behind."""

    id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class StoredMarks:
    """The observation in force of a result or of a reference row."""

    id: int
    marks: Marks


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """The record in force of one key."""

    id: int
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Stored:
    """A snapshot of the schools, and of the results of the procedures that a load speaks of."""

    directory: Directory = field(default_factory=Directory)
    values: dict[tuple[int, str], StoredValue] = field(default_factory=dict)
    """By school and field; a field that is empty has no entry."""
    codes: dict[tuple[int, str], int] = field(default_factory=dict)
    """Id of the current code row by school and system."""
    results: dict[tuple[int, Procedure], StoredMarks] = field(default_factory=dict)
    parts: dict[tuple[int, Procedure], list[Part]] = field(default_factory=dict)
    """Exam days and appeals that a result is the sum of, where protocols gave it."""
    classes: dict[tuple[int, Procedure], list[Part]] = field(default_factory=dict)
    """The classes that a result is the sum of, where files gave each by itself."""
    references: dict[ReferenceKey, StoredMarks] = field(default_factory=dict)
    records: dict[RecordKey, StoredRecord] = field(default_factory=dict)
    assessments: dict[Procedure, int] = field(default_factory=dict)
    known_files: dict[str, KnownFile] = field(default_factory=dict)
    """By SHA-256: files that are stored in full and still stand as they were stored."""
    plans: dict[str, list[Plan]] = field(default_factory=dict)
    """By title: the roadmaps with a title that a file of the load has."""
    nobody: set[str] = field(default_factory=set)
    """Names that answer for something in a roadmap of the load and stand in no directory."""
    measures: dict[tuple[str, str], tuple[RowState, ...]] = field(default_factory=dict)
    """By file and sheet: what storing a table of indicators would do with its rows."""
    monitoring: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    """By file: the rows of monitoring that its programme has already."""
    support: Known = field(default_factory=Known)
    """What is known of risks, curators and network groups, where a file speaks of them."""
    skipped: set[str] = field(default_factory=set)
    """Keys of schools that a person called none of ours."""
    confirmed: dict[str, dict[tuple[str, str, str], str]] = field(default_factory=dict)
    """By SHA-256: notes of findings let pass, by sheet, cell and message."""
    kept: dict[str, dict[tuple[str, int], str | None]] = field(default_factory=dict)
    """By SHA-256: rows (sheet, row) of the quarantine; the note of a dismissed one, else None."""
    exam_days: dict[DaysKey, DaysAnswer] = field(default_factory=dict)
    """How a person said that the days of an exam are counted."""


def field_text(value: object) -> str:
    """Return a value of a school's field as SchoolValue keeps it: readable without the program."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return str(value)


def load_stored(
    session: Session,
    procedures: Iterable[Procedure] = (),
    hashes: Iterable[str] = (),
    records: Iterable[tuple[RecordKind, int]] = (),
) -> Stored:
    """Return the snapshot for a load about ``procedures`` whose files have ``hashes``.

    ``records`` are the kinds and years of the records that the load gives.
    """
    stored = Stored()
    _load_schools(session, stored)
    _load_endings(session, stored)
    _load_codes(session, stored)
    _load_assessments(session, stored, set(procedures))
    _load_results(session, stored)
    _load_parts(session, stored)
    _load_references(session, stored)
    _load_records(session, stored, records)
    stored.known_files.update(find_known_files(session, hashes))
    return stored


def _load_schools(session: Session, stored: Stored) -> None:
    observed = {
        (school, name): identifier
        for identifier, school, name in session.execute(
            select(SchoolValue.id, SchoolValue.school_id, SchoolValue.field).where(
                SchoolValue.current
            )
        )
    }
    columns = [getattr(School, name) for name in FIELD_TITLES]
    for row in session.execute(select(School.id, *columns)):
        fields = dict(zip(FIELD_TITLES, row[1:], strict=True))
        spellings = [text for text in (fields["short_name"], fields["full_name"]) if text]
        stored.directory.add_school(
            KnownSchool(row[0], fields["short_name"], tuple(spellings), fields["settlement"])
        )
        for name, value in fields.items():
            if value is not None:
                stored.values[row[0], name] = StoredValue(
                    observed.get((row[0], name)), field_text(value)
                )


def _load_endings(session: Session, stored: Stored) -> None:
    query = (
        select(SchoolEnding.school_id, SchoolEnding.ended_on, SchoolEnding.successor_id)
        .join(School, School.id == SchoolEnding.school_id)
        .where(School.status != SchoolStatus.ACTIVE)
    )
    for school, ended_on, successor in session.execute(query):
        if ended_on is not None:
            stored.directory.ended[school] = Ended(ended_on.year, successor)


def _load_codes(session: Session, stored: Stored) -> None:
    query = select(
        SchoolCode.id, SchoolCode.school_id, SchoolCode.system, SchoolCode.code, SchoolCode.current
    )
    for identifier, school, system, code, current in session.execute(query):
        stored.directory.add_code(school, system, code, current=current)
        if current:
            stored.codes[school, system] = identifier
    for school, key in session.execute(select(SchoolAlias.school_id, SchoolAlias.key)):
        stored.directory.add_alias(school, key)


def _load_assessments(session: Session, stored: Stored, wanted: set[Procedure]) -> None:
    for row in session.execute(
        select(
            Assessment.id, Assessment.kind, Assessment.year, Assessment.subject, Assessment.grade
        )
    ):
        procedure = Procedure(*row[1:])
        if procedure in wanted:
            stored.assessments[procedure] = row[0]


def _load_results(session: Session, stored: Stored) -> None:
    columns = [getattr(Result, name) for name in Marks.__dataclass_fields__]
    for procedure, chunk in _by_assessment(stored):
        query = select(Result.id, Result.school_id, *columns).where(
            Result.current, Result.assessment_id == chunk
        )
        for row in session.execute(query):
            stored.results[row[1], procedure] = StoredMarks(row[0], Marks(*row[2:]))


def _load_parts(session: Session, stored: Stored) -> None:
    """Only protocols of exams have days: of the ВПР a load looks for classes alone."""
    names = {identifier: procedure for procedure, identifier in stored.assessments.items()}
    exams = any(one.kind is not AssessmentKind.VPR for one in stored.assessments)
    if not names:
        return
    query = (
        select(ResultPart, Result.school_id, Result.assessment_id)
        .join(Result, Result.id == ResultPart.result_id)
        .where(Result.current, true() if exams else ResultPart.kind == PartKind.CLASS)
        .order_by(ResultPart.id)
    )
    for part, school, assessment in session.execute(query):
        if assessment in names:
            of_kind = stored.classes if part.kind is PartKind.CLASS else stored.parts
            of_kind.setdefault((school, names[assessment]), []).append(part_from(part))


def _load_references(session: Session, stored: Stored) -> None:
    names = ("participants", "p2", "p3", "p4", "p5", "mean")
    columns = [getattr(ReferenceResult, name) for name in names]
    for procedure, identifier in _by_assessment(stored):
        query = select(
            ReferenceResult.id, ReferenceResult.scope, ReferenceResult.name, *columns
        ).where(ReferenceResult.current, ReferenceResult.assessment_id == identifier)
        for row in session.execute(query):
            marks = Marks(**dict(zip(names, row[3:], strict=True)))
            stored.references[row[1], fold(row[2]), procedure] = StoredMarks(row[0], marks)


def _load_records(
    session: Session, stored: Stored, wanted: Iterable[tuple[RecordKind, int]]
) -> None:
    procedures = {identifier: procedure for procedure, identifier in stored.assessments.items()}
    for kind, year in sorted(set(wanted)):
        query = select(Record).where(Record.current, Record.kind == kind, Record.year == year)
        for record in session.scalars(query):
            assessment = record.assessment_id
            if assessment is None or assessment in procedures:
                procedure = None if assessment is None else procedures[assessment]
                key = (_owner(record), kind, year, procedure)
                stored.records[key] = StoredRecord(record.id, dict(record.data))


def _owner(record: Record) -> RecordOwner:
    if record.scope is not None:
        return record.scope, fold(record.name or "")
    return record.school_id or 0


def _by_assessment(stored: Stored) -> list[tuple[Procedure, int]]:
    return sorted(stored.assessments.items(), key=lambda item: item[1])
