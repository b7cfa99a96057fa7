"""Tables of a programme's document: they show what the pages of the window show."""

from __future__ import annotations

import pytest

from app.models.enums import ActivityStatus, AssessmentKind, ProgrammeKind, RoadmapMode
from app.models.roadmaps import Activity, Roadmap, RoadmapGroup
from app.services import programmes, roadmap, settings
from app.services.charts import Bars, Stack
from app.services.documents import programme as builder
from app.services.documents.blocks import Cell, Paragraph, Table, Title
from app.services.documents.language import NBSP
from app.services.documents.programme.facts import ItemFacts, TableFacts
from app.services.documents.programme.parts_content import part_blocks
from app.services.documents.programme.plan_content import roadmap_blocks
from app.services.documents.programme.results_rows import result_facts
from app.services.documents.programme.roadmap_rows import roadmap_facts, roadmaps_of
from app.services.documents.programme.support_content import table_blocks
from app.services.workspace import Workspace
from tests.documents.programmes import add_programme
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school


@pytest.fixture
def programme(workspace: Workspace) -> int:
    """Store the office and a full programme; return its id."""
    settings.save_office(workspace, DETAILS)
    return add_programme(workspace)


def shown(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def cells(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[shown(cell) for cell in row] for row in (*table.head, *table.rows)]


def test_marks_of_the_compulsory_exams_stand_by_school_with_the_district(
    workspace: Workspace,
) -> None:
    first, second = add_school(workspace, "Озёрская СОШ"), add_school(workspace, "Лесная СОШ")
    for school, counts in ((first, (1, 2, 4, 3)), (second, (3, 3, 3, 1))):
        marks = dict(zip(("n2", "n3", "n4", "n5"), counts, strict=True))
        for subject in ("Математика", "Русский язык", "Химия"):
            key = (AssessmentKind.OGE, 2025, subject, 9)
            add_result(workspace, school, key, 10, counts[0], **marks)
    head, below, *rows = cells(result_facts(workspace, 2025, {"oge"}).tables["oge"])
    assert head == ["Образовательная организация", "Русский язык", "Математика"]
    assert below == ["Кол-во", "«5», %", "«4», %", "«3», %", "«2», %"] * 2
    assert rows == [
        ["Лесная СОШ", *["10", "10,0", "30,0", "30,0", "30,0"] * 2],
        ["Озёрская СОШ", *["10", "30,0", "40,0", "20,0", "10,0"] * 2],
        ["Всего", *["20", "20,0", "35,0", "25,0", "20,0"] * 2],
    ]


def test_a_share_does_not_read_as_the_threshold_that_it_has_not_reached(
    workspace: Workspace,
) -> None:
    school = add_school(workspace, "Озёрная СОШ")
    marks = {"n2": 749, "n3": 751, "n4": 500, "n5": 500}
    for kind, grade in ((AssessmentKind.OGE, 9), (AssessmentKind.VPR, 5)):
        add_result(workspace, school, (kind, 2025, "Математика", grade), 2500, 749, **marks)
    add_result(workspace, school, (AssessmentKind.EGE, 2025, "Математика", 11), 2500, 749, mean=40)
    found = result_facts(workspace, 2025, {"oge", "ege", "vpr_dynamics"}).tables
    assert [row[-1] for row in cells(found["oge"])[2:]] == ["29,96", "29,96"]
    assert cells(found["ege"])[-1][-1] == "29,96"
    passed = cells(found["vpr_dynamics"])[-1]
    assert (passed[2], passed[-1]) == ("40,0", "70,04")
    key = (AssessmentKind.VPR, 2025, "Физика", 7)
    add_result(workspace, school, key, 100_000, 4981, n3=45_000, n4=45_000, n5=5_019)
    (physics,) = (
        row
        for row in cells(result_facts(workspace, 2025, {"vpr_dynamics"}).tables["vpr_dynamics"])
        if row[0].startswith("Физика")
    )
    assert (physics[2], physics[-1]) == ("50,0", "95,0")


def test_marks_of_the_basic_exam_are_not_on_the_axis_of_scores(workspace: Workspace) -> None:
    school = add_school(workspace, "Озёрная СОШ")
    for subject, mean in (("Математика (базовая)", 3.7), ("Русский язык", 60)):
        add_result(workspace, school, (AssessmentKind.EGE, 2025, subject, 11), 10, 1, mean=mean)
    chart = result_facts(workspace, 2025, {"ege_mean"}).charts["ege_mean"]
    assert isinstance(chart, Bars)
    assert chart.groups == ("Русский язык",)


def test_the_picture_of_marks_holds_what_gives_marks_by_grade(workspace: Workspace) -> None:
    school = add_school(workspace, "Озёрная СОШ")
    for kind, subject, grade in (
        (AssessmentKind.EGE, "Русский язык", 11),
        (AssessmentKind.EGE, "Математика (базовая)", 11),
        (AssessmentKind.VPR, "Математика", 10),
        (AssessmentKind.VPR, "Математика", 4),
    ):
        marks = {} if subject == "Русский язык" else {"n3": 3, "n4": 3, "n5": 3}
        add_result(workspace, school, (kind, 2025, subject, grade), 10, 1, mean=50, **marks)
    chart = result_facts(workspace, 2025, {"marks"}).charts["marks"]
    assert isinstance(chart, Stack)
    assert [row.title for row in chart.rows] == [
        "ВПР, Математика, 4 кл.", "ВПР, Математика, 10 кл.", "ЕГЭ, Математика (базовая), 11 кл.",
    ]  # fmt: skip


def test_without_the_compulsory_exams_the_others_are_printed(workspace: Workspace) -> None:
    school = add_school(workspace, "Озёрская СОШ")
    key = (AssessmentKind.OGE, 2025, "Химия", 9)
    add_result(workspace, school, key, 4, 1, n3=1, n4=1, n5=1)
    head = cells(result_facts(workspace, 2025, {"oge"}).tables["oge"])[0]
    assert head == ["Образовательная организация", "Химия"]


def test_a_printed_roadmap_has_the_numbers_of_the_window(
    workspace: Workspace, programme: int
) -> None:
    with workspace.database.write() as session:
        made = Roadmap(
            programme_id=programme, position=9, mode=RoadmapMode.SECTIONS, title="Свои номера",
            columns=[{"field": name, "title": name} for name in ("number", "title", "status")],
        )  # fmt: skip
        session.add(made)
        session.flush()
        for place in (1, 2):
            group = RoadmapGroup(
                roadmap_id=made.id, position=place, number=f"{place}.", title=f"Раздел {place}"
            )
            session.add(group)
            session.flush()
            for number in (1, 2):
                session.add(_counted(made.id, group.id, number, f"Шаг {place}{number}"))
        session.add(_counted(made.id, None, 3, "Итог"))
        roadmap_id = made.id
    facts = roadmap_facts(workspace, programme)[roadmap_id]
    [table] = roadmap_blocks(facts)
    assert isinstance(table, Table)
    printed = cells(table)
    view = roadmap.open_roadmap(workspace, roadmap_id)
    assert [(row[0], row[1]) for row in printed if len(row) > 1] == [
        (row.number, row.title) for row in view.activities
    ]
    assert printed == [
        ["1. Раздел 1"],
        ["1.1", "Шаг 11", "запланировано"],
        ["1.2", "Шаг 12", "запланировано"],
        ["2. Раздел 2"],
        ["2.1", "Шаг 21", "запланировано"],
        ["2.2", "Шаг 22", "запланировано"],
        [view.activities[-1].number, "Итог", "запланировано"],
    ]


def test_only_roadmaps_of_the_programme_are_printed(workspace: Workspace, programme: int) -> None:
    other = roadmap.create_roadmap(workspace, roadmap.RoadmapForm("Чужая"))
    assert other.ids[0] not in {view.info.id for view in roadmaps_of(workspace, programme)}


def _counted(roadmap_id: int, group_id: int | None, position: int, title: str) -> Activity:
    return Activity(
        roadmap_id=roadmap_id,
        group_id=group_id,
        position=position,
        auto_number=True,
        title=title,
        search_key=title.casefold(),
        status=ActivityStatus.PLANNED,
    )


@pytest.mark.parametrize(
    "title", ["Муниципальная программа поддержки школ", "Программа поддержки школ"]
)
def test_without_a_title_sheet_the_name_stands_under_the_stamp_once(
    workspace: Workspace, title: str
) -> None:
    settings.save_office(workspace, DETAILS)
    form = programmes.ProgrammeForm(ProgrammeKind.PROGRAMME, title, 2023, 2025)
    made = programmes.save_programme(workspace, form).id
    programmes.add_items(workspace, made, "goal", ["Рост качества"])
    builder.start_from(workspace, made, "decree")
    content = builder.build_programme(workspace, made).content
    names = [block.text for block in content.blocks[1:4] if isinstance(block, Paragraph)]
    assert names == ["МУНИЦИПАЛЬНАЯ ПРОГРАММА", "поддержки школ", "на 2023–2025\u00a0годы"]
    builder.start_from(workspace, made, "full")
    sheet = next(
        block
        for block in builder.build_programme(workspace, made).content.blocks
        if isinstance(block, Title)
    )
    assert sheet.lines == tuple(names)


def test_columns_that_nobody_filled_are_not_printed() -> None:
    facts = TableFacts(("№", "Адресат", "Дефицит", "Срок"), (("1", "Школа", "", "март"),))
    [table] = table_blocks(facts)
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == ["№", "Адресат", "Срок"]
    assert table_blocks(TableFacts(("№", "Адресат"), ())) == []


def test_an_entry_of_swot_without_a_quadrant_is_printed() -> None:
    items = (
        ItemFacts("Опытные учителя", data={"quadrant": "Сильные стороны"}),
        ItemFacts("Ещё не размещено"),
    )
    (table,) = part_blocks(programmes.part("swot"), items)
    assert isinstance(table, Table)
    assert table.rows[-1] == (Cell("– Ещё не размещено", columns=2),)


def test_cells_beyond_the_titles_of_an_own_table_are_printed(
    workspace: Workspace, programme: int
) -> None:
    body = {"columns": ["А"], "rows": [["один", "2", "3"], ["4"]]}
    builder.add_block(workspace, programme, "free_table", body=body)
    content = builder.build_programme(workspace, programme).content
    table = next(
        one for one in content.blocks if isinstance(one, Table) and one.rows[0][0] == "один"
    )
    assert [column.title for column in table.columns] == ["А", "", ""]
    assert table.rows == (("один", "2", "3"), ("4", "", ""))


def test_schools_stand_by_number_and_two_of_one_name_apart(workspace: Workspace) -> None:
    for place, name in enumerate(("СОШ № 10", "СОШ № 2", "СОШ № 2")):
        school = add_school(workspace, name, search_key=f"{name} {place}".casefold())
        marks = {"n3": 2, "n4": 3, "n5": 4 - place}
        procedure = (AssessmentKind.OGE, 2025, "Математика", 9)
        add_result(workspace, school, procedure, 10 - place, 1, **marks)
    table = result_facts(workspace, 2025, {"oge"}).tables["oge"]
    assert [row[:2] for row in cells(table)[2:-1]] == [
        [f"СОШ №{NBSP}2", "9"],
        [f"СОШ №{NBSP}2", "8"],
        [f"СОШ №{NBSP}10", "10"],
    ]
