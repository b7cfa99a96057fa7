"""The order in which people expect to find schools: by name, with numbers as numbers."""

from __future__ import annotations

import re

# A leading legal form (МБОУ, МКОУ, ГБОУ, АНОО…) says who runs the school, not what it is called.
_LEGAL_FORM = re.compile(r"^[А-Я]{1,5}О[УО]\s+")
_DIGITS = re.compile(r"(\d+)")
_NOISE = re.compile(r"[«»\"'„“”№\s]+")


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key of a school's name: «СОШ №2» before «СОШ №15», ё with е, no quotes.

    The legal form decides only between names that are equal without it.
    """
    bare = _LEGAL_FORM.sub("", name)
    return (*_parts(bare), (2, 0, name))


def _parts(name: str) -> list[tuple[int, int, str]]:
    folded = _NOISE.sub(" ", name.casefold().replace("ё", "е")).strip()
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part.strip())
        for part in _DIGITS.split(folded)
        if part.strip()
    ]
