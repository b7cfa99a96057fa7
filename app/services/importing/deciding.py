"""What a person decided about a load, kept for the next one: answers, corrections, notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.services.importing import answers, asked, corrections, day_answers, quarantine
from app.services.importing.loaded import LoadedFile
from app.services.importing.plan import Answer, Decisions
from app.services.importing.planning import Planned
from app.services.importing.state import Stored


def load_decided(session: Session, stored: Stored, files: Sequence[LoadedFile]) -> None:
    """Put into ``stored`` what was decided earlier about these files and their schools."""
    hashes = {file.sha256 for file in files}
    stored.skipped.update(answers.skipped_keys(session))
    stored.confirmed.update(corrections.confirmed(session, hashes))
    stored.kept.update(quarantine.kept_rows(session, hashes))
    stored.exam_days.update(day_answers.known_answers(session))


def store_decided(
    session: Session,
    stored: Stored,
    planned: Planned,
    files: Sequence[LoadedFile],
    decisions: Decisions,
    batch: int | None,
    moment: datetime,
) -> bool:
    """Keep the decisions of a load, and settle its quarantine; return whether anything changed."""
    ours = {key for key, answer in decisions.schools.items() if answer is not Answer.SKIP}
    count = answers.forget_skips(session, ours)
    count += answers.store_skips(session, planned.writes.skips.values(), moment)
    count += day_answers.store_answers(session, decisions.days, moment)
    count += corrections.store(session, files, moment)
    for plan, file in zip(planned.files, files, strict=True):
        count += corrections.store_confirmed(session, file, plan.findings, moment)
    count += quarantine.settle(session, planned.files, files, batch, moment)
    skipped = stored.skipped | planned.writes.skips.keys()
    questions = planned.writes.asked.values()
    asked.store_asked(session, files, questions, stored.directory, skipped)
    return count > 0
