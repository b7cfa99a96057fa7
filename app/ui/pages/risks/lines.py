"""Rows and columns of the lists of the page «Факторы риска»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.models.enums import Category, Significance
from app.services.sorting import natural_key
from app.services.support import (
    Factor,
    Gap,
    Mark,
    PaperRow,
    RiskCell,
    RiskMatrix,
    RiskSchool,
    cell_text,
    words,
)
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.theme.colors import Tone

SCHOOL_COLUMNS = 2
"""Columns before those of the factors."""

_TONES = {
    Significance.HIGH: Tone.DANGER,
    Significance.MEDIUM: Tone.WARNING,
    Significance.LOW: Tone.INFO,
    Significance.ABSENT: Tone.NEUTRAL,
    None: Tone.INFO,
}


@dataclass(frozen=True)
class RiskLine:
    """A row of the matrix: a school and its cells by factor."""

    school: RiskSchool
    cells: Mapping[str, RiskCell] = field(default_factory=dict)

    def mark(self, factor: str) -> Mark:
        """Return the mark of a factor, an empty one where nothing was entered."""
        cell = self.cells.get(factor)
        return cell.mark if cell else Mark()


def risk_lines(matrix: RiskMatrix) -> list[RiskLine]:
    """Return the rows of a matrix."""
    cells: dict[int, dict[str, RiskCell]] = {}
    for (school, factor), cell in matrix.cells.items():
        cells.setdefault(school, {})[factor] = cell
    return [RiskLine(school, cells.get(school.id, {})) for school in matrix.schools]


def risk_columns(factors: Sequence[Factor]) -> list[Column[RiskLine]]:
    """Return the school, its category, and a narrow column for every factor."""
    school: Column[RiskLine] = Column(
        "school", "Школа", lambda r: r.school.name, width=204,
        sort_key=lambda r: natural_key(r.school.name),
    )  # fmt: skip
    category: Column[RiskLine] = Column(
        "category", "Категория", lambda r: _category(r.school.category), width=92
    )
    return [school, category, *(_factor_column(one) for one in factors)]


def _category(category: Category | None) -> str:
    return "" if category in (None, Category.NONE) else str(category)


def _factor_column(factor: Factor) -> Column[RiskLine]:
    return Column(
        factor.key,
        factor.heading.replace(". ", ".\n", 1),
        lambda row: cell_text(row.mark(factor.key)),
        align=Align.CENTER,
        width=81,
        sort_key=_order(factor.key),
        chip=_chip(factor.key),
        hint=lambda row: _hint(factor, row),
    )


def _order(key: str) -> Callable[[RiskLine], object]:
    """Sort by priority, then actual, then significance; cells not assessed come last."""
    places = {one: place for place, one in enumerate(Significance)}

    def order(row: RiskLine) -> object:
        mark = row.mark(key)
        if mark.is_empty:
            return None
        place = places[mark.significance] if mark.significance else len(places)
        return (not mark.priority, not mark.actual, place)

    return order


def _chip(key: str) -> Callable[[RiskLine], Chip | None]:
    def chip(row: RiskLine) -> Chip | None:
        cell = row.cells.get(key)
        if cell is None:
            return None
        text = cell_text(cell.mark)
        if cell.resolved_on is not None:
            return Chip(Tone.SUCCESS, Sign.CHECK, text)
        if cell.mark.significance is Significance.ABSENT:
            return Chip(Tone.NEUTRAL, Sign.DASH, text)
        sign = Sign.ALERT if cell.mark.priority else Sign.DOT
        return Chip(_TONES[cell.mark.significance], sign, text)

    return chip


def _hint(factor: Factor, row: RiskLine) -> str:
    cell = row.cells.get(factor.key)
    said = f"{factor.position}. {factor.title}\n{row.school.name}: {words(row.mark(factor.key))}"
    if cell is not None and cell.resolved_on is not None:
        said += f"\nСнят {cell.resolved_on:%d.%m.%Y}: {cell.evidence}"
    return said


def paper_chip(row: PaperRow, today: date) -> Chip:
    """Return how a school's document stands on a day."""
    if row.is_overdue(today):
        return Chip(Tone.DANGER, Sign.ALERT, "просрочен")
    if row.is_expired(today):
        return Chip(Tone.WARNING, Sign.ALERT, "истёк")
    if row.is_ready:
        return Chip(Tone.SUCCESS, Sign.CHECK, str(row.state))
    return Chip(Tone.NEUTRAL, Sign.DOT, str(row.state))


def paper_columns(today: date) -> list[Column[PaperRow]]:
    """Return the columns of the list of schools' documents."""
    return [
        Column("school", "Школа", lambda r: r.school, width=200,
               sort_key=lambda r: natural_key(r.school)),
        Column("kind", "Документ", lambda r: str(r.kind), width=190),
        Column("state", "Состояние", lambda r: paper_chip(r, today).word, width=120,
               chip=lambda r: paper_chip(r, today)),
        Column("due", "Срок", lambda r: r.due, day_text, width=96),
        Column("issued", "Дата", lambda r: r.issued_on, day_text, width=96),
        Column("number", "Номер", lambda r: r.number, width=80),
        Column("until", "Действует до", lambda r: r.valid_until, day_text, width=110),
    ]  # fmt: skip


def gap_columns() -> list[Column[Gap]]:
    """Return the columns of the list of gaps."""
    return [
        Column("school", "Школа", lambda r: r.school or "весь район", width=220,
               sort_key=lambda r: natural_key(r.school)),
        Column("kind", "Чего не хватает", _gap_kind, width=176, chip=_gap_chip),
        Column("text", "Что проверить", lambda r: r.text, width=600),
    ]  # fmt: skip


def day_text(value: object) -> str:
    """Return a date as people read it; empty for None."""
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else ""


def _gap_kind(row: Gap) -> str:
    return "нет мероприятия" if row.activity_id is None else "нет риска"


def _gap_chip(row: Gap) -> Chip:
    tone = Tone.DANGER if row.activity_id is None else Tone.WARNING
    return Chip(tone, Sign.ALERT, _gap_kind(row))
