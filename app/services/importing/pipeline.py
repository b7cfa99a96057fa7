"""The use cases of a load: prepare a plan, revise it with decisions, apply it, or discard it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.database import Database
from app.services.changes import ChangeSet, Topic
from app.services.importing import archive
from app.services.importing.applying import Applier, Load
from app.services.importing.collecting import collector_off
from app.services.importing.deciding import load_decided, store_decided
from app.services.importing.loaded import LoadedFile
from app.services.importing.mappings import touch_mappings
from app.services.importing.measure_rows import load_measures
from app.services.importing.monitoring_rows import load_monitoring
from app.services.importing.own_scales import by_own_scales
from app.services.importing.plan import FilePlan, ImportPlan, ImportReport
from app.services.importing.plan_rows import load_plans
from app.services.importing.planning import plan_load, procedures_of, records_of
from app.services.importing.stash import Made, Stash, stash_of
from app.services.importing.state import (
    Stored,
    load_stored,
)
from app.services.importing.support_rows import load_support
from app.services.importing.writes import Writes
from app.services.progress import Progress
from app.services.workspace import Workspace

_COPIES_AT_ONCE = 8


class PlanStale(UserError):  # noqa: N818 - a state of the plan, told as a sentence
    """The stored data changed after the plan was shown; nothing of it was stored."""


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
    made = replace(stash, made=Made(state, stored, planned))
    return ImportPlan(
        stash.staged.label, planned.files, planned.questions, planned.totals, remembers,
        planned.days, made,
    )  # fmt: skip


def _load_stored(session: Session, stash: Stash) -> Stored:
    hashes = [file.sha256 for file in stash.files if file.known is not None]
    stored = load_stored(session, procedures_of(stash.files), hashes, records_of(stash.files))
    load_decided(session, stored, stash.files)
    load_plans(session, stored, stash.files, stash.decisions)
    load_measures(session, stored, stash.files)
    load_monitoring(session, stored, stash.files)
    load_support(session, stored, stash.files)
    return stored


def _plan_same(database: Database, session: Session, stash: Stash, plan: ImportPlan) -> Made:
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
    return Made(database.state(session), stored, planned)


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
