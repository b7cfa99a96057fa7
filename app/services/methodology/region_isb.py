"""What the region's own file says beside its ИСБ: quartiles and cut-offs, and what of it is unsure.

Sources: S4, «нижний квартиль школ республики»; domain.md §2: the cut-off is regional.  What the
region says decides where it can be understood in one way only; the rest is told, never guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.services.decimals import short
from app.services.methodology.types import CutoffInUse, RegionQuartile

_QUARTILES = (1, 2, 3, 4)
_NUMBERS_ALONE = "квартили ИСБ названы без самих ИСБ"
_ASK = "Уточните у региона или решите по школе вручную."

Data = Mapping[str, Any]
Notes = dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class RegionIsb:
    """What can be relied on, by school, and what is told of the rest."""

    cutoffs: Mapping[int, CutoffInUse] = field(default_factory=dict)
    quartiles: Mapping[int, RegionQuartile] = field(default_factory=dict)
    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Whole Russian sentences: what the file says and why it was not used."""

    @property
    def answers(self) -> bool:
        """Whether the region has judged the ИСБ of any school: a district may not guess then."""
        return bool(self.cutoffs or self.quartiles)


def region_isb(
    records: Mapping[int, Data], isb: Mapping[int, Fraction], sources: Mapping[int, str]
) -> RegionIsb:
    """Return what the records of the region say; ``isb`` are the indices that they hold.

    A school may have an answer about its quartile and no index: the answer is enough.
    """
    notes: Notes = {school: [] for school in records}
    cutoffs = _cutoffs(records, isb, sources, notes)
    quartiles = _quartiles(records, isb, sources, notes)
    found = RegionIsb(cutoffs, quartiles, notes)
    if quartiles:
        _tell_left_out(found, notes)
    return found


def as_number(value: object) -> Fraction | None:
    """Return a figure of a record as an exact number, None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Fraction(str(value))


def _given(rows: Mapping[int, Data], name: str) -> dict[int, Fraction]:
    found = {school: as_number(data.get(name)) for school, data in rows.items()}
    return {school: value for school, value in found.items() if value is not None}


def _cutoffs(
    rows: Mapping[int, Data], isb: Mapping[int, Fraction], sources: Mapping[int, str], notes: Notes
) -> dict[int, CutoffInUse]:
    """Return the cut-off of each school: the only one of the file, else that of its own row."""
    given = _given(rows, "cutoff")
    if not given or not isb:
        return {}
    values, least = sorted(set(given.values())), min(isb.values())
    like_quartiles = all(value in _QUARTILES for value in values)
    if like_quartiles and values[-1] < least:
        _tell(notes, isb, f"границей ИСБ {_said(values)}: это похоже на номер квартиля", sources)
        return {}
    if len(values) == 1:
        source = next(sources[school] for school in given)
        found = dict.fromkeys(isb, CutoffInUse(values[0], f"граница региона, {source}"))
    else:
        found = {
            school: CutoffInUse(value, f"граница региона, {sources[school]}")
            for school, value in given.items()
            if school in isb
        }
        unclear = f"границей ИСБ {_said(values)}, а в строке школы границы нет"
        _tell(notes, isb.keys() - given.keys(), unclear, sources)
    for school, cutoff in found.items():
        _doubt(notes[school], cutoff.value, least, like_quartiles)
    return found


def _doubt(notes: list[str], value: Fraction, least: Fraction, like_quartile: bool) -> None:
    """Tell of a cut-off that serves, yet may be another figure that got into its column."""
    head = f"Граница ИСБ из файла региона – {_figure(value)}"
    if like_quartile:
        notes.append(f"{head}: это похоже на номер квартиля, сверьте с файлом региона.")
    elif value < least:
        notes.append(f"{head}, она ниже ИСБ всех школ: сверьте с файлом региона.")


def _quartiles(
    rows: Mapping[int, Data], isb: Mapping[int, Fraction], sources: Mapping[int, str], notes: Notes
) -> dict[int, RegionQuartile]:
    """Return what is sure of the quartiles; «да» or «нет» of the lowest one goes before a number.

    A «нет» is an answer: the quartile is then not known, but it is not the lowest.
    """
    numbers = _given(rows, "quartile")
    said = {school: bool(value) for school, value in _given(rows, "lowest").items()}
    for school in said.keys() & numbers.keys():
        if said[school] is not (numbers.pop(school) == 1):
            word = "да" if said[school] else "нет"
            notes[school].append(
                f"В файле региона ({sources[school]}) номер квартиля расходится с ответом о нижнем "
                f"квартиле: решает ответ – «{word}»."
            )
    odd = {school: value for school, value in numbers.items() if value not in _QUARTILES}
    for school, value in odd.items():
        _tell(notes, [school], f"квартилем ИСБ стоит {_figure(value)}: бывает от 1 до 4", sources)
    whole = {school: int(value) for school, value in numbers.items() if school not in odd}
    sure = _in_order(whole, isb, sources, notes)
    found = {school: RegionQuartile(number, sources[school]) for school, number in sure.items()}
    answered = {
        school: RegionQuartile(1 if lowest else None, sources[school])
        for school, lowest in said.items()
    }
    return found | answered


def _in_order(
    numbers: Mapping[int, int],
    isb: Mapping[int, Fraction],
    sources: Mapping[int, str],
    notes: Notes,
) -> Mapping[int, int]:
    """Return the quartiles that can only be counted from the lowest ИСБ up.

    The region may count them from the top: the order of the ИСБ tells, and where it does not,
    only the two in the middle are the lowest by neither count.
    """
    if set(numbers.values()) <= {2, 3}:
        return numbers
    placed = {school: own for school, own in numbers.items() if school in isb}
    different = sorted(set(placed.values()))
    if len(different) <= 1:
        unsure = [school for school, own in numbers.items() if own not in (2, 3)]
        schools = "у всех школ" if len(placed) == len(numbers) else "у всех школ с ИСБ"
        head = f"{schools} квартилем ИСБ стоит {different[0]}" if different else _NUMBERS_ALONE
        _tell(notes, unsure, f"{head}: снизу его считают или сверху, не видно", sources)
        return {school: own for school, own in numbers.items() if own in (2, 3)}
    groups = {
        number: sorted(isb[school] for school, own in placed.items() if own == number)
        for number in different
    }
    upwards, downwards = _pairs(list(groups.values()))
    if downwards and downwards >= upwards:
        why = "квартили ИСБ не по порядку: у школ с меньшим ИСБ номер больше, нижний не узнать"
        _tell(notes, numbers, why, sources)
        return {}
    against = [school for school, own in placed.items() if _is_against(isb[school], own, groups)]
    for school in against:
        own = f"квартилем ИСБ стоит {numbers[school]}"
        why = f"{own}, но с ИСБ и квартилями других школ это не сходится"
        _tell(notes, [school], why, sources)
    return {school: own for school, own in numbers.items() if school not in against}


def _pairs(groups: Sequence[Sequence[Fraction]]) -> tuple[int, int]:
    """Return in how many pairs of schools the higher quartile has the higher ИСБ, or the lower."""
    upwards = downwards = 0
    for place, group in enumerate(groups):
        for higher in groups[place + 1 :]:
            for value in higher:
                upwards += bisect_left(group, value)
                downwards += len(group) - bisect_right(group, value)
    return upwards, downwards


def _is_against(value: Fraction, own: int, groups: Mapping[int, Sequence[Fraction]]) -> bool:
    """Return whether a lower quartile holds a higher ИСБ, or a higher one a lower ИСБ."""
    return any(
        group[-1] > value if number < own else number > own and group[0] < value
        for number, group in groups.items()
    )


def _tell_left_out(found: RegionIsb, notes: Notes) -> None:
    """Tell of the schools of which the region says nothing although it does of others."""
    for school, texts in notes.items():
        if not texts and school not in found.quartiles and school not in found.cutoffs:
            texts.append(
                "Регион назвал квартиль ИСБ других школ, а этой – нет; квартиль района вместо него "
                f"не берётся. {_ASK}"
            )


def _tell(notes: Notes, schools: Iterable[int], why: str, sources: Mapping[int, str]) -> None:
    for school in schools:
        notes[school].append(f"В файле региона ({sources[school]}) {why}; не учтено. {_ASK}")


def _said(values: Sequence[Fraction]) -> str:
    return f"стоит {', '.join(_figure(value) for value in values)}"


def _figure(value: Fraction) -> str:
    """Return the number as the file has it: 1; 35,5; of one without an end four decimals."""
    return short(value, 4)
