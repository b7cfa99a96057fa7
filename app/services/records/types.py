"""What tables and cards show of records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import AssessmentKind, RecordKind, ReferenceScope
from app.services.source import Source

Value = float | int | str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in force: of a school, or of a reference scope with its name.

    ``data`` holds numbers or texts by the names of ``resources/records``; what no file gave is
    absent.  ``procedure`` is set for records that belong to an assessment.
    """

    id: int
    kind: RecordKind
    year: int
    school_id: int | None
    school: str
    """Short name of the school, or the name of the scope."""
    scope: ReferenceScope | None
    procedure: tuple[AssessmentKind, int, str, int] | None
    """Kind, year, subject and grade of the assessment."""
    data: Mapping[str, Value]
    file: str | None
    sheet: str | None
    rows: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a record with the cell it came from; by hand, without one."""

    name: str
    title: str
    value: Value | None
    """None where only the share is known."""
    source: Source | None
    share: float | None = None
    """Per cent, where the file gives it."""
    share_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Passport:
    """The social passport of a school in force for a year (that of the end of the school year)."""

    record_id: int
    school_id: int
    year: int
    figures: tuple[Figure, ...]
