"""Lists and cards of schools, with the source and the history of each field."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.errors import UserError
from app.models.enums import CodeSystem
from app.models.schools import SchoolAlias, SchoolCode, SchoolValue
from app.services.schools import list_schools, school_card
from app.services.sorting import natural_key
from app.services.source import cell_address, first_row
from app.services.workspace import Workspace
from tests.stored import add_block, add_school


@pytest.mark.parametrize(
    "names",
    [
        ["МКОУ СОШ №2", "МАОУ СОШ №15", "МБОУ СОШ № 115"],
        ["МБОУ «Гимназия №4»", "МАОУ «Ёлкинская СОШ»", "МАОУ «Жуковская СОШ»"],
        ["МАОУ СОШ №1", "МБОУ СОШ №1"],
        ["ООШ № 3", "МБОУ СОШ № 3"],
    ],
)
def test_names_sort_as_people_expect(names: list[str]) -> None:
    rotated = [*names[1:], names[0]]
    assert sorted(rotated, key=natural_key) == names


def test_a_list_has_codes_and_leaves_unknown_empty(workspace: Workspace) -> None:
    add_school(workspace, "МАОУ СОШ №15", "edu015", "01515", pupils=120)
    add_school(workspace, "МКОУ СОШ №2")
    second, fifteenth = list_schools(workspace)
    assert (second.short_name, second.fisoko, second.rcoi, second.pupils) == (
        "МКОУ СОШ №2",
        None,
        None,
        None,
    )
    assert (fifteenth.fisoko, fifteenth.rcoi, fifteenth.pupils) == ("edu015", "01515", 120)


def test_an_old_code_is_on_the_card_but_not_in_the_list(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая", "edu001")
    with workspace.database.write() as session:
        session.execute(update(SchoolCode).values(current=False))
        session.add(SchoolCode(school_id=school, system=CodeSystem.FISOKO, code="edu777"))
    assert list_schools(workspace)[0].fisoko == "edu777"
    codes = school_card(workspace, school).codes
    assert [(code.code, code.current) for code in codes] == [("edu777", True), ("edu001", False)]


def test_a_card_shows_cells_and_earlier_values(workspace: Workspace) -> None:
    school = add_school(workspace, "Первая", pupils=210, rural=True)
    old_block = add_block(workspace, {"pupils": "D"}, "Реестр 2024.xlsx", "Школы")
    new_block = add_block(workspace, {"pupils": "E", "rural": "F", "fisoko": "A"}, "Реестр.xlsx")
    with workspace.database.write() as session:
        first = SchoolValue(
            school_id=school,
            field="pupils",
            value="190",
            block_id=old_block,
            rows="7",
            current=False,
        )
        session.add(first)
        session.flush()
        session.add_all(
            [
                SchoolValue(
                    school_id=school,
                    field="pupils",
                    value="210",
                    block_id=new_block,
                    rows="9",
                    replaced_id=first.id,
                ),
                SchoolValue(
                    school_id=school, field="rural", value="да", block_id=new_block, rows="9"
                ),
                SchoolCode(
                    school_id=school,
                    system=CodeSystem.FISOKO,
                    code="edu1",
                    block_id=new_block,
                    rows="9",
                ),
                SchoolAlias(school_id=school, name="Школа первая", key="первая"),
            ]
        )
    card = school_card(workspace, school)
    fields = {field.field: field for field in card.fields}
    pupils = fields["pupils"]
    assert (pupils.title, pupils.value) == ("Обучающихся", "210")
    assert pupils.source is not None
    assert (pupils.source.file, pupils.source.cell) == ("Реестр.xlsx", "E9")
    (past,) = pupils.history
    assert past.value == "190"
    assert past.source is not None
    assert past.source.sentence().startswith("Реестр 2024.xlsx, лист «Школы», ячейка D7")
    assert fields["rural"].value == "да"
    assert fields["director"].value == ""
    assert fields["director"].source is None
    assert fields["status"].value == "действует"
    assert card.codes[0].source is not None
    assert card.codes[0].source.cell == "A9"
    assert [alias.name for alias in card.aliases] == ["Школа первая"]
    assert card.aliases[0].source is None


def test_a_missing_school_is_said(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="больше нет в реестре"):
        school_card(workspace, 404)


def test_addresses_of_rows_and_of_whole_blocks() -> None:
    columns = {"mean": "V", "year": "$A$1"}
    assert cell_address(columns, "mean", "3,8-12") == "V3,V8:V12"
    assert cell_address(columns, "year", "3") == "$A$1"
    assert cell_address(columns, "n2", "3") is None
    assert [first_row("3,8-12"), first_row("8-12"), first_row(None)] == [3, 8, 0]
