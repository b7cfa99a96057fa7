"""The start of the program: what it opens, what it logs, and what a bug of ours looks like."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __main__ as start
from app import bootstrap, logs, paths

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """Give the root logger back as it was."""
    root = logging.getLogger()
    handlers, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    yield root
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising


@pytest.mark.parametrize(
    ("words", "database"),
    [
        ([], "default"),
        (["--db", "a.db"], "a.db"),
        (["demo"], None),
        (["--help"], None),
        (["--db"], None),
        (["import", "--db", "a.db"], None),
    ],
)
def test_only_bare_words_open_the_window(words: list[str], database: str | None) -> None:
    expected = {"default": paths.default_database(), None: None}.get(database, Path(str(database)))
    assert bootstrap.window_database(words) == expected


def test_bug_is_logged_and_told_without_a_traceback(
    root_logger: logging.Logger,
    allowed_logs: set[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def bug(_words: object) -> int:
        raise ZeroDivisionError("a bug of ours")

    allowed_logs.add("app")
    monkeypatch.setattr(bootstrap, "start", bug)
    assert start.main() == 2
    told = capsys.readouterr().err
    assert "Внутренняя ошибка" in told
    assert str(paths.log_dir() / "opora.log") in told
    assert "Traceback" not in told
    log = (paths.log_dir() / "opora.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError: a bug of ours" in log


def test_unwritable_log_does_not_stop_the_work(
    root_logger: logging.Logger,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refused(_folder: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(logs, "set_up", refused)
    monkeypatch.setattr(bootstrap, "start", lambda _words: 0)
    assert start.main() == 0
    assert "Журнал работы не ведётся" in capsys.readouterr().err


def run_program(*words: str, data: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a shell does, with nothing of ours in its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env={**kept, "OPORA_DATA": str(data), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )


def test_speaks_utf8_whatever_the_console_is(tmp_path: Path) -> None:
    done = run_program("documents", data=tmp_path, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    assert "Приказ" in done.stdout.decode("utf-8")


def test_refusal_is_one_sentence_on_stderr(tmp_path: Path) -> None:
    done = run_program("classify", "--year", "2025", data=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode("utf-8").startswith("Ошибка. Файла базы")


def test_reader_that_goes_away_is_no_bug(tmp_path: Path) -> None:
    """``opora documents | head -0``: the pipe is closed before anything is written."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "app", "documents"],
        cwd=ROOT,
        env={**os.environ, "OPORA_DATA": str(tmp_path), "PYTHONUNBUFFERED": ""},
        stdout=writer,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_command_needs_no_qt(tmp_path: Path) -> None:
    """The command line runs where Qt's system libraries are missing."""
    code = (
        "import sys; from app import bootstrap\n"
        "code = bootstrap.start(['documents'])\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "OPORA_DATA": str(tmp_path)},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
