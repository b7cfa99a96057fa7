"""Every setting of the office: key, type, default and Russian title, each declared once.

What belongs to a workstation (theme, widths of columns) is kept by the window, not in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T", str, int, bool)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting; ``choices`` lists the allowed values with their Russian titles, if limited."""

    key: str
    type: type[T]
    default: T
    title: str
    choices: Mapping[T, str] | None = None

    def accepts(self, value: object) -> bool:
        """Return whether the value is of the declared type and among the choices."""
        if type(value) is not self.type:
            return False
        return self.choices is None or value in self.choices


DOCUMENT_STANDARD = Setting(
    "documents.standard",
    str,
    "2025",
    "Стандарт оформления документов",
    {"2025": "ГОСТ Р 7.0.97-2025", "2016": "ГОСТ Р 7.0.97-2016"},
)

LOW_RESULTS_TERM = Setting(
    "documents.term.low_results",
    str,
    "ШНОР",
    "Как называть школы с низкими результатами",
    {
        "ШНОР": "ШНОР – школы с низкими образовательными результатами",
        "ШНРО": "ШНРО – школы с низкими результатами обучения",
    },
)
SOCIAL_TERM = Setting(
    "documents.term.social_conditions",
    str,
    "ШНСУ",
    "Как называть школы в неблагоприятных социальных условиях",
    {
        "ШНСУ": "ШНСУ – школы в неблагоприятных социальных условиях",
        "ШФНСУ": "ШФНСУ – школы, функционирующие в неблагоприятных социальных условиях",
    },
)

TERMS: Mapping[str, Setting[str]] = {
    "low_results": LOW_RESULTS_TERM,
    "social_conditions": SOCIAL_TERM,
}
"""The settings by the key of their term in ``resources/documents/terms.json``."""

DECLARED: tuple[Setting[Any], ...] = (DOCUMENT_STANDARD, *TERMS.values())
