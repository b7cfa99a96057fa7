"""The categories of a year as they are shown: computed, decided, and which is in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.models.enums import Basis, Category, SchoolStatus
from app.services.methodology.types import RuleSet, Verdict

_CHECK = "сверьте основания."
_DECIDED_BY = {
    Basis.REGION: "Перечень региона",
    Basis.MANUAL: "Решение специалиста",
}


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of a school in the systems that send results."""

    fisoko: str | None
    rcoi: str | None


@dataclass(frozen=True, slots=True)
class RegionOpinion:
    """What the region says of a school; ``source`` is the file it came in, of two each with its.

    None is what its list does not speak of: a column «ШНОР» alone says nothing of ШНСУ.
    """

    shnor: bool | None
    shnsu: bool | None
    source: str
    doubts: tuple[str, ...] = ()
    """Russian sentences: where two files of the region contradict each other."""

    @property
    def category(self) -> Category:
        """The category that the list names."""
        return Category.of(shnor=bool(self.shnor), shnsu=bool(self.shnsu))

    def agrees(self, in_force: Category) -> bool:
        """Return whether a category says the same of all that the list speaks of.

        A list names ШНОР and ШНСУ only, so «вне групп» in it says nothing against «зона риска».
        """
        said = ((self.shnor, in_force.has_shnor), (self.shnsu, in_force.has_shnsu))
        return all(mark is None or mark is held for mark, held in said)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a person decided, with the computed category and sentence seen at that moment."""

    id: int
    category: Category
    basis: Basis
    reason: str
    """Why the person departs from the computed category; empty for a plain confirmation."""
    computed_category: Category
    computed_reason: str
    decided_at: datetime
    decided_by: str | None = None
    """Account of the workstation, None where it is not known."""


@dataclass(frozen=True, slots=True)
class SchoolVerdict:
    """One school in one year: what is computed now, what was decided, and what is in force."""

    school_id: int
    school: str
    full_name: str | None
    codes: Codes
    status: SchoolStatus
    verdict: Verdict
    decision: DecisionRow | None = None
    region: RegionOpinion | None = None
    """What the region's list says; a third opinion that decides nothing by itself."""
    unlisted: bool = False
    """The region has listed ШНОР of the year, and this school is not among them."""

    @property
    def category(self) -> Category:
        """The category in force: the decided one, else the computed one."""
        return self.decision.category if self.decision else self.verdict.category

    @property
    def basis(self) -> Basis:
        """Who says so."""
        return self.decision.basis if self.decision else Basis.COMPUTED

    @property
    def disagreement(self) -> bool:
        """Whether a decision differs from what is computed now; both stay visible."""
        return self.decision is not None and self.decision.category is not self.verdict.category

    @property
    def changed(self) -> bool:
        """Whether the computed figures are no longer those that were decided on."""
        return self.decision is not None and (
            self.decision.computed_category is not self.verdict.category
            or self.decision.computed_reason != self.verdict.reason
        )

    @property
    def reason(self) -> str:
        """One Russian sentence for the category in force."""
        return self.reason_in(str)

    def reason_in(self, term: Callable[[str], str]) -> str:
        """Return the same with our words, and not those of the person, in the office's terms."""
        decision = self.decision
        if decision is None:
            return term(self.verdict.reason)
        if decision.basis is Basis.COMPUTED:
            # The sentence must speak for the category it stands beside.
            return term(decision.computed_reason if self.disagreement else self.verdict.reason)
        why = decision.reason.rstrip(". ")
        return f"{_DECIDED_BY[decision.basis]}: {why}; по расчёту – {term(self.verdict.word)}."

    @property
    def warnings(self) -> tuple[str, ...]:
        """What weakens the category in force: of the rules, the register and the decision."""
        return (
            *self._about_school(),
            *self._about_decision(),
            *self._about_region(),
            *self.verdict.warnings,
        )

    @property
    def against_region(self) -> bool:
        """Whether the region's list says otherwise than the category in force."""
        unlisted = self.unlisted and self.category.has_shnor
        return unlisted or (self.region is not None and not self.region.agrees(self.category))

    def _about_school(self) -> tuple[str, ...]:
        if self.status is SchoolStatus.ACTIVE:
            return ()
        return (f"В реестре школа отмечена как «{self.status}».",)

    def _about_region(self) -> tuple[str, ...]:
        return (*self._disagreement(), *(self.region.doubts if self.region else ()))

    def _disagreement(self) -> tuple[str, ...]:
        if not self.against_region:
            return ()
        if self.region is None:
            return (f"В списке региона школы нет, а здесь она – «{self.category}»: {_CHECK}",)
        if self.region.agrees(self.category):
            return (f"Среди ШНОР региона школы нет, а здесь она – «{self.category}»: {_CHECK}",)
        listed, here = self.region.category, f"по расчёту – «{self.verdict.word}»"
        if self.decision is not None:
            here = f"по решению – «{self.category}»"
        return (f"В списке региона ({self.region.source}) – «{listed}», {here}: {_CHECK}",)

    def _about_decision(self) -> tuple[str, ...]:
        if self.decision is None:
            return ()
        day = self.decision.decided_at.astimezone().strftime("%d.%m.%Y")
        if self.disagreement:
            decided, computed = self.decision.category, self.verdict.word
            return (f"Решение от {day} – «{decided}», по расчёту сейчас – «{computed}».",)
        if self.changed:
            return (f"После решения от {day} расчёт изменился: сверьте числа.",)
        return ()


@dataclass(frozen=True, slots=True)
class Classification:
    """Every school of the register in one year under one version of the rules, by name."""

    year: int
    rules: RuleSet
    schools: tuple[SchoolVerdict, ...]

    def of(self, category: Category) -> tuple[SchoolVerdict, ...]:
        """Return the schools whose category in force is the given one."""
        return tuple(school for school in self.schools if school.category == category)

    @property
    def tells_nothing(self) -> bool:
        """Whether no school has a result or a decision: «не выявлено» would be untrue."""
        return all(one.verdict.no_data and one.decision is None for one in self.schools)
