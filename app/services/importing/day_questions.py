"""Days of one exam that a person has to say how to count: found, asked once, explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.models.enums import DaysAnswer, PartKind
from app.services.importing.cells import expand_rows
from app.services.importing.compared import Figures
from app.services.importing.days_rules import ASIDE, DaysKey, is_other_period, key_text, proposed
from app.services.importing.describe import days_title, place_text, plain
from app.services.importing.facts import ResultFact
from app.services.importing.parts import Part
from app.services.importing.plan import DaysQuestion

_PUPILS_UNKNOWN = (
    "{item}: в архивной копии нет имён участников, и кто сдавал в оба дня, из неё не узнать."
)
BLIND_HINT = "Загрузите протоколы обоих дней вместе с носителя, на котором они пришли."


@dataclass(frozen=True)
class SchoolDays:
    """The days of one school's exam: those known already, and the rows of this load by day."""

    known: frozenset[date]
    rows: Mapping[date, Figures]

    @property
    def fresh(self) -> frozenset[date]:
        """Days of which nothing is stored yet."""
        return frozenset(self.rows.keys() - self.known)

    @property
    def all(self) -> frozenset[date]:
        """Every day, stored or in this load."""
        return self.known | self.rows.keys()

    def again(self) -> int:
        """Return how many pupils sat the exam on several days of this load."""
        seen: set[bytes] = set()
        twice = 0
        for row in self.rows.values():
            pupils = {pupil for pupil, _ in result_of(row).pupils}
            twice += len(pupils & seen)
            seen |= pupils
        return twice

    @property
    def blind(self) -> bool:
        """Whether somebody may have sat the exam twice without our seeing it."""
        if len(self.all) < 2:
            return False
        return not self.known <= self.rows.keys() or not all(
            result_of(row).pupils for row in self.rows.values()
        )

    def doubtful(self) -> bool:
        """Return whether a person has to say how the days count.

        Days of one period on which different pupils sat are simply added.
        """
        if not self.fresh:
            return False
        if any(is_marked(self.rows[day]) for day in self.fresh):
            return True
        several = len(self.all) > 1
        return several and (self.blind or is_other_period(self.all) or self.again() > 0)

    @property
    def only_aside(self) -> bool:
        """Whether nothing is known of the exam but a day that calls itself a retake."""
        return not self.known and all(is_marked(row) for row in self.rows.values())

    def waiting(self) -> tuple[date, ...]:
        """Return the days that wait for the answer: all but the first, and what is marked."""
        first = min(self.all)
        return tuple(
            day
            for day in sorted(self.fresh)
            if self.known or day != first or is_marked(self.rows[day])
        )


def days_of(rows: Iterable[Figures], parts: Sequence[Part]) -> SchoolDays:
    """Return the days of one exam of a school; of two rows of one day the first."""
    by_day: dict[date, Figures] = {}
    for row in rows:
        by_day.setdefault(day_of(row), row)
    return SchoolDays(frozenset(p.day for p in parts if p.kind is PartKind.DAY), by_day)


@dataclass
class _Open:
    """A question in the making, of all schools together."""

    where: str
    item: str
    days: set[date] = field(default_factory=set)
    schools: set[int] = field(default_factory=set)
    rows: int = 0
    again: int = 0
    blind: bool = False
    marked: bool = False


@dataclass
class DayQuestions:
    """Knows the answers; collects the questions that stay open."""

    answers: Mapping[DaysKey, DaysAnswer]
    _open: dict[DaysKey, _Open] = field(default_factory=dict)

    def answer(self, key: DaysKey) -> DaysAnswer | None:
        """Return what a person said, now or earlier."""
        return self.answers.get(key)

    def is_open(self, key: DaysKey) -> bool:
        """Return whether the exam was asked about in this load."""
        return key in self._open

    def ask(self, key: DaysKey, school: int, days: SchoolDays) -> None:
        """Put the question about the days of a school's exam."""
        waiting = days.waiting()
        if not waiting:
            return
        question = self._question(key, days.rows[waiting[0]])
        question.days |= days.all
        question.schools.add(school)
        question.again += days.again()
        question.blind |= days.blind
        question.marked |= any(is_marked(days.rows[day]) for day in waiting)

    def wait(self, key: DaysKey, row: Figures) -> None:
        """Keep a row out until the question is answered."""
        question = self._question(key, row)
        question.schools.add(row.key[0] if isinstance(row.key[0], int) else 0)
        question.rows += len(expand_rows(row.spot.fact.rows))
        question.marked |= is_marked(row)
        message = (
            f"{days_title(*key)}: экзамен сдавали не в один день (пересдача, резервный день или "
            "другой период). Ждёт решения, как считать."
        )
        spot = row.spot
        spot.draft.waits = True
        spot.draft.explain(spot, message)
        hint = "Ответьте на вопрос плана один раз; до ответа эти строки ждут в карантине."
        spot.draft.warn(spot, message, aside_cell(row) or spot.cell("subject", "year"), hint)

    def questions(self) -> tuple[DaysQuestion, ...]:
        """Return the open questions in the order of the files."""
        return tuple(
            DaysQuestion(
                key=key_text(key),
                item=one.item,
                days=tuple(sorted(one.days)),
                schools=len(one.schools),
                rows=one.rows,
                again=one.again,
                blind=one.blind,
                marked=one.marked,
                where=one.where,
                proposed=proposed(one.days),
            )
            for key, one in self._open.items()
            if one.rows
        )

    def _question(self, key: DaysKey, row: Figures) -> _Open:
        spot = row.spot
        cell = aside_cell(row) or spot.cell("subject", "year")
        where = place_text(spot.path, spot.sheet.sheet, cell)
        return self._open.setdefault(key, _Open(where, days_title(*key)))


def is_marked(row: Figures) -> bool:
    """Return whether the titles call the row's table a retake, a reserve day or a later period."""
    return ASIDE in row.spot.block.columns


def aside_cell(row: Figures) -> str | None:
    """Return the cell that says so."""
    return plain(row.spot.block.columns.get(ASIDE))


def stays_blind(row: Figures, days: SchoolDays) -> str:
    """Return why a row of the quarantine cannot go in from the archive; empty when it can."""
    if row.spot.draft.file.only is None or not days.blind:
        return ""
    return _PUPILS_UNKNOWN.format(item=row.item)


def day_of(row: Figures) -> date:
    """Return the day of the exam that a row of a protocol names."""
    day = result_of(row).day
    if day is None:
        raise TypeError("only rows of protocols with their day are collected")
    return day


def result_of(row: Figures) -> ResultFact:
    """Return the fact of a row of a protocol."""
    fact = row.spot.fact
    if not isinstance(fact, ResultFact):
        raise TypeError("only rows of protocols are collected")
    return fact
