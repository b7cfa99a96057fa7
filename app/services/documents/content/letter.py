"""Letters to schools: a reminder of what is not handed in, a file sent back to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from app.services.documents import blanks
from app.services.documents.blocks import (
    Addressee,
    Align,
    Block,
    Cell,
    Column,
    Content,
    Heading,
    Letterhead,
    Meta,
    Paragraph,
    Registration,
    Role,
    Row,
    Run,
    Signature,
    Table,
)
from app.services.documents.content.facts import OfficeFacts, Say
from app.services.documents.language import date_in_words, initials, typeset

REMINDER, RETURN = "letter_reminder", "letter_return"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What every letter says; ``to`` are the lines under the post of the addressee.

    An empty ``to`` means all heads of schools.  What is None or empty is a blank on paper.
    """

    office: OfficeFacts
    year: int
    profile: str
    to: tuple[str, ...] = ()
    deadline: date | None = None
    number: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What one school has not handed in: the form, or several, and what of it."""

    school: str
    form: str
    missing: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding of a file: where, what, and what to do."""

    sheet: str
    cell: str
    message: str
    hint: str


def reminder_content(facts: LetterFacts, owed: tuple[Owed, ...], today: date, say: Say) -> Content:
    """Return the reminder; with one addressee the column of schools is left out."""
    year = str(facts.year)
    lead = "lead_one" if facts.to else "lead_all"
    body: list[Block] = [
        _text(say(lead, today=date_in_words(today), year=year)),
        _owed(facts, owed, say),
        _text(say("ask", deadline=_deadline(facts))),
        _text(say("excuse", year=year)),
    ]
    return _letter(facts, REMINDER, say("title", year=year), body, say)


def return_content(
    facts: LetterFacts, file: str, faults: tuple[Fault, ...], no_copy: str, say: Say
) -> Content:
    """Return the letter that goes with a file to be mended; ``no_copy`` says why it goes alone."""
    copy = say("no_copy", reason=no_copy) if no_copy else say("copy")
    body: list[Block] = [
        _text(say("lead", file=file)),
        _faults(faults, say),
        _text(copy),
        _text(say("ask", deadline=_deadline(facts))),
    ]
    return _letter(facts, RETURN, say("title"), body, say)


def _letter(facts: LetterFacts, kind: str, title: str, body: list[Block], say: Say) -> Content:
    office = facts.office
    names = tuple(typeset(name) for name in (office.parent, office.name) if name)
    day = date_in_words(facts.date) if facts.date else blanks.DATE
    number = typeset(f"№ {facts.number or blanks.NUMBER}")
    to = (say("to_one" if facts.to else "to_all"), *facts.to)
    blocks: list[Block] = [
        Letterhead(names, office.emblem, office.contacts),
        Registration(day, number),
        Addressee(tuple(typeset(line) for line in to)),
        Heading(typeset(title)),
        *body,
        Signature(typeset(office.head_post), initials(office.head_name)),
        *_executor(office, say),
    ]
    meta = Meta(typeset(office.name), facts.year, facts.number, facts.date)
    return Content(typeset(title), kind, facts.profile, tuple(blocks), meta)


def _text(text: str) -> Paragraph:
    return Paragraph((Run(typeset(text)),))


def _executor(office: OfficeFacts, say: Say) -> list[Block]:
    if not office.executor_name:
        return []
    lines = [say("executor", name=initials(office.executor_name))]
    if office.executor_phone:
        lines.append(say("executor_phone", phone=office.executor_phone))
    return [Paragraph((Run(typeset(line)),), Role.EXECUTOR) for line in lines]


def _owed(facts: LetterFacts, owed: tuple[Owed, ...], say: Say) -> Table:
    if facts.to:
        titles, weights = ["column_number", "column_form", "column_state"], [6.0, 34.0, 60.0]
        rows: list[Row] = [
            (str(number), one.form, one.missing) for number, one in enumerate(owed, start=1)
        ]
    else:
        titles = ["column_number", "column_school", "column_form", "column_state"]
        weights = [6.0, 30.0, 24.0, 40.0]
        rows = list(_by_school(owed))
    return _table(titles, weights, rows, say)


def _by_school(owed: tuple[Owed, ...]) -> Iterator[Row]:
    """Return the rows of all schools: each is named and counted once, over all that it owes."""
    for number, (school, group) in enumerate(groupby(owed, key=lambda one: one.school), start=1):
        listed = list(group)
        over = (Cell(str(number), rows=len(listed)), Cell(school, rows=len(listed)))
        for index, one in enumerate(listed):
            told = (one.form, one.missing)
            yield (*over, *told) if index == 0 else told


def _faults(faults: tuple[Fault, ...], say: Say) -> Table:
    titles = ["column_number", "column_place", "column_finding"]
    rows: list[Row] = [
        (str(index), _place(one, say), f"{one.message} {one.hint}".strip())
        for index, one in enumerate(faults, start=1)
    ]
    return _table(titles, [6.0, 28.0, 66.0], rows, say)


def _place(fault: Fault, say: Say) -> str:
    if not fault.sheet:
        return say("place_file")
    if not fault.cell:
        return say("place_sheet", sheet=fault.sheet)
    return say("place_cell", sheet=fault.sheet, cell=fault.cell)


def _table(titles: list[str], weights: list[float], rows: list[Row], say: Say) -> Table:
    aligns = [Align.CENTER, *[Align.LEFT] * (len(titles) - 1)]
    columns = tuple(
        Column(typeset(say(title)), weight, align)
        for title, weight, align in zip(titles, weights, aligns, strict=True)
    )
    return Table(columns, tuple(tuple(map(_typeset, row)) for row in rows))


def _typeset(cell: str | Cell) -> str | Cell:
    return typeset(cell) if isinstance(cell, str) else replace(cell, text=typeset(cell.text))


def _deadline(facts: LetterFacts) -> str:
    return date_in_words(facts.deadline) if facts.deadline else blanks.DATE
