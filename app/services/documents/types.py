"""Frozen types of the documents' public face: what is asked for, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.enums import DocumentStatus
from app.services.documents.blocks import Content


@dataclass(frozen=True, slots=True)
class Place:
    """Where something begins: the page from 0, and how far down it, as a share of its height."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A document as a PDF file, with the places where its blocks begin, by their index.

    A block that draws nothing of its own, such as a new page, has no place.
    """

    pdf: bytes
    places: Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper that ``export`` knows; ``formats`` are endings with the dot."""

    key: str
    title: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the nominative: post and full name.

    ``accusative`` is how the order names the person («главного специалиста Фамилию И.О.»); empty,
    it is proposed from post and name.
    """

    post: str = ""
    name: str = ""
    accusative: str = ""


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What the specialist decides about the order; what stays empty is a blank on paper.

    Without a ``controller`` the head keeps the control.  ``office_genitive`` is the name of the
    office for the stamp («приказом Управления …»); empty, it is proposed.  ``profile`` None takes
    the standard from the settings.
    """

    year: int
    number: str = ""
    deadline: date | None = None
    coordinator: Person = Person()
    controller: Person = Person()
    risk_zone: bool = False
    """Add the second list: schools in the «зона риска»."""
    full_names: bool = False
    """Print the full names of schools where they are known, instead of the short ones."""
    office_genitive: str = ""
    profile: str | None = None
    long_storage: bool = False
    """Kept longer than ten years: a left margin of 30 mm."""
    date: date | None = None
    sentences: Mapping[str, str] = field(default_factory=dict)
    """What this order alone says in its own way, by the name of the sentence."""


@dataclass(frozen=True, slots=True)
class ProgrammeRequest:
    """Which programme is printed; ``profile`` None takes the standard from the settings."""

    programme_id: int
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A finished order and what a person should know before signing it.

    ``warnings`` are not on the paper; ``blanks`` name what was left to fill by hand; ``request``
    is the request with the proposals of cases filled in, to be shown and corrected.
    """

    content: Content
    warnings: tuple[str, ...]
    blanks: tuple[str, ...]
    request: OrderRequest


@dataclass(frozen=True, slots=True)
class Recipient:
    """A school that a letter goes to; ``director`` is in the nominative, or not known."""

    school: str
    director: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and what a person should know before signing it; ``blanks`` are left to fill."""

    content: Content
    warnings: tuple[str, ...]
    blanks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the register."""

    id: int
    kind: str
    year: int
    title: str
    number: str
    date: date | None
    status: DocumentStatus
    made_at: datetime
    made_by: str = ""
    note: str = ""
    replaces_id: int | None = None
    """The document that this one takes the place of."""
    amends_id: int | None = None
    """The document that this one changes."""
    files: tuple[str, ...] = ()
    """Names of the attached scans and signatures."""
    can_compare: bool = False
    """It is known what it was made from, so that changed data can be told."""
