"""Categories of a whole region against the bare SQL of the same rows: ``python -m bench.classify``.

1,400 schools, 3 years, 30 procedures a year.  Everything is drawn with a fixed seed; both times are
medians of one run.  Exit code 1 when a promise is missed.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.models.enums import AssessmentKind, CountsOrigin, SchoolStatus
from app.models.opening import open_database
from app.models.results import Assessment, Result
from app.models.schools import School
from app.services import methodology
from app.services.workspace import Workspace

SCHOOLS, YEARS = 1400, (2023, 2024, 2025)
RATIO_LIMIT = 4.0
"""Promised: classify all with explanations, as a multiple of the bare SQL."""
WHAT_IF_SECONDS = 0.2
"""Promised: the number of schools that change, while a threshold is being moved."""
_RUNS = 5
_VPR = AssessmentKind.VPR
_SUBJECTS = {
    "Русский язык": (4, 5, 6, 7, 8, 10),
    "Математика": (4, 5, 6, 7, 8, 10),
    "История": (5, 6, 7, 8),
    "Биология": (5, 6, 7, 8),
    "География": (5, 6, 7, 8),
    "Окружающий мир": (4,),
}
_PROCEDURES = (
    *((_VPR, subject, grade) for subject, grades in _SUBJECTS.items() for grade in grades),
    *((AssessmentKind.OGE, subject, 9) for subject in ("Русский язык", "Математика")),
    *(
        (AssessmentKind.EGE, subject, 11)
        for subject in ("Русский язык", "Математика (профильная)", "Математика (базовая)")
    ),
)


def main() -> int:
    """Fill a database, measure and print; 1 when a promise is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with open_database(path) as opened:
            workspace = Workspace(opened.database, Path(folder) / "archive")
            _fill(workspace)
            return _measure(workspace, path)


def _fill(workspace: Workspace) -> None:
    draw = random.Random(20260101)
    schools = [_school(number) for number in range(1, SCHOOLS + 1)]
    held = [(year, *procedure) for year in YEARS for procedure in _PROCEDURES]
    assessments: list[dict[str, Any]] = [
        {"id": key, "year": year, "kind": kind, "subject": subject, "grade": grade}
        for key, (year, kind, subject, grade) in enumerate(held, start=1)
    ]
    results = [
        _result(draw, school["id"], assessment["id"])
        for school in schools
        for assessment in assessments
    ]
    with workspace.database.write() as session:
        session.execute(insert(School), schools)
        session.execute(insert(Assessment), assessments)
        session.execute(insert(Result), results)


def _school(number: int) -> dict[str, Any]:
    name = f"СОШ № {number}"
    return {
        "id": number,
        "short_name": name,
        "search_key": name.casefold(),
        "status": SchoolStatus.ACTIVE,
    }


def _result(draw: random.Random, school: int, assessment: int) -> dict[str, Any]:
    taking_part = draw.randint(4, 60)
    below = sum(draw.random() < 0.11 for _ in range(taking_part))
    return {
        "school_id": school,
        "assessment_id": assessment,
        "participants": taking_part,
        "n2": below,
        "below": below,
        "origin": CountsOrigin.GIVEN,
        "current": True,
    }


def _measure(workspace: Workspace, path: Path) -> int:
    year = YEARS[-1]
    methodology.classify(workspace, year)  # what a process does once is not measured
    bare, whole = _alternating(lambda: _bare(path), lambda: methodology.classify(workspace, year))
    trial = methodology.WhatIf(workspace, year)
    moved = iter(
        replace(trial.rules, threshold_percent=Decimal(30 + step)) for step in (1, -1, 2, -2, 5)
    )
    what_if = statistics.median(_timed(lambda: trial.compare(next(moved))) for _ in range(_RUNS))
    whole_new = _timed(
        lambda: trial.compare(replace(trial.rules, rule_b_same=not trial.rules.rule_b_same))
    )
    ratio = whole / bare
    print(
        f"{SCHOOLS} schools, {len(YEARS)} years, {len(_PROCEDURES)} procedures, median of {_RUNS}"
    )
    print(f"bare SQL of the same rows    {bare:7.3f} s")
    print(f"classify with explanations   {whole:7.3f} s  {ratio:.1f} x  limit {RATIO_LIMIT}")
    print(f"what if, a moved threshold   {what_if:7.3f} s           limit {WHAT_IF_SECONDS}")
    print(f"what if, another rule        {whole_new:7.3f} s")
    return int(ratio > RATIO_LIMIT or what_if > WHAT_IF_SECONDS)


def _alternating(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of two works that take turns: a busy machine slows both alike."""
    times = [(_timed(one), _timed(other)) for _ in range(_RUNS)]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _bare(path: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(
            "SELECT r.school_id, a.kind, a.subject, a.grade, a.year, r.participants, r.below, r.n2,"
            " r.origin, r.p2 FROM result r JOIN assessment a ON a.id = r.assessment_id"
            " WHERE r.current = 1"
        ).fetchall()
    finally:
        connection.close()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
