"""A database that an earlier release wrote opens with today's program, and every row is there."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from app.models.database import APPLICATION_ID
from app.models.files import connected, pragma
from app.models.migrations import head
from app.models.opening import open_database
from app.models.results import Result
from app.models.schools import School

FROZEN = sorted((Path(__file__).resolve().parent / "frozen").glob("[0-9]*.db"))

Rows = dict[str, list[dict[str, object]]]


def rows(path: Path) -> Rows:
    """Return every row of every table of a file, as SQLite holds it."""
    with connected(path) as connection:
        connection.row_factory = sqlite3.Row
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1")]
            for (name,) in names
        }


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of one frozen database."""
    return Path(shutil.copyfile(request.param, tmp_path / request.param.name))


def test_there_is_a_frozen_database_of_every_schema() -> None:
    assert [int(path.stem) for path in FROZEN] == list(range(1, head() + 1))


def test_every_table_of_a_frozen_database_holds_rows(frozen: Path) -> None:
    with connected(frozen) as connection:
        assert pragma(connection, "application_id") == APPLICATION_ID
        assert pragma(connection, "user_version") == int(frozen.stem)
    assert [name for name, found in rows(frozen).items() if not found] == []


def test_every_row_survives_the_update(frozen: Path) -> None:
    before = rows(frozen)

    open_database(frozen).close()

    after = rows(frozen)
    for table, old in before.items():
        found = after[table][: len(old)]
        kept = [{name: row.get(name) for name in was} for row, was in zip(found, old, strict=True)]
        assert kept == old, table


def test_the_models_read_a_frozen_database(frozen: Path) -> None:
    with open_database(frozen) as opened, opened.database.read() as session:
        school = session.get_one(School, 1)
        assert school.short_name == "МБОУ Верхнеозёрская СОШ"
        assert sorted(code.code for code in school.codes) == ["0101", "0111", "edu000001"]
        current = session.query(Result).filter_by(school_id=1, current=True).one()
        assert (current.below, current.participants, current.mean) == (6, 20, None)
        replaced = session.get_one(Result, current.replaced_id)
        assert (replaced.below, replaced.current) == (7, False)
        assert replaced.assessment.subject == "русский язык"
