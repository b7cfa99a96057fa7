"""«Показатели программы»: a table of indicators of a Word document or a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from app.models.enums import Severity, ValueRole
from app.services.importing.facts import Block, Extract, MeasureFact, Problem
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.contract import Layout
from app.services.importing.measures import find_header, grid_of, read_draft
from app.services.importing.measures.header import Field, Header
from app.services.importing.tables import HEADER_SEARCH_ROWS
from app.services.indicators.facts import Draft, names_share

_SURE = 0.9
_UNSURE = 0.55
"""«Показатель» with years or «%» alone: tables of figures look so too, and their layouts win."""
_WORDS = ("показател", "индикатор", "наименован")


def _may_be(sheet: Sheet) -> bool:
    """Return whether the first rows name indicators at all: most sheets are told by that."""
    return any(
        type(value) is str and _names_indicator(value)
        for cells in sheet.rows[:HEADER_SEARCH_ROWS]
        for value in cells
    )


@lru_cache(maxsize=8192)
def _names_indicator(text: str) -> bool:
    # Kept: the first rows of many files say the same.
    folded = text.casefold()
    return any(word in folded for word in _WORDS)


def _recognise(sheet: Sheet) -> float:
    header = find_header(grid_of(sheet)) if _may_be(sheet) else None
    return _confidence(header) if header else 0.0


def _confidence(header: Header) -> float:
    slots = header.slots
    words = " ".join(header.titles).casefold()
    planned = any(word in words for word in ("план", "целев", "базов", "на начало", "индикатор"))
    has_base = any(slot.role is ValueRole.BASE for slot in slots)
    units = bool(header.of(Field.UNIT)) or bool(header.unit)
    if any(slot.period for slot in slots) or has_base:
        return _SURE if planned or has_base or units else _UNSURE
    if header.unit:
        # «Показатель» and «%» stand over a form of one school too.
        return _SURE if planned else _UNSURE
    return _UNSURE if units and planned else 0.0


def _at_most(sheet: Sheet) -> float:
    return _SURE if _may_be(sheet) else 0.0


def _extract(sheet: Sheet) -> Extract:
    draft = read_draft(grid_of(sheet))
    if draft is None:
        return Extract(())
    facts = tuple(MeasureFact(row, str(row.place)) for row in draft.rows)
    problems = tuple(
        Problem(Severity.WARNING, note, hint="Посмотрите, нет ли ниже ещё показателей.")
        for note in draft.notes
    )
    problems += tuple(_doubtful_shares(sheet, draft))
    block = Block(sheet.name, {}, facts)
    return Extract((block,), problems, len(draft.rows), measures=draft)


def _doubtful_shares(sheet: Sheet, draft: Draft) -> Iterator[Problem]:
    """Yield the rows in per cent whose numbers are all parts of one.

    Excel keeps 98 % as 0.98, and how a cell is shown is not read.
    """
    for row in draft.rows:
        cells = [value for value in sheet.rows[row.place - 1] if isinstance(value, float)]
        parts = [value for value in cells if 0 < value < 1]
        if parts and max(cells) <= 1 and names_share(row.title, row.unit):
            yield Problem(
                Severity.WARNING,
                f"Показатель «{row.title}» в процентах, а числа в строке не больше 1 "
                f"({str(parts[0]).replace('.', ',')}): они взяты как есть.",
                hint="Если в Excel там проценты, умножьте значения на 100 и загрузите файл снова.",
                cell=address(row.place - 1, list(sheet.rows[row.place - 1]).index(parts[0])),
                row=row.place,
            )


LAYOUT = Layout("indicators", "Показатели программы", _recognise, _extract, _at_most)
