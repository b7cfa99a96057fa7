"""What the parent and the reading child say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from app.errors import UserError


class Refused(UserError):  # noqa: N818 - an answer, not a fault
    """A file that cannot be read, told in Russian; ``sheet`` and ``cell`` where they are known."""

    def __init__(
        self, message: str, hint: str = "", *, sheet: str | None = None, cell: str | None = None
    ) -> None:
        super().__init__(message, hint)
        self.sheet = sheet
        self.cell = cell


Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged area, 0-based and included."""


class Work(NamedTuple):
    """What the child makes of the books that it reads: the full name of a function of ours.

    No face of a package is run for it, see ``app.faces``.
    """

    function: str


class Request(NamedTuple):
    """Read this file as ``format``; after ``seconds`` the child ends by itself.

    ``memory`` bytes may be taken for it on top of the start.  ``task`` is for the function of
    ``Work``, which gets ``work_seconds`` and ``work_memory`` once the book is read.
    """

    path: str
    format: str
    seconds: float
    memory: int
    task: Any = None
    work_seconds: float = 0.0
    work_memory: int = 0


class Ready(NamedTuple):
    """The child is up and takes requests."""


class SheetStart(NamedTuple):
    """A sheet begins; its rows follow."""

    name: str
    hidden: bool
    before: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()


class Rows(NamedTuple):
    """Some rows of the sheet that began last."""

    rows: list[list[Any]]


class Done(NamedTuple):
    """The file is read to its end; ``notes`` are Russian sentences about the reading."""

    notes: tuple[str, ...]


class Read(NamedTuple):
    """The book is read; what is made of it follows."""


class Made(NamedTuple):
    """What the function of ``Work`` made of the book."""

    value: Any


class Failed(NamedTuple):
    """That function failed, which is a fault of ours; ``detail`` is its trace, without values."""

    detail: str


MEMORY = "memory"
"""The ``detail`` of a refusal for want of memory."""


class Refusal(NamedTuple):
    """The file is not read; ``detail`` names the kind of fault for the log, without any value."""

    message: str
    hint: str
    sheet: str | None
    cell: str | None
    detail: str


LIST_NAME = "Список мер"
"""How the name of a sheet begins that was no table: lists under headings of a document."""


@dataclass(slots=True)
class RawSheet:
    """A sheet as a parser gives it: tidy rows from A1 on, equally long."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    before: tuple[str, ...] = ()
    """Paragraphs that stand above a table of a document, the nearest last."""
    merged: tuple[Merged, ...] = ()


DAMAGED = "Файл повреждён или устроен необычно: прочитать его не удалось."
RESAVE = (
    "Откройте файл в Excel или LibreOffice и сохраните его заново как «Книга Excel (.xlsx)». "
    "Если он не открывается и там, попросите прислать его ещё раз."
)
TOO_BIG = "Файл слишком велик: для чтения не хватает отведённой памяти."
TOO_BIG_HINT = (
    "Удалите из файла лишние листы, строки и столбцы или разделите его на несколько и сохраните."
)
DAMAGED_DOCUMENT = "Документ Word повреждён или устроен необычно: прочитать его не удалось."
RESAVE_DOCUMENT = (
    "Откройте документ в Word или LibreOffice и сохраните его заново как «Документ Word (.docx)». "
    "Если он не открывается и там, попросите прислать его ещё раз."
)
