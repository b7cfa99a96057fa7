"""Levels of tasks by the recommendations of 2026, at every border."""

from __future__ import annotations

import pytest

from app.services.analysis import Grade, Level, analysis_limits
from app.services.analysis.tasks import grade

LIMITS = analysis_limits().tasks


@pytest.mark.parametrize(
    ("percent", "basic", "advanced", "unknown"),
    [
        (60.0, Grade.ENOUGH, Grade.ENOUGH, Grade.ENOUGH),
        (59.9, Grade.BORDER, Grade.ENOUGH, Grade.UNKNOWN),
        (57.0, Grade.BORDER, Grade.ENOUGH, Grade.UNKNOWN),
        (56.9, Grade.SHORT, Grade.ENOUGH, Grade.UNKNOWN),
        (30.0, Grade.SHORT, Grade.ENOUGH, Grade.UNKNOWN),
        (29.9, Grade.SHORT, Grade.BORDER, Grade.UNKNOWN),
        (28.5, Grade.SHORT, Grade.BORDER, Grade.UNKNOWN),
        (28.4, Grade.SHORT, Grade.SHORT, Grade.SHORT),
        (0.0, Grade.SHORT, Grade.SHORT, Grade.SHORT),
    ],
)
def test_borders(percent: float, basic: Grade, advanced: Grade, unknown: Grade) -> None:
    assert grade(percent, Level.BASIC, LIMITS) is basic
    assert grade(percent, Level.ADVANCED, LIMITS) is advanced
    assert grade(percent, None, LIMITS) is unknown
