"""Raw ВПР of 2020–22 (L8): pupils' total scores, turned into marks by a known scale only."""

from __future__ import annotations

from collections.abc import Callable

from app.models.enums import AssessmentKind
from app.services.importing.facts import Extract, Marks
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.aggregation import Counting, Course, Table, aggregate, marks_of
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fisoko_individual import grade_of_rows
from app.services.importing.layouts.procedures import Context
from app.services.importing.layouts.protocols import MARKS, ScoreRule
from app.services.importing.layouts.titles import find_grade, find_subject, find_year
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import Vocabulary, find_header, key, require, row_text
from app.services.importing.thresholds import MarkScale, mark_scale
from app.services.table_words import words

_KIND = AssessmentKind.VPR
_WORDS = Vocabulary(
    code=rf"{titles_of.FISOKO}|{titles_of.CODE}",
    grade=titles_of.GRADE,
    **words("pupil_columns"),
    mark=titles_of.MARK,
)
_REQUIRED = require("code", "pupil", "primary")


def recognise(sheet: Sheet) -> float:
    """Return the confidence: numbers of pupils with total scores and no mark of the work."""
    return _confidence(sheet, marked=False)


def _recognise_marked(sheet: Sheet) -> float:
    """Return the confidence: the same with the mark of the work beside the score."""
    return _confidence(sheet, marked=True)


def _confidence(sheet: Sheet, *, marked: bool) -> float:
    header = find_header(sheet, _WORDS, _REQUIRED)
    if header is None or ("mark" in header.columns) is not marked:
        return 0.0
    return 0.8 + 0.1 * ("previous" in header.columns or "textbook" in header.columns)


def extract(sheet: Sheet) -> Extract:
    """Return one result per school by the marks of the file, or by the scale where it is known.

    A mark of a file counts more than a scale.
    """
    regions = find_regions(sheet, _WORDS, _REQUIRED, _starts_title)
    return aggregate(sheet, regions, Course(_KIND, _context, _counting))


def _starts_title(sheet: Sheet, row: int) -> bool:
    return key(row_text(sheet, row)).startswith(("впр", "предмет"))


def _context(sheet: Sheet, region: Region, _findings: Findings) -> Context:
    rows = region.titles
    grade = find_grade(sheet, rows) or grade_of_rows(sheet, region)
    return Context(find_year(sheet, rows), grade, find_subject(sheet, rows, _KIND))


def _counting(table: Table) -> Counting | None:
    columns = table.region.header.columns
    if "mark" in columns:
        return Counting(columns["mark"], MARKS, marks_of)
    column = columns["primary"]
    where = table.procedure
    scale = mark_scale(_KIND, where.subject, where.grade, where.year)
    cell = address(table.region.header.first, column)
    named = f"ВПР {where.year}, {where.subject}, {where.grade} класс"
    if scale is None:
        table.findings.sheet_error(
            f"Шкала перевода баллов в отметки неизвестна ({named}): отметки не посчитаны.",
            "Загрузите «Статистику по отметкам» этой работы: в ней отметки уже есть.",
            cell,
        )
        return None
    if not scale.confirmed:
        table.findings.sheet_warning(
            f"Шкала перевода баллов в отметки не подтверждена источником ({named}).",
            "Сверьте числа отметок с отчётом ФИС ОКО.",
            cell,
        )
    rule = ScoreRule("сумма баллов", range(scale.maximum + 1), f"Максимум – {scale.maximum}.")
    return Counting(column, rule, _by_scale(scale))


def _by_scale(scale: MarkScale) -> Callable[[list[int]], Marks]:
    def marks(scores: list[int]) -> Marks:
        return marks_of([mark for mark in map(scale.mark, scores) if mark is not None])

    return marks


LAYOUT = Layout("vpr_raw", "ВПР: баллы по заданиям", recognise, extract, up_to(0.91))
MARKED = Layout(
    "vpr_raw_marked", "ВПР: баллы и отметки участников", _recognise_marked, extract, up_to(0.91)
)
"""Told apart, for marks of a file are never counted anew by a scale."""
