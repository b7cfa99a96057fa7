"""What a methodology may not say: one list for its file, for the window and for the database.

Parsing refuses what is no methodology at all; these are values that would count nothing, or that
could not be kept.  What an earlier version of the program stored stays as it is: only values that
no stored version has are refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.errors import UserError
from app.models.enums import AssessmentKind, RecordKind
from app.services.figures import kind_of_record
from app.services.methodology.titles import PARAMETER_TITLES
from app.services.methodology.types import CountedProcedures, IsbSource, RuleSet, SocialRule
from app.services.procedures import grades_of, kinds_of, subject_names

_MOST_DECIMALS = 6
"""The database keeps numbers in binary: up to so many decimals they come back as they were."""
_WHOLE_INDEX = 100
"""The best ИСБ that the passports of a district can give."""
_PLACE = re.compile(r"\[\d+\]")
_PARTS = {
    "social.cutoffs": "Граница ИСБ",
    "social.model": "Показатели ИСБ",
    "counted": "Процедуры",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that a methodology may not have: the way to it in the data, why, and itself."""

    key: str
    why: str
    """Russian, to follow a colon."""
    value: str = ""

    @property
    def text(self) -> str:
        """One Russian sentence for a person who has no file before them."""
        for name, title in PARAMETER_TITLES.items():
            if f"parameters.{name}.value" in self.key:
                return f"{title}: {self.why}."
        found = (title for start, title in _PARTS.items() if self.key.startswith(start))
        return f"{next(found, self.key)}: {self.why}."

    def is_that_of(self, other: Fault) -> bool:
        """Return whether two methodologies have the same fault, in whatever place of a list."""
        mine, theirs = (_PLACE.sub("", one.key) for one in (self, other))
        return (mine, self.why, self.value) == (theirs, other.why, other.value)


def faults(rules: RuleSet) -> Iterator[Fault]:
    """Yield what the rules may not say, in the order of the file."""
    for place, counted in enumerate(rules.counted):
        yield from _of_counted(f"counted[{place}]", counted)
    for key, number in _numbers(rules):
        if _decimals(number) > _MOST_DECIMALS:
            why = f"после запятой не больше {_MOST_DECIMALS} знаков"
            yield Fault(key, why, str(number))
    if rules.social is not None:
        yield from _of_figures(rules.social)
        yield from _of_cutoffs(rules.social)
    if rules.risk_zone.near_from_percent == 0:
        why = "от нуля в зоне риска будут все школы; чтобы выключить, напишите null"
        yield Fault("parameters.risk_near_from_percent.value", why)


def new_faults(rules: RuleSet, known: Iterable[RuleSet]) -> tuple[Fault, ...]:
    """Return the faults of the rules that none of the known versions has."""
    old = [fault for version in known for fault in faults(version)]
    return tuple(one for one in faults(rules) if not any(map(one.is_that_of, old)))


def refuse_new_faults(rules: RuleSet, known: Iterable[RuleSet]) -> None:
    """Refuse to store what no stored version says already; UserError names the parameter."""
    found = new_faults(rules, known)
    if found:
        raise UserError(
            f"Методика «{rules.title}» не сохранена. {found[0].text}", "Исправьте и повторите."
        )


def subject_fault(kind: AssessmentKind, subject: str) -> str:
    """Return why results of this kind never carry the subject, or an empty text."""
    kinds = kinds_of(subject)
    if not kinds:
        return f"предмета «{subject}» программа не знает"
    if kind.value in kinds:
        return ""
    alike = [name for name in subject_names() if kind.value in kinds_of(name)]
    same = [f"«{name}»" for name in alike if name.split()[0] == subject.split()[0]]
    there = f"; есть {', '.join(same)}" if same else ""
    return f"{kind.value} по предмету «{subject}» не бывает{there}"


def grades_fault(
    kind: AssessmentKind, grades: Collection[int], subjects: Iterable[str] = ()
) -> str:
    """Return why a grade would count nothing, or an empty text.

    A grade in which no procedure of the kind is held is one; so are grades of which a subject has
    none, though other subjects of the row have.
    """
    if extra := set(grades) - set(grades_of(kind)):
        return f"{_held(kind)}, а не в {_listed(sorted(extra))}"
    for subject in subjects:
        if not set(grades) & set(grades_of(kind, subject)):
            return f"{_held(kind, subject)}, а не в {_listed(sorted(grades))}"
    return ""


def _held(kind: AssessmentKind, subject: str = "") -> str:
    of = f" по предмету «{subject}»" if subject else ""
    verb = "проводят" if kind is AssessmentKind.VPR else "сдают"
    held = grades_of(kind, subject or None)
    spans = len(held) > 1 and held == tuple(range(held[0], held[-1] + 1))
    where = f"{held[0]}–{held[-1]} классах" if spans else f"{_listed(held)} классе"
    return f"{kind.value}{of} {verb} в {where}"


def _listed(grades: Collection[int]) -> str:
    return ", ".join(map(str, grades))


def _of_counted(key: str, counted: CountedProcedures) -> Iterator[Fault]:
    for place, subject in enumerate(counted.subjects):
        if why := subject_fault(counted.kind, subject):
            yield Fault(f"{key}.subjects[{place}]", why)
    if counted.grades is not None and (
        why := grades_fault(counted.kind, counted.grades, counted.subjects)
    ):
        yield Fault(f"{key}.grades", why)


def _of_figures(social: SocialRule) -> Iterator[Fault]:
    """Yield what a model of the ИСБ asks the passport for and no passport has."""
    for place, indicator in enumerate(social.model.indicators):
        key = f"social.model.indicators[{place}]"
        asked = [(f"{key}.of", indicator.of)]
        for way, names in enumerate(indicator.figures):
            asked += [(f"{key}.figures[{way}][{at}]", name) for at, name in enumerate(names)]
        for where, name in asked:
            if kind_of_record(RecordKind.PASSPORT).figure(name) is None:
                yield Fault(where, f"показателя «{name}» в социальном паспорте нет")


def _of_cutoffs(social: SocialRule) -> Iterator[Fault]:
    """Yield borders that no ИСБ of the passports can have; a region counts on its own scale."""
    if social.isb_source is not IsbSource.PASSPORT:
        return
    for place, cutoff in enumerate(social.cutoffs):
        if not 0 <= cutoff.value <= _WHOLE_INDEX:
            why = f"ИСБ по паспортам бывает от 0 до {_WHOLE_INDEX}, а стоит {cutoff.value}"
            yield Fault(f"social.cutoffs[{place}].value", why)


def _numbers(rules: RuleSet) -> Iterator[tuple[str, Decimal]]:
    zone = rules.risk_zone
    values = {
        "threshold_percent": rules.threshold_percent,
        "borderline_points": rules.borderline_points,
        "risk_near_from_percent": zone.near_from_percent,
        "risk_growth_points": zone.growth_points,
    }
    for name, value in values.items():
        if value is not None:
            yield f"parameters.{name}.value", value
    if rules.social is None:
        return
    for place, cutoff in enumerate(rules.social.cutoffs):
        yield f"social.cutoffs[{place}].value", cutoff.value
    model = rules.social.model
    yield "social.model.enough_percent", model.enough_percent
    for place, indicator in enumerate(model.indicators):
        yield f"social.model.indicators[{place}].weight", indicator.weight


def _decimals(value: Decimal) -> int:
    return -int(value.normalize().as_tuple().exponent)
