"""District dynamics of the ВПР by subject (L15): quality, mean and success over years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.models.enums import AssessmentKind, RecordKind, ReferenceScope
from app.services.figures import Figure
from app.services.importing import subjects
from app.services.importing.facts import Block, Extract, Procedure, RecordFact
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fractions import as_percent, told_fractions
from app.services.importing.layouts.named import FoundYear, figure_of_path, read_count, read_figure
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.school_tables import NO_YEAR, tell_unknown
from app.services.importing.layouts.titles import find_year, grade_of, year_of
from app.services.importing.layouts.wide import Wide, find_wide, repeats_header, wide_tables
from app.services.importing.tables import Vocabulary, fixed, row_text

_KIND = RecordKind.DYNAMICS
_VPR = AssessmentKind.VPR
_WORDS = Vocabulary(
    number=r"№|№пп|пп",
    subject=r"предметы?|учебныйпредмет|предмет(?:и)?класс|наименованиепредмета",
    grade=r"класс|параллель",
)
_SCHOOLS = Vocabulary(
    fisoko=titles_of.FISOKO, rcoi=titles_of.RCOI, code=titles_of.CODE, name=titles_of.NAME
)
"""Columns that say whose a row is."""
_OFFICE = re.compile(r"[А-ЯЁ][\w-]+(?:\s+(?:муниципальн\w+|городск\w+))?\s+(?:район|округ)\w*")
_YEAR = re.compile(
    r"\s*(?:за\s+)?20\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?\s*(?:г\.?|год\w*|уч\.?\s*год\w*)?\s*"
)
_PERCENT = ("quality", "success")


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    column: int
    title: str
    year: FoundYear | None


def recognise(sheet: Sheet) -> float:
    """Return the confidence: subjects in rows, quality with success or mean in columns."""
    return 0.9 if find_wide(sheet, _WORDS, _accepts) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return a reference record of the district per subject, grade and year."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    rows_read = 0
    for table in wide_tables(sheet, _WORDS, _accepts):
        columns = _columns(sheet, table)
        tell_unknown(sheet, table, [c.column for c in columns], findings, "показатели")
        rows = [row for row in table.data if _is_data(sheet, table, row, columns, remarks)]
        rows_read += len(rows)
        undated = [column for column in columns if column.year is None]
        if undated:
            where = f"{table.letters(undated[0].column)}{table.header.last + 1}"
            findings.sheet_error("В заголовке таблицы не найден год.", NO_YEAR, where)
            continue
        years = dict.fromkeys(column.year.value for column in columns if column.year)
        shares = [column.column for column in columns if column.name in _PERCENT]
        parts = told_fractions(sheet, rows, shares, findings)
        blocks.extend(_block(sheet, table, rows, columns, year, parts, findings) for year in years)
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read)


def _accepts(table: Wide) -> bool:
    names = {f.name for c in table.others() if (f := _figure(table, c))}
    owned = "subject" in table.header.columns
    if any(_SCHOOLS.field(part) for column in table.others() for part in table.paths[column]):
        return False  # figures of schools are not those of the district
    return owned and "quality" in names and bool(names & {"mean", "success"})


def _figure(table: Wide, column: int) -> Figure | None:
    """Return the figure of a column; a year may stand above it, below it or beside it."""
    undated = tuple(part for part in table.paths[column] if not _YEAR.fullmatch(part))
    return figure_of_path(_KIND, undated) if undated else None


def _columns(sheet: Sheet, table: Wide) -> tuple[_Column, ...]:
    titled = find_year(sheet, table.titles)
    default = FoundYear(titled.value, titled.cell) if titled else None
    found: dict[tuple[str, int | None], _Column] = {}
    for column in table.others():
        title = table.title(column)
        figure = _figure(table, column)
        if figure is None:
            continue
        own = year_of(title)
        cell = fixed(table.header.last, column)
        year = FoundYear(own, cell) if own else default
        place = (figure.name, year.value if year else None)
        found.setdefault(place, _Column(figure.name, column, title, year))
    return tuple(found.values())


def _is_data(
    sheet: Sheet, table: Wide, row: int, columns: tuple[_Column, ...], remarks: Remarks
) -> bool:
    if repeats_header(sheet, table, row):
        return False
    if has_any(sheet, row, [column.column for column in columns]):
        return True
    remarks.add(row)
    return False


def _block(
    sheet: Sheet,
    table: Wide,
    rows: list[int],
    columns: tuple[_Column, ...],
    year: int,
    parts: frozenset[int],
    findings: Findings,
) -> Block:
    mine = [column for column in columns if column.year and column.year.value == year]
    name = _office(sheet, table)
    facts = []
    for row in rows:
        procedure = _procedure(sheet, table, row, year, findings)
        data = _data(sheet, row, mine, parts, findings)
        if procedure and data:
            scope = ReferenceScope.DISTRICT
            fact = RecordFact(_KIND, year, data, str(row + 1), None, scope, name, procedure)
            facts.append(fact)
    letters = {column.name: table.letters(column.column) for column in mine}
    subject = table.header.letters("subject")
    grade = table.header.letters("grade") if "grade" in table.header.columns else subject
    return Block(sheet.name, {"subject": subject, "grade": grade, **letters}, tuple(facts))


def _data(
    sheet: Sheet, row: int, columns: list[_Column], parts: frozenset[int], findings: Findings
) -> dict[str, float | int | str]:
    data: dict[str, float | int | str] = {}
    for column in columns:
        item = f"«{column.title}»"
        if column.name == "participants":
            reading = read_count(sheet, row, column.column, findings, item)
        else:
            percent = column.name in _PERCENT
            reading = read_figure(sheet, row, column.column, findings, item, percent=percent)
        if reading.value is not None:
            part = column.column in parts
            data[column.name] = as_percent(reading.value) if part else reading.value
    return data


def _procedure(
    sheet: Sheet, table: Wide, row: int, year: int, findings: Findings
) -> Procedure | None:
    """Return the procedure of «Русский язык 4 кл.»; what the label lacks is an error."""
    column = table.header.columns["subject"]
    label = sheet.text(row, column)
    grade_column = table.header.columns.get("grade")
    beside = sheet.text(row, grade_column) if grade_column is not None else ""
    grade = grade_of(f"{beside} класс") if beside else grade_of(label)
    subject = subjects.by_title(label, _VPR) or subjects.inside(label, _VPR)
    if subject is None or grade is None:
        what = "предмет" if subject is None else "класс"
        findings.cell_error(
            row, column, f"«{label}»: не понятен {what}.", "Напишите, например, «Математика 5 кл.»."
        )
        return None
    return Procedure(_VPR, year, subject, grade)


def _office(sheet: Sheet, table: Wide) -> str:
    """Return the district that the titles name; a table of one's own names none."""
    texts = (row_text(sheet, row) for row in table.titles)
    match = next((m for text in texts if (m := _OFFICE.search(text))), None)
    return match[0] if match else "Муниципалитет"


LAYOUT = Layout("vpr_dynamics", "Динамика ВПР по предметам", recognise, extract, up_to(0.9))
