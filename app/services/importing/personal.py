"""Names, СНИЛС, birth dates and phones in a sheet, by title and by content: never kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.models.enums import Severity
from app.services.importing.cells import last_row
from app.services.importing.facts import Block, Extract, PersonalColumn, Problem
from app.services.importing.grid import CellValue, Sheet, clean, column_index, column_letters
from app.services.importing.tables import key

_ROWS = 120
"""So many filled rows are looked at: a column of names shows itself in far fewer."""
_SNILS = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+7|8)[\s(–-]*\d{3}[\s)–-]*\d{3}[\s–-]?\d{2}[\s–-]?\d{2}(?!\d)")
_NAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+"
    r"(?:вич|вна|ична|инична|оглы|кызы)(?![а-яё])"
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4})")
_BIRTHS = range(1996, 2022)
"""Years in which pupils of the assessments since 2014 were born; a deadline is later."""
_KINDS = (("СНИЛС", _SNILS, 1), ("фамилии, имена и отчества", _NAME, 2), ("телефоны", _PHONE, 1))
"""What it is, how it looks, and how many cells of a column make it sure."""
_DATES = ("даты рождения", 3)
_TITLES = re.compile(
    r"фамилия\w*|имя|отчество\w*|фио\w*|снилс\w*|датарождения|телефон\w*|адреспроживания"
)
_ANYTHING = re.compile("|".join(f"(?:{one.pattern})" for one in (_SNILS, _PHONE, _NAME)))


@dataclass
class _Column:
    """What was seen in a column below the last of its cells that a figure came from."""

    seen: dict[str, list[int]] = field(default_factory=dict)
    """0-based rows by kind."""
    titled: tuple[int, str] | None = None

    def note(self, kind: str, row: int) -> None:
        self.seen.setdefault(kind, []).append(row)

    def verdict(self) -> tuple[int, str] | None:
        """Return the first row to blank and what stands there, or None."""
        if self.titled is not None:
            return self.titled[0] + 1, f"«{self.titled[1]}»"
        for kind, enough in (*((k, n) for k, _, n in _KINDS), _DATES):
            rows = self.seen.get(kind, [])
            if len(rows) >= enough:
                return rows[0], kind
        return None


def without_personal(sheet: Sheet, extract: Extract) -> Extract:
    """Return the extract with every personal column named, and a warning that says so.

    A column that figures or names of schools and directors come from is theirs down to its last
    such cell.  Texts of problems lose what looks like a person's data.
    """
    known = {one.column for one in extract.personal if not one.alone}
    never = dict.fromkeys(known, sheet.height)
    found = list(_found(sheet, {**_used(extract.blocks), **never}))
    personal = (*extract.personal, *found)
    problems = tuple(_scrubbed(problem) for problem in extract.problems)
    if personal:
        problems = (*problems, _report(sheet, personal))
    return replace(extract, personal=personal, problems=problems)


def _used(blocks: Iterable[Block]) -> Mapping[int, int]:
    """Return the last 0-based row that something was read from, by column."""
    used: dict[int, int] = {}
    for block in blocks:
        last = max([last_row(fact.rows) for fact in block.facts], default=0)
        for address in block.columns.values():
            match = re.fullmatch(r"\$?([A-Z]+)(?:\$?(\d+))?", address)
            if match:
                column = column_index(match[1])
                used[column] = max(used.get(column, 0), int(match[2] or last) - 1)
    return used


def _found(sheet: Sheet, used: Mapping[int, int]) -> Iterator[PersonalColumn]:
    columns: dict[int, _Column] = {}
    rows = (row for _, row in zip(range(_ROWS), sheet.filled_rows(), strict=False))
    for row in rows:
        for column, value in enumerate(sheet.rows[row]):
            if value is not None and row > used.get(column, -1):
                _look(columns.setdefault(column, _Column()), row, value)
    for column, seen in sorted(columns.items()):
        verdict = seen.verdict()
        if verdict is not None:
            yield PersonalColumn(sheet.name, column, *verdict)


def _look(column: _Column, row: int, value: CellValue) -> None:
    if _is_birth(value):
        column.note(_DATES[0], row)
    if not isinstance(value, str):
        return
    text = clean(value)
    if column.titled is None and len(text) < _LONGEST_TITLE and _TITLES.fullmatch(key(text)):
        column.titled = (row, text)
    if len(text) < _SHORTEST_DATA:
        return
    for kind, pattern, _ in _KINDS:
        if pattern.search(text):
            column.note(kind, row)


_LONGEST_TITLE = 40
_SHORTEST_DATA = 10


def _is_birth(value: CellValue) -> bool:
    """Return whether a cell is a date on which a pupil may have been born."""
    if isinstance(value, date):
        return value.year in _BIRTHS
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    return match is not None and int(match[1]) in _BIRTHS


def _report(sheet: Sheet, personal: tuple[PersonalColumn, ...]) -> Problem:
    titles = ", ".join(dict.fromkeys(_shown(one) for one in personal))
    cells = dict.fromkeys(f"{column_letters(one.column)}{one.first_row + 1}" for one in personal)
    what = "ячейки" if all(one.alone for one in personal) else "столбцы"
    return Problem(
        Severity.WARNING,
        f"Личные сведения не хранятся: {titles}.",
        f"В базу они не попали, в архивной копии файла эти {what} пусты.",
        sheet.name,
        ", ".join(cells),
    )


def _shown(column: PersonalColumn) -> str:
    bare = column.title.strip("«»")
    return bare if any(bare == kind for kind, _, _ in _KINDS) or bare == _DATES[0] else f"«{bare}»"


def _scrubbed(problem: Problem) -> Problem:
    if not _ANYTHING.search(problem.message):
        return problem
    return replace(problem, message=_ANYTHING.sub("…", problem.message))
