"""What stands in a spreadsheet file: read in a process of its own, so nothing of ours is imported.

A hostile file may hang, crash or starve whoever parses it.  The parsers of this package therefore
run only inside ``serve``, in a child process that ``importing.reading`` starts, watches and kills.
The child must start quickly and stay small: this package imports the standard library and
``app.errors`` alone, and each parser its own library when the first such file comes.  Asked to, the
child also makes something of the rows, see ``Work``: then they never leave it.
"""

from app.services.spreadsheets.child import NO_MEMORY_EXIT, serve
from app.services.spreadsheets.encodings import decode, is_text
from app.services.spreadsheets.messages import (
    LIST_NAME,
    MEMORY,
    Done,
    Failed,
    Made,
    Merged,
    RawSheet,
    Read,
    Ready,
    Refusal,
    Request,
    Rows,
    SheetStart,
    Work,
)
from app.services.spreadsheets.values import CellError, CellValue, UncachedFormula, column_letters

__all__ = [
    "LIST_NAME",
    "MEMORY",
    "NO_MEMORY_EXIT",
    "CellError",
    "CellValue",
    "Done",
    "Failed",
    "Made",
    "Merged",
    "RawSheet",
    "Read",
    "Ready",
    "Refusal",
    "Request",
    "Rows",
    "SheetStart",
    "UncachedFormula",
    "Work",
    "column_letters",
    "decode",
    "is_text",
    "serve",
]
