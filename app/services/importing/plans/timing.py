"""Terms of plans whose columns are months or quarters: what the marks of each row say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.models.enums import Severity
from app.services.importing.facts import Problem
from app.services.importing.grid import address
from app.services.importing.plans.lines import Draft, Lines
from app.services.importing.plans.periods import calendar_term, is_mark

_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)\s*[-‐‑–—/]\s*((?:19|20)?\d\d)\s*(?:г\.?г?\.?\s*)?уч")
_LISTED = 8
"""So many rows are named in one sentence."""


def school_year(above: Sequence[str]) -> str:
    """Return the school year that the texts above a plan name, «2024-2025»; empty for none."""
    found = {f"{match[1]}-{match[2]}" for text in above for match in _SCHOOL_YEAR.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def put_terms(lines: Lines, year: str) -> tuple[Problem, ...]:
    """Give a term to each activity that has none but marks in the columns of a calendar.

    ``year`` is the school year of the plan.  Rows where something else than marks stands, or
    nothing, are told: a bar may be painted without any sign.
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
        term = calendar_term(tuple(calendar.values()), marked, year)
        if term:
            draft.cells["term"] = term
        else:
            empty.append(draft)
    return tuple(_told(strange, empty, min(calendar)))


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
