"""What tables of documents say of the support of schools, row for row, as frozen types."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from app.models.enums import SupportRole
from app.services.support.marks import parse_cell
from app.services.support.types import Mark

__all__ = [
    "FROM_PAPER",
    "CuratorEntry",
    "CuratorKey",
    "Entry",
    "GroupKey",
    "Known",
    "LoadedEntry",
    "Mark",
    "MemberEntry",
    "PairEntry",
    "PairKey",
    "RiskEntry",
    "StoredPair",
    "TableKind",
    "curator_key",
    "folded",
    "group_key",
    "note_with",
    "parse_cell",
]

FROM_PAPER = "В документе: "
"""What a document says begins so in a note; what stands before it is the person's own."""
_WORD = re.compile(r"[^\W_]+")


class TableKind(Enum):
    """What a table is about."""

    RISKS = "факторы риска школ"
    CURATORS = "кураторы школ"
    NETWORKS = "сетевые группы"
    PAIRS = "наставнические пары"


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """A factor, as the table names it, and its mark for one school."""

    factor: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class CuratorEntry:
    """Who curates a school; what the table does not say is an empty text."""

    role: SupportRole
    person: str = ""
    post: str = ""
    place: str = ""
    """Where the person works, as written."""
    order: str = ""
    text: str = ""
    """The whole of what stands there, so that nothing of it is lost."""


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """The network group that a school belongs to, and its place in it."""

    number: str
    title: str
    principle: str
    position: int


@dataclass(frozen=True, slots=True)
class PairEntry:
    """The organization that mentors a school, as written, and what the table says of the pair."""

    mentor: str
    subject: str = ""
    number: str = ""
    """Number of the agreement."""
    date: date | None = None
    """Date of the agreement."""
    text: str = ""
    """The other cells of the row, as written."""


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A mentor pair as it stands in the database, as far as a load compares with it."""

    id: int
    subject: str
    number: str
    date: date | None
    note: str


Entry = RiskEntry | CuratorEntry | MemberEntry | PairEntry


@dataclass(frozen=True, slots=True)
class LoadedEntry:
    """An entry about a school of the register, ready to be stored.

    ``year`` is that of a risk; ``factor`` its key; ``place`` the school where a curator works, or
    the one that mentors; ``replaces`` the id of the mentor pair whose agreement this is.
    """

    school: int
    entry: Entry
    year: int | None = None
    factor: str = ""
    place: int | None = None
    replaces: int | None = None


CuratorKey = tuple[int, SupportRole, str]
"""School, role, and the folded name or, without one, the folded text."""
PairKey = tuple[int, str]
"""School and the folded name of its mentor."""
GroupKey = tuple[str, str]
"""Folded number and title of a network group."""


@dataclass
class Known:
    """What is stored already, as far as a load of such tables compares with it."""

    factors: dict[str, str] = field(default_factory=dict)
    """Keys of the factors by folded title, and by number."""
    risks: dict[tuple[int, int, str], Mark] = field(default_factory=dict)
    """By school, year and factor."""
    curators: set[CuratorKey] = field(default_factory=set)
    members: set[tuple[GroupKey, int]] = field(default_factory=set)
    """Groups with the schools in them."""
    pairs: dict[PairKey, tuple[StoredPair, ...]] = field(default_factory=dict)
    """A pair for each direction; mentors that are schools go by the name of the register."""


def folded(text: str) -> str:
    """Return a text as entries are compared: letters and figures alone, ё as е."""
    return " ".join(_WORD.findall(text.casefold().replace("ё", "е")))


def note_with(stored: str, text: str) -> str:
    """Return a note with what a document says now; the person's own words before it stay."""
    if not text:
        return stored
    own = stored.partition(FROM_PAPER)[0].rstrip(" ;")
    return f"{own}; {FROM_PAPER}{text}" if own else f"{FROM_PAPER}{text}"


def curator_key(school: int, entry: CuratorEntry) -> CuratorKey:
    """Return what makes an appointment the same one."""
    return school, entry.role, folded(entry.person or entry.text)


def group_key(entry: MemberEntry) -> GroupKey:
    """Return what makes a network group the same one."""
    return folded(entry.number), folded(entry.title)
