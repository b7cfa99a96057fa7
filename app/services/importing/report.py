"""A plan or a report for scripts: the JSON of the contract, and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from app.models.enums import FileStatus
from app.services.importing.plan import FilePlan, Finding, ImportPlan, ImportReport, RowCounts

_WAITING = (FileStatus.REFUSED, FileStatus.NEEDS_DECISION)


def report_json(load: ImportPlan | ImportReport) -> dict[str, Any]:
    """Return ``{"files": […], "totals": {…}}`` as the contract of ``import --json`` says."""
    statuses = Counter(file.status for file in load.files)
    return {
        "files": [_file(file) for file in load.files],
        "totals": {
            "files": len(load.files),
            **{status.value: statuses[status] for status in FileStatus},
            "rows": _rows(load.totals),
            "questions": len(load.questions) + len(load.days),
        },
    }


def exit_code(files: Iterable[FilePlan]) -> int:
    """Return 0 when all is done, 1 when something waits, 2 when nothing could be used at all.

    Rows in the quarantine wait too, until a person mends or dismisses them.
    """
    known = tuple(files)
    if known and all(file.status is FileStatus.REFUSED for file in known):
        return 2
    rows = any(not row.skipped for file in known for row in file.waiting)
    return int(rows or any(file.status in _WAITING for file in known))


def _file(file: FilePlan) -> dict[str, Any]:
    return {
        "path": file.path,
        "kind": file.format,
        "layout": file.layout,
        "status": file.status.value,
        "rows": _rows(file.rows),
        "problems": [_problem(finding) for finding in file.findings],
    }


def _rows(rows: RowCounts) -> dict[str, int]:
    return {
        "read": rows.read,
        "stored": rows.stored,
        "unchanged": rows.unchanged,
        "quarantined": rows.quarantined,
    }


def _problem(finding: Finding) -> dict[str, Any]:
    return {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "severity": finding.severity.value,
        "message": f"{finding.message} {finding.hint}".strip(),
    }
