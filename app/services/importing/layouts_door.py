"""The door to all the layouts for the parent of a load: opened only where it needs them.

They take a fifth of a second to import.  Where children make the facts, the parent of most loads
asks nothing of a layout.
"""

from __future__ import annotations

import logging
from typing import Any

from app.services.importing.grid import Workbook
from app.services.importing.loaded import LoadedFile
from app.services.importing.task import BookTask, KnownMapping

_log = logging.getLogger(__name__)


def facts_here(task: BookTask, book: Workbook) -> LoadedFile:
    """Return the facts of a book, made by this process."""
    from app.services.importing.intake import load_book

    return load_book(task, book)


def title_of(layout: str | None) -> str:
    """Return the Russian title of a layout by its key; empty when it is known no more."""
    from app.services.importing.layouts import ALL, mapped

    if layout == mapped.KEY:
        return mapped.TITLE
    return next((one.title for one in ALL if one.key == layout), "")


def is_traceless(layout: str | None) -> bool:
    """Return whether what a layout stores knows no file; see ``Layout.traceless``."""
    from app.services.importing.layouts import ALL

    return any(one.traceless for one in ALL if one.key == layout)


def known_mapping(mark: str, title: str, body: dict[str, Any]) -> KnownMapping | None:
    """Return what a person said about the unknown tables of a fingerprint.

    None, logged, where this version cannot read it.
    """
    from app.services.importing.mapped import MappingError, from_json

    try:
        return KnownMapping(title, from_json(body))
    except MappingError:
        _log.info("the stored mapping %s is not readable", mark)
        return None
