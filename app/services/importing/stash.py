"""What a plan of a load carries along, so that a decision needs no second reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import Decisions, ImportPlan
from app.services.importing.stage import Staged

if TYPE_CHECKING:
    from app.models.database import DataState
    from app.services.importing.planning import Planned
    from app.services.importing.state import Stored


@dataclass(frozen=True)
class Made:
    """A plan with all that applying needs, and the state of the data that it was made from."""

    state: DataState
    stored: Stored
    planned: Planned


@dataclass(frozen=True)
class Stash:
    """The staged copies, the facts read, the decisions taken."""

    staged: Staged
    files: tuple[LoadedFile, ...]
    decisions: Decisions
    started_at: datetime
    made: Made | None = None
    """None until it is planned."""


def stash_of(plan: ImportPlan) -> Stash:
    """Return what the plan carries along."""
    if not isinstance(plan.staged, Stash):
        raise TypeError("the plan was not made by prepare()")
    return plan.staged
