"""What the columns of a passport count: a part of the school, all of it, or it at some date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.services.importing.facts import SchoolRef
from app.services.importing.grid import Sheet
from app.services.importing.names import parse_name
from app.services.importing.tables import filled_cells
from app.services.table_words import pattern

Paths = Mapping[int, tuple[str, ...]]
"""The titles of each 0-based column, from the group down."""

TWO_DATES_HINT = (
    "Оставьте в файле столбец той даты, на которую нужен паспорт, и загрузите файл снова."
)
NO_WHOLE_HINT = (
    "Допишите столбец «Всего» и загрузите файл снова. Если других классов в школе нет, назовите "
    "«Всего» этот столбец."
)
_PRIMARY = {"нош", "ншдс"}


@dataclass(frozen=True)
class Columns:
    """The columns that count less than a school: levels, and several dates (all 0-based)."""

    paths: Paths
    levels: tuple[int, ...]
    wholes: tuple[int, ...]
    dates: tuple[int, ...]

    @property
    def parts(self) -> tuple[int, ...]:
        """The columns of levels: what they count is not the school."""
        return self.levels

    @property
    def two_dates(self) -> str:
        """The sentence that figures of several dates stand side by side; empty for one date."""
        said = dict.fromkeys(_said(self.paths[one], "date") for one in self.dates)
        listed = ", ".join(f"«{one}»" for one in said)
        if len(said) < 2:
            return ""
        return f"Числа даны на разные даты: {listed}. Какая из них нужна, не сказано."

    @property
    def no_whole(self) -> str:
        """The sentence that the school is given by parts alone; empty where it is not."""
        if self.wholes or not self.parts:
            return ""
        only = "только по части" if len(self.parts) == 1 else "по частям"
        return f"Числа даны {only} школы ({self.listed}), столбца «Всего» нет."

    @property
    def whole(self) -> str:
        """The title of the column of the whole school: «Итого»."""
        return _said(self.paths[self.wholes[0]], "whole") if self.wholes else ""

    @property
    def listed(self) -> str:
        """The titles of the levels: «1-4 кл.», «5-9 кл.»."""
        said = dict.fromkeys(_said(self.paths[one], "level") for one in self.levels)
        return ", ".join(f"«{one}»" for one in said)


def is_primary(ref: SchoolRef | None) -> bool:
    """Return whether a school is called one that has its first grades alone (НОШ, НШДС)."""
    kinds = set(parse_name(ref.name).kinds) if ref and ref.name else set()
    return bool(kinds) and kinds <= _PRIMARY


def columns_by(paths: Paths, *, primary: bool = False) -> Columns:
    """Return what the titles of columns say of levels of the school and of dates.

    The only level of a ``primary`` school is all of it.
    """
    levels = tuple(column for column, path in paths.items() if _said(path, "level"))
    if primary and len({_said(paths[one], "level") for one in levels}) == 1:
        levels = ()
    rest = {column: path for column, path in paths.items() if column not in levels}
    return Columns(
        paths,
        levels,
        tuple(column for column, path in rest.items() if _said(path, "whole")),
        tuple(column for column, path in paths.items() if _said(path, "date")),
    )


def is_level(path: Iterable[str]) -> bool:
    """Return whether the titles of a column are of a level of the school: «1-4 классы»."""
    return bool(_said(path, "level"))


def titles_above(sheet: Sheet, rows: Iterable[int], label: int) -> Paths:
    """Return the titles of the columns right of the labels of a form; a group covers its parts."""
    levels = [
        {column: text for column, text in filled_cells(sheet, row) if column > label}
        for row in rows
    ]
    width = max((column for level in levels for column in level), default=label) + 1
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(label + 1, width):
        path = [_over(level, column, levels[depth + 1 :]) for depth, level in enumerate(levels)]
        if any(path):
            paths[column] = tuple(text for text in path if text)
    return paths


def _over(level: Mapping[int, str], column: int, deeper: list[dict[int, str]]) -> str:
    """Return the title over a column: its own, or of parts below it that of their group."""
    if column in level or not any(column in one for one in deeper):
        return level.get(column, "")
    left = [other for other in level if other < column]
    return level[max(left)] if left else ""


def says(path: Iterable[str], name: str, group: str = "passport_columns") -> bool:
    """Return whether a title of a column says it: a word of a group of the words of tables."""
    return bool(_said(path, name, group))


def _said(path: Iterable[str], name: str, group: str = "passport_columns") -> str:
    """Return the title that says it, empty for none."""
    known = pattern(group, name)
    return next((one for one in path if known.fullmatch(_folded(one))), "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
