"""Who could mentor a school, with the reasons: a proposal that a person decides on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from sqlalchemy import select

from app.errors import UserError
from app.models.enums import Category, SchoolStatus
from app.models.people import Organization
from app.models.support import MentorPair
from app.services import decimals
from app.services.analysis import similar_group
from app.services.results import list_results
from app.services.schools import SchoolRow, list_schools
from app.services.support.matrix import categories
from app.services.support.types import Partner
from app.services.workspace import Workspace


def propose_partners(workspace: Workspace, school_id: int, year: int) -> tuple[Partner, ...]:
    """Return the schools that could mentor one, those with most reasons first.

    A reason is: it belongs to the same group of similar schools, its share of «2» is not above the
    middle of the district, it lies in the same settlement.  What speaks against it (on a list
    itself, a mentor of others already) is told beside; a school without any reason is left out,
    and so is one that mentors this school already.  UserError when the school is gone.
    """
    schools = {one.id: one for one in list_schools(workspace)}
    if school_id not in schools:
        raise UserError("Такой школы больше нет в реестре.", "Обновите список школ.")
    group = similar_group(workspace, school_id, year)
    shares = _shares(workspace, year)
    view = _View(
        schools[school_id],
        frozenset(group.members) if group.enough else frozenset(),
        group.text,
        shares,
        median(shares.values()) if shares else None,
        categories(workspace, year),
        _mentors(workspace),
    )
    found = [view.of(one) for one in schools.values() if view.may(one)]
    good = [one for one in found if one.reasons]
    good.sort(key=lambda one: (len(one.against) - len(one.reasons), shares.get(one.school_id, 100)))
    return tuple(good)


@dataclass(frozen=True)
class _View:
    """What is known of the district, seen from the school that needs a mentor."""

    school: SchoolRow
    similar: frozenset[int]
    similar_text: str
    shares: Mapping[int, float]
    middle: float | None
    known: Mapping[int, Category]
    mentors: Counter[tuple[int, int]]
    """How often a school mentors another: (mentor, school)."""

    def may(self, other: SchoolRow) -> bool:
        same = other.id == self.school.id
        pair = self.mentors[other.id, self.school.id]
        return not same and not pair and other.status is SchoolStatus.ACTIVE

    def of(self, other: SchoolRow) -> Partner:
        reasons, against = tuple(self._reasons(other)), tuple(self._against(other))
        return Partner(other.id, other.short_name, reasons, against)

    def _reasons(self, other: SchoolRow) -> Iterator[str]:
        share = self.shares.get(other.id)
        if share is not None and self.middle is not None and share <= self.middle:
            yield f"доля «2» {_percent(share)}, середина по району {_percent(self.middle)}"
        if other.id in self.similar:
            alike = self.similar_text.removeprefix("Похожие школы: ").rstrip(".")
            yield f"похожая школа: {alike}"
        place = (other.settlement or "").casefold().strip()
        if place and place == (self.school.settlement or "").casefold().strip():
            yield f"тот же населённый пункт: {other.settlement}"

    def _against(self, other: SchoolRow) -> Iterator[str]:
        category = self.known.get(other.id, Category.NONE)
        if category.has_shnor:  # it should rather be helped than help others
            yield f"сама в перечне ({category})"
        others = sum(count for (mentor, _), count in self.mentors.items() if mentor == other.id)
        if others:
            yield f"уже наставник, школ: {others}"


def _percent(share: float) -> str:
    return f"{decimals.share(share)} %"


def _shares(workspace: Workspace, year: int) -> dict[int, float]:
    """Return the weighted share of «2» (in the ЕГЭ: below the minimum) in per cent by school."""
    below: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    for row in list_results(workspace, year):
        if row.below is not None:
            below[row.school_id] += row.below
            whole[row.school_id] += row.participants
    return {school: 100 * below[school] / count for school, count in whole.items() if count}


def _mentors(workspace: Workspace) -> Counter[tuple[int, int]]:
    query = select(Organization.school_id, MentorPair.school_id).join(
        MentorPair, MentorPair.mentor_id == Organization.id
    )
    with workspace.database.read() as session:
        rows = session.execute(query).all()
    return Counter((mentor, school) for mentor, school in rows if mentor is not None)
