"""What the program understands of the texts of an activity, as columns of its row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.enums import MonitoringStage
from app.services.names import fold
from app.services.roadmap.quantities import parse_quantity
from app.services.roadmap.terms import Years, parse_term

_STAGES = (
    ("входн", MonitoringStage.INPUT),
    ("стартов", MonitoringStage.INPUT),
    ("промежуточн", MonitoringStage.INTERIM),
    ("итогов", MonitoringStage.FINAL),
    ("заключительн", MonitoringStage.FINAL),
)


def search_key(*texts: str) -> str:
    """Return texts folded for the filter: SQLite does not know the case of Cyrillic."""
    return fold(" ".join(text for text in texts if text))


def term_columns(text: str, years: Years | None) -> dict[str, Any]:
    """Return the columns of a deadline: what it says, nothing where it says nothing certain."""
    term = parse_term(text, years)
    return {"term_start": term.start, "term_end": term.end, "recurrence": term.recurrence}


def quantity(text: str) -> float | None:
    """Return the number of a quantity, or None."""
    return parse_quantity(text).number


def year_rows(
    activity_id: int, plans: Mapping[int, str], facts: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Return the rows of the years of an activity: text beside number."""
    return [
        {
            "activity_id": activity_id,
            "year": year,
            "plan": plans.get(year, "")[:200],
            "plan_number": quantity(plans.get(year, "")),
            "fact": facts.get(year, "")[:200],
            "fact_number": quantity(facts.get(year, "")),
        }
        for year in sorted({*plans, *facts})
    ]


def stage_of(title: str) -> MonitoringStage | None:
    """Return the stage of monitoring that a title names first, if it is about monitoring."""
    text = title.casefold()
    places = [(text.find(stem), stage) for stem, stage in _STAGES if stem in text]
    return min(places, key=lambda pair: pair[0])[1] if places and "мониторинг" in text else None
