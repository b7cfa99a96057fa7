"""Cells of named figures: which figure a title means, and the number that stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.models.enums import RecordKind
from app.services.figures import Figure, kind_of_record
from app.services.importing.cells import is_empty, read_number, shorten
from app.services.importing.counts import number_text
from app.services.importing.grid import Sheet
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.titles import year_of
from app.services.importing.tables import fixed, key
from app.services.table_words import pattern, patterns

_PERCENT = re.compile(r"%|^(?:доля|процент|удельныйвес)|(?:доля|процент|впроцентах)$")
_UNIT = re.compile(
    r"^(?:чел|человек|%|доля|процент|кол(?:во|ичество)?|число|семей|семья|в%|всего|детей"
    r"|ед|единиц|шт)$"
)
_WHO = re.compile(
    r"^(?:всего|изних|вних)?(?:колво|количество|число|численность)?(?:всего|вних)?"
    r"(?:детей|обучающихся|учащихся|учеников|школьников|человек)(?:всего|чел|вних)?$"
)
_CHILDREN = re.compile(
    r"^(?:вних|изних|всего)?(?:колво|количество|число)?(?:детей|дети|обучающихся)"
)
_FAMILIES = re.compile(r"^(?:всего|изних)?(?:(?:колво|количество|число)сем(?:ей|ьи)|семей)$")
_AUTUMN = re.compile(r"(?<!\d)\d{1,2}[.\-/](0[89]|1[0-2])[.\-/](20\d\d)")
_AUTUMN_WORDS = re.compile(r"(?:сентябр|октябр|ноябр|декабр)\w*\s+(20\d\d)", re.IGNORECASE)
_YES = re.compile(r"^(?:да|1|\+|есть|v|✓|✔|шнор|шнсу|шнро|имеются?|входит|маркер)$")
_NO = re.compile(r"^(?:нет|0|-|–|—|н|нетребуется|отсутству\w+|невходит|невыявлен\w*)$")
DASHES = frozenset({"-", "–", "—", "−", "--"})
_IF_NO_CROSS = "Если крестик значит «нет», впишите в столбец «да» и «нет»."
_UNSAID = ("unsaid", "unsaid_parents")
_OF_FAMILIES = "семей"
FIX = "Исправьте ячейку и загрузите файл снова."


@dataclass(frozen=True, slots=True)
class FoundYear:
    """A year and the absolute address of the cell that says it, None for a sheet's name."""

    value: int
    cell: str | None


@lru_cache(maxsize=8192)
def figure_of(kind: RecordKind, text: str) -> Figure | None:
    """Return the figure that a title means: the first whose pattern fits, None for no figure.

    «Количество семей в СОП» counts families and «Число безработных родителей» parents: neither is
    the number of their children.
    """
    folded = key(text)
    known, of_each = _patterns(kind)
    if not folded or not known.search(folded):
        return None
    figure = next(figure for figure, one in of_each if one.search(folded))
    counts_others = figure.unit != _OF_FAMILIES and kind is RecordKind.PASSPORT
    return None if counts_others and pattern("families", "surely").fullmatch(folded) else figure


@lru_cache(maxsize=1024)
def figures_in(kind: RecordKind, text: str) -> tuple[Figure, ...]:
    """Return every figure that a text or one of its words names."""
    parts = [key(part) for part in (text, *re.split(r"[\s,;+/&()«»\"]+", text))]
    _, patterns = _patterns(kind)
    return tuple(
        figure
        for figure, pattern in patterns
        if any(part and pattern.search(part) for part in parts)
    )


@lru_cache(maxsize=len(RecordKind))
def _patterns(
    kind: RecordKind,
) -> tuple[re.Pattern[str], tuple[tuple[Figure, re.Pattern[str]], ...]]:
    """Return one pattern for any figure of a kind, and one for each: most texts name none."""
    of_each = [(figure, _any_of(figure.patterns)) for figure in kind_of_record(kind).figures]
    known = re.compile(_any_of([one for _, one in of_each]))
    return known, tuple((figure, re.compile(pattern)) for figure, pattern in of_each)


def _any_of(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"


def figure_of_path(kind: RecordKind, path: tuple[str, ...]) -> Figure | None:
    """Return the figure of a column: its own title decides, then that with its groups.

    «Количество детей» or «всего обучающихся» under a group only say who is counted; «семей»
    under it makes another figure, families, and never the pupils of these families.
    """
    if len(path) > 1 and counts_families(path):
        rest = " ".join(part for part in path if not _FAMILIES.match(key(part)))
        figure = figure_of(kind, f"количество {rest} семей")
        return figure if figure and figure.unit == "семей" else None
    own = [part for part in path if not is_unit(part)]
    if len(own) > 1 and _WHO.match(key(own[-1])) and figure_of(kind, " ".join(own[:-1])):
        own = own[:-1]
    joined = " ".join(own)
    candidates = (*reversed(own[1:]), joined, *own[:1])
    return next((f for text in candidates if (f := figure_of(kind, text))), None)


def counts_families(path: tuple[str, ...]) -> bool:
    """Return whether a column counts families: a title says so, and none below it «детей»."""
    titles = [key(part) for part in path]
    last = max((place for place, title in enumerate(titles) if _FAMILIES.match(title)), default=-1)
    return last >= 0 and not any(_CHILDREN.match(title) for title in titles[last + 1 :])


def may_be_families(figure: Figure, path: Sequence[str]) -> bool:
    """Return whether a figure of people stands under titles that only name families.

    «Многодетные семьи 12» may be families and may be their children: the table does not say.
    """
    titles = [key(part) for part in path]
    known = patterns("families")
    if figure.unit == "семей" or any(known["people"].fullmatch(title) for title in titles):
        return False
    return any(known[name].fullmatch(title) for title in titles for name in _UNSAID)


def told_as_children(titles: Sequence[str]) -> tuple[str, str]:
    """Return the warning, and what to do, that such titles were taken for numbers of children."""
    listed = ", ".join(f"«{title}»" for title in titles)
    known = patterns("families")["unsaid_parents"]
    of_parents = [bool(known.fullmatch(key(title))) for title in titles]
    who = "родители" if all(of_parents) else "семьи, родители" if any(of_parents) else "семьи"
    return (
        f"{listed}: не сказано, {who} это или дети; принято как число детей из таких семей.",
        "Если это число семей, напишите «Количество многодетных семей» (малообеспеченных, неполных)"
        " и загрузите файл снова; числа других семей и родителей паспорт не хранит, уберите их.",
    )


def is_unit(text: str) -> bool:
    """Return whether a title says only the unit: «чел.», «%», «кол-во»."""
    return bool(_UNIT.match(key(text)))


def is_percent(path: tuple[str, ...]) -> bool:
    """Return whether the titles of a column speak of a share in per cent."""
    return any(_PERCENT.search(key(part)) for part in path)


def is_both(text: str) -> bool:
    """Return whether a title says that a cell writes the number and its share: «Кол-во (%)»."""
    return pattern("units", "both").fullmatch(key(text)) is not None


def tell_dash(sheet: Sheet, row: int, column: int, findings: Findings, item: str) -> None:
    """Tell of a dash in the place of a number: it may mean nobody, or that nobody asked."""
    if sheet.text(row, column) in DASHES:
        findings.column_warning(
            row,
            column,
            "вместо числа прочерк, значение не записано.",
            "Если таких нет, впишите 0; если сведений нет, оставьте как есть.",
            item=item,
        )


def school_year_of(text: str) -> int | None:
    """Return the year in which the school year of a title ends; a date of autumn opens one."""
    for autumn, group in ((_AUTUMN, 2), (_AUTUMN_WORDS, 1)):
        match = autumn.search(text)
        if match and not re.search(r"20\d\d\s*[/\\–—-]\s*(?:20)?\d\d(?![.\d])", text):
            return int(match[group]) + 1
    return year_of(text)


def find_school_year(sheet: Sheet, rows: tuple[int, ...]) -> FoundYear | None:
    """Return the school year that the titles, or else the name of the sheet, tell.

    A school year in words is believed most, then «на 2025 год», then what stands first; the date
    of the order or letter that the table goes with is none of them.
    """
    cells = [
        (text, fixed(row, column))
        for row in rows
        for column, said in enumerate(sheet.texts(row))
        if (text := pattern("title_years", "act").sub(" ", said))
    ]
    for text, cell in sorted(cells, key=lambda one: _doubt_of_year(one[0])):
        year = school_year_of(text)
        if year:
            return FoundYear(year, cell)
    year = school_year_of(sheet.name)
    return FoundYear(year, None) if year else None


def _doubt_of_year(text: str) -> int:
    surest = (pattern("title_years", name) for name in ("school_year", "of_year", "pair"))
    return next((place for place, one in enumerate(surest) if one.search(text)), 3)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell gave: ``ok`` is False after an error; ``value`` is None for an empty cell."""

    ok: bool
    value: float | int | None = None


def read_figure(
    sheet: Sheet, row: int, column: int, findings: Findings, item: str, *, percent: bool = False
) -> Reading:
    """Return the number of a cell; text, negative numbers and shares over 100 are noted."""
    if key(sheet.text(row, column)) in ("нет", "неимеется"):
        findings.column_warning(
            row, column, "«нет» прочитано как 0.", "Если сведений нет, оставьте пусто.", item=item
        )
        return Reading(True, 0)
    number = read_number(sheet.at(row, column))
    if number.fault:
        findings.cell_error(row, column, f"{item}: {number.fault}.", FIX)
        return Reading(False)
    if number.value is None:
        return Reading(True)
    if number.value < 0 or (percent and number.value > 100):
        limits = "от 0 до 100 %" if percent else "0 или больше"
        text = f"{item}: {number_text(number.value)} – а должно быть {limits}."
        findings.cell_error(row, column, text, FIX)
        return Reading(False)
    return Reading(True, number.value if number.whole is None else number.whole)


def read_count(sheet: Sheet, row: int, column: int, findings: Findings, item: str) -> Reading:
    """Return the whole number of a cell; a broken one is noted."""
    reading = read_figure(sheet, row, column, findings, item)
    if read_number(sheet.at(row, column)).percent:
        text = f"{item}: стоит доля {number_text(reading.value or 0)} %, а нужно число."
        findings.cell_error(row, column, text, FIX)
        return Reading(False)
    if isinstance(reading.value, float):
        text = f"{item}: {number_text(reading.value)} – не целое число."
        findings.cell_error(row, column, text, FIX)
        return Reading(False)
    return reading


def is_cross(text: str) -> bool:
    """Return whether a cell holds a cross: a mark in a list, «not taken part» in results."""
    return key(text) == "х"


def says_yes(text: str) -> bool:
    """Return whether a cell says yes in a way that nothing else means: «да», «+», 1."""
    return bool(_YES.match(key(text) or text.strip()))


def says_no(text: str) -> bool:
    """Return whether a cell says no: «нет», 0, a dash; an empty one says nothing."""
    return bool(text) and bool(_NO.match(key(text) or text.strip()))


def read_flag(
    sheet: Sheet, row: int, column: int, findings: Findings, item: str, *, crosses: bool = False
) -> Reading:
    """Return 1 or 0 for «да», «нет», «+», «не требуется»; an empty cell says nothing.

    ``crosses`` says that the column is marked by «Х», which is told.
    """
    value = sheet.at(row, column)
    if crosses and is_cross(sheet.text(row, column)):
        findings.column_warning(row, column, "«Х» прочитано как «да».", _IF_NO_CROSS, item=item)
        return Reading(True, 1)
    if isinstance(value, bool):
        return Reading(True, int(value))
    text = sheet.text(row, column)
    folded = key(text) or text.strip()
    if _YES.match(folded):
        return Reading(True, 1)
    if _NO.match(folded):
        return Reading(True, 0)
    if is_empty(value) and folded not in ("х", "x"):
        return Reading(True)
    findings.cell_error(
        row,
        column,
        f"{item}: «{shorten(text)}» – непонятно, да это или нет.",
        "Впишите да или нет.",
    )
    return Reading(False)
