"""What people did to stored rows, and taking the last of it back, also after a restart."""

from app.services.journal.action import Action
from app.services.journal.loads import (
    Standing,
    TakenBack,
    changes_of_load,
    is_as_left,
    take_back_load,
)
from app.services.journal.undo import UndoOutcome, next_undo, undo_last

__all__ = [
    "Action",
    "Standing",
    "TakenBack",
    "UndoOutcome",
    "changes_of_load",
    "is_as_left",
    "next_undo",
    "take_back_load",
    "undo_last",
]
