"""What lists and cards of schools show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.enums import CodeSystem, SchoolStatus
from app.services.source import Source


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as it is now; what no file gave is None, never a default."""

    id: int
    short_name: str
    full_name: str | None
    kind: str | None
    settlement: str | None
    rural: bool | None
    pupils: int | None
    director: str | None
    fisoko: str | None
    rcoi: str | None
    status: SchoolStatus
    search_key: str
    """Folded names (lower case, ё as е): compare with a folded query."""


@dataclass(frozen=True, slots=True)
class PastValue:
    """An earlier value of a field, as people read it; without a source it was entered by hand."""

    value: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of a school with the cell it came from and its earlier values, newest first."""

    field: str
    """Column name of ``models.schools.School``."""
    title: str
    """Russian, for the person."""
    value: str
    """As people read it; empty when not known."""
    source: Source | None
    history: tuple[PastValue, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A code of the school in another system; an old one still matches old files."""

    id: int
    system: CodeSystem
    code: str
    current: bool
    source: Source | None
    """None for a code that a person entered."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AliasValue:
    """A spelling of the school's name that a person confirmed."""

    id: int
    name: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class OtherSchool:
    """A school on the card of another one: where a school went, or one that came to it."""

    id: int
    name: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class EndingValue:
    """That the school works no more, why, and into which school it went (None: closed)."""

    reason: str
    ended_on: date | None
    successor: OtherSchool | None


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """Everything known of one school besides its results."""

    row: SchoolRow
    fields: tuple[FieldValue, ...]
    codes: tuple[CodeValue, ...]
    aliases: tuple[AliasValue, ...]
    ending: EndingValue | None = None
    joined: tuple[OtherSchool, ...] = ()
    """Schools that were joined to this one; their results stay on their own cards."""
