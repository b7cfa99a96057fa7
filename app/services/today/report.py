"""The home page as JSON, for scripts."""

from __future__ import annotations

from typing import Any

from app.services.today.types import Pile, Today, TodayLine


def today_json(page: Today) -> dict[str, Any]:
    """Return the page: the day, the year, and every number with its rows."""
    return {
        "day": page.day.isoformat(),
        "year": page.year,
        "schools": page.schools,
        "piles": {pile.key.value: _pile(pile) for pile in page.piles},
    }


def _pile(pile: Pile) -> dict[str, Any]:
    return {
        "count": pile.count,
        "sentence": pile.sentence,
        "lines": [_line(line) for line in pile.lines],
    }


def _line(line: TodayLine) -> dict[str, Any]:
    return {
        "what": line.what,
        "day": line.day.isoformat() if line.day else None,
        "who": line.who,
        "where": line.where,
        "note": line.note,
    }
