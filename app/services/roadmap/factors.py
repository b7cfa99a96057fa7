"""The risk factor that a heading is about, by its words: numbers differ from plan to plan."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from app.errors import ResourceError
from app.paths import resource

_HEADING = re.compile(r"фактор\w*\s+риска[\s:№]*\d*[\s.:–-]*(.*)", re.IGNORECASE | re.DOTALL)
_SAME = 0.6
"""So much of the words must be common: «Дефицит кадров» is not «Дефицит педагогических кадров»
by half."""
_ITS_NAME = 0.8
"""A heading that does not say «фактор риска» must be the name of one, but for a word."""


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, str], ...]:
    """Return keys and titles of the shipped factors.

    Read here and not asked of ``services.support``: a load would import all that it stands on.
    """
    try:
        body = json.loads(resource("risks", "factors.json").read_text(encoding="utf-8"))
        return tuple((str(one["key"]), str(one["title"])) for one in body["factors"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            "Файл программы «risks/factors.json» не читается.", "Установите программу заново."
        ) from error


def factor_of(title: str) -> str:
    """Return the key of the factor that a heading names, else nothing.

    It says «Фактор риска N. …» or is the name of a factor itself.
    """
    match = _HEADING.match(title)
    words = _words(match[1] if match else title)
    scored = [(_likeness(words, _words(name)), key) for key, name in _known()]
    best, key = max(scored, default=(0.0, ""))
    return key if best >= (_SAME if match else _ITS_NAME) else ""


def _words(text: str) -> frozenset[str]:
    """Return the stems of the words that mean something."""
    return frozenset(word[:6] for word in re.findall(r"[а-яё]{3,}", text.casefold()))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
