"""Looks at files of a plan once more: under other decisions, with other cells, or just to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.errors import UserError
from app.services.importing.corrections import cells_of, decided, require_sound
from app.services.importing.grid import Sheet
from app.services.importing.loaded import LoadedFile
from app.services.importing.loading import Loader
from app.services.importing.mappings import load_mappings
from app.services.importing.own_scales import by_own_scales
from app.services.importing.pipeline import plan_again
from app.services.importing.plan import Decisions, ImportPlan
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sheets import SheetView, view_sheet
from app.services.importing.sniff import sniff
from app.services.importing.stage import StagedFile
from app.services.importing.stash import Stash, stash_of
from app.services.importing.workers import Workers
from app.services.progress import NoProgress, Progress
from app.services.workspace import Workspace


@by_own_scales
def revise(
    workspace: Workspace,
    plan: ImportPlan,
    decisions: Decisions,
    progress: Progress | None = None,
) -> ImportPlan:
    """Return the plan of the same files under other decisions.

    ``decisions`` replaces the earlier ones as a whole.  Only files whose corrections changed are
    read again, from the staged copies.  Raises UserError for a correction without a reason, of no
    cell, or of a column with personal data; Cancelled when ``progress`` says so.
    """
    stash = stash_of(plan)
    require_sound(decisions, stash.files)
    changed = _corrected_otherwise(stash, decisions)
    stash = replace(stash, decisions=decisions)
    files = _read(workspace, stash, changed, progress or NoProgress()) if changed else stash.files
    return plan_again(workspace, replace(stash, files=files))


@by_own_scales
def reread(
    workspace: Workspace, plan: ImportPlan, paths: Collection[str], progress: Progress
) -> ImportPlan:
    """Return the plan with some of its files read anew, after a mapping was remembered.

    The staged copies are read, not the stick; decisions stay.
    """
    stash = stash_of(plan)
    return plan_again(workspace, replace(stash, files=_read(workspace, stash, paths, progress)))


def open_sheets(plan: ImportPlan, path: str, progress: Progress) -> tuple[Sheet, ...]:
    """Return the sheets of a file of the plan as they are, hidden and empty ones too.

    Raises UserError when the file cannot be read, Cancelled when asked to stop.
    """
    file = _staged(stash_of(plan).staged.files, path)
    if file.copy is None:
        raise UserError(f"Файл «{path}» не прочитан.", "Загрузите его ещё раз.")
    with Reader(progress) as reader:
        try:
            return reader.read(file.copy, sniff(file.copy, file.name)).sheets
        except ReadFailure as failure:
            raise UserError(failure.finding.message, failure.finding.hint) from failure


def open_view(plan: ImportPlan, path: str, sheet: str | None, progress: Progress) -> SheetView:
    """Return a sheet of a file of the plan, whole; None is the first sheet.

    Raises UserError when the file cannot be read or has no such sheet, Cancelled when asked to.
    """
    stash = stash_of(plan)
    loaded = next(one for one in stash.files if one.path == path)
    planned = next(one for one in plan.files if one.path == path)
    return view_sheet(_staged(stash.staged.files, path), loaded, planned, sheet, progress)


def _staged(files: Iterable[StagedFile], path: str) -> StagedFile:
    return next(one for one in files if one.path == path)


def _corrected_otherwise(stash: Stash, decisions: Decisions) -> set[str]:
    paths = {path for path, _, _ in (*decisions.corrections, *stash.decisions.corrections)}
    return {path for path in paths if decided(decisions, path) != decided(stash.decisions, path)}


def _read(
    workspace: Workspace, stash: Stash, paths: Collection[str], progress: Progress
) -> tuple[LoadedFile, ...]:
    """Return the files of a plan, those of ``paths`` read anew."""
    with workspace.database.read() as session:
        mappings = load_mappings(session)
        cells = cells_of(session, stash.staged.files, stash.decisions)
    staged = {file.path: file for file in stash.staged.files}
    with Workers(progress) as workers:
        loader = Loader(workers, mappings, cells)
        loader.expect(staged[file.path] for file in stash.files if file.path in paths)
        return tuple(
            loader.load(staged[file.path]) if file.path in paths else file for file in stash.files
        )
