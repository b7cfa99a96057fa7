"""Russian texts of a plan: titles of fields and procedures, values, places, differences."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.enums import AssessmentKind, CodeSystem, CountsOrigin
from app.services.decimals import short
from app.services.importing.facts import Block, Marks, Procedure, SchoolRef
from app.services.importing.plan import Difference
from app.services.source import cells_in_words

REGISTER = "Реестр школ"

FIELD_TITLES: Mapping[str, str] = {
    "short_name": "Краткое наименование",
    "full_name": "Полное наименование",
    "kind": "Вид",
    "settlement": "Населённый пункт",
    "rural": "Сельская",
    "pupils": "Обучающихся",
    "director": "Руководитель",
    "status": "Состояние",
}
"""Fields of a school that a register can give, in the order of a card."""

MARK_TITLES: Mapping[str, str] = {
    "participants": "Участников",
    "n2": "Получили «2», чел.",
    "n3": "Получили «3», чел.",
    "n4": "Получили «4», чел.",
    "n5": "Получили «5», чел.",
    "below": "Ниже минимума, чел.",
    "p2": "Получили «2», %",
    "p3": "Получили «3», %",
    "p4": "Получили «4», %",
    "p5": "Получили «5», %",
    "mean": "Среднее",
}
"""Figures of a result or of a reference row."""

CODE_FIELDS: Mapping[CodeSystem, str] = {CodeSystem.FISOKO: "fisoko", CodeSystem.RCOI: "rcoi"}
"""The name of a code's column in a block."""

_EMPTY = "нет"
# A stored share or mean is compared as files print it: to two decimals.
_TOLERANCE = 0.005


def procedure_title(procedure: Procedure) -> str:
    """Return «ВПР 2025, русский язык, 5 класс»."""
    exam = days_title(procedure.kind, procedure.year, procedure.subject)
    return f"{exam}, {procedure.grade} класс"


def days_title(kind: AssessmentKind, year: int, subject: str) -> str:
    """Return «ОГЭ 2026, математика»: the exam without its grade."""
    if not subject[:2].isupper():
        subject = subject[:1].lower() + subject[1:]
    return f"{kind.value} {year}, {subject}"


def value_text(value: object) -> str:
    """Return a value as people read it: decimal comma, да/нет, «нет» for what is not given."""
    if value is None:
        return _EMPTY
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float):
        return short(value)
    return str(value)


def ref_text(ref: SchoolRef) -> str:
    """Return how the file names a school: its name, or else its codes."""
    return ref.name or ref.codes_text


def ref_cell(block: Block, rows: str) -> str | None:
    """Return the cell that names the school in the first of ``rows``."""
    first = rows.replace("-", ",").partition(",")[0]
    cells = (block.cell(field, first) for field in ("name", "fisoko", "rcoi"))
    return next((plain(cell) for cell in cells if cell), None)


def plain(cell: str | None) -> str | None:
    """Return a cell address as people write it, without the signs of an absolute one."""
    return cell.replace("$", "") if cell else None


def place_text(path: str, sheet: str, cell: str | None) -> str:
    """Return «файл …, лист …, ячейка …»."""
    place = f"файл «{path}», лист «{sheet}»"
    return f"{place}, {cells_in_words(cell)}" if cell else place


def disagreement(old: Marks, new: Marks) -> str | None:
    """Return the first figure that both give and give differently; None when they agree."""
    for name in MARK_TITLES:
        before, after = getattr(old, name), getattr(new, name)
        if before is not None and after is not None and not _same(before, after):
            return name
    return None


def fuller(old: Marks, new: Marks) -> bool:
    """Return whether ``new`` gives figures that ``old`` lacks, and lacks none that it gives.

    Counts stated by a file are fuller than counts that fit its rounded per cents.
    """
    gains = [name for name in MARK_TITLES if getattr(old, name) is None]
    losses = [name for name in MARK_TITLES if getattr(new, name) is None]
    if any(getattr(old, name) is not None for name in losses):
        return False
    adds = any(getattr(new, name) is not None for name in gains)
    return adds or (
        old.origin is CountsOrigin.APPROXIMATE and new.origin is not CountsOrigin.APPROXIMATE
    )


def mark_differences(old: Marks, new: Marks, block: Block, rows: str) -> tuple[Difference, ...]:
    """Return what changes between two observations of one result, with the cells that say so."""
    return tuple(
        Difference(
            title,
            value_text(getattr(old, name)),
            value_text(getattr(new, name)),
            plain(block.cell(name, rows)),
        )
        for name, title in MARK_TITLES.items()
        if not _same(getattr(old, name), getattr(new, name))
    )


def _same(old: object, new: object) -> bool:
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) <= _TOLERANCE
    return old == new
