"""Columns of the lists of scales and of minimums."""

from __future__ import annotations

from typing import Any

from app.services.scales import MARKS, Known, MarkScale, MinScore
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.numbers import whole
from app.ui.theme.colors import Tone


def _origin(known: Known[Any]) -> Chip:
    if known.own:
        return Chip(Tone.INFO, Sign.DOT, "учреждения")
    if known.instead:
        return Chip(Tone.NEUTRAL, Sign.DASH, "заменена")
    return Chip(Tone.NEUTRAL, Sign.DOT, "программы")


def _doubt(known: Known[Any]) -> Chip:
    if known.entry.confirmed:
        return Chip(Tone.SUCCESS, Sign.CHECK, "да")
    return Chip(Tone.WARNING, Sign.ALERT, "нет")


def _years(known: Known[Any]) -> str:
    first, last = known.entry.first_year, known.entry.last_year
    return f"{first}" if first == last else f"{first}–{last}"


def _bands(known: Known[MarkScale]) -> str:
    pairs = zip(MARKS, known.entry.bands, strict=True)
    return "; ".join(f"«{mark}» {low}–{high}" for mark, (low, high) in pairs)


def _conditions(known: Known[MarkScale]) -> str:
    listed = known.entry.conditions
    return "; ".join(f"«{c.mark}»: {c.part} не меньше {c.least}" for c in listed)


def _hint(known: Known[Any]) -> str:
    if known.instead:
        return f"В эти годы действует запись учреждения: {known.instead}."
    return f"Источник: {known.entry.source}"


SCALES: tuple[Column[Known[MarkScale]], ...] = (
    Column("kind", "Процедура", lambda k: k.entry.kind.value, width=98),
    Column("subject", "Предмет", lambda k: k.entry.subject, width=116),
    Column("grade", "Класс", lambda k: k.entry.grade, whole, Align.RIGHT, width=58),
    Column("years", "Годы", _years, width=104, sort_key=lambda k: -k.entry.last_year),
    Column("maximum", "Наиб.\nбалл", lambda k: k.entry.maximum, whole, Align.RIGHT, width=54),
    Column(
        "origin",
        "Чья запись",
        lambda k: _origin(k).word,
        width=116,
        chip=_origin,
        hint=_hint,
    ),
    Column(
        "confirmed", "Подтвер-\nждена", lambda k: _doubt(k).word, width=82, chip=_doubt, hint=_hint
    ),
    Column("bands", "Баллы отметок", _bands, width=160, hint=_bands),
    Column("conditions", "Условия", _conditions, width=200, hidden=True),
    Column("source", "Источник", lambda k: k.entry.source, width=200, hidden=True),
)

MINIMUMS: tuple[Column[Known[MinScore]], ...] = (
    Column("kind", "Экзамен", lambda k: k.entry.kind.value, width=78),
    Column("subject", "Предмет", lambda k: k.entry.subject, width=140),
    Column("years", "Годы", _years, width=104, sort_key=lambda k: -k.entry.last_year),
    Column("score", "Мини-\nмум", lambda k: k.entry.score, whole, Align.RIGHT, width=58),
    Column("unit", "Чем измерен", lambda k: k.entry.unit.value, width=134),
    Column("origin", "Чья запись", lambda k: _origin(k).word, width=116, chip=_origin, hint=_hint),
    Column(
        "confirmed", "Подтвер-\nждён", lambda k: _doubt(k).word, width=82, chip=_doubt, hint=_hint
    ),
    Column("source", "Источник", lambda k: k.entry.source, width=180),
    Column("note", "Примечание", lambda k: k.entry.note, width=180, hidden=True),
)
