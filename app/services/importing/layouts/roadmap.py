"""«Дорожная карта, план мероприятий»: a planning table of a Word document or a workbook."""

from __future__ import annotations

from dataclasses import replace

from app.models.enums import Severity
from app.services.importing.facts import Block, Extract, PlanFact, Problem
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout
from app.services.importing.plans import Cells, find_plan_header, may_be_plan, read_plan
from app.services.importing.plans.columns import PlanHeader, source_columns
from app.services.roadmap.facts import PlanLine
from app.services.spreadsheets import LIST_NAME

_FROM_LIST = "Меры взяты из списков под заголовками: сроков и ответственных у них нет."
_FROM_LIST_HINT = "Если это не план, снимите с него отметку; сроки впишите после загрузки."
_SURE = 0.75
_EACH = 0.04
_MOST = 0.95


def _recognise(sheet: Sheet) -> float:
    header = find_plan_header(Cells(sheet)) if may_be_plan(sheet) else None
    return _confidence(header) if header else 0.0


def _confidence(header: PlanHeader) -> float:
    """The more columns have a meaning, the surer; parallel directions leave no doubt."""
    return _MOST if header.directions else min(_MOST, _SURE + _EACH * len(header.meanings))


def _at_most(sheet: Sheet) -> float:
    return _MOST if may_be_plan(sheet) else 0.0


def _extract(sheet: Sheet) -> Extract:
    read = read_plan(sheet)
    if read is None:
        return Extract(())
    if not read.plan.lines:
        return Extract((), read.problems, read.rows_read)
    lines, problems = read.plan.lines, read.problems
    if sheet.name.startswith(LIST_NAME):
        lines = tuple(map(_without_bullet, lines))
        problems = (*problems, Problem(Severity.WARNING, _FROM_LIST, hint=_FROM_LIST_HINT))
    facts = tuple(PlanFact(line, str(line.row)) for line in lines)
    block = Block(sheet.name, source_columns(read.plan.head.columns), facts)
    return Extract((block,), problems, read.rows_read, plan=read.plan.head)


def _without_bullet(line: PlanLine) -> PlanLine:
    return replace(line, number="") if line.number.startswith("–") else line


LAYOUT = Layout("roadmap", "Дорожная карта, план мероприятий", _recognise, _extract, _at_most)
