"""The steps and the live models describe one schema, and the steps stand on their own."""

from __future__ import annotations

import ast
import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from app.errors import ResourceError
from app.models import migrations
from app.models.files import connected
from app.models.tables import Base

STEPS = sorted((migrations.FOLDER / "versions").glob("[0-9]*.py"))


def differences(path: Path) -> list[object]:
    """Return what Alembic finds different between a file and the live models."""
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, Base.metadata)
    engine.dispose()
    return found


def shape(path: Path) -> dict[str, object]:
    """Return columns, keys and indexes of a file as SQLite tells them, down to ``WHERE``."""
    with connected(path) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {name: _table(connection, name) for name in names}


def _table(connection: sqlite3.Connection, name: str) -> object:
    columns = sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({name})"))
    keys = sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})"))
    indexes = []
    for _, index, unique, origin, partial in connection.execute(f"PRAGMA index_list({name})"):
        parts = [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (index,)
        ).fetchone()
        where = re.sub(r"\s+", " ", sql.partition("WHERE")[2]) if sql else ""
        named = "" if index.startswith("sqlite_autoindex") else index
        indexes.append((named, unique, origin, partial, parts, where))
    return columns, keys, sorted(indexes)


@pytest.fixture
def modelled(tmp_path: Path) -> Path:
    """Return a database made from the live models, without any step."""
    path = tmp_path / "modelled.db"
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


def test_steps_and_models_agree(database_path: Path) -> None:
    assert differences(database_path) == []


def test_a_difference_would_be_seen(database_path: Path) -> None:
    with connected(database_path) as connection:
        connection.execute("ALTER TABLE school DROP COLUMN director")

    assert len(differences(database_path)) == 1


def test_steps_and_models_agree_in_what_alembic_does_not_compare(
    database_path: Path, modelled: Path
) -> None:
    assert shape(database_path) == shape(modelled)


def test_a_difference_of_an_index_condition_would_be_seen(
    database_path: Path, modelled: Path
) -> None:
    with connected(modelled) as connection:
        connection.execute("DROP INDEX uq_result_current")
        connection.execute(
            "CREATE UNIQUE INDEX uq_result_current ON result (school_id, assessment_id)"
            " WHERE current = 0"
        )

    assert shape(database_path) != shape(modelled)


def test_the_numbers_are_one_line_without_gaps() -> None:
    script = ScriptDirectory(str(migrations.FOLDER))
    numbers = [int(step.revision) for step in reversed(list(script.walk_revisions()))]

    assert numbers == list(range(1, migrations.head() + 1))
    assert [int(path.stem) for path in STEPS] == numbers


@pytest.mark.parametrize("path", STEPS, ids=lambda path: path.stem)
def test_a_step_never_imports_the_program(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported
    assert not [name for name in imported if name.split(".")[0] == "app"]


def test_a_program_without_its_steps_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)

    with pytest.raises(ResourceError, match="нет файлов обновления базы"):
        migrations.head()
