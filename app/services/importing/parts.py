"""Parts of a result: exam days that add up, appeals and retakes that change what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.enums import CountsOrigin, DaysAnswer, PartKind
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
    counted: bool = True
    """False for a part that a person's answer about the days of the exam leaves out."""

    @property
    def marks(self) -> Marks:
        """The part alone, as the file that gave it counts."""
        return sum_of((replace(self, counted=True),))

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
        counted=row.counted,
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
    """Return the result that the counted parts make; what one of them lacks is unknown."""
    parts = tuple(part for part in parts if part.counted)
    participants = sum(part.participants for part in parts)
    total = sum(part.total for part in parts)
    figures = {name: _sum(parts, name) for name in ("n2", "n3", "n4", "n5", "below")}
    mean = total / participants if participants else None
    return Marks(participants, **figures, mean=mean, origin=CountsOrigin.AGGREGATED)


def settled(parts: Iterable[Part], answer: DaysAnswer) -> list[Part]:
    """Return the parts of a result, those counted that the answer about its days lets in.

    The first day is that on which the school sat the exam first; its appeals belong to it.
    """
    parts = list(parts)
    first = min((part.day for part in parts if part.kind is PartKind.DAY), default=None)
    return [replace(part, counted=_counts(part, answer, first)) for part in parts]


def _counts(part: Part, answer: DaysAnswer, first: date | None) -> bool:
    if answer is DaysAnswer.MAIN:
        return part.day == first and part.kind in (PartKind.DAY, PartKind.APPEALS)
    left_out = PartKind.REPEAT if answer is DaysAnswer.LATEST else PartKind.RETAKE
    return part.kind is not left_out


def answer_of(parts: Sequence[Part]) -> DaysAnswer:
    """Return the answer that stored parts were counted by; the later mark where none shows."""
    if any(part.kind is PartKind.DAY and not part.counted for part in parts):
        return DaysAnswer.MAIN
    repeated = any(part.kind is PartKind.REPEAT and part.counted for part in parts)
    return DaysAnswer.FIRST if repeated else DaysAnswer.LATEST


def _sum(parts: Sequence[Part], name: str) -> int | None:
    values = [getattr(part, name) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
