"""What else speaks for a school beside the letters of its name: its place, its number, its kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from app.services.importing.names import Likeness, NameParts, name_key, parse_name

_PLACE = 60
_NUMBER = 15
_KIND = 10
_ONLY_OF_KIND = 80
_FEW_OF_KIND = 55
_FEW = 3
_STEM = 4
"""A village and the adjective made of it have so many first letters in common at least."""
_ENDING = 3
"""So many letters of the shorter word may be its ending: «Вязово» and «Вязовская»."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])\s*[-–—]\s*(?=[^\W\d_])")
_NOTHING = Likeness(0, "")


def solid_key(name: str) -> str:
    """Return the normal form of a name without hyphens: «Ново-Троицкая» is «Новотроицкая»."""
    return name_key(_HYPHEN.sub("", name))


def hint_of_place(
    name: NameParts, spellings: Iterable[NameParts], settlement: str | None
) -> Likeness:
    """Return how far the place in a name is that of a school, and why; another number is none.

    «Тёплоключевская СОШ № 1» may be «СОШ № 1» of the village «Тёплый Ключ».
    """
    known = list(spellings)
    place = parse_name(settlement or "").words
    words = {word for one in known for word in one.words} | {*place}
    if not any(_are_akin(one, other) for one in name.words for other in words):
        return _NOTHING
    numbers = [one.numbers for one in known if one.numbers]
    if name.numbers and numbers and name.numbers not in numbers:
        return _NOTHING
    score, why = _PLACE, f"похоже на населённый пункт: {settlement}" if place else "имя похоже"
    if name.numbers and name.numbers in numbers:
        score, why = score + _NUMBER, f"{why}, номер совпадает"
    if name.kinds and any(name.kinds == one.kinds for one in known):
        score, why = score + _KIND, f"{why}, вид школы совпадает"
    return Likeness(score, why)


def hints_of_kind(
    name: NameParts, schools: Collection[tuple[int, Sequence[NameParts]]]
) -> dict[int, Likeness]:
    """Return the schools of the kind that is all a name says: «Лицей», «ВСОШ»; few are worth it."""
    if not name.kinds or name.numbers or name.words:
        return {}
    same = [one for one, parts in schools if any(name.kinds == known.kinds for known in parts)]
    if len(same) > _FEW:
        return {}
    alone = Likeness(_ONLY_OF_KIND, "единственная школа такого вида")
    few = Likeness(_FEW_OF_KIND, "вид школы совпадает")
    return dict.fromkeys(same, alone if len(same) == 1 else few)


def _are_akin(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return same >= _STEM and same >= shorter - _ENDING
