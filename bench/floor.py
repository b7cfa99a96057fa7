"""The floor under an import: read every cell with calamine, write the rows with executemany.

``python -m bench.floor FOLDER DATABASE``

Nothing is recognised, recovered, matched or checked.  What is written is as wide as what any honest
store has to keep of a result: whose it is, of which procedure, twelve figures, the file with its
hash, the sheet and the row; under the pragmas and with the indexes of the program.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from app.models.files import PRAGMAS

_SCHEMA = """
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT, sha256 TEXT, size INTEGER);
CREATE TABLE block (id INTEGER PRIMARY KEY, file_id INTEGER REFERENCES file(id), sheet TEXT);
CREATE TABLE result (
    id INTEGER PRIMARY KEY, school_id INTEGER, assessment_id INTEGER,
    c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12,
    block_id INTEGER REFERENCES block(id), rows TEXT, current BOOLEAN, replaced_id INTEGER
);
CREATE INDEX by_assessment ON result (assessment_id);
CREATE INDEX by_block ON result (block_id);
CREATE UNIQUE INDEX in_force ON result (school_id, assessment_id) WHERE current = 1;
"""
_FIGURES = 12
_INSERT = f"INSERT INTO result VALUES ({', '.join('?' * (7 + _FIGURES))})"


def main(folder: Path, database: Path) -> None:
    """Put each row of each sheet into one table, in one transaction."""
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in (*PRAGMAS, "PRAGMA foreign_keys = ON"):
        connection.execute(pragma)
    connection.executescript(_SCHEMA)
    connection.execute("BEGIN IMMEDIATE")
    for number, path in enumerate(sorted(folder.rglob("*.xlsx")), start=1):
        _store(connection, number, path)
    connection.execute("COMMIT")
    connection.close()


def _store(connection: sqlite3.Connection, number: int, path: Path) -> None:
    data = path.read_bytes()
    file = (number, str(path), hashlib.sha256(data).hexdigest(), len(data))
    connection.execute("INSERT INTO file VALUES (?, ?, ?, ?)", file)
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        query = "INSERT INTO block (file_id, sheet) VALUES (?, ?)"
        block = connection.execute(query, (number, name)).lastrowid
        connection.executemany(
            _INSERT,
            [
                (None, row, block, *_figures(cells), block, str(row), True, None)
                for row, cells in enumerate(rows, start=1)
            ],
        )


def _figures(cells: list[Any]) -> list[Any]:
    """Return the first cells of a row; calamine gives dates too, which SQLite does not take."""
    plain = [cell if isinstance(cell, (str, int, float)) else str(cell) for cell in cells]
    return plain[:_FIGURES] + [None] * (_FIGURES - len(plain))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
