"""A district of three schools in two years, stored without the import, for tests of pages."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.enums import AssessmentKind
from app.services.workspace import Workspace
from tests.stored import add_block, add_result, add_school

COLUMNS = {"name": "A", "participants": "C", "n2": "D", "p2": "D"}


@dataclass(frozen=True)
class District:
    """Ids by what the rules say of the schools in 2025."""

    low: int
    """ШНОР: two low procedures in 2025, both of eleven pupils."""
    fine: int
    empty: int
    """No results at all."""


def fill(workspace: Workspace) -> District:
    """Store the district and return its schools."""
    low = add_school(
        workspace,
        "МБОУ СОШ № 15",
        fisoko="edu000015",
        kind="СОШ",
        settlement="с. Ёлкино",
        pupils=81,
        search_key="мбоу сош № 15",
    )
    fine = add_school(workspace, "МБОУ СОШ № 2", kind="ООШ", settlement="п. Липки", pupils=240)
    empty = add_school(workspace, "Лицей имени Пушкина", kind="Лицей", pupils=12)
    block = add_block(workspace, COLUMNS)
    russian = (AssessmentKind.VPR, 2025, "Русский язык", 5)
    maths = (AssessmentKind.VPR, 2025, "Математика", 5)
    history = (AssessmentKind.VPR, 2025, "История", 5)
    before = (AssessmentKind.VPR, 2024, "Математика", 5)
    source = {"block_id": block, "rows": "11"}
    add_result(workspace, low, russian, 11, 5, n3=3, n4=2, n5=1, **source)
    add_result(workspace, low, maths, 11, 4, n3=4, n4=2, n5=1, **source)
    add_result(workspace, low, history, 10, 4, n3=4, n4=1, n5=1, **source)
    add_result(workspace, low, before, 12, 1, n3=6, n4=4, n5=1, **source)
    add_result(workspace, fine, russian, 24, 1, n3=9, n4=9, n5=5, **source)
    add_result(workspace, fine, maths, 24, 0, n3=9, n4=9, n5=6, **source)
    return District(low, fine, empty)
