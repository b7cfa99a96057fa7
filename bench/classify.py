"""Categories of a whole region against the bare SQL of the same rows: ``python -m bench.classify``.

1,400 schools, 3 years, 30 procedures a year.  Everything is drawn with a fixed seed; both times are
medians of one run, in turns.  The bare SQL fetches the rows that the rules look at and no others:
the subjects that count, in the year and the year before.  Exit code 1 when a promise is missed.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.models.enums import AssessmentKind, CountsOrigin, RecordKind, SchoolStatus
from app.models.opening import open_database
from app.models.records import Record
from app.models.results import Assessment, Result
from app.models.schools import School
from app.services import methodology
from app.services.methodology import (
    BiasPolicy,
    Cluster,
    ClusterSign,
    Join,
    ProcedureKey,
    RuleSet,
    SocialRule,
    WhatIf,
    YearsBack,
)
from app.services.workspace import Workspace

SCHOOLS, YEARS = 1400, (2023, 2024, 2025)
RATIO_LIMIT = 4.0
"""Promised: classify all with explanations, as a multiple of the bare SQL."""
WHAT_IF_SECONDS = 0.2
"""Promised: the number of schools that change, whatever rule is being edited."""
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

_HELD = [(year, *procedure) for year in YEARS for procedure in _PROCEDURES]


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
    assessments: list[dict[str, Any]] = [
        {"id": key, "year": year, "kind": kind, "subject": subject, "grade": grade}
        for key, (year, kind, subject, grade) in enumerate(_HELD, start=1)
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
    rows = _same_rows(workspace, year)
    bare, whole = _alternating(
        lambda: _bare(path, rows), lambda: methodology.classify(workspace, year)
    )
    ratio = whole / bare
    print(
        f"{SCHOOLS} schools, {len(YEARS)} years, {len(_PROCEDURES)} procedures, median of {_RUNS}"
    )
    print(f"bare SQL of the same {len(_bare(path, rows))} rows   {bare:7.3f} s")
    print(f"classify with explanations       {whole:7.3f} s  {ratio:.1f} x  limit {RATIO_LIMIT}")
    _add_passports(workspace, year)
    slowest = _what_ifs(methodology.WhatIf(workspace, year))
    return int(ratio > RATIO_LIMIT or slowest > WHAT_IF_SECONDS)


def _same_rows(workspace: Workspace, year: int) -> str:
    """Return the condition of the rows that the rules look at."""
    rules = methodology.rules_for(workspace, year)
    counted = [
        place
        for place, (of_year, kind, subject, grade) in enumerate(_HELD, start=1)
        if of_year >= year - 1 and rules.counts(ProcedureKey(kind, subject, grade))
    ]
    return f"a.id IN ({', '.join(map(str, counted))})"


def _add_passports(workspace: Workspace, year: int) -> None:
    """Give every school a social passport: the weights of the ИСБ are tried on them."""
    draw = random.Random(20260102)
    social = methodology.rules_for(workspace, year).social
    names = {i.figures[0][0] for i in social.model.indicators} if social else set()
    records = [
        {
            "identity": f"school:{school}|{RecordKind.PASSPORT.name}|{year}|",
            "kind": RecordKind.PASSPORT,
            "year": year,
            "school_id": school,
            "data": {f"{name}_share": draw.randint(0, 900) / 10 for name in sorted(names)},
            "current": True,
        }
        for school in range(1, SCHOOLS + 1)
    ]
    with workspace.database.write() as session:
        session.execute(insert(Record), records)


def _what_ifs(trial: WhatIf) -> float:
    """Print how long each kind of edit takes the first time it is tried; return the longest."""
    longest = 0.0
    for title, edits in _edits(trial.rules):
        taken = statistics.median(_timed(partial(trial.compare, edit)) for edit in edits)
        longest = max(longest, taken)
        print(f"what if: {title:<24}{taken:7.3f} s           limit {WHAT_IF_SECONDS}")
    return longest


def _edits(rules: RuleSet) -> Iterator[tuple[str, list[RuleSet]]]:
    """Return every kind of edit that the window offers, three of each."""
    zone = rules.risk_zone
    yield (
        "a moved threshold",
        [replace(rules, threshold_percent=Decimal(30 + step)) for step in (1, -1, 5)],
    )
    yield "rule A", [replace(rules, rule_a_procedures=number) for number in (1, 3, None)]
    yield "rule B, years", [replace(rules, rule_b_years=number) for number in (3, 4, None)]
    yield "same or any procedure", _three(rules, rule_b_same=not rules.rule_b_same)
    yield "years in a row", _three(rules, rule_b_years_back=YearsBack.HELD)
    yield "OR, AND", _three(rules, join=Join.AND)
    yield "least participants", [replace(rules, min_participants=n) for n in (5, 10, 20)]
    yield (
        "risk zone",
        [
            replace(rules, risk_zone=replace(zone, growth_points=Decimal(points)))
            for points in (5, 15, 20)
        ],
    )
    yield "bias marks", [replace(rules, bias_policy=policy) for policy in BiasPolicy]
    yield (
        "procedures that count",
        [replace(rules, counted=rules.counted[:number]) for number in (1, 2)],
    )
    yield "no conditions, no ШНСУ", _three(rules, social=None)
    yield "clusters", [replace(rules, clusters=_clusters(number)) for number in (1, 2, 3)]
    if rules.social is not None:
        yield "weights of the ИСБ", [_weighed(rules, rules.social, number) for number in (0, 1, 2)]


def _clusters(number: int) -> tuple[Cluster, ...]:
    signs = tuple(ClusterSign)[:number]
    return tuple(Cluster(n, sign.value, (sign,), "", False) for n, sign in enumerate(signs, 1))


def _weighed(rules: RuleSet, social: SocialRule, number: int) -> RuleSet:
    """Return the rules with one weight of the model doubled, and a quartile to decide by."""
    indicators = list(social.model.indicators)
    indicators[number] = replace(indicators[number], weight=2 * indicators[number].weight)
    model = replace(social.model, indicators=tuple(indicators))
    return replace(rules, social=replace(social, model=model, quartile_from_schools=8))


def _three(rules: RuleSet, **changes: Any) -> list[RuleSet]:
    """Return an edit that has no sizes, with three least numbers so that none is remembered."""
    return [replace(rules, **changes, min_participants=least) for least in (1, 2, 3)]


def _alternating(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of two works that take turns: a busy machine slows both alike."""
    times = [(_timed(one), _timed(other)) for _ in range(_RUNS)]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _bare(path: Path, rows: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(
            "SELECT r.school_id, a.kind, a.subject, a.grade, a.year, r.participants, r.below, r.n2,"
            " r.origin, r.p2 FROM result r JOIN assessment a ON a.id = r.assessment_id"
            f" WHERE r.current = 1 AND {rows}"
        ).fetchall()
    finally:
        connection.close()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
