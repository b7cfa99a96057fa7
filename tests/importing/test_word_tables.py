"""Tables of Word documents: merged cells, automatic numbers, tracked changes, hostile files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from app.services.importing.grid import Sheet
from app.services.importing.read_child import Limits
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sniff import sniff
from tests.hostile.ole import compound
from tests.importing.word_tables import (
    add_table,
    document,
    number_cells,
    raw_document,
    xml_row,
    xml_table,
)

_NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="russianLower"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def tables(reader: Reader, path: Path) -> tuple[Sheet, ...]:
    return reader.read(path, sniff(path, path.name)).sheets


def refusal(reader: Reader, path: Path) -> tuple[str, str]:
    with pytest.raises(ReadFailure) as raised:
        reader.read(path, sniff(path, path.name))
    return raised.value.finding.message, raised.value.finding.hint


def paragraph(text: str, number: tuple[int, int] | None = None) -> str:
    mark = ""
    if number:
        mark = (
            f'<w:pPr><w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/>'
            "</w:numPr></w:pPr>"
        )
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_merged_cells_and_what_stands_above(reader: Reader, tmp_path: Path) -> None:
    rows = [["№", "Что", "Кто"], ["1. Раздел", ">", ">"], ["1", "а", "РМК"], ["2", "б", "^"]]
    path = document(tmp_path / "п.docx", rows, before=["План", "", "на 2022 год"])
    (found,) = tables(reader, path)
    assert found.before == ("План", "на 2022 год")
    assert found.merged == ((1, 0, 1, 2), (2, 2, 3, 2))
    assert [found.texts(row) for row in range(4)] == [
        ["№", "Что", "Кто"], ["1. Раздел", "", ""], ["1", "а", "РМК"], ["2", "б", ""],
    ]  # fmt: skip


def test_automatic_numbers_are_text(reader: Reader, tmp_path: Path) -> None:
    rows = [
        xml_row(paragraph("Раздел", (1, 0)), "x"),
        xml_row(paragraph("", (1, 1)), "а"),
        xml_row(paragraph("", (1, 1)), paragraph("пункт", (2, 0)) + paragraph("другой", (2, 0))),
        xml_row(paragraph("Раздел", (1, 0)), "y"),
        xml_row(paragraph("", (1, 1)), "в"),
    ]
    parts = {"word/numbering.xml": _NUMBERING}
    (found,) = tables(reader, raw_document(tmp_path / "н.docx", xml_table(*rows), parts))
    assert [row[0] for row in found.rows] == ["2. Раздел", "2.1", "2.2", "3. Раздел", "3.1"]
    assert found.rows[2][1] == "а) пункт\nб) другой"


def test_numbers_of_a_list_style(reader: Reader, tmp_path: Path) -> None:
    made = docx.Document()
    number_cells(add_table(made, [["№", "Что"], ["", "а"], ["", "б"]]), 0, 1)
    made.save(str(tmp_path / "с.docx"))
    (found,) = tables(reader, tmp_path / "с.docx")
    assert [row[0] for row in found.rows] == ["№", "1.", "2."]


def test_tracked_changes_are_read_as_accepted(reader: Reader, tmp_path: Path) -> None:
    cell = (
        "<w:p><w:r><w:t>Провести </w:t></w:r><w:del><w:r><w:delText>одно </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>два </w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>лишнее</w:t></w:r></w:moveFrom><w:r><w:t>совещания</w:t></w:r></w:p>"
    )
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>нет</w:t></w:r></w:p></w:tc></w:tr>"
    path = raw_document(tmp_path / "и.docx", xml_table(xml_row("1", cell), gone))
    book = reader.read(path, sniff(path, path.name))
    assert book.sheets[0].rows == [["1", "Провести два совещания"]]
    assert any("непринятые исправления" in note for note in book.notes)


def test_hidden_text_and_fields_stay_out(reader: Reader, tmp_path: Path) -> None:
    cell = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>тайна</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>видно</w:t><w:tab/>"
        "<w:t>всем</w:t><w:br/><w:t>ниже</w:t></w:r></w:p>"
    )
    path = raw_document(tmp_path / "с.docx", xml_table(xml_row("1", cell)))
    book = reader.read(path, sniff(path, path.name))
    assert book.sheets[0].rows == [["1", "видно всем\nниже"]]
    assert any("скрытый текст" in note for note in book.notes)


def test_a_table_inside_a_cell_is_both_text_and_a_table(reader: Reader, tmp_path: Path) -> None:
    inner = xml_table(xml_row("№", "Мероприятие"), xml_row("1", "Совещание"))
    path = raw_document(tmp_path / "в.docx", xml_table(xml_row(paragraph("План") + inner)))
    outer, nested = tables(reader, path)
    assert outer.rows == [["План\n№; Мероприятие\n1; Совещание"]]
    assert nested.rows == [["№", "Мероприятие"], ["1", "Совещание"]]


def test_borders_that_nearly_meet_are_one(reader: Reader, tmp_path: Path) -> None:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (1000, 60, 3000))
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>б</w:t></w:r></w:p></w:tc>'
    body = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{xml_row(wide.replace('б', '1'), 'а')}"
    path = raw_document(tmp_path / "г.docx", body + xml_row("2", wide) + "</w:tbl>")
    (found,) = tables(reader, path)
    assert (found.rows, found.merged) == ([["1", "а"], ["2", "б"]], ())


def test_pages_that_cut_a_table_are_joined(reader: Reader, tmp_path: Path) -> None:
    head = ["№", "Мероприятие", "Срок"]
    first, again, bare = [head, ["1", "а", "2022"]], [head, ["2", "б", "2022"]], [["", "в", ""]]
    other = [["Школа", "Куратор", "Должность"], ["СОШ", "Фамилия", "директор"]]
    path = document(tmp_path / "с.docx", first, again, bare, other)
    joined, last = tables(reader, path)
    assert joined.name == "Таблицы 1–3"
    assert [row[1] for row in joined.rows] == ["Мероприятие", "а", "Мероприятие", "б", "в"]
    assert last.rows[0] == ["Школа", "Куратор", "Должность"]


def test_a_document_without_tables_is_empty(reader: Reader, tmp_path: Path) -> None:
    path = raw_document(tmp_path / "т.docx", paragraph("Просто текст"))
    assert tables(reader, path) == ()


def test_a_password_is_told_with_what_to_do(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "план.docx"
    path.write_bytes(compound({"EncryptionInfo": b"x" * 600, "EncryptedPackage": b"y" * 5000}))
    message, hint = refusal(reader, path)
    assert message == "Документ защищён паролем."
    assert "в Word" in hint


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl>" + "<w:tr><w:tc>" * 5000,
        "<w:tbl><w:tr><w:tc><w:p>&boom;</w:p></w:tc></w:tr></w:tbl>",
    ],
    ids=["cut short", "unknown entity"],
)
def test_broken_xml_is_told_as_a_document(reader: Reader, tmp_path: Path, body: str) -> None:
    message, hint = refusal(reader, raw_document(tmp_path / "б.docx", body))
    assert "Документ Word повреждён" in message
    assert "«Документ Word (.docx)»" in hint


def test_entities_are_refused_before_they_grow(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "ха.docx"
    laughs = '<!DOCTYPE x [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", laughs)
    assert "повреждён" in refusal(reader, path)[0]


def test_tables_a_thousand_deep_end_in_a_sentence(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    path = raw_document(tmp_path / "г.docx", deep)
    with Reader(limits=Limits(seconds=10)) as reader:
        assert refusal(reader, path)[1]


def test_a_damaged_archive(reader: Reader, tmp_path: Path) -> None:
    path = document(tmp_path / "п.docx", [["№", "Что"]])
    path.write_bytes(path.read_bytes()[:-200])
    assert "повреждён или скопирован не до конца" in refusal(reader, path)[0]


@pytest.mark.parametrize("name", ["план.rtf", "план.doc"])
def test_older_documents_are_to_be_saved_anew(reader: Reader, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = compound({"WordDocument": b"x" * 5000}) if name.endswith("doc") else b"{\\rtf1 text}"
    path.write_bytes(data)
    assert "«Документ Word (.docx)»" in refusal(reader, path)[1]


def test_a_file_put_into_a_document_whole_is_told(reader: Reader, tmp_path: Path) -> None:
    table = xml_table(xml_row("№", "Мероприятие"), xml_row("1", "Слёт"))
    path = raw_document(tmp_path / "план.docx", f"<w:altChunk/>{table}")
    read = reader.read(path, sniff(path, path.name))
    assert read.sheets[0].texts(1) == ["1", "Слёт"]
    (note,) = read.notes
    assert "вставлены другие файлы (1): они не прочитаны" in note
