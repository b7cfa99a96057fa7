"""A file while it is being planned: its rows, changes and findings as they come together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.models.enums import FileStatus, Severity
from app.services.importing.cells import expand_rows
from app.services.importing.describe import plain
from app.services.importing.facts import Block, Fact, Problem
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.plan import (
    Change,
    ChangeKind,
    Difference,
    FilePlan,
    Finding,
    RowCounts,
)

# A row that gives several facts counts once, as the gravest thing that happened to it.
_GRAVITY = (
    ChangeKind.UNCHANGED,
    ChangeKind.CHANGED,
    ChangeKind.NEW,
    ChangeKind.QUARANTINED,
)
_RANK = {kind: rank for rank, kind in enumerate(_GRAVITY)}
_UNKNOWN_LAYOUT = "не распознан"


@dataclass(frozen=True, slots=True)
class Spot:
    """One fact in its place: which file, which sheet, which block."""

    draft: Draft
    sheet: LoadedSheet
    block: Block
    fact: Fact

    @property
    def path(self) -> str:
        """Path of the file, as shown."""
        return self.draft.file.path

    def cell(self, *fields: str) -> str | None:
        """Return the cell of the first of ``fields`` that the block has a column for."""
        cells = (self.block.cell(field, self.fact.rows) for field in fields)
        return next((plain(cell) for cell in cells if cell), None)


@dataclass
class Draft:
    """The plan of one file in the making.

    ``hold`` keeps the whole file out until its good rows are accepted; ``waits`` says that some of
    its rows need a person, although the others go in.
    """

    index: int
    file: LoadedFile
    accepted: bool = False
    hold: bool = False
    waits: bool = False
    has_errors: bool = False
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    bad: dict[str, set[int]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    _rows: dict[tuple[str, int], int] = field(default_factory=dict)
    _said: set[tuple[str, str]] = field(default_factory=set)

    def begin(self) -> None:
        """Take over what reading and checking found."""
        self.findings.extend(self.file.findings)
        for sheet in self.file.sheets:
            self.bad[sheet.sheet] = set(sheet.bad_rows())
            if sheet.broken:
                self.broken.add(sheet.sheet)
            for problem in sheet.problems:
                self.report(problem, sheet.sheet)
            empty = not any(block.facts for block in sheet.extract.blocks)
            if empty and not sheet.broken and not sheet.extract.blank:
                self._tell_empty(sheet)
        self.settle()

    def settle(self) -> None:
        """Decide whether the file waits as a whole, once all errors of its rows are known."""
        errors = any(f.severity is Severity.ERROR for f in self.findings)
        self.hold = errors and not self.accepted
        self.has_errors = errors and any(
            block.facts
            for sheet in self.file.sheets
            if not sheet.broken
            for block in sheet.extract.blocks
        )

    def report(self, problem: Problem, sheet: str) -> None:
        """Show a problem; an error about a row keeps that row out."""
        self.findings.append(
            Finding(
                problem.severity,
                problem.message,
                problem.hint,
                problem.sheet or sheet,
                plain(problem.cell),
            )
        )
        if problem.severity is Severity.ERROR and problem.row is not None:
            self.bad.setdefault(problem.sheet or sheet, set()).add(problem.row)

    def _tell_empty(self, sheet: LoadedSheet) -> None:
        if all(problem.severity is not Severity.ERROR for problem in sheet.problems):
            message = f"На листе «{sheet.sheet}» есть заголовки, но нет ни одной строки с данными."
            hint = "Проверьте, тот ли это файл, и загрузите заполненный."
            self.report(Problem(Severity.ERROR, message, hint), sheet.sheet)

    def warn(self, spot: Spot, message: str, cell: str | None, hint: str = "") -> None:
        """Show a warning once per sheet."""
        if (spot.sheet.sheet, message) not in self._said:
            self._said.add((spot.sheet.sheet, message))
            self.findings.append(Finding(Severity.WARNING, message, hint, spot.sheet.sheet, cell))

    def keeps_out(self, spot: Spot) -> bool:
        """Return whether errors keep this fact out: of its rows, of its sheet, or of the file."""
        if self.hold or spot.sheet.sheet in self.broken:
            return True
        bad = self.bad.get(spot.sheet.sheet, set())
        return bool(bad) and any(row in bad for row in expand_rows(spot.fact.rows))

    def record(
        self,
        spot: Spot,
        kind: ChangeKind,
        school: str,
        item: str,
        differences: tuple[Difference, ...] = (),
    ) -> None:
        """Note what becomes of a fact, and count its rows."""
        self.changes.append(
            Change(kind, school, item, spot.sheet.sheet, spot.fact.rows, differences)
        )
        self.count(spot.sheet.sheet, spot.fact.rows, kind)

    def count(self, sheet: str, rows: str, kind: ChangeKind) -> None:
        """Count rows of a sheet as ``kind``; a graver kind of the same row wins."""
        rank = _RANK[kind]
        for row in (int(rows),) if rows.isdigit() else expand_rows(rows):
            if rank >= self._rows.get((sheet, row), -1):
                self._rows[sheet, row] = rank

    def finish(self) -> FilePlan:
        """Return the plan of the file."""
        for sheet in self.file.sheets:
            for row in self.bad[sheet.sheet]:
                self.count(sheet.sheet, str(row), ChangeKind.QUARANTINED)
        rows = self._counts()
        layouts = list(dict.fromkeys((s.layout, s.title) for s in self.file.sheets))
        return FilePlan(
            path=self.file.path,
            format=self.file.format,
            layout=layouts[0][0] if layouts else None,
            layout_title="; ".join(title for _, title in layouts) or _UNKNOWN_LAYOUT,
            status=self._status(rows),
            rows=rows,
            changes=tuple(self.changes),
            findings=tuple(self.findings),
            has_errors=self.has_errors,
            good_accepted=self.accepted and self.has_errors,
        )

    def _counts(self) -> RowCounts:
        ranks = Counter(self._rows.values())
        return RowCounts(
            read=sum(sheet.extract.rows_read for sheet in self.file.sheets),
            stored=ranks[_RANK[ChangeKind.NEW]] + ranks[_RANK[ChangeKind.CHANGED]],
            unchanged=ranks[_RANK[ChangeKind.UNCHANGED]],
            quarantined=ranks[_RANK[ChangeKind.QUARANTINED]],
        )

    def _status(self, rows: RowCounts) -> FileStatus:
        if self.file.failure is not None:
            return self.file.failure
        if self.hold or self.waits or not (rows.stored or rows.unchanged):
            return FileStatus.NEEDS_DECISION
        return FileStatus.IMPORTED if rows.stored else FileStatus.UNCHANGED
