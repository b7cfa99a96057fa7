"""What is left of a load's roadmaps: asked of every load, so nothing else stands here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.roadmaps import Roadmap


def roadmaps_are_gone(session: Session, batch_id: int) -> bool:
    """Return whether none of the roadmaps of a load is there any more."""
    found = select(Roadmap.id).where(Roadmap.batch_id == batch_id).limit(1)
    return session.scalar(found) is None
