"""Terms of plans whose columns are months or quarters: what the marks of each row say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.models.enums import Severity
from app.services.importing.facts import Problem
from app.services.importing.grid import address
from app.services.importing.plans.lines import Draft, Lines
from app.services.importing.plans.periods import calendar_term, is_mark
from app.services.months import ANY as ANY_MONTH
from app.services.table_words import pattern

_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)\s*[-‐‑–—/]\s*((?:19|20)?\d\d)\s*(?:г\.?г?\.?\s*)?уч")
_YEAR = re.compile(rf"(?:(?P<date>{ANY_MONTH})\s+)?(?<![\d.№])((?:19|20)\d\d)(?![\d.])")
_PERIOD = re.compile(r"(?:^\W*|\bна\s+)((?:19|20)\d\d)(?!\d)")
_A_DAY = (
    rf"(?:\b\d{{1,2}}\s+(?:{ANY_MONTH})\s+(?:19|20)\d\d|\b\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d|"
    r"\b(?:19|20)\d\d-\d\d-\d\d)"
)
_DAY = re.compile(_A_DAY, re.IGNORECASE)
_ACT = re.compile(rf"№\s*\S+|(?<!на\s){_A_DAY}", re.IGNORECASE)
"""The day and the number of the order that a table belongs to; «на 01.09.2024» is its own day."""
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_OF_YEAR = re.compile(r"за\s", re.IGNORECASE)
_LISTED = 8
"""So many rows are named in one sentence."""


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The school year of a plan, «2024-2025», or none and the years that contradict each other."""

    school: str = ""
    conflict: tuple[str, ...] = ()


def names_period(title: str) -> bool:
    """Return whether a title says which years a plan is for: «План на 2025 год»."""
    return _PERIOD.search(without_source(title)) is not None


def without_source(text: str) -> str:
    """Return a text without the years that a plan rests upon: «по итогам 2023-2024 …»."""
    return pattern("plan_years", "rests_upon").sub(" ", " ".join(text.split()))


def plan_year(title: str, above: Sequence[str]) -> PlanYear:
    """Return the school year that a plan is for: of its title, else of the other texts above it.

    Where one names several years, or a calendar year beside, nothing is chosen among them.
    """
    plain = without_source(title)
    rest = _SCHOOL_YEAR.sub(" ", plain)
    calendar = {match[2] for match in _YEAR.finditer(rest) if not match["date"]}
    found = _schools(plain)
    if not found and not calendar:
        texts = [without_source(text) for text in above]
        found = {year for text in texts for year in _schools(text)}
        rests = (_SCHOOL_YEAR.sub(" ", text) for text in texts)
        calendar = {match[1] for text in rests for match in _PERIOD.finditer(text)}
    if len(found) == 1 and not calendar:
        return PlanYear(found.pop())
    return PlanYear(conflict=tuple(sorted(found | calendar)) if found else ())


def _schools(text: str) -> set[str]:
    found = ((int(match[1]), int(match[2][-2:])) for match in _SCHOOL_YEAR.finditer(text))
    return {f"{first}-{first + 1}" for first, last in found if (first + 1) % 100 == last}


def years_for(above: Sequence[str]) -> tuple[int, ...]:
    """Return the years that a table is for: of the two texts next to it, else of those above them.

    A school year is the calendar year it ends in.  Years that the table rests upon («по итогам
    2023 года»), and the day that it is of («на 01.09.2024»), count only where no other is named;
    any other day is that of an act.
    """
    texts = [_ACT.sub(" ", text) for text in above if text.strip()]
    bare = [_DAY.sub(" ", text) for text in texts]
    for readings in ([without_source(text) for text in bare], bare, texts):
        for pool in (readings[-2:], readings[:-2]):
            if found := {year for text in pool for year in _ending(text)}:
                return tuple(sorted(found))
    return ()


def rest_upon(above: Sequence[str]) -> bool:
    """Return whether the years of ``years_for`` are only those of results: «по итогам 2023 года».

    «За 2023 год» and a day that the table is of («на 01.09.2024») name the year of the table.
    """
    texts = [_ACT.sub(" ", " ".join(text.split())) for text in above if text.strip()]
    rests = pattern("plan_years", "rests_upon")
    found = [match[0] for text in texts for match in rests.finditer(text)]
    named = any(_ending(rests.sub(" ", text)) for text in texts)
    return bool(found) and not named and not any(map(_OF_YEAR.match, found))


def _ending(text: str) -> set[int]:
    calendar = {int(year) for year in _ANY_YEAR.findall(_SCHOOL_YEAR.sub(" ", text))}
    return calendar | {int(school[-4:]) for school in _schools(text)}


def put_terms(lines: Lines, year: PlanYear) -> tuple[Problem, ...]:
    """Give a term to each activity that has none but marks in the columns of a calendar.

    ``year`` is the school year of the plan.  Rows where something else than marks stands, or
    nothing, are told: a bar may be painted without any sign; so are years that contradict.
    """
    calendar = lines.header.calendar
    if not calendar:
        return ()
    titles = [lines.extra_title(at) for at in calendar]
    strange: list[Draft] = []
    empty: list[Draft] = []
    for draft in lines.drafts:
        if draft.level or draft.cells.get("term"):
            continue
        marks = [is_mark(draft.extra.get(title, "")) for title in titles]
        if None in marks:
            strange.append(draft)
            continue
        marked = {place: bool(mark) for place, mark in enumerate(marks)}
        term = calendar_term(tuple(calendar.values()), marked, year.school)
        if term:
            draft.cells["term"] = term
        else:
            empty.append(draft)
    first = min(calendar)
    undated = year.conflict and all(column.year is None for column in calendar.values())
    problems = [_contradiction(lines.header.first, first, year)] if undated else []
    return (*problems, *_told(strange, empty, first))


def _contradiction(row: int, column: int, year: PlanYear) -> Problem:
    years = ", ".join(year.conflict)
    return Problem(
        Severity.WARNING,
        f"Над планом названы разные годы ({years}): месяцам в его столбцах год не приписан.",
        "Оставьте в названии плана один год и загрузите файл снова или допишите годы в сроках.",
        cell=address(row, column),
        row=row + 1,
    )


def _told(strange: Sequence[Draft], empty: Sequence[Draft], column: int) -> Iterator[Problem]:
    if strange:
        yield _problem(
            strange,
            column,
            "В столбцах месяцев или кварталов стоят не отметки, а слова или числа",
            "Они сохранены под своими заголовками; впишите срок после загрузки.",
        )
    if empty:
        yield _problem(
            empty,
            column,
            "В столбцах месяцев или кварталов нет ни одной отметки",
            "Если сроки показаны заливкой ячеек, впишите их: цвет программа не читает.",
        )


def _problem(drafts: Sequence[Draft], column: int, message: str, hint: str) -> Problem:
    rows = ", ".join(str(draft.row + 1) for draft in drafts[:_LISTED])
    more = f" и ещё {len(drafts) - _LISTED}" if len(drafts) > _LISTED else ""
    first = drafts[0].row
    return Problem(
        Severity.WARNING,
        f"{message} (строки {rows}{more}): срок не составлен.",
        hint,
        cell=address(first, column),
        row=first + 1,
    )
