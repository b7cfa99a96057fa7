"""The barest floor under an import: cells by calamine, rows by executemany, nothing else at all.

``python -m bench.plain_floor FOLDER DATABASE``

One table without an index, SQLite as it comes, one transaction: no file, no hash, no place of a row
is kept.  No store could be as little; ``bench.floor`` is as wide as an honest one has to be.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

_COLUMNS = 20


def main(folder: Path, database: Path) -> None:
    """Put the cells of each row of each sheet into one table."""
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE cells ({', '.join(f'c{n}' for n in range(_COLUMNS))})")
    query = f"INSERT INTO cells VALUES ({', '.join('?' * _COLUMNS)})"
    for path in sorted(folder.rglob("*.xlsx")):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            padding = [None] * (_COLUMNS - min(len(rows[0]), _COLUMNS)) if rows else []
            connection.executemany(query, [[*row[:_COLUMNS], *padding] for row in rows])
    connection.commit()
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
