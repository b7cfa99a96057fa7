"""What every stored observation carries: its cells, and whether it is the one in force."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column


class Observed:
    """Mixin of a value that was observed in a file or entered by hand.

    Observations are appended, never overwritten: a new one takes ``current`` from the old and
    remembers it in ``replaced_id`` (a row of the same table), which is all that undoing a load
    needs.  ``block_id`` is empty for what a person entered.
    """

    block_id: Mapped[int | None] = mapped_column(ForeignKey("source_block.id"), index=True)
    rows: Mapped[str | None] = mapped_column(String)
    """Rows of the sheet, 1-based, compact: ``11`` or ``3,8-12``."""
    current: Mapped[bool] = mapped_column(default=True)
    replaced_id: Mapped[int | None]
