"""What a cell of such a table says: the schools listed in it, a person with post and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_FORM = (
    r"(?:[МГЧ][БКА]?О?[БКА]?ОУ|М[БКА]У|ФГКОУ|АНОО|"
    r"[Мм]униципальн\w+\s+(?:бюджетн|казенн|казённ|автономн|общеобразовательн)\w+)"
)
_KIND = r"(?:СОШ|ООШ|НОШ|Гимназия|Лицей|гимназия|лицей)"
_LINES = re.compile(r"[\n\r;]+|,(?!\s*(?:г|с|д|п|пос|дер|ст|х|р|обл|филиал)\b\.?)")
_BEFORE_FORM = re.compile(rf"\s+(?={_FORM}\b)")
_BEFORE_NUMBERED = re.compile(rf"(?<=\d)\s+(?={_KIND}\s*№)")
_AFTER_KIND = re.compile(rf"(?<=СОШ|ООШ|НОШ)\s+(?=[А-ЯЁ][\w-]+\s+{_KIND}\b)")
_MARKER = re.compile(r"^\s*(?:\d{1,2}\s*[.)]\s*|[-–—•·*]\s*)+")
_NOTHING = re.compile(r"^[\s\-–—.]*$|^нет$", re.IGNORECASE)

_FULL = re.compile(
    r"\b([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ][а-яё]+\s+"
    r"[А-ЯЁ][а-яё]+(?:вич|вна|ьич|ична|инична|вича|вны|вну|вне|оглы|кызы))\b"
)
_SHORT = re.compile(
    r"\b([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|"
    r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
)
_PLACE = re.compile(
    rf"{_FORM}|[Мм]униципальн\w+\s|(?:[А-ЯЁ][\w-]+\s+)?(?:СОШ|ООШ|НОШ)\b|"
    r"[Гг]имнази\w+|[Лл]ице\w+|[Шш]кол\w+\s*№|[Уу]правлени\w+ образования|[Оо]тдел\w* образования"
)
_ORDER = re.compile(
    r"\(?\s*(?:приказ\w*|распоряжени\w+)\s+.{0,80}?№\s*[\w/-]+[^,;]*", re.IGNORECASE
)
_AGREEMENT_NUMBER = re.compile(r"№\s*([\w/.-]+)")
_AGREEMENT_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)")
_EDGES = " \t\n,;:.–—-()"


class PersonText(NamedTuple):
    """What stands about a person in one cell; what is not said is empty."""

    name: str
    post: str
    place: str
    order: str


def schools_of(text: str) -> tuple[str, ...]:
    """Return the schools listed in a cell: by lines, commas, or one after the other."""
    return tuple(dict.fromkeys(_listed(text)))


def _listed(text: str) -> Iterator[str]:
    for line in _LINES.split(text):
        for part in _BEFORE_FORM.split(_MARKER.sub("", line).strip()):
            for piece in _BEFORE_NUMBERED.split(part):
                for one in _AFTER_KIND.split(piece):
                    name = " ".join(one.split()).strip(" .,;–—-")
                    if name and not _NOTHING.match(name):
                        yield name


def person_of(text: str) -> PersonText:
    """Return name, post and place of work that a cell runs together; a missing name stays empty."""
    flat = " ".join(text.split())
    order = _ORDER.search(flat)
    if order:
        flat = flat.replace(order[0], " ")
    found = _FULL.search(flat) or _SHORT.search(flat)
    name = found[1] if found else ""
    rest = " ".join(flat.replace(name, ", ").split()) if name else flat
    place = _PLACE.search(rest)
    post, where = (rest, "") if place is None else (rest[: place.start()], rest[place.start() :])
    return PersonText(
        name, post.strip(_EDGES), where.strip(_EDGES), order[0].strip(_EDGES) if order else ""
    )


def agreement_of(text: str) -> tuple[str, date | None]:
    """Return number and date of an agreement; what is not there, or exists not, stays empty."""
    number, day = _AGREEMENT_NUMBER.search(text), _AGREEMENT_DAY.search(text)
    found = _day_of(day) if day else None
    return (number[1].strip(".,;") if number else ""), found


def impossible_day(text: str) -> str:
    """Return the date of an agreement that the calendar does not know; empty for any other."""
    day = _AGREEMENT_DAY.search(text)
    return day[0] if day and _day_of(day) is None else ""


def _day_of(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
