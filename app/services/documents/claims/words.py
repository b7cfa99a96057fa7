"""Figures of texts and tables in words of a finding."""

from __future__ import annotations

from fractions import Fraction

from app.services.documents.claims.types import Discrepancy, Figure, Unit
from app.services.russian import plural

_PLACES = {Unit.PERCENT: 1, Unit.SCORE: 1}
_AGREEING = {Unit.YEARS: ("год", "года", "лет"), Unit.SCORE: ("балл", "балла", "баллов")}
_ROLES = {"base": "базовое", "plan": "план", "fact": "факт"}


def shown(figure: Figure) -> str:
    """Return a figure of a text as people write it."""
    places = len(str(figure.step.denominator)) - 1
    return with_unit(figure.value, figure.unit, places)


def with_unit(value: Fraction, unit: Unit, places: int | None = None) -> str:
    """Return a number with its unit: «34,5 %», «1 200 000 руб.»."""
    if places is None:
        places = 0 if value.denominator == 1 else _PLACES.get(unit, 2)
    whole = f"{float(value):,.{places}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    named = unit.value
    if unit in _AGREEING:
        one, few, many = _AGREEING[unit]
        named = plural(int(value), one, few, many) if value.denominator == 1 else few
    return f"{whole}\N{NO-BREAK SPACE}{named}" if named else whole


def message(found: Discrepancy) -> str:
    """Return what the text says and what the table says, as one Russian sentence."""
    known, claim = found.known, found.claim
    said = with_unit(known.value, known.unit)
    when = "" if known.year is None else f", {known.year} год"
    role = (
        f", {_ROLES[known.role]}" if known.role in _ROLES and known.measure == "indicator" else ""
    )
    about = f"{known.title}{role}{when}"
    return f"В тексте {claim.said}, в таблице {said} ({about}): «{claim.quote}»"


def hint(found: Discrepancy) -> str:
    """Return where the figure stands and what to do."""
    return f"Таблица: {found.known.table}. Исправьте текст или данные."
