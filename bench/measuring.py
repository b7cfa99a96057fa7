"""Run a command and measure its time and the memory of it and its children together."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
_EVERY_SECONDS = 0.025


@dataclass(frozen=True)
class Measured:
    """Wall time in seconds and the highest sum of resident memory in megabytes.

    ``processor`` are the seconds of processor time of all processes together, as last seen: on a
    machine that others use, its ratios tell more than those of the wall clock.
    """

    seconds: float
    peak_mb: float
    processor: float = 0.0


def measure(command: list[str], done: tuple[int, ...] = (0, 1)) -> Measured:
    """Run the command to its end; one that ends otherwise than ``done`` stops the bench."""
    started = time.perf_counter()
    # A file, not a pipe: nobody reads while we watch, and a full pipe would stop the command.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        watched = psutil.Process(process.pid)
        peak = 0
        used: dict[int, float] = {}
        while process.poll() is None:
            peak = max(peak, _look(watched, used))
            time.sleep(_EVERY_SECONDS)
        seconds = time.perf_counter() - started
        if process.returncode not in done:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read()}")
    return Measured(seconds, peak / 1e6, sum(used.values()))


def _look(process: psutil.Process, used: dict[int, float]) -> int:
    """Return the resident bytes of all processes; note in ``used`` the processor time of each."""
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
            times = one.cpu_times()
            used[one.pid] = times.user + times.system
    except psutil.NoSuchProcess:
        return total  # ended while we looked
    return total


def median(runs: int, once: Callable[[], Measured]) -> Measured:
    """Return the median time and the highest memory of several runs."""
    found = [once() for _ in range(runs)]
    return Measured(
        statistics.median(run.seconds for run in found),
        max(run.peak_mb for run in found),
        statistics.median(run.processor for run in found),
    )
