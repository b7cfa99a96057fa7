"""Tags of sentences between braces: Russian words for people, keys for the program."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from app.errors import ResourceError
from app.paths import resource
from app.services.documents.own_texts.types import Tag, TextFault

TAG = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_LONGEST = 3000
"""Signs of one sentence; the longest of ours has some four hundred."""
_NEAR = 24
"""Signs shown on both sides of a fault."""


@lru_cache(maxsize=1)
def common_tags() -> Mapping[str, Tag]:
    """Return the tags that are no field of a kind; ResourceError when the file is broken."""
    path = resource("documents", "tags.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["tags"]
        return {key: Tag(key, word, about) for key, (word, about) in listed.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(
            f"Не читаются метки документов {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def field_tag(key: str, title: str) -> Tag:
    """Return the tag of a field of a kind: its title without the explanation in brackets."""
    return Tag(key, title.split(" (")[0], title)


def for_people(text: str, tags: Mapping[str, Tag]) -> str:
    """Return a sentence with the Russian words of its tags."""
    return TAG.sub(lambda found: f"{{{_word(found[1], tags)}}}", text)


def for_program(text: str, tags: Mapping[str, Tag]) -> str:
    """Return a sentence that ``faults`` found nothing in with the keys of its tags."""
    keys = _keys(tags)
    return TAG.sub(lambda found: f"{{{keys[_folded(found[1])]}}}", text)


def tidy(text: str) -> str:
    """Return a sentence on one line with single spaces, letters composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def faults(text: str, tags: Mapping[str, Tag]) -> tuple[TextFault, ...]:
    """Return what keeps a tidy sentence from being stored, in its order."""
    if not text:
        return (TextFault(1, "Текст пуст: чтобы вернуть текст программы, верните исходный."),)
    if len(text) > _LONGEST:
        return (TextFault(_LONGEST, f"Текст длиннее {_LONGEST} знаков."),)
    found = [*_unknown(text, tags), *_loose_braces(text), *_controls(text)]
    return tuple(sorted(found, key=lambda one: one.position))


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """Return the known word that was most likely meant."""
    close = difflib.get_close_matches(_folded(word), [_folded(one) for one in known], 1, 0.5)
    return next((one for one in known if close and _folded(one) == close[0]), None)


def around(text: str, start: int, end: int) -> str:
    """Return the words around a place, to find it by."""
    left, right = max(0, start - _NEAR), min(len(text), end + _NEAR)
    before, after = "…" if left else "", "…" if right < len(text) else ""
    return f"{before}{text[left:right]}{after}"


def _unknown(text: str, tags: Mapping[str, Tag]) -> list[TextFault]:
    keys = _keys(tags)
    words = tuple(one.word for one in tags.values())
    found = []
    for match in TAG.finditer(text):
        if _folded(match[1]) not in keys:
            meant = nearest(match[1], words)
            hint = f"Возможно, {{{meant}}}." if meant else _all_words(words)
            where = around(text, match.start(), match.end())
            message = f"Знак {match.start() + 1}: неизвестная метка {match[0]} – «{where}». {hint}"
            found.append(TextFault(match.start() + 1, message))
    return found


def _all_words(words: tuple[str, ...]) -> str:
    listed = ", ".join(f"{{{word}}}" for word in words)
    return f"Здесь бывают: {listed}." if words else "В этом предложении меток не бывает."


def _loose_braces(text: str) -> list[TextFault]:
    bare = TAG.sub(lambda found: " " * len(found[0]), text)
    return [
        TextFault(
            match.start() + 1,
            f"Знак {match.start() + 1}: скобка «{match[0]}» без пары – "
            f"«{around(text, match.start(), match.end())}».",
        )
        for match in _BRACE.finditer(bare)
    ]


def _controls(text: str) -> list[TextFault]:
    return [
        TextFault(place, f"Знак {place}: непечатаемый знак (U+{ord(sign):04X}), удалите его.")
        for place, sign in enumerate(text, start=1)
        if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn")
    ]


def _keys(tags: Mapping[str, Tag]) -> dict[str, str]:
    """Return the keys by what a person may write: the Russian word or the key itself."""
    return {_folded(name): one.key for one in tags.values() for name in (one.key, one.word)}


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("ё", "е").split())


def _word(key: str, tags: Mapping[str, Tag]) -> str:
    return tags[key].word if key in tags else key
