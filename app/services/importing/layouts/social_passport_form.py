"""The social passport of one school as a form (L14): a figure per row, its label and its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from app.models.enums import CodeSystem, RecordKind
from app.services.figures import Figure, share_name
from app.services.importing.cells import compact_rows, read_number, school_code
from app.services.importing.facts import Block, Extract, PersonalColumn, RecordFact, SchoolRef
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.count_and_share import (
    count_and_share,
    count_in,
    read_part,
    wholes_of,
)
from app.services.importing.layouts.figure_columns import OF_STAFF
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.fractions import as_percent, is_part
from app.services.importing.layouts.labels import names_school, split_code
from app.services.importing.layouts.named import (
    counts_families,
    figure_of,
    figure_of_path,
    find_school_year,
    is_both,
    is_percent,
    is_unit,
    may_be_families,
    read_figure,
    tell_dash,
    told_as_children,
)
from app.services.importing.layouts.passport_columns import (
    NO_WHOLE_HINT,
    TWO_DATES_HINT,
    Columns,
    columns_by,
    is_primary,
    titles_above,
)
from app.services.importing.layouts.passport_lines import Line, lines_of
from app.services.importing.layouts.passport_values import (
    NOT_SAID_HINT,
    choose,
    count_columns,
)
from app.services.importing.layouts.school_tables import NO_YEAR, OWNER
from app.services.importing.layouts.zero_shares import ZeroShares, decimals_in
from app.services.importing.names import russian
from app.services.importing.tables import Header, filled_cells, fixed, key, next_filled

_KIND = RecordKind.PASSPORT
_FEWEST = 5
_FEWEST_TITLED = 1
_SEARCH_ROWS = 120
"""How many lines are looked at to recognise a form: its figures stand in one list near the top."""
_TITLE = re.compile(r"социальн\w*паспорт|соцпаспорт")
_TITLE_WORDS = re.compile(
    r"^\s*социальн\w+\s+паспорт\w*"
    r"(?:\s+(?:школы|оо|(?:обще)?образовательно\w+\s+(?:организации|учреждения)))?",
    re.IGNORECASE,
)
_YEAR_TAIL = re.compile(r"\s*(?:\b(?:на|за|по состоянию)\b.*)?\(?20\d\d.*$", re.IGNORECASE)
_SHARE_TOLERANCE = 0.6
"""A second number within this of the share of all pupils, in points, is that share."""


@dataclass
class _Form:
    """One form on a sheet: what stands above its lines, its lines, where its values stand."""

    sheet: Sheet
    titles: tuple[int, ...]
    lines: list[Line]
    findings: Findings
    data: dict[str, float | int | str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    sound: bool = True
    told: set[str] = field(default_factory=set)
    left: frozenset[int] = frozenset()
    """0-based columns whose numbers are not of the whole school."""
    zeros: ZeroShares = field(init=False)

    def __post_init__(self) -> None:
        """Begin to keep what shares of 0 % say of counts."""
        self.zeros = ZeroShares(self.sheet)

    def read(self) -> Block:
        """Return the block with the record of the school, empty where the form cannot be used."""
        ref = self._ref
        year = find_school_year(self.sheet, self.titles)
        if not self._counts_school():
            return Block(self.sheet.name, {}, ())
        for line in self.lines:
            self._read_line(line)
        self.zeros.tell(self.findings)
        self._tell_families()
        rows = compact_rows(line.row + 1 for line in self.lines if line.figure)
        if year is None:
            where = address(self.lines[0].row, self.lines[0].column)
            self.findings.sheet_error("В паспорте не найден учебный год.", NO_YEAR, where)
        if ref is None or year is None or not self.data:
            return Block(self.sheet.name, self.cells, ())
        if year.cell:
            self.cells["year"] = year.cell
        fact = RecordFact(_KIND, year.value, self.data, rows, ref)
        return Block(self.sheet.name, self.cells, (fact,))

    @cached_property
    def _columns(self) -> Columns:
        """What the titles over the values say of levels of the school and of dates."""
        first = self.lines[0]
        above = titles_above(self.sheet, range(self._head(), first.row), first.column)
        return columns_by(above, primary=is_primary(self._ref))

    def _counts_school(self) -> bool:
        """Return whether the figures are of the whole school at one date; what is not is told."""
        columns = self._columns
        where = address(self.lines[0].row, self.lines[0].column)
        wrong = columns.two_dates or columns.no_whole
        if wrong:
            hint = TWO_DATES_HINT if columns.two_dates else NO_WHOLE_HINT
            self.findings.sheet_error(wrong, hint, where)
        elif columns.parts:
            message = f"Столбцы {columns.listed} – часть школы: взято из «{columns.whole}»."
            self.findings.sheet_warning(message, "", where)
        return not wrong and self._has_chosen(where)

    def _has_chosen(self, where: str) -> bool:
        """Leave the columns that are not of the whole school; whether one is known to be."""
        self.left = frozenset(self._columns.parts)
        rows = {one.figure.name: one.row for one in self.lines if one.figure}
        paths = self._columns.paths
        rest = {column: path for column, path in paths.items() if column not in self.left}
        chosen = choose(paths, count_columns(self.sheet, rest, rows, self._are_shares))
        if chosen.wrong:
            self.findings.sheet_error(chosen.wrong, NOT_SAID_HINT, where)
        elif chosen.told:
            self.findings.sheet_warning(chosen.told, "", self._title_cell(chosen.left[0]))
        self.left |= {*chosen.left}
        return not chosen.wrong

    @cached_property
    def _ref(self) -> SchoolRef | None:
        """How the form names its school: labels with values first, then any title."""
        codes: dict[CodeSystem, str] = {}
        name = ""
        for row in (*self.titles, *(line.row for line in self.lines if line.figure is None)):
            for column, text in filled_cells(self.sheet, row):
                found = self._labelled(row, column, text) or self._titled(row, column, text)
                if found and found[0]:
                    codes.setdefault(*found[0])
                if found and found[1] and not name:
                    name = found[1]
        if not codes and not name:
            where = address(self.lines[0].row, self.lines[0].column)
            self.findings.sheet_error(
                "В паспорте не найдено название школы.",
                "Впишите его над таблицей и загрузите файл снова.",
                where,
            )
            return None
        return SchoolRef(tuple(codes.items()), russian(name) if name else None)

    def _labelled(
        self, row: int, column: int, text: str
    ) -> tuple[tuple[CodeSystem, str] | None, str] | None:
        """Return the code or the name beside its label: «Школа | МКОУ …», «Логин: edu…»."""
        label, colon, value = text.partition(":")
        meaning = OWNER.field(label)
        if meaning not in ("name", "fisoko", "rcoi", "code"):
            return None
        beside = next_filled(self.sheet, row, column)
        place = (column, value.strip()) if colon and value.strip() else beside
        if place is None:
            return None
        self.cells.setdefault(meaning, fixed(row, place[0]))
        if meaning == "name":
            return split_code(place[1])
        code = school_code(place[1])
        if code and meaning == "code":
            self._note_code(code[0], row, place[0])
        return (code, "") if code else None

    def _titled(
        self, row: int, column: int, text: str
    ) -> tuple[tuple[CodeSystem, str] | None, str] | None:
        """Return the school that a title names, alone or after «Социальный паспорт»."""
        text = russian(text)
        bare = _YEAR_TAIL.sub("", _TITLE_WORDS.sub("", text)).strip(" .,:;–—-")
        if not names_school(bare) or figure_of(_KIND, text):
            return None
        code, name = split_code(bare)
        if not (code or self._looks_like_name(name)):
            return None
        self.cells.setdefault("name", fixed(row, column))
        if code:
            self._note_code(code[0], row, column)
        return code, name

    def _looks_like_name(self, name: str) -> bool:
        """A sentence that only mentions schools is no name: a name has quotes, a form, a number."""
        return bool(
            re.search(r"[«\"„“]|№\s*\d|\b[А-ЯЁ]*[БКА]?ОУ\b|\b[СОН]ОШ\b|учрежден", name)
        ) or (len(name.split()) <= 4 and bool(name))

    def _note_code(self, system: CodeSystem, row: int, column: int) -> None:
        name = "fisoko" if system is CodeSystem.FISOKO else "rcoi"
        self.cells.setdefault(name, fixed(row, column))

    def _read_line(self, line: Line) -> None:
        values = [
            (column, text)
            for column, text in filled_cells(self.sheet, line.row)
            if column > line.column and not is_unit(text) and not _is_header_row(self, line.row)
            if column not in self.left
        ]
        if line.figure is None:
            self._tell_unknown(line, values)
            return
        item = f"«{line.text}»"
        for place, (column, _) in enumerate(values):
            if place and count_in(self.sheet.at(line.row, column)) is None:
                continue  # a note beside the number
            percent = self._is_share(line, column, place)
            if percent is None and self._title(column):
                self._tell_column(column)
                continue
            if percent is None:
                self.findings.cell_warning(
                    line.row,
                    column,
                    f"{item}: второе число в строке непонятно, оно не загружено.",
                    "Подпишите столбцы: «чел.» и «%».",
                )
                continue
            figure = self._figure(line, line.figure, column)
            if figure is None:
                continue
            self._put(line, figure, column, percent=percent)
            if percent and place and self.data.get(share_name(figure.name)) == 0:
                self._count_zero(line, figure, values[0][0], column)
        if line.figure.name not in self.data:
            self._tell_dashes(line, [column for column, _ in values])

    def _title(self, column: int) -> str:
        """Return the title of a column of values, empty where it has none."""
        return " ".join(self._columns.paths.get(column, ()))

    def _tell_column(self, column: int) -> None:
        """Tell once of a titled column beside the values: «из них девочек» is no share."""
        told = f"Столбец «{self._title(column)}» не загружен: таких чисел в паспорте программы нет."
        if told not in self.told:
            self.told.add(told)
            where = self._title_cell(column)
            self.findings.sheet_warning(told, "Если это доля, подпишите столбец «%».", where)

    def _title_cell(self, column: int) -> str:
        head = range(self._head(), self.lines[0].row)
        row = max((one for one in head if self.sheet.text(one, column)), default=head.start)
        return address(row, column)

    def _are_shares(self, column: int) -> bool:
        """Return whether most numbers of a titled column are shares of the numbers beside them."""
        rows = [line for line in self.lines if line.figure and line.figure.name != "pupils"]
        whole = self._whole("pupils")
        if not whole:
            return False
        pairs = [
            (self._whole(line.figure.name), read_number(self.sheet.at(line.row, column)).value)
            for line in rows
            if line.figure
        ]
        known = [(count, share) for count, share in pairs if count and share is not None]
        close = [abs(100 * count / whole - share) <= _SHARE_TOLERANCE for count, share in known]
        return 2 * sum(close) > len(known)

    def _tell_dashes(self, line: Line, columns: Sequence[int]) -> None:
        for column in columns:
            if not self.zeros.is_told(line.row, column):
                tell_dash(self.sheet, line.row, column, self.findings, f"«{line.text}»")

    def _tell_families(self) -> None:
        """Tell which lines may be of families, though they were taken for children of these."""
        taken = [line for line in self.lines if line.figure and line.figure.name in self.data]
        own = self._columns.paths
        doubtful = [
            line
            for line in taken
            if line.figure and may_be_families(line.figure, (line.text, *self._units(line, own)))
        ]
        if doubtful:
            where = address(doubtful[0].row, doubtful[0].column)
            told = told_as_children([line.text for line in doubtful])
            self.findings.sheet_warning(*told, where)

    def _units(self, line: Line, own: Mapping[int, tuple[str, ...]]) -> Iterator[str]:
        """Yield what says the unit of a line: titles above its values, texts beside them."""
        for path in own.values():
            yield from path
        for column, text in filled_cells(self.sheet, line.row):
            if column > line.column and is_unit(text):
                yield text

    def _figure(self, line: Line, figure: Figure, column: int) -> Figure | None:
        """Return the figure of a value: under «семей» families are counted, and no children."""
        path = self._columns.paths.get(column, ())
        if not counts_families(path) or figure.unit == "семей":
            return figure
        families = figure_of_path(_KIND, (line.text, *path))
        if families is None:
            self.findings.cell_warning(
                line.row,
                column,
                f"«{line.text}», «{' '.join(path)}»: такого показателя нет, число не загружено.",
            )
        return families

    def _count_zero(self, line: Line, figure: Figure, count: int, share: int) -> None:
        """Put the 0 that a share says in the place of a count that was left out."""
        cells = [self.sheet.at(one.row, share) for one in self.lines if one.figure]
        wholes = [self._whole(name) for name in wholes_of(_KIND, figure.name)]
        decimals = decimals_in(cells, parts=False)
        known = figure.name in self.data
        if not known and self.zeros.is_zero(line.row, count, decimals, wholes):
            self.data[figure.name] = 0
            self.cells[figure.name] = fixed(line.row, count)

    def _put(self, line: Line, figure: Figure, column: int, *, percent: bool) -> None:
        item = f"«{line.text}»"
        name = share_name(figure.name) if percent else figure.name
        if percent:
            args = (self.sheet, line.row, column, self.findings, item)
            reading = read_figure(*args, percent=True)
        else:
            wholes = {one: self._whole(one) for one in wholes_of(_KIND, figure.name)}
            reading = read_part(self.sheet, line.row, column, self.findings, item, wholes)
        if reading.value is None:
            return
        if name in self.data:
            self.findings.cell_warning(
                line.row,
                line.column,
                f"{item} понято как «{figure.title}», но такой показатель уже взят из другой "
                "строки; эта не загружена.",
                "Оставьте в файле одну строку или назовите их по-разному.",
            )
            return
        self.data[name] = self._in_percent(figure, reading.value) if percent else reading.value
        self.cells[name] = fixed(line.row, column)

    def _in_percent(self, figure: Figure, share: float) -> float:
        """Return a share in per cent, also where Excel keeps it as a part of one."""
        count = self.data.get(figure.name)
        wholes = (self._whole(one) for one in wholes_of(_KIND, figure.name))
        whole = next((one for one in wholes if one), None)
        known = count if isinstance(count, (int, float)) else None
        return as_percent(share) if is_part(share, known, whole) else share

    def _whole(self, name: str) -> float | None:
        """Return the first number of the line of a figure, above or below the others."""
        line = next((one for one in self.lines if one.figure and one.figure.name == name), None)
        if line is None:
            return None
        columns = range(line.column + 1, len(self.sheet.rows[line.row]))
        cells = [one for one in columns if one not in self.left]
        counts = (count_in(self.sheet.at(line.row, column)) for column in cells)
        return next((count for count in counts if count is not None), None)

    def _is_share(self, line: Line, column: int, place: int) -> bool | None:
        """Return whether a value is a share; None when it cannot be told."""
        if count_and_share(self.sheet.at(line.row, column)) is not None:
            return False
        if is_percent((line.text,)) or read_number(self.sheet.at(line.row, column)).percent:
            return True
        above = [self.sheet.text(row, column) for row in range(self._head(), self.lines[0].row)]
        units = [
            text for text in above if is_unit(text) or (is_percent((text,)) and not is_both(text))
        ]
        beside = self.sheet.text(line.row, column + 1)
        if units:
            return is_percent((units[-1],))
        if is_unit(beside):
            return is_percent((beside,))
        if place == 0:
            return False
        if self._title(column) and not self._are_shares(column):
            return None
        return True if self._matches_share(line, column) else None

    def _head(self) -> int:
        return max(0, self.lines[0].row - 3)

    def _matches_share(self, line: Line, column: int) -> bool:
        figure = line.figure
        whole = self.data.get("pupils")
        count = self.data.get(figure.name) if figure else None
        share = read_number(self.sheet.at(line.row, column)).value
        if not isinstance(whole, (int, float)) or not isinstance(count, (int, float)) or not whole:
            return False
        return share is not None and abs(100 * count / whole - share) <= _SHARE_TOLERANCE

    def _tell_unknown(self, line: Line, values: list[tuple[int, str]]) -> None:
        """Warn of a row that holds a number under an unknown label; texts are not quoted."""
        numbers = [
            c for c, _ in values if read_number(self.sheet.at(line.row, c)).value is not None
        ]
        if not numbers or OWNER.field(line.text.partition(":")[0]):
            return
        self.findings.cell_warning(
            line.row,
            line.column,
            f"Показатель «{line.text}» программе не знаком: он не загружен.",
            "Если он нужен, назовите его так, как в перечне показателей, и загрузите снова.",
        )


def recognise(sheet: Sheet) -> float:
    """Return the confidence: labels of figures below each other with numbers beside them."""
    titled = _is_titled(sheet)
    enough = _FEWEST_TITLED if titled else _FEWEST
    lines = islice(lines_of(sheet), _SEARCH_ROWS)
    known = [line.figure.name for line in lines if line.figure]
    # Without its title a list of teachers alone is a form of the staff.
    if len(known) < enough or not (titled or {*known} - OF_STAFF):
        return 0.0
    return _surest(sheet)


def _surest(sheet: Sheet) -> float:
    return 0.96 if _is_titled(sheet) else 0.75


def _is_titled(sheet: Sheet) -> bool:
    return bool(_TITLE.search(key(sheet.name))) or any(
        _TITLE.search(key(text)) for row in _top(sheet) for _, text in filled_cells(sheet, row)
    )


def extract(sheet: Sheet) -> Extract:
    """Return the passports of the sheet; a new title begins the form of the next school."""
    findings = Findings(sheet)
    blocks: list[Block] = []
    rows_read = 0
    start = 0
    for lines in _forms(sheet):
        first = next(line.row for line in lines if line.figure)
        titles = tuple(row for row in sheet.filled_rows(start) if row < first)
        inside = [line for line in lines if line.row >= first]
        rows_read += sum(line.figure is not None for line in inside)
        blocks.append(_Form(sheet, titles, inside, findings).read())
        start = inside[-1].row + 1
    return Extract(tuple(blocks), findings.problems, rows_read, _personal(sheet))


def _forms(sheet: Sheet) -> Iterator[list[Line]]:
    """Yield the lines of each form of the sheet."""
    form: list[Line] = []
    for line in lines_of(sheet):
        if _TITLE.search(key(line.text)) and any(known.figure for known in form):
            yield form
            form = []
        form.append(line)
    if any(line.figure for line in form):
        yield form


def _top(sheet: Sheet) -> list[int]:
    return [row for _, row in zip(range(10), sheet.filled_rows(), strict=False)]


def _is_header_row(form: _Form, row: int) -> bool:
    texts = [text for _, text in filled_cells(form.sheet, row)]
    return (
        len(texts) > 1
        and all(read_number(text).value is None for text in texts[1:])
        and any(is_unit(text) for text in texts[1:])
    )


def _personal(sheet: Sheet) -> tuple[PersonalColumn, ...]:
    """Return the columns of a list of children below the form: two or more personal titles."""
    found: list[PersonalColumn] = []
    for row in sheet.filled_rows():
        header = Header(row, row, {}, dict(filled_cells(sheet, row)))
        columns = personal_columns(sheet, [header])
        if len({column.title for column in columns}) > 1:
            found.extend(columns)
    return tuple(found)


LAYOUT = Layout("social_passport_form", "Социальный паспорт школы", recognise, extract, _surest)
