"""Real roadmaps as Word files: imported by command, exported, every cell as it stood."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from app.bootstrap import open_workspace
from app.cli.doors import Doors
from app.cli.main import main
from app.models.enums import OrganizationKind, RoadmapMode
from app.models.people import Organization
from app.services.importing import Decisions, PlanChoice, apply, discard, prepare, revise
from app.services.importing.batches import list_batches
from app.services.importing.undo import undo
from app.services.progress import NoProgress
from app.services.roadmap import export_roadmaps, list_roadmaps
from app.services.workspace import Workspace
from tests.importing.word_tables import add_table, document, number_cells
from tests.journeys.word_plans import HEAD, Row, plan_document, rows_of

TITLE = "План мероприятий (дорожная карта) повышения качества образования на 2019-2021 годы"


def run(*words: str) -> int:
    """Run a command as the shell does."""

    def no_door(*_arguments: object) -> Any:
        raise AssertionError("this command opens no window")

    return main(words, Doors(open_workspace, no_door, no_door))


def exported(database: Path) -> dict[str, Any]:
    out = database.with_suffix(".json")
    assert run("export", "roadmap", "--db", str(database), "--out", str(out)) == 0
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def as_rows(roadmap: dict[str, Any]) -> list[Row]:
    """Return what was exported in the form of the rows that were written."""
    rows: list[Row] = []
    for group in roadmap["groups"]:
        if group["level"]:
            rows.append([flat(group["title"])])
        for one in group["activities"]:
            cells = (one["number"], one["title"], one["term"], one["responsible_text"])
            rows.append([*(flat(cell) for cell in cells), flat(one["result"])])
    return rows


def load(workspace: Workspace, *paths: Path, decisions: Decisions | None = None) -> Any:
    plan = prepare(workspace, list(paths), NoProgress(), decisions)
    return apply(workspace, plan, NoProgress())


@pytest.mark.parametrize("merged", [True, False], ids=["merged headings", "plain headings"])
def test_27_activities_in_two_sections(tmp_path: Path, merged: bool) -> None:
    rows = rows_of("krasny")
    path = plan_document(tmp_path / "план.docx", TITLE, rows, HEAD, merged=merged)
    database = tmp_path / "opora.db"
    assert run("import", str(path), "--db", str(database)) == 0
    roadmap = exported(database)
    assert as_rows(roadmap) == rows
    assert roadmap["title"] == TITLE
    assert [len(group["activities"]) for group in roadmap["groups"]] == [13, 14]
    assert (roadmap["years"], roadmap["mode"]) == ([2019, 2021], "по разделам")
    assert roadmap["groups"][0]["activities"][2]["responsible"] == ["Отдел образования", "МОЦ"]


def test_58_activities_under_nine_headings(tmp_path: Path) -> None:
    rows = rows_of("baikalovo")
    head = ["№", "Наименование мероприятия", "Срок", "Исполнитель", "Результаты исполнения"]
    title = "Мероприятия дорожной карты программы на 2022-2024 годы"
    path = plan_document(tmp_path / "план.docx", title, rows, head, merged=True)
    database = tmp_path / "opora.db"
    assert run("import", str(path), "--db", str(database)) == 0
    roadmap = exported(database)
    assert as_rows(roadmap) == rows
    levels = [group["level"] for group in roadmap["groups"]]
    assert levels == [1, 1, 1, 2, 3, 3, 3, 3, 1]
    assert sum(len(group["activities"]) for group in roadmap["groups"]) == 58
    assert roadmap["mode"] == "по факторам риска"
    factors = [group["activities"][0]["factor"] for group in roadmap["groups"][4:8]]
    assert factors == ["500-1", "500-3", "500-6", "500-9"]  # by name: the plan counts them anew


def test_the_workbook_goes_round(tmp_path: Path) -> None:
    path = plan_document(tmp_path / "план.docx", TITLE, rows_of("krasny"), HEAD, merged=True)
    first, second = tmp_path / "a.db", tmp_path / "b.db"
    book = tmp_path / "карта.xlsx"
    assert run("import", str(path), "--db", str(first)) == 0
    assert run("export", "roadmap", "--db", str(first), "--out", str(book)) == 0
    assert run("import", str(book), "--db", str(second)) == 0
    assert exported(second) == exported(first)


def test_twice_changes_nothing_and_undo_takes_it_out(tmp_path: Path, workspace: Workspace) -> None:
    path = plan_document(tmp_path / "п.docx", TITLE, rows_of("krasny"), HEAD, merged=True)
    first = load(workspace, path)
    again = load(workspace, path)
    assert (first.totals.stored, again.totals.stored, again.batch_id) == (29, 0, None)
    path.write_bytes(path.read_bytes())
    renamed = path.rename(tmp_path / "другое имя.docx")
    assert load(workspace, renamed).totals.stored == 0
    report = undo(workspace, first.batch_id)
    assert (report.removed, report.kept) == (27, ())
    assert list_roadmaps(workspace) == ()
    assert load(workspace, renamed).totals.stored == 29
    assert len(list_batches(workspace)) == 2


def test_parallel_directions(tmp_path: Path, workspace: Workspace) -> None:
    directions = ["Направление «Сопровождение педагогов»", "Направление «Объективность»",
                  "Направление «Система оценки»"]  # fmt: skip
    pair = ["Мероприятия", "Ответственные, сроки"]
    rows = [
        [cell for title in directions for cell in (title, ">")],
        [*pair, *pair, *pair],
        ["Нормативное обеспечение", *[">"] * 5],
        ["Приказ об утверждении программы", *[">"] * 4, "Управление образования, 2022"],
        ["План повышения квалификации", "РМК ежегодно", "Приказ о порядке процедур",
         "Управление образования, 2022", "Критерии оценки", "ОО"],
        ["", "", "Комплекс мер поддержки", "РМК\nавгуст 2022", "", ""],
        ["Управление и контроль", *[">"] * 5],
        ["Аналитическая справка", "", "", "", "", "Управление образования, РМК"],
    ]  # fmt: skip
    load(workspace, document(tmp_path / "план.docx", rows, before=["План мероприятий на 2022 год"]))
    (roadmap,) = export_roadmaps(workspace)
    assert (roadmap["mode"], roadmap["directions"]) == ("параллельные направления", directions)
    found = [
        (one["title"], one["direction"], one["responsible"], one["term"], one["end"])
        for group in roadmap["groups"]
        for one in group["activities"]
    ]
    assert found == [
        ("Приказ об утверждении программы", None, ["Управление образования"], "2022",
         "2022-12-31"),
        ("План повышения квалификации", directions[0], ["РМК"], "ежегодно", "2022-12-31"),
        ("Приказ о порядке процедур", directions[1], ["Управление образования"], "2022",
         "2022-12-31"),
        ("Критерии оценки", directions[2], ["ОО"], "", None),
        ("Комплекс мер поддержки", directions[1], ["РМК"], "август 2022", "2022-08-31"),
        ("Аналитическая справка", None, ["Управление образования", "РМК"], "", None),
    ]  # fmt: skip


def test_tasks_with_quantities_per_year(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["№ п / п", "Наименование задач/мероприятия", "Результат выполнения мероприятий", ">",
         "Срок реализации, годы", ">", ">", ">", "Исполнитель и соисполнители мероприятий"],
        ["^", "^", "наименование", "плановое значение", "201 9 г.", "2020 г.", "20 21 г.", "2022",
         "^"],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ["1", "Нормативное и методическое обеспечение поддержки", *[">"] * 7],
        ["1. 1.", "Создание координационного совета", "Приказ", "", "", "", "", "", "МКУ «ОО»"],
        ["1.4", "Экспертиза школьных программ", "Экспертиза", "4", "4", "4", "4", "6", "МКУ «ОО»"],
        ["2", "Поддержка образовательной среды", "", "", "", "", "", "", ""],
        ["2. 2", "Конференция школьников", "программа", "Ежегодно", "1", "1", "1", "1", "МКУ, СОШ"],
        ["2.5", "Семинары", "программа", "не менее 3", "1; 8", ">", ">", ">", "МКУ «ОО»"],
    ]  # fmt: skip
    load(workspace, document(tmp_path / "з.docx", rows, before=["Структура задач и мероприятий"]))
    (roadmap,) = export_roadmaps(workspace)
    assert [group["title"] for group in roadmap["groups"]] == [
        "1 Нормативное и методическое обеспечение поддержки",
        "2 Поддержка образовательной среды",
    ]
    assert (roadmap["mode"], roadmap["years"]) == ("по целям", [2019, 2022])
    expert, talks = roadmap["groups"][0]["activities"][1], roadmap["groups"][1]["activities"][1]
    assert (expert["plan"], expert["years"]) == (
        "4", {"2019": "4", "2020": "4", "2021": "4", "2022": "6"},
    )  # fmt: skip
    assert (talks["plan"], set(talks["years"].values())) == ("не менее 3", {"1; 8"})
    assert talks["result"] == "программа"


def test_monitoring_on_two_levels(tmp_path: Path, workspace: Workspace) -> None:
    head = ["№", "мероприятие", "Сроки проведения", "Ответственный", "Результат",
            "Формат представления"]  # fmt: skip
    rows = [
        head,
        ["Мониторинг качества образования в школах", *[">"] * 5],
        ["1", "Входной мониторинг данных", "18.05-23.06.2020", "МКУ «ОО»", "", "Справка"],
        ["2", "Промежуточный мониторинг программы", "июнь 2021", "МКУ «ОО»", "Данные", ""],
        ["", "", "", "", "о влиянии программ", ""],
        ["Уровень школьных программ", *[">"] * 5],
        ["1", "Входной мониторинг школ", "18.05-23.06", "МКУ «ОО», тьюторы", "Списки", "Справка"],
    ]
    title = "Дорожная карта организации мониторинга на 2020-2023 годы"
    report = load(workspace, document(tmp_path / "м.docx", rows, before=[title]))
    (roadmap,) = export_roadmaps(workspace)
    assert roadmap["mode"] == "мониторинг"
    assert [group["level"] for group in roadmap["groups"]] == [1, 1]
    second, third = roadmap["groups"][0]["activities"][1], roadmap["groups"][1]["activities"][0]
    assert (second["result"], third["evidence"]) == ("Данные о влиянии программ", "Справка")
    assert (third["term"], third["start"], third["end"]) == ("18.05-23.06", None, None)
    said = [finding.message for finding in report.files[0].findings]
    assert any("18.05-23.06" in one and "не указан год" in one for one in said)


def test_other_offices_write_otherwise(tmp_path: Path, workspace: Workspace) -> None:
    """Another order of columns, a header in two unmerged rows, a title inside, list numbering."""
    made = docx.Document()
    table = add_table(
        made,
        [
            ["ПЛАН МЕРОПРИЯТИЙ НА 2025 ГОД", *[">"] * 5],
            ["№", "Срок", "Наименование", "Ответственный", "Вид", "Класс"],
            ["п/п", "исполнения", "мероприятия", "исполнитель", "документа", ""],
            ["", "1 квартал", "совещание директоров", "РМК", "протокол", "5"],
            ["", "сентябрь", "семинар учителей", "^", "приказ", ""],
        ],
    )
    number_cells(table, 0, 3)
    made.save(str(tmp_path / "план.docx"))
    load(workspace, tmp_path / "план.docx")
    (roadmap,) = export_roadmaps(workspace)
    assert roadmap["title"] == "ПЛАН МЕРОПРИЯТИЙ НА 2025 ГОД"
    (group,) = roadmap["groups"]
    found = [
        [one[name] for name in ("number", "title", "responsible_text", "evidence", "end")]
        for one in group["activities"]
    ]
    assert found == [
        ["1.", "совещание директоров", "РМК", "протокол", "2025-03-31"],
        ["2.", "семинар учителей", "РМК", "приказ", "2025-09-30"],
    ]
    assert group["activities"][0]["extra"] == {"Класс": "5"}


def test_what_a_person_says_of_a_table_wins(tmp_path: Path, workspace: Workspace) -> None:
    rows: Sequence[Row] = [["Мероприятие", "Срок"], ["Совещание", "сентябрь"], ["Итоги", "май"]]
    path = document(tmp_path / "план.docx", rows)
    plan = prepare(workspace, [path], NoProgress())
    (file,) = plan.files
    assert file.plans[0].plan.head.title == "Дорожная карта"
    sheet = file.plans[0].sheet
    choice = PlanChoice("План школы", RoadmapMode.SIMPLE, (2026, 2026))
    plan = revise(workspace, plan, Decisions(plans={(file.path, sheet): choice}))
    apply(workspace, plan, NoProgress())
    (roadmap,) = export_roadmaps(workspace)
    ends = [one["end"] for one in roadmap["groups"][0]["activities"]]
    assert (roadmap["title"], ends) == ("План школы", ["2026-09-30", "2026-05-31"])


def test_in_an_empty_directory_all_are_nobody(tmp_path: Path, workspace: Workspace) -> None:
    rows = [["Мероприятие", "Срок", "Ответственный"], ["Совещание", "2026", "РМК, Никто"]]
    report = load(workspace, document(tmp_path / "план.docx", rows))
    (said,) = [finding.message for finding in report.files[0].findings]
    assert "«РМК», «Никто»" in said


def test_those_who_are_nobody_are_named(tmp_path: Path, workspace: Workspace) -> None:
    rows = [["Мероприятие", "Срок", "Ответственный"], ["Совещание", "2026", "РМК, Никто"]]
    with workspace.database.write() as session:
        session.add(
            Organization(
                kind=OrganizationKind.METHOD_OFFICE, name="Методкабинет", short_name="РМК",
                key="методкабинет", spellings=[], cases={},
            )
        )  # fmt: skip
    report = load(workspace, document(tmp_path / "план.docx", rows))
    said = [finding.message for finding in report.files[0].findings]
    assert any("нет в справочнике" in one and "«Никто»" in one for one in said)
    assert not any("«РМК»" in one for one in said)
    (roadmap,) = export_roadmaps(workspace)
    assert roadmap["groups"][0]["activities"][0]["responsible"] == ["РМК", "Никто"]


def test_a_table_may_be_left_out(tmp_path: Path, workspace: Workspace) -> None:
    path = document(tmp_path / "план.docx", [["Мероприятие", "Срок"], ["Совещание", "2026"]])
    plan = prepare(workspace, [path], NoProgress())
    key = (plan.files[0].path, plan.files[0].plans[0].sheet)
    plan = revise(workspace, plan, Decisions(plans={key: PlanChoice(take=False)}))
    assert plan.totals.stored == 0
    discard(plan)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (None, "нет ни одной таблицы"),
        ([["Школа", "Кабинет"], ["СОШ", "физика"]], "её вид программе неизвестен"),
    ],
    ids=["no table", "no header of a plan"],
)
def test_documents_without_a_plan_say_what_to_do(
    tmp_path: Path, workspace: Workspace, rows: list[Row] | None, says: str
) -> None:
    path = document(tmp_path / "план.docx", *([rows] if rows else []), before=["Текст"])
    plan = prepare(workspace, [path], NoProgress())
    (finding,) = plan.files[0].findings
    assert says in finding.message
    assert finding.hint
    discard(plan)
