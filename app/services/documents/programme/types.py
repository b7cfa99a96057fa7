"""Frozen types of the programme builder's public face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.services.changes import ChangeSet
from app.services.documents.blocks import Content


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """A block of an outline with the blocks that stand in it."""

    id: int
    kind: str
    title: str
    body: Mapping[str, Any]
    included: bool
    blocks: tuple[OutlineBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class PresetBlock:
    """A block of a preset, before it belongs to a programme."""

    kind: str
    title: str
    body: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[PresetBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready outline: the structure of one kind of real programme."""

    key: str
    title: str
    about: str
    source: str
    blocks: tuple[PresetBlock, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """A block that prints nothing, because nothing was entered for it."""

    block_id: int
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammeDraft:
    """A programme as a document; ``empty`` are the blocks that had nothing to print.

    ``places`` tells for every block of the outline with which block of the content it begins, so
    that a page of the preview and a line of the outline find each other.
    """

    content: Content
    empty: tuple[Empty, ...]
    places: Mapping[int, int]
    numbers: Mapping[int, str] = field(default_factory=dict)
    """The numbers that the program gave to headings, by block."""
    outline: tuple[OutlineBlock, ...] = ()
    """What was built: the stored outline, or the preset that stands for it while there is none."""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Paragraphs that the data propose, by the key that a text block asks for."""
    roadmaps: Mapping[int, str] = field(default_factory=dict)
    """Titles of the programme's roadmaps by id, in their order."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A changed outline; ``block_id`` is the block that was added or changed."""

    block_id: int
    changes: ChangeSet
