"""What is expected from schools in a year, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.models.enums import AssessmentKind
from app.paths import resource
from app.services.forms.types import Expected
from app.services.importing import FormDeclaration, form_declarations


@dataclass(frozen=True)
class Rule:
    """When something expected counts as handed in.

    ``required`` are figures of the record of its blank; ``subjects`` are groups, one result of
    each group and grade is enough; ``grades_of_kinds`` overrides ``grades`` for kinds of schools.
    """

    expected: Expected
    form: FormDeclaration | None
    required: tuple[str, ...]
    assessment: AssessmentKind | None
    grades: tuple[int, ...]
    grades_of_kinds: Mapping[str, tuple[int, ...]]
    subjects: tuple[tuple[str, ...], ...]

    def grades_of(self, kind: str | None) -> tuple[int, ...]:
        """Return the grades that a school of this kind answers for; empty when it has none."""
        if self.form is not None and (kind or "") in self.form.kinds_without:
            return ()
        return self.grades_of_kinds.get(kind or "", self.grades)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return everything expected, in the order of the columns; ResourceError when broken."""
    path = resource("forms", "expected.json")
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["expected"]
        return tuple(_rule(entry) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(
            "Файл программы «forms/expected.json» не читается.", "Установите программу заново."
        ) from error


def expected() -> tuple[Expected, ...]:
    """Return everything that schools are expected to hand in, in the order of the columns."""
    return tuple(rule.expected for rule in rules())


def _rule(entry: Mapping[str, Any]) -> Rule:
    blank = entry.get("blank")
    kind = entry.get("assessment")
    return Rule(
        expected=Expected(entry["key"], entry["title"], entry["short"], blank),
        form=form_declarations()[blank] if blank else None,
        required=tuple(entry.get("required", ())),
        assessment=AssessmentKind(kind) if kind else None,
        grades=tuple(entry.get("grades", ())),
        grades_of_kinds={k: tuple(v) for k, v in entry.get("grades_of_kinds", {}).items()},
        subjects=tuple(tuple(group) for group in entry.get("subjects", ())),
    )
