"""Frozen types of the forms' public face: what is asked for, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FormsRequest:
    """Which blanks to make: forms by key, schools by id (empty: all that work), a deadline.

    ``year`` is the calendar year of the end of the school year.  ``together`` puts all schools
    into one book; else each school gets a book of its own, with a sheet per form.
    """

    year: int
    folder: Path
    forms: tuple[str, ...] = ()
    school_ids: tuple[int, ...] = ()
    deadline: date | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class FormsMade:
    """The files that were written, and in Russian what was left out and why."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


class State(Enum):
    """Whether a school has handed a form in."""

    DONE = "сдано"
    PARTLY = "частично"
    MISSING = "нет"
    EXCUSED = "освобождена"
    NOT_NEEDED = "не требуется"

    @property
    def owes(self) -> bool:
        """True while the office still waits for the school."""
        return self in (State.PARTLY, State.MISSING)


@dataclass(frozen=True, slots=True)
class Expected:
    """A column of the board: a form or a group of results that is awaited from schools."""

    key: str
    title: str
    short: str
    """For the head of a column: «Паспорт», «ВПР»."""
    blank: str | None
    """Key of the blank that the school fills in; None where the data comes from elsewhere."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """How a school stands with one expected form, and the sentence that says why."""

    state: State
    why: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One working school: its cells by the key of what is expected."""

    school_id: int
    school: str
    code: str
    """Of ФИС ОКО, else of the РЦОИ; empty when neither is known."""
    cells: Mapping[str, BoardCell]

    def owed(self) -> tuple[str, ...]:
        """Return the keys of what the office still waits for."""
        return tuple(key for key, cell in self.cells.items() if cell.state.owes)


@dataclass(frozen=True, slots=True)
class Board:
    """«Кто не сдал»: what is expected in a year, and where each school stands."""

    year: int
    expected: tuple[Expected, ...]
    rows: tuple[BoardRow, ...]

    def of(self, key: str) -> Expected:
        """Return what is expected under ``key``; KeyError for none is a bug of the caller."""
        return next(one for one in self.expected if one.key == key)


@dataclass(frozen=True, slots=True)
class Returned:
    """What goes back to the school: the marked copy, where one is possible, and the letter.

    ``note`` says in Russian why there is no marked copy.
    """

    letter: Path
    copy: Path | None
    marks: int
    """How many cells are marked red."""
    note: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedAll:
    """What goes back to the schools of one table; ``clean`` schools have nothing to mend."""

    made: tuple[Returned, ...]
    clean: int
