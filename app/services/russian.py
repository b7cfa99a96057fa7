"""Nouns in agreement with a number, for every sentence that counts something."""

from __future__ import annotations


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the form that agrees with ``number``: 1 школа, 2 школы, 5 школ, 11 школ, 21 школа."""
    tens, ones = divmod(abs(number) % 100, 10)
    if tens == 1 or ones == 0 or ones >= 5:
        return many
    return one if ones == 1 else few


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return the number with its noun: «1 школа», «2 школы», «5 школ»."""
    return f"{number} {plural(number, one, few, many)}"
