"""Cells that write a count and its share together: «12 (10%)», «12 чел. (10,0 %)», «12/10%»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import RecordKind
from app.services.figures import kind_of_record
from app.services.importing.cells import Number, read_number, value_fault
from app.services.importing.counts import number_text
from app.services.importing.grid import CellValue, Sheet, clean
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import FIX, Reading, read_count

_COUNT = r"(?P<count>\d[\d ]*?)\s*(?:чел|уч|об-?ся|сем|дет)?[а-я]*\.?"
_SHARE = r"(?P<share>\d+(?:[.,]\d+)?)\s*%"
_BOTH = (
    re.compile(rf"{_COUNT}\s*[(\[/\-–—;]\s*(?:или\s+)?{_SHARE}\s*[)\]]?", re.IGNORECASE),
    re.compile(rf"{_SHARE}\s*[(\[/\-–—;]\s*{_COUNT}\s*[)\]]?", re.IGNORECASE),
)
_ROUNDING = 0.5 + 1e-6
"""Of the last decimal that is written."""


@dataclass(frozen=True, slots=True)
class CountAndShare:
    """Both figures of a cell: people or families, and per cent of the whole."""

    count: int
    share: Number

    def is_of(self, whole: float) -> bool:
        """Return whether the share is that of the count in ``whole`` within its rounding."""
        if whole <= 0 or self.share.value is None:
            return False
        exact = 100 * self.count / whole
        return bool(abs(exact - self.share.value) <= _ROUNDING * 10**-self.share.decimals)


def count_and_share(value: CellValue) -> CountAndShare | None:
    """Return both figures of a cell; None for a cell that writes one, or none."""
    if type(value) is not str or "%" not in value or value_fault(value):
        return None
    text = clean(value)
    found = next((match for one in _BOTH if (match := one.fullmatch(text))), None)
    if found is None:
        return None
    return CountAndShare(int(found["count"].replace(" ", "")), read_number(found["share"]))


def count_in(value: CellValue) -> float | None:
    """Return the number of a cell, of «12 (10%)» the count."""
    both = count_and_share(value)
    return read_number(value).value if both is None else both.count


def wholes_of(kind: RecordKind, name: str) -> tuple[str, ...]:
    """Return the names of the figures that a figure is a part of, the nearest first."""
    known = kind_of_record(kind)
    found: list[str] = []
    figure = known.figure(name)
    while figure is not None and figure.part_of is not None and figure.part_of not in found:
        found.append(figure.part_of)
        figure = known.figure(figure.part_of)
    return tuple(found)


def read_part(
    sheet: Sheet,
    row: int,
    column: int,
    findings: Findings,
    item: str,
    wholes: Mapping[str, float | None],
) -> Reading:
    """Return the count of a cell that may write its share beside it.

    Both are told where the share is not that of the count in any of ``wholes``; where no whole is
    known the count is taken, and it is said that nothing could be compared.
    """
    both = count_and_share(sheet.at(row, column))
    if both is None:
        return read_count(sheet, row, column, findings, item)
    known = [whole for whole in wholes.values() if whole]
    if not known:
        findings.column_warning(
            row,
            column,
            f"{item}: взято число ({both.count}), долю {_percent(both)} сравнить не с чем.",
            "Проверьте по файлу: от какого целого посчитана доля, в нём не сказано.",
        )
    elif not any(both.is_of(whole) for whole in known):
        findings.cell_error(row, column, _fault(item, both, known[0]), FIX)
        return Reading(False)
    return Reading(True, both.count)


def _fault(item: str, both: CountAndShare, whole: float) -> str:
    exact = number_text(100 * both.count / whole)
    return (
        f"{item}: число {both.count} и доля {_percent(both)} не сходятся – "
        f"{both.count} из {number_text(whole)} это {exact} %."
    )


def _percent(both: CountAndShare) -> str:
    return f"{number_text(both.share.value or 0.0)} %"
