"""Writes the messy sticks for a look by hand: ``python -m tests.journeys.messy_stick DIR``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.journeys import messy_lower, messy_upper


def make(root: Path) -> dict[str, set[str]]:
    """Write both sticks below ``root`` and return the keys of their ШНОР of 2025."""
    upper = messy_upper.make(root / "upper", lambda path: path.write_bytes(b"PK\x03\x04"))
    lower = messy_lower.make(root / "lower")
    return {"upper": upper.shnor(2025), "lower": lower.shnor(2025)}


if __name__ == "__main__":
    for stick, schools in make(Path(sys.argv[1])).items():
        print(stick, *sorted(schools))
