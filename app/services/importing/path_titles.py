"""What a table leaves out of year, grade, subject and school, and the name of its file says.

A layout is recognised by content alone; only a table that gives nothing for want of titles is read
once more under the words of its path.  What the table says itself is never overruled: of the path
the fewest words are taken that make the table give facts, and the person is told which.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import PurePosixPath
from typing import TypeVar

from app.models.enums import AssessmentKind, Severity
from app.services.importing import subjects
from app.services.importing.facts import Extract, Problem
from app.services.importing.grid import Sheet
from app.services.importing.layouts import columns as titles_of_columns
from app.services.importing.layouts.titles import (
    grade_of,
    kind_of,
    kinds_of,
    short_title,
    year_of,
)
from app.services.importing.layouts.years import says_only_year
from app.services.importing.names import parse_name
from app.services.importing.tables import Vocabulary, row_text
from app.services.procedures import exam_grades
from app.services.table_words import pattern

_Said = TypeVar("_Said")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WORDS = "path_titles"
_PATH = "файла или папки"
_FOLDERS = 2
"""So many folders above a file are about it; farther up lies the stick."""
_HEAD = 30
"""Titles and headers stand in so many first rows."""
_EXAMS = exam_grades()
"""The grade that sits an exam: what a path says of an exam is not said of other grades."""
_GRADE_COLUMN = Vocabulary(grade=titles_of_columns.GRADE)
_NUMBER = re.compile(r"\d{1,2}(?!\d)")
_OWN = 4
"""So many paragraphs above a table of a document are kept below the words of its path."""


@dataclass(frozen=True, slots=True)
class PathTitle:
    """One thing that the path says: a line as it would stand above a table, and for the person."""

    line: str
    told: str
    place: str = _PATH
    """Whose name says it, in the genitive."""


def full_path(folder: str, path: str) -> str:
    """Return a path with the folder that was brought in, where its name says what it holds.

    That is an assessment, social passports, or a year and nothing else: «Стик 2026» says nothing
    of the tables on it.
    """
    passports = pattern(_WORDS, "passports").search(folder)
    telling = kind_of(folder) or says_only_year(folder) or passports
    return f"{folder}/{path}" if telling else path


def ways_by_path(sheet: Sheet, path: str) -> list[tuple[Sheet, tuple[PathTitle, ...]]]:
    """Return the table under ever more of what its path says, the fewest words first.

    The last way has all of them: where it does not help, none does.  There are none where the
    path names an exam and the table, or the path itself, a grade that does not sit it.
    """
    kind, titles = titles_of(path)
    if _contradicts(sheet, path, kind):
        return []
    titles += _owner(sheet, path)
    lead = () if kind is None or names_assessment(sheet) else (PathTitle(str(kind), str(kind)),)
    own = sheet.before[-_OWN:]
    return [
        (replace(sheet, before=(*(title.line for title in taken), *own)), taken)
        for size in range(0 if lead else 1, len(titles) + 1)
        for part in combinations(titles, size)
        if (taken := (*lead, *part))
    ]


def other_exam(sheet: Sheet, path: str) -> bool:
    """Return whether the path names an exam and the table no assessment at all.

    Such a table is no ВПР, though tables of marks that do not name themselves are taken for it;
    a table of a grade that does not sit the exam is believed before the path.
    """
    kind, _titles = titles_of(path)
    named = kind in _EXAMS and not names_assessment(sheet)
    return named and not _contradicts(sheet, path, kind)


def names_assessment(sheet: Sheet) -> bool:
    """Return whether the rows above and at the top of a table name an assessment, or several."""
    return any(kinds_of(text) for text in _top(sheet))


def _top(sheet: Sheet) -> tuple[str, ...]:
    return (*sheet.before, sheet.name, *(row_text(sheet, row) for row in range(_HEAD)))


def _owner(sheet: Sheet, path: str) -> tuple[PathTitle, ...]:
    """Return the school that the name of the sheet, the file or a folder says, if one does.

    A table that names schools in its rows is of these, whatever the path says.
    """
    named = sum(any(_school(text) for _, text in sheet.line(row)) for row in range(sheet.height))
    places = [(sheet.name, "листа"), *((name, _PATH) for name in _names(path))]
    said = next(((name, place) for text, place in places if (name := _school(text))), None)
    if said is None or named > 1:
        return ()
    name, place = said
    return (PathTitle(f"Школа: {name}", f"школа – «{name}»", place),)


def _school(text: str) -> str | None:
    """Return the name of the one school that a name of a file says; a bare kind names none."""
    found = pattern(_WORDS, "school").search(text)
    if found is None:
        return None
    end = pattern(_WORDS, "school_end").search(found[0])
    name = found[0][: end.start() if end else None].strip(" .-–—")
    parts = parse_name(name)
    single = len(parts.kinds) <= 1 and len(parts.numbers) <= 1
    return name if single and (parts.words or parts.numbers) else None


def _contradicts(sheet: Sheet, path: str, kind: AssessmentKind | None) -> bool:
    """Return whether a path names an exam, and the table a grade that does not sit it.

    A table that names an assessment is believed anyway; where it says no grade, the path counts.
    """
    if kind is None or kind not in _EXAMS or names_assessment(sheet):
        return False
    grades = {grade for text in _top(sheet) if (grade := _grade(text))} | _in_column(sheet)
    if not grades:
        grades = {grade for name in _names(path) if (grade := _grade(name))}
    return bool(grades - {_EXAMS[kind]})


def _in_column(sheet: Sheet) -> set[int]:
    """Return the grades in the rows under «Класс»."""
    for row in range(_HEAD):
        for column, text in sheet.line(row):
            if _GRADE_COLUMN.field(text):
                below = (sheet.text(other, column) for other in range(row + 1, sheet.height))
                return {int(found[0]) for said in below if (found := _NUMBER.match(said))}
    return set()


def titles_of(path: str) -> tuple[AssessmentKind | None, tuple[PathTitle, ...]]:
    """Return the assessment that a path names, and the year, grade and subject, where it does.

    The file's own name is believed before the folder's.
    """
    names = _names(path)
    kind = _first(names, kind_of)
    year, grade = _first(names, _year), _first(names, _grade)
    subject = _first(names, lambda name: _subject(name, kind))
    titles = []
    if year:
        titles.append(PathTitle(f"{year} год", f"год – {year}"))
    if grade:
        titles.append(PathTitle(f"{grade} класс", f"класс – {grade}"))
    if subject:
        titles.append(PathTitle(f"Предмет: {subject}", f"предмет – {subject}"))
    return kind, tuple(titles)


def _names(path: str) -> list[str]:
    place = PurePosixPath(path)
    names = [place.stem, *(folder.name for folder in list(place.parents)[:_FOLDERS] if folder.name)]
    return [name.replace("_", " ") for name in names]


def _first(names: list[str], said: Callable[[str], _Said | None]) -> _Said | None:
    return next((found for name in names if (found := said(name)) is not None), None)


def _year(name: str) -> int | None:
    """Return the year of a name; one that names several years says none, «2024-2025» says one."""
    year = year_of(name)
    others = {int(text) for text in _YEAR.findall(name)} - {year}
    return None if year and others - {year - 1} else year


def _grade(name: str) -> int | None:
    short = short_title(name, AssessmentKind.VPR)
    return grade_of(name) or (short[1] if short else None)


def _subject(name: str, kind: AssessmentKind | None) -> str | None:
    kind = kind or AssessmentKind.VPR
    if subjects.lacks_level(name, kind):
        return "Математика"
    short = short_title(name, kind)
    return subjects.inside(name, kind) or (short[0] if short else None)


def told(extract: Extract, taken: tuple[PathTitle, ...]) -> Extract:
    """Return the facts with a warning of what was taken from the path."""
    places = dict.fromkeys(title.place for title in taken)
    what = "; ".join(
        f"взято из названия {place}: " + ", ".join(one.told for one in taken if one.place == place)
        for place in places
    )
    problem = Problem(
        Severity.WARNING,
        f"Над таблицей не сказано, {what}.",
        "Если это не так, допишите верное над таблицей и загрузите файл снова.",
    )
    return replace(extract, problems=(problem, *extract.problems))
