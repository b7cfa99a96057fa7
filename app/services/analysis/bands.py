"""Scores of the ЕГЭ in three bands, as far as distributions of test scores are stored."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from app.services.analysis.distributions import Distribution, distributions
from app.services.analysis.limits import analysis_limits
from app.services.analysis.types import BandLine
from app.services.analysis.weighted import Scale, scale_of
from app.services.analysis.words import fixed
from app.services.results import ResultRow, list_results
from app.services.workspace import Workspace

_NO_SCORES = "нет данных: файлы дают только средний балл и число не преодолевших минимум"
_SHARES = "распределение тестовых баллов из файла"
_PROTOCOLS = "тестовые баллы из протоколов"


def ege_bands(
    workspace: Workspace, year: int, school_id: int | None = None
) -> tuple[BandLine, ...]:
    """Return a line per exam with test scores and school of the year; of one school if asked.

    An exam whose distribution no file gives has its line with None: «нет данных».
    """
    found_rows = list_results(workspace, year, school_id)
    rows = [row for row in found_rows if scale_of(row) is Scale.TEST]
    known = {
        (found.procedure[1], found.school_id): found
        for found in distributions(workspace, year)
        if found.test
    }
    return tuple(_line(row, known) for row in rows)


def band_text(line: BandLine) -> str:
    """Return «до 60 – 4 (66,7 %), 60–80 – 1 (16,7 %), больше 80 – 1 (16,7 %)»; else why not."""
    first, last = analysis_limits().ege_bands
    titles = (f"до {first}", f"{first}–{last}", f"больше {last}")
    counts = (line.low, line.middle, line.high)
    told = [
        f"{title} – {count} ({fixed(Fraction(100 * count, line.participants), 1)} %)"
        for title, count in zip(titles, counts, strict=True)
        if count is not None and line.participants
    ]
    return f"{', '.join(told)}; {line.source}" if told else line.source


def _line(row: ResultRow, known: Mapping[tuple[str, int | None], Distribution]) -> BandLine:
    found = known.get((row.subject, row.school_id))
    if found is None:
        empty = (None, None, None)
        return BandLine(row.subject, row.year, row.school, row.participants, *empty, _NO_SCORES)
    first, last = analysis_limits().ege_bands
    low = sum(count for score, count in found.counts.items() if score < first)
    high = sum(count for score, count in found.counts.items() if score > last)
    middle = found.participants - low - high
    line = (row.subject, row.year, row.school, found.participants)
    return BandLine(*line, low, middle, high, _source(row, found))


def _source(row: ResultRow, found: Distribution) -> str:
    """Return whose figures they are, and why they are not of as many pupils as the result."""
    if not found.counted:
        return _SHARES
    if found.participants == row.participants:
        return _PROTOCOLS
    again = ": сдававшие в разные дни посчитаны в каждом протоколе" if found.days > 1 else ""
    return f"{_PROTOCOLS}, в них {found.participants}, а в результате {row.participants}{again}"
