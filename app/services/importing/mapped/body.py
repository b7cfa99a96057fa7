"""What a person said about an unknown table: kind, header, the place of every column, origins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from app.models.enums import RecordKind


class TableKind(StrEnum):
    """What the rows of a table are."""

    REGISTER = "register"
    RESULT = "result"
    """A school per row, one procedure (or procedures told by columns)."""
    SIDE_BY_SIDE = "side_by_side"
    """A school per row, several subjects beside each other."""
    RECORD = "record"
    PUPILS = "pupils"
    """A pupil per row; counted by school, names never stored."""


class Role(StrEnum):
    """What becomes of a column; OPEN is "not said yet" and is never stored."""

    FIELD = "field"
    IGNORED = "ignored"
    PERSONAL = "personal"
    OPEN = "open"


class How(StrEnum):
    """Where the year, the assessment, the subject or the grade come from."""

    CONSTANT = "constant"
    CELL = "cell"
    TITLES = "titles"
    """Found by its words above the table, as the built-in layouts find it."""
    COLUMN = "column"
    HEADER = "header"
    """The header of each column says it."""


class MarksGiven(StrEnum):
    """How the figures by mark are written."""

    COUNTS = "counts"
    PERCENT = "percent"
    FRACTION = "fraction"


PARTS = ("year", "assessment", "subject", "grade")
"""Parts of a procedure, each with an origin of its own."""
SCHOOL_FIELDS = ("fisoko", "rcoi", "code", "name")
TOTAL_WORDS = ("всего", "итого", "в целом", "среднее по", "средний по")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one part of the procedure comes from; ``value`` is a constant or an A1 address."""

    how: How
    value: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """One column (0-based), its whole title, and what it is.

    ``subject``, ``grade`` and ``year`` are set where several procedures stand side by side.
    """

    column: int
    title: str
    role: Role = Role.OPEN
    field: str = ""
    subject: str = ""
    grade: int | None = None
    year: int | None = None

    @property
    def group(self) -> tuple[str, int | None, int | None]:
        """Return the procedure of the column among those side by side."""
        return self.subject, self.grade, self.year


@dataclass(frozen=True)
class TableMap:
    """A whole mapping; rows are 0-based here and 1-based in JSON."""

    kind: TableKind
    header: tuple[int, int]
    data: int
    columns: tuple[Placed, ...]
    record: RecordKind | None = None
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}))
    marks: MarksGiven = MarksGiven.PERCENT
    totals: tuple[str, ...] = TOTAL_WORDS
    totals_count: bool = True
    """True where a row of totals is the figure of the district, False where it is passed over."""
    turned: bool = False
    """True for a form: its figures stand below each other.  Rows of the map (header, data) are then
    columns of the sheet, and its columns are rows; addresses of origins are always of the sheet."""
    school: str = ""
    """Address of the cell of a form that names its school; empty where one of its lines does."""

    def placed(self, name: str) -> Placed | None:
        """Return the first column of a field, or None."""
        return next((c for c in self.columns if c.role is Role.FIELD and c.field == name), None)

    def fields(self) -> tuple[Placed, ...]:
        """Return the columns that are placed."""
        return tuple(column for column in self.columns if column.role is Role.FIELD)

    def with_column(self, column: int, **changes: object) -> TableMap:
        """Return the map with one column changed; one that is not there is an error of ours."""
        changed = tuple(
            replace(one, **changes) if one.column == column else one  # type: ignore[arg-type]
            for one in self.columns
        )
        return replace(self, columns=changed)


def needed_parts(kind: TableKind, record: RecordKind | None) -> tuple[str, ...]:
    """Return the parts of a procedure that a kind of table must have an origin for."""
    if kind is TableKind.REGISTER:
        return ()
    if kind is TableKind.SIDE_BY_SIDE:
        return ("year", "assessment", "grade")
    if kind is TableKind.RECORD and record not in PROCEDURE_RECORDS:
        return ("year",)
    return PARTS


PROCEDURE_RECORDS = frozenset(
    {RecordKind.JOURNAL, RecordKind.SCORES, RecordKind.TASKS, RecordKind.PLANNED}
)
"""Records that are about one procedure of a school."""
MAPPABLE_RECORDS = tuple(RecordKind)
