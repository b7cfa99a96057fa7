"""Read and write blocks: all or nothing, one writer at a time, nothing stored by accident."""

from __future__ import annotations

from sqlalchemy import text

from app.models.database import Database
from app.models.office import Setting


def test_a_block_stores_everything_at_its_end(database: Database) -> None:
    with database.write() as session:
        session.add(Setting(key="a", value=1))
        session.add(Setting(key="b", value="Два"))

    with database.read() as session:
        assert session.get_one(Setting, "b").value == "Два"
        assert session.execute(text("SELECT count(*) FROM setting")).scalar() == 2
