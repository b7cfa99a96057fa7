"""A mentor pair of a table beside the stored ones: which of them it is, what it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.services.importing.plan import Difference
from app.services.support.facts import PairEntry, StoredPair, folded

_NOTHING = "–"


def stored_pair(known: Sequence[StoredPair], entry: PairEntry) -> StoredPair | None:
    """Return the pair of the same two that a row speaks of; None for a direction of its own.

    A row without a direction, or pairs of which none has one, mean each other; of several the
    latest, and the person sees what becomes of it.
    """
    subject = folded(entry.subject)
    same = [one for one in known if folded(one.subject) == subject]
    if not same and (not subject or not any(folded(one.subject) for one in known)):
        same = list(known)
    exact = (one for one in same if not pair_differences(one, entry))
    return next(exact, None) or (same[-1] if same else None)


def pair_differences(stored: StoredPair, entry: PairEntry) -> tuple[Difference, ...]:
    """Return what a row says otherwise; of what it says nothing the stored stays."""
    said = (
        ("Направление", stored.subject, entry.subject),
        ("Номер соглашения", stored.number, entry.number),
        ("Дата соглашения", _day(stored.date), _day(entry.date)),
    )
    return tuple(
        Difference(title, old or _NOTHING, new, None)
        for title, old, new in said
        if new and folded(new) != folded(old)
    )


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"
