"""The header of a planning table: its rows, what each column means, parallel directions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.services.importing.grid import Sheet, column_letters
from app.services.importing.plans.grid import Cells
from app.services.importing.plans.periods import CalendarColumn, calendar_column, is_mark
from app.services.importing.tables import key
from app.services.roadmap.facts import PlanColumn, column_name

_SEARCHED = 40
"""Rows in which the header is looked for; above it stand titles and stamps of approval."""
_TALLEST = 3

# Over ``key``: no spaces, hyphens or dots; the meaning whose word stands first wins.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("number", r"^(?:№(?:пп|пя|п|мероприятия|строки)?|пп|номер(?:пп)?|n(?:пп)?|код)$"),
        ("who_when", r"^(?=.*(?:ответствен|исполнител))(?=.*срок)"),
        ("term",
         r"срок|^(?:планируем\w{2,3}|планов\w{2}|предполагаем\w{2,3}|ориентировочн\w{2})?"
         r"(?:дат[аы]|период|время|месяц|год(?:ы)?(?:реализации|проведения|исполнения)?$)|^когда"),
        ("responsible",
         r"ответствен|исполнител|^отв(?:лицо|лица)?$|^исп(?:олн)?$|^кто(?:$|проводит|отвечает|"
         r"(?:с?дела|исполня|выполня|обеспечива|организу|ве)ет$|готовит$)"),
        ("evidence",
         r"формат?ы?(?:представлени|отчет|завершени|предъявлени)|отчетн\w*документ|подтвер[жд]|"
         r"вид\w*(?:документ|отчет)|выходн\w*документ|^документ(?:ы)?$"),
        ("result",
         r"результат|ожидаем|^итог|эффект|^продукт|^что(?:мы)?(?:будет|должны)?получ"),
        ("plan", r"^(?:планов(?:ое|ый|ая)(?:значение|показатель|количество)|количество|колво|план|"
         r"количественныйпоказатель)$"),
        ("title",
         r"мероприят|^содержание|^(?:наименование|название)(?:$|задач|мер|работ|действ|раздел)|"
         r"^меры|^действия|управленческиедействия|^вид\w*(?:работ|деятельност)|^задач|^событи|"
         r"^форм[аы](?:и\w+)?работы|^работы$|^что(?:мы)?(?:планиру\w+|надо|нужно|необходимо|следует|"
         r"предстоит|будем|будет|хотим)?(?:с?дела(?:ть|ем|но|ется))$"),
    )
)  # fmt: skip
_WEAK_TITLES = frozenset({"наименование", "содержание", "задача", "задачи", "название"})
"""Titles that stand over other tables too: an activity needs a term or somebody who answers."""
_GROUP = re.compile(
    r"(?:№)?(?:наименование|название)?(?:под)?(?:задач[аи]|направлени[ея]|раздел|цел[ьи]|блок|этап|"
    r"модул[ья]|фактор(?:ы)?риска|рисковыйфактор)(?:\w{0,24})?$"
)
"""Titles of a column that names, left of the activities, what they belong to."""
_UNTIL = re.compile(r"оконч|заверш|сроки?по$")
_YEAR = re.compile(r"(?:план|факт|на|за)?((?:19|20)\d\d)(?:г|гг|год|года|году)?(?:план|факт)?")
_NUMBER = re.compile(r"[-+]?[\d\s]*[1-9][\d\s]*(?:[.,]\d+)?\s?%?|[-+]?0?[.,]\d+\s?%?")
"""A number that is not zero: a zero may also say that nothing is planned."""
_REMARK = re.compile(r"отметка|примечан|статус|исполнениемероприят|выполнени[ея]$")
_BELOW = re.compile(
    r"(?:№?пп|пп|мероприяти[яей]|исполнени[яе]|проведени[яе]|реализации|выполнени[яе]|исполнител[ьи]|"
    r"результаты?|наименование|плановоезначение|план|факт|лицо|лица|отчетности|представления|"
    r"показател[ьи]|срок|сроки|ответственны[йе]|количество|колво|деятельности|документ[аы]?|вид|форма|"
    r"работы?|завершени[ея]|мероприятия|(?:дата)?начал[ао](?:работ)?|(?:дата)?окончани[ея](?:работ)?)"
)


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """A header: its 0-based rows, its columns, and the titles of parallel directions."""

    first: int
    last: int
    columns: tuple[PlanColumn, ...]
    directions: tuple[str, ...] = ()
    calendar: Mapping[int, CalendarColumn] = field(default_factory=dict)
    """Columns that are parts of a year, with marks below: «сентябрь», «I кв.»."""

    def column(self, field: str) -> int | None:
        """Return the first column with that meaning."""
        found = (at for at, column in enumerate(self.columns) if column.field == field)
        return next(found, None)

    @property
    def meanings(self) -> frozenset[str]:
        """The meanings that the columns have."""
        return frozenset(column.field for column in self.columns) - {"extra"}


def may_be_plan(sheet: Sheet) -> bool:
    """Return whether a word for activities stands in the first rows: a quick answer for many."""
    return any(_field(text) == "title" for row in range(_SEARCHED) for _, text in sheet.line(row))


def find_plan_header(cells: Cells) -> PlanHeader | None:
    """Return the first header of a planning table, or None."""
    for row in range(min(cells.height, _SEARCHED)):
        heights = _heights(cells, row)
        found = [header for height in heights if (header := _header(cells, row, height))]
        if found:
            return max(found, key=_fullness)
    return None


def _fullness(header: PlanHeader) -> tuple[int, int, int]:
    """Return how much of a table a header explains: with «I кв.» below «2024 год» more."""
    return len(header.calendar), len(header.meanings), len(header.columns)


def _heights(cells: Cells, row: int) -> Iterator[int]:
    """Yield how many rows a header that begins here may have."""
    yield 1
    filled = cells.filled(row)
    if len(filled) == 1 and cells.last_column(row, filled[0][0]) == cells.width - 1 > 0:
        return  # one text over the whole table titles what stands below, no column of it
    for height in range(2, _TALLEST + 1):
        if not _goes_on(cells, row + height - 1):
            return
        yield height


def _goes_on(cells: Cells, row: int) -> bool:
    """Return whether a row can only be the lower part of a header."""
    if row >= cells.height:
        return False
    texts = [key(text) for _, text in cells.filled(row)]
    above = any(cells.from_above(row, column) for column in range(cells.width))
    known = [bool(_YEAR.fullmatch(text) or _BELOW.fullmatch(text)) for text in texts]
    if above and len(_calendar([_titles(cells, row - 1, 2, at) for at in range(cells.width)])) > 1:
        return not _is_data(texts)
    return bool(texts) and (all(known) or (above and any(known) and not _is_data(texts)))


def _is_data(texts: Sequence[str]) -> bool:
    return any(len(text) > 60 for text in texts)


def _header(cells: Cells, row: int, height: int) -> PlanHeader | None:
    titles = [_titles(cells, row, height, at) for at in range(cells.width)]
    calendar = _calendar(titles)
    found = [_column(parts, timed=at in calendar) for at, parts in enumerate(titles)]
    columns = _untimed(cells, row, found)
    lowest = row + height - 1
    named = [key(cells.shared(lowest, at)) for at in _of(columns, "title")]
    if len(set(named)) < len(named):
        return _parallel(cells, row, height, columns)
    if not (_enough(columns) or _marked(cells, lowest, columns, calendar)):
        return None
    return PlanHeader(row, lowest, _single(columns), calendar=calendar)


def _titles(cells: Cells, row: int, height: int, at: int) -> list[str]:
    """Return the titles that stand over a column, the top one first."""
    parts: list[str] = []
    for line in range(row, row + height):
        text = " ".join(cells.shared(line, at).split())
        if text and text not in parts:
            parts.append(text)
    return parts


def _calendar(titles: Sequence[Sequence[str]]) -> dict[int, CalendarColumn]:
    """Return the columns that are parts of a year; one alone is a title of something else."""
    found = {at: part for at, parts in enumerate(titles) if (part := calendar_column(parts))}
    return found if len(found) > 1 else {}


def _untimed(cells: Cells, row: int, columns: Sequence[PlanColumn]) -> tuple[PlanColumn, ...]:
    """Return the columns with those that are no deadline although «Срок, годы» stands over them.

    Such a title is joined over columns of quantities; one without a year of its own keeps its cells
    under the title.
    """
    found = list(columns)
    for at in _of(columns, "term"):
        span = cells.span(row, at)
        same = [one for one in span if columns[one].title == columns[at].title]
        if len(same) > 2 or any(columns[one].year is not None for one in span):
            found[at] = PlanColumn("extra", columns[at].title)
    return tuple(found)


def _marked(
    cells: Cells, lowest: int, columns: Sequence[PlanColumn], calendar: Mapping[int, CalendarColumn]
) -> bool:
    """Return whether a calendar with marks stands beside activities of no term and nobody's.

    With a row of numbers in it, it is money, pupils or shares by month: a table of another kind.
    """
    if not calendar or not any(map(_is_strong, columns)):
        return False
    found = False
    for row in range(lowest + 1, cells.height):
        if is_count([text for _, text in cells.filled(row)]):
            continue
        texts = [text for at in calendar if (text := cells.own(row, at))]
        marks = [bool(is_mark(text)) for text in texts]
        if not any(marks) and any(_NUMBER.fullmatch(text) for text in texts):
            return False
        found = found or any(marks)
    return found


def is_count(texts: Sequence[str]) -> bool:
    """Return whether the texts of a row only count the columns: «1 2 3 4 5»."""
    return len(texts) >= 3 and list(texts) == [str(at) for at in range(1, len(texts) + 1)]


def _enough(columns: Sequence[PlanColumn]) -> bool:
    fields = {column.field for column in columns}
    if "title" not in fields:
        return False
    if fields & {"term", "responsible", "who_when"}:
        return True
    strong = any(map(_is_strong, columns))
    # «№, мероприятие» alone is a list of activities; with other columns it may be an estimate.
    bare = len(columns) > 1 and all(
        column.field in ("number", "title") or _GROUP.match(key(column.title)) for column in columns
    )
    return strong and (bare or bool(fields & {"result", "evidence", "year"}))


def _is_strong(column: PlanColumn) -> bool:
    """Return whether a title can only stand over activities."""
    text = key(column.title)
    return column.field == "title" and text not in _WEAK_TITLES and not _GROUP.match(text)


def _column(parts: Sequence[str], *, timed: bool) -> PlanColumn:
    """Return the meaning of a column: of the lowest title that has one, under the upper ones.

    One of a calendar (``timed``) keeps its marks under its title.
    """
    title = " ".join(parts)
    if timed:
        return PlanColumn("extra", title)
    year = _year(parts)
    if year is not None:
        fact = any("факт" in part.casefold() for part in parts)
        return PlanColumn("fact" if fact else "year", title, year)
    return PlanColumn(_meaning(parts), title)


def _year(parts: Sequence[str]) -> int | None:
    matches = (_YEAR.fullmatch(key(part)) for part in reversed(parts))
    return next((int(match[1]) for match in matches if match), None)


def _meaning(parts: Sequence[str]) -> str:
    if not parts:
        return "extra"
    own = _field(parts[-1])
    if len(parts) > 1 and own not in ("plan", "evidence"):
        # «Наименование» below «Результат» is the result's, not the activity's.
        whole = _field(" ".join(parts))
        return whole if whole != "extra" else _field(parts[0])
    return own


@lru_cache(maxsize=8192)
def _field(title: str) -> str:
    text = key(title)
    if _REMARK.match(text):
        return "extra"
    places = [
        (match.start(), order, field)
        for order, (field, pattern) in enumerate(_WORDS)
        if (match := pattern.search(text))
    ]
    return min(places)[2] if places else "extra"


def _single(columns: Sequence[PlanColumn]) -> tuple[PlanColumn, ...]:
    """Let each meaning stand once: a second column of it keeps its cells under its own title.

    Of several titles the one that can only stand over activities is theirs; a task or a direction
    at its left is a heading of theirs; «начало» and «окончание» are one deadline.
    """
    title = _title_column(columns)
    seen: set[tuple[str, int | None]] = set()
    found = []
    for at, column in enumerate(columns):
        mark = (column.field, column.year)
        if at < title and column.field in ("title", "extra") and _GROUP.match(key(column.title)):
            found.append(PlanColumn("group", column.title))
        elif column.field == "term" and mark in seen and _UNTIL.search(key(column.title)):
            found.append(PlanColumn("until", column.title))
        elif (mark in seen and column.field != "extra") or (
            column.field == "title" and at != title
        ):
            found.append(PlanColumn("extra", column.title))
        else:
            found.append(column)
            seen.add(mark)
    return tuple(found)


def _title_column(columns: Sequence[PlanColumn]) -> int:
    """Return which column holds the activities themselves."""
    named = _of(columns, "title")
    return next((at for at in named if _is_strong(columns[at])), named[0])


def _of(columns: Sequence[PlanColumn], field: str) -> list[int]:
    return [at for at, column in enumerate(columns) if column.field == field]


def _parallel(
    cells: Cells, row: int, height: int, columns: Sequence[PlanColumn]
) -> PlanHeader | None:
    """Return the header of parallel directions: each begins with a column of activities."""
    if not {column.field for column in columns} & {"who_when", "responsible", "term"}:
        return None
    found: list[PlanColumn] = []
    direction: int | None = None
    titles: list[str] = []
    for at, column in enumerate(columns):
        if column.field == "title":
            direction = 0 if direction is None else direction + 1
            titles.append(_direction_title(cells, row, at) or f"Направление {direction + 1}")
        found.append(PlanColumn(column.field, column.title, column.year, direction))
    if len(set(titles)) < len(titles):
        # The same words over all columns are a title of the table, not of a direction.
        titles = [f"Направление {number + 1}" for number in range(len(titles))]
    first = row - 1 if row and _direction_title(cells, row, 0) else row
    return PlanHeader(first, row + height - 1, tuple(found), tuple(titles))


def _direction_title(cells: Cells, row: int, column: int) -> str:
    return " ".join(cells.shared(row - 1, column).split()) if row else ""


def source_columns(columns: Sequence[PlanColumn]) -> dict[str, str]:
    """Return the letters of the columns of a table by name; of equal names the first counts."""
    found: dict[str, str] = {}
    for at, column in enumerate(columns):
        found.setdefault(column_name(column), column_letters(at))
    return found
