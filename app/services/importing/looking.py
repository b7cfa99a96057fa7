"""The archived copy of a file, laid out for a person to look at: never the archive itself."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path, PurePosixPath

from app.errors import UserError, reason
from app.services.output import safe_file_name
from app.services.source import Source
from app.services.workspace import Workspace

_FOLDER = "opora-copies"
_HASH = 12
"""Signs of the content's name that keep copies of equal names apart."""


def copy_to_look_at(workspace: Workspace, source: Source) -> Path:
    """Return a read-only copy, under its own name, of the file that a value was read from.

    Personal columns are blank in it.  The archive must not be opened itself: what a person changes
    there by chance would change the evidence.  UserError when there is no copy or no place for it.
    """
    kept = workspace.archive / source.archived_as if source.archived_as else None
    if kept is None or not kept.is_file():
        raise UserError(
            f"Копии файла «{source.file}» в архиве нет.",
            "Верните папку архива из резервной копии или откройте исходный файл.",
        )
    name = safe_file_name(PurePosixPath(source.file).stem) + kept.suffix
    target = Path(tempfile.gettempdir()) / _FOLDER / kept.stem[:_HASH] / name
    try:
        return _laid_out(kept, target)
    except OSError as error:
        raise UserError(
            f"Копию файла «{source.file}» открыть не удалось: {reason(error)}.",
            "Освободите место на диске и повторите.",
        ) from error


def _laid_out(kept: Path, target: Path) -> Path:
    if target.is_file() and target.stat().st_size == kept.stat().st_size:
        return target  # read-only since it was laid out: it is the same still
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"~{os.getpid()}{target.suffix}")
    shutil.copyfile(kept, draft)
    draft.chmod(stat.S_IREAD)
    os.replace(draft, target)
    return target
