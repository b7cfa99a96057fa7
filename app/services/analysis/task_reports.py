"""How tasks were done, by procedure, with the levels that the office has marked."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from app.models.enums import RecordKind, ReferenceScope
from app.services.analysis.limits import analysis_limits
from app.services.analysis.reading import exact
from app.services.analysis.stored import keep, kept
from app.services.analysis.tasks import Level, grade
from app.services.analysis.types import ProcedureName, TaskLine, TaskReport
from app.services.changes import ChangeSet
from app.services.records import RecordRow, list_records
from app.services.sorting import natural_key
from app.services.workspace import Workspace

_TASK, _MAXIMUM = "task_", "max_"
_SETTING = "analysis.task_levels"

Levels = Mapping[str, Level]


def task_reports(
    workspace: Workspace, year: int, school_id: int | None = None
) -> tuple[TaskReport, ...]:
    """Return the tasks of every procedure of a year, of a school or of the district's own rows.

    Empty when no file has given them: the results of tasks cannot be worked out from marks.
    """
    rows = [row for row in list_records(workspace, RecordKind.TASKS, year) if row.procedure]
    stated = {(_name(row), row.scope): row for row in rows if row.scope is not None}
    own = [row for row in rows if row.school_id == school_id and school_id is not None]
    if school_id is None:
        own = [row for row in rows if row.scope is ReferenceScope.DISTRICT]
    return tuple(_report(workspace, row, stated) for row in own)


def task_levels(workspace: Workspace, procedure: ProcedureName, year: int) -> Levels:
    """Return the levels that the office has marked for the tasks of a procedure, by code."""
    stored = kept(workspace, _key(procedure, year)) or {}
    return {code: Level(level) for code, level in stored.items()}


def save_task_levels(
    workspace: Workspace, procedure: ProcedureName, year: int, levels: Levels
) -> ChangeSet:
    """Mark the levels of tasks, as the description of the work gives them; can be undone."""
    kind, subject, _ = procedure
    body = {code: level.value for code, level in levels.items()}
    return keep(workspace, _key(procedure, year), body, f"уровни заданий, {kind.value}, {subject}")


def _key(procedure: ProcedureName, year: int) -> str:
    kind, subject, of_grade = procedure
    return f"{_SETTING}.{kind.name}.{of_grade}.{year}.{subject}"[:100]


def _name(row: RecordRow) -> ProcedureName:
    if row.procedure is None:
        raise ValueError("tasks belong to a procedure")
    kind, _, subject, of_grade = row.procedure
    return (kind, subject, of_grade)


def _report(
    workspace: Workspace,
    row: RecordRow,
    stated: Mapping[tuple[ProcedureName, ReferenceScope], RecordRow],
) -> TaskReport:
    name = _name(row)
    levels = task_levels(workspace, name, row.year)
    district = stated.get((name, ReferenceScope.DISTRICT))
    region = stated.get((name, ReferenceScope.REGION))
    codes = [field.removeprefix(_TASK) for field in row.data if field.startswith(_TASK)]
    lines = [
        _line(code, row, levels.get(code), (district, region))
        for code in sorted(codes, key=natural_key)
    ]
    participants = row.data.get("participants")
    return TaskReport(
        name,
        row.year,
        participants if isinstance(participants, int) else None,
        tuple(line for line in lines if line is not None),
    )


def _line(
    code: str,
    row: RecordRow,
    level: Level | None,
    others: tuple[RecordRow | None, RecordRow | None],
) -> TaskLine | None:
    percent = _percent(row, code)
    if percent is None:
        return None
    maximum = row.data.get(_MAXIMUM + code)
    district, region = (_percent(other, code) for other in others)
    found = grade(float(percent), level, analysis_limits().tasks)
    whole = maximum if isinstance(maximum, int) else None
    return TaskLine(code, percent, whole, level, found, district, region)


def _percent(row: RecordRow | None, code: str) -> Fraction | None:
    return None if row is None else exact(row.data.get(_TASK + code))
