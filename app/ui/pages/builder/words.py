"""How blocks of an outline are named in the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.services.documents import BLOCK_KINDS, Offers, OutlineBlock, block_offers
from app.services.programmes import parts

_SHORT = 60
UNTITLED = ("title", "contents", "new_page")
"""Kinds that print no heading of their own."""
TABLES = (
    "roadmap", "indicators", "risks", "curators", "coordinators", "networks", "mentors",
    "monitoring", "recommendations", "results", "chart", "free_table",
)  # fmt: skip
"""Kinds that may have a caption over them and a note below."""


def kind_title(kind: str) -> str:
    """Return the name of a kind of block."""
    return BLOCK_KINDS[kind].title


def shows(block: OutlineBlock) -> str:
    """Return in a few words what the block prints; the name of its kind where that is all."""
    known: Offers = block_offers()
    body = block.body
    match block.kind:
        case "part":
            key = str(body.get("part", ""))
            return parts()[key].title if key in parts() else "Часть не выбрана"
        case "results":
            return _chosen(known.tables, body.get("table"), "Таблица не выбрана")
        case "chart":
            return _chosen(known.charts, body.get("chart"), "Диаграмма не выбрана")
        case "text":
            return _text(block, known)
    return kind_title(block.kind)


def name(block: OutlineBlock, number: str = "") -> str:
    """Return how the block is called in the outline: number and title, or what it prints."""
    said = block.title or shows(block)
    return f"{number} {said}".strip()


def flat(blocks: Sequence[OutlineBlock]) -> Iterator[OutlineBlock]:
    """Return every block in the order of print."""
    for block in blocks:
        yield block
        yield from flat(block.blocks)


def _chosen(titles: Mapping[str, str], key: object, none: str) -> str:
    return titles.get(str(key or ""), none)


def _text(block: OutlineBlock, known: Offers) -> str:
    own = " ".join(str(block.body.get("text", "")).split())
    if own:
        return own if len(own) <= _SHORT else f"{own[:_SHORT]}…"
    if block.body.get("auto"):
        return f"По данным: {_chosen(known.texts, block.body['auto'], 'текст').lower()}"
    return "Текст не введён"
