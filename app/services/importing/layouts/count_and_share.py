"""Cells that write a count and its share together: «12 (10%)», «12 чел. (10,0 %)», «12/10%»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.models.enums import RecordKind
from app.services.figures import kind_of_record
from app.services.importing.cells import Number, is_empty, read_number
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
_UNSIGNED = re.compile(rf"{_COUNT}\s*[(/\-–—]\s*(?P<share>\d+(?:[.,]\d+)?)\s*\)?", re.IGNORECASE)
"""«46-32,6» beside cells that write the sign: a person left it out once."""
ROUNDED = 0.5
"""Units of the last decimal by which an honestly rounded share is off at most."""
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class CountAndShare:
    """Both figures of a cell: people or families, and per cent of the whole."""

    count: int
    share: Number

    def is_of(self, whole: float, units: float = ROUNDED) -> bool:
        """Return whether the share is that of the count in ``whole``.

        ``units`` of the last decimal that is written are how far it may be off.
        """
        if whole <= 0 or self.share.value is None:
            return False
        off = abs(100 * self.count / whole - self.share.value)
        return bool(off <= (units + _SLACK) * 10**-self.share.decimals)


def count_and_share(value: CellValue, *, signed: bool = True) -> CountAndShare | None:
    """Return both figures of a cell; None for a cell that writes one, or none.

    Without the sign of a per cent «1-5» may be anything: only where other cells of the row show
    what it means does ``signed`` False let it be left out.
    """
    if type(value) is not str or (signed and "%" not in value):
        return None
    text = clean(value)
    ways = _BOTH if signed else (*_BOTH, _UNSIGNED)
    found = next((match for one in ways if (match := one.fullmatch(text))), None)
    if found is None:
        return None
    return CountAndShare(int(found["count"].replace(" ", "")), read_number(found["share"]))


def disagreement(both: CountAndShare, whole: float) -> str:
    """Return the sentence that count and share contradict each other, with what would be right."""
    exact = number_text(100 * both.count / whole)
    return (
        f"число {both.count} и доля {_percent(both)} не сходятся – "
        f"{both.count} из {number_text(whole)} это {exact} %."
    )


def count_in(value: CellValue) -> float | None:
    """Return the number of a cell, of «12 (10%)» the count."""
    both = count_and_share(value)
    return read_number(value).value if both is None else both.count


def writes_both(sheet: Sheet, rows: Iterable[int], column: int) -> bool:
    """Return whether the cells of a column write counts with their shares, at least half of them.

    Rows and column are 0-based; «чел. (%)» alone over a column does not tell which it counts.
    """
    cells = [sheet.at(row, column) for row in rows]
    filled = [cell for cell in cells if not is_empty(cell)]
    both = sum(count_and_share(cell) is not None for cell in filled)
    return both > 0 and 2 * both >= len(filled)


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
            "взято число, долю рядом сравнить не с чем.",
            "Проверьте по файлу: от какого целого посчитана доля, в нём не сказано.",
            item=item,
        )
    elif not any(both.is_of(whole) for whole in known):
        findings.cell_error(row, column, f"{item}: {disagreement(both, known[0])}", FIX)
        return Reading(False)
    return Reading(True, both.count)


def _percent(both: CountAndShare) -> str:
    return f"{number_text(both.share.value or 0.0)} %"
