"""Frozen types of the office's own Word templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.errors import UserError
from app.services.documents.blocks import Block


@dataclass(frozen=True, slots=True)
class TemplateTag:
    """A tag that a template of a kind may hold: ``word`` stands in double square brackets."""

    word: str
    about: str
    is_block: bool = False
    """A table, a list or paragraphs: the tag must be alone in its paragraph."""

    @property
    def written(self) -> str:
        """The tag as a person writes it."""
        return f"[[{self.word}]]"


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A right tag of a template and where it stands."""

    word: str
    place: str


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What keeps a template from being used, where, and what was probably meant."""

    place: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place[:1].upper()}{self.place[1:]}: {self.message} {self.hint}".strip()


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What the checker saw in a file."""

    tags: tuple[FoundTag, ...]
    faults: tuple[TemplateFault, ...]


class TemplateError(UserError):
    """A template that cannot be taken; ``faults`` name every wrong place."""

    def __init__(self, name: str, faults: tuple[TemplateFault, ...]) -> None:
        told = "\n".join(str(one) for one in faults)
        super().__init__(
            f"Шаблон «{name}» не принят.\n{told}",
            "Исправьте отмеченные места в Word и повторите; прежний шаблон не изменён.",
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template of the office in the list."""

    id: int
    title: str
    kind: str
    kind_title: str
    """In Russian; says so where the program knows the kind no more."""
    size: int
    """Bytes."""
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Values:
    """What fills the tags of one document."""

    texts: Mapping[str, str]
    """By word of the tag; an empty one is a blank on paper."""
    blocks: Mapping[str, tuple[Block, ...]]
    profile: str
    """Key of the typography profile for what is put in."""
    long_storage: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: the file, and the tags that nothing was known for."""

    body: bytes
    blanks: tuple[str, ...]


def folded(word: str) -> str:
    """Return a word of a tag without what people write in different ways."""
    plain = word.replace("\N{NO-BREAK SPACE}", " ").replace("\N{SOFT HYPHEN}", "")
    return " ".join(plain.casefold().replace("ё", "е").split())
