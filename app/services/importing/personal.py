"""Names, СНИЛС, birth dates and phones in a sheet, by title and by content: never kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.models.enums import Severity
from app.services.importing.blanking import Blanked, blanked
from app.services.importing.cells import expand_rows, last_row
from app.services.importing.facts import (
    AppealFact,
    Block,
    Extract,
    PersonalColumn,
    Problem,
    RecordFact,
    ReferenceFact,
    ResultFact,
)
from app.services.importing.grid import CellValue, Sheet, clean, column_index, column_letters
from app.services.importing.pupil_names import (
    SHORT_NAME,
    is_name,
    is_signed,
    is_title_of_names,
    may_be_title_of_names,
    names_pupils,
)
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
_SHORT = ("фамилии с инициалами", 2)
_NOTES = "имена учеников"
_BARE = (_DATES[0], _SHORT[0], _NOTES)
_OF_PUPILS = (ResultFact, RecordFact, ReferenceFact, AppealFact)
"""Facts of tables about pupils; those of plans and of support name the people who answer."""
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
    perhaps: tuple[int, str] | None = None
    """A title that is one of names where names stand below it."""

    named: bool = False

    def note(self, kind: str, row: int) -> None:
        self.seen.setdefault(kind, []).append(row)

    def verdict(self) -> tuple[int, str] | None:
        """Return the first row to blank and what stands there, or None."""
        if self.titled is not None:
            return self.titled[0] + 1, f"«{self.titled[1]}»"
        if self.perhaps is not None and self.named:
            return self.perhaps[0] + 1, f"«{self.perhaps[1]}»"
        for kind, enough in (*((k, n) for k, _, n in _KINDS), _DATES, _SHORT):
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
    notes = _notes(sheet, extract, blanked((*extract.personal, *found), sheet.name))
    personal = (*extract.personal, *found, *notes)
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


def _notes(sheet: Sheet, extract: Extract, blank: Blanked) -> Iterator[PersonalColumn]:
    """Yield the single cells around the tables of figures that name pupils: «Не сдали: …»."""
    facts = [one for block in extract.blocks for one in block.facts]
    if not facts or not all(isinstance(one, _OF_PUPILS) for one in facts):
        return
    read = {row for one in facts for row in expand_rows(one.rows)}
    for row in sheet.filled_rows():
        if row + 1 in read:
            continue
        for column, value in enumerate(sheet.rows[row]):
            if type(value) is str and not blank.hides(row, column) and names_pupils(clean(value)):
                yield PersonalColumn(sheet.name, column, row, _NOTES, alone=True)


def _look(column: _Column, row: int, value: CellValue) -> None:
    if _is_birth(value):
        column.note(_DATES[0], row)
    if not isinstance(value, str):
        return
    text = clean(value)
    if column.titled is None and len(text) < _LONGEST_TITLE and _TITLES.fullmatch(key(text)):
        column.titled = (row, text)
    if column.titled is None and len(text) < _LONGEST_TITLE:
        if is_title_of_names(text):
            column.titled = (row, text)
        elif column.perhaps is None and may_be_title_of_names(text):
            column.perhaps = (row, text)
            return
    column.named = column.named or (column.perhaps is not None and is_name(text))
    if len(text) < _SHORTEST_DATA:
        return
    for kind, pattern, _ in _KINDS:
        if pattern.search(text):
            column.note(kind, row)
    if SHORT_NAME.search(text) and not is_signed(text):
        column.note(_SHORT[0], row)


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
    title = column.title
    bare = title[1:-1] if title.startswith("«") and title.endswith("»") else title
    return bare if any(bare == kind for kind, _, _ in _KINDS) or bare in _BARE else f"«{bare}»"


def _scrubbed(problem: Problem) -> Problem:
    if not _ANYTHING.search(problem.message):
        return problem
    return replace(problem, message=_ANYTHING.sub("…", problem.message))
