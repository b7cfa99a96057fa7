"""Variants of the register (L16): staff, building, the region's list and bias beside schools."""

from __future__ import annotations

from app.models.enums import RecordKind
from tests.importing.layouts.layout_sheets import errors, read, said, schools, sheet
from tests.importing.layouts.record_sheets import cell, records

HEADER = (
    "Название школы;Код РЦОИ;Сменность;Мощность;Кол-во учащихся;Кол-во работников;"
    "Кол-во учителей;Район;ШНОР;Школа с необъективностью"
)
ROWS = (
    "МКОУ Озёрская СОШ;01307;2;300;310;40;25;Озёрский;да;нет",
    "МБОУ Лесная ООШ;01308;1;120;61;15;;Озёрский;;1",
)


def test_a_register_of_a_year_gives_records_too() -> None:
    extract = read(sheet("Реестр школ, 2025 год", HEADER, *ROWS), "register")
    assert len(schools(extract)) == 2
    found = {(fact.kind, fact.ref.name if fact.ref else ""): fact for fact in records(extract)}
    staff = found[RecordKind.STAFF, "МКОУ Озёрская СОШ"]
    assert staff.data == {"shifts": 2, "capacity": 300, "employees": 40, "teachers": 25}
    assert staff.year == 2025
    assert cell(extract, staff, "capacity") == "D3"
    assert cell(extract, staff, "name") == "A3"
    assert "teachers" not in found[RecordKind.STAFF, "МБОУ Лесная ООШ"].data
    assert found[RecordKind.REGION_LIST, "МКОУ Озёрская СОШ"].data == {"shnor": 1}
    assert (RecordKind.REGION_LIST, "МБОУ Лесная ООШ") not in found
    assert found[RecordKind.BIAS, "МБОУ Лесная ООШ"].data == {"any": 1}
    assert extract.rows_read == 2
    assert not extract.problems


def test_without_a_year_the_columns_are_told_and_schools_go_in() -> None:
    extract = read(sheet("Реестр школ", HEADER, *ROWS), "register")
    assert len(schools(extract)) == 2
    assert records(extract) == []
    (problem,) = said(extract.problems, "«ШНОР»")
    assert problem.cell == "C2"
    assert not errors(extract.problems)


def test_a_short_register_gives_the_same_and_says_which_year_a_date_means() -> None:
    made = sheet(
        "Реестр школ по состоянию на 01.09.2025",
        "Наименование ОО;Код РЦОИ;ШНОР;Школа с необъективностью",
        "МКОУ Озёрская СОШ;01307;да;да",
    )
    extract = read(made, "register")
    assert len(schools(extract)) == 1
    assert [(one.kind, one.year) for one in records(extract)] == [
        (RecordKind.REGION_LIST, 2026),
        (RecordKind.BIAS, 2026),
    ]
    (problem,) = extract.problems
    assert problem.cell == "A1"
    assert "2025/2026 учебный год, в базе – 2026" in problem.message


def test_a_list_for_a_purpose_is_no_register() -> None:
    made = sheet("Перечень школ, 2025 год", "ОО;Код РЦОИ;ШНОР", "МКОУ Озёрская СОШ;01307;да")
    assert len(records(read(made, "region_list"))) == 1
