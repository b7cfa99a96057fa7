"""Frozen types of programmes: the programme, the entries of its parts, what is odd about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.enums import ProgrammeKind, Severity
from app.services.changes import ChangeSet

Values = Mapping[str, str | int | float]
"""Fields of an entry by name: dates as ``2026-01-31``; what is not known is absent."""


@dataclass(frozen=True, slots=True)
class Approval:
    """By what a programme was approved; all empty while it is a draft."""

    document: str = ""
    """«приказом», «постановлением», as the stamp needs it."""
    by: str = ""
    date: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeForm:
    """What a person enters of a programme; years are both included."""

    kind: ProgrammeKind
    title: str
    first_year: int
    last_year: int
    short_title: str = ""
    parent_id: int | None = None
    approval: Approval = Approval()


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as lists show it."""

    id: int
    kind: ProgrammeKind
    title: str
    short_title: str
    first_year: int
    last_year: int
    parent_id: int | None
    approval: Approval
    preset: str
    entries: int
    """How many entries its parts hold."""

    @property
    def period(self) -> str:
        """The years as people write them: «2022–2024»."""
        one = self.first_year == self.last_year
        return str(self.first_year) if one else f"{self.first_year}–{self.last_year}"

    @property
    def name(self) -> str:
        """The shortest name that tells it from others."""
        return f"{self.short_title or self.title} ({self.period})"


@dataclass(frozen=True, slots=True)
class ItemForm:
    """What a person enters of an entry; ``data`` holds the fields of its part."""

    part: str
    text: str
    data: Values = field(default_factory=dict)
    number: str = ""
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An entry of a part in the order of printing; ``depth`` 0 is the outermost."""

    id: int
    part: str
    parent_id: int | None
    depth: int
    number: str
    """As entered; empty means counted by the program or none, as the part says."""
    shown_number: str
    """As it will be printed."""
    text: str
    data: Values


@dataclass(frozen=True, slots=True)
class Finding:
    """What is odd about a programme, as one Russian sentence, and where."""

    severity: Severity
    part: str
    item_id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The id of a stored row and what storing it changed."""

    id: int
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Copied:
    """The new programme, and what of the old one a person must look at."""

    id: int
    entries: int
    notes: tuple[str, ...]
    changes: ChangeSet
    indicators: int = 0
    roadmaps: int = 0


@dataclass(frozen=True, slots=True)
class FundingTotal:
    """The sum of a year and source in roubles, over the lines whose amount is a number."""

    year: str
    source: str
    amount: float
    unknown: int
    """Lines without a number: they are not in the sum."""
