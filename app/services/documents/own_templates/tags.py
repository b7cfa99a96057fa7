"""Which tags a template of a kind of document may hold, each with an explanation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.errors import ResourceError, UserError
from app.paths import resource
from app.services.documents.content.order_list import KIND as ORDER
from app.services.documents.own_templates.types import TemplateTag, folded
from app.services.documents.papers.library import papers
from app.services.documents.papers.types import Need, PaperSpec
from app.services.documents.programme.service import KIND as PROGRAMME

_TITLES = {
    ORDER: "Приказ об утверждении перечня школ",
    PROGRAMME: "Муниципальная программа",
}
"""Kinds with code of their own that take templates; all that are described by data do."""
_TEXT_GROUPS = ("office", "document")


def kinds() -> Mapping[str, str]:
    """Return the kinds that templates can be made for, with their titles."""
    return _TITLES | {key: spec.name for key, spec in papers().items()}


def tags_of(kind: str) -> tuple[TemplateTag, ...]:
    """Return the tags of a kind, plain ones first; UserError for a kind without templates."""
    if kind not in kinds():
        raise UserError(
            f"Для документа «{kind}» своих шаблонов не бывает.", f"Бывают: {', '.join(kinds())}."
        )
    spec = papers().get(kind)
    return (*_plain(kind, spec), *_blocks(kind, spec))


def words(*path: str) -> Mapping[str, str]:
    """Return the words of a group of tags by key; ResourceError when the file is broken."""
    return {key: one[0] for key, one in _group(*path).items()}


def wants(kind: str, spec: PaperSpec | None) -> tuple[str, ...]:
    """Return what the tags of a kind can be filled from: the year, a programme, a school."""
    if spec is None:
        return ("year", "programme") if kind == PROGRAMME else ("year",)
    return ("year", *(need.value for need in (Need.PROGRAMME, Need.SCHOOL) if need in spec.needs))


def elsewhere(kind: str) -> Mapping[str, str]:
    """Return the folded words of tags that other kinds have, with the title of the first."""
    own = {folded(tag.word) for tag in tags_of(kind)}
    found: dict[str, str] = {}
    for other, title in kinds().items():
        for tag in tags_of(other):
            word = folded(tag.word)
            if word not in own:
                found.setdefault(word, title)
    return found


def _plain(kind: str, spec: PaperSpec | None) -> list[TemplateTag]:
    listed = [one for group in _TEXT_GROUPS for one in _group(group).values()]
    listed += [one for want in wants(kind, spec)[1:] for one in _group(want).values()]
    made = [TemplateTag(word, about) for word, about in listed]
    taken = {tag.word for tag in made}
    for field in spec.fields if spec else ():
        word = field_word(field.title)
        made += [] if word in taken else [TemplateTag(word, f"поле документа: {field.title}")]
    return made


def _blocks(kind: str, spec: PaperSpec | None) -> list[TemplateTag]:
    listed = [*_group("whole").values()]
    for want in wants(kind, spec):
        listed += _group("tables", want).values()
    return [TemplateTag(word, about, is_block=True) for word, about in listed]


def field_word(title: str) -> str:
    """Return the word of a field's tag: its title without the explanation in brackets."""
    return title.split(" (")[0]


def _group(*path: str) -> Mapping[str, tuple[str, str]]:
    body: Any = _read()
    for name in path:
        body = body[name]
    return {key: (str(one[0]), str(one[1])) for key, one in body.items()}


@lru_cache(maxsize=1)
def _read() -> Mapping[str, Any]:
    path = resource("documents", "template_tags.json")
    try:
        body: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for group in (*_TEXT_GROUPS, "whole", "school", "programme"):
            body[group].items()
        return body
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ResourceError(
            f"Не читаются метки шаблонов {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error
