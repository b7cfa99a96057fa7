"""Records as tables and cards show them, with the cell behind each figure."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.enums import AssessmentKind, RecordKind, ReferenceScope
from app.services.importing.facts import Procedure, RecordFact
from app.services.records import (
    export_bias,
    export_passports,
    list_records,
    passport,
    school_records,
    sources,
    years,
)
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.importing.loads import load
from tests.importing.test_record_rows import COLUMNS, ONE, REGISTER, TWO, compared
from tests.importing.test_record_rows import passport as fact
from tests.importing.test_record_rows import records as file

SHARES = {**COLUMNS, "large_families_share": "F"}


@pytest.fixture
def loaded(workspace: Workspace) -> dict[str, int]:
    """Two schools, passports of two years, of the newest from two files."""
    first = file(
        "А.xlsx",
        fact(5, ONE, pupils=504, large_families=89, large_families_share=17.7),
        fact(6, TWO, pupils=198),
        columns=SHARES,
    )
    load(workspace, REGISTER, first, file("Старый.xlsx", fact(5, ONE, year=2024, pupils=500)))
    load(
        workspace, file("Б.xlsx", fact(9, ONE, orphans=3), columns={"fisoko": "A", "orphans": "E"})
    )
    return {school.short_name: school.id for school in list_schools(workspace)}


def test_years_and_tables_of_a_kind(workspace: Workspace, loaded: dict[str, int]) -> None:
    assert years(workspace, RecordKind.PASSPORT) == (2025, 2024)
    rows = list_records(workspace, RecordKind.PASSPORT, 2025)
    assert [row.school for row in rows] == ["МКОУ СОШ №1", "МАОУ Троицкая СОШ"]
    assert rows[0].file == "Б.xlsx"
    assert list_records(workspace, RecordKind.ISB) == ()


def test_a_passport_shows_each_figure_with_its_cell(
    workspace: Workspace, loaded: dict[str, int]
) -> None:
    shown = passport(workspace, loaded["МКОУ СОШ №1"])
    assert shown is not None
    assert shown.year == 2025
    assert [one.name for one in shown.figures] == ["pupils", "large_families", "orphans"]
    families = shown.figures[1]
    assert (families.value, families.share) == (89, 17.7)
    assert families.source is not None
    assert families.share_source is not None
    assert (families.source.file, families.source.cell) == ("А.xlsx", "D5")
    assert families.share_source.cell == "F5"
    orphans = shown.figures[2].source
    assert orphans is not None
    assert (orphans.file, orphans.cell) == ("Б.xlsx", "E9")


def test_no_passport_and_no_record(workspace: Workspace, loaded: dict[str, int]) -> None:
    assert passport(workspace, loaded["МАОУ Троицкая СОШ"], 2024) is None
    with pytest.raises(UserError):
        sources(workspace, 999)


def test_the_district_stands_before_schools(workspace: Workspace, loaded: dict[str, int]) -> None:
    journal = {"participants": "B", "lowered": "C", "name": "A"}
    own = Procedure(AssessmentKind.VPR, 2025, "Математика", 5)
    data = {"participants": 9, "lowered": 1}
    one = RecordFact(RecordKind.JOURNAL, 2025, data, "8", ref=ONE, procedure=own)
    load(workspace, file("Журнал.xlsx", one, compared(5, "Район", 3), columns=journal))
    rows = list_records(workspace, RecordKind.JOURNAL)
    assert [(row.scope, row.school) for row in rows] == [
        (ReferenceScope.DISTRICT, "Район"),
        (None, "МКОУ СОШ №1"),
    ]
    assert rows[1].procedure == (AssessmentKind.VPR, 2025, "Математика", 5)
    kinds = [row.kind for row in school_records(workspace, loaded["МКОУ СОШ №1"])]
    assert kinds == [RecordKind.PASSPORT, RecordKind.PASSPORT, RecordKind.JOURNAL]


def test_passports_for_other_programs(workspace: Workspace, loaded: dict[str, int]) -> None:
    rows = export_passports(workspace, 2025, loaded["МКОУ СОШ №1"])
    assert rows == [
        {
            "school": "МКОУ СОШ №1",
            "codes": {"fisoko": "edu000001", "rcoi": "01307"},
            "year": 2025,
            "values": {
                "Всего обучающихся": 504,
                "Обучающиеся из многодетных семей": 89,
                "Дети-сироты и дети, оставшиеся без попечения родителей": 3,
            },
            "shares": {"Обучающиеся из многодетных семей": 17.7},
            "source": {"file": "Б.xlsx", "sheet": "Лист1", "row": 9},
        }
    ]


def test_marks_of_bias_for_other_programs(workspace: Workspace, loaded: dict[str, int]) -> None:
    columns = {"fisoko": "A", "marker_4 РУ": "B", "marker_5 МА": "C", "any": "D"}
    marked = {"marker_5 МА": 1, "marker_4 РУ": 1, "any": 1}
    facts = (
        RecordFact(RecordKind.BIAS, 2025, marked, "2", ref=ONE),
        RecordFact(RecordKind.BIAS, 2025, {"any": 1}, "3", ref=TWO),
        RecordFact(RecordKind.BIAS, 2024, {"marker_4 РУ": 0}, "4", ref=TWO),
    )
    load(workspace, file("Список.xlsx", *facts, columns=columns))
    found = {row["school"]: row["markers"] for row in export_bias(workspace)}
    assert found == {
        "МКОУ СОШ №1": ["4 РУ", "5 МА"],
        "МАОУ Троицкая СОШ": ["Школа с необъективностью"],
    }
