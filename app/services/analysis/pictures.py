"""Neutral pictures of what the analysis found; pure, so documents and pages draw the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from app.models.enums import ReferenceScope
from app.services.analysis.distributions import Distribution
from app.services.analysis.pivot import FIELD_TITLES, Head, Pivot
from app.services.analysis.types import Comparison, ProcedureDynamics, YearPoint
from app.services.analysis.weighted import TITLES, Measure, Scale, Weighted, weighted
from app.services.analysis.words import procedure_text, pupils
from app.services.charts.types import (
    Bars,
    Boundary,
    Dots,
    Heat,
    Histogram,
    Lane,
    Level,
    Lines,
    Series,
    Stack,
    StackRow,
    Tint,
    Unit,
)
from app.services.results.types import ResultRow

_UNITS = {
    Measure.BELOW: Unit.PERCENT,
    Measure.SUCCESS: Unit.PERCENT,
    Measure.QUALITY: Unit.PERCENT,
    Measure.BELOW_COUNT: Unit.COUNT,
    Measure.PARTICIPANTS: Unit.COUNT,
}
_SCALES = {Scale.MARK: Unit.MARK, Scale.TEST: Unit.SCORE}
_MOST_YEARS = 3
_MARKS = ("«2»", "«3»", "«4»", "«5»")
WEIGHTED_NOTE = "Итоги взвешены по числу участников: Σ(доля · участники) / Σ участники."
NAMELESS_NOTE = "Каждая точка – школа группы, без названий: это не рейтинг."


def plain(value: Fraction | None) -> float | None:
    """Return the number of a picture; None stays «нет данных»."""
    return None if value is None else float(value)


def unit_of(measure: Measure, scale: Scale) -> Unit:
    """Return what an axis of the measure is in."""
    return _UNITS.get(measure, _SCALES[scale])


def bars_of_pivot(found: Pivot, scale: Scale, level: Level | None = None) -> Bars:
    """Return the pivot as bars: its rows are the groups, its columns the bars of each."""
    from_years = all(field.value == "year" for field in found.layout.columns)
    return Bars(
        _title(found),
        tuple(head.text or "Всего" for head in found.rows),
        tuple(
            Series(column.text or "Всего", tuple(_value(found, row, column) for row in found.rows))
            for column in found.columns
        ),
        unit_of(found.layout.measure, scale),
        (level,) if level is not None else (),
        Tint.YEARS if from_years else Tint.SERIES,
    )


def heat_of_pivot(found: Pivot, scale: Scale, steps: Sequence[float]) -> Heat:
    """Return the pivot of a share as a heat table; what asks for a look is always the darker.

    ``steps`` are borders of the share of «2»; of успеваемость they are turned over.
    """
    measure = found.layout.measure
    if measure is Measure.SUCCESS:
        steps = [100.0 - step for step in reversed(steps)]
    return Heat(
        _title(found),
        tuple(head.text or "Всего" for head in found.columns),
        tuple(head.text or "Всего" for head in found.rows),
        tuple(tuple(_value(found, row, column) for column in found.columns) for row in found.rows),
        tuple(steps),
        unit_of(measure, scale),
        low_is_dark=measure is not Measure.BELOW,
    )


def _value(found: Pivot, row: Head, column: Head) -> float | None:
    cell = found.cell(row, column)
    return None if cell is None else plain(cell.total.value)


def _title(found: Pivot) -> str:
    fields = [FIELD_TITLES[field].lower() for field in (*found.layout.rows, *found.layout.columns)]
    measure = TITLES[found.layout.measure].removesuffix(", %")
    return f"{measure}: {', '.join(fields)}" if fields else measure


def bars_of_rows(
    shown: Sequence[ResultRow], rows: Sequence[ResultRow], level: Level | None, note: str = ""
) -> Bars:
    """Return the share of «2» in the procedures of ``shown`` over the last years of ``rows``.

    ``rows`` are of one school; a year in which a procedure was not held is «нет данных».
    """
    known = {(row.kind, row.subject, row.grade, row.year): row for row in rows}
    keys = [(row.kind, row.subject, row.grade) for row in shown]
    held = sorted({row.year for row in rows if (row.kind, row.subject, row.grade) in keys})
    series = [
        Series(str(year), tuple(_share_of(known.get((*key, year))) for key in keys))
        for year in held[-_MOST_YEARS:]
    ]
    return Bars(
        f"{TITLES[Measure.BELOW].removesuffix(', %')} по годам, %",
        tuple(procedure_text(*key) for key in keys),
        tuple(series),
        levels=(level,) if level is not None else (),
        tint=Tint.YEARS,
        note=note,
    )


def _share_of(row: ResultRow | None) -> float | None:
    return None if row is None else plain(weighted([row], Measure.BELOW).value)


def marks_of_groups(
    title: str, groups: Iterable[tuple[str, Sequence[ResultRow]]], note: str | None = None
) -> Stack:
    """Return the distribution of marks of each group of results, weighted by participants.

    Results that give only shares count with their shares; those without marks are left out, and a
    group of nothing else is «нет данных».
    """
    rows = tuple(_stack_row(name, rows) for name, rows in groups)
    return Stack(title, _MARKS, rows, note=WEIGHTED_NOTE if note is None else note)


def _stack_row(name: str, rows: Sequence[ResultRow]) -> StackRow:
    sums, participants = [Fraction()] * 4, 0
    for row in rows:
        parts = _marks(row)
        if parts is None or not row.participants:
            continue
        sums = [total + part for total, part in zip(sums, parts, strict=True)]
        participants += row.participants
    if not participants:
        return StackRow(name, ())
    return StackRow(name, tuple(float(100 * part / participants) for part in sums), participants)


def _marks(row: ResultRow) -> tuple[Fraction, ...] | None:
    """Return the pupils by mark, fractions of them where only shares are given."""
    counts = [row.n2, row.n3, row.n4, row.n5]
    if all(count is not None for count in counts):
        return tuple(Fraction(count) for count in counts if count is not None)
    shares = [share for share in (row.p2, row.p3, row.p4, row.p5) if share is not None]
    if len(shares) < 4:
        return None
    return tuple(Fraction(str(share)) * row.participants / 100 for share in shares)


def histogram_of(
    one: Distribution, starts: Mapping[int, int] | None, minimum: int | None = None
) -> Histogram:
    """Return pupils by score with the borders of marks, or of the ``minimum`` of test scores."""
    counts = tuple(float(one.counts.get(score, 0)) for score in range(_top(one, starts) + 1))
    borders = tuple(Boundary(mark, score) for mark, score in sorted((starts or {}).items()))
    if one.test and minimum is not None:
        borders = (Boundary(3, minimum, "минимум"),)
    kind, subject, grade = one.procedure
    scores = "Тестовые баллы" if one.test else "Первичные баллы"
    title = f"{scores}: {procedure_text(kind, subject, grade)}, {one.year} год"
    return Histogram(title, 0, counts, borders, note=_about(one, borders), test=one.test)


def _top(one: Distribution, starts: Mapping[int, int] | None) -> int:
    """Return the last score of the axis: a protocol ends where nobody got further."""
    return max(one.highest, *(starts or {}).values()) if starts else one.highest


def _about(one: Distribution, borders: Sequence[Boundary]) -> str:
    note = f"{one.name}: {pupils(one.participants)}."
    if one.counted:
        note += " Посчитано по протоколам."
    if one.days > 1:
        note += f" Сложены дни экзамена ({one.days}): кто сдавал дважды, посчитан в каждом."
    if one.appealed:
        note += f" Баллы до апелляций: они изменили отметок {one.appealed}."
    if borders:
        return note
    what = "Минимальный балл" if one.test else "Шкала перевода баллов в отметки"
    return f"{note} {what} для этого года не {'известен' if one.test else 'известна'}."


_STATED = {
    ReferenceScope.SAMPLE: "Вся выборка",
    ReferenceScope.REGION: "Регион",
    ReferenceScope.DISTRICT: "Район по отчёту",
}


def lines_of(
    found: ProcedureDynamics, title: str, measure: Measure, level: Level | None = None
) -> Lines:
    """Return a procedure over the years: the school, its district, and what files state."""
    years = sorted(
        {point.year for point in (*found.school, *found.district)}
        | {point.year for line in found.stated for point in line.points}
    )
    series = []
    if found.school:
        series.append(Series(title, _of_years(found.school, years, measure)))
    series.append(Series("Район по школам", _of_years(found.district, years, measure)))
    if measure in (Measure.BELOW, Measure.SUCCESS, Measure.QUALITY, Measure.MEAN):
        for line in found.stated:
            values = {point.year: plain(point.of(measure)) for point in line.points}
            if any(value is not None for value in values.values()):
                given = tuple(values.get(year) for year in years)
                series.append(Series(_STATED[line.scope], given))
    return Lines(
        f"{TITLES[measure].removesuffix(', %')}: {procedure_text(*found.procedure)}",
        tuple(str(year) for year in years),
        tuple(series),
        unit_of(measure, found.scale),
        (level,) if level is not None and measure is Measure.BELOW else (),
        found.trend_text if measure is Measure.BELOW else "",
    )


def _of_years(
    points: Sequence[YearPoint], years: Sequence[int], measure: Measure
) -> tuple[float | None, ...]:
    known: dict[int, Weighted] = {point.year: point.of(measure) for point in points}
    return tuple(plain(known[year].value) if year in known else None for year in years)


def dots_of(found: Comparison, school: str) -> Dots:
    """Return the place of a school among similar ones, a lane per procedure of one scale.

    Of a mean only the procedures with marks are drawn: test scores have another axis.
    """
    places = [
        place
        for place in found.places
        if found.measure is not Measure.MEAN or place.scale is Scale.MARK
    ]
    lanes = tuple(
        Lane(
            procedure_text(*place.procedure),
            tuple(float(value) for value in place.others),
            plain(place.own),
            tuple(
                Level(title, float(value))
                for title, value in (("Группа вместе", place.group), ("Район", place.district))
                if value is not None
            ),
        )
        for place in places
    )
    others = len(found.group.members) - 1
    return Dots(
        f"{TITLES[found.measure].removesuffix(', %')} среди похожих школ, {found.year} год",
        school,
        f"Похожие школы ({others})",
        lanes,
        unit_of(found.measure, Scale.MARK),
        f"{found.group.text} {NAMELESS_NOTE}",
    )
