"""The bundled imaginary district, loaded into a database of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from app import paths
from app.cli.doors import Doors
from app.cli.import_files import load_files
from app.errors import DatabaseBusy, DatabaseError, ResourceError, UserError, reason
from app.services.importing import ImportPlan, ImportReport
from app.services.settings import OfficeDetails, save_office
from app.services.workspace import Workspace

DATABASE = "opora-demo.db"


def fill(workspace: Workspace) -> ImportPlan | ImportReport:
    """Load the district's stick and the requisites of its office; return the report."""
    stick, office = paths.resource("demo", "usb"), paths.resource("demo", "office.json")
    if not stick.is_dir() or not office.is_file():
        raise ResourceError(
            f"В программе нет вымышленного района ({stick.parent}).", "Установите программу заново."
        )
    report = load_files(workspace, [stick], store=True, good=False)
    save_office(workspace, OfficeDetails(**json.loads(office.read_text(encoding="utf-8"))))
    return report


def fresh_database(folder: Path, doors: Doors) -> Path:
    """Return a free path of the demo's own database in ``folder``; an earlier demo is removed.

    The name is the demo's alone, and the user's own database is refused, so nobody's work is lost.
    """
    path = folder / DATABASE
    if path.resolve() == paths.default_database().resolve():
        raise UserError(f"{path} – ваша рабочая база.", "Укажите для показа другую папку.")
    if path.exists():
        _close_elsewhere(path, doors)
        _remove(path)
    return path


def _close_elsewhere(path: Path, doors: Doors) -> None:
    """Raise DatabaseBusy when a window has the earlier demo open; a damaged one is no loss."""
    try:
        with doors.open_workspace(path):
            pass
    except DatabaseBusy:
        raise
    except DatabaseError:
        return


def _remove(path: Path) -> None:
    archive = paths.archive_dir(path)
    try:
        if archive.is_dir():
            shutil.rmtree(archive)
        path.unlink()
    except OSError as error:
        raise UserError(
            f"Прежний показ в папке {path.parent} убрать нельзя: {reason(error)}.",
            "Закройте файлы, открытые из этой папки, или укажите другую.",
        ) from error
