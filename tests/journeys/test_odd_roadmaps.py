"""Roadmaps in Word files of rarer make: other packages, headers in other words, torn pages."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from app.models.enums import FileStatus, Severity
from app.services.exporting import write_roadmaps
from app.services.importing import discard, prepare
from app.services.progress import NoProgress
from app.services.roadmap import edit_activities, list_roadmaps, open_roadmap
from app.services.workspace import Workspace
from tests.importing.word_tables import document, raw_document, xml_row, xml_table
from tests.journeys.test_roadmaps_of_others import FIRST, HEAD, SECOND, THIRD, lines, read

PLAN = "<w:p><w:r><w:t>План мероприятий на 2024 год</w:t></w:r></w:p>"
TABLE = xml_table(xml_row(*HEAD), xml_row(*FIRST), xml_row(*SECOND))


def test_a_strict_document(tmp_path: Path, workspace: Workspace) -> None:
    """Word saves «Strict Open XML» with namespaces of its own."""
    made = raw_document(tmp_path / "обычный.docx", PLAN + TABLE)
    strict = tmp_path / "строгий.docx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            data = source.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            target.writestr(name, data)
    (roadmap,), said = read(workspace, strict)
    assert (lines(roadmap), said) == ([FIRST, SECOND], [])


def test_a_document_whose_text_is_another_part(tmp_path: Path, workspace: Workspace) -> None:
    """Word of the browser calls the main part ``document2.xml``."""
    made = raw_document(tmp_path / "обычный.docx", PLAN + TABLE)
    path = tmp_path / "из браузера.docx"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w") as target:
        target.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document2.xml" ContentType="{kind}"/></Types>',
        )
        target.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}" Target="/word/document2.xml"/>'
            "</Relationships>",
        )
        target.writestr("word/document2.xml", source.read("word/document.xml"))
    (roadmap,), said = read(workspace, path)
    assert (lines(roadmap), said) == ([FIRST, SECOND], [])


def test_soft_hyphens_are_not_part_of_words(tmp_path: Path, workspace: Workspace) -> None:
    torn = "<w:p><w:r><w:t>Со\u00adве</w:t><w:softHyphen/><w:t>ща\u200bние</w:t></w:r></w:p>"
    body = PLAN + xml_table(xml_row(*HEAD), xml_row("1", torn, *FIRST[2:]))
    (roadmap,), _ = read(workspace, raw_document(tmp_path / "п.docx", body))
    assert lines(roadmap) == [FIRST]


@pytest.mark.parametrize("words", ["Продолжение таблицы 1", "Окончание приложения 2"])
def test_words_over_the_rest_of_a_table(tmp_path: Path, workspace: Workspace, words: str) -> None:
    between = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    body = PLAN + TABLE + between + xml_table(xml_row(*HEAD), xml_row(*THIRD))
    (roadmap,), _ = read(workspace, raw_document(tmp_path / "п.docx", body))
    assert lines(roadmap) == [FIRST, SECOND, THIRD]


def test_headings_above_numbered_activities(tmp_path: Path, workspace: Workspace) -> None:
    rows = [HEAD, ["", "Организация", "", "", ""], FIRST, SECOND, ["", "Кадры", "", "", ""], THIRD]
    (roadmap,), _ = read(workspace, document(tmp_path / "п.docx", rows))
    assert lines(roadmap) == [(1, "Организация"), FIRST, SECOND, (1, "Кадры"), THIRD]


@pytest.mark.parametrize(
    "head",
    [
        ["№", "Что делаем", "Когда", "Кто", "Итог"],
        ["№", "Содержание работы", "Планируемая дата", "Кто отвечает", "Продукт"],
        ["№", "Действия", "Период", "Отв.", "Ожидаемый результат"],
        ["№", "МЕРОПРИЯТИЯ:", "СРОКИ\nИСПОЛНЕНИЯ:", "ОТВЕТСТ-\nВЕННЫЕ", "РЕЗУЛЬ-\nТАТ"],
    ],
)
def test_headers_in_other_words(tmp_path: Path, workspace: Workspace, head: Sequence[str]) -> None:
    (roadmap,), said = read(workspace, document(tmp_path / "п.docx", [head, FIRST, THIRD]))
    assert (lines(roadmap), said) == ([FIRST, THIRD], [])


def test_an_activity_over_several_rows(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        HEAD,
        ["1", "Мониторинг", "октябрь 2023", "РМК", "Справка"],
        ["^", "^", "май 2024", "УО", "Отчёт"],
        ["2", *SECOND[1:]],
    ]
    (roadmap,), _ = read(workspace, document(tmp_path / "п.docx", rows))
    assert lines(roadmap) == [
        ["1", "Мониторинг", "октябрь 2023\nмай 2024", "РМК\nУО", "Справка\nОтчёт"], SECOND,
    ]  # fmt: skip
    (first, _second) = roadmap["groups"][0]["activities"]
    assert (first["start"], first["end"]) == ("2023-10-01", "2024-05-31")


def test_when_stands_before_who(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["№", "Мероприятия", "Срок / ответственный"],
        ["1", "Сборы", "2023\nРМК"],
        ["2", "Слёты", "до 01.05.2024, УО, школы"],
        ["3", "Чтения", "РМК, 2024"],
    ]
    (roadmap,), _ = read(workspace, document(tmp_path / "п.docx", rows))
    found = [[row[2], row[3]] for row in lines(roadmap)]
    assert found == [["2023", "РМК"], ["до 01.05.2024", "УО, школы"], ["2024", "РМК"]]


def test_a_header_at_the_bottom_is_told(tmp_path: Path, workspace: Workspace) -> None:
    plan = prepare(workspace, [document(tmp_path / "п.docx", [FIRST, THIRD, HEAD])], NoProgress())
    (file,) = plan.files
    (finding,) = file.findings
    assert (file.status, finding.severity) == (FileStatus.NEEDS_DECISION, Severity.ERROR)
    assert "Шапка плана найдена в строке 3, но под ней нет ни одной строки" in finding.message
    discard(plan)


def test_rows_above_the_header_are_told(tmp_path: Path, workspace: Workspace) -> None:
    (roadmap,), said = read(workspace, document(tmp_path / "п.docx", [FIRST, HEAD, THIRD]))
    assert lines(roadmap) == [THIRD]
    assert said == ["Строк с данными выше шапки плана: 1; в план они не вошли."]


@pytest.mark.parametrize(("one", "two"), [("I.", "II."), ("1.", "2.")])
def test_numbered_headings_without_merged_cells(
    tmp_path: Path, workspace: Workspace, one: str, two: str
) -> None:
    rows = [HEAD, [one, "Организация", "", "", ""], FIRST, SECOND,
            [two, "Кадры", "", "", ""], ["1", *THIRD[1:]]]  # fmt: skip
    (roadmap,), _ = read(workspace, document(tmp_path / "п.docx", rows))
    assert lines(roadmap) == [
        (1, f"{one} Организация"), FIRST, SECOND, (1, f"{two} Кадры"), ["1", *THIRD[1:]],
    ]  # fmt: skip


def test_prose_between_the_tables_of_sections(tmp_path: Path, workspace: Workspace) -> None:
    prose = "Мероприятия направления обеспечивают согласованность действий участников. " * 3 + (
        "Они идут весь год, пока школы не выйдут из списка."
    )

    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = (
        PLAN
        + paragraph("1. Организация")
        + paragraph(prose)
        + TABLE
        + paragraph("2. Кадры")
        + paragraph(prose)
        + xml_table(xml_row(*HEAD), xml_row(*THIRD))
    )
    (roadmap,), _ = read(workspace, raw_document(tmp_path / "п.docx", body))
    assert roadmap["title"] == "План мероприятий на 2024 год"
    assert lines(roadmap) == [(1, "1. Организация"), FIRST, SECOND, (1, "2. Кадры"), THIRD]


def test_who_and_when_of_one_cell_are_printed_as_written(
    tmp_path: Path, workspace: Workspace
) -> None:
    """Whether a comma stood between them is known as long as neither is edited."""
    rows = [
        ["Нормативное", ">", "Методическое", ">"],
        ["Мероприятия", "Ответственные, сроки"] * 2,
        ["Приказ", "УО 2024", "Сбор", "РМК,\nежегодно"],
        ["Совещание", ">", ">", "УО, РМК по плану"],
    ]
    (roadmap,), _ = read(workspace, document(tmp_path / "п.docx", rows, before=["План на 2024"]))
    found = [one for group in roadmap["groups"] for one in group["activities"]]
    assert [(one["responsible_text"], one["term"], one["who_when"]) for one in found] == [
        ("УО", "2024", "УО 2024"),
        ("РМК", "ежегодно", "РМК,\nежегодно"),
        ("УО, РМК", "по плану", "УО, РМК по плану"),
    ]
    write_roadmaps(workspace, tmp_path / "п.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "п.xlsx").active
    assert [cell.value for cell in sheet[4]] == ["Приказ", "УО 2024", "Сбор", "РМК,\nежегодно"]
    view = open_roadmap(workspace, list_roadmaps(workspace)[0].id)
    edit_activities(workspace, [view.activities[0].id], {"term": "2025"})
    edited = open_roadmap(workspace, view.info.id).activities
    assert [one.who_when for one in edited[:2]] == ["", "РМК,\nежегодно"]


def bullets(text: str, level: int = 0) -> str:
    """Return a paragraph of a bulleted list of Word."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def plain(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


BULLETS = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_measures_in_lists_under_their_headings(tmp_path: Path, workspace: Workspace) -> None:
    body = (
        plain("5. Принятие мер")
        + plain("Комплекс мер для школ с низкими результатами:")
        + bullets("партнёрские соглашения;")
        + bullets("назначение кураторов.")
        + plain("Комплекс мер по профилактике неуспешности:")
        + plain("1) обмен практиками;")
        + plain("2) карты для педагогов;")
        + plain("6. Эффективность мер")
        + plain("Обычный абзац.")
        + bullets("не мера")
        + bullets("тоже не мера")
    )
    path = raw_document(tmp_path / "п.docx", body, {"word/numbering.xml": BULLETS})
    (roadmap,), said = read(workspace, path)
    assert roadmap["title"] == "5. Принятие мер"
    assert lines(roadmap) == [
        (1, "Комплекс мер для школ с низкими результатами"),
        ["", "партнёрские соглашения", "", "", ""],
        ["", "назначение кураторов.", "", "", ""],
        (1, "Комплекс мер по профилактике неуспешности"),
        ["1)", "обмен практиками", "", "", ""],
        ["2)", "карты для педагогов", "", "", ""],
    ]
    assert said == ["Меры взяты из списков под заголовками: сроков и ответственных у них нет."]


def test_lists_beside_a_table_are_a_plan_of_their_own(tmp_path: Path, workspace: Workspace) -> None:
    body = (
        plain("Меры поддержки:")
        + bullets("курсы")
        + bullets("семинары")
        + PLAN
        + TABLE
        + plain("Мероприятия: одно лишь слово")
        + bullets("единственный пункт")
    )
    path = raw_document(tmp_path / "п.docx", body, {"word/numbering.xml": BULLETS})
    found, _ = read(workspace, path)
    assert [lines(one) for one in found] == [
        [FIRST, SECOND],
        [(1, "Меры поддержки"), ["", "курсы", "", "", ""], ["", "семинары", "", "", ""]],
    ]


def test_each_section_stands_above_a_header_of_its_own(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = ["№ п/п", *HEAD[1:]]
    rows = [["Раздел I. Анализ", *[">"] * 4], head, FIRST, ["Раздел II. Помощь", *[">"] * 4],
            head, SECOND]  # fmt: skip
    path = document(tmp_path / "план.docx", rows, before=["План мероприятий на 2024 год"])
    ((roadmap,), said) = read(workspace, path)
    assert said == []
    assert roadmap["title"] == "План мероприятий на 2024 год"
    sections = [(1, "Раздел I. Анализ"), FIRST, (1, "Раздел II. Помощь"), SECOND]
    assert lines(roadmap) == sections


def test_a_title_above_the_header_is_no_section(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["1. Циклограмма работы на 2024 год", *[">"] * 4], HEAD, FIRST]
    ((roadmap,), _) = read(workspace, document(tmp_path / "план.docx", rows))
    assert (roadmap["years"], lines(roadmap)) == ([2024, 2024], [FIRST])


def test_a_section_that_repeats_its_text_in_every_cell(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [HEAD, ["1. Диагностика"] * 5, FIRST, ["", *["2. Помощь школам"] * 4], SECOND]
    path = document(tmp_path / "план.docx", rows, before=["План мероприятий на 2024 год"])
    ((roadmap,), said) = read(workspace, path)
    assert said == []
    assert lines(roadmap) == [(1, "1. Диагностика"), FIRST, (1, "2. Помощь школам"), SECOND]


def test_a_word_that_two_cells_share_is_no_section(workspace: Workspace, tmp_path: Path) -> None:
    row = ["", "Аудит", "май", "Аудит", "Аудит"]
    ((roadmap,), _) = read(workspace, document(tmp_path / "план.docx", [HEAD, FIRST, row]))
    assert lines(roadmap) == [FIRST, row]
