"""Counts left out beside a share of 0 %: «-» and 0,0 say that there is nobody, and it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.services.importing.cells import is_empty, read_number
from app.services.importing.grid import CellValue, Sheet
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import DASHES

_HALF = 0.5
_PER_CENT = 100
_OF_FRACTION = 2
"""So many decimals of a part of one are those before the point of a per cent."""


@dataclass
class ZeroShares:
    """What a table says by its shares alone: cells (0-based) whose count is 0, or may be."""

    sheet: Sheet
    sure: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Column of a count -> rows in which it was taken as 0."""
    doubtful: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def is_zero(self, row: int, count: int, decimals: int, wholes: Iterable[float | None]) -> bool:
        """Return whether a count left out beside a share of 0 is 0, and keep what is to be told.

        A dash says so; a blank does not, for a formula makes 0 % of it too.  ``decimals`` are
        those of the per cents of its column: where one of the nearest known whole would be rounded
        to 0 % the share says nothing of the count.
        """
        if not is_empty(self.sheet.at(row, count)):
            return False
        whole = next((one for one in wholes if one), None)
        exact = whole is not None and _PER_CENT / whole > _HALF * 10**-decimals
        sure = exact and self.sheet.text(row, count) in DASHES
        (self.sure if sure else self.doubtful)[count].append(row)
        return sure

    def is_told(self, row: int, count: int) -> bool:
        """Return whether something is told of a count that was left out."""
        return row in self.sure.get(count, ()) or row in self.doubtful.get(count, ())

    def tell(self, findings: Findings) -> None:
        """Warn once of each column: what was taken as 0, and what stays unknown."""
        for column, rows in self.sure.items():
            findings.rows_warning(
                rows,
                column,
                "Вместо числа прочерк, а доля рядом – 0 %: число записано как 0.",
                "Если сведений нет, уберите и долю, затем загрузите файл снова.",
            )
        for column, rows in self.doubtful.items():
            findings.rows_warning(
                rows,
                column,
                "Числа нет, а доля рядом – 0 %. Никого нет или сведения не внесены, по ней одной "
                "не видно: число не записано.",
                "Впишите 0, если таких нет, и загрузите файл снова.",
            )


def decimals_in(values: Sequence[CellValue], *, parts: bool) -> int:
    """Return the decimals that per cents of a column show; ``parts`` for those kept as of one."""
    most = max((read_number(value).decimals for value in values), default=0)
    return max(0, most - _OF_FRACTION) if parts else most
