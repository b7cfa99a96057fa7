"""The staff of the district's schools over the last years, from the records that schools gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from app.models.enums import RecordKind
from app.services.decimals import plain, whole_or_less
from app.services.documents.blocks import Align, Cell, Column, Row, Table
from app.services.documents.language import NBSP, typeset
from app.services.figures import kind_of_record
from app.services.records import RecordRow, list_records
from app.services.russian import plural
from app.services.workspace import Workspace

_YEARS = 3
_NOTHING = "нет данных"
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "Численность": ("employees", "teachers", "part_time", "vacancies"),
    "Образование": ("higher", "special"),
    "Квалификационная категория": ("category_top", "category_first"),
    "Стаж и возраст": ("experience_short", "experience_long", "young", "old"),
    "Специалисты": ("psychologists", "social_teachers", "speech_teachers"),
}
_SCHOOLS = ("школе", "школам", "школам")


def staff_table(workspace: Workspace, last_year: int) -> Table | None:
    """Return the sums of the schools by figure and year, no later than ``last_year``.

    A share is taken of the schools that gave both the part and the whole.  A figure that no school
    gave is «нет данных», never zero; without a single record there is no table.
    """
    by_year: dict[int, list[RecordRow]] = {}
    for record in list_records(workspace, RecordKind.STAFF):
        if record.school_id is not None and record.year <= last_year:
            by_year.setdefault(record.year, []).append(record)
    years = sorted(by_year)[-_YEARS:]
    if not years:
        return None
    kept = {year: by_year[year] for year in years}
    columns = (
        Column("Показатель", 46.0),
        *(Column(_title(year, kept[year]), 54.0 / len(years), Align.CENTER) for year in years),
    )
    rows = [row for title, names in _GROUPS.items() for row in _group(title, names, kept)]
    return Table(columns, tuple(rows))


def _title(year: int, records: Sequence[RecordRow]) -> str:
    count = len(records)
    return f"{year}{NBSP}г.\nпо {count}{NBSP}{plural(count, *_SCHOOLS)}"


def _group(
    title: str, names: tuple[str, ...], kept: Mapping[int, Sequence[RecordRow]]
) -> list[Row]:
    """Return a heading and its rows; a group that nothing is known of is left out."""
    rows: list[Row] = []
    for name in names:
        cells = [_cell(name, records) for records in kept.values()]
        if any(cells):
            rows.append((_figure(name), *(cell or _NOTHING for cell in cells)))
    return [(Cell(title, columns=1 + len(kept)),), *rows] if rows else []


def _cell(name: str, records: Sequence[RecordRow]) -> str:
    read = [_number(one.data.get(name)) for one in records]
    given = [number for number in read if number is not None]
    if not given:
        return ""
    total = plain(sum(given, Decimal()))
    share = _share(name, records)
    return f"{total} ({share})" if share else total


def _share(name: str, records: Sequence[RecordRow]) -> str:
    known = kind_of_record(RecordKind.STAFF).figure(name)
    whole = known.part_of if known else None
    if not whole:
        return ""
    parts = total = Fraction()
    for one in records:
        of_part, of_whole = _number(one.data.get(name)), _number(one.data.get(whole))
        if of_part is not None and of_whole is not None:
            parts, total = parts + Fraction(of_part), total + Fraction(of_whole)
    return f"{whole_or_less(100 * parts / total)}{NBSP}%" if total else ""


def _figure(name: str) -> str:
    known = kind_of_record(RecordKind.STAFF).figure(name)
    return typeset(f"{known.title}, {known.unit}") if known else name


def _number(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) else None
