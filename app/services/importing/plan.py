"""The plan of a load and its report: everything a person decides on, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from app.models.enums import DaysAnswer, FileStatus, RoadmapMode, Severity
from app.services.changes import ChangeSet
from app.services.importing.facts import SchoolRef
from app.services.roadmap.facts import Plan


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What a person said of a planning table: its title, grouping, years and programme.

    None leaves what the table itself says; ``take`` False leaves the whole table out, ``states``
    False keeps its remarks («выполнено») as texts that propose no state.
    """

    title: str | None = None
    mode: RoadmapMode | None = None
    years: tuple[int, int] | None = None
    programme_id: int | None = None
    take: bool = True
    states: bool = True


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A roadmap that the program found in a table and would store."""

    sheet: str
    plan: Plan
    programme_id: int | None
    new: bool
    """False when a roadmap with this title and these lines is there already, or is left out."""
    remarks: int
    """Activities whose remark proposes a state."""
    states: bool
    """Whether the proposed states go in with the roadmap."""


class ChangeKind(Enum):
    """What a row of a file does to the stored data."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as people read them, with the cell that says so."""

    field: str
    """Russian title of the field."""
    old: str
    new: str
    cell: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one fact of a file would do."""

    kind: ChangeKind
    school: str
    item: str
    """What it is about: «ВПР 2025, русский язык, 5 класс» or «Реестр школ»."""
    sheet: str
    rows: str
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    """Why the row waits; for a row that goes in, which of its cells were corrected by hand."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The value that a person put in the place of a cell's own, and why; empty clears the cell."""

    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectedCell:
    """A cell over which a person put another value before the sheet was read into facts."""

    sheet: str
    cell: str
    old: str
    """As the file writes it."""
    new: str
    reason: str

    @property
    def changes(self) -> bool:
        """False when a person took a correction back: the cell says again what the file says."""
        return self.new != self.old

    def sentence(self) -> str:
        """Return «ячейка C9 исправлена вручную: было «…», стало «…» (причина)»."""
        return (
            f"ячейка {self.cell} исправлена вручную: было «{self.old}», стало «{self.new}» "
            f"({self.reason})"
        )


CellKey = tuple[str, str, str]
"""Path of the file, name of the sheet, address of the cell: ``("5 МА.xlsx", "Лист1", "C9")``."""

FindingKey = tuple[str, str, str, str]
"""Path of the file, sheet, cell (each empty when there is none) and message of a finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a file as it is shown, printed and stored."""

    severity: Severity
    message: str
    hint: str = ""
    sheet: str | None = None
    cell: str | None = None
    rule: str = ""
    """Key of the control rule that found it; empty for any other finding."""
    soft: bool = False
    """A person may look at it and let it pass with a note."""
    note: str = ""
    """Why a person let it pass, or corrected it."""

    def key(self, path: str) -> FindingKey:
        """Return how a decision names this finding of the file ``path``."""
        return (path, self.sheet or "", self.cell or "", self.message)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A row of data that stays out of the base: it waits in the quarantine for a person.

    ``skipped`` says that a person decided so already; ``known`` that it is in the quarantine
    since an earlier load of the same bytes.
    """

    sheet: str
    row: int
    """1-based."""
    school: str
    item: str
    reason: str
    skipped: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of data of a file by what becomes of them."""

    read: int = 0
    stored: int = 0
    unchanged: int = 0
    quarantined: int = 0
    changed: int = field(default=0, compare=False)
    """Of the stored ones: rows that replace or add to what is known."""

    def __add__(self, other: RowCounts) -> RowCounts:
        return RowCounts(
            self.read + other.read,
            self.stored + other.stored,
            self.unchanged + other.unchanged,
            self.quarantined + other.quarantined,
            self.changed + other.changed,
        )


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What the program understood of one file and would do with it."""

    path: str
    """Relative to the folder that was brought in, with forward slashes."""
    format: str
    """``xlsx``, ``xls``, … or «не таблица»."""
    layout: str | None
    layout_title: str
    """Russian; «не распознан» when no layout fits."""
    status: FileStatus
    rows: RowCounts = RowCounts()
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_errors: bool = False
    """Rows with errors wait for «принять верные строки»: nothing of the file goes in before."""
    good_accepted: bool = False
    plans: tuple[PlanProposal, ...] = ()
    """Roadmaps found in the file, as they would be stored."""
    waiting: tuple[WaitingRow, ...] = ()
    """Rows for the quarantine; none as long as the file waits as a whole."""
    corrections: tuple[CorrectedCell, ...] = ()
    """Cells that were read as a person corrected them."""

    @property
    def needs_me(self) -> bool:
        """Whether something of the file waits for a person: all of it, or some rows."""
        waits = self.status in (FileStatus.NEEDS_DECISION, FileStatus.REFUSED)
        return waits or any(not row.skipped for row in self.waiting)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known school that a file may mean, and why."""

    school_id: int
    name: str
    score: int
    """0–100."""
    why: str


@dataclass(frozen=True, slots=True)
class SchoolQuestion:
    """A school of the files that the program will not guess; asked once and remembered."""

    key: str
    ref: SchoolRef
    """Codes and name as the file gives them."""
    where: str
    """File, sheet and cell of its first mention."""
    rows: int
    """How many rows wait for the answer."""
    candidates: tuple[Candidate, ...] = ()
    can_create: bool = True
    """False where the file gives no name for a new school."""
    schools: int = 0
    """How many schools wait where the question is about a whole district; 0 for one school."""

    @property
    def of_district(self) -> bool:
        """Whether all schools of a district are asked about at once."""
        return self.schools > 0

    @property
    def name(self) -> str:
        """The name that the file gives, empty for none."""
        return self.ref.name or ""

    @property
    def codes(self) -> str:
        """«ФИС ОКО edu000001, РЦОИ 01234» as written in the file."""
        return self.ref.codes_text


@dataclass(frozen=True, slots=True)
class DaysQuestion:
    """An exam that was sat on several days, and nobody has said how the days count.

    Asked once for kind, year and subject; the answer is remembered.
    """

    key: str
    """``ОГЭ|2026|Математика``: what the answer is kept under."""
    item: str
    """«ОГЭ 2026, математика»."""
    days: tuple[date, ...]
    """Those that the files name; empty when only the titles speak of a retake."""
    schools: int
    rows: int
    """How many rows wait for the answer."""
    again: int
    """Pupils who are seen to have sat it twice."""
    blind: bool
    """Some may have sat it twice without being seen: an earlier load keeps no names."""
    marked: bool
    """A title says «пересдача», «резервный день» or the like."""
    where: str
    """File, sheet and cell of the first row that waits."""
    proposed: DaysAnswer


class Answer(Enum):
    """An answer to a SchoolQuestion other than "it is that known school"."""

    NEW = "new"
    SKIP = "skip"


@dataclass(frozen=True)
class Decisions:
    """What the person decided about a plan; the default decides nothing."""

    schools: Mapping[str, int | Answer] = field(default_factory=dict)
    """By ``SchoolQuestion.key``: the id of a known school, or an Answer."""
    accept_good: frozenset[str] = frozenset()
    """Paths of files whose good rows go in although others have errors."""
    corrections: Mapping[CellKey, Correction] = field(default_factory=dict)
    """Cells corrected by hand.  The file's own value in a correction takes an earlier one back."""
    confirmed: Mapping[FindingKey, str] = field(default_factory=dict)
    """Soft findings that a person let pass, with the note why."""
    plans: Mapping[tuple[str, str], PlanChoice] = field(default_factory=dict)
    """By path and sheet: what a person said of a planning table."""
    days: Mapping[str, DaysAnswer] = field(default_factory=dict)
    """By ``DaysQuestion.key``: how the days of an exam are counted."""


@dataclass(frozen=True)
class ImportPlan:
    """The whole load, nothing of it stored yet."""

    label: str
    files: tuple[FilePlan, ...]
    questions: tuple[SchoolQuestion, ...]
    totals: RowCounts
    remembers: bool = False
    """True when applying would keep answers, corrections or notes, if nothing else."""
    days: tuple[DaysQuestion, ...] = ()
    staged: Any = field(repr=False, default=None)
    """The pipeline's own: read files and facts, so that a decision needs no second reading."""

    @property
    def waits(self) -> bool:
        """True when something waits for a person or was refused."""
        return any(f.status in (FileStatus.NEEDS_DECISION, FileStatus.REFUSED) for f in self.files)

    @property
    def stores_anything(self) -> bool:
        """True when applying would store rows."""
        return self.totals.stored > 0

    @property
    def new_waiting(self) -> int:
        """Number of rows that applying would put into the quarantine."""
        return sum(not row.known for file in self.files for row in file.waiting)


@dataclass(frozen=True)
class ImportReport:
    """What a load did; ``batch_id`` is None when there was nothing to store."""

    batch_id: int | None
    files: tuple[FilePlan, ...]
    questions: tuple[SchoolQuestion, ...]
    totals: RowCounts
    changes: ChangeSet
    days: tuple[DaysQuestion, ...] = ()
