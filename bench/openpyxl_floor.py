"""What people would write instead: read every sheet by pandas with openpyxl, or by openpyxl alone.

``python -m bench.openpyxl_floor pandas|openpyxl FOLDER``; nothing is stored.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(way: str, folder: Path) -> None:
    """Read all values of all sheets."""
    read = _by_pandas if way == "pandas" else _by_openpyxl
    for path in sorted(folder.rglob("*.xlsx")):
        read(path)


def _by_pandas(path: Path) -> None:
    import pandas  # not a dependency of the bench: asked for only where it is there

    pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl")


def _by_openpyxl(path: Path) -> None:
    from openpyxl import load_workbook  # only one of the two ways pays for its import

    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
