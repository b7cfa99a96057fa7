"""What the office says in its own way: its sentences and its terms, in force inside a block."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.errors import ResourceError
from app.models.enums import Category
from app.paths import resource

_LETTER = "А-Яа-яЁё"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to name a group of schools; ``phrases`` are its forms, the same cases in each."""

    short: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A group of schools that offices name in different ways; the first variant is ours."""

    key: str
    title: str
    variants: tuple[Variant, ...]

    @property
    def shorts(self) -> tuple[str, ...]:
        """The abbreviations, ours first."""
        return tuple(one.short for one in self.variants)


@dataclass(frozen=True, slots=True)
class Wording:
    """Own sentences by ``FILE/NAME`` and chosen abbreviations by the key of their term."""

    own: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether nothing differs from what the program says by itself."""
        return not self.own and not _replacements(self._choice)

    def say(self, key: str, shipped: str) -> str:
        """Return the office's own sentence as it stands, or ours with the terms of the office."""
        return self.own.get(key) or self.term(shipped)

    def term(self, text: str) -> str:
        """Return our text with the terms that the office has chosen."""
        found = _replacements(self._choice)
        if not found:
            return text
        return _pattern(self._choice).sub(lambda match: found[match[0]], text)

    def saying(self, own: Mapping[str, str]) -> Wording:
        """Return the same with these sentences before all others, by ``FILE/NAME``."""
        return replace(self, own={**self.own, **own}) if own else self

    @property
    def _choice(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.chosen.items()))


_IN_FORCE: ContextVar[Wording | None] = ContextVar("wording", default=None)


def in_force() -> Wording:
    """Return the wording that serves the work in hand: of the office inside ``using``, or ours."""
    return _IN_FORCE.get() or Wording()


@contextmanager
def using(wording: Wording) -> Iterator[None]:
    """Let this wording serve inside the block: content is pure and knows of no database."""
    token = _IN_FORCE.set(wording)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def in_terms(text: str) -> str:
    """Return a text of ours with the terms in force."""
    return in_force().term(text)


def category_word(category: Category) -> str:
    """Return the category as papers of the office name it."""
    return in_terms(category.value)


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Return the terms that can be chosen; ResourceError when their file is broken."""
    path = resource("documents", "terms.json")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["terms"]
        return tuple(_term(one) for one in listed)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"Не читаются термины документов {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


def _term(body: Mapping[str, object]) -> Term:
    listed = body["variants"]
    if not isinstance(listed, list):
        raise TypeError("variants")
    variants = tuple(Variant(str(one["short"]), tuple(one["phrases"])) for one in listed)
    if len({len(one.phrases) for one in variants}) != 1:
        raise ValueError(f"у «{body['key']}» разное число форм")
    return Term(str(body["key"]), str(body["title"]), variants)


@lru_cache(maxsize=8)
def _replacements(choice: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return what stands for what; nothing where the choice is ours."""
    wanted = dict(choice)
    found: dict[str, str] = {}
    for term in terms():
        ours, short = term.variants[0], wanted.get(term.key, term.variants[0].short)
        theirs = next((one for one in term.variants if one.short == short), ours)
        if theirs is not ours:
            found[ours.short] = theirs.short
            found |= dict(zip(ours.phrases, theirs.phrases, strict=True))
    return found


@lru_cache(maxsize=8)
def _pattern(choice: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    listed = sorted(_replacements(choice), key=len, reverse=True)
    words = "|".join(re.escape(one) for one in listed)
    return re.compile(rf"(?<![{_LETTER}])(?:{words})(?![{_LETTER}])")
