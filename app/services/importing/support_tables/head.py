"""Which table of support this is, and what its columns mean, by the words above them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.errors import UserError
from app.models.enums import SupportRole
from app.services.importing.grid import Sheet
from app.services.support.facts import TableKind, parse_cell
from app.services.table_words import pattern, patterns

_HEADER_WITHIN = 5
_LONGEST_TITLE = 110
_MOST_COLUMNS = 7
"""A list of schools and curators has no more; wider ones are tables of something else."""


class Role(Enum):
    """What a column holds."""

    NUMBER = "number"
    SCHOOL = "school"
    FACTOR = "factor"
    ACTUAL = "actual"
    PRIORITY = "priority"
    SIGNIFICANCE = "significance"
    PERSON = "person"
    POST = "post"
    PLACE = "place"
    ORDER = "order"
    GROUP = "group"
    TITLE = "title"
    PRINCIPLE = "principle"
    MENTOR = "mentor"
    AGREEMENT = "agreement"
    SUBJECT = "subject"
    OTHER = "other"


def _says(name: str, text: str) -> bool:
    """Return whether a text has one of the words that are signs of something."""
    return pattern("support_signs", name).search(text) is not None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: its kind, its line, and the column of each meaning."""

    kind: TableKind
    row: int
    columns: Mapping[Role, int]
    grid: Mapping[int, str]
    """Of a matrix: the factor or the school above each column of marks."""
    factors_across: bool = True
    role: SupportRole = SupportRole.CURATOR
    caption: str = ""
    others: tuple[int, ...] = ()
    """Columns that have no meaning here."""
    persons: Mapping[int, SupportRole] = field(default_factory=dict)
    """Further columns of people, each with its role: a coordinator beside a curator."""


def may_be_support(sheet: Sheet) -> bool:
    """Return whether the first rows speak of risks, curators or groups at all."""
    rows = range(min(sheet.height, _HEADER_WITHIN))
    texts = (text for row in rows for _, text in sheet.line(row))
    return any(_says("speaks", text.casefold()) for text in (*texts, *sheet.before[-2:]))


def find_head(sheet: Sheet) -> Head | None:
    """Return the head of a table of support; None when the table is of another kind."""
    for row in range(min(sheet.height, _HEADER_WITHIN)):
        titles = {column: _folded(text) for column, text in sheet.line(row)}
        if len(titles) < 2 or any(len(one) > _LONGEST_TITLE for one in titles.values()):
            continue
        foreign = {column for column, one in titles.items() if _says("foreign", one)}
        if foreign:
            head = _pairs_with_terms(sheet, row, titles, foreign)
        else:
            head = (
                _matrix(sheet, row, titles)
                or _numbers_below(sheet, row, titles)
                or _named_matrix(sheet, row, titles)
                or _pairs(sheet, row, titles)
                or _list(sheet, row, titles)
            )
        if head is not None:
            return head
    return None


def _pairs_with_terms(
    sheet: Sheet, row: int, titles: Mapping[int, str], foreign: Collection[int]
) -> Head | None:
    """Return the head of a list of pairs that says terms and who answers, as plans do.

    It is a list of pairs and no plan where the two schools come before all of that, and no column
    is one of activities.
    """
    head = _pairs(sheet, row, titles)
    if head is None or any(_says("plan", title) for title in titles.values()):
        return None
    schools = max(head.columns[Role.SCHOOL], head.columns[Role.MENTOR])
    about = {*foreign, head.columns.get(Role.SUBJECT, schools + 1)}
    return head if min(about) > schools else None


def role_of(title: str) -> Role:
    """Return what a column holds by its title."""
    low = _folded(title)
    if _says("curator_place", low):
        return Role.PLACE
    return _first_role("support_columns", low)


def _list(sheet: Sheet, row: int, titles: Mapping[int, str]) -> Head | None:
    if len(titles) > _MOST_COLUMNS:
        return None
    columns: dict[Role, int] = {}
    others, persons = [], {}
    for column, title in titles.items():
        role = role_of(title)
        if role is Role.PERSON and role in columns:
            persons[column] = _role(title)
        elif role is Role.OTHER or role in columns:
            others.append(column)
        else:
            columns[role] = column
    caption = _caption(sheet, row)
    kind = _kind(columns, _folded(" ".join((caption, *titles.values()))))
    if kind is None:
        return None
    person = titles.get(columns.get(Role.PERSON, -1), "")
    return Head(kind, row, columns, {}, True, _role(person), caption, tuple(others), persons)


def _pairs(sheet: Sheet, row: int, titles: Mapping[int, str]) -> Head | None:
    """Return the head of a list of schools and their mentors; people have tables of their own."""
    columns: dict[Role, int] = {}
    others = []
    for column, title in titles.items():
        role = _role_in_pair(title)
        if role is Role.OTHER or role in columns:
            others.append(column)
        else:
            columns[role] = column
    if not {Role.SCHOOL, Role.MENTOR} <= columns.keys() or len(titles) > _MOST_COLUMNS:
        return None
    caption = _caption(sheet, row)
    return Head(TableKind.PAIRS, row, columns, {}, True, caption=caption, others=tuple(others))


def _role_in_pair(title: str) -> Role:
    if _says("personal_name", title) or pattern("support_signs", "helpers").match(title):
        return Role.OTHER
    if role_of(title) is Role.NUMBER:
        return Role.NUMBER
    return _first_role("pair_columns", title)


def _first_role(group: str, title: str) -> Role:
    """Return the first role of a group of words that fits a title."""
    found = (name for name, one in patterns(group).items() if one.search(title))
    return Role(next(found, Role.OTHER.value))


def _kind(columns: Mapping[Role, int], words: str) -> TableKind | None:
    """Return what the columns are about; groups and names alone are of anything: ``words`` tell."""
    if Role.SCHOOL not in columns:
        return None
    if Role.PERSON in columns:
        return TableKind.CURATORS if _says("helpers", words) else None
    if {Role.GROUP, Role.PRINCIPLE} & columns.keys():
        return TableKind.NETWORKS if _says("network", words) else None
    if {Role.FACTOR, Role.ACTUAL, Role.PRIORITY} & columns.keys():
        return TableKind.RISKS if _says("risk", words) else None
    return None


def _role(title: str) -> SupportRole:
    curator = _says("curator", title)
    if _says("tutor", title) and not curator:
        return SupportRole.TUTOR
    if _says("coordinator", title) and not curator:
        return SupportRole.COORDINATOR
    return SupportRole.CURATOR


def _matrix(sheet: Sheet, row: int, titles: Mapping[int, str]) -> Head | None:
    """Return the head of a matrix: schools down and factors across, or the other way round."""
    first, *rest = titles.items()
    corner = role_of(first[1])
    if len(rest) < 2:
        return None
    named = {column: sheet.text(row, column) for column, _ in rest}
    numbered = [column for column, text in named.items() if is_factor_number(text)]
    caption = _caption(sheet, row)
    about = _says("risk", _folded(caption)) or _says("factor", " ".join(titles.values()))
    if (
        corner in (Role.SCHOOL, Role.NUMBER, Role.TITLE)
        and about
        and len(numbered) >= len(rest) - 1
    ):
        school = first[0] if corner is not Role.NUMBER else rest[0][0]
        across = {column: text for column, text in named.items() if column in numbered}
        return Head(TableKind.RISKS, row, {Role.SCHOOL: school}, across, True, caption=caption)
    if corner is Role.FACTOR and len(rest) > 1 and _are_schools(named.values()):
        return Head(TableKind.RISKS, row, {Role.FACTOR: first[0]}, named, False, caption=caption)
    return None


def _numbers_below(sheet: Sheet, row: int, titles: Mapping[int, str]) -> Head | None:
    """Return the head of a matrix whose factors are numbered in the row under their title."""
    below = dict(sheet.line(row + 1)) if row + 1 < sheet.height else {}
    school = _school_column(titles)
    if school is None or len(below) < 2 or not all(map(is_factor_number, below.values())):
        return None
    if school in below or not _says("factor", " ".join(titles.values())):
        return None
    columns = {Role.SCHOOL: school}
    return Head(TableKind.RISKS, row + 1, columns, below, True, caption=_caption(sheet, row))


def _named_matrix(sheet: Sheet, row: int, titles: Mapping[int, str]) -> Head | None:
    """Return the head of a matrix with factors by name: nothing but marks stands below them.

    The names may stand in the row under one title of them all.
    """
    school = _school_column(titles)
    caption = _caption(sheet, row)
    if school is None or not _says("risk", _folded(" ".join((caption, *titles.values())))):
        return None
    below = {column: _folded(text) for column, text in sheet.line(row + 1)}
    under_one_title = _says("factor", " ".join(titles.values())) and school not in below
    return _over_marks(sheet, row, school, titles) or (
        _over_marks(sheet, row + 1, school, below) if under_one_title else None
    )


def _over_marks(sheet: Sheet, row: int, school: int, titles: Mapping[int, str]) -> Head | None:
    """Return the head whose factors are the titles of a row, if only marks stand below them."""
    named = {
        column: sheet.text(row, column)
        for column, title in titles.items()
        if column != school and role_of(title) is not Role.NUMBER
    }
    roles = {role_of(titles[column]) for column in named}
    if len(named) < 2 or roles - {Role.OTHER, Role.SCHOOL, Role.TITLE}:
        return None
    cells = [sheet.text(line, at) for line in range(row + 1, sheet.height) for at in named]
    if not any(cells) or not all(map(_is_mark, cells)):
        return None
    columns = {Role.SCHOOL: school}
    return Head(TableKind.RISKS, row, columns, named, True, caption=_caption(sheet, row))


def _school_column(titles: Mapping[int, str]) -> int | None:
    """Return the first column of schools: factors speak of schools too, to the right of it."""
    found = (column for column, title in titles.items() if role_of(title) is Role.SCHOOL)
    return next(found, None)


def _is_mark(text: str) -> bool:
    try:
        parse_cell(text)
    except UserError:
        return False
    return True


def is_factor_number(title: str) -> bool:
    """Return whether a title names a factor by its number: «1», «Ф3», «Фактор 6», «9. Среда»."""
    found = pattern("support_signs", "factor_number").match(_folded(title))
    return found is not None and 1 <= int(found[1]) <= 99


def _are_schools(titles: Iterable[str]) -> bool:
    names = [_folded(one) for one in titles]
    return all(_says("school_name", name) for name in names)


def texts_above(sheet: Sheet, row: int) -> tuple[str, ...]:
    """Return what stands above a 0-based row: paragraphs, and titles in rows of the table."""
    return (*sheet.before, *(" ".join(sheet.texts(line)) for line in range(row)))


def _caption(sheet: Sheet, row: int) -> str:
    return " ".join([text for text in texts_above(sheet, row) if text.strip()][-2:]) or sheet.name


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
