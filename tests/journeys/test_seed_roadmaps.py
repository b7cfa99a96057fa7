"""The other roadmaps of real programmes: quantities by year, parallel directions, bare measures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.importing.word_tables import add_table, document
from tests.journeys.test_word_roadmaps import exported, flat, run
from tests.journeys.word_plans import (
    Row,
    measure_rows,
    parallel_rows,
    quantity_rows,
    rows_of,
    torn_pages,
)

DIRECTIONS = [
    "Направление «Информационно-методическое сопровождение»",
    "Направление «Обеспечение объективности процедур оценки»",
    "Направление «Система оценки образовательных результатов»",
]
YEARS = ["2019", "2020", "2021", "2022"]


def loaded(tmp_path: Path, path: Path) -> dict[str, Any]:
    """Load a document by command and return what is exported."""
    database = tmp_path / f"{path.stem}.db"
    assert run("import", str(path), "--db", str(database)) == 0
    return exported(database)


def again(tmp_path: Path, path: Path) -> dict[str, Any]:
    """Return what is exported of the workbook of a roadmap that was loaded before."""
    book = tmp_path / "карта.xlsx"
    database = str(tmp_path / f"{path.stem}.db")
    assert run("export", "roadmap", "--db", database, "--out", str(book)) == 0
    return loaded(tmp_path, book)


def quantities(roadmap: dict[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for group in roadmap["groups"]:
        if group["level"]:
            rows.append([flat(group["title"])])
        for one in group["activities"]:
            cells = [one["number"], one["title"], one["result"], one["plan"]]
            cells += [one["years"].get(year, "") for year in YEARS]
            rows.append([flat(cell) for cell in [*cells, one["responsible_text"]]])
    return rows


@pytest.mark.parametrize("merged", [True, False], ids=["merged headings", "plain headings"])
def test_six_groups_with_quantities_by_year(tmp_path: Path, merged: bool) -> None:
    rows = rows_of("bavly")
    table = quantity_rows(rows, YEARS, merged=merged)
    path = document(tmp_path / "п.docx", table, before=["«Дорожная карта» поддержки школ"])
    roadmap = loaded(tmp_path, path)
    assert quantities(roadmap) == rows
    assert (roadmap["mode"], roadmap["years"]) == ("по целям", [2019, 2022])
    assert [group["level"] for group in roadmap["groups"]] == [1] * 6
    assert not any(one["term"] for group in roadmap["groups"] for one in group["activities"])
    assert again(tmp_path, path)["groups"] == roadmap["groups"]


def test_quantities_whose_years_are_not_named(tmp_path: Path) -> None:
    """The lower row of the header was lost with a page: nothing is taken for a deadline."""
    table = [
        ["№", "Наименование мероприятия", "Результат", "Срок реализации, годы", ">", ">", ">",
         "Исполнитель"],
        ["2.1", "Рабочая группа", "Приказ", "не менее 1", "1", "1", "1", "УО"],
    ]  # fmt: skip
    roadmap = loaded(tmp_path, document(tmp_path / "п.docx", table, before=["Дорожная карта"]))
    (one,) = roadmap["groups"][0]["activities"]
    assert (one["term"], one["result"], one["responsible_text"]) == ("", "Приказ", "УО")
    assert list(one["extra"].values()) == ["не менее 1", "1", "1", "1"]


def test_a_number_more_than_the_header_has_years(tmp_path: Path) -> None:
    table = [
        ["№", "Мероприятие", "Срок реализации, годы", ">", ">", "Исполнитель"],
        ["^", "^", "2021", "2022", "", "^"],
        ["1.4", "Экспертиза программ", "4", "6", "8", "УО"],
    ]
    roadmap = loaded(tmp_path, document(tmp_path / "п.docx", table, before=["Дорожная карта"]))
    (one,) = roadmap["groups"][0]["activities"]
    assert (one["years"], one["term"]) == ({"2021": "4", "2022": "6"}, "")
    assert list(one["extra"].values()) == ["8"]


def side_by_side(roadmap: dict[str, Any]) -> list[Row]:
    """Return a parallel roadmap as the rows it was written from; who and when in one cell again."""
    rows: list[Row] = []
    for group in roadmap["groups"]:
        rows.append([flat(group["title"])])
        taken = len(DIRECTIONS)
        for one in group["activities"]:
            cells = [flat(one["title"]), flat(f"{one['responsible_text']} {one['term']}")]
            if one["direction"] is None:
                rows.append(cells)
                taken = len(DIRECTIONS)
                continue
            at = DIRECTIONS.index(one["direction"])
            if at <= taken or len(rows[-1]) < 2 * len(DIRECTIONS):
                rows.append([""] * 2 * len(DIRECTIONS))
            rows[-1][2 * at : 2 * at + 2] = cells
            taken = at
    return rows


def plain(rows: Sequence[Row]) -> list[Row]:
    """Return rows with who and when apart by a space: the comma between them is not kept."""
    return [[cell.replace(", 20", " 20").replace(", ежегодно", " ежегодно")
             .replace(", регулярно", " регулярно") for cell in row] for row in rows]  # fmt: skip


def test_parallel_directions_of_a_year(tmp_path: Path) -> None:
    rows = rows_of("baikalovo_2022")
    title = "План мероприятий по реализации муниципальной программы на 2022 год"
    path = document(tmp_path / "п.docx", parallel_rows(rows, DIRECTIONS), before=[title])
    roadmap = loaded(tmp_path, path)
    assert plain(side_by_side(roadmap)) == plain(rows)
    assert (roadmap["mode"], roadmap["directions"]) == ("параллельные направления", DIRECTIONS)
    assert len(roadmap["groups"]) == 6
    for_all = [one for group in roadmap["groups"] for one in group["activities"]
               if one["direction"] is None]  # fmt: skip
    assert len(for_all) == sum(len(row) == 2 for row in rows)
    assert {one["start"] for one in for_all if one["term"] == "август 2022"} == {"2022-08-01"}
    assert again(tmp_path, path)["groups"] == roadmap["groups"]


def test_parallel_directions_torn_by_pages(tmp_path: Path) -> None:
    rows = rows_of("baikalovo_2022")
    table = parallel_rows(rows, DIRECTIONS)
    narrow = next(at for at, row in enumerate(table) if row[0].startswith("Кадровое"))
    made = docx.Document()
    made.add_paragraph("План мероприятий на 2022 год")
    for page in torn_pages(table, at=(8, 17, 22), narrow_from=narrow):
        add_table(made, page)
        made.add_paragraph("")
    made.save(str(tmp_path / "п.docx"))
    roadmap = loaded(tmp_path, tmp_path / "п.docx")
    assert roadmap["directions"] == DIRECTIONS
    assert plain(side_by_side(roadmap)) == plain(rows)


def test_three_sets_of_measures_without_deadlines(tmp_path: Path) -> None:
    rows = rows_of("sergokala")
    title = "Комплекс мер и управленческих решений"
    path = document(tmp_path / "п.docx", measure_rows(rows), before=[title])
    roadmap = loaded(tmp_path, path)
    found: list[Row] = []
    for group in roadmap["groups"]:
        found.append([group["title"]])
        found += [[one["number"], one["title"]] for one in group["activities"]]
    assert found == rows
    assert again(tmp_path, path)["groups"] == roadmap["groups"]


def test_measures_of_the_management_cycle(tmp_path: Path) -> None:
    steps = {
        "Меры, мероприятия": [
            "Повышение качества подготовки обучающихся",
            "Муниципальная программа сетевого взаимодействия",
            "Адресная методическая поддержка школ",
            "Школы с высокими результатами как наставники",
        ],
        "Управленческие решения": ["Решения по итогам анализа"],
        "Анализ эффективности": ["Анализ мероприятий, мер и решений"],
    }
    table = [["Этап цикла", "Мероприятия"]]
    for step, measures in steps.items():
        table += [[step if at == 0 else "^", one] for at, one in enumerate(measures)]
    roadmap = loaded(tmp_path, document(tmp_path / "п.docx", table, before=["Подпрограмма"]))
    found = {
        group["title"]: [one["title"] for one in group["activities"]] for group in roadmap["groups"]
    }
    assert found == steps


def lists_document(path: Path, title: str) -> Path:
    """Write the measures as bulleted lists under headings, as the real programme has them."""
    made = docx.Document()
    made.add_paragraph(title)
    for row in rows_of("sergokala"):
        made.add_paragraph(row[-1], style="List Bullet" if len(row) > 1 else None)
    made.save(str(path))
    return path


def test_measures_as_bulleted_lists(tmp_path: Path) -> None:
    title = "5. Принятие комплекса мер и управленческих решений"
    roadmap = loaded(tmp_path, lists_document(tmp_path / "п.docx", title))
    assert roadmap["title"] == title
    found: list[str] = []
    for group in roadmap["groups"]:
        found.append(group["title"])
        found += [one["title"] for one in group["activities"]]
    assert found == [row[-1] for row in rows_of("sergokala")]


def test_lists_that_nobody_calls_measures_are_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lists_document(tmp_path / "п.docx", "Пояснительная записка.")
    report = tmp_path / "отчёт.json"
    database = str(tmp_path / "а.db")
    code = run("import", str(path), "--db", database, "--json", str(report))
    assert code == 2
    (file,) = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert file["status"] == "refused"
    assert "нет ни одной таблицы" in file["problems"][0]["message"]
    assert "Преобразовать в таблицу" in capsys.readouterr().err
