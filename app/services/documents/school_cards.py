"""Gathering what is stored of a school into its card, on one page as long as that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import UserError
from app.models.enums import RecordKind
from app.services import (
    analysis,
    methodology,
    records,
    results,
    roadmap,
    schools,
    settings,
    support,
)
from app.services.decimals import whole_or_less
from app.services.documents.blocks import Content
from app.services.documents.content.school_card import (
    KIND,
    CardFacts,
    MeasureLine,
    ResultLine,
    RiskLine,
    Room,
    card_content,
)
from app.services.documents.office_words import in_office_words
from app.services.documents.rendering import fits
from app.services.documents.texts import sentences
from app.services.documents.wording import category_word, in_terms
from app.services.figures import figure_title
from app.services.methodology import (
    Classification,
    Outcome,
    ProcedureKey,
    RuleSet,
    SchoolVerdict,
    is_low,
)
from app.services.results import ResultRow
from app.services.roadmap.types import ActivityRow
from app.services.schools import SchoolCard
from app.services.workspace import Workspace

_YEARS_SHOWN = 3
_ROOMS = (
    Room(results=12, chart=True, passport=8, measures=8, marks=True),
    Room(results=8, chart=True, passport=8, measures=6, marks=True),
    Room(results=6, chart=True, passport=4, measures=4, marks=True),
    Room(results=4, chart=True, passport=2, measures=3, marks=True, signals=False),
    Room(results=3, chart=True, passport=4, measures=2, marks=True, signals=False),
    Room(results=3, chart=True, passport=2, measures=2, marks=True, warnings=False, signals=False),
    Room(results=3, chart=True, passport=0, measures=2, marks=True, warnings=False, signals=False),
    Room(results=4, chart=True, passport=2, measures=3, signals=False),
    Room(results=8, chart=False, passport=6, measures=6),
    Room(results=6, chart=False, passport=4, measures=4, signals=False),
    Room(results=4, chart=False, passport=2, measures=3, warnings=False, signals=False),
)
"""Tried one after another until the card fits its page."""
_IN_PASSPORT = (
    "low_income",
    "single_parent",
    "large_families",
    "parents_higher",
    "non_native",
    "on_record",
    "disabled_or_ovz",
    "ovz",
    "guardianship",
)
"""Figures of the social passport that a card shows, the ones of the ИСБ."""


@dataclass(frozen=True, slots=True)
class CardSources:
    """What the cards of all schools of a year are made from; read once for many cards."""

    found: Classification
    risks: support.RiskMatrix
    activities: tuple[ActivityRow, ...]
    """Of every roadmap, in the order of print."""


def card_sources(workspace: Workspace, year: int) -> CardSources:
    """Return what all cards of a year share."""
    views = (roadmap.open_roadmap(workspace, one.id) for one in roadmap.list_roadmaps(workspace))
    return CardSources(
        methodology.classify(workspace, year),
        support.risk_matrix(workspace, year),
        tuple(line for view in views for line in view.lines if isinstance(line, ActivityRow)),
    )


@in_office_words
def build_school_card(
    workspace: Workspace, school_id: int, year: int, known: CardSources | None = None
) -> Content:
    """Return the card of a school for a year.

    ``known`` is what all cards of the year share, where it was read already.  Parts are shortened,
    and said to be, until it fits one page; a card that cannot be made any shorter may take two.
    SchoolGone when there is no such school.
    """
    facts = card_facts(workspace, school_id, year, known)
    say = sentences(KIND)
    for room in _ROOMS:
        content = card_content(facts, room, say)
        if fits(content, 1):
            break
    return content


def card_facts(
    workspace: Workspace, school_id: int, year: int, known: CardSources | None = None
) -> CardFacts:
    """Return what is known of a school for its card; SchoolGone when there is no such school."""
    card = schools.school_card(workspace, school_id)
    details = settings.office(workspace)
    known = known or card_sources(workspace, year)
    found = known.found
    verdict = next(one for one in found.schools if one.school_id == school_id)
    rows = results.list_results(workspace, school_id=school_id)
    years = tuple(sorted({row.year for row in rows if row.year <= year}))[-_YEARS_SHOWN:]
    return CardFacts(
        office=details.full_name if details else "",
        profile=settings.get(workspace, settings.DOCUMENT_STANDARD),
        year=year,
        school=card.row.short_name,
        full_name=card.row.full_name or "",
        requisites=tuple(_requisites(card)),
        passport=tuple(_passport(workspace, school_id, year)),
        years=years,
        results=_results(rows, years, found.rules),
        category="нет данных" if _nothing_known(verdict) else category_word(verdict.category),
        standing=_standing(verdict),
        reason=verdict.reason_in(in_terms),
        distance="" if verdict.verdict.no_data else in_terms(verdict.verdict.distance.text),
        since=_since(workspace, school_id, year),
        warnings=verdict.warnings,
        region=_region(verdict),
        conditions=tuple(_conditions(verdict)),
        methodology=f"{found.rules.title}, версия {found.rules.version}",
        risks=_risks(known.risks, school_id),
        measures=tuple(_measures(known.activities, school_id)) or None,
        marks=analysis.school_pictures(workspace, school_id, year).marks,
        bands=tuple(_bands(workspace, school_id, year)),
        signals=_signals(workspace, school_id, year),
        signals_note=analysis.SIGNALS_NOTE,
    )


def _nothing_known(verdict: SchoolVerdict) -> bool:
    return verdict.verdict.no_data and verdict.decision is None


def _requisites(card: SchoolCard) -> Iterator[tuple[str, str]]:
    row = card.row
    known = (
        ("Вид", row.kind),
        ("Населённый пункт", row.settlement),
        ("Директор", row.director),
        ("Обучающихся", None if row.pupils is None else str(row.pupils)),
        ("Код ФИС ОКО", row.fisoko),
        ("Код РЦОИ", row.rcoi),
        ("Состояние", row.status.value),
    )
    return ((title, value) for title, value in known if value)


def _passport(workspace: Workspace, school_id: int, year: int) -> Iterator[tuple[str, str]]:
    passport = records.passport(workspace, school_id, year)
    figures = {figure.name: figure for figure in passport.figures} if passport else {}
    for name in _IN_PASSPORT:
        figure = figures.get(name)
        if figure is not None:
            share = "" if figure.share is None else f"{whole_or_less(figure.share)} %"
            count = "" if figure.value is None else str(figure.value)
            value = f"{count} ({share})" if count and share else count or share
            yield figure_title(RecordKind.PASSPORT, name), value


def _results(
    rows: tuple[ResultRow, ...], years: tuple[int, ...], rules: RuleSet
) -> tuple[ResultLine, ...]:
    by_procedure: dict[ProcedureKey, dict[int, ResultRow]] = {}
    for row in rows:
        procedure = ProcedureKey(row.kind, row.subject, row.grade)
        if rules.counts(procedure) and row.year in years:
            by_procedure.setdefault(procedure, {})[row.year] = row
    lines = [_result(key, found, years, rules) for key, found in by_procedure.items()]
    return tuple(sorted(lines, key=_worst_first))


def _worst_first(line: ResultLine) -> tuple[bool, float, str]:
    last = line.shares[-1]
    return (last is None, -(last or 0.0), line.title)


def _result(
    procedure: ProcedureKey, found: dict[int, ResultRow], years: tuple[int, ...], rules: RuleSet
) -> ResultLine:
    shares = tuple(found[year].percent_below if year in found else None for year in years)
    last = found.get(years[-1])
    return ResultLine(
        title=methodology.procedure_title(procedure),
        shares=shares,
        figures=_figures(last),
        low=last is not None and is_low(_outcome(procedure, last), rules),
    )


def _outcome(procedure: ProcedureKey, row: ResultRow) -> Outcome:
    below = row.n2 if row.below is None else row.below
    return Outcome(procedure, row.year, row.participants, below, given_percent=row.p2)


def _figures(row: ResultRow | None) -> str:
    below = None if row is None else row.n2 if row.below is None else row.below
    return "" if row is None or below is None else f"{below} из {row.participants}"


def _standing(verdict: SchoolVerdict) -> str:
    if verdict.decision is None:
        return "предложено по расчёту, решения ещё нет"
    day = verdict.decision.decided_at.astimezone().strftime("%d.%m.%Y")
    return f"{methodology.BASIS_TITLES[verdict.basis]}, {day}"


def _since(workspace: Workspace, school_id: int, year: int) -> str:
    try:
        return methodology.since_last_year(workspace, year, school_id)
    except UserError:
        return ""  # no methodology covers the year before: there is nothing to compare with


def _region(verdict: SchoolVerdict) -> str:
    listed = verdict.region
    return f"Список региона ({listed.source}): {listed.category}." if listed else ""


def _bands(workspace: Workspace, school_id: int, year: int) -> Iterator[str]:
    for line in analysis.ege_bands(workspace, year, school_id):
        if line.low is not None:
            yield f"{line.subject}: {analysis.band_text(line)}."


def _signals(workspace: Workspace, school_id: int, year: int) -> tuple[str, ...]:
    """Return the own signals that ask for a look; official marks stand among the warnings."""
    (found,) = analysis.bias_signals(workspace, year, school_id)
    return tuple(analysis.signal_text(row) for row in found.flagged)


def _conditions(verdict: SchoolVerdict) -> Iterator[str]:
    social, cluster = verdict.verdict.social, verdict.verdict.cluster
    if social is not None:
        yield social.text
    if verdict.verdict.resilient:
        yield "Резильентная: результаты не ниже медианы района (расчёт программы)."
    if cluster is not None:
        yield f"Кластер № {cluster.number}: {cluster.title.rstrip('.')}."


def _risks(matrix: support.RiskMatrix, school_id: int) -> tuple[RiskLine, ...] | None:
    if not matrix.cells:
        return None  # the office has assessed no school this year
    found = ((factor, matrix.cell(school_id, factor.key)) for factor in matrix.factors)
    return tuple(
        RiskLine(factor.title, support.words(cell.mark))
        for factor, cell in found
        if cell is not None and (cell.mark.actual or cell.mark.priority)
    )


def _measures(activities: tuple[ActivityRow, ...], school_id: int) -> Iterator[MeasureLine]:
    for line in activities:
        if school_id in {key for key, _ in line.schools}:
            yield MeasureLine(line.title, line.term, line.responsible, line.status.value)
