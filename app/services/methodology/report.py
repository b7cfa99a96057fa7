"""A classification in the form that other programs script against."""

from __future__ import annotations

from typing import Any

from app.services.methodology.types import Outcome
from app.services.methodology.verdicts import Classification, SchoolVerdict


def report_json(classification: Classification) -> dict[str, Any]:
    """Return the JSON contract of ``classify --json``; per cents are rounded to two decimals.

    Beside the contract stand ``resilient`` (a mark of ШНСУ that hold their results, no category
    of its own), ``cluster``, ``isb``, ``social`` and ``region_list``: further keys, null when
    unknown.
    """
    rules = classification.rules
    return {
        "year": classification.year,
        "methodology": f"{rules.title}, версия {rules.version}",
        "schools": [_school(school) for school in classification.schools],
    }


def _school(school: SchoolVerdict) -> dict[str, Any]:
    return {
        "school": school.school,
        "codes": {"fisoko": school.codes.fisoko, "rcoi": school.codes.rcoi},
        "category": school.category.value,
        "basis": school.basis.value,
        "low_procedures": [_low(outcome) for outcome in school.verdict.low],
        "reason": school.reason,
        "warnings": list(school.warnings),
        "resilient": school.verdict.resilient,
        "cluster": school.verdict.cluster.number if school.verdict.cluster else None,
        "isb": _isb(school),
        "social": school.verdict.social.text if school.verdict.social else None,
        "region_list": _region(school),
    }


def _isb(school: SchoolVerdict) -> float | None:
    social = school.verdict.social
    value = social.evidence.isb if social else None
    return None if value is None else round(float(value), 2)


def _region(school: SchoolVerdict) -> dict[str, str] | None:
    listed = school.region
    return None if listed is None else {"category": listed.category.value, "source": listed.source}


def _low(outcome: Outcome) -> dict[str, Any]:
    return {
        "assessment": outcome.procedure.kind.value,
        "subject": outcome.procedure.subject,
        "grade": outcome.procedure.grade,
        "year": outcome.year,
        "participants": outcome.participants,
        "below": outcome.below,
        "percent": None if outcome.percent is None else round(outcome.percent, 2),
    }
