"""The differences between what files say and what is stored: the plan, and the writes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.models.enums import FileStatus, RecordKind
from app.services.importing.cohorts import neighbours
from app.services.importing.corrections import notes_of
from app.services.importing.day_questions import DayQuestions
from app.services.importing.days_rules import answers_of
from app.services.importing.drafts import Draft
from app.services.importing.facts import Procedure, RecordFact, RegisterFact
from app.services.importing.loaded import LoadedFile
from app.services.importing.measure_rows import measure_tables
from app.services.importing.monitoring_rows import monitoring_tables
from app.services.importing.plan import (
    DaysQuestion,
    Decisions,
    FilePlan,
    RowCounts,
    SchoolQuestion,
)
from app.services.importing.plan_rows import plan_tables
from app.services.importing.record_rows import RecordRows
from app.services.importing.register_rows import RegisterRows
from app.services.importing.resolving import Resolver
from app.services.importing.result_rows import ResultRows
from app.services.importing.state import Stored
from app.services.importing.support_rows import SupportRows
from app.services.importing.writes import Writes


@dataclass(frozen=True)
class Planned:
    """What a load would do: for the person (files, questions) and for the database (writes)."""

    files: tuple[FilePlan, ...]
    questions: tuple[SchoolQuestion, ...]
    totals: RowCounts
    writes: Writes = field(repr=False)
    days: tuple[DaysQuestion, ...] = ()


def plan_load(stored: Stored, files: Sequence[LoadedFile], decisions: Decisions) -> Planned:
    """Compare the files with ``stored``; nothing is written, ``stored`` is used up.

    Registers come first, whatever the order of the files: they create the schools that the others
    speak of.  A register that waits keeps its schools to itself.
    """
    writes = Writes()
    resolver = Resolver(
        stored.directory,
        writes,
        decisions,
        _creates_freely(stored, files),
        stored.skipped,
        files,
    )
    drafts = [
        Draft(
            index,
            file,
            accepted=file.path in decisions.accept_good or file.sha256 in stored.kept,
            notes=notes_of(file, stored.confirmed.get(file.sha256, {}), decisions),
            kept=stored.kept.get(file.sha256, {}),
        )
        for index, file in enumerate(files)
    ]
    for draft in drafts:
        draft.begin()
    _plan_registers(RegisterRows(stored, resolver), drafts)
    days = DayQuestions(answers_of(decisions.days, stored.exam_days))
    results = ResultRows(stored, resolver, writes, days)
    records = RecordRows(stored, resolver, writes)
    support = SupportRows(stored, resolver, writes)
    for draft in drafts:
        results.plan(draft)
        records.plan(draft)
        plan_tables(draft, stored, decisions, writes)
        measure_tables(draft, stored, writes)
        monitoring_tables(draft, stored, writes)
        support.plan(draft)
    results.join_parts()
    records.plan_scores()
    results.check_cohorts()
    plans = tuple(_known(draft) or draft.finish() for draft in drafts)
    totals = sum((plan.rows for plan in plans), RowCounts())
    return Planned(plans, resolver.questions(), totals, writes, days.questions())


def procedures_of(files: Iterable[LoadedFile]) -> frozenset[Procedure]:
    """Return the procedures that the files speak of, and those that they are compared with."""
    spoken = frozenset(
        fact.procedure
        for file in files
        for sheet in file.sheets
        for block in sheet.extract.blocks
        for fact in block.facts
        if fact.procedure is not None
    )
    return spoken.union(*(neighbours(one) for one in spoken))


def records_of(files: Iterable[LoadedFile]) -> frozenset[tuple[RecordKind, int]]:
    """Return the kinds and years of the records that the files give."""
    return frozenset((fact.kind, fact.year) for file in files for fact in file.of(RecordFact))


def _plan_registers(rows: RegisterRows, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if _is_register(draft.file):
            rows.find_conflicts(draft)
            rows.plan(draft)


def _creates_freely(stored: Stored, files: Sequence[LoadedFile]) -> bool:
    return not stored.directory.schools and not any(_is_register(file) for file in files)


def _is_register(file: LoadedFile) -> bool:
    return any(True for _ in file.of(RegisterFact))


def _known(draft: Draft) -> FilePlan | None:
    """The plan of a file that was not read, because the same bytes are stored already."""
    known = draft.file.known
    if known is None:
        return None
    return FilePlan(
        path=draft.file.path,
        format=draft.file.format,
        layout=known.layout,
        layout_title=known.title,
        status=FileStatus.UNCHANGED,
        rows=known.rows,
        findings=tuple(draft.findings),
    )
