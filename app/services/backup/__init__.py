"""Verified copies of the whole database, bringing one back, and the check of everything stored."""

from app.services.backup.checking import CheckReport, check
from app.services.backup.contents import CopyContents, CopyInfo, list_copies, look_into
from app.services.backup.copies import KEPT, BackupReport, back_up, list_backups
from app.services.backup.restoring import RestoreReport, restore
from app.services.backup.titles import TABLES

__all__ = [
    "KEPT",
    "TABLES",
    "BackupReport",
    "CheckReport",
    "CopyContents",
    "CopyInfo",
    "RestoreReport",
    "back_up",
    "check",
    "list_backups",
    "list_copies",
    "look_into",
    "restore",
]
