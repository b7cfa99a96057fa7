"""What stays together on a page: lists, tables and signatures, and lines that are not stretched."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from app.errors import OutputError
from app.services.documents import blocks
from app.services.documents.blanks import PERSON
from app.services.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Content,
    Contents,
    Heading,
    Meta,
    NumberedPoints,
    Paragraph,
    Point,
    Role,
    Row,
    Run,
    Signature,
    Table,
)
from app.services.documents.pdf.fonts import REGULAR
from app.services.documents.pdf.paragraph import TextParagraph
from app.services.documents.pdf.styles import styles
from app.services.documents.pdf.wrap import Hyphens, Wrapper
from app.services.documents.rendering import fits, render_docx, render_pdf
from app.services.documents.together import kept_items, with_signature
from tests.documents.samples import pdf_pages, squeezed

COLUMNS = (Column("№", 5.0), Column("Содержание", 50.0))
SIGNED = (
    Signature("Начальник", "И.И. Иванов"),
    Paragraph((Run("Исполнитель: П.П. Петров"),), Role.EXECUTOR),
)
ENDINGS: dict[str, tuple[Block, ...]] = {
    "абзац": (Paragraph((Run("Коротко."),)),),
    "пункты": (NumberedPoints(tuple(Point(f"Пункт {number}.") for number in range(4))),),
    "список": (Bullets((Point("раз"), Point("два"))),),
    "таблица из одной": (Table(COLUMNS, (("1", "запись"),)),),
    "таблица": (Table(COLUMNS, (("1", "строка"), ("2", "строка"), ("3", "строка"))),),
    "таблица подлиннее": (Table(COLUMNS, tuple((str(n), "строка") for n in range(1, 8))),),
}


def document(*listed: Block) -> Content:
    """Return a document of those blocks."""
    return Content("Проба", "order-own", "2025", listed, Meta("Управление", 2026))


def lines_of(page: str, index: int) -> list[str]:
    """Return the lines of a page without its number."""
    lines = [line for line in page.splitlines() if line.strip()]
    return lines[1:] if index else lines


def faults_of(pages: list[str]) -> Iterator[str]:
    """Return what stands alone on a page where it must not."""
    for index, page in enumerate(pages):
        lines = lines_of(page, index)
        if not lines:
            yield f"страница {index + 1} пуста"
            continue
        signature = next((at for at, line in enumerate(lines) if "Начальник" in line), None)
        if signature is not None and signature < 2:
            yield "подпись без текста"
        if lines[-1] == "Заголовок":
            yield "заголовок в конце страницы"
        if len(lines) == 1 or lines[-1].startswith(("1. Пункт", "– раз")):
            yield f"одинокая строка «{lines[-1]}»"
        if index and lines[0] == "№ Содержание" and page.count("строка") == 1:
            yield "одинокая строка таблицы"
        begins = "№ Содержание" in lines and index < len(pages) - 1
        if begins and "строка" in lines[-1] and page.count("строка") == 1:
            yield "одна строка под шапкой в конце страницы"


@pytest.mark.parametrize("closing", [(), SIGNED], ids=["без подписи", "с подписью"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_stands_alone_wherever_the_page_ends(
    ending: str, closing: tuple[Block, ...]
) -> None:
    seen = set()
    for length in range(24, 44):
        text = [Paragraph((Run(f"Абзац {number}."),)) for number in range(length)]
        made = document(*text, Heading("Заголовок", 2), *ENDINGS[ending], *closing)
        pages = pdf_pages(render_pdf(made))
        assert list(faults_of(pages)) == [], length
        seen.add(len(pages))
    assert len(seen) > 1  # the end of a page was among them


@pytest.mark.parametrize("closing", [(), SIGNED], ids=["без подписи", "с подписью"])
def test_a_long_table_leaves_no_lone_row(closing: tuple[Block, ...]) -> None:
    for length in range(30, 48):
        rows = tuple((str(number), "строка") for number in range(length))
        pages = pdf_pages(render_pdf(document(Heading("Таблица"), Table(COLUMNS, rows), *closing)))
        assert list(faults_of(pages)) == [], length
        assert "".join(pages).count("строка") == length


@pytest.mark.parametrize("ending", ENDINGS)
def test_one_page_is_measured_as_it_is_drawn(ending: str) -> None:
    answers = set()
    for length in range(24, 44):
        text = [Paragraph((Run(f"Абзац {number}."),)) for number in range(length)]
        for closing in ((), SIGNED):
            made = document(*text, Heading("Заголовок", 2), *ENDINGS[ending], *closing)
            one_page = len(pdf_pages(render_pdf(made))) == 1
            assert fits(made, 1) is one_page, length
            answers.add(one_page)
    assert answers == {True, False}


def test_the_last_short_note_is_not_alone_on_a_page() -> None:
    last = ("Сокращения. " + "слово " * 20, "Перечень составлен для поддержки.")
    pages = 1
    for lines in range(30, 60):
        above = tuple(Paragraph((Run(f"Строка {number}"),)) for number in range(lines))
        notes = tuple(Paragraph((Run(text),), Role.NOTE) for text in ("Правило. " * 60, *last))
        content = Content("Приказ", "order", "2025", (*above, *notes), Meta("Отдел", 2025))
        drawn = [squeezed(page) for page in pdf_pages(render_pdf(content))]
        pages = max(pages, len(drawn))
        assert "составлен" in drawn[-1]
        assert "Сокращения" in drawn[-1]
    assert pages > 1


def test_a_row_as_tall_as_a_page_still_gets_its_signature() -> None:
    tall = Table(COLUMNS, (("1", "\n".join(f"строка {number}" for number in range(120))),))
    text = "".join(pdf_pages(render_pdf(document(tall, *SIGNED))))
    assert text.count("строка") == 120
    assert text.count("Начальник") == text.count("Исполнитель") == 1


LONG = "Слово подлиннее " * 400


@pytest.mark.parametrize(
    "made",
    [
        (Heading(LONG), Paragraph((Run("Конец."),))),
        (Heading(LONG), Table(COLUMNS, (("1", "Конец."),))),
        (Contents("Содержание"), *[Heading(LONG[:400])] * 30, Paragraph((Run("Конец."),))),
        (Table((Column(LONG, 9.0), Column("Графа", 9.0)), (("1", "да"), ("2", "Конец."))),),
        (NumberedPoints((Point(LONG), Point("Конец."))), *SIGNED),
    ],
    ids=["заголовок", "над таблицей", "оглавление", "шапка таблицы", "пункт"],
)
def test_what_is_taller_than_a_page_goes_on_the_next(made: tuple[Block, ...]) -> None:
    pages = pdf_pages(render_pdf(document(*made)))
    assert len(pages) > 1
    assert "Конец." in pages[-1]
    assert squeezed("".join(pages)).count("подлиннее") >= 400


def test_what_cannot_be_divided_is_told() -> None:
    with pytest.raises(OutputError, match="есть надпись выше листа"):
        render_pdf(document(Paragraph((Run("а"),)), Signature(LONG, "И.И. Иванов")))


@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_a_table_of_too_many_columns_is_told(render: Callable[[Content], bytes]) -> None:
    columns = tuple(Column(f"Графа {number}", 5.0) for number in range(60))
    with pytest.raises(OutputError, match="Таблица из 60 граф не помещается"):
        render(document(Table(columns, (("значение",) * 60,))))


def test_a_column_without_room_ends_the_breaking_of_words() -> None:
    lines = Wrapper().lines("слово", REGULAR, 12, -3, hyphens=Hyphens.NONE)
    assert "".join(lines) == "слово"


def test_a_document_of_nothing_is_an_empty_file() -> None:
    assert docx.Document(io.BytesIO(render_docx(document()))).paragraphs == []
    assert len(pdf_pages(render_pdf(document()))) == 1


def test_kept_items_of_a_list() -> None:
    assert kept_items(["а", "б", "в", "г"]) == (True, False, True, False)
    assert kept_items(["а", "б:", "в", "г", "д"]) == (True, True, False, True, False)
    assert kept_items(["один"]) == (False,)
    assert kept_items([]) == ()
    long = "слово " * 80
    assert kept_items([long, "б", "в", "г"]) == (False, False, True, False)


def test_a_short_line_brings_another_one_to_the_signature() -> None:
    assert with_signature(["абзац", "коротко"]) == 2
    assert with_signature(["абзац", "слово " * 20]) == 1
    assert with_signature(["коротко"]) == 1
    assert with_signature([]) == 0


def extras(text: str, width: float) -> list[float]:
    """Return the room that each line shares among its words."""
    paragraph = TextParagraph(text, styles(document()).point)
    return [extra for extra, _ in paragraph.breakLines([width]).lines]


def test_a_line_of_two_words_is_not_pulled_apart() -> None:
    loose = extras("Назначить координатором " + "а" * 40 + " конец", 320)
    assert loose[0] == 0
    even = extras("слова и слова и ещё слова разной длины " * 4, 320)
    assert all(extra > 0 for extra in even[:-1])


def test_only_justified_lines_are_let_loose() -> None:
    centred = TextParagraph("с. Тридевятое", styles(document()).roles[Role.PLACE])
    ((extra, _),) = centred.breakLines([320]).lines
    assert extra > 200  # half of it stands at each side


def test_a_text_with_a_blank_is_not_justified() -> None:
    blank = f"Контроль исполнения возложить на {PERSON}."
    made = document(
        Paragraph((Run(blank),)), NumberedPoints((Point(blank), Point("без пропуска"))),
        Bullets((Point(blank),)),
    )  # fmt: skip
    opened = docx.Document(io.BytesIO(render_docx(made)))
    names = [paragraph.style.name for paragraph in opened.paragraphs]
    assert names == [
        "Текст документа, по левому краю",
        "Пункт, по левому краю",
        "Пункт",
        "Пункт списка, по левому краю",
    ]


def test_word_does_not_join_tables_nor_set_them_against_text() -> None:
    one = Table(COLUMNS, (("1", Cell("первая", bold=True)), ("2", "вторая")))
    text = Paragraph((Run("Под таблицами и над ними."),))
    made = document(text, one, one, text, one, *SIGNED)
    opened = docx.Document(io.BytesIO(render_docx(made)))
    tags = [element.tag for element in opened.element.body]
    pairs = list(pairwise(tags))
    assert tags.count(qn("w:tbl")) == 4
    assert (qn("w:tbl"), qn("w:tbl")) not in pairs
    # A gap above the first table, between the two, under them, above the third, and under it.
    gaps = [p for p in opened.paragraphs if not p.text]
    assert [p.style.name for p in gaps] == ["Отступ у таблицы"] * 5


def test_the_last_rows_of_a_signed_table_go_with_the_signature() -> None:
    rows = tuple((str(number), "строка") for number in range(4))
    for closing, expected in (((), [0, 2]), (SIGNED, [0, 2, 3])):
        opened = docx.Document(io.BytesIO(render_docx(document(Table(COLUMNS, rows), *closing))))
        table = opened.tables[0]
        kept = [
            index - 1
            for index, row in enumerate(table.rows)
            if index and all(c.paragraphs[0].paragraph_format.keep_with_next for c in row.cells)
        ]
        assert kept == expected


GROUP = (Cell("Раздел", columns=2),)


def test_the_header_has_two_rows_below_it_where_a_table_begins() -> None:
    rows = (GROUP, *((str(number), "строка") for number in range(1, 6)))
    seen = set()
    for length in range(24, 44):
        text = [Paragraph((Run(f"Абзац {number}."),)) for number in range(length)]
        pages = pdf_pages(render_pdf(document(*text, Table(COLUMNS, rows))))
        begins = next(page for page in pages if "Содержание" in page)
        seen.add(begins.count("строка"))
    assert seen == {2, 3, 5}


def test_a_tall_first_row_may_stand_alone_under_the_header() -> None:
    tall = "\n".join(f"строка {number}" for number in range(16))
    rows = (("1", tall), ("2", tall), ("3", tall))
    text = [Paragraph((Run(f"Абзац {number}."),)) for number in range(18)]
    pages = pdf_pages(render_pdf(document(*text, Table(COLUMNS, rows))))
    assert pages[0].count("строка") == 16


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ((GROUP, *((str(n), "строка") for n in range(6))), [0, 1, 5]),
        (tuple((str(n), "строка") for n in range(6)), [0, 4]),
        ((("1", "строка " * 300), *((str(n), "строка") for n in range(2, 6))), [3]),
        ((("1", "строка"),), []),
    ],
)
def test_word_keeps_the_first_row_with_the_second(rows: tuple[Row, ...], kept: list[int]) -> None:
    (table,) = docx.Document(io.BytesIO(render_docx(document(Table(COLUMNS, rows))))).tables
    marked = [
        index - 1
        for index, row in enumerate(table.rows)
        if index and stays(row.cells[0].paragraphs[0])
    ]
    assert marked == kept


def stays(paragraph: Any) -> bool:
    """Return whether a paragraph stays with the next one, by itself or by its style."""
    own = paragraph.paragraph_format.keep_with_next
    return bool(paragraph.style.paragraph_format.keep_with_next if own is None else own)


def test_every_text_is_said_once() -> None:
    made = document(*ENDINGS["таблица"], *SIGNED)
    printed = "".join(pdf_pages(render_pdf(made)))
    for piece in blocks.texts(made)[1:]:
        assert piece.text in printed


def test_a_table_of_signatures_stays_on_one_page() -> None:
    rows = tuple((str(number), "Подпись") for number in range(5))
    kept = Table(COLUMNS, rows, headed=False, whole=True)
    seen = set()
    for length in range(24, 44):
        text = [Paragraph((Run(f"Абзац {number}."),)) for number in range(length)]
        pages = pdf_pages(render_pdf(document(*text, Heading("Заголовок", 2), kept)))
        assert sorted(page.count("Подпись") for page in pages)[-1] == 5, length
        assert "Заголовок" in pages[-1]
        seen.add(len(pages))
    assert seen == {1, 2}


def test_a_table_that_no_page_holds_is_divided_though_it_should_stay_whole() -> None:
    rows = tuple((str(number), "строка") for number in range(90))
    pages = pdf_pages(render_pdf(document(Table(COLUMNS, rows, headed=False, whole=True))))
    assert "".join(pages).count("строка") == 90


def test_word_keeps_a_table_of_signatures_on_one_page() -> None:
    rows = tuple((str(number), "Подпись") for number in range(5))
    made = document(Table(COLUMNS, rows, headed=False, whole=True))
    (table,) = docx.Document(io.BytesIO(render_docx(made))).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True, True, True, True, None]
