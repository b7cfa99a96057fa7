"""The list of schools as it was last shown, so that the next start fills its first table at once.

Bringing up the database takes longer than painting the window several times over.  The copy is
shown only while the database file is the very one it was made from (path, size, time of the last
change), and the real list replaces it as soon as it has been read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.models.enums import Category
from app.ui.pages.schools.lines import SchoolLine

_log = logging.getLogger(__name__)

_VERSION = 2
_CATEGORIES = ("computed", "decided")


class Snapshot(NamedTuple):
    """The year of the list and its lines."""

    year: int | None
    lines: tuple[SchoolLine, ...]


def stamp(database: Path) -> list[Any] | None:
    """Return what tells this state of the file from any other; None while a change is half-way."""
    journal = database.with_name(database.name + "-journal")
    try:
        found = database.stat()
        if journal.exists() and journal.stat().st_size > 0:
            return None
    except OSError:
        return None
    return [_VERSION, str(database.absolute()), found.st_size, found.st_mtime_ns]


def save(
    path: Path, made_from: list[Any] | None, year: int | None, lines: Sequence[SchoolLine]
) -> None:
    """Keep the list; ``made_from`` is the stamp of the file when the list was read."""
    if made_from is None:
        return
    text = json.dumps({"stamp": made_from, "year": year, "lines": [list(line) for line in lines]})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        _log.warning("the list of schools was not kept for the next start: %s", error.strerror)


def load(path: Path, database: Path) -> Snapshot | None:
    """Return the kept list, or None when it is not of the database as it is now."""
    now = stamp(database)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if now is None or kept["stamp"] != now:
            return None
        return Snapshot(kept["year"], tuple(_line(values) for values in kept["lines"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no copy or a damaged one: the real list is on its way


def _line(values: list[Any]) -> SchoolLine:
    named = dict(zip(SchoolLine._fields, values, strict=True))
    for field in _CATEGORIES:
        named[field] = None if named[field] is None else Category(named[field])
    return SchoolLine(**named)
