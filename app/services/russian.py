"""Nouns in agreement with a number, for every sentence that counts something."""

from __future__ import annotations

from collections.abc import Sequence


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the form that agrees with ``number``: 1 школа, 2 школы, 5 школ, 11 школ, 21 школа."""
    tens, ones = divmod(abs(number) % 100, 10)
    if tens == 1 or ones == 0 or ones >= 5:
        return many
    return one if ones == 1 else few


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return the number with its noun: «1 школа», «2 школы», «5 школ»."""
    return f"{number} {plural(number, one, few, many)}"


def listed(titles: Sequence[str]) -> str:
    """Return titles as one list, capital only at its start: «Паспорт, кадры, ВПР»."""
    return ", ".join([*titles[:1], *(inside(title) for title in titles[1:])])


def inside(title: str) -> str:
    """Return a title as it stands inside a sentence; abbreviations stay as they are."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
