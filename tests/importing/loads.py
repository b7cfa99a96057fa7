"""Builders of loads for the tests of planning and storing: facts without spreadsheets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.models.enums import (
    AssessmentKind,
    CodeSystem,
    CountsOrigin,
    FileStatus,
    ReferenceScope,
    Severity,
)
from app.services.importing.facts import (
    Block,
    Extract,
    Fact,
    Marks,
    Problem,
    Procedure,
    ReferenceFact,
    RegisterFact,
    ResultFact,
    SchoolRef,
)
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.pipeline import Stash, _plan, apply
from app.services.importing.plan import Decisions, FilePlan, Finding, ImportPlan, ImportReport
from app.services.importing.stage import Staged
from app.services.progress import NoProgress, Progress
from app.services.workspace import Workspace

VPR = Procedure(AssessmentKind.VPR, 2025, "Математика", 5)
REGISTER_COLUMNS = {
    "short_name": "B",
    "name": "B",
    "fisoko": "C",
    "rcoi": "D",
    "kind": "E",
    "pupils": "F",
    "settlement": "G",
}
RESULT_COLUMNS = {
    "name": "A",
    "fisoko": "A",
    "rcoi": "B",
    "participants": "C",
    "n2": "D",
    "n3": "E",
    "year": "$A$1",
}


class NoCopies(Staged):
    """Staged files of a load that has none: closing it is remembered."""

    def __init__(self) -> None:
        self.files = ()
        self.label = "стик"
        self.closed = 0

    def close(self) -> None:
        """Count how often the copies were removed."""
        self.closed += 1


def ref(name: str | None = None, fisoko: str | None = None, rcoi: str | None = None) -> SchoolRef:
    """Return a way to name a school."""
    pairs = ((CodeSystem.FISOKO, fisoko), (CodeSystem.RCOI, rcoi))
    return SchoolRef(tuple((system, code) for system, code in pairs if code), name)


def school(row: int, who: SchoolRef, **fields: str | int | bool | None) -> RegisterFact:
    """Return a row of a register."""
    return RegisterFact(who, {"short_name": who.name, **fields}, str(row))


def result(
    rows: int | str,
    who: SchoolRef,
    n2: int | None = 1,
    participants: int = 10,
    procedure: Procedure = VPR,
    **marks: float | None,
) -> ResultFact:
    """Return a row of results; ``below`` equals ``n2``."""
    values = Marks(participants, n2=n2, below=n2, origin=CountsOrigin.GIVEN)
    return ResultFact(who, procedure, replace(values, **marks), str(rows))  # type: ignore[arg-type]


def reference(row: int, name: str, p2: float, procedure: Procedure = VPR) -> ReferenceFact:
    """Return a row of the district."""
    scope = ReferenceScope.DISTRICT
    return ReferenceFact(scope, name, procedure, 100, p2, None, None, None, None, str(row))


def register(path: str, *facts: Fact, **more: Any) -> LoadedFile:
    """Return a register with these rows."""
    return _file(path, "register", "Реестр школ", REGISTER_COLUMNS, facts, **more)


def results(path: str, *facts: Fact, **more: Any) -> LoadedFile:
    """Return a file of results with these rows."""
    return _file(path, "marks", "Статистика по отметкам", RESULT_COLUMNS, facts, **more)


def unread(path: str, message: str = "Файл повреждён.") -> LoadedFile:
    """Return a file that could not be read."""
    finding = Finding(Severity.ERROR, message)
    refused = FileStatus.REFUSED
    return LoadedFile(path, 10, "0" * 64, "не таблица", findings=(finding,), failure=refused)


def error(row: int | None, message: str = "12 из 10.") -> Problem:
    """Return an error of a row, or of the whole sheet."""
    return Problem(Severity.ERROR, message, "Исправьте.", cell=f"D{row}" if row else None, row=row)


def prepare_facts(
    workspace: Workspace, files: Sequence[LoadedFile], decisions: Decisions | None = None
) -> ImportPlan:
    """Return the plan of files as if they had just been read."""
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return _plan(workspace, Stash(NoCopies(), tuple(files), decisions or Decisions(), moment))


def load(
    workspace: Workspace,
    *files: LoadedFile,
    decisions: Decisions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Plan and store the files."""
    plan = prepare_facts(workspace, files, decisions)
    return apply(workspace, plan, progress or NoProgress())


def plan_of(load_: ImportPlan | ImportReport, path: str) -> FilePlan:
    """Return the plan of one file."""
    return next(file for file in load_.files if file.path == path)


def messages(file: FilePlan) -> str:
    """Return all findings of a file as one text."""
    return "\n".join(f"{one.cell or ''} {one.message} {one.hint}" for one in file.findings)


def _file(
    path: str,
    layout: str,
    title: str,
    columns: dict[str, str],
    facts: Iterable[Fact],
    *,
    problems: tuple[Problem, ...] = (),
    sha: str | None = None,
    keep: Path | None = None,
    read: int | None = None,
) -> LoadedFile:
    block = Block("Лист1", columns, tuple(facts))
    count = len(block.facts) if read is None else read
    sheet = LoadedSheet("Лист1", layout, title, Extract((block,), (), count), problems)
    digest = sha or hashlib.sha256(repr((path, block.facts)).encode()).hexdigest()
    return LoadedFile(path, 100, digest, "xlsx", (sheet,), keep=keep)
