"""Time and memory of an import against the floor: ``python -m bench.import_stick [FOLDER]``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.measuring import ROOT, Measured, measure, median

DEMO = ROOT / "resources" / "demo" / "usb"
MEMORY_LIMIT_MB = 400
"""Promised for the import of a stick (with all child processes)."""
_RUNS = 3


def main(arguments: list[str]) -> int:
    """Measure in one run and print ratios; 1 when the memory is over the promise."""
    stick = Path(arguments[0]).resolve() if arguments else DEMO
    floor = median(_RUNS, _fresh("bench.floor", lambda db: [str(stick), str(db)]))
    loaded = median(_RUNS, _fresh("app", lambda db: ["import", str(stick), "--db", str(db)]))
    planned = median(
        _RUNS, _fresh("app", lambda db: ["import", str(stick), "--db", str(db), "--dry-run"])
    )
    print(f"{stick.name}: {len(list(stick.rglob('*.*')))} files, median of {_RUNS} runs")
    print(f"floor (calamine + executemany)  {floor.seconds:6.2f} s  {floor.peak_mb:5.0f} MB")
    for name, found in (("import", loaded), ("import --dry-run", planned)):
        ratio = found.seconds / floor.seconds
        print(f"{name:31} {found.seconds:6.2f} s  {found.peak_mb:5.0f} MB  {ratio:.1f} × floor")
    return int(max(loaded.peak_mb, planned.peak_mb) > MEMORY_LIMIT_MB)


def _fresh(module: str, words: Callable[[Path], list[str]]) -> Callable[[], Measured]:
    """Return a run of the module on a database that is not there yet."""

    def once() -> Measured:
        with tempfile.TemporaryDirectory() as folder:
            return measure([sys.executable, "-m", module, *words(Path(folder) / "bench.db")])

    return once


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
