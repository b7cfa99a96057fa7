"""Pictures of a school's card: its procedures by year, and the distribution of marks of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.services import scales
from app.services.analysis.distributions import (
    Distribution,
    distributions,
    minimum_of,
    scale_of_scores,
    starts_of,
)
from app.services.analysis.limits import analysis_limits
from app.services.analysis.pictures import bars_of_rows, histogram_of, marks_of_groups
from app.services.analysis.ready import threshold
from app.services.analysis.weighted import Measure, weighted
from app.services.analysis.words import procedure_text
from app.services.charts import Bars, Histogram, Stack
from app.services.results import ResultRow, list_results
from app.services.workspace import Workspace

MOST_SHOWN = 6
"""A card is read at a glance: so many procedures, those with the largest share of «2»."""


_MOST_HISTOGRAMS = 2
_NOTHING = Fraction(1)
"""Sorts after every share."""


@dataclass(frozen=True, slots=True)
class SchoolPictures:
    """What a card draws; None where nothing is known."""

    bars: Bars | None
    marks: Stack | None
    scores: tuple[Histogram, ...] = ()
    """Of the largest groups; fewer pupils than a group needs draw nothing."""


def school_pictures(workspace: Workspace, school_id: int, year: int) -> SchoolPictures:
    """Return the pictures of a school up to a year; both speak of the same procedures."""
    rows = [row for row in list_results(workspace, school_id=school_id) if row.year <= year]
    worst = _worst([row for row in rows if row.year == year])
    shown = worst[:MOST_SHOWN]
    note = ""
    if len(worst) > len(shown):
        note = f"Показаны {len(shown)} из {len(worst)} процедур: с наибольшей долей «2»."
    return SchoolPictures(
        bars_of_rows(shown, rows, threshold(workspace, year), note) if shown else None,
        _marks([row for row in shown if _has_marks(row)], year, note),
        _scores(workspace, school_id, year),
    )


def _scores(workspace: Workspace, school_id: int, year: int) -> tuple[Histogram, ...]:
    known, least = scales.in_force(workspace), analysis_limits().small_sample
    found = [one for one in distributions(workspace, year, school_id) if one.participants >= least]
    largest = sorted(found, key=lambda one: -one.participants)[:_MOST_HISTOGRAMS]
    return tuple(_histogram(one, known) for one in largest)


def _histogram(one: Distribution, known: scales.Scales) -> Histogram:
    scale = scale_of_scores(one, known)
    starts = None if scale is None else starts_of(scale)
    return histogram_of(one, starts, minimum_of(one, known))


def _worst(rows: Sequence[ResultRow]) -> list[ResultRow]:
    """Return the results of a year, the largest share of «2» first; unknown ones last."""
    shares = {row.id: weighted([row], Measure.BELOW).value for row in rows}
    return sorted(rows, key=lambda row: _NOTHING if (s := shares[row.id]) is None else -s)


def _marks(rows: Sequence[ResultRow], year: int, note: str) -> Stack | None:
    if not rows:
        return None
    groups = [(procedure_text(row.kind, row.subject, row.grade), [row]) for row in rows]
    return marks_of_groups(f"Распределение отметок, {year} год", groups, note)


def _has_marks(row: ResultRow) -> bool:
    return None not in (row.n2, row.n3, row.n4, row.n5) or None not in (
        row.p2,
        row.p3,
        row.p4,
        row.p5,
    )
