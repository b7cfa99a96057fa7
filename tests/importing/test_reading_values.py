"""What each format gives: every value at its address, errors and missing results told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest

from app.services.importing.grid import CellError, Sheet, UncachedFormula, Workbook
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sniff import sniff
from app.services.spreadsheets import xls
from app.services.spreadsheets.values import MAX_ROWS
from tests.hostile import biff, ods_parts
from tests.hostile.make import CASES
from tests.hostile.xlsx_parts import number, row, sheet, text, write_xlsx

Rows = Sequence[Sequence[object]]
Read = Callable[[Path | str], Workbook]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Read:
    """Return a function that reads a file, or a file of the hostile set by its name."""

    def reading(source: Path | str) -> Workbook:
        path = source if isinstance(source, Path) else tmp_path / source
        if isinstance(source, str):
            next(case for case in CASES if case.name == source).build(path)
        return reader.read(path, sniff(path, path.name))

    return reading


def rows_of(workbook: Workbook, index: int = 0) -> Rows:
    return workbook.sheets[index].rows


def test_addresses_stay_when_first_rows_and_columns_are_empty(read: Read) -> None:
    found: Sheet = read("таблица не с угла.xlsx").sheets[0]
    assert found.at(3, 2) == "Школа"
    assert found.at(3, 4) == 5
    assert sum(value is not None for line in found.rows for value in line) == 2


def test_error_cells_are_errors_with_their_russian_names(read: Read) -> None:
    assert rows_of(read("ошибки в ячейках.xlsx"))[1] == [
        "Лесная СОШ",
        CellError("#Н/Д"),
        CellError("#ДЕЛ/0!"),
        7,
    ]


def test_formulas_without_a_value_are_no_zero(read: Read) -> None:
    assert rows_of(read("формулы без значений.xlsx"))[0] == [
        UncachedFormula("1+1"),
        UncachedFormula("1+1"),
        2,
    ]
    assert rows_of(read("нули вместо значений формул.xlsx"))[0][1] == UncachedFormula("SUM(C1:C9)")


def test_a_zero_is_a_zero_where_the_program_computes(read: Read, tmp_path: Path) -> None:
    part = sheet(row(1, '<c r="A1"><f>B1</f><v>0</v></c>'))
    path = write_xlsx(tmp_path / "a.xlsx", {"Лист1": part})
    assert rows_of(read(path))[0] == [0]


def test_unusual_spellings_give_the_same(read: Read) -> None:
    assert rows_of(read("ячейки без адресов.xlsx")) == [
        [1, CellError("#Н/Д")],
        [None, UncachedFormula("A1")],
    ]
    assert rows_of(read("с приставкой.xlsx")) == [[None, CellError("#Н/Д"), 7]]
    assert rows_of(read("одинарные кавычки.xlsx")) == rows_of(read("обычная.xlsx"))


def test_dates_numbers_and_texts(read: Read, tmp_path: Path) -> None:
    cells = row(
        1,
        number("A1", 45_000, 1),
        number("B1", 45_000.5, 1),
        number("C1", 0.5, 1),
        number("D1", "13450.0"),
        number("E1", 4.67),
        number("F1", 0.3333, 2),
        '<c r="G1" t="b"><v>1</v></c>',
        text("H1", "00123"),
        text("I1", "4,67"),
    )
    path = write_xlsx(tmp_path / "a.xlsx", {"Лист1": sheet(cells)})
    (line,) = rows_of(read(path))
    assert line == [
        date(2023, 3, 15),
        datetime(2023, 3, 15, 12),
        time(12),
        13450,
        4.67,
        0.3333,
        True,
        "00123",
        "4,67",
    ]
    assert type(line[3]) is int


def test_years_since_1904(read: Read) -> None:
    assert rows_of(read("даты с 1904 года.xlsx")) == [[date(2024, 6, 19)]]
    assert rows_of(read("старая с 1904 года.xls"))[1][2] == date(2027, 3, 16)


def test_hidden_sheets_are_read_and_marked(read: Read) -> None:
    assert [s.hidden for s in read("скрытые листы.xlsx").sheets] == [False, True, True]
    assert [s.hidden for s in read("старая со скрытым.xls").sheets] == [False, True]
    assert [s.hidden for s in read("свободный офис.ods").sheets] == [False, True]


def test_merged_cells_have_only_what_is_seen(read: Read, tmp_path: Path) -> None:
    part = sheet(
        row(1, text("A1", "видно"), text("B1", "скрыто")),
        row(2, number("A2", 5), number("C2", 6)),
        after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    workbook = read(write_xlsx(tmp_path / "a.xlsx", {"Лист1": part}))
    assert rows_of(workbook) == [["видно", None, None], [None, None, 6]]
    assert "(2)" in workbook.notes[0]


def test_shared_strings_keep_their_places(read: Read) -> None:
    assert rows_of(read("общие строки.xlsx")) == [["Школа", None, "Лесная"]]


def test_trailing_emptiness_is_cut(read: Read, tmp_path: Path) -> None:
    part = sheet(row(1, text("A1", "a"), text("D1", "")), row(9, text("B9", "")))
    assert rows_of(read(write_xlsx(tmp_path / "a.xlsx", {"Лист1": part}))) == [["a"]]
    assert rows_of(read("пустые листы.xlsx")) == []


def test_a_number_that_is_none_is_an_error(read: Read, tmp_path: Path) -> None:
    part = sheet(row(1, number("A1", "NaN"), number("B1", "1e999"), number("C1", "1e300")))
    (line,) = rows_of(read(write_xlsx(tmp_path / "a.xlsx", {"Лист1": part})))
    assert line == [CellError("#ЧИСЛО!"), CellError("#ЧИСЛО!"), 1e300]


def test_old_books(read: Read) -> None:
    expected = [
        ["Школа", "Код", None, 2.5],
        ["Лесная СОШ", CellError("#Н/Д"), date(2023, 3, 15), True],
    ]
    workbook = read("старая.xls")
    assert rows_of(workbook) == expected
    assert rows_of(workbook, 1) == [[1]]
    assert workbook.notes == ()
    shifted = rows_of(read("старая не с угла.xls"))
    assert [line[3:] for line in shifted[2:]] == expected


def test_books_of_excel_5_without_a_named_encoding(read: Read) -> None:
    assert rows_of(read("очень старая.xls")) == [["Школа", "Код"], ["Лесная СОШ", "5"]]


def test_two_readers_of_old_books_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(biff.workbook({"Лист1": [[None, "Школа", 5.0]]}))
    notes: list[str] = []
    monkeypatch.setattr(xls._Other, "_read", lambda *_: [["Школа", 5.0]])
    (found,) = xls.read_xls(path, notes.append)
    assert found.rows == [[None, "Школа", 5]]
    assert "разные значения" in notes[0]


def test_free_office_books(read: Read) -> None:
    workbook = read("свободный офис.ods")
    line = [None, "Школа", 5, date(2025, 4, 20), UncachedFormula("of:=1+1"), CellError("#Н/Д")]
    assert rows_of(workbook) == [[None] * 6, [None] * 6, line]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (ods_parts.cell("percentage", 'office:value="0.5"', "50%"), 0.5),
        (ods_parts.cell("boolean", 'office:boolean-value="true"'), True),
        (ods_parts.cell("time", 'office:time-value="PT10H30M05S"'), time(10, 30, 5)),
        (
            ods_parts.cell("date", 'office:date-value="2025-04-20T10:30:00"'),
            datetime(2025, 4, 20, 10, 30),
        ),
        (ods_parts.cell("string", text='а<text:s text:c="2"/>б'), "а  б"),
        (
            ods_parts.cell("float", 'office:value="0" table:formula="x"', "Err:502"),
            CellError("Err:502"),
        ),
        (ods_parts.cell("string", text="#Н/Д"), "#Н/Д"),
    ],
)
def test_cells_of_free_office(cell: str, value: object, read: Read, tmp_path: Path) -> None:
    path = ods_parts.write_ods(tmp_path / "a.ods", ods_parts.sheet("Л", ods_parts.row(cell)))
    assert rows_of(read(path)) == [[value]]


def test_repeated_cells_and_rows_of_free_office(read: Read, tmp_path: Path) -> None:
    cell = ods_parts.cell("float", 'office:value="7" table:number-columns-repeated="3"')
    rows = (ods_parts.row(cell, repeated=2), ods_parts.row(ods_parts.gap(1), cell))
    path = ods_parts.write_ods(tmp_path / "a.ods", ods_parts.sheet("Л", *rows))
    assert rows_of(read(path)) == [[7, 7, 7, None], [7, 7, 7, None], [None, 7, 7, 7]]


LIST = [
    ["Школа", "Код", "Доля"],
    ["МКОУ Лесная СОШ", "01234", "33,33"],
    ["МБОУ «Полевая» ООШ", "01235", CellError("#Н/Д")],
]


@pytest.mark.parametrize(
    "name",
    [
        "юникод с меткой.csv",
        "юникод без метки.csv",
        "windows-1251.csv",
        "юникод шестнадцать.csv",
        "юникод шестнадцать без метки.csv",
        "юникод шестнадцать наоборот.csv",
        "табуляция.tsv",
        "текст под именем.xlsx",
        "старые переводы строк.csv",
    ],
)
def test_text_tables_in_every_encoding(name: str, read: Read) -> None:
    workbook = read(name)
    assert workbook.format == "csv"
    assert rows_of(workbook) == LIST


@pytest.mark.parametrize("name", ["дос.csv", "кои-8.csv"])
def test_older_encodings(name: str, read: Read) -> None:
    assert rows_of(read(name))[2][0] == "МБОУ Полевая ООШ"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("ВПР 2025\n\nА;Б\n1,5;2,5\n3,5;4,5\n", [["ВПР 2025", None], [None, None], ["А", "Б"],
         ["1,5", "2,5"], ["3,5", "4,5"]]),
        ('А,Б\n"1,5","2,5"\n', [["А", "Б"], ["1,5", "2,5"]]),
        ('А;"Б ""в"""\n1;"две\nстроки"\n', [["А", 'Б "в"'], ["1", "две\nстроки"]]),
        ("А;Б;;\n1;2;;\n;;;\n", [["А", "Б"], ["1", "2"]]),
        ("А|Б\n1|2\n", [["А", "Б"], ["1", "2"]]),
        ("А\tБ, В\n1,5\t2\n", [["А", "Б, В"], ["1,5", "2"]]),
    ],
)  # fmt: skip
def test_text_tables(content: str, rows: Rows, read: Read, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert rows_of(read(path)) == rows


def test_a_quote_never_closed_swallows_nothing(read: Read) -> None:
    assert rows_of(read("кавычка не закрыта.csv")) == [
        ["Школа", "Доля"],
        ['"Лесная СОШ', "5"],
        ["Полевая", "6"],
    ]


def test_web_pages(read: Read) -> None:
    for name in ("веб-страница.xls", "веб-страница 1251.xlsx"):
        assert rows_of(read(name)) == [
            ["Школа", "Доля", None],
            [None, "%", "чел."],
            ["Лесная СОШ", "33,33", "5"],
        ]


def test_tables_inside_tables_of_a_web_page(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        "<table><tr><td>до<table><tr><td>внутри</table>после<td>рядом</table>"
        "<script>if (a<b) '<td>'</script>",
        encoding="utf-8",
    )
    sheets = read(path).sheets
    assert [found.rows for found in sheets] == [[["допосле", "рядом"]], [["внутри"]]]


def test_xml_of_2003(read: Read) -> None:
    (found,) = read("таблица XML 2003.xls").sheets
    assert found.hidden
    assert found.rows[2] == [None, "Школа", 5, CellError("#ДЕЛ/0!"), UncachedFormula("=1")]


def test_every_cell_of_a_wide_and_deep_sheet_is_where_it_stands(read: Read, tmp_path: Path) -> None:
    marks = {(0, 0): "A1", (4000, 60): "BI4001", (40_000, 1): "B40001"}
    rows = [row(r + 1, text(name, name)) for (r, _), name in sorted(marks.items())]
    found = read(write_xlsx(tmp_path / "a.xlsx", {"Лист1": sheet(*rows)}))
    assert isinstance(found, Workbook)
    filled = {
        (r, c): value
        for r, line in enumerate(found.sheets[0].rows)
        for c, value in enumerate(line)
        if value is not None
    }
    assert filled == marks


def test_the_set_of_readers_agrees_on_one_table(read: Read, tmp_path: Path) -> None:
    values: list[list[biff.Cell]] = [["Школа", "Код"], ["Лесная", 5.0], ["Полевая", 7.5]]
    old = tmp_path / "a.xls"
    old.write_bytes(biff.workbook({"Л": values}))
    cells = [
        [
            ods_parts.cell("string", text=str(line[0])),
            ods_parts.cell("float", f'office:value="{line[1]}"'),
        ]
        for line in values[1:]
    ]
    head = ods_parts.row(*(ods_parts.cell("string", text=str(value)) for value in values[0]))
    free = ods_parts.write_ods(
        tmp_path / "a.ods", ods_parts.sheet("Л", head, *(ods_parts.row(*line) for line in cells))
    )
    new = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "Л": sheet(
                row(1, text("A1", "Школа"), text("B1", "Код")),
                row(2, text("A2", "Лесная"), number("B2", 5)),
                row(3, text("A3", "Полевая"), number("B3", 7.5)),
            )
        },
    )
    assert (
        rows_of(read(old))
        == rows_of(read(free))
        == rows_of(read(new))
        == [
            ["Школа", "Код"],
            ["Лесная", 5],
            ["Полевая", 7.5],
        ]
    )


def test_a_sheet_of_more_rows_than_any_district_has_is_refused_with_its_last_row(
    reader: Reader, tmp_path: Path
) -> None:
    page, text_file = tmp_path / "страница.xls", tmp_path / "строки.csv"
    page.write_text("<table>" + "<TR><td>1</td></TR>" * (MAX_ROWS + 1) + "</table>", "utf-8")
    text_file.write_text("Школа;Балл\n" + "А;1\n" * MAX_ROWS, "utf-8")
    for path in (page, text_file):
        with pytest.raises(ReadFailure, match=f"тянется до строки {MAX_ROWS + 1}"):
            reader.read(path, sniff(path, path.name))
