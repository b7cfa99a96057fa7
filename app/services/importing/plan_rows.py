"""Roadmaps of a load: compared with the stored ones, and what in them a person should look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.models.enums import ActivityStatus
from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import PlanFact
from app.services.importing.grid import address
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.plan import ChangeKind, Decisions, PlanChoice, PlanProposal
from app.services.importing.state import Stored
from app.services.importing.writes import PlanWrite, Writes
from app.services.roadmap import (
    Years,
    names_of,
    parse_term,
    proposed_state,
    proposed_states,
    same_plan,
    split_term,
    stored_plans,
    unknown_names,
)
from app.services.roadmap.facts import Plan, PlanHead, PlanLine

_UNNAMED = "Дорожная карта"
_NO_NAME = re.compile(r"(?:лист|sheet|таблиц)\w*\s*[\d–-]*(?:\s*\(.*)?$", re.IGNORECASE)
"""Names that Excel, or the reader of Word tables, gives by itself."""
_LISTED = 8
"""So many names are listed in one sentence."""
_PROPOSED, _DECLINED = "предложены состояния", "состояния не ставятся"
_LOOK_AT_STATES = (
    "Текст отметок сохранён; проверьте состояния на вкладке «Дорожная карта». Если они не нужны, "
    "снимите отметку «Проставить состояния» (в командной строке – --no-states)."
)
_WITHOUT_STATES = "Мероприятия останутся запланированными, текст отметок сохранён."
_ASKED = "Проверьте срок в плане или исправьте его после загрузки: в напоминания он не попадёт."


def load_plans(
    session: Session, stored: Stored, files: Sequence[LoadedFile], decisions: Decisions
) -> None:
    """Put the roadmaps into ``stored`` that have a title which the files give."""
    plans = [plan for plan, *_ in _plans(files, decisions)]
    titles = {plan.head.title for plan in plans}
    cells = (_responsible(line) for plan in plans for line in plan.lines)
    stored.nobody.update(unknown_names(session, cells))
    if titles:
        stored.plans.update(stored_plans(session, titles))


def plan_tables(draft: Draft, stored: Stored, decisions: Decisions, writes: Writes) -> None:
    """Plan the roadmaps of one file: all of their lines go in, or none."""
    for plan, choice, sheet in _plans([draft.file], decisions):
        spots = [
            Spot(draft, sheet, block, fact)
            for block in sheet.extract.blocks
            for fact in block.facts
            if isinstance(fact, PlanFact)
        ]
        known = stored.plans.get(plan.head.title, [])
        waits = any(draft.keeps_out(spot) for spot in spots)
        new = choice.take and not waits and not any(same_plan(plan, one) for one in known)
        _record(draft, spots, plan, _kind(new=new, waits=waits))
        remarks = proposed_states(line.extra for line in plan.lines)
        proposal = PlanProposal(
            sheet.sheet, plan, choice.programme_id, new, remarks.total(), choice.states
        )
        draft.plans.append(proposal)
        if not new:
            continue
        _tell_terms(spots, plan)
        _tell_nobody(spots, plan, stored)
        _tell_states(spots, plan, remarks, taken=choice.states)
        if known:
            draft.warn(
                spots[0],
                f"Дорожная карта «{plan.head.title}» уже есть, но с другими строками: эта встанет "
                "рядом с ней.",
                None,
                "После загрузки удалите ту, что не нужна.",
            )
        block = writes.block(draft.index, spots[0].block)
        writes.plans.append(PlanWrite(plan, choice.programme_id, block, choice.states))


def _kind(*, new: bool, waits: bool) -> ChangeKind:
    if waits:
        return ChangeKind.QUARANTINED
    return ChangeKind.NEW if new else ChangeKind.UNCHANGED


def _plans(
    files: Sequence[LoadedFile], decisions: Decisions
) -> Iterator[tuple[Plan, PlanChoice, LoadedSheet]]:
    for file in files:
        for sheet in file.sheets:
            head = sheet.extract.plan
            if head is None:
                continue
            lines = tuple(
                fact.line
                for block in sheet.extract.blocks
                for fact in block.facts
                if isinstance(fact, PlanFact)
            )
            choice = decisions.plans.get((file.path, sheet.sheet), PlanChoice())
            yield Plan(_chosen(head, choice, sheet.sheet), lines), choice, sheet


def _chosen(head: PlanHead, choice: PlanChoice, sheet: str) -> PlanHead:
    """Return the head as a person wants it; a table without a title is called as its sheet is."""
    named = "" if _NO_NAME.match(sheet) else sheet
    first, last = choice.years or (head.first_year, head.last_year)
    return replace(
        head,
        title=choice.title or head.title or named or _UNNAMED,
        mode=choice.mode or head.mode,
        first_year=first,
        last_year=last,
    )


def _record(draft: Draft, spots: Sequence[Spot], plan: Plan, kind: ChangeKind) -> None:
    for spot, line in zip(spots, plan.lines, strict=True):
        text = " ".join(f"{line.number} {line.title}".split())
        draft.record(spot, kind, "", text or f"Строка {line.row}")


def _tell_terms(spots: Sequence[Spot], plan: Plan) -> None:
    """Warn of each deadline that is not understood, once per text."""
    head = plan.head
    years = None
    if head.first_year is not None and head.last_year is not None:
        years = Years(head.first_year, head.last_year)
    column = next(
        (at for at, one in enumerate(head.columns) if one.field in ("term", "who_when")), None
    )
    for spot, line in zip(spots, plan.lines, strict=True):
        term = parse_term(_term(line), years)
        if term.marked:
            cell = None if column is None else address(line.row - 1, column)
            named = term.problem.startswith("Срок «")
            text = " ".join(term.text.split())
            said = term.problem if named else f"Срок «{text}»: {term.problem}"
            spot.draft.warn(spot, said, cell, _ASKED)


def _tell_nobody(spots: Sequence[Spot], plan: Plan, stored: Stored) -> None:
    """Warn once of those who answer for something and stand in no directory."""
    names = dict.fromkeys(name for line in plan.lines for name in names_of(_responsible(line)))
    strange = [name for name in names if name in stored.nobody]
    if strange:
        listed = ", ".join(f"«{name}»" for name in strange[:_LISTED])
        more = f" и ещё {len(strange) - _LISTED}" if len(strange) > _LISTED else ""
        spots[0].draft.warn(
            spots[0],
            f"Этих ответственных нет в справочнике людей и организаций: {listed}{more}.",
            None,
            "Они сохранены как написаны; внесите их в справочник, чтобы отбирать по ним.",
        )


def _tell_states(
    spots: Sequence[Spot], plan: Plan, remarks: Counter[ActivityStatus], *, taken: bool
) -> None:
    """Tell which states the remarks of a plan propose, and which remarks say nothing certain."""
    states = (proposed_state(line.extra) for line in plan.lines)
    unsure = list(dict.fromkeys(one.text for one in states if one and one.status is None))
    if remarks:
        listed = ", ".join(f"{state.value} – {count}" for state, count in remarks.items())
        spots[0].draft.warn(
            spots[0],
            f"По отметкам о выполнении {_PROPOSED if taken else _DECLINED}: {listed}.",
            None,
            _LOOK_AT_STATES if taken else _WITHOUT_STATES,
        )
    if unsure:
        listed = ", ".join(f"«{' '.join(text.split())[:60]}»" for text in unsure[:_LISTED])
        more = f" и ещё {len(unsure) - _LISTED}" if len(unsure) > _LISTED else ""
        spots[0].draft.warn(
            spots[0],
            f"Отметки, по которым состояние не ясно: {listed}{more}.",
            None,
            "Такие мероприятия остались запланированными, текст отметок сохранён.",
        )


def _responsible(line: PlanLine) -> str:
    both = line.cells.get("who_when", "")
    return split_term(both)[0] if both else line.cells.get("responsible", "")


def _term(line: PlanLine) -> str:
    both = line.cells.get("who_when", "")
    return split_term(both)[1] if both else line.cells.get("term", "")
