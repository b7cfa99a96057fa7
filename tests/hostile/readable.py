"""Files that are odd but honest: each must be read, and what is odd about it must be told."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.hostile import biff, ods_parts
from tests.hostile.cases import Case, raw
from tests.hostile.xlsx_parts import MAIN, number, row, sheet, table, text, write_xlsx

_LIST = "Школа;Код;Доля\nМКОУ Лесная СОШ;01234;33,33\nМБОУ «Полевая» ООШ;01235;#Н/Д\n"
_HTML = (
    "<html><head><meta charset='{0}'><title>x</title></head><body><table><tr><th rowspan=2>Школа"
    "<th colspan=2>Доля</tr><tr><td>%<td>чел.</tr><tr><td>Лесная СОШ<td>33,33<td>5</table>"
)
_XML2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-'
    'microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="Лист"><Table><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">'
    'Школа</Data></Cell><Cell><Data ss:Type="Number">5</Data></Cell><Cell ss:Formula="=1/0"><Data '
    'ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=1"/></Row></Table><WorksheetOptions>'
    "<Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"
)


def _stale(path: Path) -> None:
    cells = row(1, "<c r='A1'/>".replace("'", '"'), '<c r="B1"><f>SUM(C1:C9)</f><v>0</v></c>')
    write_xlsx(path, {"Лист1": sheet(cells)}, after_sheets='<calcPr fullCalcOnLoad="1"/>')


def _formulas(path: Path) -> None:
    cells = row(
        1,
        '<c r="A1"><f>1+1</f></c>',
        '<c r="B1"><f>1+1</f><v></v></c>',
        '<c r="C1"><f>1+1</f><v>2</v></c>',
        '<c r="D1" t="str"><f>""</f><v></v></c>',
    )
    write_xlsx(path, {"Лист1": sheet(cells)})


def _errors(path: Path) -> None:
    cells = row(
        2,
        text("A2", "Лесная СОШ"),
        '<c r="B2" t="e"><v>#N/A</v></c>',
        '<c r="C2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        number("D2", 7),
    )
    write_xlsx(path, {"Лист1": sheet(cells)})


def _hidden(path: Path) -> None:
    sheets = {"Открытый": table(), "Скрытый": table(), "Глубоко": table()}
    write_xlsx(path, sheets, states={"Скрытый": "hidden", "Глубоко": "veryHidden"})


def _no_addresses(path: Path) -> None:
    rows = '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c/><c><f>A1</f></c></row>'
    write_xlsx(path, {"Лист1": sheet(rows)})


def _prefixed(path: Path) -> None:
    part = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="B1" t="e"><x:v>#N/A</x:v>'
        '</x:c><x:c r="C1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    write_xlsx(path, {"Лист1": part})


def _single_quotes(path: Path) -> None:
    write_xlsx(path, {"Лист1": table().replace('"', "'").replace("s='0'", "s = '0'")})


def _merges(path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 200_002))
    part = table().replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")
    write_xlsx(path, {"Лист1": part})


def _far_styles(path: Path) -> None:
    rows = (row(1, text("A1", "Школа")), row(1_048_576, '<c r="XFD1048576" s="1"/>'))
    write_xlsx(path, {"Лист1": sheet(*rows)})


def _lying_dimension(path: Path) -> None:
    part = table().replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    write_xlsx(path, {"Лист1": part})


def _offset(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet(row(4, text("C4", "Школа"), number("E4", 5)))})


def _since_1904(path: Path) -> None:
    write_xlsx(
        path,
        {"Лист1": sheet(row(1, number("A1", 44_000, style=1)))},
        properties='<workbookPr date1904="1"/>',
    )


def _marks_as_dates(path: Path) -> None:
    cells = row(1, text("A1", "Доля"), number("B1", 45_689, style=1), number("C1", 4.67))
    write_xlsx(path, {"Лист1": sheet(cells)})


def _look_alikes(path: Path) -> None:
    # Latin C, O, K and a: the letters look Russian and are not.
    cells = row(1, text("A1", "Лесная COШ"), text("B1", "Koд"), text("C1", "Дoля"))
    write_xlsx(path, {"Лист1": sheet(cells)})


def _strings(path: Path) -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>Школа</t><rPh sb="0" eb="1"><t>лишнее</t></rPh></si><si/>'
        "<si><r><t>Лес</t></r><r><t>ная</t></r></si></sst>"
    )
    cells = row(1, *(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABC")))
    write_xlsx(path, {"Лист1": sheet(cells)}, strings=strings)


def _many_sheets(path: Path) -> None:
    write_xlsx(path, {f"Лист{n}": table(3) for n in range(300)})


def _backslashes(path: Path) -> None:
    write_xlsx(path, {"Лист1": table()})
    with zipfile.ZipFile(path, "a") as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    other = relations.replace("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")
    write_xlsx(path, {"Лист1": table()}, extra={"xl/_rels/workbook.xml.rels": other})


def _chart(path: Path) -> None:
    part = f'<chartsheet xmlns="{MAIN}"/>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    write_xlsx(path, {"Лист1": table(), "Диаграмма": part})
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    other = relations.replace(
        f'{kind}/worksheet" Target="worksheets/sheet2.xml',
        f'{kind}/chartsheet" Target="chartsheets/sheet1.xml',
    )
    extra = {"xl/_rels/workbook.xml.rels": other, "xl/chartsheets/sheet1.xml": part}
    write_xlsx(path, {"Лист1": table(), "Диаграмма": part}, extra=extra)


def _long_text(path: Path) -> None:
    write_xlsx(path, {"Лист1": sheet(row(1, text("A1", "я" * 32_767)))})


def _ods(path: Path) -> None:
    note = "<office:annotation><text:p>заметка</text:p></office:annotation>"
    rows = (
        ods_parts.row(ods_parts.gap(16_384), repeated=2),
        ods_parts.row(
            ods_parts.gap(1),
            ods_parts.cell("string", text="Школа").replace("<text:p>", f"{note}<text:p>"),
            ods_parts.cell("float", 'office:value="5"', "5,00"),
            ods_parts.cell("date", 'office:date-value="2025-04-20"'),
            '<table:table-cell table:formula="of:=1+1"/>',
            ods_parts.cell("string", 'table:formula="of:=NA()" calcext:value-type="error"', "#Н/Д"),
            ods_parts.gap(16_000),
        ),
        ods_parts.row(ods_parts.gap(16_384), repeated=1_048_000),
    )
    hidden = ods_parts.sheet("Скрытый", rows[1], hidden=True)
    ods_parts.write_ods(path, ods_parts.sheet("Лист1", *rows), hidden)


def _xls(path: Path, **options: object) -> None:
    rows: list[list[biff.Cell]] = [
        ["Школа", "Код", None, 2.5],
        ["Лесная СОШ", biff.Fault("#N/A"), biff.Day(45_000), True],
    ]
    path.write_bytes(biff.workbook({"Лист1": rows, "Второй": [[1.0]]}, **options))  # type: ignore[arg-type]


CASES: tuple[Case, ...] = (
    Case("обычная.xlsx", lambda p: write_xlsx(p, {"Лист1": table()})),
    Case("таблица не с угла.xlsx", _offset),
    Case("ошибки в ячейках.xlsx", _errors),
    Case("формулы без значений.xlsx", _formulas),
    Case("нули вместо значений формул.xlsx", _stale),
    Case("даты с 1904 года.xlsx", _since_1904),
    Case("скрытые листы.xlsx", _hidden),
    Case("латинские буквы.xlsx", _look_alikes),
    Case("даты вместо чисел.xlsx", _marks_as_dates),
    Case("оформление до края.xlsx", _far_styles),
    Case("ложный размер.xlsx", _lying_dimension),
    Case("ячейки без адресов.xlsx", _no_addresses),
    Case("с приставкой.xlsx", _prefixed),
    Case("одинарные кавычки.xlsx", _single_quotes),
    Case("много слияний.xlsx", _merges),
    Case("общие строки.xlsx", _strings),
    Case("триста листов.xlsx", _many_sheets),
    Case("полный путь к листу.xlsx", _backslashes),
    Case("лист с диаграммой.xlsx", _chart, says="диаграмма"),
    Case("длинный текст.xlsx", _long_text),
    Case("пустые листы.xlsx", lambda p: write_xlsx(p, {"Лист1": sheet()})),
    Case(
        "с макросами.xlsm",
        lambda p: write_xlsx(p, {"Лист1": table()}, extra={"xl/vbaProject.bin": b"\xcc" * 999}),
    ),
    Case("книга под именем.csv", lambda p: write_xlsx(p, {"Лист1": table()}), says="назван"),
    Case("новая под именем старой.xls", lambda p: write_xlsx(p, {"Лист1": table()}), says="внутри"),
    Case("без окончания", lambda p: write_xlsx(p, {"Лист1": table()}), says="не имеет окончания"),
    Case("старая.xls", _xls),
    Case("старая не с угла.xls", lambda p: _xls(p, first=(2, 3))),
    Case("старая с 1904 года.xls", lambda p: _xls(p, since_1904=True)),
    Case("старая со скрытым.xls", lambda p: _xls(p, hidden=["Второй"])),
    Case("старая под именем новой.xlsx", _xls, says="старый формат Excel"),
    Case(
        "очень старая.xls",
        raw(biff.old_workbook([["Школа", "Код"], ["Лесная СОШ", "5"]], "cp1251")),
        says="Windows-1251",
    ),
    Case("свободный офис.ods", _ods),
    Case("веб-страница.xls", raw(_HTML.format("utf-8")), says="веб-страница"),
    Case(
        "веб-страница 1251.xlsx",
        raw(_HTML.format("windows-1251").encode("cp1251")),
        says="веб-страница",
    ),
    Case("таблица XML 2003.xls", raw(_XML2003), says="XML 2003"),
    Case("юникод с меткой.csv", raw(b"\xef\xbb\xbf" + _LIST.encode())),
    Case("юникод без метки.csv", raw(_LIST)),
    Case("windows-1251.csv", raw(_LIST.encode("cp1251")), says="Windows-1251"),
    Case("дос.csv", raw(_LIST.replace("«", "").replace("»", "").encode("cp866")), says="DOS"),
    Case("кои-8.csv", raw(_LIST.replace("«", "").replace("»", "").encode("koi8-r")), says="КОИ-8"),
    Case("юникод шестнадцать.csv", raw(_LIST.encode("utf-16"))),
    Case("юникод шестнадцать без метки.csv", raw(_LIST.encode("utf-16-le"))),
    Case("юникод шестнадцать наоборот.csv", raw(b"\xfe\xff" + _LIST.encode("utf-16-be"))),
    Case("табуляция.tsv", raw(_LIST.replace(";", "\t"))),
    Case("запятые.csv", raw('Школа,Доля\n"Лесная, СОШ","33,33"\n"Полевая",5\n')),
    Case("с подсказкой.csv", raw("sep=;\r\nШкола;Доля\r\nЛесная;5\r\n")),
    Case("кавычка не закрыта.csv", raw('Школа;Доля\n"Лесная СОШ;5\nПолевая;6\n'), says="Кавычки"),
    Case("текст под именем.xlsx", raw(_LIST), says="текст с разделителями"),
    Case("испорченный знак.csv", raw(_LIST.encode().replace("Л".encode(), b"\xd0"))),
    Case("старые переводы строк.csv", raw(_LIST.replace("\n", "\r"))),
)
