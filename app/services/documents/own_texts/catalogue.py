"""Every sentence of the documents as the program brings it, with its tags and its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.errors import ResourceError, UserError
from app.paths import resource
from app.services.documents.own_texts.tags import TAG, common_tags, field_tag
from app.services.documents.own_texts.types import Shipped, Tag
from app.services.documents.papers.library import papers
from app.services.documents.papers.spoken import Spoken, known_tags, spoken
from app.services.documents.papers.types import PaperSpec
from app.services.documents.texts import shipped_sentences

_FILES = (
    "order",
    "rule",
    "programme",
    "school_card",
    "decisions",
    "letter_reminder",
    "letter_return",
    "amendments",
)
"""In the order of the list; the kinds described by data come after them."""
_PARTS = {"order": ("rule",)}
"""Files whose sentences stand inside the paper of another: the rule under the list."""
_MORE_TAGS = {
    "order/point_list": ("count",),
    "order/point_risk": ("count",),
}
"""Tags that a sentence of ours does without and an own one may want."""


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Shipped]:
    """Return every sentence by its key; ResourceError when a file is broken."""
    return dict([*_of_files(), *_of_papers()])


def prefixes(kind: str) -> tuple[str, ...]:
    """Return what the keys of the sentences of a kind of paper begin with; its own come first."""
    if kind in papers():
        return (f"papers/{kind}/",)
    return (f"{kind}/", *(f"{one}/" for one in _PARTS.get(kind, ())))


def sentence_key(kind: str, name: str) -> str:
    """Return the key of a sentence of a kind; UserError names the sentences that there are.

    A sentence of another file («rule/low» in the order) is named with its file.
    """
    every = prefixes(kind)
    key = name if name.startswith(every) else f"{every[0]}{name}"
    if key not in catalogue():
        keys = [one for one in catalogue() if one.startswith(every)]
        known = ", ".join(one.removeprefix(every[0]) for one in keys)
        raise UserError(f"В этом документе нет предложения «{name}».", f"Есть: {known}.")
    return key


def _of_files() -> Iterator[tuple[str, Shipped]]:
    for file in _FILES:
        title, places = _named(file)
        for name, text in shipped_sentences(file).templates.items():
            wanted = (*_tags_of(text), *_MORE_TAGS.get(f"{file}/{name}", ()))
            tags = {key: _common(key) for key in wanted}
            yield f"{file}/{name}", Shipped(title, places[name], text, tags)


def _of_papers() -> Iterator[tuple[str, Shipped]]:
    for key, spec in papers().items():
        fields = {one.key: field_tag(one.key, one.title) for one in spec.fields}
        for one in spoken(spec):
            tags = {name: _tag(name, fields) for name in _names(spec, one)}
            yield f"papers/{key}/{one.name}", Shipped(spec.name, one.place, one.text, tags)


def _names(spec: PaperSpec, one: Spoken) -> list[str]:
    """Return the tags of a sentence: those of its kind, its own first."""
    return list(dict.fromkeys([*_tags_of(one.text), *known_tags(spec)]))


def _tag(name: str, fields: Mapping[str, Tag]) -> Tag:
    return fields[name] if name in fields else _common(name)


def _common(name: str) -> Tag:
    """Return a tag of the list; one that nobody has named yet is shown by its key."""
    return common_tags().get(name, Tag(name, name, ""))


def _tags_of(text: str) -> list[str]:
    return list(dict.fromkeys(TAG.findall(text)))


def _named(file: str) -> tuple[str, Mapping[str, str]]:
    """Return what a file of sentences is called, and where each of them stands in the paper."""
    path = resource("documents", f"{file}.json")
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return str(body["title"]), {name: str(body["places"][name]) for name in body["sentences"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читаются тексты документов {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error
