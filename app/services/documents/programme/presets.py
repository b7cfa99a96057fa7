"""Ready outlines, read from ``resources/programmes/presets``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import ResourceError
from app.models.enums import ProgrammeKind
from app.paths import resource
from app.services.documents.programme.kinds import BLOCK_KINDS
from app.services.documents.programme.types import OutlineBlock, Preset, PresetBlock

_OF_KIND = {
    ProgrammeKind.PROGRAMME: "full",
    ProgrammeKind.SUBPROGRAMME: "subprogramme",
    ProgrammeKind.ROADMAP: "order_roadmap",
    ProgrammeKind.PLAN: "order_roadmap",
}
"""Which preset stands for the outline of a programme that has none yet."""


def preset(key: str) -> Preset:
    """Return the preset of that key; ResourceError names the known ones when there is none."""
    known = presets()
    if key not in known:
        raise ResourceError(f"Нет структуры программы «{key}».", f"Есть: {', '.join(known)}.")
    return known[key]


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """Return all presets by key; ResourceError when a file is broken."""
    read = [_read(path) for path in sorted(resource("programmes", "presets").glob("*.json"))]
    return {one.key: one for one in read}


def preset_for(kind: ProgrammeKind, key: str) -> Preset:
    """Return the preset of that key, or that of the kind where the key is none of ours."""
    known = presets()
    return known[key if key in known else _OF_KIND[kind]]


def as_outline(blocks: tuple[PresetBlock, ...], first: int = -1) -> tuple[OutlineBlock, ...]:
    """Return a preset as an outline that is not stored: its ids count down from ``first``."""
    made: list[OutlineBlock] = []
    for block in blocks:
        inside = as_outline(block.blocks, first - 1)
        made.append(OutlineBlock(first, block.kind, block.title, block.body, True, inside))
        first -= 1 + _count(block.blocks)
    return tuple(made)


def _count(blocks: tuple[PresetBlock, ...]) -> int:
    return sum(1 + _count(block.blocks) for block in blocks)


def _read(path: Path) -> Preset:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return Preset(
            key=path.stem,
            title=body["title"],
            about=body["about"],
            source=body["source"],
            blocks=tuple(_block(item) for item in body["blocks"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читается структура программы {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _block(item: Mapping[str, Any]) -> PresetBlock:
    if item["kind"] not in BLOCK_KINDS:
        raise ValueError(f"неизвестный вид блока «{item['kind']}»")
    return PresetBlock(
        kind=item["kind"],
        title=item.get("title", ""),
        body=item.get("body", {}),
        blocks=tuple(_block(one) for one in item.get("blocks", ())),
    )
