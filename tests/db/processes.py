"""Programs that tests start in another process, to own the database and to die in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_OWNER = """
import sys
from pathlib import Path
from app.errors import UserError
from app.models.opening import open_database
try:
    opened = open_database(Path(sys.argv[1]))
except UserError as error:
    sys.stderr.buffer.write(str(error).encode("utf-8"))
    raise SystemExit(2)
print("open", flush=True)
sys.stdin.read()
opened.close()
"""


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a Python program in its own process to its end, whatever that is."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, input="", capture_output=True, encoding="utf-8", check=False
    )


def second_start(database: Path) -> subprocess.CompletedProcess[str]:
    """Open ``database`` in another process and close it at once; code 2 means refused."""
    return run(_OWNER, database)


@contextmanager
def other_owner(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold ``database`` open in another process; it ends when killed or when the block ends."""
    command = [sys.executable, "-c", _OWNER, str(database)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
