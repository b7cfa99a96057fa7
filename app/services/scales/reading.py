"""Scales and minimums as JSON: of the program's files, and of what an office corrected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.paths import resource
from app.services.scales.types import (
    MARKS,
    Condition,
    MarkScale,
    MinScore,
    Unit,
    minimum_faults,
    overlapping,
    scale_faults,
)

EntryT = TypeVar("EntryT", bound=MarkScale | MinScore)
Body = Mapping[str, Any]


@lru_cache(maxsize=1)
def shipped_scales() -> tuple[MarkScale, ...]:
    """Return the scales of the program; ResourceError names what is wrong in the file."""
    name = "mark_scales.json"
    return _checked(name, map(scale_of, _load(name)["scales"]), scale_faults)


@lru_cache(maxsize=1)
def shipped_minimums() -> tuple[MinScore, ...]:
    """Return the minimums of the program; ResourceError names what is wrong in the file."""
    name = "min_scores.json"
    return _checked(name, map(minimum_of, _load(name)["minimums"]), faults_of_minimum)


@lru_cache(maxsize=1)
def limits() -> Mapping[Unit, range]:
    """Return within which limits a score of each unit lies."""
    given = _load("min_scores.json")["units"]
    return {Unit(unit): range(ends["least"], ends["most"] + 1) for unit, ends in given.items()}


def faults_of_minimum(minimum: MinScore) -> tuple[str, ...]:
    """Return what is wrong with a minimum by the limits of its unit."""
    return minimum_faults(minimum, limits()[minimum.unit])


def scale_of(body: Body) -> MarkScale:
    """Return a scale; KeyError, TypeError or ValueError when the data are of another form."""
    return MarkScale(
        AssessmentKind(body["assessment"]),
        body["subject"],
        body["grade"],
        body["first_year"],
        body["last_year"],
        body["maximum"],
        tuple(_pair(body["marks"][str(mark)]) for mark in MARKS),
        tuple(Condition(c["mark"], c["part"], c["least"]) for c in body["conditions"]),
        body["source"],
        body["confirmed"],
    )


def scale_body(scale: MarkScale) -> dict[str, Any]:
    """Return the scale as data that ``scale_of`` reads back equal."""
    return {
        "assessment": scale.kind.value,
        "subject": scale.subject,
        "grade": scale.grade,
        "first_year": scale.first_year,
        "last_year": scale.last_year,
        "maximum": scale.maximum,
        "marks": {str(m): list(band) for m, band in zip(MARKS, scale.bands, strict=True)},
        "conditions": [
            {"mark": c.mark, "part": c.part, "least": c.least} for c in scale.conditions
        ],
        "source": scale.source,
        "confirmed": scale.confirmed,
    }


def minimum_of(body: Body) -> MinScore:
    """Return a minimum; KeyError, TypeError or ValueError when the data are of another form."""
    return MinScore(
        AssessmentKind(body["assessment"]),
        body["subject"],
        body["first_year"],
        body["last_year"],
        body["minimum"],
        Unit(body["unit"]),
        body["source"],
        body["confirmed"],
        body["note"],
    )


def minimum_body(minimum: MinScore) -> dict[str, Any]:
    """Return the minimum as data that ``minimum_of`` reads back equal."""
    return {
        "assessment": minimum.kind.value,
        "subject": minimum.subject,
        "first_year": minimum.first_year,
        "last_year": minimum.last_year,
        "minimum": minimum.score,
        "unit": minimum.unit.value,
        "source": minimum.source,
        "confirmed": minimum.confirmed,
        "note": minimum.note,
    }


def _pair(band: Any) -> tuple[int, int]:
    low, high = band
    return (low, high)


def _load(name: str) -> Any:
    path = resource("thresholds", name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(name, "это не JSON.") from error


def _checked(
    name: str, entries: Iterable[EntryT], faults: Callable[[EntryT], tuple[str, ...]]
) -> tuple[EntryT, ...]:
    found: list[EntryT] = []
    try:
        for entry in entries:
            wrong = faults(entry) or tuple(filter(None, [overlapping(entry, found)]))
            if wrong:
                raise _broken(name, f"{entry.title}: {' '.join(wrong)}")
            found.append(entry)
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(name, f"запись № {len(found) + 1} не по форме.") from error
    return tuple(found)


def _broken(name: str, why: str) -> ResourceError:
    return ResourceError(
        f"Файл программы «{name}» не читается: {why}", "Установите программу заново."
    )
