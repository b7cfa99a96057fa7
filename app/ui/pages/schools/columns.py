"""Columns of the list of schools and of the results in a card."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.enums import Category
from app.services.sorting import natural_key
from app.ui.itemmodels.columns import Align, Column, Mark
from app.ui.numbers import Share, share, whole
from app.ui.pages.schools.lines import (
    ProcedureLine,
    ResultCell,
    SchoolLine,
    decision_chip,
    shown_category,
)

_ORDER = {
    category: place
    for place, category in enumerate(
        (
            Category.SHNOR_SHNSU,
            Category.SHNOR,
            Category.SHNSU,
            Category.RISK_ZONE,
            Category.NONE,
        )
    )
}

SCHOOLS: tuple[Column[SchoolLine], ...] = (
    Column("name", "Школа", lambda s: s.name, width=204, sort_key=lambda s: natural_key(s.name)),
    Column("kind", "Вид", lambda s: s.kind, width=82),
    Column("settlement", "Населённый пункт", lambda s: s.settlement, width=144),
    Column("pupils", "Обуча-\nющихся", lambda s: s.pupils, whole, Align.RIGHT, width=70),
    Column(
        "category",
        "Категория",
        lambda s: chip.word if (chip := shown_category(s)) else None,
        width=116,
        sort_key=lambda s: _ORDER[s.category] if s.category else len(_ORDER),
        chip=shown_category,
        hint=lambda s: s.reason,
    ),
    Column(
        "decision",
        "Решение",
        lambda s: chip.word if (chip := decision_chip(s)) else None,
        width=122,
        chip=decision_chip,
        hint=lambda s: s.reason,
    ),
    Column("low", "Низких\nпроцедур", lambda s: s.low, whole, Align.RIGHT, width=78),
    Column("reason", "Основание", lambda s: s.reason, width=88),
    Column("codes", "Коды", lambda s: s.codes, width=200, hidden=True),
    Column("warnings", "Предупреждения", lambda s: s.warnings, width=240, hidden=True),
)


def card_columns(years: Sequence[int]) -> list[Column[ProcedureLine]]:
    """Return the columns of the results in a card: the procedure, then each year."""
    first: Column[ProcedureLine] = Column(
        "procedure", "Процедура", lambda line: line.title, width=190
    )
    return [first, *(_year_column(year) for year in years)]


def _year_column(year: int) -> Column[ProcedureLine]:
    return Column(
        str(year),
        f"{year}",
        _percent(year),
        share,
        Align.RIGHT,
        width=76,
        mark=_mark(year),
        hint=_hint(year),
        link=True,
    )


def _percent(year: int) -> Callable[[ProcedureLine], Share | None]:
    def value(line: ProcedureLine) -> Share | None:
        cell = line.cells.get(year)
        return cell.percent if cell else None

    return value


def _mark(year: int) -> Callable[[ProcedureLine], Mark | None]:
    def mark(line: ProcedureLine) -> Mark | None:
        cell = line.cells.get(year)
        return cell.mark if cell else None

    return mark


def _hint(year: int) -> Callable[[ProcedureLine], str]:
    def hint(line: ProcedureLine) -> str:
        cell = line.cells.get(year)
        return _sentence(cell) if cell else "В этот год результатов нет."

    return hint


def _sentence(cell: ResultCell) -> str:
    if cell.below is None:
        return f"Участников: {cell.participants}; число ниже порога не указано."
    return f"{cell.below} из {cell.participants} участников. Нажмите, чтобы увидеть ячейку файла."
