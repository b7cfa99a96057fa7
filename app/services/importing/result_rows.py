"""Rows of results and of reference figures: compared with the stored ones and with each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.models.enums import Severity
from app.services.importing.class_parts import ClassParts
from app.services.importing.cohorts import Known, check_cohorts
from app.services.importing.compared import Figures, FiguresKey
from app.services.importing.day_questions import DayQuestions, is_marked
from app.services.importing.days_rules import ASIDE
from app.services.importing.describe import (
    MARK_TITLES,
    disagreement,
    fuller,
    mark_differences,
    place_text,
    procedure_title,
    ref_text,
    value_text,
)
from app.services.importing.drafts import Draft, Spot
from app.services.importing.exam_days import ExamDays
from app.services.importing.facts import (
    ONE_CLASS,
    AppealFact,
    Block,
    Marks,
    Problem,
    Procedure,
    ReferenceFact,
    ResultFact,
)
from app.services.importing.loaded import LoadedSheet
from app.services.importing.names import fold
from app.services.importing.new_results import NewResults
from app.services.importing.plan import ChangeKind, Difference
from app.services.importing.resolving import Resolver
from app.services.importing.state import Stored, StoredMarks
from app.services.importing.writes import ReferenceWrite, ResultWrite, Writes


@dataclass
class ResultRows:
    """Plans the rows with figures of all files of one load."""

    stored: Stored
    resolver: Resolver
    writes: Writes
    day_questions: DayQuestions
    _first: dict[FiguresKey, Figures] = field(default_factory=dict)
    _disputed: set[FiguresKey] = field(default_factory=set)
    _copies: dict[FiguresKey, list[Figures]] = field(default_factory=dict)
    """Rows that say the same as the first of their key."""
    _titles: dict[Procedure, str] = field(default_factory=dict)
    _days: ExamDays = field(init=False)
    _classes: ClassParts = field(init=False)

    def __post_init__(self) -> None:
        self._days = ExamDays(
            self.stored, self.writes, self._first, self._conflict, self.day_questions
        )
        self._classes = ClassParts(self.stored, self.writes, self._first, self._conflict)

    def plan(self, draft: Draft) -> None:
        """Plan the figures of one file."""
        for sheet in draft.file.sheets:
            for block in sheet.extract.blocks:
                self._plan_block(draft, sheet, block)

    def _plan_block(self, draft: Draft, sheet: LoadedSheet, block: Block) -> None:
        news = NewResults(draft, sheet, block)
        parts = block.columns.keys() & {ASIDE, ONE_CLASS}
        plainly = draft.lets_all_in(sheet) and not parts
        if plainly and self._all_are_new(news):
            self._settle(news)
            return
        for fact in block.facts:
            if plainly and type(fact) is ResultFact and self._is_new(news, fact):
                continue
            self._settle(news)
            spot = Spot(draft, sheet, block, fact)
            if isinstance(fact, (ResultFact, AppealFact)):
                self._plan_result(spot, fact)
            elif isinstance(fact, ReferenceFact):
                self._plan_reference(spot, fact)
        self._settle(news)

    def _all_are_new(self, news: NewResults) -> bool:
        """Take the results of one procedure of which nothing is known, a whole block at once."""
        facts = [fact for fact in news.block.facts if type(fact) is ResultFact and not fact.day]
        if not facts or len(facts) < len(news.block.facts):
            return False
        procedure = facts[0].procedure
        if [None for fact in facts if fact.procedure is not procedure]:
            return False
        schools = self.resolver.all_surely([fact.ref for fact in facts])
        if schools is None:
            return False
        keys = {(school, procedure): None for school in schools}
        stored = self.stored.results.keys()
        known = not (self._first.keys().isdisjoint(keys) and stored.isdisjoint(keys))
        if known or len(keys) < len(facts):
            return False
        names = [self.resolver.name(school) for school in schools]
        news.add_all(keys, facts, names, self._title(procedure))
        return True

    def _is_new(self, news: NewResults, fact: ResultFact) -> bool:
        """Take a result of which nothing is known and nothing has to be said: nearly all are."""
        school = self.resolver.surely(fact.ref)
        if school is None or fact.day is not None:
            return False
        key = (school, fact.procedure)
        if key in self._first or key in self.stored.results or key in news.keys:
            return False
        news.add(key, fact, self.resolver.name(school), self._title(fact.procedure))
        return True

    def _settle(self, news: NewResults) -> None:
        """Plan the results that were taken so far, so that all stand in the order of the file."""
        if news.keys:
            block = self.writes.block(news.draft.index, news.block)
            self._first.update(news.figures())
            self.writes.results.extend(news.writes(block))
            news.record()

    def join_parts(self) -> None:
        """Plan classes, protocols of exam days and appeals, once all files have been looked at."""
        self._first.update(list(self._classes.plan()))
        self._first.update(list(self._days.plan()))

    def _plan_result(self, spot: Spot, fact: ResultFact | AppealFact) -> None:
        item = self._title(fact.procedure)
        kept_out = spot.draft.keeps_out(spot)
        school = self.resolver.resolve(spot, fact.ref, stores=not kept_out)
        if school is None or kept_out:
            name = ref_text(fact.ref) if school is None else self.resolver.name(school)
            spot.draft.record(spot, ChangeKind.QUARANTINED, name, item)
            return
        key = (school, fact.procedure)
        marks = fact.marks if isinstance(fact, ResultFact) else Marks(0)
        figures = Figures(spot, key, self.resolver.name(school), item, marks)
        if isinstance(fact, AppealFact) or fact.day is not None:
            self._days.add(key, figures)
            return
        if is_marked(figures):
            self._days.add_aside(key, figures)
            return
        if fact.letter:
            self._classes.add(key, figures)
            return
        old = self.stored.results.get(key)
        if self._compare(figures, old):
            block = self.writes.block(spot.draft.index, spot.block)
            self.writes.results.append(ResultWrite(school, fact, block, old.id if old else None))

    def _plan_reference(self, spot: Spot, fact: ReferenceFact) -> None:
        item = f"{self._title(fact.procedure)}, {fact.scope.value}"
        if spot.draft.keeps_out(spot):
            spot.draft.record(spot, ChangeKind.QUARANTINED, fact.name, item)
            return
        key = (fact.scope, fold(fact.name), fact.procedure)
        figures = Figures(spot, key, fact.name, item, _reference_marks(fact))
        old = self.stored.references.get(key)
        if self._compare(figures, old):
            block = self.writes.block(spot.draft.index, spot.block)
            self.writes.references.append(ReferenceWrite(fact, block, old.id if old else None))

    def _compare(self, figures: Figures, old: StoredMarks | None) -> bool:
        """Record what the row does; return whether it is to be stored."""
        first = self._first.setdefault(figures.key, figures)
        if first is not figures:
            self._repeat(figures, first)
            return False
        draft, spot = figures.spot.draft, figures.spot
        if old is None:
            draft.record(spot, ChangeKind.NEW, figures.who, figures.item)
            return True
        if disagreement(old.marks, figures.marks) or fuller(old.marks, figures.marks):
            changes = mark_differences(old.marks, figures.marks, spot.block, spot.fact.rows)
            draft.record(spot, ChangeKind.CHANGED, figures.who, figures.item, changes)
            return True
        draft.record(spot, ChangeKind.UNCHANGED, figures.who, figures.item)
        return False

    def _repeat(self, figures: Figures, first: Figures) -> None:
        """The same school and procedure for the second time in one load."""
        draft, spot = figures.spot.draft, figures.spot
        name = disagreement(first.marks, figures.marks)
        if name is not None:
            self._dispute(figures, first, name)
        elif figures.key in self._disputed:
            draft.waits = True
            draft.record(spot, ChangeKind.QUARANTINED, figures.who, figures.item)
        else:
            if fuller(first.marks, figures.marks):
                draft.warn(spot, *_fuller_text(figures, first))
            self._copies.setdefault(figures.key, []).append(figures)
            draft.record(spot, ChangeKind.UNCHANGED, figures.who, figures.item)

    def _dispute(self, figures: Figures, first: Figures, name: str) -> None:
        """Two rows of one load contradict each other: neither can be believed, both wait."""
        if figures.key not in self._disputed:
            self._disputed.add(figures.key)
            for one in (first, *self._copies.get(figures.key, ())):
                self._withdraw(one)
                self._report(one, figures, name, "позже")
        self._report(figures, first, name, "раньше")
        differences = self._against(figures, first)
        figures.spot.draft.record(
            figures.spot, ChangeKind.QUARANTINED, figures.who, figures.item, differences
        )

    def _conflict(self, figures: Figures, first: Figures, name: str) -> None:
        """Two protocols of one exam day contradict each other: both wait."""
        self._withdraw(first)
        self._report(first, figures, name, "позже")
        self._report(figures, first, name, "раньше")
        differences = self._against(figures, first)
        figures.spot.draft.record(
            figures.spot, ChangeKind.QUARANTINED, figures.who, figures.item, differences
        )

    def _withdraw(self, first: Figures) -> None:
        """Take back what was planned for a row that a later one contradicts."""
        spot, draft = first.spot, first.spot.draft
        writes = self.writes
        writes.results[:] = [w for w in writes.results if w.fact is not spot.fact]
        writes.references[:] = [w for w in writes.references if w.fact is not spot.fact]
        place = (spot.sheet.sheet, spot.fact.rows, first.item, first.who)
        draft.changes[:] = [
            c for c in draft.changes if (c.sheet, c.rows, c.item, c.school) != place
        ]
        draft.record(spot, ChangeKind.QUARANTINED, first.who, first.item)

    def _report(self, here: Figures, there: Figures, name: str, when: str) -> None:
        spot, other = here.spot, there.spot
        place = place_text(other.path, other.sheet.sheet, other.cell(name))
        message = (
            f"{here.who}, {here.item}: {MARK_TITLES[name].lower()} здесь "
            f"{value_text(getattr(here.marks, name))}, а {when} в этой загрузке "
            f"{value_text(getattr(there.marks, name))} ({place})."
        )
        hint = "Оставьте в загрузке тот файл, который верен; пока обе строки ждут."
        cell = spot.cell(name, "name", "rcoi", "fisoko")
        spot.draft.report(Problem(Severity.ERROR, message, hint, cell=cell), spot.sheet.sheet)
        spot.draft.explain(spot, message)
        spot.draft.waits = True

    def _against(self, figures: Figures, first: Figures) -> tuple[Difference, ...]:
        spot = figures.spot
        return mark_differences(first.marks, figures.marks, spot.block, spot.fact.rows)

    def check_cohorts(self) -> None:
        """Compare the planned results with last year, other subjects and the register."""
        marks: dict[Procedure, dict[int, Marks]] = {}
        for (school, procedure), old in self.stored.results.items():
            marks.setdefault(procedure, {})[school] = old.marks
        rows: dict[Procedure, dict[int, Figures]] = {}
        last, mine = None, dict[int, Figures]()
        for key, one in self._first.items():
            if len(key) == 2:
                school, procedure = key
                if procedure is not last:
                    last, mine = procedure, rows.setdefault(procedure, {})
                mine[school] = one
        for procedure, mine in rows.items():
            found = {school: one.marks for school, one in mine.items()}
            marks[procedure] = {**marks.get(procedure, {}), **found}
        known = Known(marks, self._pupils())
        for procedure, mine in rows.items():
            for row, finding in check_cohorts(procedure, mine, known):
                row.spot.draft.findings.append(finding)

    def _pupils(self) -> dict[int, int]:
        pupils = {
            school: int(value.text)
            for (school, name), value in self.stored.values.items()
            if name == "pupils"
        }
        for write in self.writes.values:
            if write.field == "pupils":
                pupils[write.school] = int(write.value)
        return pupils

    def _title(self, procedure: Procedure) -> str:
        title = self._titles.get(procedure)
        if title is None:
            title = self._titles[procedure] = procedure_title(procedure)
        return title


def _reference_marks(fact: ReferenceFact) -> Marks:
    # A reference row may lack its number of participants; Marks only carries it to the comparison.
    return Marks(
        participants=fact.participants,  # type: ignore[arg-type]
        p2=fact.p2,
        p3=fact.p3,
        p4=fact.p4,
        p5=fact.p5,
        mean=fact.mean,
    )


def _fuller_text(figures: Figures, first: Figures) -> tuple[str, str | None, str]:
    message = (
        f"{figures.who}, {figures.item}: здесь сведений больше, чем в файле «{first.spot.path}», "
        "но взяты те: значения совпадают."
    )
    hint = "Чтобы взять и остальное, загрузите этот файл отдельно."
    return message, figures.spot.cell("name", "rcoi", "fisoko"), hint
