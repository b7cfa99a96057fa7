"""Which activities of a roadmap belong to one year; pure."""

from __future__ import annotations

from app.services.roadmap import ActivityRow, RoadmapInfo


def is_of_year(row: ActivityRow, info: RoadmapInfo, year: int) -> bool:
    """Return whether an activity is of that year: its term touches it.

    A term that names its end alone («до 15 сентября 2026 года») is of the year of the end; one
    without any date is of all the years of its roadmap, of every year where that has none.
    """
    first, last = info.first_year or year, info.last_year or year
    if row.start is None and row.end is None:
        return first <= year <= last
    if row.start is None:
        return row.end is not None and row.end.year == year
    return row.start.year <= year <= (row.end.year if row.end else max(last, row.start.year))
