"""Protocols of the regional centre (РЦОИ): rows of pupils, grouped by school without any name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.cells import absence, read_number, value_fault
from app.services.importing.counts import number_text
from app.services.importing.facts import SchoolRef
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.layouts import columns as titles_of
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks, has_any
from app.services.importing.layouts.procedures import Context
from app.services.importing.layouts.refs import RefReader
from app.services.importing.layouts.titles import (
    FoundNumber,
    FoundSubject,
    find_subject,
    find_year,
    kinds_of,
    year_of,
)
from app.services.importing.regions import Region, find_regions
from app.services.importing.tables import (
    Header,
    Required,
    Vocabulary,
    busiest,
    find_header,
    fixed,
    is_total,
    iter_filled,
    key,
    require,
    row_text,
)
from app.services.importing.thresholds import gives_marks
from app.services.table_words import patterns

WORDS = Vocabulary(
    number=titles_of.NUMBER,
    fisoko=titles_of.FISOKO,
    rcoi=titles_of.RCOI,
    code=titles_of.CODE,
    year=titles_of.YEAR,
    subject=titles_of.SUBJECT,
    grade=titles_of.GRADE,
    district=r"код(?:мсу|ате|мо|мро)",
    room=r"(?:код)?(?:аудитори[яи]|ппэ)",
    surname=r"фамилия\w*|фио\w*",
    primary=titles_of.PRIMARY,
    test=titles_of.TEST_SCORE,
    mark=titles_of.MARK,
    score=titles_of.SCORE,
    name=titles_of.NAME,
    appeal=r"состояниеапелляции|апелляция",
    journal=titles_of.JOURNAL,
    variant=r"вариант",
)
_RESULTS = ("mark|test|score", "primary|surname|room")
_REQUIRED = require("code|rcoi|fisoko", *_RESULTS)
_NAMED = require("name", *_RESULTS)
"""A list whose schools are names, or of one school that its titles name."""
_CODED_TITLE = re.compile(r"\d{1,2}\s*[-–—.]\s*\D")
_BASIC_OR_PROFILE = re.compile(r"базов|профил")
_TITLE_CELLS = 3
_EXAMS = (AssessmentKind.OGE, AssessmentKind.EGE)
_OWNERS = ("code", "rcoi", "fisoko", "name")
_NOT_PROTOCOLS = ("appeal", "journal", "variant")


def find(sheet: Sheet) -> Header | None:
    """Return the header of a protocol; appeals (L11) and ФИС ОКО lists (L1) are not protocols."""
    header = find_header(sheet, WORDS, _required(sheet))
    if header is None or any(name in header.columns for name in _NOT_PROTOCOLS):
        return None
    return header


def _required(sheet: Sheet) -> Required:
    """Return the fields that the header needs: names of schools do under the name of an exam.

    A protocol is told by its codes; any list of pupils has names.
    """
    header = find_header(sheet, WORDS, _NAMED)
    if header is None or find_header(sheet, WORDS, _REQUIRED) is not None:
        return _REQUIRED
    words = patterns("protocols")
    said = f"{sheet.name} {titles_text(sheet, header)}".casefold()
    told = words["exam"].search(said) and not words["other_list"].search(said)
    staff = any(words["staff"].search(title.casefold()) for title in header.titles.values())
    return _NAMED if told and not staff else _REQUIRED


def titles_text(sheet: Sheet, header: Header) -> str:
    """Return all that stands above the header, small."""
    return " ".join(row_text(sheet, row) for row in range(header.first)).casefold()


def kind_of(sheet: Sheet, header: Header) -> AssessmentKind | None:
    """Return whose protocol it is; None for ГВЭ.

    The test score says ЕГЭ, then the titles decide, then the marks and the grades of all pupils:
    a pupil of the tenth grade may sit the ОГЭ, but one of the ninth no ЕГЭ, and no ЕГЭ but the
    basic mathematics gives marks.
    """
    text = titles_text(sheet, header)
    if "гвэ" in text:
        return None
    if "test" in header.columns or _BASIC_OR_PROFILE.search(text):
        return AssessmentKind.EGE
    named = set(_EXAMS) & set(kinds_of(text))
    if len(named) == 1:
        return next(iter(named))
    grades = _grades(sheet, header)
    of_nine = 2 * sum(grade <= 9 for grade in grades) >= len(grades)
    return AssessmentKind.OGE if of_nine or _is_marked(sheet, header) else AssessmentKind.EGE


def _grades(sheet: Sheet, header: Header) -> list[int]:
    column = header.columns.get("grade")
    if column is None:
        return []
    texts = (sheet.text(row, column) for row in sheet.filled_rows(header.last + 1))
    matches = (re.match(r"\d{1,2}", text) for text in texts)
    return [int(match[0]) for match in matches if match]


def _is_marked(sheet: Sheet, header: Header) -> bool:
    """Return whether pupils have marks 2–5 in a subject that the ЕГЭ gives test scores in."""
    column = header.columns.get("mark")
    found = find_subject(sheet, range(header.first), AssessmentKind.EGE)
    if column is None or found is None or not found.subject.known:
        return False
    if gives_marks(AssessmentKind.EGE, found.subject.name):
        return False
    numbers = (read_number(sheet.at(r, column)) for r in sheet.filled_rows(header.last + 1))
    known = [number.value for number in numbers if number.value is not None]
    return bool(known) and all(value in MARKS.allowed for value in known)


def regions(sheet: Sheet) -> tuple[Region, ...]:
    """Return every table of pupils of the sheet, columns settled where the values stand."""
    found = find_regions(sheet, WORDS, _required(sheet), _starts_title)
    settled = (_settled(sheet, region) for region in found)
    return tuple(part for region in settled for part in _by_procedure(sheet, region))


def _by_procedure(sheet: Sheet, region: Region) -> list[Region]:
    """Return the rows of each year and subject of a flat export as a table of their own.

    Rows that lack one of them come first: there is none before to take it from.
    """
    columns = _own_columns(sheet, region)
    if not columns:
        return [region]
    owners = [region.header.columns[name] for name in _OWNERS if name in region.header.columns]
    groups: dict[tuple[str, ...], list[int]] = {}
    said: tuple[str, ...] = ()
    for row in region.data:
        texts = tuple(sheet.text(row, column) for column in columns.values())
        # A total or a remark is of no exam: it goes with the rows above it.
        own = any(texts) or has_any(sheet, row, owners)
        said = texts if own and not is_total(sheet, row) else said
        groups.setdefault(said, []).append(row)
    order = sorted(groups, key=lambda texts: bool(texts) and all(texts))
    return [Region(region.header, region.titles, tuple(groups[texts])) for texts in order]


def _own_columns(sheet: Sheet, region: Region) -> dict[str, int]:
    """Return the columns of the year and the subject where the titles do not say them."""
    told = {
        "year": find_year(sheet, region.titles) is not None,
        "subject": any(find_subject(sheet, region.titles, kind) for kind in _EXAMS),
    }
    columns = region.header.columns
    return {name: columns[name] for name, said in told.items() if not said and name in columns}


def _starts_title(sheet: Sheet, row: int) -> bool:
    """Return whether a next exam begins: «02 - Математика 2026.06.02», «Протокол проверки»."""
    if any(islice(iter_filled(sheet, row), _TITLE_CELLS, None)) or is_total(sheet, row):
        return False
    text = row_text(sheet, row)
    if key(text).startswith(("протокол", "экзамен", "предмет")):
        return True
    dated = year_of(text) is not None
    return bool(_CODED_TITLE.match(text) and dated) or _names_subject(text, dated)


def _names_subject(text: str, dated: bool) -> bool:
    """Return whether a lone row is a subject, or mentions one beside a year."""
    kinds = (AssessmentKind.OGE, AssessmentKind.EGE)
    return any(subjects.by_title(text, kind) for kind in kinds) or (
        dated and any(subjects.inside(text, kind) for kind in kinds)
    )


def _settled(sheet: Sheet, region: Region) -> Region:
    """Move a field to the column of its merged title that holds the values."""
    header = region.header
    columns = {
        name: busiest(sheet, region.data, header.span(column))
        for name, column in header.columns.items()
    }
    settled = Header(header.first, header.last, columns, header.titles)
    return Region(settled, region.titles, region.data)


def context_of(sheet: Sheet, region: Region, kind: AssessmentKind, grade: int) -> Context:
    """Return year, grade and subject of a protocol; the date stands beside the subject."""
    subject = find_subject(sheet, region.titles, kind)
    year = find_year(sheet, region.titles, subject.row if subject else None)
    own = _own_columns(sheet, region)
    if "subject" in own:
        subject = _subject_of_rows(sheet, region, own["subject"], kind)
    if "year" in own:
        year = _year_of_rows(sheet, region, own["year"])
    cell = region.header.letters("grade") if region.header.has("grade") else None
    return Context(year, FoundNumber(grade, cell), subject)


def _subject_of_rows(
    sheet: Sheet, region: Region, column: int, kind: AssessmentKind
) -> FoundSubject | None:
    text = sheet.text(region.data[0], column) if region.data else ""
    cell = fixed(region.data[0], column) if text else ""
    return FoundSubject(subjects.resolve(text, kind), cell, None, text) if text else None


def _year_of_rows(sheet: Sheet, region: Region, column: int) -> FoundNumber | None:
    year = year_of(sheet.text(region.data[0], column)) if region.data else None
    return FoundNumber(year, fixed(region.data[0], column)) if year else None


@dataclass
class Pupils:
    """The pupils of one school: 0-based rows with their scores, and rows that an error spoils."""

    ref: SchoolRef
    scores: list[tuple[int, int]] = field(default_factory=list)
    spoilt: list[int] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """All 0-based rows that decide the school's result; an error in one keeps all out."""
        return sorted([*(row for row, _ in self.scores), *self.spoilt])

    @property
    def values(self) -> list[int]:
        """The marks or scores of the pupils who have one."""
        return [score for _, score in self.scores]


@dataclass(frozen=True)
class ScoreRule:
    """What a cell of the result may hold."""

    title: str
    """«Отметка» or «Тестовый балл», for messages."""
    allowed: range
    hint: str


MARKS = ScoreRule("отметка", range(2, 6), "Отметка бывает 2, 3, 4 или 5.")
SCORES = ScoreRule("тестовый балл", range(101), "Тестовый балл бывает от 0 до 100.")


@dataclass(frozen=True)
class Reader:
    """Reads the rows of one table of pupils."""

    sheet: Sheet
    header: Header
    column: int
    rule: ScoreRule
    refs: RefReader
    findings: Findings
    remarks: Remarks

    def read(self, rows: Iterable[int]) -> tuple[list[Pupils], int]:
        """Return the schools in the order of the file, and how many rows of pupils were read."""
        schools: dict[SchoolRef, Pupils] = {}
        absent: dict[str, list[int]] = {}
        count = 0
        for row in rows:
            if not self.is_pupil(row):
                self._pass_over(row)
                continue
            count += 1
            self._read_row(row, schools, absent)
        self._tell_absent(absent)
        return list(schools.values()), count

    def is_pupil(self, row: int) -> bool:
        """Return whether a row is about a pupil: it has a code, a result or a number in order."""
        if is_total(self.sheet, row):
            return False
        codes = [column for column, _ in self.refs.codes]
        if has_any(self.sheet, row, codes):
            return True
        number = self.header.columns.get("number")
        numbered = number is not None and read_number(self.sheet.at(row, number)).whole is not None
        return numbered or has_any(self.sheet, row, [self.column])

    def _pass_over(self, row: int) -> None:
        if not is_total(self.sheet, row):
            self.remarks.add(row)

    def _read_row(
        self, row: int, schools: dict[SchoolRef, Pupils], absent: dict[str, list[int]]
    ) -> None:
        ref = self.refs.read(row, self.findings)
        if not (ref.codes or (ref.name and not self.refs.codes)):
            self._no_code(row)
            return
        pupils = schools.setdefault(ref, Pupils(ref))
        why = absence(self.sheet.at(row, self.column))
        if why is not None:
            absent.setdefault(why.casefold(), []).append(row)
            return
        score = self._score(row)
        if score is None:
            pupils.spoilt.append(row)
        else:
            pupils.scores.append((row, score))

    def _no_code(self, row: int) -> None:
        if row in self.findings.error_rows:
            return
        if not self.refs.codes:
            self.findings.nobody_error(row, self.refs.names[0])
            return
        column = self.refs.codes[0][0]
        self.findings.cell_error(
            row, column, "Не указан код школы.", "Впишите код школы этого участника."
        )

    def _score(self, row: int) -> int | None:
        value = self.sheet.at(row, self.column)
        number = read_number(value)
        if number.fault or value_fault(value):
            self._fault(row, f"{self.rule.title}: {number.fault}")
            return None
        if number.whole is None or number.whole not in self.rule.allowed:
            written = number_text(number.value or 0)
            self._fault(row, f"{self.rule.title} {written} – такого значения не бывает")
            return None
        return number.whole

    def _fault(self, row: int, message: str) -> None:
        self.findings.cell_error(
            row,
            self.column,
            f"{message[0].upper()}{message[1:]}.",
            f"{self.rule.hint} Результат школы не принят, пока ошибка не исправлена.",
        )

    def _tell_absent(self, absent: dict[str, list[int]]) -> None:
        """Warn once per kind: these pupils are not participants."""
        for why, rows in absent.items():
            written = "ячейка пустая" if why == "пусто" else f"написано «{why}»"
            self.findings.rows_warning(
                rows,
                self.column,
                f"Без результата ({written}): {len(rows)} чел. В число участников не входят.",
                "Если результат есть, впишите его и загрузите файл снова.",
            )


def source_columns(reader: Reader, context: Context, refs: Iterable[SchoolRef]) -> dict[str, str]:
    """Return the columns of a block of aggregates: all of them come from the column of results."""
    letters = {name: reader.header.letters(name) for name in reader.header.columns}
    result = column_letters(reader.column)
    fields = ("participants", "n2", "n3", "n4", "n5", "below", "mean")
    return {
        **context.cells(),
        **reader.refs.fields(letters, refs),
        **dict.fromkeys(fields, result),
    }
