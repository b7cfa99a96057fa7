"""Fixtures of the whole suite: a database per test, no trace outside ``tmp_path``, no stray log."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from app.models.database import Database
from app.models.opening import open_database
from app.paths import archive_dir
from app.services.workspace import Workspace
from tests.fillings import Fillings

# No example has a deadline: a busy machine is not a fault of the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

_ROUND = 10_000
"""New objects between two rounds of the garbage collector; Python's own 700 is a tenth slower."""


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of this file."""
    config.addinivalue_line("markers", "expects_log(*loggers): warnings of these loggers are meant")
    gc.set_threshold(_ROUND)


def pytest_collection_finish() -> None:
    """Set aside what all the tests together loaded."""
    _set_aside()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Set aside what the tests of one file left loaded, once all its fixtures have ended."""
    done = yield
    if nextitem is None or nextitem.path != item.path:
        _set_aside()
    return done


def _set_aside() -> None:
    """Collect the garbage and spare the rest the collector's rounds from now on.

    Thousands of tests and the packages they load stay to the end; going through them again and
    again took a fifth of the whole time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's own data away: the program's data folder lies inside ``tmp_path``."""
    folder = tmp_path / "data"
    monkeypatch.setenv("OPORA_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an empty database once, through the real migrations; tests get copies of it."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    open_database(path).close()
    return path


@pytest.fixture
def database_path(template_database: Path, data_dir: Path) -> Path:
    """Return the path of an empty, closed database of this test: the program's default one."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(template_database, data_dir / "opora.db"))


@pytest.fixture
def database(database_path: Path) -> Iterator[Database]:
    """Open the empty database of this test and close it afterwards."""
    with open_database(database_path) as opened:
        yield opened.database


@pytest.fixture
def workspace(database: Database) -> Workspace:
    """Return the workspace over ``database``; its archive folder exists and is empty."""
    archive = archive_dir(database.path)
    archive.mkdir()
    return Workspace(database, archive)


@pytest.fixture(scope="session")
def fillings(tmp_path_factory: pytest.TempPathFactory) -> Fillings:
    """Return what fills the empty database of a test without storing it row by row again."""
    return Fillings(tmp_path_factory.mktemp("fillings"))


@pytest.fixture
def allowed_logs(request: pytest.FixtureRequest) -> set[str]:
    """Hold the names of loggers whose warnings this test expects: ``allowed_logs.add("app.x")``.

    The marker ``@pytest.mark.expects_log("app.x")`` says the same for a whole test.
    """
    return {name for mark in request.node.iter_markers("expects_log") for name in mark.args}


@pytest.fixture(autouse=True)
def no_unexpected_logs(caplog: pytest.LogCaptureFixture, allowed_logs: set[str]) -> Iterator[None]:
    """Fail a test that logs a warning or worse without having said so."""
    yield
    stray = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING and record.name not in allowed_logs
    ]
    assert not stray, f"unexpected log: {[(r.name, r.getMessage()) for r in stray]}"
