"""Tables with the figures of several years side by side: read year by year, each under its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.models.enums import Severity
from app.services.importing.facts import (
    Block,
    Extract,
    Problem,
    RecordFact,
    ReferenceFact,
    ResultFact,
)
from app.services.importing.grid import CellValue, Sheet, clean, column_index
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.named import school_year_of
from app.services.importing.layouts.years import (
    says_only_year,
    says_only_year_before,
    year_inside,
)
from app.services.importing.tables import fixed, key
from app.services.source import first_row

KEYS = frozenset(
    {
        "fisoko_marks", "gia_marks", "oge_schools", "rcoi_summary", "social_passport",
        "social_passport_form", "staff_table", "ready_isb", "region_list", "bias_list",
        "success_rates",
    }
)  # fmt: skip
"""Layouts whose tables are of the one year that their titles name."""
_LATEST = frozenset({"register"})
"""Layouts that say what is so now: the newest of several years."""
_OF_OWNER = frozenset(
    {
        "name", "group", "fisoko", "rcoi", "code", "number", "district", "region", "year", "grade",
        "subject", "schools", "settlement", "label",
    }
)  # fmt: skip
"""Columns of a block that say whose row it is, and no figure."""
_DEEPEST = 4
"""A header has no more rows."""
_SEARCHED = 30
"""So many first rows are looked at where nothing says where the data begin."""
_NO_YEAR = 0


@dataclass(frozen=True)
class _Years:
    """The row that names the years, and whose year each column is; others serve every year."""

    row: int
    years: dict[int, int]
    cells: dict[int, int]
    """The column that names a year, by year."""


def read_by_years(sheet: Sheet, layout: Layout, extract: Extract) -> Extract:
    """Return ``extract``, or, of a table with several years side by side, what each year gives.

    Where other figures stand in columns without a year they are of the year of the title: then
    only its columns are read, for nothing says that the other years had the same.
    """
    found = _find(sheet, extract) if layout.key in KEYS | _LATEST else None
    if found is None:
        return extract
    if layout.key in _LATEST or not found.cells:
        return _own_year(sheet, layout, found, max(found.cells, default=_NO_YEAR))
    read = [
        (year, layout.extract(one))
        for year in sorted(found.cells)
        if layout.recognise(one := _of_year(sheet, found, year))
    ]
    if any(_has_others(one, found) for _, one in read):
        own = _year_of(extract)
        return extract if own is None else _own_year(sheet, layout, found, own)
    return _together(sheet.name, found, read, extract) if read else extract


def _own_year(sheet: Sheet, layout: Layout, found: _Years, year: int) -> Extract:
    """Return what the columns without a year and those of the title's year give."""
    read = layout.extract(_of_year(sheet, found, year, titles=False))
    blocks = tuple(replace(block, sheet=sheet.name) for block in read.blocks)
    others = sorted(other for other in found.cells if other != year)
    if not others and found.cells:
        return replace(read, blocks=blocks)
    listed = ", ".join(str(other) for other in others) or "прошлый год"
    column = found.cells[others[0]] if others else min(found.years)
    taken = "последний год" if layout.key in _LATEST else "год, за который таблица"
    told = Problem(
        Severity.WARNING,
        f"Столбцы других лет ({listed}) не загружены: взят {taken}.",
        "Если они нужны, разнесите годы по разным листам и загрузите файл снова.",
        cell=fixed(found.row, column).replace("$", ""),
    )
    return replace(read, blocks=blocks, problems=(*read.problems, told))


def _has_others(extract: Extract, found: _Years) -> bool:
    """Return whether figures stand outside the columns of years."""
    return any(
        column_index(place) not in found.years
        for block in extract.blocks
        for name, place in block.columns.items()
        if name not in _OF_OWNER and not place.startswith("$")
    )


def _year_of(extract: Extract) -> int | None:
    for block in extract.blocks:
        for fact in block.facts:
            if isinstance(fact, RecordFact):
                return fact.year
            if isinstance(fact, (ResultFact, ReferenceFact)):
                return fact.procedure.year
    return None


def _together(
    sheet: str, found: _Years, read: Sequence[tuple[int, Extract]], plain: Extract
) -> Extract:
    """Return what the years give as one; each figure's year stands in the cell that names it."""
    blocks = tuple(
        Block(sheet, {**block.columns, "year": fixed(found.row, found.cells[year])}, block.facts)
        for year, one in read
        for block in one.blocks
    )
    problems: dict[Problem, None] = {}
    for _, one in read:
        problems.update(dict.fromkeys(replace(problem, sheet=sheet) for problem in one.problems))
    lost = sorted(found.cells.keys() - {year for year, _ in read})
    if lost:
        told = Problem(
            Severity.WARNING,
            f"Столбцы за {', '.join(map(str, lost))} год не загружены: по ним одним вид таблицы "
            "не узнан.",
            "Если они нужны, разнесите годы по разным листам и загрузите файл снова.",
            cell=fixed(found.row, found.cells[lost[0]]).replace("$", ""),
        )
        problems[told] = None
    rows = max((one.rows_read for _, one in read), default=0)
    return replace(plain, blocks=blocks, problems=tuple(problems), rows_read=rows)


def _find(sheet: Sheet, extract: Extract) -> _Years | None:
    data = [first_row(fact.rows) - 1 for block in extract.blocks for fact in block.facts[:1]]
    last = min(data, default=min(sheet.height, _SEARCHED))
    first = max(0, last - _DEEPEST) if data else 0
    for row in range(first, last):
        found = _years_of(sheet, row) or _year_before(sheet, row)
        if found is not None:
            return found
    return None


def _year_before(sheet: Sheet, row: int) -> _Years | None:
    """Return the columns under «прошлый год», beside «текущий» or without a year."""
    line = sheet.line(row)
    starts = [column for column, _ in line]
    width = max(map(len, sheet.rows), default=0)
    years: dict[int, int] = {}
    for column, text in line:
        if len(line) > 1 and says_only_year_before(text):
            end = min((start for start in starts if start > column), default=width)
            years.update(dict.fromkeys(range(column, end), _NO_YEAR - 1))
    return _Years(row, years, {}) if years else None


def _years_of(sheet: Sheet, row: int) -> _Years | None:
    """Return the years that a row of the header names over its columns, two of them at least."""
    line = sheet.line(row)
    named = {c: school_year_of(text) for c, text in line if says_only_year(text)}
    wide = len({year for year in named.values() if year}) > 1
    if not wide:
        named = _inside(line)
    years: dict[int, int] = {}
    cells: dict[int, int] = {}
    starts = [column for column, _ in line]
    width = max(map(len, sheet.rows), default=0)
    for column, year in named.items():
        if year is None:
            continue
        after = [start for start in starts if start > column]
        end = min(after, default=width) if wide else column + 1
        years.update(dict.fromkeys(range(column, end), year))
        cells.setdefault(year, column)
    return _Years(row, years, cells) if len(cells) > 1 else None


def _inside(line: Sequence[tuple[int, str]]) -> dict[int, int | None]:
    """Return the columns whose titles differ by the year alone: «Сирот в 2024», «Сирот в 2025»."""
    alike: dict[str, dict[int, int | None]] = defaultdict(dict)
    for column, text in line:
        if len(year_inside().findall(text)) == 1:
            alike[key(year_inside().sub(" ", text))][column] = school_year_of(text)
    return {
        column: year
        for columns in alike.values()
        if len(set(columns.values())) > 1
        for column, year in columns.items()
    }


def _of_year(sheet: Sheet, found: _Years, year: int, *, titles: bool = True) -> Sheet:
    """Return the sheet with the cells of other years empty, everything else where it stood.

    With ``titles`` the years of its titles give way to this one.
    """
    others = {column for column, other in found.years.items() if other != year}
    rows: list[Sequence[CellValue]] = []
    width = max(found.years, default=0) + 1
    for number, cells in enumerate(sheet.rows):
        if number >= found.row:
            rows.append(_kept(cells, others, found, year, titles=number == found.row))
        elif found.row - number < _DEEPEST and len(sheet.line(number)) > 1:
            rows.append(_moved([*cells, *[None] * (width - len(cells))], others))
        else:
            rows.append([_said(value, year) if titles else value for value in cells])
    _sink(rows, found)
    name = _named(sheet.name, year) if titles else sheet.name
    return Sheet(name, rows, sheet.hidden, sheet.before, sheet.merged)


def _named(name: str, year: int) -> str:
    """Return a sheet's name with this year alone: where no title names one the name is asked.

    The rest stays, for it may be what says the subject, the grade or the kind of table.
    """
    rest = " ".join(year_inside().sub(" ", name).split())
    return f"{rest} {year}".strip()


def _sink(rows: list[Sequence[CellValue]], found: _Years) -> None:
    """Move «ОО» from the row of years, which is empty now, to the titles below it."""
    if found.row + 1 >= len(rows):
        return
    upper, lower = list(rows[found.row]), list(rows[found.row + 1])
    for column, value in enumerate(upper):
        free = column < len(lower) and not clean(lower[column])
        if column not in found.years and isinstance(value, str) and free:
            upper[column], lower[column] = None, value
    rows[found.row], rows[found.row + 1] = upper, lower


def _kept(
    cells: Sequence[CellValue], others: set[int], found: _Years, year: int, *, titles: bool
) -> list[CellValue]:
    kept: list[CellValue] = [None if c in others else value for c, value in enumerate(cells)]
    if titles:
        for column, own in found.years.items():
            if own == year and column < len(kept):
                kept[column] = year_inside().sub(" ", clean(kept[column])).strip() or None
    return kept


def _moved(cells: Sequence[CellValue], others: set[int]) -> list[CellValue]:
    """Return a row of group titles, each over the first column of its group that is kept."""
    moved = list(cells)
    for column in range(len(moved)):
        if column not in others or moved[column] in (None, ""):
            continue
        text, moved[column] = moved[column], None
        place = column + 1
        while place in others and place < len(moved) and moved[place] in (None, ""):
            place += 1
        if place < len(moved) and moved[place] in (None, ""):
            moved[place] = text
    return moved


def _said(value: CellValue, year: int) -> CellValue:
    """Return a title with the year of the columns in the place of its own."""
    return year_inside().sub(f" {year} ", value) if isinstance(value, str) else value
