"""Roadmaps as other offices make them in Word: nothing is lost, what does not fit is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
from docx.enum.section import WD_ORIENT

from app.models.enums import Severity
from app.services.importing import apply, discard, prepare
from app.services.progress import NoProgress
from app.services.roadmap import export_roadmaps
from app.services.workspace import Workspace
from tests.importing.word_tables import (
    add_table,
    document,
    number_cells,
    raw_document,
    xml_row,
    xml_table,
)

Rows = Sequence[Sequence[str]]

HEAD = ["№", "Мероприятие", "Срок", "Ответственный", "Результат"]
FIRST = ["1", "Совещание", "март 2024", "РМК", "Протокол"]
SECOND = ["2", "Приказ", "до 1 апреля", "УО", "Приказ"]
THIRD = ["3", "Курсы", "май 2024", "ИРО", "Удостоверения"]


def read(workspace: Workspace, path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Load a document and return its roadmaps and what was said of it."""
    plan = prepare(workspace, [path], NoProgress())
    found = (one.message for file in plan.files for one in file.findings)
    said = [one for one in found if "нет в справочнике" not in one]  # it is empty here
    apply(workspace, plan, NoProgress())
    return export_roadmaps(workspace), said


def lines(roadmap: dict[str, Any]) -> list[Any]:
    """Return headings as texts and activities as the cells of their row."""
    found: list[Any] = []
    for group in roadmap["groups"]:
        if group["level"]:
            found.append((group["level"], group["title"]))
        for one in group["activities"]:
            cells = ("number", "title", "term", "responsible_text", "result")
            found.append([one[name] for name in cells])
    return found


def sections(path: Path, *parts: tuple[str, Rows], title: str) -> Path:
    """Write a document with a paragraph above each table."""
    made = docx.Document()
    made.add_paragraph(title)
    for heading, rows in parts:
        made.add_paragraph(heading)
        add_table(made, rows)
    made.save(str(path))
    return path


@pytest.mark.parametrize("again", [True, False], ids=["header again", "no header again"])
def test_sections_are_paragraphs_between_tables(
    tmp_path: Path, workspace: Workspace, again: bool
) -> None:
    parts = (
        ("Раздел 1. Организация", [HEAD, FIRST, SECOND]),
        ("Раздел 2. Кадры", [HEAD, THIRD] if again else [THIRD]),
    )
    path = sections(tmp_path / "п.docx", *parts, title="ДОРОЖНАЯ КАРТА на 2024 год")
    (roadmap,), said = read(workspace, path)
    assert (roadmap["title"], roadmap["years"]) == ("ДОРОЖНАЯ КАРТА на 2024 год", [2024, 2024])
    assert lines(roadmap) == [
        (1, "Раздел 1. Организация"), FIRST, SECOND, (1, "Раздел 2. Кадры"), THIRD,
    ]  # fmt: skip
    assert said == []


def test_two_roadmaps_of_one_file_stay_two(tmp_path: Path, workspace: Workspace) -> None:
    second = ("План мероприятий по объективности на 2025 год", [HEAD, THIRD])
    path = sections(
        tmp_path / "п.docx", ("Раздел 1", [HEAD, FIRST]), second, title="Дорожная карта на 2024 год"
    )
    found, _ = read(workspace, path)
    assert [(one["title"], one["years"]) for one in found] == [
        ("Дорожная карта на 2024 год", [2024, 2024]),
        ("План мероприятий по объективности на 2025 год", [2025, 2025]),
    ]
    assert [lines(one) for one in found] == [[FIRST], [THIRD]]


def test_a_page_that_leaves_a_column_out(tmp_path: Path, workspace: Workspace) -> None:
    pages = [HEAD, FIRST], [HEAD[:4], SECOND[:4]]
    path = document(tmp_path / "п.docx", *pages, before=["Дорожная карта на 2024 год"])
    (roadmap,), _ = read(workspace, path)
    assert lines(roadmap) == [FIRST, [*SECOND[:4], ""]]


@pytest.mark.parametrize(
    ("rows", "mode", "expected"),
    [
        (
            [["Задача", "Мероприятия", "Сроки", "Ответственные"],
             ["1. Качество", "Семинар", "март 2024", "РМК"], ["^", "Курсы", "2025", "ИРО"],
             ["2. Кадры", "Наставники", "ежегодно", "школы"]],
            "по целям",
            [(1, "1. Качество"), ["", "Семинар", "март 2024", "РМК", ""],
             ["", "Курсы", "2025", "ИРО", ""], (1, "2. Кадры"),
             ["", "Наставники", "ежегодно", "школы", ""]],
        ),
        (
            [["№ п/п", "Направление деятельности", "Мероприятия", "Сроки", "Исполнители"],
             ["I. Этап", ">", ">", ">", ">"],
             ["1", "Кадры", "Семинар", "март 2024", "РМК"], ["2", "", "курсы", "2025", "ИРО"]],
            "по разделам",
            [(1, "I. Этап"), (2, "Кадры"), ["1", "Семинар", "март 2024", "РМК", ""],
             ["2", "курсы", "2025", "ИРО", ""]],
        ),
        (
            [["№", "Цель", "Мероприятие", "Срок"], ["1", "Рост", "Семинар", "2024"],
             ["^", "^", "Сбор", "2025"], ["2", "Охват", "Слёт", "2025"]],
            "по целям",
            [(1, "1 Рост"), ["", "Семинар", "2024", "", ""], ["", "Сбор", "2025", "", ""],
             (1, "Охват"), ["2", "Слёт", "2025", "", ""]],
        ),
    ],
    ids=["tasks", "directions inside sections", "a number of the goal"],
)  # fmt: skip
def test_what_stands_beside_activities_is_their_heading(
    tmp_path: Path, workspace: Workspace, rows: Rows, mode: str, expected: list[Any]
) -> None:
    (roadmap,), said = read(workspace, document(tmp_path / "п.docx", rows, before=["План"]))
    assert (roadmap["mode"], roadmap["directions"]) == (mode, [])
    assert lines(roadmap) == expected
    assert said == []


def test_risk_factors_beside_activities_are_known_by_name(
    tmp_path: Path, workspace: Workspace
) -> None:
    rows = [
        ["Фактор риска", "Меры", "Срок реализации", "Показатель"],
        ["Дефицит педагогических кадров", "Целевой набор", "2024", "2 договора"],
        ["^", "Совместители", "сентябрь 2024", "нет вакансий"],
        ["Низкий уровень оснащения школы", "Закупка", "до 01.09.2024", "10 ноутбуков"],
    ]
    (roadmap,), _ = read(workspace, document(tmp_path / "п.docx", rows))
    assert roadmap["mode"] == "по факторам риска"
    found = [(one["title"], one["factor"], one["extra"]["Показатель"])
             for group in roadmap["groups"] for one in group["activities"]]  # fmt: skip
    assert found == [
        ("Целевой набор", "500-2", "2 договора"),
        ("Совместители", "500-2", "нет вакансий"),
        ("Закупка", "500-1", "10 ноутбуков"),
    ]


def test_a_deadline_in_two_columns(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["№", "Мероприятие", "Срок", ">", "Ответственный"],
        ["^", "^", "начало", "окончание", "^"],
        ["1", "Семинары", "01.03.2024", "01.04.2024", "РМК"],
        ["2", "Курсы", "сентябрь 2024", "май 2025", "ИРО"],
    ]
    (roadmap,), said = read(workspace, document(tmp_path / "п.docx", rows))
    found = [
        (one["term"], one["start"], one["end"])
        for group in roadmap["groups"]
        for one in group["activities"]
    ]
    assert found == [
        ("01.03.2024 – 01.04.2024", "2024-03-01", "2024-04-01"),
        ("сентябрь 2024 – май 2025", "2024-09-01", "2025-05-31"),
    ]
    assert said == []


def test_measures_without_deadlines(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["№", "Меры"],
        ["Школы с низкими результатами", ">"],
        ["1", "Партнёрские соглашения"],
        ["2", "Назначение кураторов"],
    ]
    path = document(tmp_path / "п.docx", rows, before=["Комплекс мер"])
    (roadmap,), _ = read(workspace, path)
    assert lines(roadmap) == [
        (1, "Школы с низкими результатами"),
        ["1", "Партнёрские соглашения", "", "", ""],
        ["2", "Назначение кураторов", "", "", ""],
    ]


def test_a_stamp_a_landscape_page_and_columns_of_their_own(
    tmp_path: Path, workspace: Workspace
) -> None:
    made = docx.Document()
    add_table(made, [["СОГЛАСОВАНО\nсоветом школы", "УТВЕРЖДЕНО\nприказом № 5"]])
    made.add_section().orientation = WD_ORIENT.LANDSCAPE
    made.add_paragraph("План мероприятий («дорожная карта») на 2024–2026 гг.")
    head = ["№\nп/п", "Наименование мероприятия", "Сроки реализации", "Ответственные исполнители",
            "Источник финансирования", "Отметка о выполнении"]  # fmt: skip
    add_table(
        made,
        [
            head,
            ["I. Организация", *[">"] * 5],
            ["1.1.", "Рабочая группа", "I квартал 2024", "УО,\nРМК", "без затрат", "выполнено"],
            head,
            ["1.2.", "Анализ", "до 01.06.2024", "РМК;\nСОШ № 1", "", ""],
        ],
    )
    made.save(str(tmp_path / "п.docx"))
    (roadmap,), said = read(workspace, tmp_path / "п.docx")
    (group,) = roadmap["groups"]
    first, second = group["activities"]
    assert (roadmap["years"], group["title"]) == ([2024, 2026], "I. Организация")
    assert first["extra"] == {
        "Источник финансирования": "без затрат", "Отметка о выполнении": "выполнено",
    }  # fmt: skip
    assert (first["responsible"], second["responsible"]) == (["УО", "РМК"], ["РМК", "СОШ № 1"])
    assert any("«Таблица 1»" in one and "не распознан" in one for one in said)


def test_numbers_that_only_word_knows(tmp_path: Path, workspace: Workspace) -> None:
    made = docx.Document()
    made.add_paragraph("План мероприятий на 2024 год")
    rows = [["№", "Мероприятие", "Срок"], ["", "Семинар", "март"], ["", "Курсы", "май"]]
    number_cells(add_table(made, rows), 0, 1)
    made.save(str(tmp_path / "п.docx"))
    (roadmap,), _ = read(workspace, tmp_path / "п.docx")
    assert [row[:2] for row in lines(roadmap)] == [["1.", "Семинар"], ["2.", "Курсы"]]


def test_tracked_changes_and_footnotes_are_told(tmp_path: Path, workspace: Workspace) -> None:
    title = (
        "<w:p><w:r><w:t>Семинар </w:t></w:r><w:del><w:r><w:delText>старый</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>новый</w:t></w:r></w:ins></w:p>"
    )
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    head = xml_row("№", "Мероприятие", "Срок")
    body = xml_table(head, xml_row("1", title, "2024"), gone, xml_row("3", "Курсы", "2025"))
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = (
        f'<w:footnotes xmlns:w="{w}"><w:footnote w:type="separator"><w:p/></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>При наличии средств</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    )
    path = raw_document(tmp_path / "п.docx", body, {"word/footnotes.xml": notes})
    (roadmap,), said = read(workspace, path)
    assert [row[:2] for row in lines(roadmap)] == [["1", "Семинар новый"], ["3", "Курсы"]]
    assert any("непринятые исправления" in one for one in said)
    assert any("Сноска 1" in one and "«При наличии средств»" in one for one in said)


_BOX = (
    '<w:p xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_text_boxes_are_read_once(tmp_path: Path, workspace: Workspace) -> None:
    head = xml_row("№", "Мероприятие", "Срок")
    boxed = _BOX.format("<w:p><w:r><w:t>Семинар в рамке</w:t></w:r></w:p>")
    inside = _BOX.format(xml_table(head, xml_row("1", "Сбор", "2024")) + "<w:p/>")
    plain = "<w:p><w:r><w:t>План другой</w:t></w:r></w:p>"
    body = inside + plain + xml_table(head, xml_row("1", boxed, "2025"))
    found, _ = read(workspace, raw_document(tmp_path / "п.docx", body))
    assert [lines(one) for one in found] == [
        [["1", "Сбор", "2024", "", ""]],
        [["1", "Семинар в рамке", "2025", "", ""]],
    ]


def test_a_frame_around_the_whole_plan(tmp_path: Path, workspace: Workspace) -> None:
    made = docx.Document()
    frame = made.add_table(1, 1).cell(0, 0)
    frame.text = "Дорожная карта на 2024 год"
    inner = frame.add_table(2, 3)
    for row, texts in enumerate((["№", "Мероприятие", "Срок"], ["1", "Сбор", "май"])):
        for column, text in enumerate(texts):
            inner.cell(row, column).text = text
    made.save(str(tmp_path / "п.docx"))
    (roadmap,), _ = read(workspace, tmp_path / "п.docx")
    assert roadmap["title"] == "Дорожная карта на 2024 год"
    assert roadmap["groups"][0]["activities"][0]["end"] == "2024-05-31"


def test_a_table_inside_a_cell_stays_in_it(tmp_path: Path, workspace: Workspace) -> None:
    made = docx.Document()
    table = add_table(made, [HEAD, ["1", "Семинары:", "2024", "РМК", ""]])
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "чтение", "март"
    made.save(str(tmp_path / "п.docx"))
    (roadmap,), said = read(workspace, tmp_path / "п.docx")
    assert lines(roadmap)[0][1] == "Семинары:\nчтение; март"
    assert any("внутри" in one for one in said)


def test_sheets_without_a_title_are_called_as_they_are(
    tmp_path: Path, workspace: Workspace
) -> None:
    rows: Rows = [["№", "Мероприятие", "Срок"], ["1", "Сбор", "15.03.2024"]]
    with xlsxwriter.Workbook(str(tmp_path / "план.xlsx")) as book:
        for name in ("Кадры", "Лист2"):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    found, _ = read(workspace, tmp_path / "план.xlsx")
    assert [one["title"] for one in found] == ["Кадры", "Дорожная карта"]


def test_a_table_without_a_header_says_so(tmp_path: Path, workspace: Workspace) -> None:
    path = document(tmp_path / "п.docx", [FIRST, SECOND], before=["Дорожная карта на 2024 год"])
    plan = prepare(workspace, [path], NoProgress())
    (finding,) = plan.files[0].findings
    assert finding.severity is Severity.ERROR
    assert "её вид программе неизвестен" in finding.message
    assert plan.totals.stored == 0
    discard(plan)
