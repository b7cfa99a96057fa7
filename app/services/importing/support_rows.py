"""Tables of risks, curators and network groups of a load: their schools found, then planned."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from app.models.enums import Severity
from app.services.importing.describe import ref_text
from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import Problem, SupportFact
from app.services.importing.inflected import nominative
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import ChangeKind, Difference
from app.services.importing.resolving import Resolver
from app.services.importing.state import Stored
from app.services.importing.support_pairs import pair_differences, stored_pair
from app.services.importing.writes import SupportWrite, Writes
from app.services.indicators import years_named
from app.services.support import load_known, store_entries, words
from app.services.support.facts import (
    CuratorEntry,
    LoadedEntry,
    MemberEntry,
    PairEntry,
    RiskEntry,
    curator_key,
    folded,
    group_key,
)

_NUMBER = re.compile(r"^(?:ф(?:актор)?(?: риска)?)?\s*(\d{1,2})$")
_LEAD = re.compile(r"^(?:ф(?:актор)?(?: риска)?)?\s*(\d{1,2})\s+")
_SHORT = 12
"""A title cut shorter than this may begin several factors."""


def load_support(session: Session, stored: Stored, files: Sequence[LoadedFile]) -> None:
    """Put into ``stored`` what is known of the support of schools, if a file speaks of it."""
    if any(True for file in files for _ in file.of(SupportFact)):
        load_known(session, stored.support)


def store_support(
    session: Session, writes: Writes, school_of: Callable[[int], int], batch_id: int
) -> None:
    """Store what a load says of support; ``school_of`` gives the ids of schools that it made."""
    entries = [
        LoadedEntry(
            school_of(write.school),
            write.entry,
            write.year,
            write.factor,
            None if write.place is None else school_of(write.place),
            write.replaces,
        )
        for write in writes.support
    ]
    if entries:
        store_entries(session, entries, batch_id)


@dataclass
class SupportRows:
    """Plans the tables of support of one load."""

    stored: Stored
    resolver: Resolver
    writes: Writes
    _said: set[tuple[object, ...]] = field(default_factory=set)
    """What this load has stored so far: the same said twice is stored once."""
    _pairs: dict[tuple[int, str, str], PairEntry] = field(default_factory=dict)
    """The first row of each direction of a mentor pair in this load."""
    _replaced: set[int | None] = field(default_factory=set)
    """Stored pairs that a row of this load speaks of already."""

    def plan(self, draft: Draft) -> None:
        """Plan the tables of one file."""
        for spot, fact in draft.spots(SupportFact):
            kept_out = draft.keeps_out(spot)
            school = self.resolver.resolve(spot, fact.ref, stores=not kept_out)
            who = ref_text(fact.ref) if school is None else self.resolver.name(school)
            if school is None or kept_out:
                draft.record(spot, ChangeKind.QUARANTINED, who, _item(fact))
            elif isinstance(fact.entry, RiskEntry):
                self._risk(spot, school, fact, fact.entry)
            elif isinstance(fact.entry, CuratorEntry):
                self._curator(spot, school, fact, fact.entry)
            elif isinstance(fact.entry, PairEntry):
                self._pair(spot, school, fact, fact.entry)
            else:
                self._member(spot, school, fact, fact.entry)

    def _risk(self, spot: Spot, school: int, fact: SupportFact, entry: RiskEntry) -> None:
        who, year = self.resolver.name(school), self._year(spot, fact)
        factor = find_factor(self.stored.support.factors, entry.factor)
        if factor is None:
            self._unknown_factor(spot, entry)
            spot.draft.record(spot, ChangeKind.QUARANTINED, who, _item(fact))
            return
        known = self.stored.support.risks.get((school, year, factor))
        differences: tuple[Difference, ...] = ()
        if known is not None and known != entry.mark:
            differences = (Difference(entry.factor, words(known), words(entry.mark), None),)
        kind = _kind(known is None, bool(differences))
        if kind is not ChangeKind.UNCHANGED and (school, year, factor) not in self._said:
            self._said.add((school, year, factor))
            self.writes.support.append(SupportWrite(school, entry, year, factor))
        spot.draft.record(spot, kind, who, f"{_item(fact)}, {year} год", differences)

    def _unknown_factor(self, spot: Spot, entry: RiskEntry) -> None:
        message = f"Фактора риска «{entry.factor}» нет ни среди десяти, ни среди своих."
        row = int(spot.fact.rows)
        hint = (
            "Добавьте его на вкладке «Факторы риска» и загрузите файл снова или повторите строку."
        )
        spot.draft.waits = True
        spot.draft.explain(spot, message)
        cell = spot.cell("name")
        problem = Problem(Severity.WARNING, message, hint, spot.sheet.sheet, cell, row)
        spot.draft.report(problem, spot.sheet.sheet)

    def _year(self, spot: Spot, fact: SupportFact) -> int:
        named = years_named(PurePosixPath(spot.path).stem)
        year = fact.year or (named[0] if len(named) == 1 else None)
        if year is not None:
            return year
        now = datetime.now(UTC).astimezone().year
        spot.draft.warn(
            spot,
            f"Один год рисков не назван ни над таблицей, ни в имени файла: взят {now}.",
            None,
            "Если год другой, отмените загрузку, допишите год в имя файла и загрузите снова.",
        )
        return now

    def _curator(self, spot: Spot, school: int, fact: SupportFact, entry: CuratorEntry) -> None:
        who = self.resolver.name(school)
        key = curator_key(school, entry)
        known = key in self.stored.support.curators
        if not known and key not in self._said:
            self._said.add(key)
            place = self._place(spot, entry)
            self._tell_curator(spot, who, school, place, entry)
            self.writes.support.append(SupportWrite(school, entry, None, "", place))
        spot.draft.record(spot, _kind(not known, False), who, _item(fact))

    def _named(self, text: str) -> int | None:
        """Return the school that a name means letter for letter, in whatever case it stands."""
        for name in (text, nominative(text)) if text else ():
            found = self.resolver.directory.named(name)
            if len(found) == 1:
                return found[0]
        return None

    def _pair(self, spot: Spot, school: int, fact: SupportFact, entry: PairEntry) -> None:
        who, mentor = self.resolver.name(school), self._named(entry.mentor)
        if mentor == school:
            spot.draft.warn(
                spot, f"Школа «{who}» названа наставником самой себе: пара не записана.",
                spot.cell("name"), "Исправьте строку документа и загрузите его снова.",
            )  # fmt: skip
            spot.draft.record(spot, ChangeKind.QUARANTINED, who, _item(fact))
            return
        key = (school, folded(entry.mentor if mentor is None else self.resolver.name(mentor)))
        first = self._pairs.setdefault((*key, folded(entry.subject)), entry)
        if first != entry:
            spot.draft.warn(
                spot,
                f"Пара «{who}» и «{entry.mentor}» уже стоит в этом документе: второе соглашение "
                "не записано.",
                spot.cell("name"),
                "Назовите в строках разные направления или допишите соглашение на вкладке "
                "«Поддержка».",
            )
            spot.draft.record(spot, ChangeKind.QUARANTINED, who, _item(fact))
            return
        known = self.stored.support.pairs.get(key, ())
        stored = stored_pair([one for one in known if one.id not in self._replaced], entry)
        changes = () if stored is None else pair_differences(stored, entry)
        kind = _kind(stored is None, bool(changes))
        if kind is not ChangeKind.UNCHANGED and first is entry:
            if mentor is None and not known:
                self._tell_stranger(spot, entry)
            replaces = None if stored is None else stored.id
            self._replaced.add(replaces)
            write = SupportWrite(school, entry, None, "", mentor, replaces)
            self.writes.support.append(write)
        spot.draft.record(spot, kind, who, _item(fact), changes)

    def _tell_stranger(self, spot: Spot, entry: PairEntry) -> None:
        spot.draft.warn(
            spot,
            f"Наставник «{entry.mentor}» в реестре школ не найден.",
            spot.cell("name"),
            "Он записан как организация; если это школа, исправьте пару на вкладке «Поддержка».",
        )

    def _place(self, spot: Spot, entry: CuratorEntry) -> int | None:
        """Return the school where a curator works, when its name says so letter for letter."""
        place = self._named(entry.place)
        if place is not None or not entry.place:
            return place
        spot.draft.warn(
            spot,
            f"Место работы куратора «{entry.place}» в реестре школ не найдено.",
            spot.cell("name"),
            "Текст сохранён в примечании; место работы выберите на вкладке «Поддержка».",
        )
        return None

    def _tell_curator(
        self, spot: Spot, who: str, school: int, place: int | None, entry: CuratorEntry
    ) -> None:
        cell = spot.cell("name")
        if not entry.person:
            spot.draft.warn(
                spot,
                f"{entry.role.capitalize()} школы «{who}» назван без фамилии, имени и отчества.",
                cell,
                "Назначение сохранено без имени; впишите его на вкладке «Поддержка».",
            )
        if place == school:
            spot.draft.warn(
                spot, f"{entry.role.capitalize()} школы «{who}» работает в этой же школе.", cell,
                "Проверьте по документу; назначение сохранено с этой отметкой.",
            )  # fmt: skip

    def _member(self, spot: Spot, school: int, fact: SupportFact, entry: MemberEntry) -> None:
        key = (group_key(entry), school)
        known = key in self.stored.support.members
        if not known and key not in self._said:
            self._said.add(key)
            self.writes.support.append(SupportWrite(school, entry))
        spot.draft.record(spot, _kind(not known, False), self.resolver.name(school), _item(fact))


def find_factor(factors: dict[str, str], text: str) -> str | None:
    """Return the key of a factor by its title, the beginning of its title, or its number."""
    wanted = folded(text)
    number = _NUMBER.match(wanted)
    if number:
        return factors.get(str(int(number[1])))
    title = _LEAD.sub("", wanted)
    if title in factors:
        return factors[title]
    alike = {
        key
        for known, key in factors.items()
        if not known.isdigit() and len(title) >= _SHORT and known.startswith(title)
    }
    return alike.pop() if len(alike) == 1 else None


def _kind(new: bool, changed: bool) -> ChangeKind:
    if new:
        return ChangeKind.NEW
    return ChangeKind.CHANGED if changed else ChangeKind.UNCHANGED


def _item(fact: SupportFact) -> str:
    entry = fact.entry
    if isinstance(entry, RiskEntry):
        return f"Фактор риска «{entry.factor}»"
    if isinstance(entry, CuratorEntry):
        return f"{entry.role.capitalize()}: {entry.person or 'имя не указано'}"
    if isinstance(entry, PairEntry):
        return f"Наставник: {entry.mentor}"
    return f"Сетевая группа {entry.number or entry.title}".strip()
