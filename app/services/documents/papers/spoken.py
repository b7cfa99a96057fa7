"""Every sentence of a kind of paper by its name, and the same kind with other sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.services.documents.papers.types import AnnexSpec, Field, FieldKind, Item, Need, PaperSpec

Speak = Callable[[str, str, str], str]
"""Name of a sentence, its place in Russian and the sentence; returns what is said instead."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence of a kind of paper and where it stands."""

    name: str
    place: str
    text: str


def spoken(spec: PaperSpec) -> tuple[Spoken, ...]:
    """Return the sentences of a kind in the order of print."""
    found: list[Spoken] = []

    def note(name: str, place: str, text: str) -> str:
        found.append(Spoken(name, place, text))
        return text

    respoken(spec, note)
    return tuple(found)


def respoken(spec: PaperSpec, speak: Speak) -> PaperSpec:
    """Return the kind with every sentence put through ``speak``; empty ones are not asked."""
    return replace(
        spec,
        title=_said(speak, "title", "заголовок", spec.title),
        preamble=_said(speak, "preamble", "преамбула", spec.preamble),
        body=_items(spec.body, "body", "", speak),
        annexes=tuple(_annex(one, index, speak) for index, one in enumerate(spec.annexes, 1)),
        fields=tuple(_field(one, speak) for one in spec.fields),
    )


def known_tags(spec: PaperSpec) -> Mapping[str, str]:
    """Return the tags that any sentence of the kind may use; fields with their Russian title."""
    common = {"year": "", "next_year": "", "office": ""}
    if spec.annexes:
        common["annex"] = ""
    if len(spec.annexes) > 1:
        common["annex2"] = ""
    common |= {need.value: "" for need in spec.needs}
    if Need.PROGRAMME in spec.needs:
        common["roadmap"] = ""
    fields = {one.key: one.title for one in spec.fields if one.kind is not FieldKind.LINES}
    return common | fields


def _field(field: Field, speak: Speak) -> Field:
    if field.empty is None:
        return field
    place = f"если не указано, {field.title}"
    sentence = _said(speak, f"empty.{field.key}", place, field.empty.sentence)
    return replace(field, empty=replace(field.empty, sentence=sentence))


def _said(speak: Speak, name: str, place: str, text: str) -> str:
    return speak(name, place, text) if text else ""


def _items(items: tuple[Item, ...], name: str, place: str, speak: Speak) -> tuple[Item, ...]:
    return tuple(
        _item(one, f"{name}.{index}", place, speak) for index, one in enumerate(items, start=1)
    )


def _item(item: Item, name: str, place: str, speak: Speak) -> Item:
    return replace(
        item,
        text=_said(speak, f"{name}.text", f"{place}абзац", item.text),
        heading=_said(speak, f"{name}.heading", f"{place}заголовок раздела", item.heading),
        otherwise=_said(speak, f"{name}.otherwise", f"{place}если данных нет", item.otherwise),
        points=_points(item.points, f"{name}.points", place, speak),
    )


def _points(
    points: tuple[str | tuple[str, ...], ...], name: str, place: str, speak: Speak
) -> tuple[str | tuple[str, ...], ...]:
    made: list[str | tuple[str, ...]] = []
    number = 0
    for point in points:
        if isinstance(point, str):
            number += 1
            made.append(_said(speak, f"{name}.{number}", f"{place}пункт {number}", point))
        else:
            made.append(
                tuple(
                    _said(speak, f"{name}.{number}.{inner}", f"{place}пункт {number}.{inner}", one)
                    for inner, one in enumerate(point, start=1)
                )
            )
    return tuple(made)


def _annex(annex: AnnexSpec, index: int, speak: Speak) -> AnnexSpec:
    name, place = f"annexes.{index}", f"приложение {index}, "
    return replace(
        annex,
        title=_said(speak, f"{name}.title", f"{place}заголовок", annex.title),
        items=_items(annex.items, f"{name}.items", place, speak),
    )
