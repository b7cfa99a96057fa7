"""The terms of the office on the screen: our sentences say ШНРО where the office does."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.models.enums import Category

Term = Callable[[str], str]
"""A text of ours with the terms that the office has chosen."""

_QUOTED = re.compile(r"(«[^«»]*»)")
_CATEGORIES = frozenset(f"«{category.value}»" for category in Category)


class _Chosen:
    """The terms in force; ours until the database is open."""

    term: Term = staticmethod(str)


def use(term: Term) -> bool:
    """Say our sentences in these terms from now on; True when that changes anything."""
    before = [said(category.value) for category in Category]
    _Chosen.term = staticmethod(term)
    return before != [said(category.value) for category in Category]


def said(text: str) -> str:
    """Return a sentence of ours as the office says it.

    What stands in quotation marks is a name of a file, a school or an act and stays, unless it is
    a category and nothing else.  Never call it for what people typed.
    """
    parts = _QUOTED.split(text)
    return "".join(_Chosen.term(part) if _is_ours(part) else part for part in parts)


def _is_ours(part: str) -> bool:
    return not part.startswith("«") or part in _CATEGORIES
