"""What people did to stored rows, and taking the last of it back, also after a restart."""

from app.services.journal.action import Action
from app.services.journal.undo import UndoOutcome, next_undo, undo_last

__all__ = ["Action", "UndoOutcome", "next_undo", "undo_last"]
