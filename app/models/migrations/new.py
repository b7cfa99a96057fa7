"""For developers: writes the next step of the schema from the difference between file and models.

``python -m app.models.migrations.new "what changes"`` adds a step to be read and finished by hand;
``--first`` makes the only step anew, which is right until the first release and never after it.
Both write ``schema.sql`` anew, which a new file is made by.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from string import Template
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from app.models import migrations
from app.models.base import EnumText, UtcDateTime
from app.models.files import connected, pragma
from app.models.migrations.runner import migrate
from app.models.tables import Base

_TEMPLATE = Template('''"""$message"""

import sqlalchemy as sa
from alembic import op

revision = "$revision"
down_revision = $down
# Tables that this step empties or drops on purpose; any other loss of rows cancels it.
MAY_LOSE_ROWS = ()


def upgrade() -> None:
$body
''')

_SCHEMA_HEAD = """\
-- What a new file begins with: all steps of versions/ together.
-- Written by app.models.migrations.new; a test runs the steps and compares.
"""


def main(arguments: list[str] | None = None) -> int:
    """Write one script and print its path; return the exit code of the command."""
    parser = argparse.ArgumentParser(prog="python -m app.models.migrations.new")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("message", nargs="?", help="what the step changes, one English sentence")
    what.add_argument("--first", action="store_true", help="make step 0001 anew (before release)")
    options = parser.parse_args(arguments)
    path = write_first() if options.first else write_next(options.message)
    sys.stdout.write(f"{path}\n")
    return 0


def write_first() -> Path:
    """Write step 0001 as the whole schema of the live models; return its path."""
    if any((migrations.FOLDER / "versions").glob("0002*.py")):
        raise SystemExit("step 0002 exists: 0001 is history and must not change")
    return _write(1, "The first schema.", _difference(migrated=False))


def write_next(message: str) -> Path:
    """Write the step after the newest one; return its path."""
    return _write(migrations.head() + 1, message.rstrip(".") + ".", _difference(migrated=True))


def _write(number: int, message: str, body: str) -> Path:
    target = migrations.FOLDER / "versions" / f"{number:04d}.py"
    down = f'"{number - 1:04d}"' if number > 1 else "None"
    lines = [
        line for line in body.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    text = _TEMPLATE.substitute(
        message=message,
        revision=f"{number:04d}",
        down=down,
        body="    " + "\n".join(lines).lstrip(),
    )
    target.write_text(text, "utf-8", newline="\n")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", target], check=True)
    migrations.schema().write_text(whole_schema(), "utf-8", newline="\n")
    return target


def whole_schema() -> str:
    """Return the script that gives an empty file what all steps together give it."""
    with tempfile.TemporaryDirectory() as folder:
        path = _empty(Path(folder))
        migrate(path)
        with connected(path) as connection:
            found = connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite#_%'"
                " ESCAPE '#' ORDER BY rowid"
            )
            statements = [f"{sql};" for (sql,) in found]
            numbers = [
                f"PRAGMA {name} = {pragma(connection, name)};"
                for name in ("application_id", "user_version")
            ]
    return "\n".join([_SCHEMA_HEAD, "BEGIN IMMEDIATE;", *statements, *numbers, "COMMIT;", ""])


def _difference(*, migrated: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = _empty(Path(folder))
        if migrated:
            migrate(path)
        return _render(path)


def _empty(folder: Path) -> Path:
    path = folder / "present.db"
    with connected(path, create=True) as connection:
        connection.execute("PRAGMA user_version = 0")
    return path


def _render(path: Path) -> str:
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            script = produce_migrations(context, Base.metadata)
            if script.upgrade_ops is None or script.upgrade_ops.is_empty():
                raise SystemExit("the models and the newest step agree: nothing to write")
            return render_python_code(
                script.upgrade_ops,
                render_as_batch=True,
                render_item=_render_type,
                migration_context=context,
            )
    finally:
        engine.dispose()


def _render_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Name a column type of ours by what it stores: steps never import live models."""
    if kind == "type" and isinstance(item, EnumText):
        return "sa.String(length=32)"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


if __name__ == "__main__":
    sys.exit(main())
