"""Rows of single classes (5А, 5Б) of one school: parts of its result, summed and told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.models.enums import CountsOrigin
from app.services.importing.cells import compact_rows, expand_rows, read_number
from app.services.importing.counts import MARKS
from app.services.importing.facts import Fact, Marks, Procedure, ResultFact, SchoolRef
from app.services.importing.grid import CellValue, Sheet, column_letters
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.groups import carried
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import FoundNumber
from app.services.importing.regions import Region
from app.services.importing.tables import Header, is_total_text, key
from app.services.table_words import pattern, patterns

_CLASS = re.compile(r"(?P<grade>\d{1,2})?(?P<letter>[а-я]\d?)(?:класс)?")
"""A folded «5А», «5-Б», «5 «В»» or, in a column of letters, «А»."""
_DECIMALS = 4

Who = tuple[Procedure, object]


@dataclass(frozen=True)
class ClassRows:
    """The column that says which class a row is of, and how its rows name their schools."""

    sheet: Sheet
    column: int
    refs: RefReader
    findings: Findings

    def joined(self, facts: Sequence[Fact], rows: Iterable[int]) -> tuple[Fact, ...]:
        """Return the facts with one result for each school whose rows are of different classes.

        The school's own row beside its classes («Всего») is the result, and must be their sum.
        Else a school one of whose ``rows`` (0-based) could not be read, or says nothing, gets no
        result of the others.
        """
        rows = tuple(rows)
        if not any(self._match(row) for row in rows):
            return tuple(facts)  # nearly every table: «5», not «5А»
        lost = self._lost(rows, facts)
        groups, totals = self._groups(facts)
        whole: dict[int, ResultFact | None] = {}
        for place, parts in groups.items():
            if len(totals[place]) == 1:
                self._compare(parts, totals[place][0])
                whole.update({id(part): None for part in parts})
            elif place[1] in lost:
                self._tell_lost(parts, lost[place[1]])
                whole.update({id(part): None for part in parts})
            elif self._are_parts(parts):
                whole.update({id(part): None for part in parts[1:]})
                whole[id(parts[0])] = _sum(parts)
        self._tell(parts for parts in groups.values() if whole.get(id(parts[0])))
        found = (whole.get(id(fact), fact) for fact in facts)
        return tuple(fact for fact in found if fact is not None)

    def _groups(
        self, facts: Iterable[Fact]
    ) -> tuple[dict[Who, list[ResultFact]], dict[Who, list[ResultFact]]]:
        """Return the results of the classes of each school, and those of its own rows."""
        groups: dict[Who, list[ResultFact]] = defaultdict(list)
        totals: dict[Who, list[ResultFact]] = defaultdict(list)
        for fact in facts:
            if not isinstance(fact, ResultFact):
                continue
            place = fact.procedure, _who(fact.ref)
            if self._class(fact) is not None:
                groups[place].append(fact)
            elif self._is_of_school(expand_rows(fact.rows)[0] - 1):
                totals[place].append(fact)
        return groups, totals

    def _is_of_school(self, row: int) -> bool:
        """Return whether the cell of the class says nothing, or «Всего»."""
        text = self.sheet.text(row, self.column)
        return not text or is_total_text(text)

    def _compare(self, parts: Sequence[ResultFact], total: ResultFact) -> None:
        """Tell that the school's row is taken; where its classes make another sum, an error."""
        row = expand_rows(total.rows)[0] - 1
        name = f"«{total.ref.name or ''}»"
        wrong = self._are_parts(parts) and _difference(_sum(parts).marks, total.marks)
        if wrong:
            self.findings.cell_error(
                row,
                self.column,
                f"{name}: в строке всей школы {wrong[1]}, а по классам в сумме {wrong[0]}.",
                "Исправьте числа и загрузите файл снова.",
            )
            return
        self.findings.column_warning(
            row,
            self.column,
            "Под классами есть строка всей школы: взята она, классы отдельно не загружены.",
            "Если это строка другой школы, впишите её название и загрузите файл снова.",
        )

    def _class(self, fact: ResultFact) -> str | None:
        """Return the letter of the class of a row of the procedure's grade; None for no class."""
        match = self._match(expand_rows(fact.rows)[0] - 1)
        if match is None or match["grade"] not in (None, str(fact.procedure.grade)):
            return None
        return match["letter"]

    def _match(self, row: int) -> re.Match[str] | None:
        value = self.sheet.at(row, self.column)
        return _class_of(value) if type(value) is str else None

    def _lost(self, rows: Sequence[int], facts: Iterable[Fact]) -> dict[object, int]:
        """Return the schools of rows of classes that an error keeps out or that were left blank,
        and the first such row."""
        taken = {one - 1 for fact in facts for one in expand_rows(fact.rows)}
        blank = {row for row in rows if row not in taken and self._is_blank(row)}
        faulty, found = self.findings.error_rows, dict[object, int]()
        last: object = None
        for row in rows if faulty or blank else ():
            ref = self.refs.read(row, Findings(self.sheet))
            # A row of nobody between those of a school may be its other class.
            last = _who(ref) if ref.codes or ref.name else last
            if (row in faulty or row in blank) and self._match(row):
                found.setdefault(last, row)
        return found

    def _is_blank(self, row: int) -> bool:
        """Return whether nothing at all stands right of the class; a dash says that it sat out."""
        known = (self.column, *self.refs.names, *(column for column, _ in self.refs.codes))
        cells = self.sheet.rows[row]
        return not any(self.sheet.text(row, column) for column in range(max(known) + 1, len(cells)))

    def _are_parts(self, parts: Sequence[ResultFact]) -> bool:
        """Return whether the rows are different classes, each with marks of all its pupils."""
        letters = {self._class(part) for part in parts}
        return len(parts) == len(letters) > 1 and all(_is_whole(part.marks) for part in parts)

    def _tell_lost(self, parts: Sequence[ResultFact], lost: int) -> None:
        why, fix = "не прочитана", "Исправьте ту строку и загрузите файл снова."
        if self._is_blank(lost):
            why = "не заполнена"
            fix = "Впишите числа класса, а если он не писал – прочерки, и загрузите файл снова."
        for part in parts:
            row = expand_rows(part.rows)[0] - 1
            self.findings.cell_error(
                row,
                self.column,
                f"«{part.ref.name or ''}»: строка {lost + 1} с классом "
                f"{self.sheet.text(lost, self.column)} {why}, результат школы по остальным "
                "классам не считается.",
                fix,
            )

    def _tell(self, joined: Iterable[Sequence[ResultFact]]) -> None:
        groups = list(joined)
        if groups:
            rows = [expand_rows(part.rows)[0] - 1 for part in groups[0]]
            classes = ", ".join(self.sheet.text(row, self.column) for row in rows)
            self.findings.rows_warning(
                rows,
                self.column,
                f"Строки даны по классам ({classes}…): классы одной школы сложены, "
                f"школ – {len(groups)}.",
                "Если это разные работы, разнесите их по разным таблицам.",
            )


def class_rows(
    sheet: Sheet, header: Header, refs: RefReader, findings: Findings
) -> ClassRows | None:
    """Return how the rows of a table are parted by class; None without such a column."""
    column = class_column(header)
    return None if column is None else ClassRows(sheet, column, refs, findings)


def with_names(sheet: Sheet, header: Header, column: int, rows: Sequence[int]) -> Sheet:
    """Return the sheet with the school's name, printed once for its classes, in each row of them.

    ``column`` is that of the names, ``rows`` are the rows of the table (all 0-based).
    """
    classes = class_column(header)
    heads = {} if classes is None else _heads(sheet, column, classes, rows)
    if not heads:
        return sheet
    cells: list[Sequence[CellValue]] = list(sheet.rows)
    for row, head in heads.items():
        filled = [*cells[row], *[None] * (column + 1 - len(cells[row]))]
        filled[column] = sheet.at(head, column)
        cells[row] = filled
    return replace(sheet, rows=cells)


def _heads(sheet: Sheet, column: int, classes: int, rows: Sequence[int]) -> dict[int, int]:
    """Return for rows of classes and of «Всего» the row that names their school (all 0-based).

    A class that the school above has had already may be of another, whose name is missing.
    """
    totals = _totals(sheet, column, classes, rows)
    data = [row for row in rows if row not in totals]
    heads = dict(carried(sheet, column, data, rows))
    last: int | None = None
    seen: set[str] = set()
    for row in rows:
        said = key(sheet.text(row, classes))
        if row in totals:
            heads.update({row: last} if last is not None else {})
        elif sheet.text(row, column):
            last, seen = row, {said}
        elif last is not None and row not in heads and _class_of(said) and said not in seen:
            heads[row] = last
            seen.add(said)
    return heads


def _totals(sheet: Sheet, column: int, classes: int, rows: Sequence[int]) -> frozenset[int]:
    """Return the rows of a school under its classes: «Итого по школе», «Всего» for its class.

    «Итого» among the names is the district's where it stands once.
    """
    words = patterns("class_rows")
    found: set[int] = set()
    bare: set[int] = set()
    for row in rows:
        name, said = key(sheet.text(row, column)), key(sheet.text(row, classes))
        if words["school_total"].fullmatch(name) or (is_total_text(said) and not name):
            found.add(row)
        elif words["total"].fullmatch(name) and not said:
            bare.add(row)
    return frozenset(found | bare if len(bare) > 1 else found)


def class_column(header: Header) -> int | None:
    """Return the column of letters of classes, else that of classes («5А»), or None."""
    words = patterns("class_rows")
    for title in (words["letter"], words["class"]):
        for column, text in header.titles.items():
            if title.fullmatch(key(text)):
                return column
    return None


def grade_of_classes(sheet: Sheet, region: Region) -> FoundNumber | None:
    """Return the grade of which every class of a table is: 5А, 5Б or 5; None for several."""
    titles, title = region.header.titles, pattern("class_rows", "class")
    column = next((c for c, text in titles.items() if title.fullmatch(key(text))), None)
    if column is None:
        return None
    texts = {text for row in region.data if (text := key(sheet.text(row, column)))}
    grades = {grade_of_class(text) for text in texts}
    known = grades.pop() if len(grades) == 1 else None
    return FoundNumber(known, column_letters(column)) if known else None


def grade_of_class(text: str) -> int | None:
    """Return the grade of «5», «5А», «5 «Б»», or None."""
    number = read_number(text).whole
    match = _class_of(text)
    grade = number or (int(match["grade"]) if match and match["grade"] else None)
    return grade if grade and grade <= 12 else None


def letter_of(text: str, grade: int) -> str | None:
    """Return the letter (capital) of a class of ``grade``: «5А», «А»; None for anything else."""
    match = _class_of(text)
    if match is None or match["grade"] not in (None, str(grade)):
        return None
    return match["letter"].upper()


@lru_cache(maxsize=1024)
def _class_of(text: str) -> re.Match[str] | None:
    return _CLASS.fullmatch(key(text))


def _who(ref: SchoolRef) -> object:
    return ref.codes or (ref.name or "").casefold()


def _is_whole(marks: Marks) -> bool:
    counts = _counts(marks)
    return None not in counts and sum(count or 0 for count in counts) == marks.participants


def _counts(marks: Marks) -> tuple[int | None, ...]:
    return marks.n2, marks.n3, marks.n4, marks.n5


def _difference(parts: Marks, total: Marks) -> tuple[str, str] | None:
    """Return what the classes make and what the school's row says, where they differ."""
    if parts.participants != total.participants:
        return f"участников {parts.participants}", f"участников {total.participants}"
    for mark, one, other in zip(MARKS, _counts(parts), _counts(total), strict=True):
        if other is not None and one != other:
            return f"«{mark}» – {one}", f"«{mark}» – {other}"
    return None


def _sum(parts: Sequence[ResultFact]) -> ResultFact:
    """Return the result of all classes; the mean is that of the classes by their pupils."""
    first = parts[0]
    marks = [part.marks for part in parts]
    n2, n3, n4, n5 = (sum(count or 0 for count in column) for column in _columns(marks))
    approximate = any(one.origin is CountsOrigin.APPROXIMATE for one in marks)
    origin = CountsOrigin.APPROXIMATE if approximate else CountsOrigin.AGGREGATED
    pupils = sum(one.participants for one in marks)
    total = Marks(pupils, n2, n3, n4, n5, below=n2, mean=_mean(marks, pupils), origin=origin)
    rows = compact_rows(row for part in parts for row in expand_rows(part.rows))
    return ResultFact(first.ref, first.procedure, total, rows, first.day)


def _columns(marks: Sequence[Marks]) -> Iterator[tuple[int | None, ...]]:
    for place in range(len(MARKS)):
        yield tuple(_counts(one)[place] for one in marks)


def _mean(marks: Sequence[Marks], pupils: int) -> float | None:
    weighted = [one.mean * one.participants for one in marks if one.mean is not None]
    return (
        round(sum(weighted) / pupils, _DECIMALS) if pupils and len(weighted) == len(marks) else None
    )
