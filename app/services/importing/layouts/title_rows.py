"""Rows with which the titles of a next table of results begin, shared by several layouts."""

from __future__ import annotations

import re

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.called import other_work
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.procedures import Context
from app.services.importing.layouts.titles import grade_of, kinds_of, year_of
from app.services.importing.regions import Region
from app.services.importing.tables import key, row_text, starts_with
from app.services.procedures import exam_grades

_TITLE_CELLS = 3
_FIGURES = 3
_TITLE_STARTS = (
    "впр", "огэ", "егэ", "предмет", "учебныйпредмет", "всероссийск", "статистикапоотметкам"
)  # fmt: skip
_EXAM_STARTS = ("егэ", "огэ", "предмет", "экзамен")
_GRADE_ROW = re.compile(r"\d{1,2}(?:е|х|ые|ых|й|ый)?класс(?:ы|ов)?")
"""A folded «6 класс», «7-е классы» alone in its row: the next grade begins."""
_CODED_TITLE = re.compile(r"\d{1,2}\s*[-–—.]\s*\D")
_EXAMS = exam_grades()


def starts_grade_title(sheet: Sheet, row: int) -> bool:
    """Return whether a next table begins: «ВПР 2025», «Предмет: …», «5 класс, математика»."""
    if starts_with(sheet, row, _TITLE_STARTS):
        return not _is_figures(sheet, row)
    if sheet.holds_more(row, _TITLE_CELLS):
        return False
    text = row_text(sheet, row)
    if _GRADE_ROW.fullmatch(key(text)):
        return True
    if names_assessment(text):
        return True
    subject = subjects.by_title(text, AssessmentKind.VPR)
    named = subject or subjects.inside(text, AssessmentKind.VPR)
    return bool(subject or (named and grade_of(text)))


def starts_exam_title(sheet: Sheet, row: int) -> bool:
    """Return whether a next table of an exam begins: «04 - Химия 2026.06.01», «ЕГЭ», a subject."""
    if sheet.holds_more(row, _TITLE_CELLS):
        return False
    text = row_text(sheet, row)
    coded = bool(_CODED_TITLE.match(text)) and year_of(text) is not None
    named = any(subjects.by_title(text, kind) for kind in _EXAMS) or names_assessment(text)
    return named or coded or key(text).startswith(_EXAM_STARTS)


def starts_year_title(sheet: Sheet, row: int) -> bool:
    """Return whether a title names an assessment and its year, as over a next flat table.

    A subject or a grade alone in its row serves the rows under it there, and begins no table.
    """
    if sheet.holds_more(row, _TITLE_CELLS) or sheet.numbers[row] > 1:
        return False
    text = row_text(sheet, row)
    return bool(kinds_of(text)) and year_of(text) is not None


def names_assessment(text: str) -> bool:
    """Return whether a title names an assessment and its year, grade or subject.

    «Итоги ОГЭ 2025 года, математика» is one; a remark that not all sat the ОГЭ says less.
    """
    kinds = kinds_of(text)
    return bool(kinds) and bool(
        year_of(text) or grade_of(text) or any(subjects.inside(text, kind) for kind in kinds)
    )


def starts_any_title(sheet: Sheet, row: int) -> bool:
    """Return whether a next table of any work begins, be it none of ВПР, ОГЭ and ЕГЭ."""
    if starts_grade_title(sheet, row) or starts_exam_title(sheet, row):
        return True
    return not sheet.numbers[row] and other_work(row_text(sheet, row)) is not None


def _is_figures(sheet: Sheet, row: int) -> bool:
    """Return whether a row is one of data, whatever it is called: it has three numbers or more."""
    numbers = [value for value in sheet.rows[row] if type(value) in (int, float)]
    return len(numbers) >= _FIGURES


def is_unclear(sheet: Sheet, region: Region, said: Context, findings: Findings) -> bool:
    """Tell of words right above a repeated header that name no year, grade, subject or work.

    What the table above is about would be wrong of this one: it waits.  The words are not quoted,
    for they may be a signature.  ``said`` is what the region's own titles say.
    """
    rows = (cell.rpartition("$")[2] for cell in said.cells().values())
    known = {int(row) - 1 for row in rows if row.isdigit()}
    unclear = [
        row for row in region.doubtful if row not in known and not kinds_of(row_text(sheet, row))
    ]
    for row in unclear:
        column = next((place for place, _ in sheet.line(row)), 0)
        findings.sheet_error(
            "Не понято, о чём таблица под этой строкой: предмета, класса и года в ней нет.",
            "Назовите в ней предмет, класс или год, как над таблицами выше; если это примечание, "
            "начните его словом «Примечание».",
            address(row, column),
        )
    return bool(unclear)
