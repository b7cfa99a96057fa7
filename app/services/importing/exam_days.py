"""Protocols of several exam days make one result; appeals change it, each of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.models.enums import DaysAnswer, PartKind, Severity
from app.services.importing.compared import Figures, FiguresKey, ResultKey
from app.services.importing.day_questions import (
    BLIND_HINT,
    DayQuestions,
    aside_cell,
    day_of,
    days_of,
    result_of,
    stays_blind,
)
from app.services.importing.days_rules import DaysKey, days_key
from app.services.importing.describe import disagreement, mark_differences
from app.services.importing.exam import Exam
from app.services.importing.facts import AppealFact, Marks, Problem, ResultFact
from app.services.importing.plan import ChangeKind, Difference, Finding
from app.services.importing.state import Stored
from app.services.importing.writes import ResultWrite, Writes

Conflict = Callable[[Figures, Figures, str], None]
"""Told of two rows of one day that contradict each other in a figure: both wait."""

_TOGETHER = "Положите протокол этого экзамена и апелляции в одну папку и загрузите вместе."
_ALONE = "Ни один участник не сдавал в оба дня."
_BLIND = (
    "Если кто-то сдавал повторно, он посчитан дважды: загрузите протоколы всех дней вместе, и "
    "программа оставит одну его отметку."
)
_ANSWERED = "Изменить ответ: «Журнал загрузок…», «Ответы о днях…»."
_COPY = (
    "{who}, {item}: здесь то же, что в другом файле этой загрузки, а третий противоречит; ждут все."
)
_COPY_HINT = "Оставьте в загрузке тот файл, который верен."
_COUNTED = {DaysAnswer.LATEST: "по более поздней отметке", DaysAnswer.FIRST: "по первой отметке"}
_NOT_TAKEN = "{item}: строки пересдачи или резервного дня не взяты по вашему ответу."
_KEPT_ASIDE = (
    "{who}, {item}: апелляции сохранены, но результат не меняют: их день по вашему ответу не в "
    "счёте."
)
_NO_PUPILS = (
    "{item}: таблица пересдачи или резервного дня ({cell}) без списка участников, прибавить её к "
    "основному дню нельзя."
)
_NO_PUPILS_HINT = (
    "Загрузите протоколы этих дней с участниками; если нужен только основной день, измените ответ "
    "о днях этого экзамена."
)


@dataclass
class _Joined:
    """What one sheet is told about days that were added, all its schools together."""

    days: set[date] = field(default_factory=set)
    schools: int = 0
    again: int = 0
    blind: bool = False
    answer: DaysAnswer | None = None


@dataclass
class ExamDays:
    """Collects the rows of protocols and of appeals, then plans them by school and exam."""

    stored: Stored
    writes: Writes
    others: Mapping[FiguresKey, Figures]
    """Rows of the load that give results as a whole, without a day."""
    conflict: Conflict
    questions: DayQuestions
    _aside: list[tuple[ResultKey, Figures]] = field(default_factory=list)
    """Retakes and reserve days from tables without pupils: nothing to add them by."""
    _rows: dict[ResultKey, list[Figures]] = field(default_factory=dict)
    _appeals: dict[ResultKey, list[Figures]] = field(default_factory=dict)
    _joined: dict[tuple[int, str, str], tuple[Figures, _Joined]] = field(default_factory=dict)

    def add(self, key: ResultKey, row: Figures) -> None:
        """Take a row of a protocol that names its day, or one of appeals."""
        target = self._appeals if isinstance(row.spot.fact, AppealFact) else self._rows
        target.setdefault(key, []).append(row)

    def add_aside(self, key: ResultKey, row: Figures) -> None:
        """Take a row of a table that calls itself a retake and names no pupils."""
        self._aside.append((key, row))

    def plan(self) -> Iterator[tuple[ResultKey, Figures]]:
        """Plan every exam; yield its row with the result that it makes."""
        self._ask()
        for aside, row in self._aside:
            self._plan_aside(aside, row)
        for key in dict.fromkeys((*self._rows, *self._appeals)):
            if key in self.others and self._rows.get(key):
                self._compare_whole(key, self.others[key])
                continue
            known = self.stored.results.get(key)
            marks = known.marks if known else None
            parts = list(self.stored.parts.get(key, ()))
            exam = Exam(key[1], marks, parts, self.questions.answer(days_key(key[1])))
            last = self._plan_days(key, exam) or self._appeals_of(key)
            last = self._plan_appeals(key, exam) or last
            if last is not None and exam.marks is not None:
                if exam.differs:
                    self._write(key, exam, last)
                yield key, replace(last, marks=exam.marks)
        self._tell_joined()

    def _compare_whole(self, key: ResultKey, whole: Figures) -> None:
        """Another file of the load gives the result as a whole: the days must make the same."""
        exam = Exam(key[1], None, answer=self.questions.answer(days_key(key[1])))
        days = self._agreeing(self._rows[key])
        for day, (row, fact) in days.items():
            exam.take_day(day, fact.marks, fact.pupils, fact.rows, self._block(row))
        exam.take_retakes({day: (fact.rows, 0) for day, (_, fact) in days.items()})
        exam.settle()
        name = disagreement(whole.marks, exam.marks) if exam.marks else None
        for row, _ in days.values():
            if name is None:
                _record(row, ChangeKind.UNCHANGED, None, None)
            else:
                self.conflict(row, whole, name)
        for row in self._appeals.get(key, ()):
            _wait_for_protocol(row, "результат взят из другого файла этой загрузки")

    def _plan_days(self, key: ResultKey, exam: Exam) -> Figures | None:
        """Take the days of the load and return the last row that says something new."""
        days = self._agreeing(self._let_in(key, self._rows.get(key, ())))
        before, kinds = exam.marks or exam.stored, {}
        for day, (row, fact) in days.items():
            block = self._block(row)
            kinds[day] = exam.take_day(day, fact.marks, fact.pupils, fact.rows, block)
        places = {day: (fact.rows, self._block(row)) for day, (row, fact) in days.items()}
        again = exam.take_retakes(places)
        exam.settle()
        for day, (row, _) in days.items():
            _record(row, kinds[day] if exam.differs else ChangeKind.UNCHANGED, before, exam.marks)
        self._note_joined(exam, days, again)
        if key not in self.stored.parts:
            _warn_fewer(days, before, exam)
        told = [row for day, (row, _) in days.items() if kinds[day] is not ChangeKind.UNCHANGED]
        return next(reversed(told or [row for row, _ in days.values()]), None)

    def _agreeing(self, rows: Sequence[Figures]) -> dict[date, tuple[Figures, ResultFact]]:
        """Return one row per day; another one of the day changes nothing or contradicts it."""
        found: dict[date, tuple[Figures, ResultFact]] = {}
        disputed = set()
        copies = []
        for row in rows:
            fact, day = result_of(row), day_of(row)
            first, _ = found.setdefault(day, (row, fact))
            name = disagreement(first.marks, row.marks)
            if name is not None:
                disputed.add(day)
                self.conflict(row, first, name)
            elif first is not row:
                copies.append((day, row))
        for day, row in copies:
            _settle_copy(row, disputed=day in disputed)
        return {day: found[day] for day in sorted(found) if day not in disputed}

    def _ask(self) -> None:
        """Put the questions about days first: they keep rows of every school out."""
        for key, rows in self._rows.items():
            exam = days_key(key[1])
            if key in self.others or self.questions.answer(exam) is not None:
                continue
            days = days_of(rows, self.stored.parts.get(key, ()))
            if days.doubtful():
                self.questions.ask(exam, key[0], days)

    def _let_in(self, key: ResultKey, rows: Sequence[Figures]) -> list[Figures]:
        """Return the rows that no question keeps out; the others are told."""
        if not rows:
            return []
        days, exam = days_of(rows, self.stored.parts.get(key, ())), days_key(key[1])
        main = self.questions.answer(exam) is DaysAnswer.MAIN
        waiting = days.waiting() if self.questions.is_open(exam) else ()
        kept = []
        for row in rows:
            blind = stays_blind(row, days)
            if day_of(row) in waiting:
                self._wait(exam, row)
            elif main and (blind or days.only_aside):
                _skip(row)
            elif blind:
                _hold(row, Problem(Severity.ERROR, blind, BLIND_HINT))
            else:
                kept.append(row)
        return kept

    def _wait(self, exam: DaysKey, row: Figures) -> None:
        self.questions.wait(exam, row)
        row.spot.draft.record(row.spot, ChangeKind.QUARANTINED, row.who, row.item)

    def _plan_aside(self, key: ResultKey, row: Figures) -> None:
        """Keep a table of a retake without pupils out, for one reason or another."""
        exam = days_key(key[1])
        answer = self.questions.answer(exam)
        if answer is None:
            self._wait(exam, row)
        elif answer is DaysAnswer.MAIN:
            _skip(row)
        else:
            cell = aside_cell(row)
            message = _NO_PUPILS.format(item=row.item, cell=cell)
            _hold(row, Problem(Severity.ERROR, message, _NO_PUPILS_HINT, cell=cell))

    def _plan_appeals(self, key: ResultKey, exam: Exam) -> Figures | None:
        last = None
        for row in self._appeals.get(key, ()):
            fact, before = row.spot.fact, exam.marks
            if not isinstance(fact, AppealFact):
                raise TypeError("only appeals are collected as appeals")
            outcome = exam.take_appeals(fact, self._block(row))
            exam.settle()
            if isinstance(outcome, str):
                _wait_for_protocol(row, outcome)
            elif outcome == 0:
                _record(row, ChangeKind.UNCHANGED, None, None)
            else:
                _record(row, ChangeKind.CHANGED, before, exam.marks)
                if exam.marks == before:
                    _tell_not_counted(row)
                last = row
        return last

    def _appeals_of(self, key: ResultKey) -> Figures | None:
        return next(iter(self._appeals.get(key, ())), None)

    def _write(self, key: ResultKey, exam: Exam, last: Figures) -> None:
        school, procedure = key
        marks, known = exam.marks, self.stored.results.get(key)
        if marks is None:
            raise ValueError("an exam without parts has no result")
        own = last.spot.fact
        if not isinstance(own, (ResultFact, AppealFact)):
            raise TypeError("only rows of protocols and of appeals are collected")
        fact = ResultFact(own.ref, procedure, marks, own.rows)
        parts = tuple(sorted(exam.parts, key=lambda part: part.day))
        self.writes.results.append(
            ResultWrite(school, fact, self._block(last), known.id if known else None, parts)
        )

    def _block(self, row: Figures) -> int:
        return self.writes.block(row.spot.draft.index, row.spot.block)

    def _note_joined(
        self, exam: Exam, days: Mapping[date, tuple[Figures, ResultFact]], again: int
    ) -> None:
        known = {part.day for part in exam.parts if part.kind is PartKind.DAY}
        if len(known) < 2 or not days or not exam.differs:
            return
        row = days[max(days)][0]
        place = (row.spot.draft.index, row.spot.sheet.sheet, row.item)
        joined = self._joined.setdefault(place, (row, _Joined()))[1]
        joined.days |= known
        joined.schools += 1
        joined.again += again
        joined.answer = exam.answer
        joined.blind |= bool(known - days.keys()) or not all(f.pupils for _, f in days.values())

    def _tell_joined(self) -> None:
        for row, joined in self._joined.values():
            days = ", ".join(f"{day:%d.%m.%Y}" for day in sorted(joined.days))
            how = "взят только первый день" if _main(joined) else "результаты дней сложены"
            message = (
                f"{row.item}: экзамен сдавали в разные дни ({days}), {how}; школ: {joined.schools}."
            )
            finding = Finding(
                Severity.WARNING, message, _hint(joined), row.spot.sheet.sheet,
                row.spot.cell("subject", "year"),
            )  # fmt: skip
            row.spot.draft.findings.append(finding)


def _main(joined: _Joined) -> bool:
    return joined.answer is DaysAnswer.MAIN


def _hint(joined: _Joined) -> str:
    if joined.answer is None:
        return _BLIND if joined.blind else _ALONE
    if _main(joined):
        return f"Так отвечено о днях этого экзамена. {_ANSWERED}"
    again = (
        f"Сдавали повторно {joined.again} чел.: каждый посчитан один раз, "
        f"{_COUNTED[joined.answer]}. {_ANSWERED}"
    )
    return f"{again} {_BLIND}" if joined.blind else again


def _skip(row: Figures) -> None:
    """A row stays out by the person's own word."""
    spot, message = row.spot, _NOT_TAKEN.format(item=row.item)
    spot.draft.warn(spot, message, aside_cell(row) or spot.cell("subject", "year"), _ANSWERED)
    spot.draft.explain(spot, message, skipped=True)
    spot.draft.record(spot, ChangeKind.QUARANTINED, row.who, row.item)


def _tell_not_counted(row: Figures) -> None:
    """Appeals of a day that the answer leaves out wait for another answer, not for a person."""
    message = _KEPT_ASIDE.format(who=row.who, item=row.item)
    row.spot.draft.warn(row.spot, message, row.spot.cell("n2", "name", "rcoi"), _ANSWERED)


def _warn_fewer(
    days: Mapping[date, tuple[Figures, ResultFact]], before: Marks | None, exam: Exam
) -> None:
    """A result known as a whole gives way to fewer pupils: perhaps of the reserve day alone."""
    now = exam.marks
    if before is None or now is None or now.participants >= before.participants:
        return
    for row, _ in days.values():
        row.spot.draft.warn(
            row.spot,
            f"{row.item}: участников в протоколе меньше, чем уже известно по другому файлу, и "
            "прежний результат будет заменён.",
            row.spot.cell("participants"),
            "Если это протокол резервного дня, загрузите вместе с ним протокол основного.",
        )


def _record(row: Figures, kind: ChangeKind, before: Marks | None, after: Marks | None) -> None:
    """Note what becomes of a row; where a result was known, it is a change from that one."""
    spot = row.spot
    if kind is ChangeKind.NEW and before is not None:
        kind = ChangeKind.CHANGED
    changes: tuple[Difference, ...] = ()
    if kind is ChangeKind.CHANGED and before is not None and after is not None:
        changes = mark_differences(before, after, spot.block, spot.fact.rows)
    spot.draft.record(spot, kind, row.who, row.item, changes)


def _settle_copy(row: Figures, *, disputed: bool) -> None:
    """A copy of a protocol changes nothing; where another one contradicts both, it waits too."""
    if not disputed:
        _record(row, ChangeKind.UNCHANGED, None, None)
        return
    message = _COPY.format(who=row.who, item=row.item)
    cell = row.spot.cell("n2", "name", "rcoi", "fisoko")
    _hold(row, Problem(Severity.ERROR, message, _COPY_HINT, cell=cell))


def _wait_for_protocol(row: Figures, reason: str) -> None:
    message = f"{row.who}, {row.item}: апелляции не учтены – {reason}."
    cell = row.spot.cell("n2", "name", "rcoi", "fisoko")
    _hold(row, Problem(Severity.ERROR, message, _TOGETHER, cell=cell))


def _hold(row: Figures, problem: Problem) -> None:
    """Keep a row out for a reason that only other files, or another answer, can lift."""
    spot = row.spot
    spot.draft.report(problem, spot.sheet.sheet)
    spot.draft.explain(spot, problem.message)
    spot.draft.waits = True
    spot.draft.record(spot, ChangeKind.QUARANTINED, row.who, row.item)
