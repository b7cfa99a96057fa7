"""Blank forms as workbooks: locked but for the cells to fill, with lists, limits and our mark."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.services.forms.looks import Looks
from app.services.importing import (
    FORM_MARK,
    FORM_SCHOOL_ROW,
    FORM_VALUE,
    FieldType,
    FormDeclaration,
    FormField,
)
from app.services.spreadsheets import column_letters

_TITLE, _UNIT, _VALUE, _PAST = 2, 3, 4, 5
"""0-based columns of a form of single figures; A is hidden, B holds the number of the line."""
_FIRST_FIGURE = 3
"""0-based column of the first figure of a form by subjects."""
_NAMES_ROW, _HEAD_ROW = 1, 7
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31
_LONGEST_MESSAGE = 255
_LINE_HEIGHT = 15.5
_CHARACTERS = 46
"""Of a title on one line of its column, in a font wider than Calibri too."""


@dataclass(frozen=True, slots=True)
class BlankPage:
    """One form of one school; ``past`` are last year's figures as hints, by field or subject."""

    form: FormDeclaration
    year: int
    school: str
    fisoko: str
    rcoi: str
    office: str
    deadline: date | None
    past: Mapping[str, str]


def workbook(pages: Sequence[BlankPage], *, together: bool = False) -> bytes:
    """Return the book with a sheet per page; no text of it becomes a formula or a link.

    ``together`` names the sheets after the schools too.
    """
    # Late: the window is painted without it.
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        looks = Looks(book)
        taken: set[str] = set()
        for page in pages:
            name = _sheet_name(f"{page.school} {page.form.sheet}" if together else "", page, taken)
            _Sheet(book, book.add_worksheet(name), looks, page).draw()
        first = pages[0]
        book.set_properties({"title": f"{first.form.title}, {first.year} год"})
        book.set_custom_property("Opora form", ", ".join(dict.fromkeys(p.form.key for p in pages)))
        book.set_custom_property("Opora year", first.year)
        if len({page.school for page in pages}) == 1:
            book.set_custom_property("Opora school", first.fisoko or first.rcoi or first.school)
    return target.getvalue()


def check_workbook(data: bytes, sheets: int) -> bool:
    """Return whether the bytes open as a book with so many sheets, each with our mark."""
    # Late: only for a workbook.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        first = [book.get_sheet_by_index(i).to_python(False, 1) for i in range(sheets)]
    except (CalamineError, IndexError):
        return False
    return len(book.sheet_names) == sheets and all(rows[0][0] == FORM_MARK for rows in first)


def _sheet_name(wanted: str, page: BlankPage, taken: set[str]) -> str:
    """Return a name that Excel allows and that no other sheet of the book has."""
    end = f" {page.form.sheet}"
    school = _SHEET_NAME.sub(" ", wanted.removesuffix(end))
    name = f"{school[: _LONGEST_SHEET_NAME - len(end)]}{end}".strip()
    number = 1
    while name.casefold() in taken:
        number += 1
        tail = f"{end} {number}"
        name = f"{school[: _LONGEST_SHEET_NAME - len(tail)]}{tail}".strip()
    taken.add(name.casefold())
    return name


class _Sheet:
    """Draws one form on its sheet."""

    def __init__(self, book: Any, sheet: Any, looks: Looks, page: BlankPage) -> None:
        self._book = book
        self._sheet = sheet
        self._looks = looks
        self._page = page
        self._form = page.form
        single = not self._form.columns
        self._last = _PAST if single else _FIRST_FIGURE + len(self._form.columns)

    def draw(self) -> None:
        """Draw everything, from the hidden mark to the setup of the page."""
        self._set_columns()
        self._mark()
        self._head()
        if self._form.columns:
            self._subjects()
        else:
            self._figures()
        self._set_page()

    def _set_columns(self) -> None:
        sheet = self._sheet
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        sheet.set_column(1, 1, 5)
        if self._form.columns:
            sheet.set_column(2, 2, 30)
            sheet.set_column(_FIRST_FIGURE, self._last - 1, 11)
            sheet.set_column(self._last, self._last, 17)
        else:
            sheet.set_column(_TITLE, _TITLE, 52)
            sheet.set_column(_UNIT, _UNIT, 8)
            sheet.set_column(_VALUE, _PAST, 13)

    def _mark(self) -> None:
        """Write the hidden row that says what this form is, and names that point to it."""
        page = self._page
        said = (
            ("form", FORM_MARK),
            ("key", page.form.key),
            ("version", str(page.form.version)),
            ("year", str(page.year)),
            ("fisoko", page.fisoko),
            ("rcoi", page.rcoi),
            ("school", page.school),
        )
        quoted = self._sheet.get_name()
        for column, (name, text) in enumerate(said):
            self._sheet.write_string(0, column, text)
            place = f"='{quoted}'!${column_letters(column)}$1"
            self._book.define_name(f"'{quoted}'!Opora_{name}", place)
        for row in (0, _NAMES_ROW):
            self._sheet.set_row(row, None, None, {"hidden": True})

    def _head(self) -> None:
        page, looks = self._page, self._looks
        year = f"{page.year - 1}/{page.year % 100:02d} учебный год"
        self._across(2, f"{page.form.title}, {year}", looks.title, 24)
        self._sheet.write_string(3, 0, FORM_SCHOOL_ROW)
        self._sheet.write_string(3, 1, "ОО", looks.label)
        self._sheet.merge_range(3, 2, 3, self._last, page.school, looks.school)
        self._sheet.set_row(3, 20)
        codes = (("код ФИС ОКО", page.fisoko), ("код РЦОИ", page.rcoi))
        known = [f"{title} {code}" for title, code in codes if code]
        self._across(4, " · ".join([*known, page.office]), looks.muted, _LINE_HEIGHT)
        deadline = f"{page.deadline:%d.%m.%Y}" if page.deadline else "____________"
        self._across(5, f"Сдать до {deadline}, этим же файлом", looks.deadline, 20)
        lines = 1 + len(page.form.lead) // 84
        self._across(6, page.form.lead, looks.lead, _LINE_HEIGHT * lines + 6)

    def _across(self, row: int, text: str, look: Any, height: float) -> None:
        self._sheet.merge_range(row, 1, row, self._last, text, look)
        self._sheet.set_row(row, height)

    def _figures(self) -> None:
        """Draw sections of single figures: number, title, unit, cell to fill, last year."""
        page = self._page
        titles = ("№", "Показатель", "Ед.", f"{page.year} год", f"Было в {page.year - 1}")
        self._table_head(titles, 20)
        self._sheet.write_string(_NAMES_ROW, _VALUE, FORM_VALUE)
        places = self._places()
        number = 0
        row = _HEAD_ROW
        for section in self._form.sections:
            row += 1
            self._across(row, section.title, self._looks.section, 18)
            for field in section.fields:
                row, number = row + 1, number + 1
                self._figure(row, number, field, places)
        self._ready(_HEAD_ROW + 2, _VALUE)

    def _places(self) -> dict[str, str]:
        """Return the address of the cell of every figure, for the limits of others."""
        places, row = {}, _HEAD_ROW
        for section in self._form.sections:
            row += 1
            for field in section.fields:
                row += 1
                places[field.name] = f"${column_letters(_VALUE)}${row + 1}"
        return places

    def _figure(self, row: int, number: int, field: FormField, places: Mapping[str, str]) -> None:
        sheet, looks = self._sheet, self._looks
        sheet.write_string(row, 0, field.name)
        sheet.write_number(row, 1, number, looks.number)
        sheet.write_string(row, _TITLE, field.title, looks.text)
        sheet.write_string(row, _UNIT, field.unit, looks.centred)
        decimal = field.type is FieldType.DECIMAL
        sheet.write_blank(row, _VALUE, None, looks.decimal if decimal else looks.input)
        self._past(row, _PAST, field.name)
        sheet.set_row(row, _LINE_HEIGHT * (1 + len(field.title) // _CHARACTERS) + 3)
        whole = places.get(field.not_above or "")
        sheet.data_validation(row, _VALUE, row, _VALUE, _limits(field, whole, self._form.fields))

    def _subjects(self) -> None:
        """Draw a line per subject with a cell to fill for each figure, and last year beside."""
        page, form = self._page, self._form
        titles = ["№", "Предмет", *(field.title for field in form.columns)]
        self._table_head((*titles, f"Было в {page.year - 1}"), 32)
        for index, field in enumerate(form.columns):
            self._sheet.write_string(_NAMES_ROW, _FIRST_FIGURE + index, field.name)
        for number, subject in enumerate(form.subjects, start=1):
            self._subject(_HEAD_ROW + number, number, subject)
        self._ready(_HEAD_ROW + 1, _FIRST_FIGURE)

    def _subject(self, row: int, number: int, subject: str) -> None:
        sheet, looks, fields = self._sheet, self._looks, self._form.columns
        sheet.write_string(row, 0, subject)
        sheet.write_number(row, 1, number, looks.number)
        sheet.write_string(row, 2, subject, looks.text)
        places = {
            field.name: f"${column_letters(_FIRST_FIGURE + index)}${row + 1}"
            for index, field in enumerate(fields)
        }
        for index, field in enumerate(fields):
            column = _FIRST_FIGURE + index
            decimal = field.type is FieldType.DECIMAL
            sheet.write_blank(row, column, None, looks.decimal if decimal else looks.input)
            limits = _limits(field, places.get(field.not_above or ""), fields)
            sheet.data_validation(row, column, row, column, limits)
        self._past(row, self._last, subject)
        sheet.set_row(row, 19)

    def _past(self, row: int, column: int, name: str) -> None:
        text = self._page.past.get(name)
        if text:
            self._sheet.write_string(row, column, text, self._looks.past)
        else:
            self._sheet.write_blank(row, column, None, self._looks.past)

    def _table_head(self, titles: Sequence[str], height: float) -> None:
        for column, title in enumerate(titles, start=1):
            self._sheet.write_string(_HEAD_ROW, column, title, self._looks.head)
        self._sheet.set_row(_HEAD_ROW, height)

    def _ready(self, row: int, column: int) -> None:
        """Keep the head in sight and put the cursor into the first cell to fill."""
        self._sheet.freeze_panes(_HEAD_ROW + 1, 0)
        self._sheet.set_selection(row, column, row, column)

    def _set_page(self) -> None:
        sheet, form = self._sheet, self._form
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.7)
        sheet.center_horizontally()
        sheet.repeat_rows(_HEAD_ROW)
        sheet.set_footer(f"&L&8Бланк «Опора»: {form.key}, версия {form.version}&R&8&P из &N")
        # Without a password: this keeps slips of the hand away, it is no secret.
        sheet.protect("", {"format_columns": True, "format_rows": True})


def _limits(field: FormField, whole: str | None, fields: Sequence[FormField]) -> dict[str, Any]:
    """Return the check of a cell as Excel makes it while one types, with Russian messages."""
    if field.type is FieldType.CHOICE:
        allowed = ", ".join(field.choices)
        return {
            "validate": "list",
            "source": list(field.choices),
            "error_title": "Выберите из списка",
            "error_message": f"Можно: {allowed}. Нет сведений – оставьте ячейку пустой.",
        }
    kind = "целое число" if field.type is FieldType.WHOLE else "число"
    message = f"«{field.title}»: нужно {kind} от {field.least:g} до {field.most:g}"
    most: str | float = field.most
    if whole:
        title = next(one.title for one in fields if one.name == field.not_above)
        message += f", не больше, чем «{title}»"
        most = f"=IF(ISNUMBER({whole}),{whole},{field.most:g})"
    return {
        "validate": "integer" if field.type is FieldType.WHOLE else "decimal",
        "criteria": "between",
        "minimum": field.least,
        "maximum": most,
        "error_title": "Проверьте число",
        "error_message": f"{message}. Нет сведений – оставьте пусто."[:_LONGEST_MESSAGE],
    }
