"""Results of single classes (5А, 5Б): parts that are added, and never take each other's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.models.enums import PartKind, Severity
from app.services.importing.compared import Figures, FiguresKey, ResultKey
from app.services.importing.counts import MARKS
from app.services.importing.describe import disagreement, fuller, mark_differences
from app.services.importing.facts import ONE_CLASS, Marks, Problem, Procedure, ResultFact
from app.services.importing.parts import Part, sum_of
from app.services.importing.plan import ChangeKind, Difference
from app.services.importing.state import Stored
from app.services.importing.writes import ResultWrite, Writes

Conflict = Callable[[Figures, Figures, str], None]
"""Told of two rows of one class that contradict each other in a figure: both wait."""

_ALONE = "{item}: это результат одного класса ({classes})."
_ALONE_HINT = (
    "Если в параллели есть и другие классы, загрузите их файлы тоже: программа сложит классы."
)
_JOINED = "{item}: результаты классов школы сложены ({classes})."
_JOINED_HINT = "Если один из файлов – не класс этой школы, отмените его загрузку."
_KNOWN = (
    "{who}, {item}: здесь один класс ({classes}), а результат школы уже есть (участников {known}), "
    "и каких он классов, неизвестно. Прежний результат не заменён."
)
_KNOWN_HINT = (
    "Загрузите файлы всех классов параллели вместе, и программа их сложит. Если прежний результат "
    "неверен, отмените его загрузку."
)
_UNKNOWN = (
    "{who}, {item}: классы ({classes}) не сложить – не у каждого есть число каждой отметки и число "
    "участников, равное их сумме."
)
_UNKNOWN_HINT = "Впишите числа «2», «3», «4» и «5» каждого класса и загрузите файлы снова."
_DISPUTED = (
    "{who}, {item}: файлы одного из классов противоречат друг другу, результат школы не считается."
)
_DISPUTED_HINT = "Решите, какая строка того класса верна, и загрузите файлы классов вместе."
_COVERED = "{item}: взят результат всей параллели, класс ({classes}) отдельно не загружен."


@dataclass
class ClassParts:
    """Collects the rows of single classes of one load, then plans them by school and procedure."""

    stored: Stored
    writes: Writes
    others: Mapping[FiguresKey, Figures]
    """Rows of the load that give results of a whole grade."""
    conflict: Conflict
    _rows: dict[ResultKey, list[Figures]] = field(default_factory=dict)

    def add(self, key: ResultKey, row: Figures) -> None:
        """Take a row that is of one class."""
        self._rows.setdefault(key, []).append(row)

    def plan(self) -> Iterator[tuple[ResultKey, Figures]]:
        """Plan every result of classes; yield its row with the result that they make."""
        for key, rows in self._rows.items():
            classes = self._agreeing(rows)
            whole = self.others.get(key)
            if classes is None:
                continue
            if whole is not None:
                self._beside_whole(classes, whole)
                continue
            made = self._plan(key, classes)
            if made is not None:
                yield key, made

    def _agreeing(self, rows: Sequence[Figures]) -> dict[str, Figures] | None:
        """Return one row per class; None where two rows of one class contradict each other."""
        found: dict[str, Figures] = {}
        disputed, copies = set(), []
        for row in rows:
            first = found.setdefault(_letter(row), row)
            name = disagreement(first.marks, row.marks)
            if name is not None:
                disputed.add(_letter(row))
                self.conflict(row, first, name)
            elif first is not row:
                copies.append(row)
        if not disputed:
            for row in copies:
                _record(row, ChangeKind.UNCHANGED)
            return found
        for row in (*(one for x, one in found.items() if x not in disputed), *copies):
            _hold(row, _DISPUTED, _DISPUTED_HINT)
        return None

    def _beside_whole(self, classes: Mapping[str, Figures], whole: Figures) -> None:
        """A row of the whole grade is the result, where these classes may be a part of it."""
        parts = [_part(row, 0) for row in classes.values()]
        more = all(map(_is_whole, parts)) and _exceeding(sum_of(parts), whole.marks)
        for row in classes.values():
            if more:
                self.conflict(row, whole, more)
            else:
                text = _COVERED.format(item=row.item, classes=_named(row, [_letter(row)]))
                row.spot.draft.warn(row.spot, text, row.spot.cell(ONE_CLASS))
                _record(row, ChangeKind.UNCHANGED)

    def _plan(self, key: ResultKey, classes: Mapping[str, Figures]) -> Figures | None:
        known, before = self.stored.results.get(key), self.stored.classes.get(key, ())
        fresh = {letter: _part(row, self._block(row)) for letter, row in classes.items()}
        parts = {one.digest: one for one in before}
        same = {x for x, one in fresh.items() if x in parts and parts[x].says_the_same(one)}
        parts.update({letter: one for letter, one in fresh.items() if letter not in same})
        last = list(classes.values())[-1]
        if len(parts) > 1 and not all(map(_is_whole, parts.values())):
            _hold_all(classes, _UNKNOWN, _UNKNOWN_HINT, parts)
            return None
        marks = sum_of(parts.values()) if len(parts) > 1 else last.marks
        if known is None:
            self._write(key, last, marks, parts, None)
            _tell(classes, ChangeKind.NEW, parts)
            return replace(last, marks=marks)
        if disagreement(known.marks, marks) is None and (before or not fuller(known.marks, marks)):
            _tell(classes, ChangeKind.UNCHANGED, parts)
            return replace(last, marks=marks)
        if not before and (len(parts) < 2 or marks.participants < known.marks.participants):
            number = str(known.marks.participants)
            _hold_all(classes, _KNOWN, _KNOWN_HINT, parts, known=number)
            return None
        self._write(key, last, marks, parts, known.id)
        _tell(classes, ChangeKind.CHANGED, parts, known.marks, marks, same)
        return replace(last, marks=marks)

    def _write(
        self,
        key: ResultKey,
        last: Figures,
        marks: Marks,
        parts: Mapping[str, Part],
        replaces: int | None,
    ) -> None:
        school, procedure = key
        own = _fact(last)
        fact = ResultFact(own.ref, procedure, marks, own.rows)
        kept = tuple(parts[letter] for letter in sorted(parts) if _is_whole(parts[letter]))
        self.writes.results.append(ResultWrite(school, fact, self._block(last), replaces, kept))

    def _block(self, row: Figures) -> int:
        return self.writes.block(row.spot.draft.index, row.spot.block)


def _fact(row: Figures) -> ResultFact:
    fact = row.spot.fact
    if not isinstance(fact, ResultFact):
        raise TypeError("only results are of a class")
    return fact


def _letter(row: Figures) -> str:
    return _fact(row).letter


def _procedure(row: Figures) -> Procedure:
    return _fact(row).procedure


def _part(row: Figures, block: int) -> Part:
    """Return the part that the row of one class gives; a class has no day of its own."""
    marks, day = row.marks, date(_procedure(row).year, 1, 1)
    counts = (marks.n2, marks.n3, marks.n4, marks.n5)
    total = sum(mark * (count or 0) for mark, count in zip(MARKS, counts, strict=True))
    return Part(
        PartKind.CLASS, day, marks.participants, *counts, marks.n2, float(total),
        _fact(row).rows, digest=_letter(row), block=block,
    )  # fmt: skip


def _is_whole(part: Part) -> bool:
    counts = (part.n2, part.n3, part.n4, part.n5)
    return None not in counts and sum(count or 0 for count in counts) == part.participants


def _exceeding(parts: Marks, whole: Marks) -> str | None:
    """Return the figure in which classes are more than their whole grade; None for a part."""
    for name in ("participants", "n2", "n3", "n4", "n5"):
        one, other = getattr(parts, name), getattr(whole, name)
        if one is not None and other is not None and one > other:
            return name
    return None


def _named(row: Figures, letters: Iterable[str]) -> str:
    return ", ".join(f"{_procedure(row).grade}{letter}" for letter in sorted(letters))


def _hold(row: Figures, message: str, hint: str, classes: str = "", known: str = "") -> None:
    """Keep a row out; the database keeps what it has."""
    spot = row.spot
    text = message.format(who=row.who, item=row.item, classes=classes, known=known)
    cell = spot.cell(ONE_CLASS, "name", "rcoi", "fisoko")
    spot.draft.report(Problem(Severity.ERROR, text, hint, cell=cell), spot.sheet.sheet)
    spot.draft.explain(spot, text)
    spot.draft.waits = True
    _record(row, ChangeKind.QUARANTINED)


def _hold_all(
    classes: Mapping[str, Figures],
    message: str,
    hint: str,
    parts: Mapping[str, Part],
    known: str = "",
) -> None:
    for row in classes.values():
        _hold(row, message, hint, _named(row, parts), known)


def _tell(
    classes: Mapping[str, Figures],
    kind: ChangeKind,
    parts: Mapping[str, Part],
    before: Marks | None = None,
    after: Marks | None = None,
    same: Iterable[str] = (),
) -> None:
    """Record what becomes of the rows, and say of which classes the result is."""
    text, hint = (_JOINED, _JOINED_HINT) if len(parts) > 1 else (_ALONE, _ALONE_HINT)
    for letter, row in classes.items():
        spot = row.spot
        message = text.format(item=row.item, classes=_named(row, parts))
        spot.draft.warn(spot, message, spot.cell(ONE_CLASS), hint)
        _record(row, ChangeKind.UNCHANGED if letter in same else kind, before, after)


def _record(
    row: Figures, kind: ChangeKind, before: Marks | None = None, after: Marks | None = None
) -> None:
    spot = row.spot
    changes: tuple[Difference, ...] = ()
    if kind is ChangeKind.CHANGED and before is not None and after is not None:
        changes = mark_differences(before, after, spot.block, spot.fact.rows)
    spot.draft.record(spot, kind, row.who, row.item, changes)
