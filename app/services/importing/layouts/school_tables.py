"""Reads tables with a school per row into records: figures, years, totals, unknown columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from app.models.enums import RecordKind, ReferenceScope
from app.services.figures import count_name, share_name
from app.services.importing.cells import is_empty, shorten
from app.services.importing.counts import number_text
from app.services.importing.facts import Block, Extract, Procedure, RecordFact, SchoolRef
from app.services.importing.grid import Sheet, column_index
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.count_and_share import count_in, read_part, wholes_of
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fractions import (
    PARTS,
    PARTS_HINT,
    PER_CENTS,
    PER_CENTS_HINT,
    UNCLEAR,
    UNCLEAR_HINT,
    are_per_cents,
    as_percent,
    fraction_columns,
    numbers_in,
)
from app.services.importing.layouts.labels import read_label
from app.services.importing.layouts.named import (
    FoundYear,
    Reading,
    figures_in,
    find_school_year,
    is_cross,
    read_figure,
    read_flag,
    says_yes,
    school_year_of,
    tell_dash,
)
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import year_of
from app.services.importing.layouts.wide import Wide, repeats_header
from app.services.importing.layouts.zero_shares import ZeroShares, decimals_in
from app.services.importing.tables import Vocabulary, fixed, is_average_text, is_total

_OF_YEAR = frozenset({RecordKind.REGION_LIST})
"""Kinds of records that hold for a year and not for the school year of a passport."""
_OF_FEW = frozenset({RecordKind.PASSPORT})
"""Kinds of records whose shares are often below one per cent: disabled children and the like."""

OWNER_WORDS = {
    "number": titles_of.NUMBER,
    "year": rf"{titles_of.YEAR}|отчетныйгод",
    "region": r"(?:наименование)?(?:региона?|субъекта?(?:рф)?)",
    "district": titles_of.DISTRICT,
    "fisoko": titles_of.FISOKO,
    "rcoi": titles_of.RCOI,
    "code": titles_of.CODE,
    "name": rf"{titles_of.NAME}|полноенаименование\w*|краткоенаименование\w*|наименованиешколы\w*",
    "settlement": r"населенныйпункт\w*|нп|село|местонахождение|адрес\w*",
}
"""Titles of the columns that say whose row it is."""

OWNER = Vocabulary(**OWNER_WORDS)
NO_YEAR = "Допишите над таблицей учебный год, например «2024/2025 учебный год», и загрузите снова."


class Sort(Enum):
    """What stands in a column."""

    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    FLAG = "flag"
    SAID = "said"
    """A flag that a word of the cell raises: «ШНОР и ШНСУ» under «Категория»."""
    LISTED = "listed"
    """A flag of every school that the table lists, for its title says what it lists."""


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column of figures: the name in the record, the 0-based column, how to call it."""

    name: str
    column: int
    title: str
    sort: Sort


@dataclass(frozen=True)
class Plan:
    """How to read the rows of one table."""

    kind: RecordKind
    columns: tuple[NamedColumn, ...]
    year: FoundYear | None
    procedure: Callable[[int], Procedure | None] | None = None
    """The procedure of a row, for kinds that belong to one; it notes its own faults."""
    cells: dict[str, str] = field(default_factory=dict)
    """Addresses of what the titles say: year, grade, subject."""
    sparse: bool = False
    """Whether a row without a single figure is usual, so that nothing is said of it."""
    lenient: bool = False
    """Whether a row with an unreadable figure is kept for its other figures."""
    totals: bool = True
    """Whether a «Всего» row is the sum of the rows above; else it is the district's own row."""


@dataclass
class _Reader:
    sheet: Sheet
    table: Wide
    plan: Plan
    refs: RefReader
    findings: Findings
    remarks: Remarks
    totals: list[int] = field(default_factory=list)
    fractions: frozenset[int] = frozenset()
    """Columns whose shares are parts of one."""
    unclear: frozenset[int] = frozenset()
    """Columns whose shares may be parts of one or per cents: none of them is taken."""
    zeros: ZeroShares = field(init=False)

    def __post_init__(self) -> None:
        """Begin to keep what shares of 0 % say of counts."""
        self.zeros = ZeroShares(self.sheet)

    def find_fractions(self, rows: Sequence[int]) -> None:
        """Tell which columns of shares are parts of one, and say so where it is only likely."""
        shares = (one.column for one in self.plan.columns if one.sort is Sort.PERCENT)
        numbers = numbers_in(self.sheet, rows, shares)
        if not any(numbers.values()):
            return
        parts, sure = fraction_columns(numbers, self._exact)
        if not parts or sure:
            self.fractions = parts
            return
        told = PARTS, PARTS_HINT
        as_written = are_per_cents(numbers, parts, self._whole)
        if as_written:
            told = PER_CENTS, PER_CENTS_HINT
        elif as_written is None and self.plan.kind in _OF_FEW:
            self.unclear, told = parts, (UNCLEAR, UNCLEAR_HINT)
        else:
            self.fractions = parts
        first = min(parts)
        row = next(iter(numbers[first]), rows[0])
        self.findings.column_warning(row, first, *told)

    def _exact(self, row: int, column: int) -> float | None:
        """Return the share that the counts of a row make, as a part of one."""
        named = {one.column: one.name for one in self.plan.columns}
        places = {one.name: one.column for one in self.plan.columns}
        name = count_name(named[column])
        if name == named[column] or name not in places:
            return None
        count = count_in(self.sheet.at(row, places[name]))
        whole = self._whole(row, column)
        return None if count is None or whole is None else count / whole

    def _whole(self, row: int, column: int) -> float | None:
        """Return the number that the share of a column is a part of."""
        named = next(one.name for one in self.plan.columns if one.column == column)
        wholes = self.wholes(row, count_name(named)).values()
        return next((one for one in wholes if one), None)

    def rows(self) -> list[int]:
        """Return the rows of data: no repeated header, no remark; totals are kept apart."""
        rows = []
        for row in self.table.data:
            if repeats_header(self.sheet, self.table, row):
                continue
            if self.plan.totals and is_total(self.sheet, row):
                self.totals.append(row)
            elif self._filled(row):
                rows.append(row)
            else:
                self.remarks.add(row)
        return rows

    def _filled(self, row: int) -> bool:
        columns = self.table.header.columns
        owners = [columns[n] for n in ("fisoko", "rcoi", "code", "name") if n in columns]
        figures = [column.column for column in self.plan.columns]
        filled = [not is_empty(self.sheet.at(row, c)) for c in (*owners, *figures)]
        flags = [column.column for column in self.plan.columns if column.sort is Sort.FLAG]
        crosses = sum(is_cross(self.sheet.text(row, column)) for column in flags)
        return sum(filled) + crosses > 1

    @cached_property
    def crosses(self) -> frozenset[int]:
        """Columns of flags that nothing but crosses raises: beside «да» a cross may mean no."""
        found = set()
        for column in self.plan.columns:
            if column.sort is Sort.FLAG:
                texts = {self.sheet.text(row, column.column) for row in self.table.data}
                if any(map(is_cross, texts)) and not any(map(says_yes, texts)):
                    found.add(column.column)
        return frozenset(found)

    def fact(self, row: int) -> RecordFact | None:
        """Return the record of a row, or None with the reason noted."""
        ref = self.refs.read(row, self.findings)
        owner = self._owner(row, ref)
        year = self._year(row)
        data, sound = self._data(row, self._item(row, ref))
        procedure = self.plan.procedure(row) if self.plan.procedure else None
        missing = self.plan.procedure is not None and procedure is None
        spoilt = missing or not (sound or self.plan.lenient)
        if owner is None or year is None or spoilt:
            return None
        who, scope, name = owner
        if not data and not self.plan.sparse:
            self.findings.cell_warning(
                row, self._name_column(), f"{self._item(row, ref)}: сведений нет, строка пуста."
            )
        if not data:
            return None
        rows = str(row + 1)
        return RecordFact(self.plan.kind, year, data, rows, who, scope, name, procedure)

    def _owner(
        self, row: int, ref: SchoolRef
    ) -> tuple[SchoolRef | None, ReferenceScope | None, str] | None:
        if ref.codes:
            return ref, None, ""
        name = ref.name or self._district(row)
        if not name:
            self.findings.nobody_error(row, self._name_column())
            return None
        label = read_label(name, False)
        if label.scope:
            return None, label.scope, label.name
        return (ref, None, "") if ref.name else (None, ReferenceScope.DISTRICT, name)

    def _district(self, row: int) -> str:
        column = self.table.header.columns.get("district")
        return "" if column is None else self.sheet.text(row, column)

    def _name_column(self) -> int:
        columns = self.table.header.columns
        known = (columns[n] for n in ("name", "fisoko", "rcoi", "code") if n in columns)
        return next(known, 0)

    def _item(self, row: int, ref: SchoolRef) -> str:
        code = ref.codes[0][1] if ref.codes else ""
        return f"«{ref.name or code or self._district(row) or f'строка {row + 1}'}»"

    def _year(self, row: int) -> int | None:
        column = self.table.header.columns.get("year")
        if column is None:
            return self.plan.year.value if self.plan.year else None
        year = school_year_of(self.sheet.text(row, column))
        if year is None:
            self.findings.cell_error(
                row, column, "В строке нет года.", "Впишите год и загрузите файл снова."
            )
        return year

    def _data(self, row: int, item: str) -> tuple[dict[str, float | int | str], bool]:
        data: dict[str, float | int | str] = {}
        sound = True
        for column in self.plan.columns:
            if column.column in self.unclear:
                continue
            reading = _READERS[column.sort](self, row, column, f"{item}, «{column.title}»")
            sound &= reading.ok
            if reading.value is not None:
                data[column.name] = reading.value
        for column in self.plan.columns:
            if column.sort is not Sort.COUNT or column.name in data:
                continue
            if data.get(share_name(column.name)) == 0:
                self._count_zero(row, column, data)
            if not self.zeros.is_told(row, column.column):
                named = f"{item}, «{column.title}»"
                tell_dash(self.sheet, row, column.column, self.findings, named)
        return data, sound

    def _count_zero(
        self, row: int, column: NamedColumn, data: dict[str, float | int | str]
    ) -> None:
        """Put the 0 that a share says in the place of a count that was left out."""
        wholes = self.wholes(row, column.name).values()
        decimals = self._decimals[share_name(column.name)]
        if column.name not in data and self.zeros.is_zero(row, column.column, decimals, wholes):
            data[column.name] = 0

    @cached_property
    def _decimals(self) -> dict[str, int]:
        """How exact the per cents of each column of shares are."""
        return {
            one.name: decimals_in(
                [self.sheet.at(row, one.column) for row in self.table.data],
                parts=one.column in self.fractions,
            )
            for one in self.plan.columns
            if one.sort is Sort.PERCENT
        }

    def wholes(self, row: int, name: str) -> dict[str, float | None]:
        """Return what the row says of the figures that a figure is a part of."""
        places = {column.name: column.column for column in self.plan.columns}
        return {
            whole: count_in(self.sheet.at(row, places[whole]))
            for whole in wholes_of(self.plan.kind, name)
            if whole in places
        }

    def check_totals(self, rows: Sequence[int]) -> None:
        """Compare the only «Всего» row with the sum of the schools above it."""
        totals = [row for row in self.totals if not self._is_of_means(row)]
        if len(totals) != 1 or not rows:
            return
        for column in self.plan.columns:
            total = count_in(self.sheet.at(totals[0], column.column))
            if column.sort is Sort.COUNT and total is not None:
                self._check_total(column, rows, totals[0], total)

    def _is_of_means(self, row: int) -> bool:
        return any(is_average_text(text) for _, text in self.sheet.line(row))

    def _check_total(
        self, column: NamedColumn, rows: Sequence[int], place: int, total: float
    ) -> None:
        above = [row for row in rows if row < place]
        summed = sum(count_in(self.sheet.at(row, column.column)) or 0 for row in above)
        if above and summed != total:
            self.findings.range_warning(
                place,
                range(column.column, column.column + 1),
                f"«{column.title}»: в строке «Всего» {number_text(total)}, "
                f"а в сумме по школам {number_text(summed)}.",
                "Проверьте, все ли школы в таблице, или подтвердите; загружены строки школ.",
                soft=True,
            )


def read_table(
    sheet: Sheet, table: Wide, plan: Plan, findings: Findings, remarks: Remarks
) -> tuple[Block, int]:
    """Return the records of a table and how many rows were looked at."""
    reader = _Reader(
        sheet, table, plan, RefReader.of(sheet, table.header, table.data, "name"), findings, remarks
    )
    rows = reader.rows()
    if plan.year is None and "year" not in table.header.columns:
        where = fixed(table.header.first, 0).replace("$", "")
        findings.sheet_error("В заголовке таблицы не найден год.", NO_YEAR, where)
        return Block(sheet.name, {}, ()), len(rows)
    reader.find_fractions(rows)
    facts = tuple(fact for row in rows if (fact := reader.fact(row)))
    reader.zeros.tell(findings)
    reader.check_totals(rows)
    letters = {name: table.header.letters(name) for name in table.header.columns}
    refs = [fact.ref for fact in facts if fact.ref]
    figures = {column.name: table.letters(column.column) for column in plan.columns}
    year = {"year": letters["year"]} if "year" in letters else {}
    return (
        Block(
            sheet.name,
            {**plan.cells, **year, **reader.refs.fields(letters, refs), **figures},
            facts,
        ),
        len(rows),
    )


def read_tables(
    sheet: Sheet,
    tables: Sequence[Wide],
    kind: RecordKind,
    columns_of: Callable[[Wide], tuple[NamedColumn, ...]],
) -> Extract:
    """Return the records of every table of a sheet; columns that are not read are told."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    rows_read = 0
    for table in tables:
        columns = columns_of(table)
        tell_unknown(sheet, table, [c.column for c in columns], findings, "сведения")
        year = table_year(sheet, table)
        if kind in _OF_YEAR:
            tell_school_year(sheet, year, findings)
        plan = Plan(kind, columns, year, cells=year_cells(year))
        block, count = read_table(sheet, table, plan, findings, remarks)
        blocks.append(block)
        rows_read += count
    remarks.tell(sheet, findings)
    personal = titles_of.personal_columns(sheet, [table.header for table in tables])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def table_year(sheet: Sheet, table: Wide) -> FoundYear | None:
    """Return the school year that the titles of a table tell, its own header's last."""
    rows = (*table.titles, *range(table.header.first, table.header.last + 1))
    return find_school_year(sheet, rows)


def tell_school_year(sheet: Sheet, year: FoundYear | None, findings: Findings) -> None:
    """Tell which year a date of autumn was taken for: «на 01.09.2025» opens 2025/2026."""
    if year is None or year.cell is None:
        return
    _, letters, row = year.cell.split("$")
    text = sheet.text(int(row) - 1, column_index(letters))
    if str(year.value) not in text and year_of(text) == year.value - 1:
        findings.sheet_warning(
            f"Год взят по дате «{shorten(text)}»: {year.value - 1}/{year.value} учебный год, "
            f"в базе – {year.value}.",
            "Если это сведения за другой год, допишите его над таблицей и загрузите файл снова.",
            year.cell.replace("$", ""),
        )


def year_cells(year: FoundYear | None) -> dict[str, str]:
    """Return the address of the year for a block."""
    return {"year": year.cell} if year and year.cell else {}


def tell_unknown(
    sheet: Sheet, table: Wide, known: Sequence[int], findings: Findings, what: str
) -> None:
    """Warn of every titled column that holds something and is not read."""
    personal = {p.column for p in titles_of.personal_columns(sheet, (table.header,))}
    for column in table.others():
        if column in known or column in personal:
            continue
        if any(not is_empty(sheet.at(row, column)) for row in table.data):
            findings.sheet_warning(
                f"Столбец «{table.title(column)}» программе не знаком: {what} из него не взяты.",
                "Если он нужен, назовите его так, как в перечне показателей, и загрузите снова.",
                f"{table.letters(column)}{table.header.last + 1}",
            )


def _read_count(reader: _Reader, row: int, column: NamedColumn, item: str) -> Reading:
    wholes = reader.wholes(row, column.name)
    return read_part(reader.sheet, row, column.column, reader.findings, item, wholes)


def _read_number(reader: _Reader, row: int, column: NamedColumn, item: str) -> Reading:
    return read_figure(reader.sheet, row, column.column, reader.findings, item)


def _read_percent(reader: _Reader, row: int, column: NamedColumn, item: str) -> Reading:
    found = read_figure(reader.sheet, row, column.column, reader.findings, item, percent=True)
    if column.column not in reader.fractions or found.value is None:
        return found
    return Reading(found.ok, as_percent(found.value))


def _read_flag(reader: _Reader, row: int, column: NamedColumn, item: str) -> Reading:
    crosses = column.column in reader.crosses
    return read_flag(reader.sheet, row, column.column, reader.findings, item, crosses=crosses)


def _read_said(reader: _Reader, row: int, column: NamedColumn, item: str) -> Reading:
    """Return 1 where the text names the figure; a text that names none of them is told."""
    text = reader.sheet.text(row, column.column)
    said = {figure.name for figure in figures_in(reader.plan.kind, text)}
    if text and not said:
        reader.findings.cell_warning(
            row, column.column, f"{item}: «{shorten(text)}» непонятно.", "Впишите ШНОР или ШНСУ."
        )
    return Reading(True, 1 if column.name in said else None)


def _read_listed(_reader: _Reader, _row: int, _column: NamedColumn, _item: str) -> Reading:
    return Reading(True, 1)


_READERS: dict[Sort, Callable[[_Reader, int, NamedColumn, str], Reading]] = {
    Sort.COUNT: _read_count,
    Sort.NUMBER: _read_number,
    Sort.PERCENT: _read_percent,
    Sort.FLAG: _read_flag,
    Sort.SAID: _read_said,
    Sort.LISTED: _read_listed,
}
