"""The categories of a year as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.console import counted
from app.models.enums import Category
from app.services.methodology import Classification, SchoolVerdict

_LISTED = (
    Category.SHNOR_SHNSU,
    Category.SHNOR,
    Category.SHNSU,
    Category.RISK_ZONE,
)
"""Categories that are written out school by school; the rest are counted."""


def as_text(classification: Classification) -> str:
    """Return the schools that need attention with the reason of each, and the rule they fall by."""
    rules = classification.rules
    lines = [
        f"{classification.year} год. Методика: {rules.title}, версия {rules.version}.",
        *(f"  Основание: {basis.title}{_doubt(basis.confirmed)}" for basis in rules.legal_basis),
    ]
    for category in _LISTED:
        lines += _category(category, classification.of(category))
    rest = [school for school in classification.of(Category.NONE) if not _is_silent(school)]
    lines += ["", f"Вне групп: {_schools(len(rest))}."]
    return "\n".join([*lines, *_silent(classification), *_against_region(classification)])


def _schools(number: int) -> str:
    return counted(number, "школа", "школы", "школ")


def _is_silent(school: SchoolVerdict) -> bool:
    """Whether nothing is known of the school and nobody has decided: it is in no group at all."""
    return school.verdict.no_data and school.decision is None


def _silent(classification: Classification) -> Iterator[str]:
    names = [school.school for school in classification.schools if _is_silent(school)]
    if names:
        yield f"Нет данных за {classification.year} год: {_schools(len(names))}."
        yield f"  {'; '.join(names)}"


def _against_region(classification: Classification) -> Iterator[str]:
    """Name the schools outside every group that the region's list names."""
    apart = [s for s in classification.of(Category.NONE) if s.against_region]
    for number, school in enumerate(apart, start=1):
        if number == 1:
            yield "\nВ списке региона, а по расчёту вне групп или без данных:"
        yield f"  {number}. {school.school}. {school.reason}"
        yield from (f"     ! {warning}" for warning in school.warnings)


def _doubt(confirmed: bool) -> str:
    return "" if confirmed else " (не подтверждено источником)"


def _marks(school: SchoolVerdict) -> str:
    """Return what stands beside the category: the cluster, резильентная."""
    cluster = school.verdict.cluster
    marks = [f"кластер № {cluster.number}"] if cluster else []
    marks += ["резильентная"] if school.verdict.resilient else []
    return f" ({', '.join(marks)})" if marks else ""


def _category(category: Category, schools: tuple[SchoolVerdict, ...]) -> Iterator[str]:
    if not schools:
        if category is Category.SHNOR:
            yield "\nШНОР: таких школ нет."
        return
    yield f"\n{category.value}: {_schools(len(schools))}"
    for number, school in enumerate(schools, start=1):
        yield f"  {number}. {school.school}{_marks(school)}. {school.reason}"
        for warning in school.warnings:
            yield f"     ! {warning}"
