"""The first half of a load: every file of the stick is read, then planned.

Kept apart from planning and storing, whose modules are as many as all the others: they are
imported while the children read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from app.services.importing import corrections
from app.services.importing.children import Children
from app.services.importing.collecting import collector_off
from app.services.importing.known_files import files_of_days, find_known_files
from app.services.importing.layouts_door import title_of
from app.services.importing.loaded import KnownFile, LoadedFile
from app.services.importing.loading import Loader, load_all
from app.services.importing.mappings import load_mappings
from app.services.importing.own_scales import by_own_scales
from app.services.importing.plan import Decisions, ImportPlan
from app.services.importing.stage import Staged, stage
from app.services.importing.stash import Stash
from app.services.importing.workers import Workers
from app.services.progress import Progress
from app.services.workspace import Workspace


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
            with _while_they_read(_second_half):
                files = _read(workspace, staged, decided, readers, progress)
            corrections.require_sound(decided, files)
            return _second_half()(workspace, Stash(staged, files, decided, started_at))
        except BaseException:
            staged.close()
            raise


def _second_half() -> Callable[[Workspace, Stash], ImportPlan]:
    from app.services.importing.pipeline import plan_again

    return plan_again


@contextmanager
def _while_they_read(work: Callable[[], object]) -> Iterator[None]:
    """Do some work of this process in a thread while the block waits for other processes."""
    thread = Thread(target=work, name="opora-second-half")
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _read(
    workspace: Workspace,
    staged: Staged,
    decided: Decisions,
    readers: Children,
    progress: Progress,
) -> tuple[LoadedFile, ...]:
    """Return the facts of every staged file that is not known already."""
    known = _known_files(workspace, staged, decided)
    with workspace.database.read() as session:
        mappings = load_mappings(session)
        cells = corrections.cells_of(session, staged.files, decided)
    with Workers(progress, children=readers) as workers:
        return load_all(staged, known, Loader(workers, mappings, cells), progress)


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
