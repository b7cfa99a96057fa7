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

DECLARED: tuple[Setting[Any], ...] = (DOCUMENT_STANDARD,)
