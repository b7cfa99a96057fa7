"""Frozen types of what a text claims in figures and of what the tables say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Unit(Enum):
    """What a figure of a text is measured in; the value is its sign after the figure."""

    COUNT = ""
    PERCENT = "%"
    ROUBLES = "руб."
    SCORE = "балла"
    YEARS = "лет"
    OTHER = "?"
    """Named in the text and comparable with no table: percentage points and the like."""


class Bound(Enum):
    """How a text limits a figure; the value names the list of words in the vocabulary."""

    EXACT = "exact"
    NEAR = "near"
    MORE = "more"
    LESS = "less"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: its value in units, and how exactly it is written.

    ``step`` is one unit of its last written place: 0,1 of «34,5», a million of «6 млн».
    """

    value: Fraction
    step: Fraction = Fraction(1)
    unit: Unit = Unit.COUNT
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says in one figure: of what, of which year (None: it names none).

    ``about`` narrows the measure: the indicator, the procedure, the source of money.
    """

    measure: str
    figure: Figure
    year: int | None
    said: str
    """The figure as it is written, with its unit and bound."""
    quote: str
    """The words around it."""
    about: frozenset[str] = frozenset()
    role: str = ""
    """«base», «plan» or «fact» of an indicator; empty where the text does not say."""
    span: tuple[int, ...] = ()
    """The first and last years that the words name: of a part of the term there is no table."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of a table.

    ``year`` None holds for any year.  ``title`` says what it counts, ``table`` where it stands.
    """

    measure: str
    value: Fraction
    title: str
    table: str
    year: int | None = None
    unit: Unit = Unit.COUNT
    about: frozenset[str] = frozenset()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A figure of a text and the figure of a table that says otherwise."""

    claim: Claim
    known: Known
