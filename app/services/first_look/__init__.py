"""The bare list of schools for the first moment of the window, read without SQLAlchemy.

Importing SQLAlchemy takes longer than two empty windows; the plain list must not wait for it.  The
file is opened read-only and for one query; whatever hinders that (no file yet, an older schema, a
change cut short) leaves the list to the full start, which tells the person what is wrong.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from app.services.sorting import natural_key

_QUERY = "SELECT id, short_name, kind, settlement, pupils, search_key FROM school"


class FirstLook(NamedTuple):
    """A school as the register names it; fields as in ``services.schools.SchoolRow``."""

    id: int
    name: str
    kind: str | None
    settlement: str | None
    pupils: int | None
    search_key: str


def first_look(database: Path) -> tuple[FirstLook, ...]:
    """Return the schools by name (№2 before №15); empty when the file cannot be read as it is."""
    address = f"{database.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
            rows = [FirstLook(*row) for row in connection.execute(_QUERY)]
    except sqlite3.Error:
        return ()
    return tuple(sorted(rows, key=lambda row: natural_key(row.name)))
