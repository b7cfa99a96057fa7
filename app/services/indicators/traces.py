"""What is left of a load's indicators: asked of every load, so nothing else stands here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.indicators import Indicator


def indicators_are_gone(session: Session, batch_id: int) -> bool:
    """Return whether none of the indicators of a load is there any more."""
    found = select(Indicator.id).where(Indicator.batch_id == batch_id).limit(1)
    return session.scalar(found) is None
