"""A process that is killed in the middle of writing, and what it leaves in the file."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.db.processes import ROOT

_PRELUDE = """
import os, signal, sqlite3, sys
from pathlib import Path
from app.models import files

class Watched(sqlite3.Connection):
    statements = 0

def count(_statement):
    Watched.statements += 1
    if Watched.statements == KILL_AT:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

def watched(path, *, create=False):
    connection = connect(path, create=create)
    connection.set_trace_callback(count)
    return connection

KILL_AT, PATH, ATOMIC = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "atomic"
connect, files.connect = files.connect, watched
"""
"""Counts the statements of every connection, and kills its own process before one of them."""

MIGRATE = (
    _PRELUDE
    + """
from app.models import migrations
from app.models.migrations import runner
migrations.FOLDER = Path(sys.argv[4])
if not ATOMIC:
    runner._begin = lambda connection: None
runner.migrate(PATH)
print(Watched.statements)
"""
)
"""Runs the steps of the folder in argument 4; the control leaves out our BEGIN."""

WRITE = (
    _PRELUDE
    + """
from app.models import database
from app.models.imports import ImportBatch, ImportFile
from app.models.office import Setting
from app.models.opening import open_database
from tests.migrations.populate import MOMENT, populate
if not ATOMIC:
    database._begin = lambda connection: None
with open_database(PATH) as opened, opened.database.write() as session:
    populate(session)
    session.flush()
    for number in range(40):
        session.add(Setting(key=f"big {number}", value="x" * 20_000))
        session.flush()
print(Watched.statements)
"""
)
"""Stores a small district and 800 KB in one block; the control leaves out our BEGIN."""


@dataclass(frozen=True)
class Ending:
    """How a process ended: ``statements`` is None when it was killed."""

    killed: bool
    statements: int | None


def run_killed(
    program: str, kill_at: int, path: Path, *more: object, atomic: bool = True, tracer: str = ""
) -> Ending:
    """Run ``program`` on ``path`` until its statement number ``kill_at``; 0 lets it end.

    ``tracer`` is a command line that runs it and may kill it elsewhere.
    """
    mode = "atomic" if atomic else "control"
    command = [*tracer.split(), sys.executable, "-c", program, kill_at, path, mode, *more]
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return Ending(False, int(done.stdout))
    assert not done.stderr, done.stderr  # killed, not failed
    return Ending(True, None)


def state(path: Path) -> str:
    """Return a digest of all that a file holds, after SQLite rolled back what was unfinished."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        schema = connection.execute("PRAGMA user_version").fetchone()
        dump = "\n".join(connection.iterdump())
    finally:
        connection.close()
    return hashlib.sha256(f"{schema}{dump}".encode()).hexdigest()
