"""Tables of results as offices print them: marks by school, exams over years, subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from app.models.enums import AssessmentKind
from app.services.analysis import BandLine, Dynamics, Measure, SubjectTable
from app.services.analysis.types import YearPoint
from app.services.decimals import fixed, share, whole_or_less
from app.services.documents.blocks import Align, Cell, Column, Row, Table
from app.services.documents.language import typeset
from app.services.results import ResultRow
from app.services.sorting import natural_key

_NO_DATA = "нет данных"
_MARKS = (5, 4, 3, 2)
"""In the order in which offices print them."""
_LOW = 2
_ALL = Fraction(100)
_ALL_GRADES = "все классы"
_DEPTH = 3
"""Years of an exam that stand side by side."""


def marks_by_school(
    rows: Sequence[ResultRow], subjects: Sequence[str], limit: Fraction | None
) -> Table | None:
    """Return the marks of one procedure's subjects by school, in per cent, and the district.

    The district is weighted by participants: Σ of pupils with a mark over Σ of participants.
    ``limit`` is what a methodology calls low, in per cent; None where none covers the year.
    """
    # By id: two schools of a district may bear one short name.
    found = {(row.school_id, row.subject): row for row in rows if row.subject in subjects}
    names = {row.school_id: row.school for row in found.values()}
    schools = sorted(names, key=lambda school: (natural_key(names[school]), school))
    if not schools:
        return None
    body = [_school_row(school, names[school], subjects, found, limit) for school in schools]
    body.append(_district_row([row for row in rows if row.subject in subjects], subjects, limit))
    width = 66.0 / (len(subjects) * (len(_MARKS) + 1))
    columns = [Column("ОУ", 34.0)]
    columns += [Column("", width, Align.CENTER)] * (len(subjects) * (len(_MARKS) + 1))
    head: tuple[Row, ...] = (
        (Cell("Образовательная организация", rows=2), *(_over(subject) for subject in subjects)),
        ("Кол-во", *(f"«{mark}», %" for mark in _MARKS)) * len(subjects),
    )
    return Table(tuple(columns), tuple(body), head=head)


def _over(subject: str) -> Cell:
    return Cell(typeset(subject), columns=len(_MARKS) + 1)


def _school_row(
    school: int,
    name: str,
    subjects: Sequence[str],
    found: Mapping[tuple[int, str], ResultRow],
    limit: Fraction | None,
) -> Row:
    cells: list[str] = [typeset(name)]
    for subject in subjects:
        row = found.get((school, subject))
        cells += (
            [str(row.participants), *_shares([row], limit)] if row else ["–"] * (len(_MARKS) + 1)
        )
    return tuple(cells)


def _district_row(
    rows: Sequence[ResultRow], subjects: Sequence[str], limit: Fraction | None
) -> Row:
    cells: list[Cell] = [Cell("Всего", bold=True)]
    for subject in subjects:
        of_subject = [row for row in rows if row.subject == subject]
        total = sum(row.participants for row in of_subject)
        shown = [str(total), *_shares(of_subject, limit)]
        cells += [Cell(text, bold=True) for text in shown]
    return tuple(cells)


def _shares(rows: Sequence[ResultRow], limit: Fraction | None) -> list[str]:
    """Return the shares of the marks in per cent, «нет данных» where a school gives none.

    That of «2» is what a methodology looks at: 29,96 is not 30,0.
    """
    total = sum(row.participants for row in rows)
    shown = []
    for mark in _MARKS:
        parts = [_part(row, mark) for row in rows]
        known = [part for part in parts if part is not None]
        complete = len(known) == len(parts) and total
        if not complete:
            shown.append(_NO_DATA)
            continue
        of_all = sum(known, Fraction()) / total
        shown.append(_low(of_all, limit) if mark == _LOW else fixed(of_all, 1))
    return shown


def _part(row: ResultRow, mark: int) -> Fraction | None:
    """Return per cent times participants of a mark, from the counts where they are known."""
    count: int | None = getattr(row, f"n{mark}")
    if count is not None:
        return Fraction(100 * count)
    share: float | None = getattr(row, f"p{mark}")
    return None if share is None else Fraction(str(share)) * row.participants


def exam_years(
    found: Dynamics, kind: AssessmentKind, until: int, limit: Fraction | None
) -> Table | None:
    """Return an exam by subject over its last years: participants, mean, below the minimum.

    ``limit`` is as in ``marks_by_school``.
    """
    years = [year for year in found.years if year <= until][-_DEPTH:]
    lines = [one for one in found.procedures if one.procedure[0] is kind]
    lines = [one for one in lines if any(point.year in years for point in one.district)]
    if not lines or not years:
        return None
    width = 72.0 / (3 * len(years))
    columns = (Column("Предмет", 28.0), *[Column("", width, Align.CENTER)] * (3 * len(years)))
    head: tuple[Row, ...] = (
        (Cell("Предмет", rows=2), *(Cell(str(year), columns=3) for year in years)),
        ("Кол-во", "Средний балл", "Не преодолели, %") * len(years),
    )
    rows = []
    for one in lines:
        points = {point.year: point for point in one.district}
        cells = [text for year in years for text in _exam_cells(points.get(year), limit)]
        rows.append((typeset(one.procedure[1]), *cells))
    return Table(columns, tuple(rows), head=head)


def _exam_cells(point: YearPoint | None, limit: Fraction | None) -> list[str]:
    if point is None:
        return ["–", "–", "–"]
    below, mean = point.below, point.mean
    return [
        str(max(below.participants, mean.participants)),
        _NO_DATA if mean.value is None else fixed(mean.value, 1),
        _NO_DATA if below.value is None else _low(below.value, limit),
    ]


def bands(lines: Iterable[BandLine], borders: tuple[int, int]) -> Table | None:
    """Return the scores of the ЕГЭ in three bands for the whole district, by subject."""
    first, last = borders
    joined: dict[str, list[BandLine]] = {}
    for line in lines:
        joined.setdefault(line.subject, []).append(line)
    if not joined:
        return None
    columns = (
        Column("Предмет", 34.0),
        Column("Участников", 15.0, Align.CENTER),
        Column(f"До {first} баллов, %", 17.0, Align.CENTER),
        Column(f"{first}–{last} баллов, %", 17.0, Align.CENTER),
        Column(f"Выше {last} баллов, %", 17.0, Align.CENTER),
    )
    rows = tuple(_band_row(subject, joined[subject]) for subject in sorted(joined))
    return Table(columns, rows)


def _band_row(subject: str, lines: Sequence[BandLine]) -> Row:
    known = [line for line in lines if line.low is not None]
    people = sum(line.participants or 0 for line in lines)
    if len(known) < len(lines) or not people:
        return (typeset(subject), str(people), *[_NO_DATA] * 3)
    totals = (
        sum(line.low or 0 for line in known),
        sum(line.middle or 0 for line in known),
        sum(line.high or 0 for line in known),
    )
    shares = (fixed(Fraction(100 * total, people), 1) for total in totals)
    return (typeset(subject), str(people), *shares)


def subjects(table: SubjectTable, limit: Fraction | None) -> Table | None:
    """Return качество, средний балл and успеваемость of every subject in two years.

    ``limit`` is as in ``marks_by_school``.
    """
    if not table.lines:
        return None
    width = 70.0 / 6
    columns = (Column("Предмет", 30.0), *[Column("", width, Align.CENTER)] * 6)
    head: tuple[Row, ...] = (
        (
            Cell("Предмет", rows=2),
            Cell("Качество, %", columns=2),
            Cell("Средний балл", columns=2),
            Cell("Успеваемость, %", columns=2),
        ),
        (str(table.before), str(table.now)) * 3,
    )
    rows = []
    for line in table.lines:
        title = f"{line.subject}, {_ALL_GRADES if line.grade is None else f'{line.grade} кл.'}"
        cells = []
        for measure in (Measure.QUALITY, Measure.MEAN, Measure.SUCCESS):
            cells += [_point(point, measure, limit) for point in (line.before, line.now)]
        rows.append((typeset(title), *cells))
    return Table(columns, tuple(rows), head=head)


def _point(point: YearPoint | None, measure: Measure, limit: Fraction | None) -> str:
    value = point.of(measure).value if point else None
    if value is None:
        return "–"
    if measure is Measure.SUCCESS:
        # As many decimals as tell those who failed from the limit: 70,04 % is not 30,0 % of them.
        return fixed(value, len(_low(_ALL - value, limit).partition(",")[2]))
    return fixed(value, 2 if measure is Measure.MEAN else 1)


def _low(value: Fraction, limit: Fraction | None) -> str:
    """Return the share of those who failed, on its side of what is called low."""
    return whole_or_less(value) if limit is None else share(value, limit)
