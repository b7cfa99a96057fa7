"""The borders and rules of the analysis as data of the field, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.errors import ResourceError
from app.paths import resource
from app.services.analysis.similar import Criterion, Programme, SimilarRule
from app.services.analysis.tasks import LevelLimits, TaskLimits


@dataclass(frozen=True, slots=True)
class AnalysisLimits:
    """Figures that the analysis rests on; see ``resources/analysis/limits.json`` for sources."""

    growth_points: float
    """From so many percentage points more of «2» in a year the growth is marked."""
    small_sample: int
    trend_years: int
    heat_steps: tuple[float, ...]
    tasks: TaskLimits
    ege_bands: tuple[int, int]
    """The middle band, both ends included."""
    deviation_from_schools: int
    """With fewer schools their spread is not taken for a measure."""


@cache
def analysis_limits() -> AnalysisLimits:
    """Return the borders; ResourceError when the file of the program is not right."""
    body = _load("limits.json")
    try:
        values = {name: entry["value"] for name, entry in body.items() if name != "title"}
        levels = values["task_levels"]
        return AnalysisLimits(
            float(values["growth_points"]),
            int(values["small_sample"]),
            int(values["trend_years"]),
            tuple(float(step) for step in values["heat_steps"]),
            TaskLimits(_level(levels["basic"]), _level(levels["advanced"])),
            (int(values["ege_bands"][0]), int(values["ege_bands"][1])),
            int(values["deviation_from_schools"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _broken("limits.json") from error


@cache
def shipped_similar_rule() -> SimilarRule:
    """Return the rule of the program; ResourceError when its file is not right."""
    body = _load("similar.json")
    try:
        return SimilarRule(
            int(body["smallest_group"]),
            tuple(int(border) for border in body["size_borders"]),
            tuple(tuple(Criterion(name) for name in step) for step in body["steps"]),
            int(body["quartile_from_schools"]),
            tuple(Programme(p["title"], tuple(p["words"])) for p in body["programmes"]),
            str(body["source"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _broken("similar.json") from error


def _level(body: dict[str, Any]) -> LevelLimits:
    return LevelLimits(float(body["enough"]), float(body["short"]))


def _load(name: str) -> dict[str, Any]:
    try:
        text = resource("analysis", name).read_text(encoding="utf-8")
        body: dict[str, Any] = json.loads(text)
    except (OSError, ValueError) as error:
        raise _broken(name) from error
    return body


def _broken(name: str) -> ResourceError:
    return ResourceError(
        f"Файл программы «analysis/{name}» не читается.", "Установите программу заново."
    )
