"""What ``run.py`` does: prepare the environment, then run the demo, the checks or the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import environment, system

USAGE = """\
Использование: python3 run.py КОМАНДА  (в Windows: py run.py КОМАНДА)

  demo [--out ПАПКА] [--window]   основная работа на вымышленном районе: загрузка, перечень, приказ
  test [--slow]                   все проверки проекта; --slow: долгие испытания
  test АРГУМЕНТЫ                  только pytest с этими аргументами
  app [АРГУМЕНТЫ]                 сама программа: без аргументов окно, иначе команда
"""

PARALLEL = ("--numprocesses=logical", "--maxprocesses=4", "--dist=worksteal")
"""Measured on two busy cores: 1479 tests in 289 s on one worker, 1989 tests in 150 s on two; later
6161 tests in 593 s on two.  Neighbours stay on one worker, so that what a file loads is loaded
once; who is done takes from the others, so that nobody waits for the long tests at the end."""

GATE = ("--cov", "--cov-config=pyproject.toml", "--cov-report=term-missing:skip-covered")

GATE_TESTS = (
    "tests/methodology",
    "tests/analysis/test_tasks.py",
    "tests/analysis/test_uncertainty.py",
    "tests/importing/test_counts.py",
    "tests/importing/test_names.py",
    "tests/people",
    "tests/test_russian.py",
)
"""What reaches every branch of the modules under the gate, see ``tool.coverage`` of pyproject.toml.

Watching the branches slows Python down several times, so these run by themselves and the rest
unwatched: every test runs once.
"""


def main(arguments: Sequence[str]) -> int:
    """Run the command that ``arguments`` name and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A redirected console of Windows may know no Cyrillic at all.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    commands: dict[str, Callable[[list[str]], int]] = {"demo": _demo, "test": _test, "app": _app}
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if name not in commands:
        print(USAGE, end="", file=sys.stdout if name in ("-h", "--help") else sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    try:
        return commands[name](rest)
    except (environment.SetupError, system.MissingLibraries) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Остановлено.", file=sys.stderr)
        return 2


def _demo(arguments: list[str]) -> int:
    if "--window" in arguments:
        system.provide(system.WINDOW_LIBRARIES)
    python = environment.prepare(environment.RUNTIME_LOCK)
    return _run([str(python), "-m", "app", "demo", *arguments])


def _app(arguments: list[str]) -> int:
    opens_window = not arguments or arguments[0] == "--db"
    if opens_window:
        system.provide(system.WINDOW_LIBRARIES)
    elif arguments[0] == "screenshots":
        system.provide(system.TEST_LIBRARIES)
    python = environment.prepare(environment.RUNTIME_LOCK)
    return _run([str(python), "-m", "app", *arguments])


def _test(arguments: list[str]) -> int:
    system.provide(system.TEST_LIBRARIES)
    python = str(environment.prepare(environment.DEVELOPER_LOCK))
    slow = "--slow" in arguments
    rest = [argument for argument in arguments if argument != "--slow"]
    pytest = [python, "-m", "pytest", *PARALLEL, "-m", "slow" if slow else "not slow"]
    if slow or rest:
        return _run([*pytest, *rest], cwd=environment.ROOT)
    return _all_checks(python, pytest)


def _all_checks(python: str, pytest: list[str]) -> int:
    """Run every check, also after one that failed, and name the failed ones at the end."""
    checks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "pytest": [*pytest, *(f"--ignore={path}" for path in GATE_TESTS)],
        "pytest, каждая ветвь правил": [*pytest, *GATE, *GATE_TESTS],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        started = time.monotonic()
        if _run(command, cwd=environment.ROOT):
            failed.append(name)
        print(f"== {name}: {time.monotonic() - started:.0f} с", flush=True)
    print(f"Не прошли: {', '.join(failed)}" if failed else "Все проверки прошли.")
    return 1 if failed else 0


def _run(command: list[str], cwd: Path | None = None) -> int:
    variables = {**os.environ, "PYTHONPATH": str(environment.ROOT)}
    if command[1:3] == ["-m", "pytest"]:
        variables["QT_QPA_PLATFORM"] = "offscreen"
        # A file compiled once serves every worker and the hundreds of children they start.
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
    stdin = subprocess.DEVNULL if cwd else None
    return subprocess.run(command, cwd=cwd, env=variables, stdin=stdin).returncode
