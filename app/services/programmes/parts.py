"""What each part of a programme consists of, read from ``resources/programmes/parts.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.paths import resource


class Layout(StrEnum):
    """How the entries of a part are printed."""

    TEXT = "text"
    """Paragraphs."""
    BULLETS = "bullets"
    NUMBERED = "numbered"
    TABLE = "table"
    """The text and every printed field are columns."""
    KEY_VALUE = "key_value"
    """A passport: the text at the left, the only field at the right."""
    QUADRANTS = "quadrants"
    """Two by two, by the choices of the only field."""
    GROUPED = "grouped"
    """Lists under headings, by the choices of the only field."""


class FieldType(StrEnum):
    """What may be written into a field."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry beside its text; ``choices`` only for a choice."""

    name: str
    title: str
    type: FieldType
    choices: tuple[str, ...] = ()
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a programme: ``entry`` is what one entry is called, ``text`` titles its text."""

    key: str
    title: str
    entry: str
    layout: Layout
    text: str
    fields: tuple[Field, ...]
    nested: bool
    numbered: bool
    together: str = ""
    """How the text and the fields of an entry are read as one sentence, fields in braces; empty
    where each stands for itself."""
    compared_with: bool = False
    """Its entries are figures and acts themselves: texts of other parts are compared with them."""

    def field(self, name: str) -> Field | None:
        """Return the field of that name, if the part has it."""
        return next((field for field in self.fields if field.name == name), None)


def part(key: str) -> Part:
    """Return the part of that key; ResourceError names the known ones when there is none."""
    known = parts()
    if key not in known:
        raise ResourceError(f"Нет раздела программы «{key}».", f"Есть: {', '.join(known)}.")
    return known[key]


@lru_cache(maxsize=1)
def parts() -> Mapping[str, Part]:
    """Return all parts by key in the order of the file; ResourceError when it is broken."""
    path = resource("programmes", "parts.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["parts"]
        return {item["key"]: _part(item) for item in listed}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читается состав разделов программы {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _part(item: Mapping[str, Any]) -> Part:
    return Part(
        key=item["key"],
        title=item["title"],
        entry=item["entry"],
        layout=Layout(item["layout"]),
        text=item["text"],
        fields=tuple(_field(field) for field in item["fields"]),
        nested=bool(item["nested"]),
        numbered=bool(item["numbered"]),
        together=str(item.get("together", "")),
        compared_with=bool(item.get("compared_with", False)),
    )


def _field(item: Mapping[str, Any]) -> Field:
    return Field(
        name=item["name"],
        title=item["title"],
        type=FieldType(item["type"]),
        choices=tuple(item.get("choices", ())),
        printed=bool(item.get("printed", True)),
    )
