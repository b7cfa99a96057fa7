"""A count left out beside a share of 0 % in passports: 0 where that is sure, told in any case."""

from __future__ import annotations

from tests.importing.layouts.layout_sheets import errors, read, said, sheet
from tests.importing.layouts.record_sheets import cell, record, records

TABLE = (
    "Сводный социальный паспорт на 2024/2025 учебный год",
    "№;Школа;Всего учащихся;Многодетные семьи;;Дети под опекой;;Дети-инвалиды;",
    ";;;чел.;%;чел.;%;чел.;%",
)


def test_dash_beside_no_per_cent_is_nobody_and_told() -> None:
    extract = read(
        sheet(*TABLE, "1;МКОУ СОШ №3;50;9;18;-;0;1;2", "2;МБОУ СОШ №4;109;22;20,2;—;0,0;-;1,8"),
        "social_passport",
    )
    first, second = records(extract)
    assert (first.data["guardianship"], first.data["guardianship_share"]) == (0, 0)
    assert second.data["guardianship"] == 0
    assert "disabled" not in second.data  # a share above 0 does not say how many
    assert cell(extract, first, "guardianship") == "F4"
    (told,) = said(extract.problems, "записано как 0")
    assert told.cell == "F4:F5"
    assert errors(extract.problems) == []


def test_blank_or_no_data_beside_a_formula_of_nought_is_not_nobody() -> None:
    rows = ("1;МКОУ СОШ №3;50;9;18;;0;1;2", "2;МБОУ СОШ №4;50;10;20;н/д;0;1;2")
    extract = read(sheet(*TABLE, *rows), "social_passport")
    assert not any("guardianship" in one.data for one in records(extract))
    assert said(extract.problems, "число не записано")[0].cell == "F4:F5"


def test_share_that_may_be_rounded_to_nought_says_no_count() -> None:
    extract = read(
        sheet(*TABLE, "1;МКОУ СОШ №3;616;32;5;-;0;7;1"),
        "social_passport",
    )
    assert "guardianship" not in record(extract).data
    (told,) = said(extract.problems, "число не записано")
    assert told.cell == "F4"


def test_dashes_in_both_cells_are_no_values() -> None:
    extract = read(sheet(*TABLE, "1;МКОУ СОШ №3;50;9;18;-;-;1;2"), "social_passport")
    assert "guardianship" not in record(extract).data
    assert [(one.cell, "прочерк" in one.message) for one in extract.problems] == [("F4", True)]


def test_form_of_one_school() -> None:
    form = read(
        sheet(
            "Социальный паспорт", "МКОУ Ключевская СОШ", "2024/2025 учебный год",
            "Показатель;чел.;%", "Всего обучающихся;100;", "Многодетные семьи;7;7",
            "Дети под опекой;-;0", "Дети-инвалиды;-;1",
        ),
        "social_passport_form",
    )  # fmt: skip
    assert record(form).data["guardianship"] == 0
    assert "disabled" not in record(form).data
    assert cell(form, record(form), "guardianship") == "B7"
    assert said(form.problems, "записано как 0")[0].cell == "B7"
