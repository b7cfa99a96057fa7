"""The schema of the file, step by step; this package alone imports nothing heavy.

Each script in ``versions/`` is one step, named by its number, and carries its own tables: live
models change, a step never does.  Until the first release the only step is made anew whenever the
tables change::

    python -m app.models.migrations.new --first

Afterwards each change is a step of its own::

    python -m app.models.migrations.new "what changes"

Both commands also write ``schema.sql``, the sum of all steps, by which new files are made.
"""

from __future__ import annotations

from pathlib import Path

from app.errors import ResourceError

FOLDER = Path(__file__).resolve().parent
"""Holds the scripts, from source and inside the built program alike."""


def schema() -> Path:
    """Return the script of what a new file begins with: Alembic takes long to import."""
    return FOLDER / "schema.sql"


def head() -> int:
    """Return the number of the newest schema that this program knows, from the names of its steps.

    Alembic would say the same, but takes longer to import than an up-to-date file takes to open.
    """
    numbers = [int(step.name[:4]) for step in (FOLDER / "versions").glob("[0-9]*.py")]
    if not numbers:
        raise ResourceError(
            "В программе нет файлов обновления базы.", "Установите программу заново."
        )
    return max(numbers)
