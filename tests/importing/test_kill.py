"""Killed with -9 while storing: the database opens and holds all of a load or nothing."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from app.models.opening import open_database
from app.services.workspace import Workspace
from tests.importing.loads import VPR, load, ref, register, result, results, school

SCHOOLS = 40
GRADES = range(1, 51)
ROWS = SCHOOLS * len(GRADES)
QUICK, THOROUGH = 3, 60


def school_ref(number: int) -> object:
    """Return how the files name a school."""
    return ref(f"СОШ №{number}", fisoko=f"edu{number:06d}", rcoi=f"{number:05d}")


def big_load(workspace: Workspace, n2: int) -> None:
    """Store a register and a file of two thousand results, every one with ``n2``."""
    from dataclasses import replace

    people = [school(4 + n, school_ref(n), pupils=100 + n2 + n) for n in range(SCHOOLS)]
    facts = [
        result(9 + row, school_ref(row % SCHOOLS), n2=n2, procedure=replace(VPR, grade=grade))
        for grade in GRADES
        for row in range(SCHOOLS)
    ]
    load(workspace, register("Реестр.xlsx", *people), results(f"{n2}.xlsx", *facts))


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    """Open the database of a test as the program does."""
    with open_database(path) as database:
        yield Workspace(database.database, path.with_name("archive"))


def contents(path: Path) -> tuple[int, list[tuple[int, int]], int]:
    """Return the loads, how many current results have which «2», and the schools of the newest."""
    with opened(path) as workspace, workspace.database.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        marks = session.execute(
            text("SELECT n2, count(*) FROM result WHERE current GROUP BY n2 ORDER BY n2")
        )
        loads = session.execute(text("SELECT count(*) FROM import_batch")).scalar_one()
        pupils = session.execute(text("SELECT min(pupils) FROM school")).scalar_one()
        return loads, [(row[0], row[1]) for row in marks], pupils


def run_and_kill(path: Path, delay: float | None) -> float:
    """Load other figures in a process and kill it ``delay`` seconds after it began, or never.

    Returns the seconds that it ran.
    """
    code = (
        "from pathlib import Path; from tests.importing import test_kill as t\n"
        f"with t.opened(Path({str(path)!r})) as w:\n"
        "    print('ready', flush=True); t.big_load(w, 2)\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        started = time.perf_counter()
        if delay is not None:
            time.sleep(delay)  # the moment of the kill is the matter of the test, not a wait
            process.kill()
        errors = process.communicate()[1]
    assert delay is not None or process.returncode == 0, errors.decode()
    return time.perf_counter() - started


@pytest.fixture
def loaded(database_path: Path) -> Path:
    """A closed database that holds one load."""
    with opened(database_path) as workspace:
        big_load(workspace, 1)
    return database_path


def kill_many(loaded: Path, tmp_path: Path, times: int) -> set[int]:
    """Kill loads at random moments; return the numbers of loads that were found afterwards."""
    path = tmp_path / "опыт" / "opora.db"
    path.parent.mkdir()
    shutil.copyfile(loaded, path)
    whole = run_and_kill(path, None)
    assert contents(path) == (2, [(2, ROWS)], 102)
    moments = random.Random(20260301)
    found = set()
    for _ in range(times):
        for leftover in path.parent.glob("opora.db*"):
            leftover.unlink()
        shutil.copyfile(loaded, path)
        run_and_kill(path, moments.uniform(0.0, whole))
        loads, marks, pupils = contents(path)
        assert (loads, marks, pupils) in (
            (1, [(1, ROWS)], 101),
            (2, [(2, ROWS)], 102),
        )
        found.add(loads)
    return found


def test_kill_leaves_all_or_nothing(loaded: Path, tmp_path: Path) -> None:
    assert kill_many(loaded, tmp_path, QUICK)


@pytest.mark.slow
def test_many_kills_leave_all_or_nothing(loaded: Path, tmp_path: Path) -> None:
    # Both outcomes must have been seen, or the moments were not inside the load.
    assert kill_many(loaded, tmp_path, THOROUGH) == {1, 2}
