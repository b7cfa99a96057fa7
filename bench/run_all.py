"""Every measurement, one after the other: ``python -m bench.run_all``."""

from __future__ import annotations

import subprocess
import sys

from bench.measuring import ROOT

SCRIPTS = (
    "bench.import_stick",
    "bench.classify",
    "bench.startup",
    "bench.programme_pdf",
    "bench.roadmap_tree",
    "bench.preview",
)


def main() -> int:
    """Run each script in a process of its own; 1 when one of them missed its promise."""
    missed = [
        script
        for script in SCRIPTS
        if subprocess.run([sys.executable, "-m", script], cwd=ROOT).returncode
    ]
    print(f"Missed: {', '.join(missed)}" if missed else "Every promise was kept.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
