"""One school's result in one exam, put together from days, retakes and appeals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.models.enums import DaysAnswer, PartKind
from app.services.importing.describe import disagreement, fuller
from app.services.importing.facts import AppealFact, AppealMark, Marks, Procedure, PupilMark
from app.services.importing.parts import Part, answer_of, change_part, day_part, settled, sum_of
from app.services.importing.plan import ChangeKind

NO_PROTOCOL = "протокола этого экзамена нет ни в базе, ни в этой загрузке"
MARKS_UNKNOWN = "прежние отметки неизвестны: протокол загружен раньше, а фамилии не хранятся"
NOT_IN_PROTOCOL = "в протоколе нет такого участника (строка {row})"
NO_SUCH_MARK = "прежней отметки {mark} в результате школы нет (строка {row})"

_OWN = (PartKind.DAY, PartKind.APPEALS)
"""What one day gives by itself; retakes are told by two of them."""


@dataclass
class Exam:
    """Starts from the ``parts`` that are stored; each taking changes them and says what it did."""

    procedure: Procedure
    stored: Marks | None
    parts: list[Part] = field(default_factory=list)
    answer: DaysAnswer | None = None
    """What a person said of the days; None keeps to what the stored parts were counted by."""
    _pupils: dict[date, Mapping[bytes, int]] = field(default_factory=dict)
    _before: list[Part] = field(init=False)

    def __post_init__(self) -> None:
        self._before = list(self.parts)

    @property
    def marks(self) -> Marks | None:
        """The result as its parts make it; None while there is no part."""
        return sum_of(self.parts) if self.parts else None

    @property
    def differs(self) -> bool:
        """Whether the result is another one than the stored, or made of other parts."""
        new = self.marks
        if self.stored is None or new is None:
            return new is not None
        if self._before and len(self.parts) != len(self._before):
            return True
        return disagreement(self.stored, new) is not None or fuller(self.stored, new)

    def take_day(
        self, day: date, marks: Marks, pupils: Sequence[PupilMark], rows: str, block: int
    ) -> ChangeKind:
        """Add the protocol of a day, or put it in the place of an earlier one of the same day.

        A newer protocol that holds the marks after the known appeals changes nothing; one that
        says something else takes their place, for it is what the regional centre says now.
        """
        self._pupils[day] = dict(pupils)
        part = day_part(day, marks, rows, block)
        known = self._of_day(day)
        base = next((one for one in known if one.kind is PartKind.DAY), None)
        if base is None:
            self.parts.append(part)
            return ChangeKind.NEW
        if base.says_the_same(part) or disagreement(sum_of(known), marks) is None:
            return ChangeKind.UNCHANGED
        self.parts = [one for one in self.parts if one.day != day or one.kind not in _OWN] + [part]
        return ChangeKind.CHANGED

    def take_retakes(self, places: Mapping[date, tuple[str, int]]) -> int:
        """Note pupils who sat the exam again, by both marks; return how many there are.

        The answer about the days says which of the two is taken out.  ``places`` gives rows and
        block of each day of the load.
        """
        latest: dict[bytes, int] = {}
        again = 0
        for day in sorted(self._pupils):
            pupils = self._pupils[day]
            twice = [pupil for pupil in pupils if pupil in latest]
            if twice:
                again += len(twice)
                self._put_change(PartKind.RETAKE, day, [latest[one] for one in twice], places[day])
                self._put_change(PartKind.REPEAT, day, [pupils[one] for one in twice], places[day])
            latest.update(pupils)
        return again

    def settle(self) -> None:
        """Count the parts that the answer about the days lets in."""
        self.parts = settled(self.parts, self.answer or answer_of(self._before))

    def take_appeals(self, fact: AppealFact, block: int) -> str | int:
        """Change the marks of granted appeals; return how many changed, or why none can.

        An appeal that was counted before, or that the protocol holds already, changes nothing.
        """
        day = fact.day or self._only_day()
        if day is None or not any(
            one.day == day and one.kind is PartKind.DAY for one in self.parts
        ):
            return NO_PROTOCOL
        changes: list[Part] = []
        known = self._of_day(day)
        for appeal in self._uncounted(fact.appeals, day):
            before = self._mark_before(appeal, day)
            if isinstance(before, str):
                return before
            if before != appeal.after:
                change = change_part(
                    PartKind.APPEALS, day, self.procedure, (before,), (appeal.after,), self._marked
                )
                changes.append(
                    replace(change, rows=str(appeal.row), block=block, digest=appeal.digest)
                )
                if not _possible(sum_of((*known, *changes))):
                    return NO_SUCH_MARK.format(mark=before, row=appeal.row)
        self.parts.extend(changes)
        return len(changes)

    @property
    def _marked(self) -> bool:
        return all(one.n2 is not None for one in self.parts)

    def _put_change(
        self, kind: PartKind, day: date, out: Sequence[int], place: tuple[str, int]
    ) -> None:
        change = change_part(kind, day, self.procedure, out, (), self._marked)
        self._put(replace(change, rows=place[0], block=place[1]))

    def _put(self, part: Part) -> None:
        """Add a part, or put it in the place of the one of the same kind and day."""
        same = [one for one in self.parts if (one.kind, one.day) == (part.kind, part.day)]
        if not any(one.says_the_same(part) for one in same):
            self.parts = [one for one in self.parts if one not in same] + [part]

    def _of_day(self, day: date) -> list[Part]:
        """Return the protocol of a day with its appeals, whether the answer lets it in or not."""
        own = (one for one in self.parts if one.day == day and one.kind in _OWN)
        return [replace(one, counted=True) for one in own]

    def _only_day(self) -> date | None:
        days = {one.day for one in self.parts if one.kind is PartKind.DAY}
        return days.pop() if len(days) == 1 else None

    def _uncounted(self, appeals: Sequence[AppealMark], day: date) -> list[AppealMark]:
        """Return the appeals that no part of the day stands for yet."""
        counted = Counter(
            one.digest for one in self.parts if one.kind is PartKind.APPEALS and one.day == day
        )
        left = []
        for appeal in appeals:
            if counted[appeal.digest] > 0:
                counted[appeal.digest] -= 1
            else:
                left.append(appeal)
        return left

    def _mark_before(self, appeal: AppealMark, day: date) -> int | str:
        """Return the mark before an appeal: of the protocol in this load, else as the file says."""
        pupils = self._pupils.get(day)
        if pupils and appeal.pupil in pupils:
            return pupils[appeal.pupil]
        if appeal.before is not None:
            return appeal.before
        return NOT_IN_PROTOCOL.format(row=appeal.row) if pupils else MARKS_UNKNOWN


def _possible(marks: Marks) -> bool:
    return all((getattr(marks, name) or 0) >= 0 for name in ("n2", "n3", "n4", "n5", "below"))
