"""Which column of a form counts the whole school, where several columns of numbers stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.services.importing.grid import Sheet
from app.services.importing.layouts.count_and_share import count_in
from app.services.importing.layouts.named import counts_families, is_percent, is_unit
from app.services.importing.layouts.passport_columns import Paths, says

_ALL = 100
"""The share of all pupils among all pupils, in per cent."""
NOT_SAID_HINT = "Назовите столбец всей школы «Всего» или уберите остальные и загрузите файл снова."


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns of numbers that are not of the whole school, and why none is where none is."""

    left: tuple[int, ...] = ()
    """0-based; they are not read."""
    told: str = ""
    """What a person is told of them; empty where nothing was left."""
    wrong: str = ""
    """Why it is not known which column is the school's; empty where it is."""


def count_columns(
    sheet: Sheet,
    paths: Paths,
    rows: Mapping[str, int],
    are_shares: Callable[[int], bool],
) -> list[int]:
    """Return the titled columns that count people: no per cent, no families and no shares.

    ``rows`` are the 0-based rows of the figures by their names.  Small numbers of a school of a
    hundred are like shares of it, so all pupils are asked first: of shares that is 100 or nothing.
    """
    return [
        column
        for column, path in paths.items()
        if not (is_percent(path) or counts_families(path))
        and any(count_in(sheet.at(row, column)) is not None for row in rows.values())
        and (_is_told(path) or not (_may_share(sheet, column, rows) and are_shares(column)))
    ]


def _is_told(path: Iterable[str]) -> bool:
    return says(path, "whole") or _is(path, "part") or _is(path, "other")


def _may_share(sheet: Sheet, column: int, rows: Mapping[str, int]) -> bool:
    whole = count_in(sheet.at(rows["pupils"], column)) if "pupils" in rows else None
    return whole is None or abs(whole - _ALL) < 1


def choose(paths: Paths, counts: Sequence[int]) -> Choice:
    """Return which of the titled columns with counts are left for the one of the whole school.

    A column called «Всего» or «По школе» is it, else the only one that is neither a part of the
    school (boys, a branch) nor of somebody else (the district, a plan).  The first one never is
    for standing first, but where its title only says that it counts: «Количество».
    """
    own = _own(paths, counts)
    less = [one for one in counts if _is(own[one], "other") or _is(own[one], "part")]
    rest = [one for one in counts if one not in less]
    wholes = [one for one in rest if says(own[one], "whole")]
    known = wholes or rest
    if len(known) == 1:
        return _taken(paths, counts, known[0])
    if not known:
        return _nothing(paths, counts)
    if not wholes and _only_counts(own[known[0]]):
        return Choice(tuple(less), _told(paths, less, known[0]) if less else "")
    return Choice(
        wrong=f"Столбцов с числами несколько: {_listed(paths, known)}. "
        "Какой из них о всей школе, не сказано."
    )


def is_of_one_school(titles: Iterable[str]) -> bool:
    """Return whether titles side by side are columns of one school: «Филиал», «Всего по школе»."""
    return any(_is((title,), "one_school") for title in titles)


def _own(paths: Paths, counts: Sequence[int]) -> Paths:
    """Return the titles by which columns differ: what stands over all of them tells none apart."""
    if len(counts) == 1:
        last = paths[counts[0]][-1]
        return {counts[0]: (last,) if says((last,), "alone", "passport_values") else ()}
    common = set.intersection(*(set(paths[one]) for one in counts)) if counts else set()
    return {one: tuple(text for text in paths[one] if text not in common) for one in counts}


def _taken(paths: Paths, counts: Sequence[int], taken: int) -> Choice:
    left = tuple(one for one in counts if one != taken)
    return Choice(left, _told(paths, left, taken)) if left else Choice()


def _nothing(paths: Paths, counts: Sequence[int]) -> Choice:
    if not counts:
        return Choice()
    return Choice(wrong=f"Столбца всей школы нет, есть только {_listed(paths, counts)}.")


def _told(paths: Paths, left: Sequence[int], taken: int) -> str:
    verb = "Столбец {} не загружен" if len(left) == 1 else "Столбцы {} не загружены"
    return f"{verb.format(_listed(paths, left))}: взято из «{' '.join(paths[taken])}»."


def _listed(paths: Paths, columns: Sequence[int]) -> str:
    return ", ".join(dict.fromkeys(f"«{' '.join(paths[one])}»" for one in columns))


def _only_counts(path: Sequence[str]) -> bool:
    return bool(path) and (is_unit(path[-1]) or _is(path, "value"))


def _is(path: Iterable[str], name: str) -> bool:
    return says(path, name, "passport_values")
