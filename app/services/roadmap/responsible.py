"""Those who answer for an activity: the names in a cell and whom they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.services.people import Who, split_names, sure_names


@dataclass(frozen=True)
class Answering:
    """Whom the names of some cells surely mean; anybody else stays as written."""

    known: dict[str, Who]

    @classmethod
    def read(cls, session: Session, cells: Iterable[str]) -> Answering:
        """Look all names of the cells up at once."""
        names = dict.fromkeys(name for cell in dict.fromkeys(cells) for name in names_of(cell))
        return cls(sure_names(session, names) if names else {})

    def rows(self, activity_id: int, cell: str) -> list[dict[str, Any]]:
        """Return the rows of those who answer for an activity, in the order of the cell."""
        return [
            {
                "activity_id": activity_id,
                "position": position,
                "name": name[:600],
                "organization_id": who.organization_id if who else None,
                "person_id": who.person_id if who else None,
            }
            for position, name in enumerate(names_of(cell))
            for who in (self.known.get(name),)
        ]


def unknown_names(session: Session, cells: Iterable[str]) -> frozenset[str]:
    """Return the names of cells that nobody is known by."""
    names = {name for cell in cells for name in names_of(cell)}
    return frozenset(names - sure_names(session, names).keys()) if names else frozenset()


def names_of(cell: str) -> tuple[str, ...]:
    """Return the names listed in a cell: «Отдел образования, МОЦ» are two."""
    return split_names(cell)
