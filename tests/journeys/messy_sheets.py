"""Sheets of the field with the quirks of domain.md §4: statistics, protocols, registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.journeys.messy_books import Cell, Share

Line = list[Cell]


@dataclass(frozen=True)
class School:
    """An imaginary school as its office knows it."""

    key: str
    legal: str
    """«МКОУ»."""
    name: str
    """«Липовская СОШ», without the legal form."""
    full: str
    settlement: str
    login: str
    rcoi: str
    pupils: int

    @property
    def short(self) -> str:
        """Return the short name with the legal form."""
        return f"{self.legal} {self.name}"


@dataclass(frozen=True)
class Exam:
    """A procedure: kind, year, subject in the words of the export, grade."""

    kind: str
    year: int
    subject: str
    grade: int


Counts = tuple[int, int, int, int]
"""Pupils with «2», «3», «4», «5»."""


def in_percent(count: int, of: int) -> Cell:
    """Return per cents with two decimals."""
    return round(100 * count / of, 2)


def in_text(decimals: int) -> Callable[[int, int], Cell]:
    """Return a maker of per cents as text with a comma and a space behind."""
    return lambda count, of: f"{100 * count / of:.{decimals}f} ".replace(".", ",")


def in_whole(count: int, of: int) -> Cell:
    """Return whole per cents."""
    return round(100 * count / of)


def in_shares(count: int, of: int) -> Cell:
    """Return a fraction shown as per cent."""
    return Share(count / of)


def in_pupils(count: int, of: int) -> Cell:
    """Return the pupils themselves."""
    return count


@dataclass(frozen=True)
class Look:
    """How one office's statistics look."""

    titles: tuple[str, ...]
    """Format strings of ``exam``; «|» parts the cells of a row."""
    columns: tuple[str, ...] = ("group", "schools", "participants", "2", "3", "4", "5")
    """Keys in the order of the sheet; «» is an empty column, «junk» one nobody asked for."""
    words: Mapping[str, str] | None = None
    """Header texts other than the usual."""
    two_rows: str = ""
    """The first row of a header of two."""
    value: Callable[[int, int], Cell] = in_percent
    title: Callable[[School], str] = lambda school: f"{school.short}({school.login})"
    above: tuple[tuple[Cell, ...], ...] = ()
    """Rows of the country, the region and the district, in the order of ``columns``."""
    below: tuple[tuple[Cell, ...], ...] = ()
    repeat_after: int = 0
    """A second header and an empty row stand after so many schools."""


_WORDS = {"group": "Группы участников", "schools": "Кол-во ОО", "participants": "Кол-во участников"}


def statistics(look: Look, exam: Exam, found: Mapping[School, Counts]) -> list[Line]:
    """Return the sheet «Статистика по отметкам» (L2) of one procedure."""
    rows: list[Line] = [
        list(title.format(exam=exam).split("|")) if title else [] for title in look.titles
    ]
    words = _WORDS | dict(look.words or {})
    header: Line = [words.get(key, key) if key != "junk" else "Прим." for key in look.columns]
    above: list[Line] = []
    if look.two_rows:
        at = min(look.columns.index(mark) for mark in "2345")
        above = [[*header[:at], look.two_rows]]
        header = [*([None] * at), *header[at:]]
    heads: list[Line] = [*above, [cell or None for cell in header]]
    rows += heads
    rows += [list(row) for row in look.above]
    for number, (school, counts) in enumerate(found.items(), 1):
        rows.append(_school_line(look, school, counts))
        if number == look.repeat_after:
            rows += [[], *heads, []]
    return rows + [list(row) for row in look.below]


def _school_line(look: Look, school: School, counts: Counts) -> Line:
    of = sum(counts)
    values: dict[str, Cell] = {"group": look.title(school), "participants": of, "junk": "да"}
    marks = zip("2345", counts, strict=True)
    values |= {mark: look.value(count, of) for mark, count in marks}
    return [values.get(key) for key in look.columns]


@dataclass(frozen=True)
class Pupil:
    """A row of a protocol."""

    school: School
    primary: Cell
    final: Cell


def pupils_by_mark(found: Mapping[School, Counts], primary: Sequence[int]) -> list[Pupil]:
    """Return a pupil per mark, the schools mixed; ``primary`` scores stand by «2» to «5»."""
    rows = [
        Pupil(school, primary[mark], mark + 2)
        for mark in range(4)
        for school, counts in found.items()
        for _ in range(counts[mark])
    ]
    return rows[::2] + rows[1::2]


def pupils_by_score(found: Mapping[School, Sequence[int]]) -> list[Pupil]:
    """Return a pupil per test score, the schools mixed."""
    rows = [Pupil(s, score // 2, score) for s, scores in found.items() for score in scores]
    return rows[::2] + rows[1::2]


PERSONAL = ("Фамилия", "Имя", "Отчество")


def protocol(
    header: Sequence[str],
    pupils: Iterable[Pupil],
    *,
    code: Callable[[School], Cell],
    final: Callable[[Cell], Cell] = lambda mark: mark,
) -> list[Line]:
    """Return the header and the rows of a protocol (L9, L10).

    ``header`` names the columns, «» being an empty one; its last column is the final mark.
    """
    rows: list[Line] = [[title or None for title in header]]
    for number, pupil in enumerate(pupils, 1):
        values: dict[str, Cell] = {
            "№": number,
            "Код МСУ": 213,
            "Код ППЭ": 1301,
            "Аудитория": 5,
            "Класс": "9а",
            "Фамилия": f"Выдуманов{number}",
            "Имя": "Иван",
            "Отчество": "Иванович",
            "Задания с кратким ответом": "++-+-",
            "Задания с развёрнутым ответом": "1(2)2(2)",
        }
        line = [values.get(_plain(title)) for title in header]
        line[_at(header, "Код ОО")] = code(pupil.school)
        line[_at(header, "Первичный балл")] = pupil.primary
        line[max(at for at, title in enumerate(header) if title)] = final(pupil.final)
        rows.append(line)
    return rows


def _plain(title: str) -> str:
    return " ".join(title.split())


def _at(header: Sequence[str], title: str) -> int:
    return next(at for at, word in enumerate(header) if _plain(word).startswith(title))
