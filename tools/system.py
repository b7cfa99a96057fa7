"""System libraries that Qt needs on Linux: found by loading them, brought by apt or named."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

TEST_LIBRARIES: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What PySide6-Essentials links to even without a display, and the Debian package of each."""

WINDOW_LIBRARIES: Mapping[str, str] = {
    **TEST_LIBRARIES,
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""The same for a window on a real screen."""


class MissingLibraries(Exception):  # noqa: N818 - a state of the machine, told to the person
    """Something of the system is missing; the message is Russian and gives the command."""


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of those ``libraries`` that cannot be loaded; Linux only."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for soname, package in libraries.items() if not _loads(soname)]


def provide(libraries: Mapping[str, str]) -> None:
    """Bring the missing libraries where that is allowed, otherwise name them and the command."""
    packages = missing_packages(libraries)
    if packages:
        _bring(packages, "Для Qt не хватает системных библиотек")


def provide_venv_package() -> None:
    """Bring the part of Debian's Python that makes environments (``ensurepip``)."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    _bring([package], "Этот Python не умеет создавать окружения")


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _bring(packages: list[str], what: str) -> None:
    if not (shutil.which("apt-get") and _is_root()):
        raise MissingLibraries(
            f"{what}: {', '.join(packages)}.\n"
            f"Установите их и повторите команду. Debian, Ubuntu, Astra Linux:\n"
            f"    sudo apt-get update && sudo apt-get install -y {' '.join(packages)}\n"
            "В других системах пакеты называются похоже."
        )
    print(f"{what}, ставлю: {' '.join(packages)} …", flush=True)
    _apt("update")
    if _apt("install", "-y", "--no-install-recommends", *packages):
        raise MissingLibraries(f"{what}, а apt-get не смог поставить: {' '.join(packages)}.")


def _apt(*arguments: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", *arguments]
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
