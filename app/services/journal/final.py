"""What cannot be taken back by hand any more: the row has become a fact outside the program."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, delete, func
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.office import JournalEntry
from app.services.journal.rows import RowId, table_of


def let_stand(session: Session, model: type[Base], row_id: RowId) -> None:
    """Take the actions of people that changed this row alone out of the journal.

    They could not be taken back any more, because the row is another one by now, and would stand
    in the way of all that was done before them.  What they did stays in the row itself.
    """
    table = table_of(cast(Table, model.__table__).name)
    only = JournalEntry.changes[0]
    mine = (
        JournalEntry.batch_id.is_(None),
        func.json_array_length(JournalEntry.changes) == 1,
        only["table"].as_string() == table.name,
        only["id"].as_integer() == row_id,
    )
    session.execute(delete(JournalEntry).where(*mine).execution_options(synchronize_session=False))
