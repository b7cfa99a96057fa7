"""The page as it was last shown, so that the next start fills it at once.

It is shown only on the same day and while the database file is the very one it was made from; the
real page replaces it as soon as it has been read.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from app.ui.pages.today.lines import Row, Tile, View

_log = logging.getLogger(__name__)
_VERSION = 3


def save(path: Path, made_from: list[Any] | None, view: View) -> None:
    """Keep the page; ``made_from`` is the stamp of the file when it was read."""
    if made_from is None:
        return
    text = json.dumps({"version": _VERSION, "stamp": made_from, "view": view})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        _log.warning("the home page was not kept for the next start: %s", error.strerror)


def load(path: Path, now: list[Any] | None, day: str) -> View | None:
    """Return the kept page, or None when it is of another day or another state of the file."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if now is None or kept["version"] != _VERSION or kept["stamp"] != now:
            return None
        made, schools, tiles = kept["view"]
        if made != day:
            return None
        return View(made, schools, tuple(_tile(values) for values in tiles))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no copy or a damaged one: the real page is on its way


def _tile(values: list[Any]) -> Tile:
    key, number, sentence, urgency, rows = values
    return Tile(key, number, sentence, urgency, tuple(Row(*row) for row in rows))
