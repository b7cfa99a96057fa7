"""The formulas over the data and the words that tell a direction, as declared in ``resources``."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from app.errors import ResourceError, UserError
from app.models.enums import BetterWhen
from app.paths import resource
from app.services.indicators.types import FormulaInfo


@cache
def formulas() -> tuple[FormulaInfo, ...]:
    """Return every formula in the order of its file; ResourceError when the file is broken."""
    try:
        return tuple(
            FormulaInfo(**{**one, "better": BetterWhen(one["better"])})
            for one in _load("formulas.json")["formulas"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _broken("formulas.json") from error


def formula(key: str) -> FormulaInfo:
    """Return one formula; UserError for a key that nobody knows."""
    found = next((one for one in formulas() if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in formulas())
        raise UserError(f"Формулы «{key}» нет.", f"Бывают: {known}.")
    return found


def likely_direction(title: str) -> BetterWhen:
    """Return which way an indicator probably should go, by the words of its title."""
    folded = title.casefold().replace("ё", "е")
    lower = any(word in folded for word in _lower_words())
    return BetterWhen.LOWER if lower else BetterWhen.HIGHER


@cache
def _lower_words() -> tuple[str, ...]:
    try:
        return tuple(word.replace("ё", "е") for word in _load("words.json")["lower_is_better"])
    except (KeyError, TypeError, AttributeError) as error:
        raise _broken("words.json") from error


def _load(name: str) -> dict[str, Any]:
    try:
        loaded = json.loads(resource("indicators", name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(name) from error
    if not isinstance(loaded, dict):
        raise _broken(name)
    return loaded


def _broken(name: str) -> ResourceError:
    return ResourceError(
        f"Файл программы «{resource('indicators', name)}» отсутствует или испорчен.",
        "Установите программу заново: её файлы повреждены.",
    )
