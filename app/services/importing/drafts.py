"""A file while it is being planned: its rows, changes and findings as they come together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.models.enums import FileStatus, Severity
from app.services.importing.cells import expand_rows
from app.services.importing.describe import plain
from app.services.importing.facts import Block, F, Fact, Problem
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.plan import (
    Change,
    ChangeKind,
    Difference,
    FilePlan,
    Finding,
    FindingKey,
    PlanProposal,
    RowCounts,
    WaitingRow,
)
from app.services.source import first_row

# A row that gives several facts counts once, as the gravest thing that happened to it.
_GRAVITY = (
    ChangeKind.UNCHANGED,
    ChangeKind.CHANGED,
    ChangeKind.NEW,
    ChangeKind.QUARANTINED,
)
_RANK = {kind: rank for rank, kind in enumerate(_GRAVITY)}
_DOCUMENT = "docx"
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
    notes: Mapping[FindingKey, str] = field(default_factory=dict)
    """Findings that a person let pass, now or in an earlier load of the same bytes."""
    kept: Mapping[tuple[str, int], str | None] = field(default_factory=dict)
    """Rows (sheet, row) in the quarantine since an earlier load of the same bytes.

    The note of a row that a person dismissed, None of one that waits.
    """
    plans: list[PlanProposal] = field(default_factory=list)
    """Roadmaps of the file."""
    _why: dict[tuple[str, str], str] = field(default_factory=dict)
    _skipped: set[tuple[str, str]] = field(default_factory=set)
    _rows: dict[str, dict[int, int]] = field(default_factory=dict)
    """Sheet, row, and how grave what becomes of the row is."""
    _said: set[tuple[str, str]] = field(default_factory=set)

    def spots(self, kind: type[F]) -> Iterator[tuple[Spot, F]]:
        """Yield the facts of one kind, each with its place."""
        for sheet in self.file.sheets:
            for block in sheet.extract.blocks:
                for fact in block.of(kind):
                    yield Spot(self, sheet, block, fact), fact

    def begin(self) -> None:
        """Take over what reading and checking found."""
        self.findings.extend(self.file.findings)
        self.findings.extend(_corrections(self.file))
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
        """Decide whether the file waits as a whole, once all errors of its rows are known.

        A document holds tables of all kinds: an error in one keeps that table out, not the others.
        """
        errors = any(f.severity is Severity.ERROR for f in self.findings)
        self.hold = errors and not self.accepted
        if self.hold and len(self.file.sheets) > 1 and self.file.format == _DOCUMENT:
            faulty = {f.sheet for f in self.findings if f.severity is Severity.ERROR}
            self.hold = None in faulty or faulty >= {one.sheet for one in self.file.sheets}
            self.broken |= {name for name in faulty if name}
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
                problem.rule,
                problem.soft and problem.severity is Severity.WARNING,
            )
        )
        if problem.severity is Severity.ERROR and problem.row is not None:
            place = problem.sheet or sheet
            self.bad.setdefault(place, set()).add(problem.row)
            self._why.setdefault((place, str(problem.row)), problem.message)

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

    def explain(self, spot: Spot, reason: str, *, skipped: bool = False) -> None:
        """Say why a fact waits; ``skipped`` when a person decided that it stays out."""
        place = (spot.sheet.sheet, spot.fact.rows)
        self._why.setdefault(place, reason)
        if skipped:
            self._skipped.add(place)

    def dismissed(self, spot: Spot) -> bool:
        """Return whether a person dismissed these rows of the same bytes from the quarantine."""
        if not self.kept:
            return False
        return self.kept.get((spot.sheet.sheet, first_row(spot.fact.rows))) is not None

    def lets_all_in(self, sheet: LoadedSheet) -> bool:
        """Return whether nothing was found or decided that any row of a sheet has to be asked of.

        Neither errors nor rows of the quarantine nor corrected cells.
        """
        stopped = self.hold or self.kept or sheet.sheet in self.broken or self.bad.get(sheet.sheet)
        return not (stopped or self.file.corrections)

    def keeps_out(self, spot: Spot) -> bool:
        """Return whether this fact stays out: dismissed, or errors of its rows, sheet or file."""
        if self.hold or spot.sheet.sheet in self.broken or (self.kept and self.dismissed(spot)):
            return True
        bad = self.bad.get(spot.sheet.sheet)
        return bool(bad and not bad.isdisjoint(expand_rows(spot.fact.rows)))

    def record(
        self,
        spot: Spot,
        kind: ChangeKind,
        school: str,
        item: str,
        differences: tuple[Difference, ...] = (),
    ) -> None:
        """Note what becomes of a fact, and count its rows."""
        sheet, rows = spot.sheet.sheet, spot.fact.rows
        corrected = ""
        if self.file.corrections and kind is not ChangeKind.QUARANTINED:
            corrected = self._corrected(sheet, rows)
        self.changes.append(Change(kind, school, item, sheet, rows, differences, corrected))
        self.count(sheet, rows, kind)

    def count(self, sheet: str, rows: str, kind: ChangeKind) -> None:
        """Count rows of a sheet as ``kind``; a graver kind of the same row wins."""
        rank, ranks = _RANK[kind], self._rows.setdefault(sheet, {})
        for row in (int(rows),) if rows.isdigit() else expand_rows(rows):
            if ranks.setdefault(row, rank) < rank:
                ranks[row] = rank

    def count_all(self, sheet: str, rows: Sequence[str], kind: ChangeKind) -> None:
        """Count many rows of a sheet as ``kind``, at once where none of them was counted yet."""
        ranks = self._rows.setdefault(sheet, {})
        single = all(map(str.isdigit, rows))
        new = dict.fromkeys(map(int, rows), _RANK[kind]) if single else {}
        if len(new) == len(rows) and ranks.keys().isdisjoint(new):
            ranks.update(new)
        else:
            for one in rows:
                self.count(sheet, one, kind)

    def finish(self) -> FilePlan:
        """Return the plan of the file."""
        for sheet in self.file.sheets:
            for row in self.bad[sheet.sheet]:
                self.count(sheet.sheet, str(row), ChangeKind.QUARANTINED)
        rows = self._counts()
        waiting = () if self.hold else tuple(self._waiting())
        layouts = list(dict.fromkeys((s.layout, s.title) for s in self.file.sheets))
        return FilePlan(
            path=self.file.path,
            format=self.file.format,
            layout=layouts[0][0] if layouts else None,
            layout_title="; ".join(title for _, title in layouts) or _UNKNOWN_LAYOUT,
            status=self._status(rows, waiting),
            rows=rows,
            changes=tuple(
                [
                    self._explained(change) if change.kind is ChangeKind.QUARANTINED else change
                    for change in self.changes
                ]
            ),
            findings=tuple(self._noted(finding) for finding in self.findings),
            has_errors=self.has_errors,
            good_accepted=self.accepted and self.has_errors,
            plans=tuple(self.plans),
            waiting=waiting,
            corrections=tuple(one for one in self.file.corrections if one.changes),
        )

    def _noted(self, finding: Finding) -> Finding:
        note = self.notes.get(finding.key(self.file.path)) if finding.soft else None
        return replace(finding, note=note) if note else finding

    def _explained(self, change: Change) -> Change:
        return replace(change, reason=self._reason(change.sheet, change.rows))

    def _reason(self, sheet: str, rows: str) -> str:
        """Return why the rows wait: their own reason, that of one of them, or that of the whole."""
        own = self._why.get((sheet, rows))
        numbers = self.bad.get(sheet) and expand_rows(rows)
        found = [
            self._why[sheet, str(row)] for row in numbers or () if (sheet, str(row)) in self._why
        ]
        if own or found:
            return own or found[0]
        if sheet in self.broken:
            return f"Лист «{sheet}» не принят целиком: в нём есть ошибка, смотрите замечания."
        if self.hold:
            return "Файл ждёт решения: в нём есть строки с ошибками."
        return "Строка ждёт решения."

    def _corrected(self, sheet: str, rows: str) -> str:
        """Return which cells of the rows were corrected by hand."""
        if not self.file.corrections:
            return ""
        numbers = {str(row) for row in expand_rows(rows)}
        return "; ".join(
            one.sentence()
            for one in self.file.corrections
            if one.changes and one.sheet == sheet and _row_of(one.cell) in numbers
        )

    def _waiting(self) -> Iterator[WaitingRow]:
        """Yield the rows that stay out, once each: those with facts, then those without."""
        seen: set[tuple[str, int]] = set()
        for change in self.changes:
            if change.kind is not ChangeKind.QUARANTINED:
                continue
            place = (change.sheet, first_row(change.rows))
            if place not in seen:
                seen.add(place)
                yield self._waiting_row(change.sheet, change.rows, change.school, change.item)
        titles = {sheet.sheet: sheet.title for sheet in self.file.sheets}
        for sheet, rows in self.bad.items():
            covered = self._rows_with_facts(sheet)
            for row in sorted(rows - covered):
                yield self._waiting_row(sheet, str(row), "", titles.get(sheet, ""))

    def _rows_with_facts(self, sheet: str) -> set[int]:
        return {
            row
            for change in self.changes
            if change.sheet == sheet and change.kind is ChangeKind.QUARANTINED
            for row in expand_rows(change.rows)
        }

    def _waiting_row(self, sheet: str, rows: str, school: str, item: str) -> WaitingRow:
        place = (sheet, first_row(rows))
        note = self.kept.get(place)
        skipped = note is not None or (sheet, rows) in self._skipped
        reason = f"Отклонена в карантине: {note}" if note else self._reason(sheet, rows)
        return WaitingRow(*place, school, item, reason, skipped, place in self.kept)

    def _counts(self) -> RowCounts:
        ranks = Counter(rank for rows in self._rows.values() for rank in rows.values())
        read = sum(sheet.extract.rows_read for sheet in self.file.sheets)
        # Of a file that is tried again only some rows are planned: the others stay as they are.
        others = 0 if self.file.only is None else max(0, read - ranks.total())
        return RowCounts(
            read=read,
            stored=ranks[_RANK[ChangeKind.NEW]] + ranks[_RANK[ChangeKind.CHANGED]],
            unchanged=ranks[_RANK[ChangeKind.UNCHANGED]] + others,
            quarantined=ranks[_RANK[ChangeKind.QUARANTINED]],
            changed=ranks[_RANK[ChangeKind.CHANGED]],
        )

    def _status(self, rows: RowCounts, waiting: Sequence[WaitingRow]) -> FileStatus:
        if self.file.failure is not None:
            return self.file.failure
        sheets = self.file.sheets
        if sheets and not self.hold and all(sheet.extract.refused for sheet in sheets):
            return FileStatus.UNCHANGED
        undecided = any(not row.skipped for row in waiting)
        settled = bool(waiting) and not undecided
        used = rows.stored or (rows.unchanged and not (undecided and self.file.only is not None))
        if self.hold or not (settled or (used and not self.waits)):
            return FileStatus.NEEDS_DECISION
        return FileStatus.IMPORTED if rows.stored else FileStatus.UNCHANGED


def _corrections(file: LoadedFile) -> Iterator[Finding]:
    """What a person put over the file's own cells is told each time the file is read."""
    for one in file.corrections:
        if one.changes:
            message = f"{one.sentence()[:1].upper()}{one.sentence()[1:]}."
            yield Finding(Severity.WARNING, message, "", one.sheet, one.cell, note=one.reason)


def _row_of(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
