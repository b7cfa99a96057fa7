"""What became of an activity, as a column «Отметка о выполнении» of a file says it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from app.errors import ResourceError
from app.models.enums import ActivityStatus
from app.paths import resource

_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)")
_NUMBER = r"(?<![\d.,])\d{1,3}(?:[.,]\d+)?"
_UNIT = r" ?(?:%|процент\w*)"
_SHARE = _NUMBER + _UNIT
_SHARES = re.compile(f"({_NUMBER}){_UNIT}")
_ALL = 100


@dataclass(frozen=True, slots=True)
class State:
    """What a remark says: the state that it proposes, None when it is not certain.

    ``done_on`` is the one day that it names, for what was done.
    """

    text: str
    status: ActivityStatus | None = None
    done_on: date | None = None


def proposed_state(cells: Mapping[str, str]) -> State | None:
    """Return what the remark of an activity says; None when no cell is a remark.

    ``cells`` are those of columns without a field of ours, by title.  Of several remarks none is
    chosen when they say different things.
    """
    found = [read_state(text) for title, text in cells.items() if text and is_state_column(title)]
    if not found:
        return None
    text = "; ".join(one.text for one in found)
    same = {(one.status, one.done_on) for one in found}
    return State(text, *same.pop()) if len(same) == 1 else State(text)


def proposed_states(rows: Iterable[Mapping[str, str]]) -> Counter[ActivityStatus]:
    """Return how many activities get which state; ``rows`` are as ``proposed_state`` takes them."""
    found = (proposed_state(cells) for cells in rows)
    return Counter(one.status for one in found if one is not None and one.status is not None)


@lru_cache(maxsize=1024)
def is_state_column(title: str) -> bool:
    """Return whether the title of a column says that remarks on what was done stand below it."""
    text = _folded(title)
    return any(pattern.search(text) for pattern in _words().columns)


@lru_cache(maxsize=8192)
def read_state(text: str) -> State:
    """Return the state that a remark names; of «проведено, остальное перенесено» none is sure."""
    folded = _folded(text)
    words = _words()
    named = {state for state, pattern in words.states if pattern.search(folded)}
    if ActivityStatus.DONE in named and _share(folded) < _ALL:
        if not any(pattern.search(folded) for pattern in words.of_the_work):
            return State(text)  # «85 % педагогов охвачено, проведено»: not of the work
        named = {ActivityStatus.PARTLY}
    if named == {ActivityStatus.DONE, ActivityStatus.PARTLY}:
        named = {ActivityStatus.PARTLY}  # «выполнено частично»
    open_still = any(pattern.search(folded) for pattern in words.unfinished)
    if named == {ActivityStatus.MOVED} and folded.startswith("не "):
        open_still = False  # «не проведено, перенесено на март»
    if len(named) != 1 or open_still:
        return State(text)
    status = named.pop()
    return State(text, status, _day(folded) if status is ActivityStatus.DONE else None)


def _share(text: str) -> float:
    """Return the one share in per cent that a remark names; all of it where it names none."""
    found = [float(one.replace(",", ".")) for one in _SHARES.findall(text)]
    return found[0] if len(found) == 1 else _ALL


def _day(text: str) -> date | None:
    found = _DAY.findall(text)
    if len(found) != 1:
        return None
    day, month, year = map(int, found[0])
    try:
        return date(year, month, day)
    except ValueError:
        return None  # «31.02.2024»: the text stays, the day is nobody's


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .;")


@dataclass(frozen=True)
class _Words:
    columns: Sequence[re.Pattern[str]]
    unfinished: Sequence[re.Pattern[str]]
    states: Sequence[tuple[ActivityStatus, re.Pattern[str]]]
    of_the_work: Sequence[re.Pattern[str]]
    """How a share is said to be that of the work: «выполнено на 60 %», «60 % выполнено»."""


@lru_cache(maxsize=1)
def _words() -> _Words:
    try:
        body: Any = json.loads(resource("roadmap", "states.json").read_text(encoding="utf-8"))
        done = "|".join(
            word
            for one in body["states"]
            if ActivityStatus(one["state"]) is ActivityStatus.DONE
            for word in one["words"]
            if not word.startswith("^")
        )
        return _Words(
            [re.compile(one) for one in body["columns"]],
            [re.compile(one) for one in body["unfinished"]],
            [
                (ActivityStatus(one["state"]), re.compile(word))
                for one in body["states"]
                for word in one["words"]
            ],
            [
                re.compile(one.replace("<доля>", _SHARE).replace("<выполнено>", f"(?:{done})"))
                for one in body["of_the_work"]
            ],
        )
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise ResourceError(
            "Файл программы «roadmap/states.json» не читается.", "Установите программу заново."
        ) from error
