"""Results in the form that other programs script against."""

from __future__ import annotations

from typing import Any

from app.services.results.queries import list_results
from app.services.results.types import ResultRow
from app.services.schools import SchoolRow, list_schools
from app.services.source import first_row
from app.services.workspace import Workspace


def export_rows(
    workspace: Workspace, year: int | None = None, school_id: int | None = None
) -> list[dict[str, Any]]:
    """Return the results in force as the JSON contract of ``export results`` lists them.

    ``source.row`` is the first row (1-based) of the cells a result was counted from; a result
    entered by hand has an empty source.
    """
    schools = {school.id: school for school in list_schools(workspace)}
    return [
        _as_dict(row, schools[row.school_id])
        for row in list_results(workspace, year=year, school_id=school_id)
    ]


def _as_dict(row: ResultRow, school: SchoolRow) -> dict[str, Any]:
    return {
        "school": row.school,
        "codes": {"fisoko": school.fisoko, "rcoi": school.rcoi},
        "year": row.year,
        "assessment": row.kind.value,
        "subject": row.subject,
        "grade": row.grade,
        "participants": row.participants,
        "n2": row.n2,
        "n3": row.n3,
        "n4": row.n4,
        "n5": row.n5,
        "below": row.below,
        "mean": row.mean,
        "source": {
            "file": row.file,
            "sheet": row.sheet,
            "row": first_row(row.rows) or None,
        },
    }
