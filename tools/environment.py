"""The project's own virtual environment, filled from a lock file with hashes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from tools import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "opora-stamp.json"
RUNTIME_LOCK = "requirements.lock"
DEVELOPER_LOCK = "requirements-dev.lock"
"""Holds every line of the runtime lock too; ``tests/test_project.py`` watches that."""


class SetupError(Exception):
    """The environment cannot be made; the message is Russian and says what to do."""


def venv_python() -> Path:
    """Return the interpreter of the environment."""
    if os.name == "nt":
        return VENV / "Scripts" / "python.exe"
    return VENV / "bin" / "python"


def prepare(lock: str) -> Path:
    """Make the environment hold what ``lock`` says and return its interpreter.

    An environment that is whole and up to date is left as it is.  One that was interrupted, or
    made from other versions, is made anew: half of a package looks installed to pip.
    """
    installed = _installed_locks()
    if installed is None:
        _create()
        installed = {}
    if lock not in installed and DEVELOPER_LOCK not in installed:
        STAMP.unlink(missing_ok=True)
        _install(lock)
        _write_stamp({**installed, lock: _digest(lock)})
    return venv_python()


def _installed_locks() -> dict[str, str] | None:
    """Return the locks that the environment was filled from, None when it must be made anew."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        same_python = stamp["python"] == _python_tag() and venv_python().exists()
        locks = {str(name): str(digest) for name, digest in stamp["locks"].items()}
        current = all(_digest(name) == digest for name, digest in locks.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return locks if same_python and current else None


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        system.provide_venv_package()
    print("Создаю окружение .venv …", flush=True)
    # The base interpreter: this one may live in the very .venv that is about to be cleared.
    base = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SetupError(
            f"Не удалось создать окружение в папке {VENV}. "
            "Закройте программу, если она запущена из этой папки, и повторите команду."
        )


def _install(lock: str) -> None:
    print(f"Устанавливаю пакеты по {lock}; в первый раз это несколько минут …", flush=True)
    # The lock is complete, so nothing is resolved, and nothing is ever built from source.
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-input"]
    command = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, *options, "-r", str(ROOT / lock)], stdin=subprocess.DEVNULL, cwd=ROOT
    )
    if done.returncode:
        raise SetupError(
            "Пакеты не установлены, причина написана выше. Для установки один раз нужен доступ "
            "к каталогу пакетов Python; затем повторите ту же команду."
        )


def _write_stamp(locks: dict[str, str]) -> None:
    text = json.dumps({"python": _python_tag(), "locks": locks}, indent=1)
    partial = STAMP.with_suffix(".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(STAMP)


def _python_tag() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor} {sys.platform}"


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
