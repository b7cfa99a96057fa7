"""What the pipeline keeps of a file after reading: facts and problems, never its raw cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.models.enums import FileStatus, Severity
from app.services.importing.facts import Extract, F, Problem
from app.services.importing.municipalities import Districts
from app.services.importing.plan import CorrectedCell, Finding, RowCounts
from app.services.source import first_row


@dataclass(frozen=True, slots=True)
class LoadedSheet:
    """A sheet that a layout understood; ``problems`` are those of the layout and of the checks."""

    sheet: str
    layout: str
    title: str
    extract: Extract
    problems: tuple[Problem, ...] = ()
    mapping: str = ""
    """Fingerprint of the stored mapping that read the sheet; empty for a built-in layout."""
    data_row: int = 0
    """First row of data (1-based) of the whole sheet, where only some of its facts are kept."""
    districts: Districts = field(default_factory=dict)
    """In which district the sheet puts its schools."""

    @property
    def first_row(self) -> int:
        """The first row (1-based) that gave a fact or a finding; 1 when nothing did."""
        if self.data_row:
            return self.data_row
        rows = [first_row(f.rows) for block in self.extract.blocks for f in block.facts[:1]]
        rows += [problem.row for problem in self.problems if problem.row]
        return min(rows, default=1)

    @property
    def broken(self) -> bool:
        """True when an error concerns the sheet as a whole: nothing of it can be used."""
        return any(p.severity is Severity.ERROR and p.row is None for p in self.problems)

    def bad_rows(self) -> frozenset[int]:
        """Return the rows (1-based) that an error keeps out."""
        return frozenset(
            p.row for p in self.problems if p.severity is Severity.ERROR and p.row is not None
        )


@dataclass(frozen=True, slots=True)
class KnownFile:
    """An earlier load of exactly these bytes that still stands as it was stored."""

    file_id: int
    layout: str | None
    archived_as: str | None
    rows: RowCounts
    title: str = ""
    """Russian title of the layout."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One file of the load after reading.

    ``failure`` is set when nothing of it can be used (``findings`` say why); ``known`` when it was
    not read at all, because the same bytes are already stored.
    """

    path: str
    size: int
    sha256: str
    format: str
    sheets: tuple[LoadedSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    failure: FileStatus | None = None
    known: KnownFile | None = None
    keep: Path | None = None
    """The copy that may go to the archive: the file itself, or one without personal columns."""
    corrections: tuple[CorrectedCell, ...] = ()
    """Cells corrected by hand, now or in an earlier load of the same bytes."""
    folder: str = ""
    """Name of the folder that was brought in alone, which ``path`` does not have."""
    only: frozenset[tuple[str, int]] | None = None
    """Rows (sheet, 1-based row) of the quarantine that are tried again; others stay."""

    def of(self, kind: type[F]) -> Iterator[F]:
        """Yield the facts of one kind, in their order."""
        for sheet in self.sheets:
            for block in sheet.extract.blocks:
                yield from block.of(kind)

    @property
    def keep_suffix(self) -> str:
        """The ending of the archived copy, after what the file really is."""
        return self.keep.suffix if self.keep and self.keep.suffix else f".{self.format}"
