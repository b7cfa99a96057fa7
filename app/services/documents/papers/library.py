"""The kinds of papers, read strictly from ``resources/documents/papers``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import ResourceError, UserError
from app.paths import resource
from app.services.documents.language import Agreement
from app.services.documents.papers.spoken import respoken, spoken
from app.services.documents.papers.types import (
    AnnexSpec,
    Empty,
    Field,
    FieldKind,
    Form,
    Item,
    Need,
    PaperRequest,
    PaperSpec,
    Signatory,
)
from app.services.documents.wording import in_force

SENTENCE = "sentence:"
"""What the key of a value of a request begins with that is a sentence of this paper alone."""
_KEYS = {
    "about", "source", "confirmed", "name", "form", "title", "needs", "fields", "word", "preamble",
    "verb", "body", "annexes", "parties", "landscape", "signed",
    "signatories",
}  # fmt: skip
_ITEM_KEYS = {"text", "heading", "points", "bullets", "source", "otherwise"}


def paper(key: str) -> PaperSpec:
    """Return the kind of that key with the sentences as the office wants them.

    ResourceError names the known kinds when there is none of that key.
    """
    known = papers()
    if key not in known:
        raise ResourceError(f"Нет вида документа «{key}».", f"Есть: {', '.join(known)}.")
    words = in_force()
    if words.is_ours:
        return known[key]
    return respoken(known[key], lambda name, _, text: words.say(f"papers/{key}/{name}", text))


def worded(request: PaperRequest) -> PaperSpec:
    """Return the kind of a request with the sentences that were written for this paper alone.

    UserError names a sentence that the kind has not.
    """
    spec = paper(request.kind)
    own = {
        key.removeprefix(SENTENCE): " ".join(text.split())
        for key, text in request.values.items()
        if key.startswith(SENTENCE) and text.strip()
    }
    foreign = set(own) - {one.name for one in spoken(spec)}
    if foreign:
        known = ", ".join(one.name for one in spoken(spec))
        raise UserError(
            f"В документе «{spec.name}» нет предложения «{min(foreign)}».", f"Есть: {known}."
        )
    return respoken(spec, lambda name, _, text: own.get(name, text)) if own else spec


@lru_cache(maxsize=1)
def papers() -> Mapping[str, PaperSpec]:
    """Return every kind by key; ResourceError names the file and the fault."""
    read = (_read(path) for path in sorted(resource("documents", "papers").glob("*.json")))
    return {spec.key: spec for spec in read}


def _read(path: Path) -> PaperSpec:
    try:
        return _paper(path.stem, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читается вид документа {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _paper(key: str, body: Mapping[str, Any]) -> PaperSpec:
    _known(body, _KEYS)
    return PaperSpec(
        key=key,
        name=body["name"],
        form=Form(body["form"]),
        title=body["title"],
        needs=tuple(Need(need) for need in body.get("needs", ())),
        fields=tuple(_field(one) for one in body.get("fields", ())),
        word=body.get("word", ""),
        preamble=body.get("preamble", ""),
        verb=body.get("verb", ""),
        body=tuple(_item(one) for one in body.get("body", ())),
        annexes=tuple(_annex(one) for one in body.get("annexes", ())),
        parties=tuple(body.get("parties", ())),
        landscape=bool(body.get("landscape", False)),
        signed=bool(body.get("signed", True)),
        signatories=tuple(_signatory(one) for one in body.get("signatories", ())),
    )


def _field(one: Mapping[str, Any]) -> Field:
    empty = one.get("empty")
    kind = FieldKind(one.get("kind", "text"))
    return Field(one["key"], one["title"], kind, Empty(**empty) if empty else None)


def _signatory(one: Mapping[str, Any]) -> Signatory:
    _known(one, {"post", "name"})
    return Signatory(one["post"], one["name"])


def _item(one: Mapping[str, Any]) -> Item:
    _known(one, _ITEM_KEYS)
    points = tuple(
        point if isinstance(point, str) else tuple(point) for point in one.get("points", ())
    )
    plain = {key: str(value) for key, value in one.items() if key != "points"}
    return Item(points=points, **plain)


def _annex(one: Mapping[str, Any]) -> AnnexSpec:
    return AnnexSpec(
        title=one["title"],
        items=tuple(_item(item) for item in one["items"]),
        agreement=Agreement(one["agreement"]),
        approved=bool(one.get("approved", True)),
        landscape=bool(one.get("landscape", False)),
    )


def _known(body: Mapping[str, Any], keys: set[str]) -> None:
    foreign = set(body) - keys
    if foreign:
        raise ValueError(f"неизвестный ключ «{min(foreign)}»")
