"""Frozen types of the office's own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import UserError


@dataclass(frozen=True, slots=True)
class Tag:
    """A place in a sentence that the program fills: ``word`` stands in braces."""

    key: str
    word: str
    about: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """One sentence of a kind of document; texts carry tags by their Russian words."""

    key: str
    """``FILE/NAME`` of the sentence in ``resources/documents``."""
    kind: str
    """What kind of document it belongs to, in Russian."""
    place: str
    shipped: str
    """As the program says it; empty for a sentence that the program does not use any more."""
    own: str | None
    """As the office says it; None where ours is used."""
    tags: tuple[Tag, ...]
    """What may stand in the sentence."""

    @property
    def text(self) -> str:
        """What documents say now."""
        return self.shipped if self.own is None else self.own


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong with a sentence, and at which sign of it, counted from one."""

    position: int
    message: str


class TextError(UserError):
    """A sentence that cannot be stored; ``faults`` say where."""

    def __init__(self, faults: tuple[TextFault, ...], where: str = "") -> None:
        told = " ".join(one.message for one in faults)
        super().__init__(
            f"{where}: {told}" if where else told,
            "Исправьте отмеченное место; прежний текст остался в силе.",
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Shipped:
    """A sentence of the program with the tags that it may hold, by key."""

    kind: str
    place: str
    text: str
    tags: Mapping[str, Tag]
