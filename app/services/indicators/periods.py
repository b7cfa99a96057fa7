"""Periods of values: a year, a half-year, a school year, or none; reading and naming them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.errors import UserError
from app.models.enums import ValueRole

_YEAR = r"(?:19|20)\d\d"
_STORED = re.compile(rf"({_YEAR})(?:-([12])|/({_YEAR}))?")
_SCHOOL_YEAR = re.compile(rf"({_YEAR})\s*[-–—/]\s*({_YEAR}|\d\d)(?!\d)")
_YEAR_ALONE = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_HALVES = (
    (2, re.compile(r"(?<![\wi])(?:ii|2(?:-?е|-?ое)?|второе)\s*(?:полугодие|полугод\.?|п/?г\b)")),
    (1, re.compile(r"(?<![\wi])(?:i|1(?:-?е|-?ое)?|первое)\s*(?:полугодие|полугод\.?|п/?г\b)")),
)
_TORN = re.compile(r"^[\d\s]+(?:г\.?|год)?$")
_ROLE_WORDS = {ValueRole.BASE: "базовое", ValueRole.PLAN: "план", ValueRole.FACT: "факт"}
_ROLE_ORDER = list(ValueRole)


class Slot(NamedTuple):
    """The place of a value: what it stands for and its period."""

    role: ValueRole
    period: str


def read_period(text: str) -> str | None:
    """Return the period that a header names: «2022 год», «II полугодие 2022», «2021/22»; or None.

    The years of a longer span («2022–2024») name no single period: None.
    """
    folded = _mended(text.casefold().replace("l", "i"))
    half = next((number for number, sign in _HALVES if sign.search(folded)), None)
    span = _SCHOOL_YEAR.search(folded)
    if span:
        first, last = int(span[1]), int(span[2][-2:])
        return f"{first}/{first + 1}" if (first + 1) % 100 == last and half is None else None
    years = _YEAR_ALONE.findall(folded)
    if len(years) != 1:
        return None
    return years[0] if half is None else f"{years[0]}-{half}"


def is_period(text: str) -> bool:
    """Return whether the text is a period as it is stored; the empty one is none."""
    match = _STORED.fullmatch(text)
    return match is not None and (not match[3] or int(match[3]) == int(match[1]) + 1)


def year_of(period: str) -> int | None:
    """Return the calendar year in which a period ends; None for no period."""
    match = _STORED.fullmatch(period)
    return int(match[3] or match[1]) if match else None


def period_title(period: str) -> str:
    """Return a period for the head of a column."""
    match = _STORED.fullmatch(period)
    if not match or not (match[2] or match[3]):
        return period
    if match[3]:
        return f"{match[1]}/{match[3][-2:]} уч. г."
    return f"{'I' if match[2] == '1' else 'II'} полугодие {match[1]}"


def slot_title(slot: Slot) -> str:
    """Return the head of a column: «Базовое», «2022 план», «План» for a goal without a year."""
    if slot.role is ValueRole.BASE:
        return f"Базовое {period_title(slot.period)}".strip()
    if not slot.period:
        return "Целевое значение" if slot.role is ValueRole.PLAN else "Факт"
    return f"{period_title(slot.period)} {_ROLE_WORDS[slot.role]}"


def period_key(period: str) -> tuple[int, int, str]:
    """Return the key by which periods stand in order; none comes first."""
    year = year_of(period)
    return (year or 0, int(period[-1]) if re.search(r"-[12]$", period) else 3, period)


def slot_key(slot: Slot) -> tuple[int, tuple[int, int, str], int]:
    """Return the order of columns: the base, then every period, its plan before its fact."""
    is_base = slot.role is ValueRole.BASE
    return (0 if is_base else 1, period_key(slot.period), _ROLE_ORDER.index(slot.role))


def ordered(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Return every slot once, in the order of columns."""
    return tuple(sorted(set(slots), key=slot_key))


def years_of(slots: Iterable[Slot]) -> tuple[int, ...]:
    """Return the calendar years that the slots name, ascending."""
    return tuple(sorted({year for slot in slots if (year := year_of(slot.period))}))


def _mended(text: str) -> str:
    """Join figures that a page break tore apart: a header «201 9» is a year and nothing else."""
    if _TORN.match(text.strip()):
        return re.sub(r"(?<=\d)\s+(?=\d)", "", text)
    return text


def years_named(text: str) -> tuple[int, ...]:
    """Return the years that a text names, ascending."""
    return tuple(sorted({int(year) for year in _YEAR_ALONE.findall(text)}))


def read_years(text: str) -> tuple[int, int]:
    """Return the first and the last year that a text names; UserError when it names none."""
    years = [int(year) for year in _YEAR_ALONE.findall(text)]
    if not years or len(years) > 2:
        raise UserError(f"Годы «{text}» не поняты.", "Напишите, например, «2025–2027».")
    return years[0], years[-1]
