"""Settlements in texts: «с. Большой Ключ» in an address or beside the name of a school."""

from __future__ import annotations

from functools import lru_cache

from app.services.importing.names import parse_name
from app.services.table_words import pattern

_WORDS = "places"


@lru_cache(maxsize=4096)
def place_in(address: str) -> str | None:
    """Return the settlement of an address with its kind, the last it names; None for none."""
    found = pattern(_WORDS, "settlement").findall(address)
    return found[-1].strip() if found else None


@lru_cache(maxsize=16384)
def split_place(name: str) -> tuple[str, str] | None:
    """Return the name of a school without the settlement beside it, and that; None without one."""
    found = list(pattern(_WORDS, "settlement").finditer(name))
    if len(found) != 1:
        return None
    (match,) = found
    return name[: match.start()] + " " + name[match.end() :], match[0]


def is_same_place(place: str, settlement: str) -> bool:
    """Return whether a settlement may be that of a school, which may name a district too."""
    words = set(parse_name(place).words)
    return bool(words) and words <= set(parse_name(settlement).words)
