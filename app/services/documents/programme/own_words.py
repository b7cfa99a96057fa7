"""Every text of a programme that a person wrote and that is printed, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.services.documents.claims import Told, says_what_is_wanted, vocabulary
from app.services.documents.programme.types import OutlineBlock
from app.services.programmes import ItemRow, part


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text, the block of the outline that prints it, and its entry where it is one."""

    text: str
    place: str
    block_id: int
    item_id: int | None = None
    title: str = ""
    """The titles of the sections that it stands in."""
    planned: bool = False
    """It says what the programme wants, not what there is."""

    @property
    def told(self) -> Told:
        """The text as it is read for figures."""
        return Told(self.text, self.title, self.planned)


def written_texts(
    outline: Sequence[OutlineBlock], items: Sequence[ItemRow], over: str = ""
) -> Iterator[WrittenText]:
    """Return the texts of the printed blocks in the order of print; ``over`` is their title."""
    for block in outline:
        if block.included:
            title = f"{over}. {block.title}".strip(". ")
            yield from (replace(one, title=title) for one in _of_block(block, items))
            yield from written_texts(block.blocks, items, title)


def _of_block(block: OutlineBlock, items: Sequence[ItemRow]) -> Iterator[WrittenText]:
    body = block.body
    place = f"блок «{block.title or _name(block)}»"
    texts = [block.title, str(body.get("caption", "")), str(body.get("note", ""))]
    if block.kind == "text":
        texts.append(str(body.get("text", "")))
    if block.kind == "free_table":
        texts += _cells(body)
    yield from (WrittenText(text, place, block.id) for text in texts if text)
    if block.kind == "part":
        spec = part(str(body.get("part", "")))
        for one in items:
            if one.part == spec.key and not spec.compared_with:
                yield from _of_item(one, block.id)


def _name(block: OutlineBlock) -> str:
    return part(str(block.body["part"])).title if block.kind == "part" else "Текст"


def _cells(body: Mapping[str, Any]) -> list[str]:
    """Return the cells of a typed table in which there are words beside figures."""
    cells = [str(cell) for row in body.get("rows", ()) for cell in row]
    return [cell for cell in cells if any(sign.isalpha() for sign in cell)]


def _of_item(item: ItemRow, block_id: int) -> Iterator[WrittenText]:
    spec = part(item.part)
    fields = {one.name: str(item.data.get(one.name, "")) for one in spec.fields}
    number = f" {item.shown_number}" if item.shown_number else ""
    place = f"{spec.title},{number} «{_short(item.text)}»"
    if spec.together:
        texts = [spec.together.format(text=item.text, **fields)]
    else:
        texts = [item.text, *fields.values()]
    planned = _is_planned(item)
    for text in texts:
        if text.strip():
            yield WrittenText(text, place, block_id, item.id, planned=planned)


def _is_planned(item: ItemRow) -> bool:
    """Return whether an entry says what is wanted: a goal, a row «Ожидаемые результаты»."""
    if item.part != "passport":
        return item.part in vocabulary().planned_parts
    return says_what_is_wanted(item.text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40].rsplit(" ", 1)[0] + "…"
