"""The two commands of the README: ``python3 run.py demo`` and ``python3 run.py test``.

This file must be readable by any Python 3, so that an old one gets a sentence instead of a
SyntaxError; the work is done by ``tools/launcher.py``.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
# Qt 6.8, the last line that runs on glibc 2.28, has no wheels for Python 3.14.
NEWEST = (3, 13)


def suitable(version: "tuple[int, int]") -> bool:
    """Tell whether a (major, minor) version can run the program."""
    return OLDEST <= version <= NEWEST


def find_other() -> "list[str]":
    """Return the command of a suitable Python beside this one, or an empty list."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            return [name]
        if os.name == "nt" and shutil.which("py"):
            command = ["py", f"-3.{minor}"]
            if subprocess.call([*command, "-c", ""], stderr=subprocess.DEVNULL) == 0:
                return command
    return []


def hand_over() -> int:
    """Run this file under a suitable Python, or say in two languages what is missing."""
    other = find_other()
    if other:
        return subprocess.call([*other, os.path.abspath(__file__), *sys.argv[1:]])
    found = "%d.%d" % sys.version_info[:2]  # noqa: UP031 - must run on any Python 3
    sys.stderr.write(
        f"Нужен Python от 3.11 до 3.13, а этот файл запущен на Python {found}. "
        "Установите Python 3.11, 3.12 или 3.13 (python.org) и повторите команду.\n"
        f"Python 3.11 to 3.13 is needed, this is Python {found}. "
        "Install one of them and run the command again.\n"
    )
    return 2


if __name__ == "__main__":
    if not suitable(sys.version_info[:2]):
        sys.exit(hand_over())
    from tools.launcher import main

    sys.exit(main(sys.argv[1:]))
