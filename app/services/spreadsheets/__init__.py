"""What stands in a spreadsheet file: read in a process of its own, so nothing of ours is imported.

A hostile file may hang, crash or starve whoever parses it.  The parsers of this package therefore
run only inside ``serve``, in a child process that ``importing.reading`` starts, watches and kills.
The child must start quickly and stay small: this package imports the standard library and
``app.errors`` alone, and each parser its own library when the first such file comes.
"""

from app.services.spreadsheets.child import serve
from app.services.spreadsheets.encodings import decode, is_text
from app.services.spreadsheets.messages import (
    Done,
    Merged,
    Ready,
    Refusal,
    Request,
    Rows,
    SheetStart,
)
from app.services.spreadsheets.values import CellError, CellValue, UncachedFormula, column_letters

__all__ = [
    "CellError",
    "CellValue",
    "Done",
    "Merged",
    "Ready",
    "Refusal",
    "Request",
    "Rows",
    "SheetStart",
    "UncachedFormula",
    "column_letters",
    "decode",
    "is_text",
    "serve",
]
