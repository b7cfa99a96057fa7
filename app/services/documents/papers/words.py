"""The words by which papers name other papers, read strictly from ``resources/documents``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.paths import resource

_KEYS = {"about", "source", "confirmed"} | {
    "nouns", "adjectives", "lower", "of_place", "of_programme", "acts",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noun:
    """A word that titles of programmes begin with: its gender, and its forms by case."""

    gender: str
    cases: Mapping[str, str]

    @property
    def title(self) -> str:
        """The form that a title begins with."""
        return self.cases["nominative"]


@dataclass(frozen=True, slots=True)
class Endings:
    """How adjectives end by case whose stem ends with one of ``stem``; with any, if empty."""

    stem: str
    cases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamingWords:
    """The whole vocabulary; ``adjectives`` by gender, the endings of a certain stem first."""

    nouns: tuple[Noun, ...]
    adjectives: Mapping[str, tuple[Endings, ...]]
    lower: tuple[str, ...]
    of_place: tuple[str, ...]
    of_programme: str
    acts: Mapping[str, str]

    def endings(self) -> Iterator[str]:
        """Yield every ending of an adjective in any gender and case, the longest first."""
        listed = {
            ending
            for group in self.adjectives.values()
            for one in group
            for ending in one.cases.values()
        }
        return iter(sorted(listed, key=lambda one: (-len(one), one)))


@lru_cache(maxsize=1)
def naming_words() -> NamingWords:
    """Return the vocabulary; ResourceError names the file and the fault."""
    path = resource("documents", "naming.json")
    try:
        return _words(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читается словарь названий документов {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _words(body: Mapping[str, Any]) -> NamingWords:
    foreign = set(body) ^ _KEYS
    if foreign:
        raise ValueError(f"ключи файла: лишний или пропущен «{min(foreign)}»")
    return NamingWords(
        nouns=tuple(Noun(one["gender"], dict(one["cases"])) for one in body["nouns"]),
        adjectives={key: _endings(listed) for key, listed in body["adjectives"].items()},
        lower=tuple(body["lower"]),
        of_place=tuple(body["of_place"]),
        of_programme=str(body["of_programme"]),
        acts={key: str(word) for key, word in body["acts"].items()},
    )


def _endings(listed: list[Mapping[str, Any]]) -> tuple[Endings, ...]:
    read = (Endings(one["stem"], dict(one["cases"])) for one in listed)
    return tuple(sorted(read, key=lambda one: not one.stem))
