"""Steps of tests: the real ones plus imaginary later ones, in a folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.models.migrations import FOLDER

REBUILD = """
with op.batch_alter_table("school", recreate="always") as batch:
    batch.add_column(sa.Column("phone", sa.String(60), nullable=False, server_default="-"))
    batch.alter_column("director", new_column_name="head")
"""
"""Rebuilds a parent table: with foreign keys on, SQLite would empty its children."""

FILL = """
columns = sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text())
op.create_table("visit", *columns)
for number in range(5):
    op.execute(f"INSERT INTO visit (note) VALUES ('note {number}')")
op.execute("UPDATE result SET participants = participants + 1")
"""

BREAK_OFF = FILL + "raise OSError('cut')\n"
LOSE_ROWS = "op.execute('DELETE FROM journal')\n"
DROP_TABLE = "op.drop_table('journal')\n"
LOSE_PARENTS = "op.execute('DELETE FROM school WHERE id = 3')\n"

_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{number:04d}"
down_revision = "{down:04d}"
MAY_LOSE_ROWS = {may_lose!r}


def upgrade() -> None:
    {body}
"""


def folder_with(folder: Path, *bodies: str, may_lose: tuple[str, ...] = ()) -> Path:
    """Write a folder of steps: the real ones, then one for each body; return it."""
    shutil.copytree(FOLDER / "versions", folder / "versions")
    newest = len(list((folder / "versions").glob("[0-9]*.py")))
    for number, body in enumerate(bodies, start=newest + 1):
        text = _STEP.format(
            number=number,
            down=number - 1,
            may_lose=may_lose,
            body=body.strip().replace("\n", "\n    "),
        )
        (folder / "versions" / f"{number:04d}.py").write_text(text, "utf-8")
    return folder
