"""200 files of 100,000 result rows against the floor and pandas: ``python -m bench.import_big``.

``python -m bench.import_big PYTHON`` names an interpreter that has pandas and openpyxl, where this
one has no pandas: it is no dependency of the program.

Two floors are measured in the same run, both calamine reading the same files plus ``executemany``
into SQLite in one transaction.  The one that the promise is judged by (``bench.floor``) writes what
an honest store has to keep of a row: whose it is, of what, twelve figures, its file with the hash,
its sheet and row, under the pragmas and with the three indexes of the program.  The bare one
(``bench.plain_floor``) writes the cells of a row into a table without an index; it is only printed.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from pathlib import Path

from bench.big_stick import ROWS_PER_FILE, make
from bench.measuring import Measured, measure

MAX_RATIO = 3.0
"""Times the floor that the import of the large stick may take (issue 3)."""
MIN_GAIN = 4.0
"""Times faster than reading alone by pandas with openpyxl."""
MEMORY_LIMIT_MB = 500
MAX_GROWTH = 1.3
"""A row of the largest stick may take this many times a row of the one before: linear growth."""

_FILES = (2, 20, 200)


def main(arguments: list[str]) -> int:
    """Measure everything in one run and print seconds, ratios, memory; 1 for a missed promise."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _warm(folder)
        kept = [_growth(folder, arguments[0] if arguments else sys.executable), _mix(folder)]
    return int(not all(kept))


def _warm(folder: Path) -> None:
    """Let every run find its bytecode, as an installed program has it beside its modules."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    stick = folder / "warm"
    make(stick, _FILES[1], protocols=True)
    _floor(stick, folder)
    _bare(stick, folder)
    _product(stick, folder)


def _growth(folder: Path, python: str) -> bool:
    """Print the table of sizes and the comparison for the largest; return whether all is kept."""
    per_row = []
    for files in _FILES:
        stick = folder / f"stick{files}"
        make(stick, files, protocols=False)
        floor, product = _floor(stick, folder), _product(stick, folder)
        rows = files * ROWS_PER_FILE
        per_row.append(product.seconds / rows)
        _print(f"{rows:7} rows", floor, product)
    growth = per_row[-1] / per_row[-2]
    print(f"seconds per row, largest / the one before: {growth:.2f} (at most {MAX_GROWTH})")
    bare = _bare(stick, folder)
    ratio = product.seconds / bare.seconds
    print(
        f"bare floor: {bare.seconds:.2f} s, the import is {ratio:.1f} × it, "
        f"by processor {product.processor / bare.processor:.1f} ×"
    )
    return _compare(stick, floor, product, python) and growth <= MAX_GROWTH


def _compare(stick: Path, floor: Measured, product: Measured, python: str) -> bool:
    known = python != sys.executable or importlib.util.find_spec("pandas")
    way = "pandas" if known else "openpyxl"
    reading = measure([python, "-m", "bench.openpyxl_floor", way, str(stick)], (0,))
    gain = reading.seconds / product.seconds
    label = "pandas + openpyxl" if known else "openpyxl alone (pandas is not installed)"
    print(
        f"{label}, reading only: {reading.seconds:.2f} s, {gain:.1f} × the import, "
        f"by processor {reading.processor / product.processor:.1f} ×"
    )
    return _within(floor, product) and gain >= MIN_GAIN


def _mix(folder: Path) -> bool:
    """Print the same for a stick with protocols of pupils among the statistics."""
    stick = folder / "mix"
    make(stick, _FILES[-1], protocols=True)
    floor, product = _floor(stick, folder), _product(stick, folder)
    _print("with protocols", floor, product)
    return _within(floor, product)


def _floor(stick: Path, folder: Path) -> Measured:
    database = folder / f"{stick.name}.floor.db"
    return measure([sys.executable, "-m", "bench.floor", str(stick), str(database)], (0,))


def _bare(stick: Path, folder: Path) -> Measured:
    database = folder / f"{stick.name}.bare.db"
    return measure([sys.executable, "-m", "bench.plain_floor", str(stick), str(database)], (0,))


def _product(stick: Path, folder: Path) -> Measured:
    database = folder / f"{stick.name}.db"
    return measure([sys.executable, "-m", "app", "import", str(stick), "--db", str(database)])


def _print(label: str, floor: Measured, product: Measured) -> None:
    ratio = product.seconds / floor.seconds
    processor = product.processor / floor.processor
    print(
        f"{label:14}  floor {floor.seconds:6.2f} s {floor.peak_mb:4.0f} MB   "
        f"import {product.seconds:6.2f} s {product.peak_mb:4.0f} MB   {ratio:.1f} × floor, "
        f"processor {product.processor:.2f} s on all cores, {processor:.1f} × floor",
        flush=True,
    )


def _within(floor: Measured, product: Measured) -> bool:
    return product.seconds <= MAX_RATIO * floor.seconds and product.peak_mb <= MEMORY_LIMIT_MB


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
