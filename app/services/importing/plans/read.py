"""A whole planning table: header, lines, and what is said of all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.models.enums import RoadmapMode, Severity
from app.services.importing.facts import Problem
from app.services.importing.grid import Sheet, address
from app.services.importing.plans.columns import PlanHeader, find_plan_header
from app.services.importing.plans.grid import Cells
from app.services.importing.plans.lines import Lines, finished, is_strong_heading
from app.services.importing.plans.parallel import ParallelLines
from app.services.importing.plans.timing import names_period, plan_year, put_terms, without_source
from app.services.roadmap.facts import Plan, PlanColumn, PlanHead, PlanLine

_TITLE = re.compile(
    r"дорожн|план\b|плана\b|мероприят|мониторинг|структура|перечень|циклограмм|график",
    re.IGNORECASE,
)
_STAMP = re.compile(r"приложени|утвержд|приказ|постановлени|согласован", re.IGNORECASE)
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:[-‐‑–—]|по|/)\s*((?:19|20)\d\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FACTOR = re.compile(r"фактор\w*\s+риска", re.IGNORECASE)
_GOAL = re.compile(r"(?:тактическ\w+\s+)?(?:цел[ьи]|задач[аи])\b", re.IGNORECASE)
_LONGEST_TITLE = 1000
_LONGEST_NAME = 300
"""Characters of a title; a longer paragraph, or a whole sentence, is prose about a plan."""
_ROW_OF_A_TABLE = 3
"""Filled cells of a row that is no title and no stamp of approval."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A planning table as it was read, with what a person should look at."""

    plan: Plan
    problems: tuple[Problem, ...]
    rows_read: int


def read_plan(sheet: Sheet) -> ReadPlan | None:
    """Return the plan that a table holds, or None when it has no header of one."""
    cells = Cells(sheet)
    header = find_plan_header(cells)
    if header is None:
        return None
    lines = ParallelLines(cells, header) if header.directions else Lines(cells, header)
    lines.read(_heading_above(cells, header))
    above = [*sheet.before, *_rows_above(cells, header)]
    timed = put_terms(lines, plan_year(_title(above), above))
    found = tuple(finished(lines.drafts))
    plan = Plan(_head(cells, header, found), found)
    problems = (*_above(cells, header, found), *timed, *lines.problems)
    return ReadPlan(plan, problems, lines.rows_read)


def _above(cells: Cells, header: PlanHeader, lines: Sequence[PlanLine]) -> Iterator[Problem]:
    """Yield what is wrong with rows that stand above the header and are no title."""
    rows = [row for row in range(header.first) if len(cells.filled(row)) >= _ROW_OF_A_TABLE]
    where, place = address(header.first, 0), header.first + 1
    if not lines:
        yield Problem(
            Severity.ERROR,
            f"Шапка плана найдена в строке {place}, но под ней нет ни одной строки.",
            "Поставьте шапку первой строкой таблицы и загрузите файл снова.",
            cell=where,
            row=place,
        )
    elif rows:
        yield Problem(
            Severity.WARNING,
            f"Строк с данными выше шапки плана: {len(rows)}; в план они не вошли.",
            "Если это мероприятия, поставьте шапку первой строкой таблицы и загрузите файл снова.",
            cell=address(rows[0], 0),
            row=rows[0] + 1,
        )


def _heading_above(cells: Cells, header: PlanHeader) -> int | None:
    """Return the row right above the header that is the heading of the first rows below it.

    A plan that repeats its header for each section has the first heading there.
    """
    row = header.first - 1
    filled = cells.filled(row) if row >= 0 else []
    text = filled[0][1] if len(filled) == 1 else ""
    return row if is_strong_heading(text) and not _TITLE.search(text) else None


def _head(cells: Cells, header: PlanHeader, lines: Sequence[PlanLine]) -> PlanHead:
    above = [*cells.sheet.before, *_rows_above(cells, header)]
    first, last = _years(above, header.columns, lines)
    return PlanHead(
        title=_title(above)[:_LONGEST_TITLE],
        mode=_mode(" ".join(above[-4:]), header, lines),
        first_year=first,
        last_year=last,
        columns=header.columns,
        directions=header.directions,
    )


def _rows_above(cells: Cells, header: PlanHeader) -> Iterator[str]:
    """Yield the rows of the table above its header: its title may stand inside it."""
    for row in range(header.first):
        text = " ".join(dict.fromkeys(text for _, text in cells.filled(row)))
        if text:
            yield " ".join(text.split())


def _title(above: Sequence[str]) -> str:
    """Return the nearest text above that names a plan, else the nearest that is no stamp."""
    plain = [text for text in above if not _STAMP.match(text)]
    named = [text for text in plain if _TITLE.search(text)]
    short = [text for text in named if len(text) <= _LONGEST_NAME and not text.endswith(".")]
    found = short[-1:] or named[-1:] or plain[-1:]
    return " ".join(found[0].split()) if found else ""


def _years(
    above: Sequence[str], columns: Sequence[PlanColumn], lines: Sequence[PlanLine]
) -> tuple[int | None, int | None]:
    """Return the first and last year: of the title, of the columns, else of the deadlines."""
    title = _title(above)
    first = [title] if names_period(title) else []
    for text in map(without_source, (*first, *reversed(above))):
        match = _YEARS.search(text)
        if match and match[1] <= match[2]:
            return int(match[1]), int(match[2])
        single = {int(year) for year in _YEAR.findall(text)}
        if len(single) == 1 and _TITLE.search(text):
            return min(single), min(single)
    named = [column.year for column in columns if column.year is not None]
    terms = (line.cells.get("term", "") + line.cells.get("who_when", "") for line in lines)
    years = named or [int(year) for term in terms for year in _YEAR.findall(term)]
    return (min(years), max(years)) if years else (None, None)


def _mode(above: str, header: PlanHeader, lines: Sequence[PlanLine]) -> RoadmapMode:
    headings = [line.title for line in lines if line.level]
    beside = [column.title for column in header.columns if column.field == "group"]
    if header.directions:
        return RoadmapMode.PARALLEL
    if "мониторинг" in above.casefold() and "evidence" in header.meanings:
        return RoadmapMode.MONITORING
    if any(_FACTOR.match(title) for title in [*headings, *beside]):
        return RoadmapMode.RISK_FACTORS
    if (
        any(_GOAL.match(title) for title in [*headings, *beside])
        or {"year", "plan"} <= header.meanings
    ):
        return RoadmapMode.GOALS
    return RoadmapMode.SECTIONS if headings else RoadmapMode.SIMPLE
