"""Write the stick of the imaginary district: ``python -m tools.demo [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.demo import workbooks

DEFAULT = Path(__file__).resolve().parents[2] / "resources" / "demo" / "usb"


def main(arguments: list[str]) -> int:
    """Write the files and print how much they take."""
    folder = Path(arguments[0]) if arguments else DEFAULT
    paths = list(workbooks.stick(folder))
    print(f"{len(paths)} файлов, {sum(path.stat().st_size for path in paths)} байт: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
