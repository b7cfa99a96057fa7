"""A row of figures of a load, ready to be compared with the stored ones and with other rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.services.importing.drafts import Spot
from app.services.importing.facts import Marks, Procedure
from app.services.importing.state import ReferenceKey

ResultKey: TypeAlias = tuple[int, Procedure]
"""A school and a procedure."""
FiguresKey: TypeAlias = ResultKey | ReferenceKey


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of figures: what it is about, and its marks."""

    spot: Spot
    key: FiguresKey
    who: str
    item: str
    marks: Marks
