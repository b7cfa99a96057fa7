"""What the tab shows: lines of the list and the content of a card, ready to be displayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.models.enums import Category
from app.services.source import Source
from app.ui.category_chips import category_chip
from app.ui.itemmodels.columns import Chip, Mark, Sign
from app.ui.numbers import Share
from app.ui.theme.colors import Tone

if TYPE_CHECKING:
    # The list stands in the first paint, the pictures of a card do not.
    from app.services.charts import Chart


class SchoolLine(NamedTuple):
    """One school in the list.  ``computed`` None: there are no results to compute it from."""

    id: int
    name: str
    kind: str | None
    settlement: str | None
    pupils: int | None
    computed: Category | None
    decided: Category | None
    """What a person decided for the year; None while the computed category is only proposed."""
    low: int | None
    """Number of low procedures of the year that the methodology counts; None without data."""
    reason: str
    """Sentence of the category that is shown."""
    warnings: str
    search_key: str
    codes: str
    judged: bool = True
    """False while the categories are still being computed, or when they cannot be."""

    @property
    def category(self) -> Category | None:
        """The category that counts: decided if there is a decision, otherwise computed."""
        return self.decided or self.computed


def unjudged(
    school_id: int,
    name: str,
    kind: str | None,
    settlement: str | None,
    pupils: int | None,
    search_key: str,
) -> SchoolLine:
    """Return the line of a school whose category has not been computed yet."""
    return SchoolLine(
        school_id,
        name,
        kind,
        settlement,
        pupils,
        computed=None,
        decided=None,
        low=None,
        reason="",
        warnings="",
        search_key=search_key,
        codes="",
        judged=False,
    )


class ResultCell(NamedTuple):
    """A share in the table of a card; per cent of «2» or below the minimum score."""

    result_id: int
    percent: Share | None
    below: int | None
    participants: int
    mark: Mark | None
    """Set when the share reaches the threshold of a low result."""


class ProcedureLine(NamedTuple):
    """A procedure over the years."""

    title: str
    cells: dict[int, ResultCell]


class Requisite(NamedTuple):
    """A field of the school with the cell it came from."""

    title: str
    value: str
    source: Source | None


class Card(NamedTuple):
    """Everything that the detail panel shows of one school."""

    line: SchoolLine
    full_name: str
    year: int | None
    distance: str
    warnings: tuple[str, ...]
    decision: str
    """Sentence about the decision and its reason; empty without one."""
    computed_reason: str
    """Why the rules say what they say, when the decision differs from them; otherwise empty."""
    calculated: str
    """What the rules alone say, whatever a person decided; or why they say nothing."""
    years: tuple[int, ...]
    procedures: tuple[ProcedureLine, ...]
    requisites: tuple[Requisite, ...]
    passport: tuple[Requisite, ...] = ()
    """Figures of the social passport, «89 (17,7 %)»."""
    passport_year: int | None = None
    bias: tuple[Requisite, ...] = ()
    """Marks of bias by year, of the lists that were loaded."""
    conditions: tuple[Requisite, ...] = ()
    """ШНСУ, the parts of the ИСБ, cluster, the region's list."""
    deficits: tuple[str, ...] | None = None
    """Kinds of resources marked as short; None while nobody has looked."""
    since: str = ""
    """What changed since the year before; empty without a year."""
    signals: str = ""
    """Own signals with formula and sample; they never change a category."""
    bars: Chart | None = None
    """The share of «2» by procedure and year; None without results of the year."""
    marks: Chart | None = None
    """The distribution of marks of the year."""
    scores: tuple[Chart, ...] = ()
    """Pupils by score, of the largest groups of the year."""
    bands: tuple[Requisite, ...] = ()
    """Scores of the ЕГЭ in three bands by subject."""


def shown_category(line: SchoolLine) -> Chip | None:
    """Return the chip of the list; none while there is no category at all."""
    return category_chip(line.category) if line.judged else None


def decision_chip(line: SchoolLine) -> Chip | None:
    """Return whether the category is only proposed, confirmed, or changed by a person."""
    if line.decided is None:
        return Chip(Tone.INFO, Sign.DOT, "предложено") if line.computed else None
    if line.decided == line.computed:
        return Chip(Tone.SUCCESS, Sign.CHECK, "подтверждено")
    return Chip(Tone.WARNING, Sign.ALERT, "изменено")
