"""The order as a PDF."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest

from app.errors import Cancelled, OutputError, UserError
from app.services.documents import blocks, lay_out, render_pdf
from app.services.documents.content.facts import ListedSchool
from app.services.documents.language import NBSP
from app.services.documents.pdf import fits, fonts
from app.services.documents.pdf.wrap import Hyphens, Wrapper
from tests.documents.samples import (
    LONG_NAME,
    OFFICE,
    REASON,
    body,
    emblem,
    order,
    pdf_pages,
    schools,
    squeezed,
)


def with_title(title: str) -> blocks.Content:
    content = order()
    changed = (
        blocks.Heading(title) if block == blocks.Heading(content.title) else block
        for block in content.blocks
    )
    return replace(content, title=title, blocks=tuple(changed))


def test_every_text_is_in_the_file() -> None:
    content = order(risk_zone=schools(4, "зона риска"), schools=schools(30))
    text = squeezed(body(pdf_pages(render_pdf(content))))
    missing = [p.place for p in blocks.texts(content) if squeezed(p.text) not in text]
    assert missing == []


def test_header_of_the_table_is_on_every_page_it_spans() -> None:
    pages = pdf_pages(render_pdf(order(schools=schools(40))))
    with_rows = [page for page in pages if "ВПР, русский язык, 5" in page.replace(NBSP, " ")]
    assert len(with_rows) >= 4
    assert all("Основание" in page and "Категория" in page for page in with_rows)
    assert all(page.count("Категория") == 1 for page in with_rows)


def test_pages_are_numbered_from_the_second() -> None:
    pages = pdf_pages(render_pdf(order(schools=schools(40))))
    # The number is drawn before the text of its page.
    assert not re.match(r"\d", pages[0].strip())
    assert [page.split()[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


def test_only_embedded_fonts() -> None:
    data = render_pdf(order())
    names = set(re.findall(rb"/BaseFont /([^\s/]+)", data))
    assert names
    assert all(b"+Tinos" in name for name in names)
    assert len(re.findall(rb"/FontFile2", data)) == len(names)


def test_properties_language_and_bookmarks() -> None:
    data = render_pdf(order(risk_zone=schools(1)))
    document = pypdfium2.PdfDocument(data)
    properties = document.get_metadata_dict()
    bookmarks = [mark.get_title() for mark in document.get_toc()]
    document.close()
    assert properties["Title"] == order().title
    assert properties["Author"] == OFFICE.name
    assert properties["Subject"] == "2025 год от 26.09.2025 № 66-ОД"
    assert b"/Lang (ru-RU)" in data
    assert bookmarks[0] == order().title
    assert len(bookmarks) == 3


def test_markup_in_data_is_printed_as_it_is() -> None:
    strange = ListedSchool("Школа <b>№1</b> & Ко <para>", "ШНОР", "a < b && <i>c</i>; " + REASON)
    text = "".join(pdf_pages(render_pdf(order(schools=(strange,)))))
    assert "Школа <b>№1</b> & Ко <para>" in text.replace("\r\n", " ")
    assert squeezed("a < b && <i>c</i>;") in squeezed(text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Школа \N{GRINNING FACE}", "U\\+1F600"), ("Школа\u0007", "U\\+0007"), ("學校", "U\\+5B78")],
)
def test_letter_that_the_font_lacks_is_named_with_its_place(name: str, shown: str) -> None:
    rows = (*schools(1), ListedSchool(name, "ШНОР", REASON))
    with pytest.raises(OutputError, match=shown) as caught:
        render_pdf(order(schools=rows))
    assert "строка 2, графа «Общеобразовательная организация»" in str(caught.value)


def test_font_holds_every_letter_we_write() -> None:
    alphabet = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    signs = f"0123456789№₽§«»„“–—−…±×≥≤≈%+=/()[]{NBSP}\u2011\u2009\u202f’"
    fonts.check_letters([blocks.Piece("проба", alphabet + signs)])


@pytest.mark.parametrize("title", ["Об утверждении перечня " * 17, "Ы" * 400])
def test_long_title(title: str) -> None:
    pages = pdf_pages(render_pdf(with_title(title[:400].strip())))
    assert squeezed(title[:400]) in squeezed("".join(pages))


def test_very_long_names_and_rows_taller_than_a_page() -> None:
    rows = (
        ListedSchool(LONG_NAME, "ШНОР", REASON),
        ListedSchool("Щ" * 200, "ШНОР", REASON),
        ListedSchool("МКОУ «Длинная»", "ШНОР", f"{REASON} " * 40),
        *schools(2),
    )
    content = order(schools=rows)
    pages = pdf_pages(render_pdf(content))
    text = squeezed(body(pages))
    assert squeezed(LONG_NAME) in text
    assert text.count(squeezed("порог 30 %.")) == 44
    assert all(page.count("Категория") <= 1 for page in pages)


@pytest.mark.parametrize("length", [1, 3, 6, 8, 30])
def test_heading_does_not_stay_alone_above_a_table(length: int) -> None:
    """Whatever stands before it, the heading of a list has its first row on the same page."""
    content = order(schools=(ListedSchool("МБОУ «Первая»", "ШНОР", f"{REASON} " * length),))
    where = content.blocks.index(next(b for b in content.blocks if isinstance(b, blocks.Table))) - 1
    for lines in range(0, 44, 4):
        filler = tuple(blocks.Paragraph((blocks.Run("Строка."),)) for _ in range(lines))
        padded = (*content.blocks[:where], *filler, *content.blocks[where:])
        pages = pdf_pages(render_pdf(replace(content, blocks=padded)))
        titled = [page for page in pages if "по итогам 2025 года\r\n№" in page.replace(NBSP, " ")]
        assert len(titled) == 1, lines
        assert "МБОУ «Первая»" in titled[0]


def test_words_are_hyphenated_only_where_columns_are_narrow() -> None:
    word = "общеобразовательная"
    narrow = blocks.Table(tuple(blocks.Column(word, 1) for _ in range(9)), ((word,) * 9,))
    wide = blocks.Table((blocks.Column("№", 1), blocks.Column("ОО", 3)), (("1", f"{word} " * 9),))
    # PDFium reads a hyphen at the end of a line as U+FFFE.
    breaks = [
        pdf_pages(render_pdf(replace(order(), blocks=(table,))))[0].count("\ufffe")
        for table in (narrow, wide)
    ]
    assert breaks[0] >= 18
    assert breaks[1] == 0


def test_signature_takes_the_last_point_with_it() -> None:
    for lines in range(0, 40, 3):
        content = order()
        filler = tuple(blocks.Paragraph((blocks.Run("Строка."),)) for _ in range(lines))
        pages = pdf_pages(render_pdf(replace(content, blocks=(*filler, *content.blocks))))
        signed = next(page for page in pages if "Начальник управления" in page)
        assert "оставляю за собой" in signed, lines
        assert "Исполнитель" in signed, lines
        assert "тел." in signed, lines


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_emblem_is_printed(kind: str) -> None:
    office = replace(OFFICE, emblem=emblem(kind, side=1500))
    data = render_pdf(order(office=office))
    assert b"/Subtype /Image" in data
    assert len(data) < 200_000


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "не PNG"),
        (b"\x89PNG\r\n\x1a\n broken", "не PNG"),
        (emblem()[:300], "повреждён"),
        (b"x" * 50_000_000, "50 МБ"),
    ],
)
def test_bad_emblem_is_told(data: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why):
        render_pdf(order(office=replace(OFFICE, emblem=data)))


def test_emblem_of_too_many_dots_is_told() -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.new("1", (7000, 7000)).save(file, "PNG")
    with pytest.raises(UserError, match="7000×7000 точек"):
        render_pdf(order(office=replace(OFFICE, emblem=file.getvalue())))


def test_left_margin_for_long_storage() -> None:
    def left_edge(content: blocks.Content) -> float:
        document = pypdfium2.PdfDocument(render_pdf(content))
        page = document[0]
        text_page = page.get_textpage()
        left = min(text_page.get_charbox(i)[0] for i in range(text_page.count_chars()))
        text_page.close()
        page.close()
        document.close()
        return float(left)

    assert left_edge(order()) == pytest.approx(20 / 25.4 * 72, abs=2)
    assert left_edge(order(long_storage=True)) == pytest.approx(30 / 25.4 * 72, abs=2)


def test_the_place_of_every_block_is_where_its_text_stands() -> None:
    made: list[blocks.Block] = []
    for number in range(40):
        made.append(blocks.Heading(f"Раздел {number} начат", 1))
        made.append(blocks.Paragraph((blocks.Run(f"Абзац {number} и слова. " * 30),)))
    made += [blocks.NewPage(landscape=True), blocks.Heading("Боком")]
    made.append(blocks.Table((blocks.Column("А", 1.0),), tuple((f"ряд {n}",) for n in range(60))))
    content = blocks.Content(
        "Проба", "programme", "2025", tuple(made), blocks.Meta("Управление", 2026)
    )
    laid = lay_out(content, lambda: None)
    assert set(laid.places) == set(range(len(made))) - {80}
    document = pypdfium2.PdfDocument(laid.pdf)
    for index, place in laid.places.items():
        block = made[index]
        if isinstance(block, blocks.Heading):
            page = document[place.page]
            text = page.get_textpage()
            found = text.search(block.text, match_case=True).get_next()
            assert found is not None, block.text
            top = 1 - text.get_charbox(found[0])[3] / page.get_height()
            text.close()
            assert place.top - 0.005 < top < place.top + 0.06, block.text
    document.close()


def test_laying_out_ends_where_it_is_told_to() -> None:
    made = tuple(blocks.Paragraph((blocks.Run("слово " * 400),)) for _ in range(50))
    content = blocks.Content("Проба", "programme", "2025", made, blocks.Meta("Управление", 2026))
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        lay_out(content, check)
    assert len(asked) == 5


@pytest.mark.parametrize("lines", [1, 30, 60, 200])
def test_what_fits_is_what_takes_no_more_pages(lines: int) -> None:
    made = tuple(blocks.Paragraph((blocks.Run(f"Строка {n}"),)) for n in range(lines))
    content = blocks.Content("Проба", "programme", "2025", made, blocks.Meta("Управление", 2026))
    pages = len(pdf_pages(render_pdf(content)))
    assert [fits(content, most) for most in range(1, pages + 2)] == [
        most >= pages for most in range(1, pages + 2)
    ]


def test_abbreviations_are_parted_only_at_their_plus() -> None:
    wrapper, size = Wrapper(), 12.0
    for hyphens in (Hyphens.LONG, Hyphens.FILL):
        lines = wrapper.lines("ШНОР+ШНСУ", "Tinos", size, 60.0, hyphens=hyphens)
        assert lines == ("ШНОР+", "ШНСУ")


def test_headings_that_skip_a_level_still_get_bookmarks() -> None:
    levels = (2, 4, 1, 3)
    headings = tuple(blocks.Heading(f"Заголовок {level}", level) for level in levels)
    data = render_pdf(replace(order(), blocks=headings))
    found = [(one.get_title(), one.level) for one in pypdfium2.PdfDocument(data).get_toc()]
    assert found == [
        ("Заголовок 2", 0),
        ("Заголовок 4", 1),
        ("Заголовок 1", 0),
        ("Заголовок 3", 1),
    ]


def test_the_dots_of_the_contents_begin_where_the_heading_ends() -> None:
    titles = (
        "Цели",
        "Основания разработки программы",
        "Проблемы, на решение которых она направлена",
    )
    content = blocks.Content(
        "Программа", "programme", "2025",
        (blocks.Contents("Содержание"), *(blocks.Heading(one, 2) for one in titles)),
        blocks.Meta("Отдел", 2025),
    )  # fmt: skip
    with pypdfium2.PdfDocument(render_pdf(content)) as file:
        page = file[0].get_textpage()
        text = page.get_text_range()
        gaps = []
        for title in titles:
            last = text.index(title) + len(title) - 1
            dot = text.index(".", last)
            gaps.append(page.get_charbox(dot)[0] - page.get_charbox(last)[2])
    assert all(0 < gap < 12 for gap in gaps)
