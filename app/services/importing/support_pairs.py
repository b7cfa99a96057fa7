"""A mentor pair of a table beside the stored ones: which of them it is, what it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.services.importing.plan import Difference
from app.services.support.facts import PairEntry, StoredPair, folded, note_with

_NOTHING = "–"
_Said = tuple[str, str, str]
"""A title, what is stored under it, and what a row says."""


def stored_pair(known: Sequence[StoredPair], entry: PairEntry) -> StoredPair | None:
    """Return the pair of the same two that a row speaks of; None for a direction of its own.

    A row without a direction, or pairs of which none has one, mean each other; of several the
    latest, and the person sees what becomes of it.
    """
    subject = folded(entry.subject)
    same = [one for one in known if folded(one.subject) == subject]
    if not same and (not subject or not any(folded(one.subject) for one in known)):
        same = list(known)
    same_agreement = [one for one in same if not _differing(_of_agreement(one, entry))]
    exact = (one for one in same_agreement if not pair_differences(one, entry))
    return next(exact, None) or next(reversed(same_agreement or same), None)


def pair_differences(stored: StoredPair, entry: PairEntry) -> tuple[Difference, ...]:
    """Return what a row says otherwise; of what it says nothing the stored stays."""
    note = ("Примечание", stored.note, note_with(stored.note, entry.text))
    return _differing((*_of_agreement(stored, entry), note))


def _of_agreement(stored: StoredPair, entry: PairEntry) -> tuple[_Said, ...]:
    return (
        ("Направление", stored.subject, entry.subject),
        ("Номер соглашения", stored.number, entry.number),
        ("Дата соглашения", _day(stored.date), _day(entry.date)),
    )


def _differing(said: Sequence[_Said]) -> tuple[Difference, ...]:
    return tuple(
        Difference(title, old or _NOTHING, new, None)
        for title, old, new in said
        if new and folded(new) != folded(old)
    )


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"
