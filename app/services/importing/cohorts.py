"""Control rules that look beyond one sheet: at last year, at another subject, at the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from app.models.enums import AssessmentKind
from app.services.importing.checking import rules
from app.services.importing.compared import Figures
from app.services.importing.control_rules import Rule
from app.services.importing.counts import number_text
from app.services.importing.facts import Marks, Procedure
from app.services.importing.plan import Finding

MarksOf = Mapping[int, Marks]
"""Marks of one procedure by school."""


@dataclass(frozen=True)
class Known:
    """What is known besides the row, this load's own rows included."""

    marks: Mapping[Procedure, MarksOf]
    pupils: Mapping[int, int]


@lru_cache(maxsize=4_096)
def neighbours(procedure: Procedure) -> tuple[Procedure, ...]:
    """Return the procedures that a result is compared with: last year, and other subjects."""
    others = [replace(procedure, subject=one) for one in _partners(procedure)]
    return (replace(procedure, year=procedure.year - 1), *others)


def check_cohorts(
    procedure: Procedure, rows: Mapping[int, Figures], known: Known
) -> Iterator[tuple[Figures, Finding]]:
    """Yield what the rules find in the rows of one procedure, by school, each with its row."""
    last_year, *others = neighbours(procedure)
    before = known.marks.get(last_year, {})
    subjects = [(one.subject, known.marks.get(one, {})) for one in others]
    jump, two = rules()["year_jump"], rules()["two_subjects"]
    most: int = jump.tolerance["most_participants"]
    for school, row in rows.items():
        then, mine = before.get(school), row.marks.participants
        # Asked here: most groups are not small, and a rule for each row takes long.
        if then is not None and (mine <= most or then.participants <= most):
            found = _year_jump(jump, row, then)
            if found is not None:
                yield row, found
        for subject, marks in subjects:
            other = marks.get(school)
            if other is not None and other.participants != mine:
                found = _two_subjects(two, row, subject, other)
                if found is not None:
                    yield row, found
        pupils = known.pupils.get(school)
        if pupils is not None and mine > pupils:
            yield row, _too_many(row, pupils)


def _too_many(row: Figures, pupils: int) -> Finding:
    text = f"участников {row.marks.participants}, а в школе по реестру {pupils} обучающихся."
    return _finding(rules()["register_pupils"], row, text, "participants")


def _year_jump(rule: Rule, row: Figures, before: Marks) -> Finding | None:
    """A share of «2» that jumps within a year, of two groups of which one is small."""
    now, then = _share(row.marks), _share(before)
    if now is None or then is None or abs(now - then) <= rule.tolerance["points"]:
        return None
    text = (
        f"доля «2» {number_text(round(now, 1))} % ({row.marks.participants} уч.), "
        f"а год назад {number_text(round(then, 1))} % ({before.participants} уч.)."
    )
    return _finding(rule, row, text, "n2", "p2", "below", "participants")


def _two_subjects(rule: Rule, row: Figures, subject: str, other: Marks) -> Finding | None:
    """One class that wrote two subjects with very different numbers of pupils."""
    mine, theirs = row.marks.participants, other.participants
    low, high = min(mine, theirs), max(mine, theirs)
    if low <= 0 or high - low < rule.tolerance["least_difference"]:
        return None
    if high <= low * rule.tolerance["times"]:
        return None
    text = f"участников {mine}, а по предмету «{subject}» в том же классе {theirs}."
    return _finding(rule, row, text, "participants")


def _partners(procedure: Procedure) -> tuple[str, ...]:
    limits = rules()["two_subjects"].tolerance
    wanted: list[str] = limits["subjects"]
    if procedure.kind not in map(AssessmentKind, limits["kinds"]):
        return ()
    return tuple(one for one in wanted if procedure.subject in wanted and one != procedure.subject)


def _share(marks: Marks) -> float | None:
    """Return the share of «2», or of scores under the minimum, in per cent."""
    count = marks.below if marks.below is not None else marks.n2
    if count is None or marks.participants <= 0:
        return marks.p2
    return 100 * count / marks.participants


def _finding(rule: Rule, row: Figures, text: str, *fields: str) -> Finding:
    return Finding(
        rule.severity,
        f"{row.who}, {row.item}: {text}",
        rule.hint,
        row.spot.sheet.sheet,
        row.spot.cell(*fields),
        rule.key,
        rule.soft,
    )
