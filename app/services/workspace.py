"""The open data of one office: what every use case takes as its first argument."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.models.database import Database


@dataclass(frozen=True)
class Workspace:
    """An open database and the folder of the imported files' copies.

    Pages and commands pass it on and never look inside.
    """

    database: Database
    archive: Path
