"""Rows of results and the district in the database for the tests of the analysis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.models.enums import AssessmentKind, CountsOrigin, RecordKind, ReferenceScope
from app.models.records import Record
from app.models.results import Assessment, ReferenceResult
from app.services.results import ResultRow
from app.services.workspace import Workspace

VPR, OGE, EGE = AssessmentKind.VPR, AssessmentKind.OGE, AssessmentKind.EGE
MATHS = "Математика"
RUSSIAN = "Русский язык"
Procedure = tuple[AssessmentKind, int, str, int]


def row(
    number: int = 1,
    school: int = 1,
    procedure: Procedure = (VPR, 2025, MATHS, 5),
    participants: int = 20,
    marks: tuple[int | None, ...] = (None, None, None, None),
    **more: Any,
) -> ResultRow:
    """Return a result; ``marks`` are counts of «2»–«5»."""
    kind, year, subject, grade = procedure
    values: dict[str, Any] = {
        "id": number,
        "school_id": school,
        "school": f"СОШ № {school}",
        "kind": kind,
        "year": year,
        "subject": subject,
        "grade": grade,
        "participants": participants,
        **dict(zip(("n2", "n3", "n4", "n5"), marks, strict=True)),
        "below": marks[0],
        "p2": None,
        "p3": None,
        "p4": None,
        "p5": None,
        "mean": None,
        "origin": CountsOrigin.GIVEN,
        "file": None,
        "sheet": None,
        "rows": None,
    }
    return ResultRow(**{**values, **more})


@st.composite
def results(draw: st.DrawFn) -> list[ResultRow]:
    """Return results with all marks, some of them with nothing known."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        marks = tuple(draw(st.integers(0, 30)) for _ in range(4))
        known = draw(st.booleans())
        procedure = (
            draw(st.sampled_from([VPR, OGE])),
            draw(st.sampled_from([2023, 2024, 2025])),
            draw(st.sampled_from([MATHS, RUSSIAN])),
            draw(st.sampled_from([4, 5])),
        )
        found.append(
            row(
                number + 1,
                draw(st.integers(1, 4)),
                procedure,
                sum(marks),
                marks if known else (None,) * 4,
            )
        )
    return found


def add_reference(
    workspace: Workspace,
    scope: ReferenceScope,
    name: str,
    procedure: Procedure,
    **figures: Any,
) -> None:
    """Store a row of the country, the region or the district."""
    kind, year, subject, grade = procedure
    key = {"kind": kind, "year": year, "subject": subject, "grade": grade}
    with workspace.database.write() as session:
        found = session.query(Assessment).filter_by(**key).one_or_none() or Assessment(**key)
        session.add(ReferenceResult(scope=scope, name=name, assessment=found, **figures))


def add_record(
    workspace: Workspace,
    kind: RecordKind,
    year: int,
    data: dict[str, Any],
    school_id: int | None = None,
    scope: ReferenceScope | None = None,
    procedure: Procedure | None = None,
) -> int:
    """Store a record of a school or of a scope and return its id."""
    with workspace.database.write() as session:
        assessment = None
        if procedure is not None:
            of_kind, of_year, subject, grade = procedure
            key = {"kind": of_kind, "year": of_year, "subject": subject, "grade": grade}
            found = session.query(Assessment).filter_by(**key).one_or_none()
            assessment = found or Assessment(**key)
        record = Record(
            identity=f"{kind}|{year}|{school_id}|{scope}|{procedure}",
            kind=kind,
            year=year,
            school_id=school_id,
            scope=scope,
            name=None if scope is None else str(scope),
            assessment=assessment,
            data=data,
        )
        session.add(record)
        session.flush()
        return record.id
