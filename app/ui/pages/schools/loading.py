"""Brings together what services know of schools; runs in the database worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.errors import UserError
from app.models.enums import RecordKind
from app.services import analysis, methodology, records, results, schools
from app.services.figures import figure_title
from app.services.methodology import ProcedureKey, RuleSet, SchoolVerdict, procedure_title
from app.services.records import Figure, Passport
from app.services.results import ResultRow
from app.services.schools import CodeValue, SchoolCard, SchoolRow
from app.services.workspace import Workspace
from app.ui.category_chips import category_word
from app.ui.levels import mark_of, share_of
from app.ui.numbers import hundredths, tenths, whole
from app.ui.office_words import said
from app.ui.pages.schools.conditions import conditions
from app.ui.pages.schools.lines import Card, ProcedureLine, Requisite, ResultCell, SchoolLine

_NO_BREAK = "\N{NO-BREAK SPACE}"
_IN_THE_HEAD = {"short_name", "full_name"}
"""Fields that the card shows as its title."""


def load_lines(workspace: Workspace, year: int | None) -> tuple[SchoolLine, ...]:
    """Return the list of schools with their categories in ``year``."""
    verdicts, problem = _verdicts(workspace, year)
    return tuple(
        _line(row, verdicts.get(row.id), problem, year) for row in schools.list_schools(workspace)
    )


def load_card(workspace: Workspace, school_id: int, year: int | None) -> Card | None:
    """Return the card of a school; None when it has left the register since it was listed.

    Taking back a load does that: the list without the school is on its way already.
    """
    try:
        card = schools.school_card(workspace, school_id)
    except schools.SchoolGone:
        return None
    verdicts, problem = _verdicts(workspace, year)
    verdict = verdicts.get(school_id)
    rows = results.list_results(workspace, school_id=school_id)
    passport = _passport(workspace, school_id, year)
    shown = rows[0].year if rows and year is None else year
    pictures = analysis.school_pictures(workspace, school_id, shown) if shown else None
    return Card(
        line=_line(card.row, verdict, problem, year),
        full_name=card.row.full_name or "",
        year=year if verdict else None,
        distance=said(verdict.verdict.distance.text) if verdict else "",
        warnings=tuple(map(said, verdict.warnings)) if verdict else (),
        decision=_decision(verdict) if verdict else "",
        computed_reason=_computed_reason(verdict) if verdict else "",
        calculated=said(verdict.verdict.reason) if verdict else problem,
        years=tuple(sorted({row.year for row in rows})),
        procedures=_procedures(workspace, rows),
        requisites=tuple(_requisites(card)),
        passport=tuple(_figure(figure) for figure in passport.figures) if passport else (),
        passport_year=passport.year if passport else None,
        bias=tuple(_bias(workspace, school_id)),
        conditions=tuple(conditions(verdict)) if verdict else (),
        deficits=_deficits(verdict),
        since=_since(workspace, year, school_id) if verdict and year else "",
        signals=_signals(workspace, school_id, year) if year else "",
        bars=pictures.bars if pictures else None,
        marks=pictures.marks if pictures else None,
        scores=pictures.scores if pictures else (),
        bands=tuple(_bands(workspace, school_id, shown)) if shown else (),
    )


def _deficits(found: SchoolVerdict | None) -> tuple[str, ...] | None:
    social = found.verdict.social if found else None
    marked = social.evidence.deficits if social else None
    return None if marked is None else tuple(sorted(kind.value for kind in marked))


def _since(workspace: Workspace, year: int, school_id: int) -> str:
    try:
        return said(methodology.since_last_year(workspace, year, school_id))
    except UserError:
        return ""  # no methodology covers the year before: there is nothing to compare with


def _verdicts(workspace: Workspace, year: int | None) -> tuple[Mapping[int, SchoolVerdict], str]:
    if year is None:
        return {}, ""
    try:
        found = methodology.classify(workspace, year)
    except UserError as error:
        return {}, str(error)  # shown instead of the reason: the list itself is still of use
    return {verdict.school_id: verdict for verdict in found.schools}, ""


def _line(
    row: SchoolRow, found: SchoolVerdict | None, problem: str, year: int | None
) -> SchoolLine:
    decided = found.decision.category if found and found.decision else None
    computed = found.verdict.category if found and not found.verdict.no_data else None
    codes = [("ФИС ОКО", row.fisoko), ("РЦОИ", row.rcoi)]
    return SchoolLine(
        id=row.id,
        name=row.short_name,
        kind=row.kind,
        settlement=row.settlement,
        pupils=row.pupils,
        computed=computed,
        decided=decided,
        low=_low(found, year),
        reason=found.reason_in(said) if found else problem,
        warnings=said(" ".join(found.warnings)) if found else "",
        search_key=" ".join(
            (row.search_key, _folded(row.settlement), row.fisoko or "", row.rcoi or "")
        ),
        codes=", ".join(f"{system} {code}" for system, code in codes if code),
        judged=found is not None,
    )


def _low(found: SchoolVerdict | None, year: int | None) -> int | None:
    if found is None or found.verdict.no_data:
        return None
    return sum(outcome.year == year for outcome in found.verdict.low)


def _folded(text: str | None) -> str:
    return (text or "").casefold().replace("ё", "е")


def _decision(found: SchoolVerdict) -> str:
    decision = found.decision
    if decision is None:
        return ""
    day = decision.decided_at.astimezone().strftime("%d.%m.%Y")
    if not decision.reason:
        return f"Категория подтверждена {day}."
    return f"Решение от {day}: {category_word(decision.category)}. Причина: {decision.reason}"


def _computed_reason(found: SchoolVerdict) -> str:
    if not found.disagreement:
        return ""
    nothing = found.verdict.no_data
    word = "нет данных" if nothing else category_word(found.verdict.category)
    return f"По расчёту: {word}. {said(found.verdict.reason)}"


def _procedures(workspace: Workspace, rows: Iterable[ResultRow]) -> tuple[ProcedureLine, ...]:
    rules: dict[int, RuleSet | None] = {}
    cells: dict[ProcedureKey, dict[int, ResultCell]] = {}
    for row in rows:
        if row.year not in rules:
            rules[row.year] = _rules(workspace, row.year)
        procedure = ProcedureKey(row.kind, row.subject, row.grade)
        cells.setdefault(procedure, {})[row.year] = ResultCell(
            result_id=row.id,
            percent=share_of(row, rules[row.year]),
            below=row.n2 if row.below is None else row.below,
            participants=row.participants,
            mark=mark_of(row, rules[row.year]),
        )
    return tuple(
        ProcedureLine(procedure_title(key), found)
        for key, found in sorted(cells.items(), key=_procedure_order)
    )


def _procedure_order(item: tuple[ProcedureKey, object]) -> tuple[int, str, int]:
    kinds = list(type(item[0].kind))
    return (kinds.index(item[0].kind), item[0].subject, item[0].grade)


def _rules(workspace: Workspace, year: int) -> RuleSet | None:
    try:
        return methodology.rules_for(workspace, year)
    except UserError:
        return None  # no methodology covers the year: its results are shown without marks


def _passport(workspace: Workspace, school_id: int, year: int | None) -> Passport | None:
    """Return the passport of the year that is shown, or the newest there is."""
    own = records.passport(workspace, school_id, year) if year else None
    return own or records.passport(workspace, school_id)


def _figure(figure: Figure) -> Requisite:
    count = hundredths(figure.value) if isinstance(figure.value, float) else whole(figure.value)
    share = f"{tenths(figure.share)} %" if figure.share is not None else ""
    shown = f"{count} ({share})" if count and share else count or share
    shown = shown.replace(" ", _NO_BREAK)
    return Requisite(figure.title, shown, figure.source or figure.share_source)


def _bias(workspace: Workspace, school_id: int) -> Iterable[Requisite]:
    for row in records.list_records(workspace, RecordKind.BIAS, school_id=school_id):
        marked = sorted(name for name in row.data if name != "total" and row.data[name] == 1)
        if marked:
            titles = ", ".join(figure_title(row.kind, name) for name in marked)
            source = records.sources(workspace, row.id).get(marked[0])
            yield Requisite(f"ВПР {row.year}", titles, source)


def _bands(workspace: Workspace, school_id: int, year: int) -> Iterable[Requisite]:
    for line in analysis.ege_bands(workspace, year, school_id):
        yield Requisite(line.subject, analysis.band_text(line), None)


def _signals(workspace: Workspace, school_id: int, year: int) -> str:
    (found,) = analysis.bias_signals(workspace, year, school_id)
    return analysis.signals_text(found)


def _requisites(card: SchoolCard) -> Iterable[Requisite]:
    ending = card.ending
    if ending is not None:
        where = f"к школе «{ending.successor.name}», " if ending.successor else ""
        day = f"{ending.ended_on:%d.%m.%Y}, " if ending.ended_on else ""
        title = card.row.status.value.capitalize()
        yield Requisite(title, f"{where}{day}{ending.reason}", None)
    for one in card.joined:
        since = f", с {one.on:%d.%m.%Y}" if one.on else ""
        yield Requisite("К ней присоединена", f"{one.name}{since}", None)
    for field in card.fields:
        if field.field not in _IN_THE_HEAD:
            yield Requisite(field.title, field.value, field.source)
    for code in card.codes:
        yield Requisite(f"Код {code.system.value}", _code(code), code.source)
    for alias in card.aliases:
        yield Requisite("Также называется", alias.name, alias.source)


def _code(code: CodeValue) -> str:
    days = [
        f"{word} {day:%d.%m.%Y}" for word, day in (("с", code.since), ("по", code.until)) if day
    ]
    notes = [*days] if code.current else ["прежний", *days]
    return f"{code.code} ({', '.join(notes)})" if notes else code.code
