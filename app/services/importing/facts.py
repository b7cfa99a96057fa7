"""What a layout finds in a sheet: facts with their rows, and problems with their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.models.enums import (
    AssessmentKind,
    CodeSystem,
    CountsOrigin,
    RecordKind,
    ReferenceScope,
    Severity,
)
from app.services.indicators.facts import Draft as Measures
from app.services.indicators.facts import DraftRow as MeasureRow
from app.services.roadmap.facts import PlanHead, PlanLine
from app.services.source import cell_address
from app.services.support.facts import Entry as SupportEntry


@dataclass(frozen=True, slots=True)
class SchoolRef:
    """How a file points to a school: by codes, by a name, or by both."""

    codes: tuple[tuple[CodeSystem, str], ...] = ()
    name: str | None = None
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every row asks for it several times.
        object.__setattr__(self, "_hash", hash((self.codes, self.name)))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[SchoolRef], tuple[object, ...]]:
        # Made anew: another process hashes texts otherwise.
        return SchoolRef, (self.codes, self.name)

    def code(self, system: CodeSystem) -> str | None:
        """Return the code in ``system``, if the file gives one."""
        return next((code for known, code in self.codes if known is system), None)

    @property
    def called(self) -> str:
        """What to call the school in a message: its name, else its code; empty for neither."""
        return self.name or next((code for _, code in self.codes), "")

    @property
    def codes_text(self) -> str:
        """«ФИС ОКО edu000001, РЦОИ 01234» as written in the file."""
        return ", ".join(f"{system.value} {code}" for system, code in self.codes)


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """One school of a register; ``fields`` holds just the columns that the file has.

    Keys are the column names of ``models.schools.School``.  An empty cell is None: the register
    says nothing about that field of this school.
    """

    ref: SchoolRef
    fields: Mapping[str, str | int | bool | None]
    rows: str

    @property
    def procedure(self) -> None:
        """No school is about an assessment."""
        return None


@dataclass(frozen=True, slots=True)
class Marks:
    """Aggregates of one assessment; None is "not given", which is never zero.

    ``p2``–``p5`` are per cent as the file writes them, ``mean`` a mark or, for the ЕГЭ, a test
    score.  ``below`` counts «2» or, for the ЕГЭ, scores under the minimum.
    """

    participants: int
    n2: int | None = None
    n3: int | None = None
    n4: int | None = None
    n5: int | None = None
    below: int | None = None
    p2: float | None = None
    p3: float | None = None
    p4: float | None = None
    p5: float | None = None
    mean: float | None = None
    origin: CountsOrigin = CountsOrigin.GIVEN


@dataclass(frozen=True, slots=True)
class Procedure:
    """Kind, year, canonical subject and grade; equals one row of ``assessment``."""

    kind: AssessmentKind
    year: int
    subject: str
    grade: int
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = (self.kind, self.year, self.subject, self.grade)
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Procedure], tuple[object, ...]]:
        # Made anew: another process hashes texts otherwise.
        return Procedure, (self.kind, self.year, self.subject, self.grade)


ONE_CLASS = "one_class"
"""The field of a block that names the cell, or the column, which says of what class it is."""

PupilMark = tuple[bytes, int]
"""A digest by which one load tells a pupil again, never stored, and the mark or score."""


@dataclass(frozen=True, slots=True)
class ResultFact:
    """What one school achieved in one procedure.

    ``day`` is that of the exam where a protocol names it: results of several days are added.
    ``pupils`` tell within the load who sat it twice or appealed.  ``letter`` («А») is set where
    the result is that of one class: those of several classes are added.
    """

    ref: SchoolRef
    procedure: Procedure
    marks: Marks
    rows: str
    day: date | None = None
    pupils: tuple[PupilMark, ...] = field(default=(), compare=False, repr=False)
    letter: str = ""


@dataclass(frozen=True, slots=True)
class AppealMark:
    """One appeal that was granted: the mark after it, and before it where the file says.

    ``digest`` is what the row says of the work, without anything about the pupil: the same appeal
    is known by it when it comes again.
    """

    pupil: bytes = field(repr=False)
    before: int | None
    after: int
    row: int
    """1-based."""
    digest: str


@dataclass(frozen=True, slots=True)
class AppealFact:
    """The granted appeals of one school at one exam: they change its result, and are none."""

    ref: SchoolRef
    procedure: Procedure
    day: date | None
    appeals: tuple[AppealMark, ...]
    rows: str


@dataclass(frozen=True, slots=True)
class ReferenceFact:
    """A row of the country, the region or the district; it never becomes a school."""

    scope: ReferenceScope
    name: str
    procedure: Procedure
    participants: int | None
    p2: float | None
    p3: float | None
    p4: float | None
    p5: float | None
    mean: float | None
    rows: str


@dataclass(frozen=True, slots=True)
class RecordFact:
    """Named figures of a school (``ref``) or of a reference scope (``scope`` and ``name``).

    ``data`` holds just what the file gives, under the names of ``resources/records``; the columns
    of the block carry the same names.  ``year`` is that of the end of the school year.
    """

    kind: RecordKind
    year: int
    data: Mapping[str, float | int | str]
    rows: str
    ref: SchoolRef | None = None
    scope: ReferenceScope | None = None
    name: str = ""
    procedure: Procedure | None = None


@dataclass(frozen=True, slots=True)
class PlanFact:
    """One line of a planning table; what is said of the whole table stands in ``Extract.plan``."""

    line: PlanLine
    rows: str

    @property
    def procedure(self) -> Procedure | None:
        """No line of a plan is about an assessment."""
        return None

    @property
    def ref(self) -> SchoolRef | None:
        """No line of a plan is about one school."""
        return None


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """One row of a table of indicators; the whole table stands in ``Extract.measures``."""

    row: MeasureRow
    rows: str

    @property
    def procedure(self) -> Procedure | None:
        """No indicator is about an assessment."""
        return None

    @property
    def ref(self) -> SchoolRef | None:
        """No indicator is about one school."""
        return None


@dataclass(frozen=True, slots=True)
class SupportFact:
    """What a table of risks, curators or network groups says of one school."""

    ref: SchoolRef
    entry: SupportEntry
    rows: str
    year: int | None
    """That the document names above the table."""

    @property
    def procedure(self) -> Procedure | None:
        """Support is not about an assessment."""
        return None


@dataclass(frozen=True, slots=True)
class MonitoringFact:
    """One row of a monitoring table: its cells by field of ``MonitoringRow``."""

    cells: Mapping[str, str]
    rows: str

    @property
    def procedure(self) -> Procedure | None:
        """No row of monitoring is about an assessment."""
        return None

    @property
    def ref(self) -> None:
        """No row of monitoring is about one school."""
        return None


Fact = (
    SupportFact
    | MonitoringFact
    | MeasureFact
    | PlanFact
    | RegisterFact
    | ResultFact
    | AppealFact
    | ReferenceFact
    | RecordFact
)


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Block:
    """Facts whose columns mean the same, see ``models.imports.SourceBlock``.

    ``columns`` gives each field its column letters, or ``$A$1`` when one cell serves all rows.
    Field names: those of ``School`` for a register, of ``Marks`` and ``Procedure`` for results;
    ``fisoko``, ``rcoi`` and ``name`` for how the school is named.
    """

    sheet: str
    columns: Mapping[str, str]
    facts: tuple[Fact, ...]

    def of(self, kind: type[F]) -> Sequence[F]:
        """Return the facts of one kind, in their order."""
        # Asked of all blocks for each kind, and most hold a hundred facts of one other kind.
        if kind not in set(map(type, self.facts)):
            return ()
        return [fact for fact in self.facts if type(fact) is kind]

    def cell(self, name: str, rows: str) -> str | None:
        """Return the address of a field in the given rows: ``C11``, ``$A$1`` or ``V3,V8:V12``."""
        return cell_address(self.columns, name, rows)


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in Russian: what is wrong, where, and what to do.

    ``row`` (1-based) is set when the finding is about one row of data; an error there keeps that
    row out.  An error without a row keeps the whole sheet out.  ``rule`` is the key of the control
    rule that found it; a ``soft`` finding can be confirmed with a note.  ``skipped`` lists the
    1-based rows that it says were not read.
    """

    severity: Severity
    message: str
    hint: str = ""
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    rule: str = ""
    soft: bool = False
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """A column with names, СНИЛС or the like: blanked in the archived copy, never stored.

    ``column`` and ``first_row`` (the first row of data, below the header) are 0-based.
    """

    sheet: str
    column: int
    first_row: int
    title: str
    alone: bool = False
    """Only the cell in ``first_row``: a line of a form, whose column holds figures below it."""


@dataclass(frozen=True, slots=True)
class Extract:
    """All that a layout got out of a sheet; ``rows_read`` counts the rows of data it looked at.

    ``blank`` says that the sheet is a form of ours that nobody filled in: told as a warning, it
    holds nothing of its file back.
    """

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    rows_read: int = 0
    personal: tuple[PersonalColumn, ...] = field(default=())
    blank: bool = False
    refused: bool = False
    """The program keeps nothing of such a sheet, which it has told: there is nothing to decide."""
    plan: PlanHead | None = None
    """Of a planning table: its title, grouping, years and columns."""
    measures: Measures | None = None
    """Of a table of indicators."""
