"""Sentences of the documents, read from ``resources/documents``; they are data, not code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.errors import ResourceError
from app.paths import resource
from app.services.documents.wording import in_force

_TAG = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one kind of document by key; tags stand in braces: ``{year}``.

    Only whole tags are replaced by given values: a template cannot run or reach anything else.
    """

    file: str
    templates: Mapping[str, str]

    def __call__(self, key: str, **values: str) -> str:
        """Return the sentence ``key`` with its tags filled; ResourceError for what is not known."""
        template = self.templates.get(key)
        if template is None:
            raise self._broken(f"нет предложения «{key}»")
        return _TAG.sub(lambda tag: self._value(key, tag.group(1), values), template)

    def _value(self, key: str, tag: str, values: Mapping[str, str]) -> str:
        if tag not in values:
            known = ", ".join(f"{{{name}}}" for name in sorted(values)) or "нет"
            raise self._broken(f"в предложении «{key}» неизвестная метка {{{tag}}}; есть: {known}")
        return values[tag]

    def _broken(self, what: str) -> ResourceError:
        return ResourceError(
            f"Ошибка в текстах документов {self.file}: {what}.",
            "Исправьте файл или переустановите программу.",
        )


def sentences(kind: str) -> Sentences:
    """Return the sentences of a kind of document as the office wants them.

    ResourceError when the file of the kind is broken.
    """
    shipped, words = shipped_sentences(kind), in_force()
    if words.is_ours:
        return shipped
    said = {key: words.say(f"{kind}/{key}", text) for key, text in shipped.templates.items()}
    return Sentences(shipped.file, said)


@lru_cache(maxsize=16)
def shipped_sentences(kind: str) -> Sentences:
    """Return the sentences as the program brings them; ResourceError when the file is broken."""
    path = resource("documents", f"{kind}.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["sentences"]
        return Sentences(path.name, {str(k): str(v) for k, v in listed.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(
            f"Не читаются тексты документов {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error
