"""Whom a written name means: the same spelling surely, a like one only as a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.schools import SchoolAlias
from app.services.names import likeness, name_key, parse_name
from app.services.people.directory import organization_rows, person_rows
from app.services.people.keys import (
    is_abbreviation,
    key,
    letters_of,
    numbers,
    short_person,
    shortened,
)
from app.services.people.types import OrganizationRow, PersonRow, Proposal, Resolved, Who
from app.services.workspace import Workspace

_LIKE = 86
"""Names less alike than this are not even proposed (own measure: 0-100 of rapidfuzz)."""
_PROPOSALS = 4


def resolve(workspace: Workspace, names: Iterable[str]) -> tuple[Resolved, ...]:
    """Return whom each written name means, in the order given.

    Sure is only an entry that is spelled so, or whose spelling a person joined before; a like one
    (an abbreviation, initials, other words around) is a proposal that somebody must accept.
    """
    with workspace.database.read() as session:
        known = _Known.read(session)
    return tuple(known.resolve(name) for name in names)


def sure_names(session: Session, names: Iterable[str]) -> dict[str, Who]:
    """Return whom those of the names surely mean that mean somebody, inside a block."""
    known = _Known.read(session)
    found = {name: known.sure(name) for name in dict.fromkeys(names)}
    return {name: who for name, who in found.items() if who is not None}


@dataclass(frozen=True)
class _Known:
    organizations: tuple[OrganizationRow, ...]
    people: tuple[PersonRow, ...]
    aliases: dict[int, tuple[str, ...]]
    """Confirmed spellings of schools by id."""

    @classmethod
    def read(cls, session: Session) -> _Known:
        aliases: dict[int, tuple[str, ...]] = {}
        rows = select(SchoolAlias.school_id, SchoolAlias.name).where(SchoolAlias.current)
        for school, name in session.execute(rows):
            aliases[school] = (*aliases.get(school, ()), name)
        return cls(tuple(organization_rows(session)), tuple(person_rows(session)), aliases)

    def resolve(self, name: str) -> Resolved:
        sure = self._sure(name)
        if len(sure) == 1:
            return Resolved(name, sure[0])
        if sure:
            why = "так записаны несколько"
            return Resolved(name, None, tuple(Proposal(who, 99, why) for who in sure))
        found = [*self._like_organizations(name), *self._like_people(name)]
        found.sort(key=lambda one: -one.score)
        return Resolved(name, None, tuple(found[:_PROPOSALS]))

    def sure(self, name: str) -> Who | None:
        """Return the only entry that is spelled so, or None."""
        found = self._sure(name)
        return found[0] if len(found) == 1 else None

    def _sure(self, name: str) -> list[Who]:
        wanted = key(name)
        if not wanted:
            return []
        rows: tuple[OrganizationRow | PersonRow, ...] = (*self.organizations, *self.people)
        found = [row.who for row in rows if wanted in self._keys(row)]
        return found or self._sure_schools(name)

    def _keys(self, row: OrganizationRow | PersonRow) -> set[str]:
        names = [row.name, *row.spellings]
        if isinstance(row, OrganizationRow):
            names += [row.short_name, *self.aliases.get(row.school_id or 0, ())]
        return {key(name) for name in names if name}

    def _sure_schools(self, name: str) -> list[Who]:
        parts = parse_name(name)
        if not parts.kinds and not parts.numbers:
            return []  # a bare word may be a village as well as its school
        return [
            row.who
            for row in self.organizations
            if row.school_id is not None and parts.key in map(name_key, self._spelled(row))
        ]

    def _spelled(self, row: OrganizationRow) -> list[str]:
        names = [row.name, row.short_name, *row.spellings]
        return [name for name in (*names, *self.aliases.get(row.school_id or 0, ())) if name]

    def _like_organizations(self, name: str) -> Iterable[Proposal]:
        for row in self.organizations:
            score, why = self._likeness(name, row)
            if score >= _LIKE:
                yield Proposal(row.who, score, why)

    def _likeness(self, name: str, row: OrganizationRow) -> tuple[int, str]:
        spelled = self._spelled(row)
        if row.school_id is not None:
            parts = parse_name(name)
            best = max((likeness(parts, parse_name(one)) for one in spelled),
                       key=lambda one: one.score)  # fmt: skip
            return best.score, best.why
        if is_abbreviation(name) and any(key(name) in letters_of(one) for one in spelled):
            return 95, f"сокращение от «{row.name}»"
        return max((_words_alike(name, one) for one in spelled), default=(0, ""))

    def _like_people(self, name: str) -> Iterable[Proposal]:
        short = short_person(name)
        for row in self.people:
            if short is not None and _initials_agree(short, shortened(row.name)):
                yield Proposal(row.who, 94, f"фамилия и инициалы: {row.name}")
            elif short is None:
                score = int(fuzz.ratio(key(name), key(row.name)))
                if score >= _LIKE:
                    yield Proposal(row.who, score, f"имя похоже на {score} %")


def _initials_agree(short: tuple[str, str], full: tuple[str, str]) -> bool:
    return short[0] == full[0] and full[1].startswith(short[1])


def _words_alike(name: str, other: str) -> tuple[int, str]:
    """Compare names of organizations that are no schools; other numbers are other organizations."""
    left, right = key(name), key(other)
    if numbers(left) != numbers(right) or not left or not right:
        return 0, ""
    if set(left.split()) < set(right.split()) and len(left.split()) > 1:
        return 90, f"часть названия «{other}»"
    if set(right.split()) < set(left.split()) and len(right.split()) > 1:
        return 90, f"«{other}» с другими словами рядом"
    score = int(fuzz.token_sort_ratio(left, right))
    return min(score, 98), f"название похоже на {score} %"
