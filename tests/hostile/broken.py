"""Files that must be refused: damaged, locked, boundless, or no tables at all."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

from tests.hostile import biff, ods_parts
from tests.hostile.cases import Case, raw
from tests.hostile.ole import compound
from tests.hostile.xlsx_parts import MAIN, number, row, sheet, table, write_xlsx

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ха">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def _book() -> bytes:
    buffer = io.BytesIO()
    write_xlsx(buffer, {"Лист1": table(50)})  # type: ignore[arg-type]
    return buffer.getvalue()


def _far(path: Path) -> None:
    rows = (row(1, number("A1", 1)), row(1_048_576, number("XFD1048576", 1)))
    write_xlsx(path, {"Лист1": sheet(*rows)})


def _far_first(path: Path) -> None:
    rows = (row(1_048_576, number("XFD1048576", 1)), row(1, number("A1", 1)))
    write_xlsx(path, {"Лист1": sheet(*rows)})


def _far_hidden_in_row(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet(row(1, number("XFD1048576", 1), number("A1", 1)))})


def _far_unspelt(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")})


def _far_error(path: Path) -> None:
    cell = '<c r="XFD1048576" t="e"><v>#N/A</v></c>'
    write_xlsx(path, {"Лист1": sheet(row(1, number("A1", 1)), row(1_048_576, cell))})


def _beyond_excel(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet(row(1, number("AAAAAAA1", 1)))})


def _bomb(path: Path) -> None:
    _padded(path, 70 << 20)


def _padded(path: Path, spaces: int) -> None:
    write_xlsx(path, {"Лист1": table().replace("<sheetData>", " " * spaces + "<sheetData>")})


def _lying_bomb(path: Path) -> None:
    """The table of contents says 1,000 bytes where 40 MB come out."""
    _padded(path, 40 << 20)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, at + 24, 1000)
    path.write_bytes(data)


def _string_bomb(path: Path) -> None:
    """One long text used by very many cells."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"я" * 500_000}</t></si></sst>'
    rows = [row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(1, 5000)]
    write_xlsx(path, {"Лист1": sheet(*rows)}, strings=strings)


def _same_part_bomb(path: Path) -> None:
    """Thousands of sheets that are all the same part."""
    names = {f"Лист{n}": table(2000) for n in range(1)}
    count = 5000
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="Л{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets>{listed}</sheets></workbook>'
    write_xlsx(path, names, extra={"xl/workbook.xml": book})


def _dense_bomb(path: Path) -> None:
    """A million cells a row-wise stream of which shrinks to a few kilobytes."""
    cells = "".join("<c><v>1</v></c>" for _ in range(16_000))
    write_xlsx(path, {"Лист1": sheet(*(f"<row>{cells}</row>" for _ in range(300)))})


def _laughs(part: str) -> object:
    def build(path: Path) -> None:
        if part == "sheet":
            body = f'{_LAUGHS}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>'
            write_xlsx(path, {"Лист1": body + "&i;</v></c></row></sheetData></worksheet>"})
        else:
            book = f'{_LAUGHS}<workbook xmlns="{MAIN}">&i;</workbook>'
            write_xlsx(path, {"Лист1": table()}, extra={"xl/workbook.xml": book})

    return build


def _utf16_sheet(path: Path) -> None:
    part = table().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    write_xlsx(path, {"Лист1": part})


def _cdata(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet('<row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>')})


def _many_entries(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for index in range(25_000):
            archive.writestr(f"xl/{index}", b"")


def _locked_zip(path: Path) -> None:
    write_xlsx(path, {"Лист1": table()})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    path.write_bytes(data)


def _ods_bomb(path: Path) -> None:
    cell = ods_parts.cell("float", 'office:value="1" table:number-columns-repeated="16384"')
    table_of_it = ods_parts.sheet("Лист1", ods_parts.row(cell, repeated=1_048_576))
    ods_parts.write_ods(path, table_of_it)


def _ods_laughs(path: Path) -> None:
    cell = ods_parts.cell("string", text="&i;")
    ods_parts.write_ods(path, ods_parts.sheet("Лист1", ods_parts.row(cell)), doctype=_LAUGHS)


def _xls_far(path: Path) -> None:
    part = biff.stream_of({"Лист1": [[1.0]]}, first=(65_535, 255))
    path.write_bytes(compound({"Workbook": part}))


def _xls_circle(path: Path) -> None:
    """The table of sectors leads in a circle."""
    data = bytearray(biff.workbook({"Лист1": [[1.0]]}))
    (fat,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, (fat + 1) * 512 + 4, 0)
    path.write_bytes(data)


def _xls_nonsense(path: Path) -> None:
    path.write_bytes(compound({"Workbook": random.Random(5).randbytes(9000)}))


def _zip_of(name: str, content: bytes = b"<x/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return buffer.getvalue()


def _unknown_string(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet('<row r="1"><c r="A1" t="s"><v>5</v></c></row>')})


def _wide_csv(path: Path) -> None:
    path.write_bytes(b"1;" * 5_000_000)


def _html_spans(path: Path) -> None:
    cells = "<td colspan=16384 rowspan=9999>Школа" * 300
    path.write_bytes(f"<table><tr>{cells}".encode())


_BOOK = _book()
_REFUSED = True

CASES: tuple[Case, ...] = (
    Case("пустой.xlsx", raw(b""), _REFUSED, "пуст"),
    Case("одни нули.xlsx", raw(b"\0" * 20_000), _REFUSED, "нули"),
    Case("одни пробелы.csv", raw(" \n" * 500), _REFUSED, "пробелы"),
    Case("обрезанный.xlsx", raw(_BOOK[: len(_BOOK) // 2]), _REFUSED, "не до конца"),
    Case("без конца.xlsx", raw(_BOOK[:-15]), _REFUSED, "не до конца"),
    Case("без начала.xlsx", raw(b"PK\x03\x04" + _BOOK[2000:]), _REFUSED, "повреждён"),
    Case(
        "без листа.xlsx",
        lambda p: write_xlsx(p, {"Лист1": table()}, omit=["xl/worksheets/sheet1.xml"]),
        _REFUSED,
        "повреждён",
    ),
    Case(
        "без оглавления.xlsx",
        lambda p: write_xlsx(p, {"Лист1": table()}, omit=["xl/workbook.xml"]),
        _REFUSED,
    ),
    Case("лист оборван.xlsx", lambda p: write_xlsx(p, {"Лист1": table()[:-60]}), _REFUSED),
    Case("дальняя ячейка.xlsx", _far, _REFUSED, "XFD"),
    Case("дальняя ячейка сначала.xlsx", _far_first, _REFUSED, "XFD"),
    Case("дальняя ячейка внутри строки.xlsx", _far_hidden_in_row, _REFUSED),
    Case("дальняя ячейка иначе.xlsx", _far_unspelt, _REFUSED, "XFD"),
    Case("дальняя ошибка.xlsx", _far_error, _REFUSED, "XFD"),
    Case("за краем листа.xlsx", _beyond_excel, _REFUSED, "AAAAAAA"),
    Case("бомба.xlsx", _bomb, _REFUSED, "слишком много места"),
    Case("бомба с ложным размером.xlsx", _lying_bomb, _REFUSED),
    Case("бомба из одной строки.xlsx", _string_bomb, _REFUSED, "памяти"),
    Case("бомба из одного листа.xlsx", _same_part_bomb, _REFUSED),
    Case("бомба из ячеек.xlsx", _dense_bomb, _REFUSED, "слишком много"),
    Case("сущности в листе.xlsx", _laughs("sheet"), _REFUSED, "необычным"),  # type: ignore[arg-type]
    Case("сущности в оглавлении.xlsx", _laughs("book"), _REFUSED),  # type: ignore[arg-type]
    Case("лист в юникоде шестнадцать.xlsx", _utf16_sheet, _REFUSED, "необычным"),
    Case("неразборный текст.xlsx", _cdata, _REFUSED, "необычным"),
    Case("тысячи частей.xlsx", _many_entries, _REFUSED),
    Case("строка вне списка.xlsx", _unknown_string, _REFUSED),
    Case(
        "адрес наоборот.xlsx",
        lambda p: write_xlsx(p, {"Лист1": sheet(row(1, number("1A", 1)))}),
        _REFUSED,
    ),
    Case(
        "с паролем.xlsx",
        raw(compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 9000})),
        _REFUSED,
        "паролем",
    ),
    Case(
        "старая с паролем.xls",
        raw(biff.workbook({"Л": [[1.0]]}, encrypted=True)),
        _REFUSED,
        "парол",
    ),
    Case("архив с паролем.xlsx", _locked_zip, _REFUSED, "паролем"),
    Case(
        "с паролем.ods",
        lambda p: ods_parts.write_ods(p, ods_parts.sheet("Л"), encrypted=True),
        _REFUSED,
        "паролем",
    ),
    Case("бомба.ods", _ods_bomb, _REFUSED, "слишком много"),
    Case("сущности.ods", _ods_laughs, _REFUSED),
    Case("дальняя ячейка.xls", _xls_far, _REFUSED, "IV"),
    Case("по кругу.xls", _xls_circle, _REFUSED),
    Case("бессмыслица.xls", _xls_nonsense, _REFUSED),
    Case(
        "обрезанная старая.xls", raw(biff.workbook({"Л": [["Школа"] * 99] * 99})[:3000]), _REFUSED
    ),
    Case(
        "документ Word.xlsx", raw(_zip_of("word/document.xml")), _REFUSED, "Документ Word повреждён"
    ),
    Case("старый Word.xls", raw(compound({"WordDocument": b"x"})), _REFUSED, "документ Word"),
    Case("презентация.xlsx", raw(_zip_of("ppt/presentation.xml")), _REFUSED, "презентация"),
    Case("двоичная книга.xlsx", raw(_zip_of("xl/workbook.bin")), _REFUSED, "двоичная"),
    Case("архив.zip", raw(_zip_of("отчёт.xlsx", _BOOK)), _REFUSED, "архив"),
    Case("архив.rar", raw(b"Rar!\x1a\x07\x00" + b"\1" * 99), _REFUSED, "архив RAR"),
    Case("документ.pdf", raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), _REFUSED, "PDF"),
    Case("скан под именем.xlsx", raw(b"\xff\xd8\xff\xe0" + b"\1" * 99), _REFUSED, "скан"),
    Case("картинка.png", raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), _REFUSED, "картинка"),
    Case("программа.xlsx", raw(b"MZ\x90\0\x03\0\0\0" + b"\0" * 999), _REFUSED, "программа"),
    Case("случайные байты.xlsx", raw(random.Random(1).randbytes(9000)), _REFUSED, "Неизвестный"),
    Case("случайные байты.csv", raw(random.Random(2).randbytes(9000)), _REFUSED, "Неизвестный"),
    Case("сочинение.txt", raw("Как я провёл лето.\n" * 9), _REFUSED, "текст без таблицы"),
    Case("ячейка без конца.csv", raw('Школа;"' + "я" * 3_000_000), _REFUSED),
    Case("пять миллионов столбцов.csv", _wide_csv, _REFUSED, "слишком много"),
    Case("без таблиц.xls", raw("<html><body>Ошибка сервера</body></html>"), _REFUSED, "таблиц"),
    Case("слияния без меры.xls", _html_spans, _REFUSED, "слишком много"),
    Case("таблица в таблице.xls", raw("<table><tr><td>" * 9000), _REFUSED),
    Case("чужой документ.xml", raw('<?xml version="1.0"?><отчёт/>'), _REFUSED, "XML"),
)
