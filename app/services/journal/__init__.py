"""What people did to stored rows, taking the last of it back and doing it again, also after a
restart.
"""

from app.services.journal.action import Action
from app.services.journal.loads import (
    Standing,
    TakenBack,
    changes_of_load,
    is_as_left,
    take_back_load,
)
from app.services.journal.undo import UndoOutcome, next_redo, next_undo, redo_last, undo_last

__all__ = [
    "Action",
    "Standing",
    "TakenBack",
    "UndoOutcome",
    "changes_of_load",
    "is_as_left",
    "next_redo",
    "next_undo",
    "redo_last",
    "take_back_load",
    "undo_last",
]
