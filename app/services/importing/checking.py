"""Control rules (контрольные соотношения) over what a layout found: each finding names its cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.models.enums import ReferenceScope
from app.services.importing.cells import expand_rows
from app.services.importing.control_rules import Rule, load_rules
from app.services.importing.counts import MARKS, number_text, sum_tolerance
from app.services.importing.facts import (
    Block,
    Extract,
    Fact,
    Marks,
    Problem,
    Procedure,
    RecordFact,
    ReferenceFact,
    RegisterFact,
    ResultFact,
    SchoolRef,
)
from app.services.importing.thresholds import result_limits

_KEYS = frozenset(
    {
        "below_equals_two",
        "below_within",
        "counts_fit",
        "counts_negative",
        "counts_sum",
        "district_sum",
        "duplicate_result",
        "grade_plausible",
        "marks_sum",
        "marks_swapped",
        "mean_matches_marks",
        "mean_scale",
        "participants_plausible",
        "participants_positive",
        "percent_range",
        "percent_without_participants",
        "pupils_range",
        "register_pupils",
        "two_subjects",
        "year_jump",
        "year_plausible",
    }
)
_SEVERAL = 2
"""One row alone may have a wrong mean; so many that all agree when exchanged are no chance."""
_ALL_MARKS = frozenset(f"p{mark}" for mark in MARKS)


@dataclass(frozen=True)
class _Spot:
    """One fact in its block, and how to write a finding about one of its fields."""

    block: Block
    fact: Fact

    @property
    def name(self) -> str:
        """The school or the group, as the file calls it."""
        if isinstance(self.fact, ReferenceFact):
            return f"«{self.fact.name}»"
        if isinstance(self.fact, RecordFact) and self.fact.ref is None:
            return f"«{self.fact.name}»"
        ref = self.fact.ref or SchoolRef()
        return f"«{ref.name or ', '.join(code for _, code in ref.codes)}»"

    def problem(self, rule: Rule, message: str, *fields: str) -> Problem:
        """Return a finding at the cells of the fields, at its row."""
        cells = [self.block.cell(field, self.fact.rows) for field in fields]
        shown = ", ".join(dict.fromkeys(cell.replace("$", "") for cell in cells if cell))
        return Problem(
            rule.severity,
            f"{self.name}: {message}",
            rule.hint,
            self.block.sheet,
            shown or None,
            expand_rows(self.fact.rows)[0],
            rule.key,
            rule.soft,
        )


def check(extract: Extract) -> tuple[Problem, ...]:
    """Return everything that the control rules find in the facts of one sheet alone.

    What needs the stored data or other sheets is found by ``cohorts``.
    """
    problems: list[Problem] = []
    sound = _Sound()
    for block in extract.blocks:
        doubtful = sound.doubtful(block.facts)
        for fact in doubtful:
            problems.extend(_of_fact(_Spot(block, fact)))
        problems.extend(_swapped(block, doubtful))
    problems.extend(_duplicates(extract))
    problems.extend(_district_sums(extract))
    return tuple(problems)


def rules() -> dict[str, Rule]:
    """Return the control rules by key; ``ResourceError`` when their file is broken."""
    return load_rules("control_rules.json", _KEYS)


class _Sound:
    """Lets pass at one glance the results that no rule of this module finds fault with.

    Nearly every row of a large file is such; the rules, which find the words for the others, look
    at what is left.
    """

    def __init__(self) -> None:
        self._most = rules()["participants_plausible"].tolerance
        self._off = rules()["marks_sum"].tolerance
        self._procedures: dict[Procedure, bool] = {}
        self._last: tuple[Procedure | None, bool] = (None, False)

    def doubtful(self, facts: Iterable[Fact]) -> list[Fact]:
        """Return the facts that a rule may find fault with, and all that are no results."""
        agree, held = self._agree, self._is_held
        return [
            fact
            for fact in facts
            if type(fact) is not ResultFact or not (agree(fact.marks) and held(fact.procedure))
        ]

    def _agree(self, marks: Marks) -> bool:
        """Return whether the marks are whole, agree with each other and lack nothing but a mean."""
        n2, n3, n4, n5 = marks.n2, marks.n3, marks.n4, marks.n5
        if n2 is None or n3 is None or n4 is None or n5 is None or marks.mean is not None:
            return False
        # One after the other: asked of every row, ``min`` takes three times as long.
        if n2 < 0 or n3 < 0 or n4 < 0 or n5 < 0 or marks.below != n2:
            return False
        if not n2 + n3 + n4 + n5 == marks.participants <= self._most or marks.participants == 0:
            return False
        p2, p3, p4, p5 = marks.p2, marks.p3, marks.p4, marks.p5
        if p2 is None or p3 is None or p4 is None or p5 is None:
            return p2 is p3 is p4 is p5 is None
        if p2 < 0 or p3 < 0 or p4 < 0 or p5 < 0:
            return False
        return bool(abs(p2 + p3 + p4 + p5 - 100) <= self._off)

    def _is_held(self, procedure: Procedure) -> bool:
        if procedure is not self._last[0]:
            held = self._procedures.get(procedure)
            if held is None:
                held = _year_fits(procedure) and _grade_fits(procedure)
                self._procedures[procedure] = held
            self._last = (procedure, held)
        return self._last[1]


def _of_fact(spot: _Spot) -> Iterator[Problem]:
    fact = spot.fact
    if isinstance(fact, RegisterFact):
        yield from _register_pupils_range(spot, fact)
    elif isinstance(fact, ReferenceFact):
        yield from _procedure(spot, fact.procedure)
        shares = (fact.p2, fact.p3, fact.p4, fact.p5)
        yield from _shares(spot, shares, whole=spot.block.columns.keys() >= _ALL_MARKS)
        yield from _mean(spot, fact.procedure, fact.mean)
    elif isinstance(fact, ResultFact):
        yield from _procedure(spot, fact.procedure)
        yield from _result(spot, fact)


def _result(spot: _Spot, fact: ResultFact) -> Iterator[Problem]:
    marks = fact.marks
    yield from _participants(spot, marks)
    shares = (marks.p2, marks.p3, marks.p4, marks.p5)
    share_problems = list(_shares(spot, shares, marks.participants))
    yield from share_problems
    count_problems = list(_counts(spot, marks))
    yield from count_problems
    if not share_problems and not count_problems:
        yield from _recovered(spot, marks)
    yield from _below(spot, fact)
    yield from _mean(spot, fact.procedure, marks.mean)
    yield from _mean_and_marks(spot, fact)


def _procedure(spot: _Spot, procedure: Procedure) -> Iterator[Problem]:
    if not _year_fits(procedure):
        rule = rules()["year_plausible"]
        yield spot.problem(rule, f"год {procedure.year} неправдоподобен.", "year")
    if not _grade_fits(procedure):
        rule = rules()["grade_plausible"]
        yield spot.problem(
            rule, f"{procedure.kind}, {procedure.grade} класс – такого не проводят.", "grade"
        )


def _year_fits(procedure: Procedure) -> bool:
    first, last = rules()["year_plausible"].tolerance
    return bool(first <= procedure.year <= last)


def _grade_fits(procedure: Procedure) -> bool:
    return procedure.grade in rules()["grade_plausible"].tolerance[procedure.kind.value]


def _participants(spot: _Spot, marks: Marks) -> Iterator[Problem]:
    shares = (marks.p2, marks.p3, marks.p4, marks.p5)
    rule = rules()["participants_positive"]
    if marks.participants <= 0 and any(shares):
        text = f"доли отметок есть, а участников {marks.participants}."
        yield spot.problem(rules()["percent_without_participants"], text, "participants")
    elif marks.participants <= 0:
        yield spot.problem(rule, f"участников {marks.participants}.", "participants")
    rule = rules()["participants_plausible"]
    if marks.participants > rule.tolerance:
        yield spot.problem(
            rule, f"участников {marks.participants} – слишком много для школы.", "participants"
        )


def _shares(
    spot: _Spot,
    shares: tuple[float | None, ...],
    participants: int | None = None,
    *,
    whole: bool = True,
) -> Iterator[Problem]:
    """Each share within 0–100 per cent, all four together 100.

    ``whole`` False says that the table has not all four: of success only «2» follows.
    Whole numbers may be meant as pupils, so the sentence names the ``participants`` too.
    """
    given = [(mark, share) for mark, share in zip(MARKS, shares, strict=True) if share is not None]
    outside = [(mark, share) for mark, share in given if not 0 <= share <= 100]
    for mark, share in outside:
        text = f"доля «{mark}» {number_text(share)} % – вне пределов 0–100 %."
        yield spot.problem(rules()["percent_range"], text, f"p{mark}")
    rule = rules()["marks_sum"]
    total = math.fsum(share for _, share in given)
    decimals = max((_decimals(share) for _, share in given), default=0)
    allowed = max(rule.tolerance, sum_tolerance(decimals, sum(s != 0 for _, s in given)))
    if whole and given and not outside and abs(total - 100) > allowed + 1e-9:
        text = _wrong_sum(total, participants if decimals == 0 else None)
        yield spot.problem(rule, text, *(f"p{mark}" for mark, _ in given))


def _wrong_sum(total: float, participants: int | None) -> str:
    """Return the sentence for a sum that is no 100 per cent; whole numbers may be those of pupils.

    ``participants`` None says that they cannot be.  What the sum is nearer to is said first.
    """
    shares = f"доли отметок в сумме {number_text(total)} %, а должно быть 100 %"
    if not participants:
        return f"{shares}."
    if abs(total - participants) >= abs(total - 100):
        return f"{shares} (или {participants}, если это число учеников)."
    text = number_text(total)
    return (
        f"отметок {text}, а участников {participants} "
        f"(если это доли – их сумма {text} %, а не 100 %)."
    )


def _decimals(value: float) -> int:
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])


def _counts(spot: _Spot, marks: Marks) -> Iterator[Problem]:
    """No negative numbers, and all four together the participants."""
    counts = [(m, n) for m, n in _numbers(marks) if n is not None]
    for mark, number in counts:
        if number < 0:
            text = f"«{mark}» получили {number} чел. – число отрицательное."
            yield spot.problem(rules()["counts_negative"], text, f"n{mark}")
    total = sum(number for _, number in counts)
    if len(counts) == len(MARKS) and total != marks.participants > 0:
        text = f"отметок {total}, а участников {marks.participants}."
        fields = ("participants", *(f"n{mark}" for mark in MARKS))
        yield spot.problem(rules()["counts_sum"], text, *fields)


def _numbers(marks: Marks) -> tuple[tuple[int, int | None], ...]:
    return tuple(zip(MARKS, (marks.n2, marks.n3, marks.n4, marks.n5), strict=True))


def _recovered(spot: _Spot, marks: Marks) -> Iterator[Problem]:
    """Shares without numbers of pupils: no whole numbers agree with them."""
    shares = (marks.p2, marks.p3, marks.p4, marks.p5)
    listed = [(m, p) for m, p in zip(MARKS, shares, strict=True) if p is not None]
    if not listed or marks.n2 is not None or marks.participants <= 0:
        return
    text = "; ".join(f"«{mark}» – {number_text(share)} %" for mark, share in listed)
    yield spot.problem(
        rules()["counts_fit"],
        f"при {marks.participants} участниках таких долей не бывает ({text}).",
        "participants",
        *(f"p{mark}" for mark, _ in listed),
    )


def _below(spot: _Spot, fact: ResultFact) -> Iterator[Problem]:
    marks = fact.marks
    if marks.below is None:
        return
    if not 0 <= marks.below <= max(marks.participants, 0):
        text = f"не преодолели минимум {marks.below} из {marks.participants} участников."
        yield spot.problem(rules()["below_within"], text, "below", "participants")
    elif marks.n2 is not None and marks.below != marks.n2:
        text = f"не преодолели минимум {marks.below}, а «2» получили {marks.n2}."
        yield spot.problem(rules()["below_equals_two"], text, "below", "n2")


def _mean(spot: _Spot, procedure: Procedure, mean: float | None) -> Iterator[Problem]:
    low, high = result_limits(procedure.kind, procedure.subject)
    if mean is not None and not low <= mean <= high:
        limits = f"{number_text(low)}–{number_text(high)}"
        text = f"средний балл {number_text(mean)} – вне шкалы {limits}."
        yield spot.problem(rules()["mean_scale"], text, "mean")


def _mean_and_marks(spot: _Spot, fact: ResultFact) -> Iterator[Problem]:
    """A mean mark of the file against the numbers of marks."""
    marks = fact.marks
    counts = [(mark, number) for mark, number in _numbers(marks) if number is not None]
    total = sum(number for _, number in counts)
    if marks.mean is None or len(counts) < len(MARKS) or total <= 0:
        return
    rule = rules()["mean_matches_marks"]
    computed = _mean_of([number for _, number in counts])
    if abs(computed - marks.mean) > rule.tolerance:
        text = (
            f"средний балл {number_text(marks.mean)}, "
            f"а по отметкам получается {number_text(computed)}."
        )
        yield spot.problem(rule, text, "mean")


def _mean_of(numbers: Sequence[int]) -> float:
    """Return the mean mark of the numbers of «2» to «5», of somebody at least."""
    weighed = sum(mark * number for mark, number in zip(MARKS, numbers, strict=True))
    return weighed / sum(numbers)


def _swapped(block: Block, facts: Iterable[Fact]) -> Iterator[Problem]:
    """Two titles of marks in each other's place: no mean agrees as it is, all do when exchanged."""
    rule = rules()["marks_swapped"]
    rows = [(fact, mean, n) for fact in facts for mean, n in _means_and_numbers(fact)]
    if len(rows) < _SEVERAL or any(_agrees(rule, mean, n) for _, mean, n in rows):
        return
    for one, other in combinations(range(len(MARKS)), 2):
        if not all(_agrees(rule, mean, _exchanged(n, one, other)) for _, mean, n in rows):
            continue
        text = (
            f"столбцы «{MARKS[one]}» и «{MARKS[other]}», похоже, переставлены: средний балл не "
            "сходится ни в одной строке, а если поменять их местами – сходится во всех."
        )
        for fact, _, _ in rows:
            yield _Spot(block, fact).problem(rule, text, f"n{MARKS[one]}", f"n{MARKS[other]}")
        return


def _means_and_numbers(fact: Fact) -> Iterator[tuple[float, tuple[int, ...]]]:
    if isinstance(fact, ResultFact) and fact.marks.mean is not None:
        numbers = tuple(number for _, number in _numbers(fact.marks) if number is not None)
        if len(numbers) == len(MARKS) and sum(numbers) > 0:
            yield fact.marks.mean, numbers


def _agrees(rule: Rule, mean: float, numbers: Sequence[int]) -> bool:
    return bool(abs(_mean_of(numbers) - mean) <= rule.tolerance)


def _exchanged(numbers: Sequence[int], one: int, other: int) -> list[int]:
    changed = list(numbers)
    changed[one], changed[other] = numbers[other], numbers[one]
    return changed


def _register_pupils_range(spot: _Spot, fact: RegisterFact) -> Iterator[Problem]:
    rule = rules()["pupils_range"]
    low, high = rule.tolerance
    pupils = fact.fields.get("pupils")
    if isinstance(pupils, int) and not low <= pupils <= high:
        yield spot.problem(rule, f"численность обучающихся {pupils} – такой не бывает.", "pupils")


def _duplicates(extract: Extract) -> Iterator[Problem]:
    """One school twice in one procedure of a sheet: neither row can be believed."""
    first: dict[Procedure, dict[object, tuple[Block, Fact]]] = {}
    for block in extract.blocks:
        procedure, mine = None, {}
        for fact in block.facts:
            if not isinstance(fact, ResultFact):
                continue
            if fact.procedure is not procedure:
                procedure, mine = fact.procedure, first.setdefault(fact.procedure, {})
            who = (fact.ref.codes or (fact.ref.name or "").casefold(), fact.day)
            other = mine.setdefault(who, (block, fact))
            if other[1] is not fact:
                yield _double(_Spot(block, fact), _Spot(*other))
                yield _double(_Spot(*other), _Spot(block, fact))


def _double(spot: _Spot, other: _Spot) -> Problem:
    text = f"школа указана дважды, ещё раз – в строке {other.fact.rows}."
    return spot.problem(rules()["duplicate_result"], text, "name", "fisoko", "rcoi")


def _district_sums(extract: Extract) -> Iterator[Problem]:
    """The row of the district against the sum of its schools, where the file has just one."""
    facts = [(block, fact) for block in extract.blocks for fact in block.facts]
    districts = [_Spot(block, fact) for block, fact in facts if _is_district(fact)]
    for spot in districts:
        fact = spot.fact
        same = [other for other in districts if _procedure_of(other) == _procedure_of(spot)]
        if not isinstance(fact, ReferenceFact) or len(same) > 1:
            continue
        schools = [
            other.marks
            for _, other in facts
            if isinstance(other, ResultFact) and other.procedure == fact.procedure
        ]
        yield from _district(spot, fact, schools)


def _is_district(fact: Fact) -> bool:
    return isinstance(fact, ReferenceFact) and fact.scope is ReferenceScope.DISTRICT


def _procedure_of(spot: _Spot) -> Procedure | None:
    return None if isinstance(spot.fact, RegisterFact) else spot.fact.procedure


def _district(spot: _Spot, fact: ReferenceFact, schools: Iterable[Marks]) -> Iterator[Problem]:
    rule = rules()["district_sum"]
    marks = list(schools)
    total = sum(m.participants for m in marks)
    if not marks or fact.participants is None:
        return
    if total != fact.participants:
        text = f"участников {fact.participants}, а в сумме по школам {total}."
        yield spot.problem(rule, text, "participants")
        return
    counts = (m.below if m.n2 is None else m.n2 for m in marks)
    twos = [number for number in counts if number is not None]
    if fact.p2 is None or len(twos) < len(marks) or total <= 0:
        return
    share = 100 * sum(twos) / total
    if abs(share - fact.p2) > rule.tolerance:
        text = f"«2» {number_text(fact.p2)} %, а по школам получается {number_text(share)} %."
        yield spot.problem(rule, text, "p2")
