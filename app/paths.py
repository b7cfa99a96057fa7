"""Where things lie: the user's data, the logs, and the resources of the program."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

_APP_FOLDER = "Opora"

COPY_MOMENT = "%Y-%m-%d_%H-%M-%S"
"""How the name of a backup tells the local time."""


def project_root() -> Path:
    """Return the folder that holds ``app`` and ``resources``, from source and when frozen alike."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below ``resources/``; it is not checked to exist."""
    return project_root().joinpath("resources", *parts)


def data_dir() -> Path:
    """Return the user's own data folder; it needs no administrator rights and may not exist yet.

    ``OPORA_DATA`` overrides it (portable copies on a stick, tests).
    """
    override = os.environ.get("OPORA_DATA")
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(base) / _APP_FOLDER
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / _APP_FOLDER.lower()


def default_database() -> Path:
    """Return the path of the user's own database file."""
    return data_dir() / "opora.db"


def archive_dir(database: Path) -> Path:
    """Return the folder beside ``database`` that keeps the copies of imported files."""
    return database.with_name(database.stem + ".archive")


def backup_dir(database: Path) -> Path:
    """Return the folder beside ``database`` that keeps its backups."""
    return database.with_name(database.stem + ".backups")


def dated_copy(folder: Path, stem: str, suffix: str = "") -> Path:
    """Return a free path in ``folder``: ``stem``, the local date and time, then ``suffix``."""
    moment = datetime.now().astimezone().strftime(COPY_MOMENT)
    path = folder / f"{stem}_{moment}{suffix}.db"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}_{moment}{suffix}_{number}.db"
    return path


def log_dir() -> Path:
    """Return the folder of the log files."""
    return data_dir() / "logs"
