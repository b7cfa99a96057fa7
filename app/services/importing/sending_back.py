"""A file of a load as its school may have it back: findings, whose rows it holds, a clean copy."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.imports import ImportFile, ImportProblem, SourceBlock
from app.models.records import Record
from app.models.results import Result
from app.models.schools import School, SchoolValue
from app.services.importing.archive import write_without
from app.services.importing.cells import expand_rows
from app.services.importing.corrections import confirmed
from app.services.importing.facts import RecordFact, ReferenceFact, SchoolRef
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import Finding, ImportPlan
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sniff import sniff
from app.services.importing.stash import stash_of
from app.services.progress import Progress
from app.services.workspace import Workspace

_LARGEST = 40 << 20
"""Bytes of XML inside the book: one that is larger takes too much memory to be marked."""

Rows = Mapping[str, frozenset[int]]
"""1-based rows by sheet."""
_UNKNOWN = "программа его не распознала и не может убрать из него личные данные."
_TOO_LARGE = "он слишком велик."
_GONE = "его копии в архиве нет."


@dataclass(frozen=True, slots=True)
class FileToReturn:
    """What can go back to a school; ``book`` is an xlsx without personal columns.

    ``findings`` are those that wait for somebody: what a person has confirmed is not asked of the
    school.  ``schools`` are the known schools whose rows the file holds; ``note`` says in Russian,
    as the end of a sentence, why there is no book.  A book that is ``shared`` holds rows of several
    schools: each may have only its own ``rows``, and what stands above ``first_rows``.
    """

    path: str
    findings: tuple[Finding, ...]
    schools: tuple[str, ...]
    book: bytes | None
    note: str = ""
    shared: bool = False
    rows: Mapping[str, Rows] = field(default_factory=dict)
    """By the name of the school, as far as the rows could be read."""
    first_rows: Mapping[str, int] = field(default_factory=dict)
    """By sheet: the first row of data, 1-based."""


def file_of_plan(plan: ImportPlan, path: str, progress: Progress) -> FileToReturn:
    """Return a file of a plan; KeyError for a path that the plan does not have is a bug."""
    shown = {file.path: file for file in plan.files}[path]
    loaded = {file.path: file for file in stash_of(plan).files}[path]
    refs = {ref.codes or ref.name for ref in _refs(loaded)}
    own = any(sheet.layout == "own_form" for sheet in loaded.sheets)
    scopes = set(_scopes(loaded))
    named = {change.school for change in shown.changes} - scopes
    book, note = None, _UNKNOWN
    if loaded.keep is not None and (refs or own):
        book, note = _book(loaded.keep, progress)
    rows = _collected(
        (change.school, change.sheet, change.rows)
        for change in shown.changes
        if change.school not in scopes
    )
    return FileToReturn(
        path,
        tuple(finding for finding in shown.findings if not (finding.soft and finding.note)),
        tuple(sorted(named)),
        book,
        note,
        len(refs) > 1,
        rows,
        _first_rows(loaded),
    )


def _collected(places: Iterable[tuple[str, str, str]]) -> dict[str, Rows]:
    """Return the rows by school and sheet."""
    found: dict[str, dict[str, set[int]]] = {}
    for school, sheet, rows in places:
        found.setdefault(school, {}).setdefault(sheet, set()).update(expand_rows(rows))
    return {
        school: {sheet: frozenset(rows) for sheet, rows in sheets.items()}
        for school, sheets in found.items()
    }


def _first_rows(loaded: LoadedFile) -> dict[str, int]:
    """Return the first row of data of each sheet: of a fact, or of a row that an error spoils."""
    first: dict[str, int] = {}
    for sheet in loaded.sheets:
        facts = [expand_rows(f.rows)[0] for b in sheet.extract.blocks for f in b.facts]
        spoilt = [problem.row for problem in sheet.problems if problem.row is not None]
        if facts or spoilt:
            first[sheet.sheet] = min(*facts, *spoilt, 1 << 20)
    return first


def file_of_store(workspace: Workspace, file_id: int, progress: Progress) -> FileToReturn:
    """Return a stored file; UserError when there is no such file."""
    with workspace.database.read() as session:
        file = session.get(ImportFile, file_id)
        if file is None:
            raise UserError("Такого файла нет среди загруженных.", "Обновите список загрузок.")
        path, archived = file.path, file.archived_as
        findings = _stored_findings(session, file)
        places = _stored_places(session, file_id)
    rows = _collected(places)
    schools = tuple(sorted(rows))
    first: dict[str, int] = {}
    for _, sheet, listed in places:
        first[sheet] = min(expand_rows(listed)[0], first.get(sheet, 1 << 20))
    copy = workspace.archive / archived if archived else None
    if copy is None or not copy.exists():
        return FileToReturn(path, findings, schools, None, _GONE)
    book, note = _book(copy, progress)
    return FileToReturn(path, findings, schools, book, note, len(schools) > 1, rows, first)


def _stored_findings(session: Session, file: ImportFile) -> tuple[Finding, ...]:
    """Return what was found in a stored file, without what a person has confirmed since."""
    notes = confirmed(session, [file.sha256]).get(file.sha256, {})
    stored = session.scalars(select(ImportProblem).where(ImportProblem.file_id == file.id))
    return tuple(
        Finding(one.severity, one.message, one.hint, one.sheet, one.cell)
        for one in stored
        if not notes.get((one.sheet or "", one.cell or "", one.message))
    )


def _refs(loaded: LoadedFile) -> Iterator[SchoolRef]:
    for sheet in loaded.sheets:
        for block in sheet.extract.blocks:
            for fact in block.facts:
                if not isinstance(fact, ReferenceFact) and fact.ref is not None:
                    yield fact.ref


def _scopes(loaded: LoadedFile) -> Iterator[str]:
    """Yield the names of the country, the region and the district: they are no schools."""
    for sheet in loaded.sheets:
        for block in sheet.extract.blocks:
            for fact in block.facts:
                if isinstance(fact, ReferenceFact) or (
                    isinstance(fact, RecordFact) and fact.ref is None
                ):
                    yield fact.name


def _stored_places(session: Session, file_id: int) -> list[tuple[str, str, str]]:
    """Return school, sheet and rows of everything that the file gave."""
    found: list[tuple[str, str, str]] = []
    for table in (Result, Record, SchoolValue):
        query = (
            select(School.short_name, SourceBlock.sheet, table.rows)
            .join(School, School.id == table.school_id)
            .join(SourceBlock, SourceBlock.id == table.block_id)
            .where(SourceBlock.file_id == file_id, table.rows.is_not(None))
        )
        found.extend((name, sheet, rows) for name, sheet, rows in session.execute(query) if rows)
    return found


def _book(copy: Path, progress: Progress) -> tuple[bytes | None, str]:
    """Return the copy as xlsx bytes, or None and why not; other formats give their values."""
    sniffed = sniff(copy, PurePosixPath(copy.name).name)
    if sniffed.format == "xlsx" and _fits(copy):
        return copy.read_bytes(), ""
    if sniffed.format == "xlsx":
        return None, _TOO_LARGE
    with Reader(progress) as reader, tempfile.TemporaryDirectory(prefix="opora-") as folder:
        try:
            workbook = reader.read(copy, sniffed)
        except ReadFailure:
            return None, _UNKNOWN
        target = Path(folder) / "copy.xlsx"
        write_without(workbook, (), (), target, progress)
        return (target.read_bytes(), "") if _fits(target) else (None, _TOO_LARGE)


def _fits(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist()) <= _LARGEST
