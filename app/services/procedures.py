"""In which grades assessments are held, by kind and subject: ``resources/subjects.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.paths import resource


@cache
def grades_of(kind: AssessmentKind, subject: str | None = None) -> tuple[int, ...]:
    """Return the grades in which a kind is held, ascending; of a subject where it has its own."""
    own = {} if subject is None else _subjects().get(subject, {}).get("grades", {})
    return tuple(own.get(kind.value) or _grades()[kind.value])


@cache
def kinds_of(subject: str) -> tuple[str, ...]:
    """Return the kinds of assessment that have a subject; none for one that is not known."""
    entry = _subjects().get(subject)
    if entry is None:
        return ()
    return tuple(entry.get("assessments", [kind.value for kind in AssessmentKind]))


def subject_names() -> tuple[str, ...]:
    """Return the subjects that results carry, in the order of the catalogue."""
    return tuple(_subjects())


@cache
def exam_grades() -> Mapping[AssessmentKind, int]:
    """Return the grade that each exam ends: the kinds that are held in one grade alone."""
    return {kind: grades_of(kind)[0] for kind in AssessmentKind if len(grades_of(kind)) == 1}


def _grades() -> Mapping[str, list[int]]:
    grades: Mapping[str, list[int]] = _catalogue()["grades"]["held"]
    return grades


@cache
def _subjects() -> Mapping[str, Mapping[str, Any]]:
    return {entry["name"]: entry for entry in _catalogue()["subjects"]}


@cache
def _catalogue() -> Mapping[str, Any]:
    path = resource("subjects.json")
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        named = {entry["name"] for entry in loaded["subjects"]}
        held = {kind.value: loaded["grades"]["held"][kind.value] for kind in AssessmentKind}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken(path.name) from error
    if not named or not all(held.values()):
        raise _broken(path.name)
    return dict(loaded)


def _broken(name: str) -> ResourceError:
    return ResourceError(f"Файл программы «{name}» не читается.", "Установите программу заново.")
