"""The use cases of a load: prepare a plan, revise it with decisions, apply it, or discard it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.database import Database, DataState
from app.services.changes import ChangeSet, Topic
from app.services.importing import archive, corrections
from app.services.importing.applying import Applier, Load
from app.services.importing.children import Children
from app.services.importing.collecting import collector_off
from app.services.importing.deciding import load_decided, store_decided
from app.services.importing.layouts_door import title_of
from app.services.importing.loaded import KnownFile, LoadedFile
from app.services.importing.loading import Loader, load_all
from app.services.importing.mappings import load_mappings, touch_mappings
from app.services.importing.measure_rows import load_measures
from app.services.importing.monitoring_rows import load_monitoring
from app.services.importing.own_scales import by_own_scales
from app.services.importing.plan import Decisions, FilePlan, ImportPlan, ImportReport
from app.services.importing.plan_rows import load_plans
from app.services.importing.planning import Planned, plan_load, procedures_of, records_of
from app.services.importing.stage import Staged, stage
from app.services.importing.state import (
    Stored,
    files_of_days,
    find_known_files,
    load_stored,
)
from app.services.importing.support_rows import load_support
from app.services.importing.workers import Workers
from app.services.importing.writes import Writes
from app.services.progress import Progress
from app.services.workspace import Workspace

_COPIES_AT_ONCE = 8


class PlanStale(UserError):  # noqa: N818 - a state of the plan, told as a sentence
    """The stored data changed after the plan was shown; nothing of it was stored."""


@dataclass(frozen=True)
class _Made:
    """A plan with all that applying needs, and the state of the data that it was made from."""

    state: DataState
    stored: Stored
    planned: Planned


@dataclass(frozen=True)
class Stash:
    """What a plan carries along: the staged copies, the facts read, the decisions taken."""

    staged: Staged
    files: tuple[LoadedFile, ...]
    decisions: Decisions
    started_at: datetime
    made: _Made | None = None
    """None until it is planned."""


@by_own_scales
def prepare(
    workspace: Workspace,
    paths: Sequence[Path],
    progress: Progress,
    decisions: Decisions | None = None,
    children: Children | None = None,
) -> ImportPlan:
    """Return what loading ``paths`` (files or folders) would do; nothing is stored or archived.

    ``children`` that were begun before (``children_for``) are used, and ended when all is read.

    The plan owns temporary copies of the files: ``apply`` or ``discard`` removes them.  Raises
    UserError when there is nothing to read, and Cancelled when ``progress`` says so; then the
    copies are gone already.
    """
    started_at = datetime.now(UTC)
    decided = decisions or Decisions()
    with children or Children() as readers, collector_off():
        staged = stage(paths, progress, readers.begin)
        try:
            known = _known_files(workspace, staged, decided)
            with workspace.database.read() as session:
                mappings = load_mappings(session)
                cells = corrections.cells_of(session, staged.files, decided)
            with Workers(progress, children=readers) as workers:
                files = load_all(staged, known, Loader(workers, mappings, cells), progress)
            corrections.require_sound(decided, files)
            return _plan(workspace, Stash(staged, files, decided, started_at))
        except BaseException:
            staged.close()
            raise


@by_own_scales
def plan_again(workspace: Workspace, stash: Stash) -> ImportPlan:
    """Return the plan of files that were read, some of them perhaps anew."""
    with collector_off():
        return _plan(workspace, stash)


@by_own_scales
def apply(workspace: Workspace, plan: ImportPlan, progress: Progress) -> ImportReport:
    """Store the plan in one transaction and remove the temporary copies.

    Everything of the load is stored, or nothing.  Copies of the stored files go to the archive
    before the commit; one that is left over from a failed load harms nobody.  When no value would
    change, no load is recorded, and refused or waiting files are not remembered: the report
    lists them, and ``batch_id`` is None.  What a person decided is kept in any case.
    Raises PlanStale when the data changed since the plan
    was made, Cancelled when ``progress`` says so; both leave the data and the plan as they were.
    """
    stash = stash_of(plan)
    archived = _archive(workspace, plan.files, stash.files, progress)
    with collector_off(), workspace.database.write() as session:
        made = stash.made
        if made is None or made.state != workspace.database.state(session):
            made = _plan_same(workspace.database, session, stash, plan)
        stored, planned = made.stored, made.planned
        batch, now = None, datetime.now(UTC)
        if _stores(planned.writes):
            load = Load(plan.label, stash.started_at, now, stash.files, archived)
            batch = Applier(session, stored, planned, progress).store(load)
            touch_mappings(session, stash.files, now)
        decisions = stash.decisions
        decided = store_decided(session, stored, planned, stash.files, decisions, batch, now)
    stash.staged.close()
    changes = _changes(planned.writes, decided or batch is not None)
    return ImportReport(batch, plan.files, plan.questions, plan.totals, changes, plan.days)


def discard(plan: ImportPlan) -> None:
    """Remove the temporary copies of a plan that will not be applied; twice is harmless."""
    stash_of(plan).staged.close()


def _plan(workspace: Workspace, stash: Stash) -> ImportPlan:
    with workspace.database.read() as session:
        stored = _load_stored(session, stash)
        state = workspace.database.state(session)
    planned = plan_load(stored, stash.files, stash.decisions)
    decided = stash.decisions
    remembers = bool(
        planned.writes.skips or decided.corrections or decided.confirmed or decided.days
    )
    made = replace(stash, made=_Made(state, stored, planned))
    return ImportPlan(
        stash.staged.label, planned.files, planned.questions, planned.totals, remembers,
        planned.days, made,
    )  # fmt: skip


def _known_files(
    workspace: Workspace, staged: Staged, decisions: Decisions
) -> dict[str, KnownFile]:
    """Return the files that need no reading; one whose cells are corrected now needs it."""
    corrected = {path for path, _, _ in decisions.corrections}
    hashes = [file.sha256 for file in staged.files if file.sha256 and file.path not in corrected]
    with workspace.database.read() as session:
        known = find_known_files(session, hashes)
        if len(known) < len(set(hashes)):
            days = files_of_days(session, {one.file_id for one in known.values()})
            known = {sha: one for sha, one in known.items() if one.file_id not in days}
    return {
        sha: KnownFile(one.file_id, one.layout, one.archived_as, one.rows, title_of(one.layout))
        for sha, one in known.items()
    }


def _load_stored(session: Session, stash: Stash) -> Stored:
    hashes = [file.sha256 for file in stash.files if file.known is not None]
    stored = load_stored(session, procedures_of(stash.files), hashes, records_of(stash.files))
    load_decided(session, stored, stash.files)
    load_plans(session, stored, stash.files, stash.decisions)
    load_measures(session, stored, stash.files)
    load_monitoring(session, stored, stash.files)
    load_support(session, stored, stash.files)
    return stored


def _plan_same(database: Database, session: Session, stash: Stash, plan: ImportPlan) -> _Made:
    """Plan again inside the write block: what is stored is what the person saw."""
    stored = _load_stored(session, stash)
    unread = {file.sha256 for file in stash.files if file.known is not None}
    planned = plan_load(stored, stash.files, stash.decisions)
    shown = (plan.files, plan.questions, plan.days)
    same = (planned.files, planned.questions, planned.days) == shown
    if not same or unread - stored.known_files.keys():
        raise PlanStale(
            "Данные изменились с тех пор, как был показан план загрузки; ничего не сохранено.",
            "Откройте файлы ещё раз и посмотрите новый план.",
        )
    return _Made(database.state(session), stored, planned)


def _archive(
    workspace: Workspace,
    plans: Sequence[FilePlan],
    files: Sequence[LoadedFile],
    progress: Progress,
) -> list[str | None]:
    """Copy the files that give values to the archive; return their names there."""
    names: list[str | None] = []
    # Several at once: a disk that is asked to keep many files for good does so in few strokes.
    with ThreadPoolExecutor(_COPIES_AT_ONCE, "opora-archive") as pool:
        copies = [
            pool.submit(archive.keep, file.keep, workspace.archive, file.keep_suffix)
            if file.known is None and file.keep is not None and (plan.rows.stored or plan.waiting)
            else None
            for plan, file in zip(plans, files, strict=True)
        ]
        try:
            for index, (file, copy) in enumerate(zip(files, copies, strict=True)):
                progress.check()
                progress.report(index, len(files), f"Архив: {file.path}")
                known = file.known.archived_as if file.known else None
                names.append(copy.result() if copy else known)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return names


def _stores(writes: Writes) -> bool:
    touched = writes.touches_schools or writes.touches_results or writes.touches_records
    return touched or bool(writes.plans or writes.measures or writes.monitoring or writes.support)


def _changes(writes: Writes, loaded: bool) -> ChangeSet:
    topics = set()
    if loaded:
        topics.add(Topic.IMPORTS)
    if writes.touches_schools:
        topics.add(Topic.SCHOOLS)
    if writes.touches_results:
        topics.add(Topic.RESULTS)
    if writes.touches_records:
        topics.add(Topic.RECORDS)
    if writes.plans:
        topics.add(Topic.ROADMAPS)
    if writes.measures:
        topics |= {Topic.INDICATORS, Topic.PROGRAMMES}
    if writes.monitoring:
        topics |= {Topic.CYCLE, Topic.PROGRAMMES}
    if writes.support:
        topics |= {Topic.SUPPORT, Topic.PEOPLE}
    return ChangeSet(frozenset(topics))


def stash_of(plan: ImportPlan) -> Stash:
    """Return what the plan carries along."""
    if not isinstance(plan.staged, Stash):
        raise TypeError("the plan was not made by prepare()")
    return plan.staged
