"""Neutral pictures: what is drawn, with nothing of how; frozen, so that documents can keep them.

Numbers are plain floats, None is «нет данных» and is drawn as such, never as a zero.  Every axis
begins at zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Value = float | None


class Unit(StrEnum):
    """What an axis measures; it fixes the scale and the decimals, so that pictures compare."""

    PERCENT = "percent"
    """0–100 %, written as whole per cents."""
    MARK = "mark"
    """0–5, written with two decimals."""
    SCORE = "score"
    """Test scores 0–100, written with one decimal."""
    COUNT = "count"
    """Whole numbers from 0 to a round one above the largest."""
    NUMBER = "number"
    """Any other quantity from 0 to a round number above the largest, with one decimal."""


class Tint(StrEnum):
    """Which family of colours the series of a picture take."""

    SERIES = "series"
    """Things beside each other."""
    YEARS = "years"
    """Steps of time: the last one is the strongest."""
    MARKS = "marks"
    """Marks from «2» to «5»."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers with one title, as many as the picture has groups."""

    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a picture: a threshold, or the figure of the district."""

    title: str
    value: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars in groups: a school and its years, a procedure and its measures."""

    title: str
    groups: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.PERCENT
    levels: tuple[Level, ...] = ()
    tint: Tint = Tint.SERIES
    note: str = ""
    """What the numbers are and of how many pupils; printed small under the picture."""
    reach: float = 0.0
    """The axis reaches at least so far, so that several pictures have one scale."""
    in_rows: bool = False
    """Never upright, however few there are."""

    def __post_init__(self) -> None:
        _same_length(self.groups, self.series)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over time: plan and fact of an indicator, a school and its district."""

    title: str
    steps: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.PERCENT
    levels: tuple[Level, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _same_length(self.steps, self.series)


@dataclass(frozen=True, slots=True)
class StackRow:
    """One bar of 100 %: shares of its parts, and of how many pupils."""

    title: str
    shares: tuple[float, ...]
    """Per cent by part; empty when nothing is known."""
    participants: int | None = None


@dataclass(frozen=True, slots=True)
class Stack:
    """Distributions below each other, each 100 % long."""

    title: str
    parts: tuple[str, ...]
    rows: tuple[StackRow, ...]
    tint: Tint = Tint.MARKS
    note: str = ""

    def __post_init__(self) -> None:
        if any(row.shares and len(row.shares) != len(self.parts) for row in self.rows):
            raise ValueError("every row of a stack has a share for each part")


@dataclass(frozen=True, slots=True)
class Boundary:
    """The lowest score of a mark; ``title`` names it where it is none, as the minimum score."""

    mark: int
    score: int
    title: str = ""

    @property
    def text(self) -> str:
        """What stands above the border."""
        return self.title or f"«{self.mark}»"


@dataclass(frozen=True, slots=True)
class Histogram:
    """Pupils by score, coloured by mark; ``counts[0]`` is the score ``first``."""

    title: str
    first: int
    counts: tuple[float, ...]
    boundaries: tuple[Boundary, ...] = ()
    """Where marks begin, lowest first; empty when the scale is not known."""
    unit: Unit = Unit.COUNT
    """COUNT for pupils, PERCENT for their share; a share takes a round top above the largest."""
    note: str = ""
    test: bool = False
    """Test scores of the ЕГЭ instead of primary ones."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of dots: the schools of a group, one of them our own."""

    title: str
    others: tuple[float, ...]
    """Values of the others, without their names: this is no league table."""
    own: Value = None
    levels: tuple[Level, ...] = ()
    """Figures of the group and of the district."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Where one school stands inside its group, a lane per procedure."""

    title: str
    own_title: str
    others_title: str
    lanes: tuple[Lane, ...]
    unit: Unit = Unit.PERCENT
    note: str = ""
    reach: float = 0.0
    """As in ``Bars``."""


@dataclass(frozen=True, slots=True)
class Heat:
    """A table of numbers whose cells are the darker, the larger (or the smaller) the number."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    steps: tuple[float, ...]
    """Four borders of the five grounds, ascending; a value on a border has the darker one."""
    unit: Unit = Unit.PERCENT
    note: str = ""
    low_is_dark: bool = False
    """The smaller, the darker: for shares of success."""

    def __post_init__(self) -> None:
        wrong = len(self.values) != len(self.rows)
        if wrong or any(len(row) != len(self.columns) for row in self.values):
            raise ValueError("a heat table has a value, maybe None, for every row and column")
        if len(self.steps) != 4 or list(self.steps) != sorted(self.steps):
            raise ValueError("a heat table has four ascending borders")


Chart = Bars | Lines | Stack | Histogram | Dots | Heat


def words(chart: Chart) -> tuple[str, ...]:
    """Return every text of a picture, for the check of fonts and for search."""
    match chart:
        case Bars():
            own = (*chart.groups, *_titles(chart.series), *_titles(chart.levels))
        case Lines():
            own = (*chart.steps, *_titles(chart.series), *_titles(chart.levels))
        case Stack():
            own = (*chart.parts, *_titles(chart.rows))
        case Histogram():
            own = ()
        case Dots():
            levels = (level.title for lane in chart.lanes for level in lane.levels)
            own = (chart.own_title, chart.others_title, *_titles(chart.lanes), *levels)
        case Heat():
            own = (*chart.columns, *chart.rows)
    return tuple(text for text in (chart.title, *own, chart.note) if text)


def _titles(items: tuple[Series | Level | StackRow | Lane, ...]) -> tuple[str, ...]:
    return tuple(item.title for item in items)


def _same_length(groups: tuple[str, ...], series: tuple[Series, ...]) -> None:
    if any(len(one.values) != len(groups) for one in series):
        raise ValueError("every series has a value, maybe None, for every group")
