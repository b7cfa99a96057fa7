"""Looks at files of a plan once more: their sheets for a person to see, their facts anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePosixPath

from app.errors import UserError
from app.services.importing.grid import Sheet
from app.services.importing.intake import load_one
from app.services.importing.mappings import load_mappings
from app.services.importing.pipeline import plan_again, stash_of
from app.services.importing.plan import ImportPlan
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sniff import sniff
from app.services.importing.stage import StagedFile
from app.services.progress import Progress
from app.services.workspace import Workspace


def open_sheets(plan: ImportPlan, path: str, progress: Progress) -> tuple[Sheet, ...]:
    """Return the sheets of a file of the plan as they are, hidden and empty ones too.

    Raises UserError when the file cannot be read, Cancelled when asked to stop.
    """
    file = next(one for one in stash_of(plan).staged.files if one.path == path)
    if file.copy is None:
        raise UserError(f"Файл «{path}» не прочитан.", "Загрузите его ещё раз.")
    with Reader(progress) as reader:
        try:
            return reader.read(file.copy, sniff(file.copy, PurePosixPath(path).name)).sheets
        except ReadFailure as failure:
            raise UserError(failure.finding.message, failure.finding.hint) from failure


def reread(
    workspace: Workspace, plan: ImportPlan, paths: Collection[str], progress: Progress
) -> ImportPlan:
    """Return the plan with some of its files read anew, after a mapping was remembered.

    The staged copies are read, not the stick; decisions stay.
    """
    stash = stash_of(plan)
    with workspace.database.read() as session:
        mappings = load_mappings(session)
    staged: dict[str, StagedFile] = {file.path: file for file in stash.staged.files}
    with Reader(progress) as reader:
        files = tuple(
            load_one(staged[file.path], None, reader, progress, mappings)
            if file.path in paths
            else file
            for file in stash.files
        )
    return plan_again(workspace, replace(stash, files=files))
