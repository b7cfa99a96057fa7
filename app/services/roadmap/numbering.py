"""Numbers of activities: those that the program counts, and the order of those people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PARTS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a roadmap in its order: a heading or an activity.

    ``number`` is what people wrote; ``level`` the depth of a heading, 1 at the top.
    """

    key: int
    is_group: bool
    number: str = ""
    auto: bool = False
    level: int = 0


def numbers(places: Iterable[Place]) -> dict[int, str]:
    """Return the number of each activity that the program counts, by its key.

    An activity counts within the nearest heading with a number («2.» gives «2.1», «2.2»…) and,
    where no heading has one, through the whole roadmap.  Activities numbered by hand keep their
    place in the count, so that a gap shows where they stand.
    """
    counted: dict[int, str] = {}
    headings: list[str] = []
    counts: dict[str, int] = {}
    for place in places:
        if place.is_group:
            del headings[max(place.level - 1, 0) :]
            headings.append(place.number)
            continue
        prefix = next((bare(one) for one in reversed(headings) if bare(one)), "")
        counts[prefix] = counts.get(prefix, 0) + 1
        if place.auto:
            counted[place.key] = f"{prefix}.{counts[prefix]}" if prefix else str(counts[prefix])
    return counted


def bare(number: str) -> str:
    """Return a number without the closing dot and spaces: «2 .» and «2.» are 2."""
    return number.replace(" ", "").rstrip(".)")


def sort_key(number: str) -> Sequence[int]:
    """Return a key by which «1.10» comes after «1.9»."""
    return tuple(int(part) for part in _PARTS.findall(number))
