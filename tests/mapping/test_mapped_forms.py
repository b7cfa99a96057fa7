"""Forms of one school that no layout knows: figures below each other, mapped once by a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from app.models.enums import RecordKind
from app.services import mapping
from app.services.importing import discard, prepare
from app.services.importing.archive import write_without
from app.services.importing.facts import RecordFact
from app.services.importing.grid import Sheet, Workbook
from app.services.importing.mapped import (
    How,
    MappingError,
    Origin,
    Role,
    TableKind,
    TableMap,
    faults,
    find,
    fingerprint_of,
    from_json,
    interpret,
    place_all,
    place_form,
    preview,
    to_json,
)
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.importing.layouts.layout_sheets import said, sheet
from tests.journeys.messy_books import Tab, write

ROWS: tuple[str, ...] = (
    "Сведения о контингенте",
    "МБОУ «Лесная СОШ»",
    "за 2025 год",
    "№;Наименование строки;;Итого",
    "1;Контингент на начало года;чел.;120",
    "2;Дети из семей, где трое и больше;чел.;21",
    "3;Оформлена опека;чел.;4",
    "4;Ведёт форму;;Примерова П. П.",
)
FIELDS = {5: "pupils", 6: "large_families", 7: "guardianship"}


def form() -> Sheet:
    """Return the form of one school."""
    return sheet(*ROWS)


def mapped(made: Sheet) -> TableMap:
    """Return the mapping of the form as a person makes it."""
    body = place_form(made, (1, 1), RecordKind.PASSPORT)
    columns = tuple(
        replace(one, role=Role.FIELD, field=FIELDS[one.column + 1])
        if one.column + 1 in FIELDS
        else replace(one, role=Role.IGNORED, field="")
        for one in body.columns
    )
    return replace(body, columns=columns)


def record(made: Sheet, body: TableMap) -> RecordFact:
    """Return the only record of a form."""
    (block,) = interpret(made, body).extract.blocks
    (fact,) = block.facts
    assert isinstance(fact, RecordFact)
    return fact


def test_guess_finds_labels_values_year_and_school() -> None:
    body = place_form(form(), None, RecordKind.PASSPORT)
    assert (body.turned, body.kind) == (True, TableKind.RECORD)
    assert (body.header[0], body.data) == (1, 3)
    assert body.school == "A2"
    assert body.origins["year"].how is How.TITLES
    assert "Контингент на начало года" in [one.title for one in body.columns]
    roles = {one.column + 1: one.role for one in body.columns}
    assert (roles[4], roles[5], roles[8]) == (Role.IGNORED, Role.OPEN, Role.PERSONAL)


def test_title_that_only_mentions_a_school_does_not_name_it() -> None:
    made = sheet("Сведения о контингенте школы", "МБОУ Лесная СОШ", "Контингент, 2025;120")
    assert place_form(made, None, RecordKind.PASSPORT).school == "A2"


def test_figures_come_with_the_cells_in_which_they_stand() -> None:
    made = form()
    body = mapped(made)
    assert not faults(body)
    fact = record(made, body)
    assert fact.data == {"pupils": 120, "large_families": 21, "guardianship": 4}
    assert fact.ref is not None
    assert (fact.ref.name, fact.year, fact.rows) == ("МБОУ «Лесная СОШ»", 2025, "5-7")
    (block,) = interpret(made, body).extract.blocks
    cells = {name: block.cell(name, fact.rows) for name in ("pupils", "name", "year")}
    assert cells == {"pupils": "$D$5", "name": "$A$2", "year": "$A$3"}


def test_fault_names_the_cell_of_the_form() -> None:
    made = sheet(*(row.replace(";21", ";много") for row in ROWS))
    (problem,) = said(interpret(made, mapped(made)).extract.problems, "много")
    assert (problem.cell, problem.row) == ("D6", 6)


def test_line_may_name_the_school() -> None:
    made = sheet("за 2025 год", "Чей бланк;МБОУ Лесная СОШ", "Контингент;120")
    body = place_form(made, (0, 0), RecordKind.PASSPORT)
    assert body.data == 1
    names = {"Чей бланк": "name", "Контингент": "pupils"}
    columns = tuple(
        replace(one, role=Role.FIELD, field=names[one.title])
        if one.title in names
        else replace(one, role=Role.IGNORED)
        for one in body.columns
    )
    body = replace(body, columns=columns, school="", origins={"year": Origin(How.CELL, "A1")})
    fact = record(made, body)
    assert fact.ref is not None
    assert (fact.ref.name, fact.year, fact.data) == ("МБОУ Лесная СОШ", 2025, {"pupils": 120})


def test_form_of_another_school_is_known_again_lower_on_its_sheet() -> None:
    body = mapped(form())
    other = sheet("", *(row.replace("Лесная", "Речная").replace(";120", ";80") for row in ROWS))
    found = find(other, {fingerprint_of(body): body})
    assert found is not None
    fact = record(other, found[1])
    assert fact.ref is not None
    assert (fact.ref.name, fact.data["pupils"]) == ("МБОУ «Речная СОШ»", 80)


def test_form_is_no_table_with_the_same_titles() -> None:
    body = mapped(form())
    table = Sheet("Лист1", [list(cells) for cells in zip(*form().rows[4:7], strict=False)])
    assert find(table, {fingerprint_of(body): body}) is None
    plain = place_all(table, (1, 1), TableKind.RECORD, RecordKind.PASSPORT)
    assert fingerprint_of(plain) != fingerprint_of(body)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"school": ""}, "Не указано, где названа школа"),
        ({"school": "тут"}, "не адрес ячейки"),
        ({"kind": TableKind.REGISTER, "record": None}, "только у сведений о школах"),
    ],
)
def test_form_that_is_not_whole_says_why(changed: dict[str, object], reason: str) -> None:
    body = replace(mapped(form()), **changed)  # type: ignore[arg-type]
    assert any(reason in sentence for sentence in faults(body))


def test_open_lines_are_called_by_their_rows() -> None:
    body = place_form(form(), (1, 1), RecordKind.PASSPORT)
    assert any(sentence.startswith("Не указано, что в строках:") for sentence in faults(body))


def test_json_keeps_a_form_and_a_table_stays_as_it_was() -> None:
    body = mapped(form())
    said_of_it = to_json(body)
    assert said_of_it["turned"] is True
    again = from_json(said_of_it)
    assert (again.turned, again.school, again.columns) == (True, "A2", body.columns)
    with pytest.raises(MappingError):
        from_json({**said_of_it, "turned": "да"})
    plain = place_all(form(), (3, 3), TableKind.RECORD, RecordKind.PASSPORT)
    assert not {"turned", "school"} & to_json(plain).keys()


def test_preview_counts_the_columns_of_the_form() -> None:
    made = form()
    seen = preview(made, mapped(made))
    assert (seen.facts, seen.errors, seen.tally.data) == (1, 0, 1)


def test_personal_line_alone_is_blank_in_the_kept_copy(tmp_path: Path) -> None:
    made = form()
    body = mapped(made)
    columns = tuple(
        replace(one, role=Role.PERSONAL) if one.column == 5 else one for one in body.columns
    )
    personal = interpret(made, replace(body, columns=columns)).extract.personal
    last = max(map(len, made.rows))
    assert [(one.column, one.first_row, one.alone) for one in personal] == [
        (column, 5, True) for column in range(3, last)
    ]
    copy = tmp_path / "копия.xlsx"
    write_without(Workbook("xlsx", (made,)), personal, (), copy, NoProgress())
    page = openpyxl.load_workbook(copy).active
    assert page is not None
    kept = [page.cell(row, 4).value for row in range(5, 9)]
    assert [made.text(row, 3) for row in range(4, 8)] == ["120", "21", "4", "Примерова П. П."]
    assert [kept[0], kept[1], kept[2]] == [120, None, 4]


def test_remembered_form_is_carried_and_loaded_as_last_time(
    workspace: Workspace, tmp_path: Path
) -> None:
    body = mapped(form())
    carried = mapping.export_mapping("Контингент школы", body, tmp_path / "Бланк.json")
    mapping.import_mapping(workspace, carried)
    path = tmp_path / "Бланк Лесной.xlsx"
    write(path, Tab("Форма", form().rows))  # type: ignore[arg-type]
    plan = prepare(workspace, [path], NoProgress())
    discard(plan)
    (file,) = plan.files
    assert file.layout == "mapped"
    (question,) = plan.questions
    assert "Лесная СОШ" in question.name
