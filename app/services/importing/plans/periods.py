"""Columns of a plan that are a calendar («сентябрь», «I кв.»): a term from the marks below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.services.months import ANY as ANY_MONTH
from app.services.months import NOMINATIVE, number_of
from app.services.table_words import pattern

_ROMAN = ("I", "II", "III", "IV")
_SIZES = {"month": 12, "quarter": 4, "half": 2}
_WORDS = {"quarter": "квартал", "half": "полугодие"}
_UNITS = {"month": r"месяц\w*", "quarter": r"кв(?:артал\w*|\.)?", "half": r"полугоди\w*"}
_YEAR = r"(?P<year>(?:19|20)\d\d)(?: ?(?:год\w*|г\.?))?"
_PART = r"(?P<part>\d{1,2}|iv|i{1,3})(?:-?(?:й|ый|ой|ое|е))?"
_MONTHLY = re.compile(rf"(?P<month>{ANY_MONTH})(?:,? {_YEAR})?")
_NAMED = {
    kind: re.compile(rf"{_PART} ?{word}(?:,? {_YEAR})?")
    for kind, word in _UNITS.items()
    if kind != "month"
}
_COUNTED = re.compile(_PART)
_ABOVE = re.compile(_YEAR)
_SUMMER = (7, 8)
"""Months between two school years: July and August."""


@dataclass(frozen=True, slots=True)
class CalendarColumn:
    """A part of a year that stands over a column: ``month``, ``quarter`` or ``half``, from 1 on."""

    kind: str
    number: int
    year: int | None = None

    def follows(self, other: CalendarColumn) -> bool:
        """Return whether this part comes right after another, perhaps in the next year."""
        size = _SIZES[self.kind]
        if self.kind != other.kind or self.number % size != (other.number + 1) % size:
            return False
        if self.year is None or other.year is None:
            return self.year == other.year
        return self.year - other.year == int(self.number < other.number)


def calendar_column(parts: Sequence[str]) -> CalendarColumn | None:
    """Return the part of a year that the titles over a column name, from the top one down.

    «Сентябрь», «2024 год» over «I кв.», «Месяцы» over «9»; None for any other column.
    """
    if not parts:
        return None
    lowest, above = _folded(parts[-1]), [_folded(part) for part in parts[:-1]]
    found = _month(lowest) or _named(lowest) or _counted(lowest, above)
    if found is None or found.year is not None:
        return found
    years = [int(match["year"]) for text in above if (match := _ABOVE.fullmatch(text))]
    return replace(found, year=years[-1]) if years else found


def _folded(text: str) -> str:
    plain = text.replace("\u00ad", "").casefold().replace("ё", "е")
    return " ".join(plain.replace("і", "i").split())


def _month(text: str) -> CalendarColumn | None:
    match = _MONTHLY.fullmatch(text)
    return match and CalendarColumn("month", number_of(match["month"]), _year(match))


def _named(text: str) -> CalendarColumn | None:
    """Return «I кв.», «2 полугодие 2025»."""
    for kind, shape in _NAMED.items():
        if match := shape.fullmatch(text):
            return _numbered(kind, match["part"], _year(match))
    return None


def _counted(text: str, above: Sequence[str]) -> CalendarColumn | None:
    """Return «9» below «Месяцы», «II» below «Кварталы»."""
    kinds = (kind for kind, word in _UNITS.items() if any(re.search(word, one) for one in above))
    kind, match = next(kinds, None), _COUNTED.fullmatch(text)
    return _numbered(kind, match["part"], None) if kind and match else None


def _numbered(kind: str, part: str, year: int | None) -> CalendarColumn | None:
    number = int(part) if part.isdigit() else _ROMAN.index(part.upper()) + 1
    return CalendarColumn(kind, number, year) if 1 <= number <= _SIZES[kind] else None


def _year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def is_mark(text: str) -> bool | None:
    """Return whether a cell marks its column: «+» does, «-» does not; None for anything else."""
    plain = text.strip().casefold()
    if pattern("ticks", "tick").fullmatch(plain):
        return True
    return False if not plain or pattern("ticks", "none").fullmatch(plain) else None


def calendar_term(
    columns: Sequence[CalendarColumn], marked: Mapping[int, bool], school_year: str = ""
) -> str:
    """Return the term that marks under columns say: «сентябрь – ноябрь, май».

    ``marked`` is by place among the columns.  ``school_year`` («2024-2025») is that of the plan; it
    is named where the columns have no years of their own, and only where it surely says which year.
    """
    chosen = [column for place, column in enumerate(columns) if marked.get(place)]
    if not chosen:
        return ""
    if school_year and any(_is_summer(column) for column in chosen):
        dated = _in_order(columns, school_year)
        chosen = [column for place, column in enumerate(dated) if marked.get(place)]
        school_year = ""
    years = groupby(_runs(chosen), lambda run: run[0].year)
    parts = (_of_year(list(runs), year) for year, runs in years)
    term = ", ".join(parts)
    months = all(column.kind != "quarter" for column in chosen)
    if school_year and months and all(column.year is None for column in chosen):
        return f"{term} {school_year} учебного года"
    return term


def _is_summer(column: CalendarColumn) -> bool:
    """Return whether a month may stand before a school year as well as at its end."""
    return column.kind == "month" and column.number in _SUMMER


def _in_order(columns: Sequence[CalendarColumn], school_year: str) -> Sequence[CalendarColumn]:
    """Return the months of a school year with the years that their order gives them.

    In «август, сентябрь, …, июнь» August is of the first year, after June it is of the second.
    Months that begin in winter or spring, or last longer, do not say it: they stay without a year.
    """
    year, found = int(school_year[:4]), []
    plain = all(column.kind == "month" and column.year is None for column in columns)
    if not plain or columns[0].number < _SUMMER[0]:
        return columns
    for place, column in enumerate(columns):
        year += int(place > 0 and column.number <= columns[place - 1].number)
        found.append(replace(column, year=year))
    return found if year <= int(school_year[:4]) + 1 else columns


def _runs(chosen: Sequence[CalendarColumn]) -> Iterator[list[CalendarColumn]]:
    """Yield columns that follow each other within one year of the header."""
    run: list[CalendarColumn] = []
    for column in chosen:
        if run and (not column.follows(run[-1]) or column.year != run[-1].year):
            yield run
            run = []
        run.append(column)
    if run:
        yield run


def _of_year(runs: Sequence[Sequence[CalendarColumn]], year: int | None) -> str:
    text = ", ".join(_run_words(run) for run in runs)
    return text if year is None else f"{text} {year} года"


def _run_words(run: Sequence[CalendarColumn]) -> str:
    first, last = run[0], run[-1]
    if first.kind == "month":
        names = (NOMINATIVE[first.number - 1], NOMINATIVE[last.number - 1])
        return names[0] if len(run) == 1 else " – ".join(names)
    span = _ROMAN[first.number - 1]
    if len(run) > 1:
        span += f"–{_ROMAN[last.number - 1]}"
    return f"{span} {_WORDS[first.kind]}"
