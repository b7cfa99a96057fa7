"""Builders of stored data for the tests of services: a small database without the import."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.models.enums import (
    AssessmentKind,
    BatchStatus,
    CodeSystem,
    CountsOrigin,
    FileStatus,
    SchoolStatus,
)
from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.models.results import Assessment, Result
from app.models.schools import School, SchoolCode
from app.services.workspace import Workspace

MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def add_school(
    workspace: Workspace, name: str, fisoko: str | None = None, rcoi: str | None = None, **more: Any
) -> int:
    """Store a school with its codes and return its id."""
    with workspace.database.write() as session:
        values = {"status": SchoolStatus.ACTIVE, "search_key": name.casefold(), **more}
        school = School(short_name=name, **values)
        codes = ((CodeSystem.FISOKO, fisoko), (CodeSystem.RCOI, rcoi))
        school.codes = [SchoolCode(system=system, code=code) for system, code in codes if code]
        session.add(school)
        session.flush()
        return school.id


def add_block(
    workspace: Workspace, columns: dict[str, str], path: str = "ВПР/4 РУ.xlsx", sheet: str = "Лист1"
) -> int:
    """Store a load of one file with one block of cells and return the id of the block."""
    with workspace.database.write() as session:
        batch = ImportBatch(
            label="стик", started_at=MOMENT, finished_at=MOMENT, status=BatchStatus.APPLIED
        )
        file = ImportFile(
            batch=batch,
            path=path,
            sha256="0" * 64,
            size=1,
            layout="fisoko",
            status=FileStatus.IMPORTED,
            archived_as="0.xlsx",
        )
        block = SourceBlock(file=file, sheet=sheet, columns=columns)
        session.add(block)
        session.flush()
        return block.id


def add_result(
    workspace: Workspace,
    school_id: int,
    procedure: tuple[AssessmentKind, int, str, int],
    participants: int,
    below: int | None,
    **more: Any,
) -> int:
    """Store a result of ``(kind, year, subject, grade)`` and return its id."""
    kind, year, subject, grade = procedure
    key = {"kind": kind, "year": year, "subject": subject, "grade": grade}
    with workspace.database.write() as session:
        found = session.query(Assessment).filter_by(**key).one_or_none()
        assessment = found or Assessment(**key)
        values = {"origin": CountsOrigin.GIVEN, "n2": below, **more}
        result = Result(
            school_id=school_id,
            assessment=assessment,
            participants=participants,
            below=below,
            **values,
        )
        session.add(result)
        session.flush()
        return result.id
