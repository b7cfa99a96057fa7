"""The floor under an import: read every cell with calamine, write the rows with executemany.

``python -m bench.floor FOLDER DATABASE``
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def main(folder: Path, database: Path) -> None:
    """Put each row of each sheet into one table, in one transaction."""
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE row (file TEXT, sheet TEXT, number INTEGER, cells TEXT)")
    for path in sorted(folder.rglob("*.xlsx")):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            connection.executemany(
                "INSERT INTO row VALUES (?, ?, ?, ?)",
                [
                    (str(path), name, number, json.dumps(cells, default=str))
                    for number, cells in enumerate(rows, start=1)
                ],
            )
    connection.commit()
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
