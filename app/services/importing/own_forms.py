"""The program's own forms as data: what a blank asks for and how it says of itself what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.models.enums import AssessmentKind, RecordKind
from app.services.importing.subjects import load_resource

FORM_MARK = "opora-form"
"""Stands in the first, hidden cell of every blank; beside it key, version, year, codes, name."""

FORM_SCHOOL_ROW = "@school"
"""In the hidden column: the row whose visible cell says the school's name."""

FORM_VALUE = "value"
"""In the hidden row of names: the column with the values of a form of single figures."""

KEYS = ("passport", "staff", "oge", "ege")
"""Forms in the order of their sheets; each is a file of ``resources/forms``."""


class FieldType(StrEnum):
    """What may stand in a cell of a form."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FormField:
    """One figure that a form asks for; ``name`` is that of ``resources/records`` or of Marks.

    ``not_above`` names the figure of the same form (or row) that this one is a part of.
    """

    name: str
    title: str
    unit: str
    type: FieldType
    least: float = 0
    most: float = 0
    choices: tuple[str, ...] = ()
    not_above: str | None = None


@dataclass(frozen=True, slots=True)
class FormSection:
    """Figures under one heading."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class FormDeclaration:
    """A form: either ``sections`` of single figures, or ``columns`` for each of ``subjects``.

    ``kinds_without`` are kinds of schools that never hand it in: they have no such grade.
    """

    key: str
    version: int
    title: str
    sheet: str
    lead: str
    sections: tuple[FormSection, ...] = ()
    record: RecordKind | None = None
    assessment: AssessmentKind | None = None
    grade: int = 0
    subjects: tuple[str, ...] = ()
    columns: tuple[FormField, ...] = ()
    kinds_without: frozenset[str] = frozenset()

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every single figure, in order; empty for a form by subjects."""
        return tuple(field for section in self.sections for field in section.fields)


@lru_cache(maxsize=1)
def form_declarations() -> Mapping[str, FormDeclaration]:
    """Return every form by its key; ``ResourceError`` when a file of theirs is broken."""
    return {key: _declaration(key) for key in KEYS}


def _declaration(key: str) -> FormDeclaration:
    body = load_resource("forms", f"{key}.json")
    try:
        return FormDeclaration(
            key=body["key"],
            version=body["version"],
            title=body["title"],
            sheet=body["sheet"],
            lead=body["lead"],
            sections=tuple(_section(one) for one in body.get("sections", ())),
            record=RecordKind(body["record"]) if "record" in body else None,
            assessment=AssessmentKind(body["assessment"]) if "assessment" in body else None,
            grade=body.get("grade", 0),
            subjects=tuple(body.get("subjects", ())),
            columns=tuple(_field(one) for one in body.get("columns", ())),
            kinds_without=frozenset(body.get("kinds_without", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ResourceError(
            f"Файл программы «forms/{key}.json» описывает бланк неверно.",
            "Установите программу заново.",
        ) from error


def _section(body: Mapping[str, Any]) -> FormSection:
    return FormSection(body["title"], tuple(_field(one) for one in body["fields"]))


def _field(body: Mapping[str, Any]) -> FormField:
    return FormField(
        name=body["name"],
        title=body["title"],
        unit=body["unit"],
        type=FieldType(body["type"]),
        least=body.get("min", 0),
        most=body.get("max", 0),
        choices=tuple(body.get("choices", ())),
        not_above=body.get("not_above"),
    )
