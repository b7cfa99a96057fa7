"""What tables of results show: one frozen row per school and procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.models.enums import AssessmentKind, CountsOrigin
from app.services.source import Source


class ResultRow(NamedTuple):
    """What one school achieved in one procedure; None is "not given", never zero.

    ``below`` counts «2» or, in the ЕГЭ, scores under the minimum.  ``p2``–``p5`` are per cent as
    the file writes them, empty where it gives counts.  ``mean`` is a mark, in the ЕГЭ a test score.

    A named tuple, because a table of 100,000 of them is made seven times faster than of frozen
    dataclasses.
    """

    id: int
    school_id: int
    school: str
    kind: AssessmentKind
    year: int
    subject: str
    grade: int
    participants: int
    n2: int | None
    n3: int | None
    n4: int | None
    n5: int | None
    below: int | None
    p2: float | None
    p3: float | None
    p4: float | None
    p5: float | None
    mean: float | None
    origin: CountsOrigin
    file: str | None
    """Path inside the folder that was brought in; None for what was entered by hand."""
    sheet: str | None
    rows: str | None

    @property
    def percent_below(self) -> float | None:
        """Share of ``below`` in per cent, from the counts where they are known."""
        return _share(self.participants, self.below, self.p2)

    @property
    def success(self) -> float | None:
        """Успеваемость in per cent: 100 minus the share of ``below``."""
        below = self.percent_below
        return None if below is None else 100.0 - below

    @property
    def quality(self) -> float | None:
        """Качество in per cent: the share of «4» and «5»."""
        counted = None if self.n4 is None or self.n5 is None else self.n4 + self.n5
        given = None if self.p4 is None or self.p5 is None else self.p4 + self.p5
        return _share(self.participants, counted, given)


def _share(participants: int, count: int | None, given: float | None) -> float | None:
    if count is None or not participants:
        return given
    return 100.0 * count / participants


@dataclass(frozen=True, slots=True)
class Observation:
    """An earlier state of a result and the row of the file that it was read from."""

    row: ResultRow
    source: Source | None
