"""Tells what the label of a row means: a school, the country, a region, a district."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from app.models.enums import CodeSystem, ReferenceScope
from app.services.importing.cells import school_code
from app.services.importing.facts import SchoolRef
from app.services.importing.tables import is_total_text, key
from app.services.part_totals import is_city_total, is_part_total
from app.services.table_words import words

_CODE_IN_BRACKETS = re.compile(r"[(\[{]\s*([A-Za-zА-Яа-я]{2,5}\s?\d[\d ]{2,11}|\d{5,6})\s*[)\]}]")
"""Digits alone are a code only when five or six: «(2007)» is a year, «(корпус 2)» a building."""
_ORDINAL = re.compile(r"^(?:\d{1,3}\s*[.)]|[–—•*-])\s*(?=[А-ЯЁA-Z«\"])")
"""«1. МБОУ …», «– МБОУ …»: the number of the line or the mark of a list, no part of a name."""
_LOGIN = r"[a-zеасорх]{2,5}\d{3,12}"
_CODE_AT_EDGE = re.compile(
    rf"^({_LOGIN}|\d{{5,6}}(?=[\s–—-]+\D))\b[\s,;:–—-]*|[\s,;:–—-]+({_LOGIN})$", re.IGNORECASE
)
_SCHOOL = re.compile(
    r"(?:^|[^а-я])(?:[мгчк]?[бкао]*оу|мобу|мбу|ано"
    r"|филиал|сош|оош|нош|школ\w*|гимнази\w*|лице\w*|интернат\w*|кадетск\w*|корпус|училищ\w*"
    r"|техникум\w*|колледж\w*|учреждени\w*|детск\w+ сад\w*|центр образования|цо)(?:[^а-я]|$)"
    r"|№\s*\d",
    re.IGNORECASE,
)
_SAMPLE = re.compile(r"всявыборка|рф|россия|российскаяфедерация|всерегионы|повыборке|выборкарф")
_REGION = re.compile(
    r"обл(?:\.|$|ас)|(?:^|\s)край(?:\s|$)|респ(?:\.|убл)|(?:^|\s)АО$|регион|субъект",
    re.IGNORECASE,
)
_SURELY_REGION = re.compile(
    r"автономн\w+\s+(?:округ|обл)"
    r"|^(?:г(?:ород|\.)?\s*)?(?:москва|санкт-петербург|севастополь|байконур)$",
    re.IGNORECASE,
)
_DISTRICT = re.compile(
    r"район|муницип|округ|(?:^|\s)(?:ГО|МО|МР|АТЕ|ТО|МО\s+ГО|ЗАТО)(?:\s|$|«|\")|^г(?:ород|\.)\s*\S"
    r"|управлени|департамент|(?:^|\s)город(?:\s|$)|улус|кожуун",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label: either a school or a scope of reference, never both."""

    school: SchoolRef | None = None
    scope: ReferenceScope | None = None
    name: str = ""

    @property
    def coded(self) -> bool:
        """True for a school that is named by a code."""
        return self.school is not None and bool(self.school.codes)

    @property
    def text(self) -> str:
        """What to call it in a message: its name, else its code."""
        return self.name or (self.school.codes[0][1] if self.school and self.school.codes else "")


@lru_cache(maxsize=16384)
def split_code(text: str) -> tuple[tuple[CodeSystem, str] | None, str]:
    """Return the code that stands in a label, before or after the name, and the name without it."""
    text = _ORDINAL.sub("", text)
    text = _part_before().sub("", text)
    match = _CODE_IN_BRACKETS.search(text)
    code = school_code(match[1]) if match else None
    if match and code:
        return code, _tidy(text[: match.start()] + " " + text[match.end() :])
    bare = school_code(text)
    if bare:
        return bare, ""
    edge = _CODE_AT_EDGE.search(text)
    code = school_code(edge[1] or edge[2]) if edge else None
    if edge and code:
        return code, _tidy(text[: edge.start()] + " " + text[edge.end() :])
    return None, text


@lru_cache(maxsize=16384)
def is_part(text: str) -> bool:
    """Return whether a label says that its row is a part of the one above: «в том числе филиал»."""
    return _part_before().match(_ORDINAL.sub("", text)) is not None and not sums_a_part(text)


@cache
def _part_before() -> re.Pattern[str]:
    return re.compile(words("labels")["part_before"], re.IGNORECASE)


@cache
def _total_of_many() -> re.Pattern[str]:
    return re.compile(words("labels")["total_of_many"], re.IGNORECASE)


@cache
def _summary() -> re.Pattern[str]:
    return re.compile(words("labels")["summary"], re.IGNORECASE)


def sums_a_part(text: str) -> bool:
    """Return whether a label is of a total that is less than the district: «сельские школы»."""
    return is_part_total(text) or is_city_total(text)


def names_school(text: str) -> bool:
    """Return whether a text has a word of schools, or «№ 5»."""
    return bool(_SCHOOL.search(text))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:–—-")


@lru_cache(maxsize=16384)
def read_label(text: str, schools_given: bool) -> Label:
    """Return what a label of «Группы участников» means.

    A code makes a school; then words decide.  ``schools_given`` (the row sums up more than
    one school) makes an unclear label a district.
    """
    code, name = split_code(text)
    if code:
        return Label(SchoolRef((code,), name or None), name=name)
    scope = _scope(text)
    if scope is None and schools_given:
        scope = ReferenceScope.DISTRICT
    if scope:
        return Label(scope=scope, name=text)
    return Label(SchoolRef((), name), name=name)


def _scope(text: str) -> ReferenceScope | None:
    if _SAMPLE.fullmatch(key(text)):
        return ReferenceScope.SAMPLE
    if _total_of_many().match(text) or _summary().fullmatch(text):
        return ReferenceScope.DISTRICT
    if sums_a_part(text):
        return ReferenceScope.DISTRICT
    if _SCHOOL.search(text):
        return None
    if is_total_text(text):
        return ReferenceScope.DISTRICT
    if _SURELY_REGION.search(text):
        return ReferenceScope.REGION
    if _DISTRICT.search(text):
        return ReferenceScope.DISTRICT
    return ReferenceScope.REGION if _REGION.search(text) else None
