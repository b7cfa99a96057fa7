"""Passports and marks of bias in the form that other programs script against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.enums import RecordKind
from app.services.figures import figure_title, is_share, share_name
from app.services.records.queries import list_records
from app.services.records.types import RecordRow
from app.services.schools import SchoolRow, list_schools
from app.services.source import first_row
from app.services.workspace import Workspace

_MARKER = "marker_"


def export_passports(
    workspace: Workspace, year: int | None = None, school_id: int | None = None
) -> list[dict[str, Any]]:
    """Return the social passports in force as ``export passports`` lists them.

    ``values`` are numbers of pupils (or families) by title, ``shares`` per cent as the file gives
    them; what no file gave is absent.
    """
    return [
        {**head, "values": _titled(row, shares=False), "shares": _titled(row, shares=True), **place}
        for row, head, place in _rows(workspace, RecordKind.PASSPORT, year, school_id)
    ]


def export_bias(
    workspace: Workspace, year: int | None = None, school_id: int | None = None
) -> list[dict[str, Any]]:
    """Return the schools with marks of bias as ``export bias`` lists them: «4 РУ», «5 МА»…

    A school that a file only calls biased, without subjects, has that title as its marker.
    """
    listed = _rows(workspace, RecordKind.BIAS, year, school_id)
    return [
        {**head, "markers": markers, **place}
        for row, head, place in listed
        if (markers := _markers(row.data))
    ]


def _markers(data: Mapping[str, Any]) -> list[str]:
    marked = sorted(n for n, value in data.items() if value == 1 and n.startswith(_MARKER))
    whole = ["any"] if not marked and data.get("any") == 1 else []
    return [figure_title(RecordKind.BIAS, name) for name in (*marked, *whole)]


def _rows(
    workspace: Workspace, kind: RecordKind, year: int | None, school_id: int | None
) -> list[tuple[RecordRow, dict[str, Any], dict[str, Any]]]:
    schools = {school.id: school for school in list_schools(workspace)}
    return [
        (row, _head(row, schools[row.school_id]), {"source": _source(row)})
        for row in list_records(workspace, kind, year, school_id)
        if row.school_id is not None
    ]


def _head(row: RecordRow, school: SchoolRow) -> dict[str, Any]:
    return {
        "school": row.school,
        "codes": {"fisoko": school.fisoko, "rcoi": school.rcoi},
        "year": row.year,
    }


def _source(row: RecordRow) -> dict[str, Any]:
    return {"file": row.file, "sheet": row.sheet, "row": first_row(row.rows) or None}


def _titled(row: RecordRow, *, shares: bool) -> dict[str, Any]:
    wanted = {name: value for name, value in row.data.items() if is_share(name) is shares}
    bare = {name.removesuffix(share_name("")): value for name, value in wanted.items()}
    return {figure_title(row.kind, name): value for name, value in bare.items()}
