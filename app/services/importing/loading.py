"""Every staged file with its facts, or with the reason why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.models.enums import FileStatus
from app.services.importing.correcting import Cells
from app.services.importing.facts import AppealFact, ResultFact
from app.services.importing.loaded import KnownFile, LoadedFile
from app.services.importing.partial import only_rows
from app.services.importing.plan import Finding
from app.services.importing.reading import ReadFailure
from app.services.importing.sniff import NOT_A_TABLE, Sniffed, sniff
from app.services.importing.stage import Staged, StagedFile
from app.services.importing.task import BookTask, KnownMapping
from app.services.importing.workers import Job, Workers
from app.services.progress import Progress
from app.services.scales import Scales, shipped, used

_PROTOCOLS = frozenset({"oge_protocol", "ege_protocol"})


@dataclass
class Loader:
    """Makes facts of staged files as the office has said that they are to be read.

    ``mappings`` are what a person said about unknown tables, by fingerprint; ``corrections`` what
    a person put in the place of cells, by path.
    """

    workers: Workers
    mappings: Mapping[str, KnownMapping] = field(default_factory=dict)
    corrections: Mapping[str, Cells] = field(default_factory=dict)
    _sniffed: dict[Path, Sniffed] = field(default_factory=dict)
    _scales: Scales | None = field(default_factory=lambda: None if used() == shipped() else used())

    def expect(self, files: Iterable[StagedFile]) -> None:
        """Say which files will be loaded next, in this order: they are worked on ahead."""
        jobs = (self._job(file, file.copy) for file in files if file.copy is not None)
        self.workers.expect(job for job in jobs if job is not None)

    def load(self, file: StagedFile, known: KnownFile | None = None) -> LoadedFile:
        """Return one staged file with its facts, or with the reason why there are none."""
        if file.copy is None:
            return _without_copy(file)
        sniffed = self._sniff(file, file.copy)
        if known is not None:
            return LoadedFile(
                file.path, file.size, file.sha256, sniffed.format, known=known, folder=file.folder
            )
        job = self._job(file, file.copy)
        if job is None:
            return _refused(file, sniffed)
        try:
            loaded = self.workers.load(job)
        except ReadFailure as failure:
            return _refused(file, sniffed, failure.finding)
        return loaded if file.only is None else only_rows(loaded, file.only)

    def _sniff(self, file: StagedFile, copy: Path) -> Sniffed:
        if copy not in self._sniffed:
            self._sniffed[copy] = sniff(copy, file.name)
        return self._sniffed[copy]

    def _job(self, file: StagedFile, copy: Path) -> Job | None:
        """Return what a child is asked for; None where the file can be no table."""
        sniffed = self._sniff(file, copy)
        if sniffed.problem is not None:
            return None
        task = BookTask(
            file.path, file.size, file.sha256, copy, sniffed.notes,
            self.corrections.get(file.path, {}), self.mappings, self._scales,
            file.folder,
        )  # fmt: skip
        return Job(task, sniffed.format)


def load_all(
    staged: Staged, known: Mapping[str, KnownFile], loader: Loader, progress: Progress
) -> tuple[LoadedFile, ...]:
    """Return every staged file with its facts; files of ``known`` content are not read."""
    loaded: list[LoadedFile] = []
    loader.expect(file for file in staged.files if file.sha256 not in known)
    for index, file in enumerate(staged.files):
        progress.check()
        progress.report(index, len(staged.files), f"Читаю: {file.path}")
        loaded.append(loader.load(file, known.get(file.sha256)))
    for index in _wanted_after_all(loaded):
        progress.check()
        loaded[index] = loader.load(staged.files[index])
    progress.report(len(staged.files), len(staged.files), "Файлы прочитаны")
    return tuple(loaded)


def _wanted_after_all(loaded: Sequence[LoadedFile]) -> list[int]:
    """Return the known protocols that must be read: new protocols or appeals come beside them.

    Who sat an exam twice, and whose mark an appeal changes, only the rows of pupils tell.
    """
    if not any(one.known is None and _is_of_exam_day(one) for one in loaded):
        return []
    return [i for i, one in enumerate(loaded) if one.known and one.known.layout in _PROTOCOLS]


def _is_of_exam_day(file: LoadedFile) -> bool:
    return any(
        isinstance(fact, AppealFact) or (isinstance(fact, ResultFact) and fact.day is not None)
        for sheet in file.sheets
        for block in sheet.extract.blocks
        for fact in block.facts[:1]
    )


def _without_copy(file: StagedFile) -> LoadedFile:
    """Return a file that staging did not copy; rubbish of the system asks nobody to act."""
    findings = () if file.problem is None else (file.problem,)
    status = FileStatus.UNCHANGED if file.service else FileStatus.REFUSED
    return LoadedFile(
        file.path, file.size, file.sha256, NOT_A_TABLE, findings=findings, failure=status
    )


def _refused(file: StagedFile, sniffed: Sniffed, reason: Finding | None = None) -> LoadedFile:
    reasons = tuple(one for one in (reason or sniffed.problem,) if one is not None)
    return LoadedFile(
        file.path, file.size, file.sha256, sniffed.format, findings=reasons,
        failure=FileStatus.REFUSED,
    )  # fmt: skip
