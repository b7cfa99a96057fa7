"""Figures of the district: schools of the register, categories, pupils, staff, support."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.errors import ResourceError, UserError
from app.models.enums import Category, RecordKind, SchoolStatus, SupportRole
from app.services import methodology, support
from app.services.documents.claims.types import Known, Unit
from app.services.records import list_records
from app.services.schools import SchoolRow, list_schools
from app.services.workspace import Workspace

_REGISTER, _CATEGORIES = "реестр школ", "категории школ"
_BOTH = "ШНОР и ШНСУ"


def district_figures(workspace: Workspace, year: int, named: frozenset[int]) -> Iterator[Known]:
    """Return the counts of the district: now for ``year``, and of the years that texts name."""
    schools = [one for one in list_schools(workspace) if one.status is SchoolStatus.ACTIVE]
    if schools:
        yield from _register(schools, year)
    yield from _of_years(workspace, year, named)
    yield from _teachers(workspace, {one.id for one in schools})
    for one in sorted({year, *named}):
        yield from _support(workspace, one)


def _of_years(workspace: Workspace, year: int, named: frozenset[int]) -> Iterator[Known]:
    """Return the categories of the named years, and of the latest one that anything is known of.

    A year may have nothing but the list of the region, and that may name no category: then the
    one before it is the latest.
    """
    held = methodology.years_to_decide(workspace)
    known = {one: tuple(_categories(workspace, one)) for one in held if one in named}
    for one in (*(one for one in held if one <= year), *held):
        if one not in known:
            known[one] = tuple(_categories(workspace, one))
        if known[one]:
            break
    for _, figures in sorted(known.items()):
        yield from figures


def _register(schools: Sequence[SchoolRow], year: int) -> Iterator[Known]:
    """Return the counts of the register; what is not known of every school is not counted."""
    yield _count("schools", len(schools), "действующие школы", _REGISTER, year)
    rural = sum(1 for one in schools if one.rural)
    if all(one.rural is not None for one in schools):
        yield _count("rural_schools", rural, "сельские школы", _REGISTER, year)
        yield _count("town_schools", len(schools) - rural, "городские школы", _REGISTER, year)
    pupils = [one.pupils for one in schools if one.pupils is not None]
    if len(pupils) == len(schools):
        yield _count("pupils", sum(pupils), "обучающиеся", _REGISTER, year)


def _categories(workspace: Workspace, year: int) -> Iterator[Known]:
    try:
        found = methodology.classify(workspace, year)
    except ResourceError:
        raise  # a broken file of the program must not look like nothing to compare with
    except UserError:
        return  # no methodology covers the year: there is nothing to compare with
    if any(not one.verdict.no_data for one in found.schools):
        yield from _in_force(found)
    else:
        decided = [one.decision.category for one in found.schools if one.decision]
        yield from _told(decided, "по решениям", year)
    listed = [one.region.category for one in found.schools if one.region]
    # Who counts by the list of the region is right too, whatever the rule says.
    yield from _told(listed, "в списке региона", year)


def _told(categories: Sequence[Category], how: str, year: int) -> Iterator[Known]:
    """Return the counts of a list; it is silent on what it does not name, such as the risk zone."""
    low = sum(1 for one in categories if one.has_shnor)
    social = sum(1 for one in categories if one.has_shnsu)
    if low:
        yield _count("shnor", low, f"школы ШНОР {how}", _CATEGORIES, year)
    if social:
        yield _count("shnsu", social, f"школы ШНСУ {how}", _CATEGORIES, year)
    if low and social:
        both = sum(1 for one in categories if one.has_shnor or one.has_shnsu)
        yield _count("supported", both, f"школы {_BOTH} {how}", _CATEGORIES, year)


def _in_force(found: methodology.Classification) -> Iterator[Known]:
    """Return the counts of a year with results; a school is counted by its category in force."""
    year = found.year
    low, social = len(found.of(Category.SHNOR)), len(found.of(Category.SHNSU))
    both, risk = len(found.of(Category.SHNOR_SHNSU)), len(found.of(Category.RISK_ZONE))
    yield _count("shnor", low + both, "школы ШНОР", _CATEGORIES, year)
    yield _count("shnsu", social + both, "школы ШНСУ", _CATEGORIES, year)
    yield _count("risk_zone", risk, "школы зоны риска", _CATEGORIES, year)
    yield _count("supported", low + social + both, f"школы {_BOTH} вместе", _CATEGORIES, year)
    active = [one.category for one in found.schools if one.status is SchoolStatus.ACTIVE]
    low_now = sum(1 for one in active if one.has_shnor)
    if low_now != low + both:
        # A school may have been closed since: who leaves it out counts rightly too.
        yield _count("shnor", low_now, "действующие школы ШНОР", _CATEGORIES, year)
    if active:
        share = Fraction(100 * low_now, len(active))
        title = "доля ШНОР среди действующих школ"
        yield Known("shnor_share", share, title, _CATEGORIES, year, Unit.PERCENT)
    if both:
        # Who counts the schools of both lists apart is right too.
        yield _count("shnor", low, "только ШНОР", _CATEGORIES, year)
        yield _count("shnsu", social, "только ШНСУ", _CATEGORIES, year)
        yield _count("supported", both, f"{_BOTH} разом", _CATEGORIES, year)


def _teachers(workspace: Workspace, schools: set[int]) -> Iterator[Known]:
    """Return the teachers of the years in which every school told of its staff."""
    by_year: dict[int, dict[int, float]] = {}
    for record in list_records(workspace, RecordKind.STAFF):
        told = record.data.get("teachers")
        if record.school_id in schools and isinstance(told, int | float):
            by_year.setdefault(record.year, {})[record.school_id] = told
    for year, given in by_year.items():
        if set(given) == schools:
            total = sum((Fraction(str(one)) for one in given.values()), Fraction())
            yield Known("teachers", total, "учителя", "сведения о кадрах", year)


def _support(workspace: Workspace, year: int) -> Iterator[Known]:
    curators = [
        one for one in support.list_appointments(workspace, year) if one.role is SupportRole.CURATOR
    ]
    if curators and all(one.person for one in curators):
        people = len({one.person_id or one.person for one in curators})
        yield _count("curators", people, "кураторы школ", "кураторы", year)
    if curators:
        yield _count("curators", len(curators), "назначения кураторов", "кураторы", year)
    pairs = support.list_pairs(workspace, year)
    mentors = {one.mentor_school_id or one.mentor.title for one in pairs}
    members = {
        one.who.title for group in support.list_groups(workspace, year) for one in group.members
    }
    counts = {"школы-наставники": len(mentors), "пары наставничества": len(pairs),
              "участники сети": len(members)}  # fmt: skip
    for title, count in counts.items():
        if count:
            yield _count("partners", count, title, "сеть и наставничество", year)


def _count(measure: str, value: int, title: str, table: str, year: int) -> Known:
    return Known(measure, Fraction(value), title, table, year)
