"""Sniffing: content decides, the name only makes a note, and nothing is unpacked to find out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.services.importing import sniff_zip
from app.services.importing.sniff import NOT_A_TABLE, READABLE, Sniffed, sniff
from app.services.spreadsheets import decode, is_text
from tests.hostile import biff, ods_parts
from tests.hostile.ole import compound
from tests.hostile.xlsx_parts import table, write_xlsx
from tests.importing.word_tables import raw_document, xml_row, xml_table

RUSSIAN = "Школа;Код\nМКОУ «Лесная СОШ» № 5;01234\n"


def content(kind: str, folder: Path) -> bytes:
    path = folder / "источник"
    if kind == "xlsx":
        write_xlsx(path, {"Лист1": table()})
        return path.read_bytes()
    if kind == "ods":
        return ods_parts.write_ods(path, ods_parts.sheet("Лист1")).read_bytes()
    if kind == "docx":
        return raw_document(path, xml_table(xml_row("1"))).read_bytes()
    return {
        "xls": biff.workbook({"Лист1": [[1.0]]}),
        "csv": RUSSIAN.encode(),
        "html": b"<table><tr><td>1</table>",
        "xml": b'<?xml version="1.0"?><Workbook '
        b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    }[kind]


def sniffed(data: bytes, name: str, folder: Path) -> Sniffed:
    path = folder / "копия"
    path.write_bytes(data)
    return sniff(path, name)


@pytest.mark.parametrize("kind", sorted(READABLE))
@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv", "ods", "html", "xml", "docx"])
def test_content_decides_and_a_lying_name_is_noted(kind: str, ending: str, tmp_path: Path) -> None:
    found = sniffed(content(kind, tmp_path), f"файл.{ending.upper()}", tmp_path)
    assert found.format == kind
    assert found.problem is None
    assert bool(found.notes) == (kind != ending)


def test_a_note_names_both_sides(tmp_path: Path) -> None:
    found = sniffed(content("xls", tmp_path), "Отчёт.xlsx", tmp_path)
    assert found.notes == ("Файл назван «.xlsx», но внутри – старый формат Excel 97–2003 (.xls).",)


def test_unreadable_kinds_have_no_format(tmp_path: Path) -> None:
    found = sniffed(b"%PDF-1.4", "отчёт.pdf", tmp_path)
    assert found.format == NOT_A_TABLE
    assert found.problem is not None
    assert "PDF" in found.problem.message
    assert "Excel" in found.problem.hint


def test_a_stream_name_in_the_middle_of_data_is_not_a_stream(tmp_path: Path) -> None:
    text = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    book = biff.stream_of({"Лист1": [[1.0]]}) + b"\0" * 7 + text
    assert sniffed(compound({"Workbook": book}), "a.xls", tmp_path).format == "xls"


def test_text_that_begins_like_a_signature_is_text(tmp_path: Path) -> None:
    assert sniffed(b"MZ;BM\n1;2\n", "a.csv", tmp_path).format == "csv"
    assert sniffed(b"BM;1\n", "a.csv", tmp_path).format == "csv"


def test_archive_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"Лист1": table()})
    assert sniff_zip.kind_of_zip(path) == "xlsx"
    monkeypatch.setattr(sniff_zip, "_MOST_ENTRIES", 3)
    with pytest.raises(sniff_zip.Bomb):
        sniff_zip.kind_of_zip(path)
    monkeypatch.setattr(sniff_zip, "_MOST_ENTRIES", 300)
    monkeypatch.setattr(sniff_zip, "_LARGEST_TOTAL", 1000)
    with pytest.raises(sniff_zip.Bomb):
        sniff_zip.kind_of_zip(path)


def test_a_ratio_is_suspect_only_for_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 2_000_000)
    assert sniff_zip.kind_of_zip(path) == "xlsx"
    monkeypatch.setattr(sniff_zip, "_SUSPECT_TOTAL", 1_000_000)
    with pytest.raises(sniff_zip.Bomb):
        sniff_zip.kind_of_zip(path)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"],
)
@pytest.mark.parametrize(
    "text",
    [
        "Школа;Код\nЛесная СОШ;1\n",
        "ШКОЛА;КОД\nЛЕСНАЯ СОШ;1\n",
        "Ёлкино;5,5\n",
        "МБОУ;русский язык;математика\n",
        "2;3;4;5;Понизили;Подтвердили;Повысили\n",
        "да;нет\n",
    ],
)
def test_encodings_are_told_from_little_text(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert is_text(data)
    assert decode(data).text == text


def test_signs_of_1251_do_not_mislead() -> None:
    text = "№;Школа «Лесная» – филиал\n"
    assert decode(text.encode("cp1251")).text == text


def test_cells_of_a_table_are_words_of_their_own() -> None:
    """A small letter at the end of a cell and a capital one in the next break no word."""
    text = "№;Код ОО;Класс;Имя\n" + "1;00411;9б;Ярослава\n2;00411;9а;Илья\n" * 20
    decoded = decode(text.encode("cp1251"))
    assert (decoded.encoding, decoded.text) == ("cp1251", text)


def test_a_guess_is_noted_and_certainty_is_not() -> None:
    assert "Windows-1251" in decode(RUSSIAN.encode("cp1251")).note
    assert decode(RUSSIAN.encode()).note == ""


def test_a_broken_byte_does_not_turn_utf8_into_1251() -> None:
    data = (RUSSIAN * 5).encode().replace("Л".encode(), b"\xd0", 1)
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert "испорчены" in decoded.note
    assert decoded.text.count("\ufffd") == 1


def test_bytes_are_no_text() -> None:
    assert not is_text(bytes(range(256)))
    assert not is_text(b"\0" * 50 + b"a")
