"""How long the window takes to paint and to fill its first table, against a bare PySide6 window.

``python -m bench.startup [--runs N]``.  Every figure is the wall time from the start of a Python
process to the event; the kinds of start alternate, so that a busy machine slows all alike.  Works
without a display.  Exit code 1 when a promise is missed.

«No list kept» is the very first start on a database, or the first after another program changed
it: the list then waits for SQLAlchemy, which alone takes longer than two bare windows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measuring import ROOT

LIMITS = {"painted": 1.3, "filled": 3.0}
"""Times of a bare window."""
TITLES = {
    "bare": "bare PySide6 window painted",
    "painted": "our window painted",
    "filled": "our first table filled",
    "first-filled": "our first table filled, no list kept",
}
KEPT_LIST = "first-list.json"


class Starts:
    """Starts windows over one database of the bundled district."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "opora.db"
        self.kept = folder / KEPT_LIST
        self.environment = {**os.environ, "OPORA_DATA": str(folder)}
        self.environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        # An installed program has its bytecode beside it.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.child("prepare")
        self.child("keep")

    def child(self, kind: str) -> str:
        """Run one start and return what it printed; a failing one stops the bench."""
        command = [sys.executable, str(ROOT / "bench" / "start_child.py"), kind, str(self.database)]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            sys.exit(f"{kind} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def seconds(self, kind: str) -> float:
        """Return the time from the start of the process to its event."""
        if kind == "first-filled":
            self.kept.rename(self.kept.with_suffix(".away"))
        started = time.monotonic()
        printed = self.child(kind)
        if kind == "first-filled":
            self.kept.with_suffix(".away").replace(self.kept)
        return float(printed.split()[-1]) - started


def report(times: dict[str, list[float]]) -> bool:
    """Print medians and ratios; return True when the promises are kept."""
    middle = {kind: statistics.median(found) for kind, found in times.items()}
    kept = True
    for kind, title in TITLES.items():
        ratio = middle[kind] / middle["bare"]
        limit = LIMITS.get(kind)
        kept &= limit is None or ratio <= limit
        note = "" if limit is None else f"   limit {limit:.1f}"
        print(f"{title:<40}{middle[kind]:7.3f} s{ratio:7.2f} x{note}")
    return kept


def main() -> int:
    """Measure every kind of start in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        starts = Starts(Path(folder))
        times: dict[str, list[float]] = {kind: [] for kind in TITLES}
        for _ in range(runs):
            for kind in TITLES:
                times[kind].append(starts.seconds(kind))
    return int(not report(times))


if __name__ == "__main__":
    sys.exit(main())
