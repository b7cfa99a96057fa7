"""A cell of the matrix of risks as text and back; pure.

People write the significance by its first letter (В, С, Н, 0), «А» for actual, «П» for priority,
or whole words; matrices of real programmes hold «+» and «-», a tick, or a number from 0 to 3.
"""

from __future__ import annotations

import re

from app.errors import UserError
from app.models.enums import Significance
from app.services.names import fold, russian
from app.services.support.types import Mark
from app.services.table_words import pattern

_LETTERS = {
    Significance.HIGH: "В",
    Significance.MEDIUM: "С",
    Significance.LOW: "Н",
    Significance.ABSENT: "0",
}
_SIGNIFICANCE = (
    (re.compile(r"высок\w*|выс|в|3"), Significance.HIGH),
    (re.compile(r"средн\w*|ср|с|2"), Significance.MEDIUM),
    (re.compile(r"низк\w*|низ|н|1"), Significance.LOW),
    (re.compile(r"выявлен[оа]?|отсутству\w+|нет|ложь|f[aа]ls[eе]|0|-"), Significance.ABSENT),
)
_ACTUAL = re.compile(r"актуал\w*|акт|а|да|есть|истина|true")
_PRIORITY = re.compile(r"приоритет\w*|прио?р?|п|\+\+")
_SILENT = {"не", "значимость", "степень", "риск", "и"}
_TOKEN = re.compile(r"\+\+|[а-яa-z]+|\d+|[-+]|\S")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_LATIN = str.maketrans("ABCHach", "АВСНасн")
"""Latin letters that stand for our marks alone, where no Russian letter beside them tells."""
_PACKED = re.compile(r"[вснап0]{2,3}")


def cell_text(mark: Mark) -> str:
    """Return the shortest text that ``parse_cell`` reads as the same mark: «В А П»."""
    parts = [_LETTERS[mark.significance]] if mark.significance else []
    parts += ["А"] if mark.actual else []
    parts += ["П"] if mark.priority else []
    return " ".join(parts)


def words(mark: Mark) -> str:
    """Return the mark in words, for hints, lists and screen readers."""
    parts = [_LONG[mark.significance]] if mark.significance else []
    parts += ["актуальный"] if mark.actual else []
    parts += ["приоритетный"] if mark.priority else []
    return ", ".join(parts) or "не оценён"


_LONG = {
    Significance.HIGH: "высокая значимость",
    Significance.MEDIUM: "средняя значимость",
    Significance.LOW: "низкая значимость",
    Significance.ABSENT: "не выявлен",
}


def parse_cell(text: str) -> Mark:
    """Return the mark that a cell holds, an empty one for an empty cell.

    A priority factor is an actual one too.  UserError for anything that is not understood, or
    that contradicts itself.
    """
    significance: Significance | None = None
    actual = priority = False
    for token in _tokens(text):
        found = next((kind for shape, kind in _SIGNIFICANCE if shape.fullmatch(token)), None)
        if found is not None and significance in (None, found):
            significance = found
        elif _PRIORITY.fullmatch(token):
            priority = True
        elif _ACTUAL.fullmatch(token) or pattern("ticks", "tick").fullmatch(token):
            actual = True
        else:
            raise _not_understood(text)
    return consistent(Mark(significance, actual or priority, priority), text)


def consistent(mark: Mark, text: str = "") -> Mark:
    """Return the mark; UserError when a risk that was not found is called actual."""
    if mark.significance is Significance.ABSENT and (mark.actual or mark.priority):
        raise UserError(
            f"«{text or words(mark)}»: риск не выявлен и вместе с тем назван актуальным.",
            "Оставьте одно из двух.",
        )
    return mark


def _tokens(text: str) -> list[str]:
    folded = _DASHES.sub("-", fold(russian(text.translate(_LATIN))))
    found = [token for token in _TOKEN.findall(folded) if token not in _SILENT | {",", ";", "/"}]
    return [part for token in found for part in _unpacked(token)]


def _unpacked(token: str) -> list[str]:
    """«вап» typed without spaces is three marks, unless it is a word of its own."""
    return list(token) if _PACKED.fullmatch(token) else [token]


def _not_understood(text: str) -> UserError:
    return UserError(
        f"«{text.strip()[:60]}» – не понятно, как риск отмечен.",
        "Пишите В, С, Н или 0 (значимость), А (актуальный), П (приоритетный): например «В А П».",
    )
