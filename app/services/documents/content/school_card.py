"""The card of a school on one page: who it is, results, category and why, risks and measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.services import decimals
from app.services.charts.types import Bars, Series, Stack, Tint
from app.services.documents.blocks import Block, Chart, Content, Heading, Meta, Paragraph, Role, Run
from app.services.documents.content.facts import Say
from app.services.documents.language import typeset
from app.services.documents.tables import Align, Cell, Column, Row, Table

KIND = "school_card"
_MOST_DRAWN = 4
"""Procedures in a picture: it shares the page with all the rest."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A procedure over the years: shares of low results in per cent, None where not known."""

    title: str
    shares: tuple[float | None, ...]
    figures: str
    """Of the last year: «3 из 10»; empty without it."""
    low: bool
    """Whether the last year reaches the threshold."""


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk factor of the school and what is said of it."""

    factor: str
    words: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure planned for the school."""

    title: str
    term: str
    responsible: str
    status: str


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Everything that a card says; what is not known is an empty text and is left out.

    ``risks`` and ``measures`` None: the office does not keep them; empty: there are none.
    """

    office: str
    profile: str
    year: int
    school: str
    full_name: str
    requisites: tuple[tuple[str, str], ...]
    passport: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    results: tuple[ResultLine, ...]
    """The worst first."""
    category: str
    standing: str
    reason: str
    distance: str
    since: str
    warnings: tuple[str, ...]
    region: str
    conditions: tuple[str, ...]
    """Sentences about ИСБ, cluster, short resources."""
    methodology: str
    risks: tuple[RiskLine, ...] | None = None
    measures: tuple[MeasureLine, ...] | None = None
    marks: Stack | None = None
    """The distribution of marks of the year; None where no marks are known."""
    bands: tuple[str, ...] = ()
    """Scores of the ЕГЭ in three bands, a sentence per subject where they are known."""
    signals: tuple[str, ...] = ()
    """Own signals that ask for a look, with formula and sample."""
    signals_note: str = ""
    """What the signals do not mean; printed wherever there is one."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each part a page has room for."""

    results: int
    chart: bool
    passport: int
    measures: int
    warnings: bool = True
    marks: bool = False
    """The distribution of marks beside the bars by year."""
    signals: bool = True
    """Own signals in full, else only how many there are."""


def card_content(facts: CardFacts, room: Room, say: Say) -> Content:
    """Return the card with as much of each part as there is room for; what is left out is said."""
    title = say("title", school=facts.school, year=str(facts.year))
    blocks: list[Block] = [Heading(typeset(title)), _who(facts, room, say)]
    rest = len(facts.passport) - room.passport
    if rest > 0:
        blocks.append(_note(say("passport_left_out", number=str(rest))))
    blocks += _status(facts, room, say)
    blocks += _results(facts, room, say)
    blocks += _support(facts, room, say)
    blocks.append(_note(say("method", methodology=facts.methodology)))
    meta = Meta(typeset(facts.office), facts.year)
    return Content(typeset(title), KIND, facts.profile, tuple(blocks), meta)


def _who(facts: CardFacts, room: Room, say: Say) -> Table:
    """Return the requisites in two pairs of columns under the full name."""
    pairs = [*facts.requisites, *facts.passport[: room.passport]]
    rows: list[Row] = []
    if facts.full_name:
        rows.append((_text(say("full_name"), bold=True), Cell(typeset(facts.full_name), columns=3)))
    for left, right in _in_pairs(pairs):
        rows.append((*_pair(left), *_pair(right)))
    columns = (Column("", 21.0), Column("", 29.0), Column("", 29.0), Column("", 21.0))
    return Table(columns, tuple(rows), headed=False)


def _in_pairs(
    pairs: Sequence[tuple[str, str]],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    half = (len(pairs) + 1) // 2
    rest = [*pairs[half:], ("", "")]
    yield from zip(pairs[:half], rest, strict=False)


def _pair(pair: tuple[str, str]) -> tuple[Cell, Cell]:
    return (_text(pair[0], bold=True), _text(pair[1]))


def _text(text: str, *, bold: bool = False) -> Cell:
    return Cell(typeset(text), bold=bold)


def _status(facts: CardFacts, room: Room, say: Say) -> Iterator[Block]:
    head = say("category", category=facts.category, standing=facts.standing)
    yield Paragraph((Run(typeset(head), bold=True),), Role.CAPTION)
    texts = [facts.reason, facts.distance, facts.since, facts.region, *facts.conditions]
    yield _plain(" ".join(text for text in texts if text))
    if facts.warnings and room.warnings:
        yield _plain(say("warnings", warnings=" ".join(facts.warnings)), italic=True)
    elif facts.warnings:
        yield _plain(say("warnings_left_out", number=str(len(facts.warnings))), italic=True)
    if facts.signals and room.signals:
        yield _plain(" ".join((*facts.signals, facts.signals_note)), italic=True)
    elif facts.signals:
        yield _plain(say("signals_left_out", number=str(len(facts.signals))), italic=True)


def _results(facts: CardFacts, room: Room, say: Say) -> Iterator[Block]:
    if not facts.results:
        yield _plain(say("no_results", year=str(facts.year)))
        return
    yield Paragraph((Run(typeset(say("results")), bold=True),), Role.CAPTION)
    yield _table(facts, room, say)
    rest = len(facts.results) - room.results
    if rest > 0:
        yield _note(say("results_left_out", number=str(rest)))
    if facts.bands:
        yield _note(say("bands", bands=" ".join(facts.bands)))
    if room.chart and len(facts.years) > 1:
        yield Chart(_bars(facts, room, say), grey=True)
    if room.marks and facts.marks is not None:
        rows = facts.marks.rows[: min(room.results, _MOST_DRAWN)]
        yield Chart(replace(facts.marks, rows=rows, note=""), grey=True)


def _table(facts: CardFacts, room: Room, say: Say) -> Table:
    columns = (
        Column(say("column_procedure"), 40.0),
        *(Column(str(year), 11.0, Align.RIGHT) for year in facts.years),
        Column(say("column_change"), 16.0, Align.RIGHT),
        Column(say("column_figures"), 16.0, Align.RIGHT),
    )
    rows = [_result(line, say) for line in facts.results[: room.results]]
    return Table(columns, tuple(rows))


def _result(line: ResultLine, say: Say) -> Row:
    shares = [Cell(_percent(share, say), bold=line.low) for share in line.shares]
    change = _text(_change(line.shares, say))
    return (_text(line.title, bold=line.low), *shares, change, _text(line.figures or say("dash")))


def _percent(share: float | None, say: Say) -> str:
    return say("dash") if share is None else decimals.whole_or_less(share)


def _change(shares: Sequence[float | None], say: Say) -> str:
    """Return by how many points the last year differs from the year before it."""
    if len(shares) < 2 or shares[-1] is None or shares[-2] is None:
        return say("dash")
    points = decimals.exact(shares[-1]) - decimals.exact(shares[-2])
    sign = "+" if points > 0 else ""
    return f"{sign}{decimals.not_zero(points, decimals.MINUS)}"


def _bars(facts: CardFacts, room: Room, say: Say) -> Bars:
    """Return the worst procedures over the years: every year one series."""
    worst = facts.results[: min(room.results, _MOST_DRAWN)]
    series = tuple(
        Series(str(year), tuple(line.shares[place] for line in worst))
        for place, year in enumerate(facts.years)
    )
    titles = tuple(typeset(line.title) for line in worst)
    return Bars(typeset(say("chart")), titles, series, tint=Tint.YEARS, in_rows=True)


def _support(facts: CardFacts, room: Room, say: Say) -> Iterator[Block]:
    if facts.risks is not None:
        listed = "; ".join(f"{risk.factor} – {risk.words}" for risk in facts.risks)
        yield _headed(say("risks"), listed or say("no_risks"))
    if not facts.measures:
        return
    yield Paragraph((Run(typeset(say("measures")), bold=True),), Role.CAPTION)
    titles = ("column_measure", "column_term", "column_responsible", "column_status")
    weights = (48.0, 17.0, 22.0, 13.0)
    yield Table(
        tuple(Column(say(title), weight) for title, weight in zip(titles, weights, strict=True)),
        tuple(
            (typeset(m.title), typeset(m.term), typeset(m.responsible), typeset(m.status))
            for m in facts.measures[: room.measures]
        ),
    )
    rest = len(facts.measures) - room.measures
    if rest > 0:
        yield _note(say("measures_left_out", number=str(rest)))


def _headed(head: str, text: str) -> Paragraph:
    return Paragraph((Run(f"{typeset(head)} ", bold=True), Run(typeset(text))), Role.NOTE)


def _plain(text: str, *, italic: bool = False) -> Paragraph:
    return Paragraph((Run(typeset(text), italic=italic),), Role.NOTE)


def _note(text: str) -> Paragraph:
    return Paragraph((Run(typeset(text)),), Role.NOTE)
