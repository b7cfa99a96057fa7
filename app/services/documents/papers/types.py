"""Frozen types of papers described by data: what a kind consists of, what is asked, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.services.documents.blocks import Content
from app.services.documents.language import Agreement


class Form(StrEnum):
    """What kind of paper it is: decides its head and its closing."""

    ORDER = "order"
    """Приказ or постановление: letterhead, name in spaced capitals, numbered points, signature."""
    LETTER = "letter"
    """Letterhead, addressee, text, signature."""
    REPORT = "report"
    """Справка, отчёт, карточка: a title over the text, an optional signature."""
    CONTRACT = "contract"
    """Place and date on a line, numbered sections, requisites of two parties side by side."""


class FieldKind(StrEnum):
    """What may be written into a field of the request."""

    TEXT = "text"
    LINES = "lines"
    """Several lines, each an item."""
    DATE = "date"
    PERSON = "person"
    """«должность; фамилия имя отчество», put into the accusative where the text needs it."""


class Need(StrEnum):
    """What has to be chosen before a paper can be made."""

    PROGRAMME = "programme"
    SCHOOL = "school"
    DOCUMENT = "document"
    """The act that is changed: one of the register, or another one that is named."""


@dataclass(frozen=True, slots=True)
class Empty:
    """A field that may stay empty for good: then its sentence stands for all that name the field.

    A whole sentence, because the office may word the other one in whatever way it wants.
    """

    sentence: str
    hint: str
    """What the form shows in the empty field."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the request: its key is the tag that it fills.

    Where it is left empty, a line to fill by hand is printed, or the sentence of ``empty``.
    """

    key: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of the body; but for ``otherwise``, one of its fields is set.

    ``points`` are numbered, a tuple inside stands one level deeper than the point before it;
    with a ``source`` beside them its points stand under the first of these;
    ``source`` names blocks made from the data; ``otherwise`` is printed where the source is empty.
    """

    text: str = ""
    heading: str = ""
    points: tuple[str | tuple[str, ...], ...] = ()
    bullets: str = ""
    """Key of a field of lines."""
    source: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class AnnexSpec:
    """An annex of an order: its stamp agrees with what it is."""

    title: str
    items: tuple[Item, ...]
    agreement: Agreement
    approved: bool = True
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs a paper instead of the head: in what part, and the tag of the name."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """Everything a kind of paper consists of, read from ``resources/documents/papers``."""

    key: str
    name: str
    """As the list of kinds shows it."""
    form: Form
    title: str
    needs: tuple[Need, ...] = ()
    fields: tuple[Field, ...] = ()
    word: str = ""
    """The name of the document in its head: ПРИКАЗ, ПОСТАНОВЛЕНИЕ."""
    preamble: str = ""
    verb: str = ""
    """«приказываю», «постановляет»: spaced before the points."""
    body: tuple[Item, ...] = ()
    annexes: tuple[AnnexSpec, ...] = ()
    parties: tuple[str, ...] = ()
    """Titles of the two sides of a contract."""
    landscape: bool = False
    signed: bool = True
    signatories: tuple[Signatory, ...] = ()
    """Empty where the head of the office signs."""


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """What the specialist decides about a paper; what stays empty is a blank on paper."""

    kind: str
    year: int
    programme_id: int | None = None
    school_id: int | None = None
    number: str = ""
    date: date | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """Texts of the fields by key; dates as ``2026-03-01``.

    ``sentence:NAME`` is a sentence for this paper alone: an agreement is settled with its partner
    point by point, see ``papers.spoken`` for the names.
    """
    profile: str | None = None
    amends: int | None = None
    """Id of the paper of the register that this one changes; None where it is only named."""


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A finished paper and what a person should know before signing it."""

    content: Content
    warnings: tuple[str, ...]
    blanks: tuple[str, ...]
    request: PaperRequest
