"""Logging set-up: one rotating file in the data folder; values of the field are never logged."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up(folder: Path, *, level: int = logging.INFO) -> Path:
    """Send the log of the whole program to ``folder``/opora.log and return that path.

    Five files of one megabyte are kept.  Logs carry no values of pupils or schools, so a user can
    send them to the developers as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "opora.log"
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, logging.handlers.RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    return path
