"""A sheet beside the understood ones that gives nothing: a continuation waits, a note is told."""

from __future__ import annotations

from app.models.enums import Severity
from tests.importing.layouts.layout_sheets import sheet
from tests.importing.test_other_works import book, taken

FIRST = (
    "ВПР 2024. Литература. 5 класс",
    "№;ОО;Кол-во участников;2;3;4;5",
    "1;СОШ №1;20;2;8;6;4",
)


def test_sheet_that_goes_on_without_a_header_keeps_the_file_waiting() -> None:
    file = book("а.xlsx", sheet(*FIRST), sheet("2;СОШ №2;10;1;4;3;2", name="Лист2"))
    assert taken(file) == ["ВПР Литература"]
    (told,) = file.findings
    assert told.severity is Severity.ERROR
    assert "продолжение листа «Лист1»" in told.message
    assert told.hint
    assert told.sheet == "Лист2"


def test_continuation_may_leave_out_the_number_of_the_row() -> None:
    file = book("а.xlsx", sheet(*FIRST), sheet("СОШ №2;10;1;4;3;2", name="Лист2"))
    assert [one.severity for one in file.findings] == [Severity.ERROR]


def test_other_sheets_are_only_told_and_what_to_do() -> None:
    notes = sheet("Примечание", "Сдано в архив", name="Примечания")
    figures = sheet("1;2;3;4;5;6;7;8;9;10;11;12", name="Черновик")
    file = book("а.xlsx", sheet(*FIRST), notes, figures)
    assert [one.severity for one in file.findings] == [Severity.WARNING] * 2
    assert all("Разметить" in one.hint for one in file.findings)
