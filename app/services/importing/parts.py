"""Parts of a result: exam days that add up, appeals and retakes that change what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.enums import CountsOrigin, PartKind
from app.models.results import ResultPart
from app.services.importing.describe import disagreement
from app.services.importing.facts import Marks, Procedure
from app.services.importing.thresholds import minimum

_DECIMALS = 6
"""A sum of marks is whole again after it was a mean."""


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that a result is the sum of, see ``models.results.ResultPart``.

    The cells stand in a block of an earlier load (``stored_block``) or in one of this load
    (``block``, an index into ``Writes.blocks``).
    """

    kind: PartKind
    day: date
    participants: int
    n2: int | None
    n3: int | None
    n4: int | None
    n5: int | None
    below: int | None
    total: float
    rows: str
    digest: str = ""
    stored_block: int | None = None
    block: int | None = None

    @property
    def marks(self) -> Marks:
        """The part alone, as the file that gave it counts."""
        return sum_of((self,))

    def says_the_same(self, other: Part) -> bool:
        """Return whether two parts of the same kind and day hold the same figures."""
        return disagreement(self.marks, other.marks) is None


def day_part(day: date, marks: Marks, rows: str, block: int) -> Part:
    """Return the part that one protocol of one exam day gives."""
    return Part(
        PartKind.DAY,
        day,
        marks.participants,
        marks.n2, marks.n3, marks.n4, marks.n5,
        marks.below,
        round((marks.mean or 0.0) * marks.participants, _DECIMALS),
        rows,
        block=block,
    )  # fmt: skip


def part_from(row: ResultPart) -> Part:
    """Return a stored part."""
    return Part(
        row.kind,
        row.day,
        row.participants,
        row.n2, row.n3, row.n4, row.n5,
        row.below,
        row.total,
        row.rows,
        row.digest,
        stored_block=row.block_id,
    )  # fmt: skip


def change_part(
    kind: PartKind,
    day: date,
    procedure: Procedure,
    out: Sequence[int],
    new: Sequence[int],
    marked: bool,
) -> Part:
    """Return what changes when the marks or scores ``out`` give way to ``new``.

    ``marked`` says that the procedure gives marks 2–5; scores are judged by the minimum of the
    year, and where that is unknown so is the change of ``below``.
    """

    n2, n3, n4, n5 = (new.count(n) - out.count(n) if marked else None for n in range(2, 6))
    below = n2 if marked else _below(procedure, new, out)
    total = float(sum(new) - sum(out))
    return Part(kind, day, len(new) - len(out), n2, n3, n4, n5, below, total, "")


def _below(procedure: Procedure, new: Sequence[int], out: Sequence[int]) -> int | None:
    least = minimum(procedure.subject, procedure.year)
    if least is None:
        return None
    return sum(one < least.score for one in new) - sum(one < least.score for one in out)


def sum_of(parts: Iterable[Part]) -> Marks:
    """Return the result that the parts make together; what one of them lacks is unknown."""
    parts = tuple(parts)
    participants = sum(part.participants for part in parts)
    total = sum(part.total for part in parts)
    figures = {name: _sum(parts, name) for name in ("n2", "n3", "n4", "n5", "below")}
    mean = total / participants if participants else None
    return Marks(participants, **figures, mean=mean, origin=CountsOrigin.AGGREGATED)


def _sum(parts: Sequence[Part], name: str) -> int | None:
    values = [getattr(part, name) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
