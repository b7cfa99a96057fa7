"""Files that harm careless readers; ``python -m tests.hostile.make DIR`` writes them."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile import broken, readable
from tests.hostile.cases import Case

CASES: tuple[Case, ...] = readable.CASES + broken.CASES


def make(folder: Path) -> list[Path]:
    """Write the whole set into a folder and return the paths, in the order of ``CASES``."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for case in CASES:
        path = folder / case.name
        case.build(path)
        paths.append(path)
    return paths


if __name__ == "__main__":
    print(f"{len(make(Path(sys.argv[1])))} files")
