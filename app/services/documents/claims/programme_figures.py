"""Figures of a programme: its lists, activities, indicators, money and years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.models.enums import ValueRole
from app.services import indicators, programmes, roadmap
from app.services.documents.claims.indicators import MEASURE, Title, title_of
from app.services.documents.claims.periods import FIRST, LAST
from app.services.documents.claims.tokens import tokens
from app.services.documents.claims.types import Known, Unit
from app.services.documents.claims.vocabulary import vocabulary
from app.services.programmes import ItemRow
from app.services.workspace import Workspace

_LISTS = ("goal", "task", "principle", "direction", "stage", "cluster")
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_TOTAL = "base"
"""The sum over all years: it may confirm a sum of one year, it cannot contradict it."""
_ROLES = {ValueRole.BASE: "base", ValueRole.PLAN: "plan", ValueRole.FACT: "fact"}


def programme_figures(workspace: Workspace, programme_id: int) -> Iterator[Known]:
    """Return what the tables of a programme say in figures."""
    stored = programmes.programme(workspace, programme_id)
    rows = programmes.items(workspace, programme_id)
    term = stored.last_year - stored.first_year + 1
    yield Known("years", Fraction(term), "срок программы", "сроки программы", None, Unit.YEARS)
    for measure, year in ((FIRST, stored.first_year), (LAST, stored.last_year)):
        title = "первый год программы" if measure == FIRST else "последний год программы"
        yield Known(measure, Fraction(year), title, "сроки программы")
    yield from _lists(rows)
    yield from _activities(workspace, programme_id)
    yield from _indicators(workspace, programme_id)
    yield from _targets(rows)
    yield from _money([one for one in rows if one.part == "funding"])


def indicator_titles(workspace: Workspace, programme_id: int) -> tuple[Title, ...]:
    """Return the titles of everything in the programme that has a value of its own."""
    table = indicators.indicator_table(workspace, programme_id)
    rows = programmes.items(workspace, programme_id, "target")
    texts = [*(one.title for one in table.rows if not one.is_group), *(one.text for one in rows)]
    return tuple({title.key: title for title in map(title_of, texts)}.values())


def _lists(rows: Sequence[ItemRow]) -> Iterator[Known]:
    """Return how many entries a list has: the outermost ones, and all with the nested ones."""
    for key in _LISTS:
        of_part = [one for one in rows if one.part == key]
        title = programmes.part(key).title.lower()
        for count in sorted({sum(one.depth == 0 for one in of_part), len(of_part)} - {0}):
            yield Known(f"part:{key}", Fraction(count), title, programmes.part(key).title)


def _activities(workspace: Workspace, programme_id: int) -> Iterator[Known]:
    """Return the activities of every roadmap and of all together."""
    own = [one for one in roadmap.list_roadmaps(workspace) if one.programme_id == programme_id]
    total = sum(one.activities for one in own)
    if total:
        yield Known("activities", Fraction(total), "мероприятия", "дорожная карта")
    if len(own) > 1:
        for one in own:
            yield Known("activities", Fraction(one.activities), f"«{one.title}»", "дорожная карта")


def _indicators(workspace: Workspace, programme_id: int) -> Iterator[Known]:
    table = indicators.indicator_table(workspace, programme_id)
    own = [one for one in table.rows if not one.is_group]
    if own:
        yield Known("indicators", Fraction(len(own)), "показатели программы", "показатели")
    for row in own:
        for slot, value in row.values.items():
            number = _plain_number(value.text)
            if number is None:
                continue
            about = frozenset({title_of(row.title).key})
            year, role = indicators.year_of(slot.period), _ROLES[slot.role]
            for unit in _units(row.unit, value.text):
                title = f"«{row.title}»"
                yield Known(MEASURE, number, title, "показатели", year, unit, about, role)


def _targets(rows: Sequence[ItemRow]) -> Iterator[Known]:
    own = [one for one in rows if one.part == "target"]
    if own:
        yield Known("indicators", Fraction(len(own)), "целевые показатели", "целевые показатели")
    for one in own:
        value = str(one.data.get("value", ""))
        number = _plain_number(value)
        if number is not None:
            about = frozenset({title_of(one.text).key})
            for unit in _units(str(one.data.get("unit", "")), value):
                yield Known(
                    MEASURE, number, f"«{one.text}»", "целевые показатели", None, unit, about
                )


def _plain_number(text: str) -> Fraction | None:
    """Return the number of a value that is nothing but a number: «не менее 3» is more than that."""
    plain = text.replace("%", "").strip()
    if not _NUMBER.fullmatch(plain):
        return None
    return Fraction(re.sub(r"[ \u00a0]", "", plain).replace(",", "."))


def _units(unit: str, value: str) -> tuple[Unit, ...]:
    """Return the units in which a text may give the value; without one it may be either."""
    if "%" in unit + value or "процент" in unit.casefold():
        return (Unit.PERCENT,)
    if "балл" in unit.casefold():
        return (Unit.SCORE, Unit.COUNT)
    return (Unit.COUNT,) if unit.strip(" –-") else (Unit.COUNT, Unit.PERCENT)


def _money(rows: Sequence[ItemRow]) -> Iterator[Known]:
    """Return the sums that are known for certain: a line without a number hides its own."""
    sums: dict[tuple[int | None, frozenset[str]], list[Fraction | None]] = defaultdict(list)
    for row in rows:
        amount = row.data.get("amount")
        value = Fraction(str(amount)) if isinstance(amount, int | float) else None
        year = str(row.data.get("year", "")).strip()
        source = _source(str(row.data.get("source", "")))
        for period in {None, int(year)} if year.isdigit() else {None}:
            for of_source in {frozenset[str](), source}:
                sums[period, of_source].append(value)
    by_year = all(str(row.data.get("year", "")).strip().isdigit() for row in rows)
    for (period, about), found in sums.items():
        known = [one for one in found if one is not None]
        if len(known) < len(found) or (period is not None and not by_year):
            continue
        title = "финансирование" + (f", {', '.join(sorted(about))} бюджет" if about else "")
        role = _TOTAL if period is None else ""
        yield Known(
            "funding", sum(known, Fraction()), title, "финансовое обеспечение", period,
            Unit.ROUBLES, about, role,
        )  # fmt: skip


def _source(text: str) -> frozenset[str]:
    """Return the kinds of budgets that a source names."""
    said = frozenset(form for one in tokens(text) for form in one.forms)
    return frozenset(name for name, forms in vocabulary().sources.items() if forms & said)
