"""The largest real programme: exams, risks, curators, network and both plans are printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from app.bootstrap import open_workspace
from app.models.enums import Significance, SupportRole
from app.services import people, programmes, roadmap, settings, support
from app.services.documents import blocks, build_programme, render_docx, render_pdf
from app.services.documents import programme as builder
from app.services.documents.blocks import Content
from app.services.importing import apply, prepare
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS
from tests.documents.test_programme import docx_text, folded, pdf_text
from tests.importing.word_tables import document
from tests.journeys import programme_texts
from tests.journeys.word_plans import HEAD, parallel_rows, plan_document, rows_of
from tests.stored import add_school

SCHOOLS = [f"{place} {kind}" for kind, places in (
    ("СОШ", ("Берёзовская", "Боровая", "Горная", "Еловая", "Клюквенная", "Луговая", "Низинная",
             "Шиповная")),
    ("ООШ", ("Вязовая", "Песчаная", "Черёмуховая")),
) for place in places]  # fmt: skip
# Pupils and the counts of «5», «4», «3», «2» in both exams, in the order of SCHOOLS.
MARKS = [
    (63, (10, 33, 18, 2), (4, 17, 36, 6)), (12, (0, 4, 8, 0), (0, 1, 10, 1)),
    (9, (4, 1, 4, 0), (4, 1, 4, 0)), (5, (3, 1, 1, 0), (0, 2, 3, 0)),
    (6, (3, 0, 3, 0), (1, 1, 4, 0)), (4, (1, 3, 0, 0), (0, 1, 3, 0)),
    (17, (2, 12, 3, 0), (4, 3, 10, 0)), (10, (3, 4, 3, 0), (0, 2, 7, 1)),
    (4, (2, 2, 0, 0), (0, 3, 1, 0)), (9, (2, 0, 5, 2), (1, 2, 4, 2)),
    (2, (0, 1, 1, 0), (0, 0, 2, 0)),
]  # fmt: skip
CURATED = {"Песчаная ООШ": "Шиповная СОШ", "Горная СОШ": "Низинная СОШ",
           "Клюквенная СОШ": "Еловая СОШ"}  # fmt: skip
RISKS = {
    "500-1": ["Песчаная ООШ"],
    "500-3": ["Песчаная ООШ", "Горная СОШ"],
    "500-6": ["Песчаная ООШ", "Клюквенная СОШ"],
    "500-9": ["Песчаная ООШ", "Горная СОШ", "Клюквенная СОШ"],
}
GROUPS = (SCHOOLS[:3], SCHOOLS[3:7], SCHOOLS[7:])
DIRECTIONS = [
    "Направление «Информационно-методическое сопровождение»",
    "Направление «Обеспечение объективности процедур оценки»",
    "Направление «Система оценки образовательных результатов»",
]
STAFF = {
    "columns": ["Стаж работы", "Количество", "%"],
    "rows": [["до 5 лет", "18", "5"], ["6–10 лет", "48", "13"], ["11–25 лет", "123", "34"],
             ["26–40 лет", "166", "46"], ["свыше 40", "9", "2"]],
}  # fmt: skip


def share(count: int, pupils: int) -> str:
    """Return per cent with one digit, as people write it."""
    return f"{100 * count / pupils:.1f}".replace(".", ",")


def exams(path: Path) -> Path:
    """Write the table of the exams as the district prints it: marks from «5» down, in per cent."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Результаты ОГЭ 2021 года"])
    sheet.append(["ОУ", "Кол в-ков", "Русский язык %", *[""] * 3, "Математика%", *[""] * 3])
    sheet.append(["", "", *[5, 4, 3, 2] * 2])
    for school, (pupils, *subjects) in zip(SCHOOLS, MARKS, strict=True):
        shares = [
            f"{100 * count / pupils:.1f}".replace(".", ",") for one in subjects for count in one
        ]
        sheet.append([school, pupils, *shares])
    book.save(path)
    return path


def load(workspace: Workspace, *paths: Path) -> None:
    apply(workspace, prepare(workspace, list(paths), NoProgress()), NoProgress())


def appoint(workspace: Workspace, ids: dict[str, int]) -> None:
    """Store the curators of three schools and the coordinator; one curator has no name yet."""
    for number, (school, home) in enumerate(CURATED.items()):
        director = people.Who(home, school_id=ids[home])
        person = None
        if number:
            form = people.PersonForm(f"{('Сказкина', 'Лукошкина')[number - 1]} Алёна Потеховна")
            person = people.Who(form.name, person_id=people.save_person(workspace, form).id)
        support.save_appointment(
            workspace,
            support.AppointmentForm(
                SupportRole.CURATOR, ids[school], person, director, post="директор"
            ),
        )
    form = people.PersonForm("Былинная Василиса Микулишна", "главный специалист")
    who = people.Who(form.name, person_id=people.save_person(workspace, form).id)
    support.save_appointment(workspace, support.AppointmentForm(SupportRole.COORDINATOR, None, who))


def join(workspace: Workspace, ids: dict[str, int]) -> None:
    """Store what risks the schools chose and which groups they form."""
    mark = support.Mark(Significance.HIGH, actual=True, priority=True)
    marks = {(ids[name], key): mark for key, names in RISKS.items() for name in names}
    support.set_marks(workspace, 2022, marks)
    for number, names in enumerate(GROUPS, start=1):
        members = tuple(support.MemberForm(people.Who(one, school_id=ids[one])) for one in names)
        form = support.GroupForm(f"{number} группа", principle="кооперация", members=members)
        support.save_group(workspace, form)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Enter the whole programme and return its document."""
    folder = tmp_path_factory.mktemp("files")
    with open_workspace(folder / "opora.db") as workspace:
        return build_programme(workspace, entered(workspace, folder)).content


def entered(workspace: Workspace, folder: Path) -> int:
    """Enter the whole programme and return its id."""
    settings.save_office(workspace, DETAILS)
    ids = {name: add_school(workspace, name) for name in SCHOOLS}
    plan = plan_document(
        folder / "план.docx", "Дорожная карта", rows_of("baikalovo"), HEAD, merged=True
    )
    load(workspace, exams(folder / "ОГЭ.xlsx"), plan)
    directions = parallel_rows(rows_of("baikalovo_2022"), DIRECTIONS)
    load(workspace, document(folder / "направления.docx", directions, before=["План на 2022 год"]))
    appoint(workspace, ids)
    join(workspace, ids)
    text = programme_texts.read("full")
    made = programme_texts.enter(workspace, text)
    for one in roadmap.list_roadmaps(workspace):
        form = roadmap.RoadmapForm(one.title, one.mode, 2022, 2024, made, one.directions)
        roadmap.edit_roadmap(workspace, one.id, form)
    builder.start_from(workspace, made, text.preset)
    builder.add_block(workspace, made, "free_table", title="Стаж педагогов", body=STAFF)
    assert programmes.programme(workspace, made).preset == "full"
    return made


@pytest.fixture(scope="module")
def texts(printed: Content) -> tuple[str, str]:
    """Return what both files say, folded and in small letters."""
    return (
        folded(pdf_text(render_pdf(printed))).casefold(),
        folded(docx_text(render_docx(printed))).casefold(),
    )


def missing(wanted: Sequence[str], texts: tuple[str, str]) -> list[str]:
    return [one for one in wanted for text in texts if folded(one).casefold() not in text]


def test_every_entry_of_every_part(texts: tuple[str, str]) -> None:
    assert missing(list(programme_texts.read("full").cells), texts) == []


def test_the_58_activities_and_their_headings(texts: tuple[str, str]) -> None:
    cells = [cell for row in rows_of("baikalovo") for cell in row if cell]
    assert len(cells) > 200
    assert missing(cells, texts) == []


def test_the_plan_of_three_directions(printed: Content, texts: tuple[str, str]) -> None:
    table = next(
        one
        for one in printed.blocks
        if isinstance(one, blocks.Table) and DIRECTIONS[0] in str(one.head)
    )
    rows = rows_of("baikalovo_2022")
    headings = [row[0] for row in rows if len(row) == 1]
    for_all = [row for row in rows if len(row) == 2]
    assert [folded(cell.text) for row in table.rows if len(row) == 1 for cell in row
            if isinstance(cell, blocks.Cell)] == [folded(one) for one in headings]  # fmt: skip
    assert sum(len(row) == 2 for row in table.rows) == len(for_all)
    titles = [cell for row in rows for cell in (row[::2] if len(row) > 1 else row) if cell]
    assert missing([*DIRECTIONS, *titles], texts) == []


def test_the_marks_of_the_eleven_schools(printed: Content) -> None:
    table = next(
        one for one in printed.blocks if isinstance(one, blocks.Table) and len(one.columns) == 11
    )
    shown = {
        cells[0]: cells[1:]
        for row in table.rows
        if (cells := [one.text if isinstance(one, blocks.Cell) else one for one in row])
    }
    assert list(shown) == [*sorted(SCHOOLS), "Всего"]
    for school, (pupils, *subjects) in zip(SCHOOLS, MARKS, strict=True):
        wanted = []
        for counts in subjects:
            wanted += [str(pupils), *(share(count, pupils) for count in counts)]
        assert shown[school] == wanted, school
    # 30, 61, 46 and 4 of 141 in Russian; 14, 33, 84 and 10 in mathematics.
    assert shown["Всего"] == ["141", "21,3", "43,3", "32,6", "2,8", "141", "9,9", "23,4", "59,6",
                              "7,1"]  # fmt: skip


def test_risks_curators_groups_and_the_typed_table(
    printed: Content, texts: tuple[str, str]
) -> None:
    wanted = [*SCHOOLS, "А.П. Сказкина", "А.П. Лукошкина", "В.М. Былинная", "главный специалист"]
    wanted += ["1 группа", "2 группа", "3 группа", "кооперация"]
    wanted += [cell for row in STAFF["rows"] for cell in row]
    assert missing(wanted, texts) == []
    assert "_____" in texts[0]  # the curator without a name is a blank to fill by hand
    matrix = next(
        one
        for one in printed.blocks
        if isinstance(one, blocks.Table) and one.columns[1].title == "Фактор риска"
    )
    assert len(matrix.rows) == 10
    filled = sum(1 for row in matrix.rows for cell in row[2:] if str(cell).strip())
    assert filled == sum(len(names) for names in RISKS.values())


def test_nine_numbered_sections_and_a_contents(printed: Content) -> None:
    tops = [
        one.text for one in printed.blocks if isinstance(one, blocks.Heading) and one.level == 1
    ]
    assert [top.split(".")[0] for top in tops][:9] == [str(number) for number in range(1, 10)]
    assert any(isinstance(one, blocks.Contents) for one in printed.blocks)
