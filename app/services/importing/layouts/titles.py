"""Reads what stands above a table: the year, the grade and the subject, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.cells import shorten
from app.services.importing.grid import YEARS, Sheet, clean
from app.services.importing.names import russian
from app.services.importing.subjects import Subject
from app.services.importing.tables import filled_cells, fixed, key, next_filled, row_text
from app.services.table_words import pattern as words

_SHORT_TITLE = 12
"""Up to this length («ру 5 2025») small letters may be an abbreviation too."""
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[/\\\-–—]\s*(?:20)?(\d\d)(?![\d.\-/])")
_NAMED_YEAR = re.compile(r"(?:ВПР|ОГЭ|ЕГЭ|ГИА)\D{0,25}(20\d\d)|(20\d\d)\D{0,12}(?:ВПР|ОГЭ|ЕГЭ|ГИА)")
_DATE = re.compile(r"(20\d\d)[.\-/](\d\d)[.\-/](\d\d)|(\d{1,2})[.\-/](\d\d)[.\-/](20\d\d)")
_BARE_YEAR = re.compile(r"(?<![\d.])20\d\d(?![\d])")
_MADE = re.compile(
    r"сформирован|выгру[жз]|распечат|по\s+состоянию"
    r"|дата(?:\s+и\s+время)?\s+(?:формирования|выгрузки|отч[её]та|печати|создания)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+\.\s*$")
"""Five words at least, and a full stop."""
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_GRADE = re.compile(
    r"(?<![\d\-–.,])(\d{1,2})\s*(?:[-–]?\s*(?:ый|ой|ий|ые|ых|го|е|й|х))?\s*"
    r"(?:[«\"]?[а-я][»\"]?\s*)?(?:кл(?:асс\w*|\.|\b)|параллел)",
    re.IGNORECASE,
)
_GRADE_AFTER = re.compile(r"(?:класс\w*|параллель)\s*[:–\-]?\s*(\d{1,2})(?!\d)", re.IGNORECASE)
# «РУ5», «5 МА», «ВПР_РУ_5»: an abbreviation of ФИС ОКО beside its grade (domain.md §4, L7).
_SHORT = (
    re.compile(r"(?<![^\W_])(?P<short>[А-ЯЁ]{2,3})[\s_-]*(?P<grade>\d{1,2})(?![^\W_])"),
    re.compile(r"(?<![^\W_])(?P<grade>\d{1,2})[\s_-]*(?P<short>[А-ЯЁ]{2,3})(?![^\W_])"),
)
_KINDS = {
    AssessmentKind.VPR: re.compile(
        r"(?<![^\W\d_])ВПР(?![^\W\d_])|всероссийск\w+\s+проверочн", re.IGNORECASE
    ),
    AssessmentKind.OGE: re.compile(
        r"(?<![^\W\d_])(?:ОГЭ(?![^\W\d_])|ГИА[\s–-]*9(?!\d))|основн\w+\s+государственн\w+\s+экз",
        re.IGNORECASE,
    ),
    AssessmentKind.EGE: re.compile(
        r"(?<![^\W\d_])(?:ЕГЭ(?![^\W\d_])|ГИА[\s–-]*11)|един\w+\s+государственн\w+\s+экз",
        re.IGNORECASE,
    ),
}
_SUBJECT_LABEL = re.compile(r"(?:учебный)?предмет|наименованиепредмета|экзамен|дисциплина")
_CODED = re.compile(r"^\s*(\d{1,2})\s*[-–—.]\s*(?=\D)(.+)$")
_NOISE = re.compile(r"\(?\s*(?:20\d\d[.\-/]\d\d[.\-/]\d\d|\d{1,2}[.\-/]\d\d[.\-/]20\d\d)\s*\)?")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A year or a grade and the absolute address of its cell; None when only the sheet's name
    says it."""

    value: int
    cell: str | None
    told: str = ""
    """What the person is told of it, where the title says more than one."""


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """A subject, its cell, and the row in which its title stands (0-based, None for the name)."""

    subject: Subject
    cell: str | None
    row: int | None
    text: str
    """What the title says, code and date taken away."""
    code: str | None = None


def _cells(sheet: Sheet, rows: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    for row in rows:
        for column, text in filled_cells(sheet, row):
            yield row, column, text


def year_of(text: str) -> int | None:
    """Return the year of an assessment that a title names, the later one of a school year."""
    for pattern in (_SCHOOL_YEAR, _NAMED_YEAR, _DATE, _ANY_YEAR):
        for match in pattern.finditer(text):
            year = _year_of_match(pattern, match)
            if year in YEARS:
                return year
    return None


def _year_of_match(pattern: re.Pattern[str], match: re.Match[str]) -> int:
    if pattern is _SCHOOL_YEAR:
        first, second = int(match[1]), int(match[2])
        return first + 1 if (first + 1) % 100 == second else 0
    return next(int(group) for group in match.groups() if group and len(group) == 4)


def _is_named(text: str) -> bool:
    return bool(_NAMED_YEAR.search(text)) and year_of(text) is not None


def find_year(sheet: Sheet, rows: Sequence[int], first: int | None = None) -> FoundNumber | None:
    """Return the year that the titles name: beside ВПР/ОГЭ/ЕГЭ, else by row order.

    The day on which a report was made says nothing about the year of the assessment, and that of
    an order or a letter only where nothing else names one: then it is told.
    ``first`` is the row to believe most: the title of the exam with its date.
    """
    cells = [
        (row, column, text)
        for row, column, text in _cells(sheet, rows)
        if _is_named(text) or not _MADE.search(row_text(sheet, row))
    ]
    if first is not None:
        cells.sort(key=lambda item: item[0] != first)
    else:
        cells.sort(key=lambda item: not _is_named(item[2]))
    act = words("title_years", "act")
    for row, column, text in cells:
        rest = act.sub(" ", text)
        year = year_of(rest)
        if year:
            return FoundNumber(year, fixed(row, column), _other_years(rest, year))
    year = year_of(sheet.name)
    return FoundNumber(year, None) if year else _year_of_act(cells)


def _year_of_act(cells: Iterable[tuple[int, int, str]]) -> FoundNumber | None:
    for row, column, text in cells:
        year = year_of(text)
        if year:
            told = f"Год взят из даты приказа или письма: {year}."
            return FoundNumber(year, fixed(row, column), told)
    return None


def _other_years(text: str, year: int) -> str:
    """Return the sentence that a title names other years too; those of days do not count."""
    said = {int(found[0]) for found in _BARE_YEAR.finditer(_DATE.sub(" ", text))} - {year}
    if _SCHOOL_YEAR.search(text):
        said.discard(year - 1)
    others = sorted(one for one in said if one in YEARS)
    if not others:
        return ""
    listed = ", ".join(str(one) for one in sorted({*others, year}))
    return f"В заголовке несколько лет ({listed}); взят {year}."


def day_of(text: str) -> date | None:
    """Return the day that a text names («2026.06.02», «02.06.2026»), or None."""
    for match in _DATE.finditer(text):
        parts = [int(group) for group in match.groups() if group]
        year, month, day = parts if match[1] else parts[::-1]
        try:
            return date(year, month, day)
        except ValueError:
            continue  # «31.02.2026» is a slip, and no day at all
    return None


def find_day(sheet: Sheet, rows: Sequence[int], first: int | None = None) -> date | None:
    """Return the day of the exam that the titles name, in the row ``first`` before all others.

    The day on which a report was made is not it.
    """
    ordered = sorted(rows, key=lambda row: row != first)
    texts = (row_text(sheet, row) for row in ordered)
    days = (day_of(text) for text in texts if not _MADE.search(text))
    return next((day for day in days if day and day.year in YEARS), None)


def grade_of(text: str) -> int | None:
    """Return the grade that a text names («5 класс», «Класс: 5», «5-х классов»), or None."""
    folded = russian(text)
    programme = _programme_grade(folded)
    if programme:
        return programme
    for pattern in (_GRADE, _GRADE_AFTER):
        for match in pattern.finditer(folded):
            if 1 <= int(match[1]) <= 12:
                return int(match[1])
    return None


def _programme_grade(text: str) -> int | None:
    """Return the grade whose programme a work is about, where it was written in the next one."""
    match = _programme(text)
    return int(match[1]) if match and 1 <= int(match[1]) <= 12 else None


def _programme(text: str) -> re.Match[str] | None:
    return words("grade_by_programme", "grade").search(text.casefold().replace("ё", "е"))


def _told(text: str, grade: int) -> str:
    folded = russian(text)
    match = _programme(folded)
    if match is None or not _GRADE.search(folded[: match.start()] + folded[match.end() :]):
        return ""
    return f"«{shorten(text)}»: взято как {grade} класс – тот, по программе которого работа."


def find_grade(sheet: Sheet, rows: Sequence[int]) -> FoundNumber | None:
    """Return the grade that the titles name, in a cell or beside the label «Класс».

    Of «5 класс (по программе 4 класса)» it is the fourth: the work is the one of that programme.
    """
    for row, column, text in _cells(sheet, rows):
        grade = grade_of(text) or _labelled_grade(sheet, row, column, text)
        if grade:
            return FoundNumber(grade, fixed(row, column), _told(text, grade))
    return _short_grade(sheet, rows) or _sheet_grade(sheet)


def _sheet_grade(sheet: Sheet) -> FoundNumber | None:
    short = short_title(sheet.name, AssessmentKind.VPR)
    grade = grade_of(sheet.name) or (short[1] if short else None)
    return FoundNumber(grade, None) if grade else None


def _short_grade(sheet: Sheet, rows: Sequence[int]) -> FoundNumber | None:
    for row, column, text in _cells(sheet, rows):
        short = short_title(text, AssessmentKind.VPR)
        if short:
            return FoundNumber(short[1], fixed(row, column))
    return None


def short_title(text: str, kind: AssessmentKind) -> tuple[str, int] | None:
    """Return the subject and the grade of «РУ5» or «5 МА» inside a text, or None."""
    return next(short_titles(text, kind), None)


def short_titles(text: str, kind: AssessmentKind) -> Iterator[tuple[str, int]]:
    """Yield the subject and the grade of each «РУ5» or «5 МА» inside a text."""
    text = text.upper() if len(text) <= _SHORT_TITLE else text
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _SHORT):
        subject = subjects.by_title(match["short"], kind)
        if subject and 1 <= int(match["grade"]) <= 12:
            yield subject, int(match["grade"])


def _labelled_grade(sheet: Sheet, row: int, column: int, text: str) -> int | None:
    if key(text) not in ("класс", "параллель"):
        return None
    beside = next_filled(sheet, row, column)
    match = re.match(r"\d{1,2}", beside[1]) if beside else None
    return int(match[0]) if match and 1 <= int(match[0]) <= 12 else None


def kind_of(text: str) -> AssessmentKind | None:
    """Return the only assessment that a text names; None for none or several."""
    named = kinds_of(text)
    return named[0] if len(named) == 1 else None


@lru_cache(4096)
def kinds_of(text: str) -> tuple[AssessmentKind, ...]:
    """Return every assessment that a text names; a text is asked about by many layouts."""
    folded = russian(text)
    return tuple(kind for kind, pattern in _KINDS.items() if pattern.search(folded))


def find_kind(sheet: Sheet, rows: Iterable[int]) -> AssessmentKind | None:
    """Return the assessment that the titles name, the nearest to the table first, else the name
    of the sheet; None where neither says it."""
    said = (kind_of(row_text(sheet, row)) for row in sorted(rows, reverse=True))
    return next(filter(None, said), None) or kind_of(sheet.name)


def find_subject(sheet: Sheet, rows: Sequence[int], kind: AssessmentKind) -> FoundSubject | None:
    """Return the subject that the titles name.

    Looked for in this order: «NN - Предмет дата» of the РЦОИ, the label «Предмет» or «Экзамен»
    with its value, a known subject inside any title, the name of the sheet.  A bare «Математика»,
    which the ЕГЭ does not have, is returned as an unknown subject of that name.
    """
    return (
        _coded_subject(sheet, rows, kind)
        or _labelled_subject(sheet, rows, kind)
        or _mentioned_subject(sheet, rows, kind)
        or _sheet_subject(sheet, kind)
        or _maths_without_level(sheet, rows, kind)
    )


def _coded_subject(sheet: Sheet, rows: Sequence[int], kind: AssessmentKind) -> FoundSubject | None:
    for row in rows:
        match = _CODED.match(row_text(sheet, row))
        if match is None:
            continue
        text = _without_noise(match[2])
        dated = bool(_DATE.search(match[2]))
        if dated or subjects.by_title(text, kind):
            column = filled_cells(sheet, row)[0][0]
            subject = _subject_of(match[1], text, kind)
            return FoundSubject(subject, fixed(row, column), row, text, match[1].zfill(2))
    return None


def _subject_of(code: str, text: str, kind: AssessmentKind) -> Subject:
    """Return the subject by its title, and by its code where the title alone is not enough."""
    subject = subjects.resolve(text, kind)
    name = None if subject.known else subjects.by_code(code, kind)
    plain = subjects.is_plain_maths(text) or not text
    return Subject(name, True) if name and plain else subject


def _without_noise(text: str) -> str:
    return _NOISE.sub("", text).strip(" .,;:-–—()")


def _labelled_subject(
    sheet: Sheet, rows: Sequence[int], kind: AssessmentKind
) -> FoundSubject | None:
    for row, column, text in _cells(sheet, rows):
        label, colon, value = text.partition(":")
        if not _SUBJECT_LABEL.fullmatch(key(label)):
            continue
        if colon and value.strip():
            found = (column, value)
        else:
            beside = next_filled(sheet, row, column)
            below = sheet.text(row + 1, column)
            found = beside or (column, below)
        value = _without_noise(found[1])
        if value:
            place = fixed(row, found[0])
            return FoundSubject(subjects.resolve(value, kind), place, row, value)
    return None


def _mentioned_subject(
    sheet: Sheet, rows: Sequence[int], kind: AssessmentKind
) -> FoundSubject | None:
    # A cell that is a subject and nothing else is surer than one that mentions one or two, and a
    # sentence («По математике средняя отметка составила 3,5.») tells of results, it titles none.
    cells = sorted(_cells(sheet, rows), key=lambda cell: _SENTENCE.match(cell[2]) is not None)
    for named in (subjects.by_title, subjects.inside):
        for row, column, text in cells:
            name = named(text, kind)
            if name:
                return FoundSubject(Subject(name, True), fixed(row, column), row, clean(text))
    return _short_subject(sheet, rows, kind)


def _short_subject(sheet: Sheet, rows: Sequence[int], kind: AssessmentKind) -> FoundSubject | None:
    for row, column, text in _cells(sheet, rows):
        short = short_title(text, kind)
        if short:
            return FoundSubject(Subject(short[0], True), fixed(row, column), row, clean(text))
    return None


def _sheet_subject(sheet: Sheet, kind: AssessmentKind) -> FoundSubject | None:
    short = short_title(sheet.name, kind)
    name = subjects.by_title(sheet.name, kind) or subjects.inside(sheet.name, kind)
    name = name or (short[0] if short else None)
    return FoundSubject(Subject(name, True), None, None, sheet.name) if name else None


def _maths_without_level(
    sheet: Sheet, rows: Sequence[int], kind: AssessmentKind
) -> FoundSubject | None:
    if kind is not AssessmentKind.EGE:
        return None
    found = find_subject(sheet, rows, AssessmentKind.OGE)
    if found is None or not subjects.is_plain_maths(found.subject.name):
        return None
    return replace(found, subject=Subject(found.subject.name, False), text=found.subject.name)
