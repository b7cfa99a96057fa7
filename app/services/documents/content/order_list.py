"""The order that approves the list of schools with low results, from frozen facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.services.documents import blanks
from app.services.documents.blocks import (
    Align,
    Annex,
    ApprovalStamp,
    Block,
    Column,
    Content,
    DocumentName,
    Heading,
    Letterhead,
    Meta,
    NumberedPoints,
    Paragraph,
    Point,
    Registration,
    Role,
    Run,
    Signature,
    Table,
)
from app.services.documents.content.facts import ListedSchool, OfficeFacts, Say
from app.services.documents.content.rule import (
    basis_in_words,
    risk_rule_in_words,
    rule_in_words,
)
from app.services.documents.language import (
    Agreement,
    approved,
    date_in_words,
    initials,
    listing,
    spaced,
    typeset,
    years_in_words,
)
from app.services.documents.numerals import in_number
from app.services.methodology.types import RuleSet

KIND = "order"

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_WEIGHTS = (6.0, 27.0, 15.0, 52.0)
"""Shares of №, school, category and basis in the width of the page."""
_TERMS = ("ШНОР", "ШНСУ")
"""Abbreviations of categories, explained under the list where a row uses them."""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """Everything the order says; what is empty is printed as a blank to fill by hand.

    ``first_year``–``last_year`` are the years whose results were looked at.  ``coordinator`` and
    ``controller`` stand in the accusative; without a controller the head keeps the control.
    ``risk_zone`` None leaves that list out.
    """

    office: OfficeFacts
    year: int
    first_year: int
    last_year: int
    schools: tuple[ListedSchool, ...]
    rules: RuleSet
    profile: str
    number: str = ""
    deadline: date | None = None
    date: date | None = None
    coordinator: str = ""
    controller: str = ""
    risk_zone: tuple[ListedSchool, ...] | None = None
    long_storage: bool = False
    terms: Mapping[str, str] = field(default_factory=dict)
    """What the office writes instead of our abbreviations in rows of the list."""


@dataclass(frozen=True, slots=True)
class _Annex:
    """One list of the order: which sentence titles it, and its rows."""

    title: str
    schools: tuple[ListedSchool, ...]
    of_risk_zone: bool = False


def order_content(facts: OrderFacts, say: Say, say_rule: Say) -> Content:
    """Return the order with its annexed lists, requisites in the order of ГОСТ Р 7.0.97."""
    annexes = [_Annex("annex_title", facts.schools)]
    if facts.risk_zone is not None:
        annexes.append(_Annex("annex_risk_title", facts.risk_zone, of_risk_zone=True))
    blocks: list[Block] = [*_head(facts, say), *_body(facts, say, len(annexes))]
    for index, annex in enumerate(annexes, start=1):
        number = index if len(annexes) > 1 else None
        blocks += _annex(facts, say, annex, number)
        blocks += _notes(facts, say, say_rule, annex)
    return Content(
        title=typeset(say("title")),
        kind=KIND,
        profile=facts.profile,
        blocks=tuple(blocks),
        meta=Meta(typeset(facts.office.name), facts.year, facts.number, facts.date),
        long_storage=facts.long_storage,
    )


def _head(facts: OrderFacts, say: Say) -> list[Block]:
    office = facts.office
    names = tuple(typeset(name) for name in (office.parent, office.name) if name)
    return [
        Letterhead(names, office.emblem),
        DocumentName(spaced(say("document"))),
        Registration(_date(facts), typeset(f"№ {_number(facts)}")),
        Paragraph((Run(typeset(office.place)),), Role.PLACE),
        Heading(typeset(say("title"))),
    ]


def _body(facts: OrderFacts, say: Say, annexes: int) -> list[Block]:
    executor = [
        Paragraph((Run(typeset(line)),), Role.EXECUTOR) for line in _executor(facts.office, say)
    ]
    return [
        Paragraph((Run(typeset(_preamble(facts, say))),)),
        Paragraph((Run(f"{spaced(say('orders'))}:"),)),
        NumberedPoints(_points(facts, say, annexes)),
        Signature(typeset(facts.office.head_post), initials(facts.office.head_name)),
        *executor,
    ]


def _preamble(facts: OrderFacts, say: Say) -> str:
    kinds = _kinds(facts)
    return say(
        "preamble",
        procedures=listing([say(f"procedures_{kind}") for kind in kinds]),
        years=years_in_words(facts.first_year, facts.last_year),
        methodology=facts.rules.title,
    )


def _count(schools: tuple[ListedSchool, ...]) -> str:
    """Return «7 (семи) организаций» for an office that writes how many the list holds."""
    return in_number(len(schools), Agreement.FEMININE, "организации", "организаций")


def _points(facts: OrderFacts, say: Say, annexes: int) -> tuple[Point, ...]:
    year, deadline = str(facts.year), _deadline(facts)
    person = facts.coordinator or blanks.PERSON
    count, risks = _count(facts.schools), _count(facts.risk_zone or ())
    listed = say("point_list", year=year, annex=_mention(say, annexes, 1), count=count)
    points = [_point(listed)]
    if annexes > 1:
        mention = _mention(say, annexes, 2)
        points.append(_point(say("point_risk", year=year, annex=mention, count=risks)))
    points.append(_nested(say, "point_heads", say("point_heads", deadline=deadline)))
    if annexes > 1:
        points.append(_point(say("point_risk_heads", deadline=deadline)))
    points.append(_point(say("point_coordinator", person=person)))
    points.append(_nested(say, "point_tasks", say("point_tasks")))
    points.append(_point(_control(facts, say)))
    return tuple(points)


def _point(text: str, *nested: str) -> Point:
    # A sentence may end with initials: «… Примерную О.П.» has one full stop, not two.
    return Point(typeset(_TWO_STOPS.sub(".", text)), tuple(Point(typeset(item)) for item in nested))


def _nested(say: Say, key: str, text: str) -> Point:
    return _point(text, *(say(f"{key}_{index}") for index in (1, 2, 3)))


def _mention(say: Say, annexes: int, number: int) -> str:
    if annexes == 1:
        return say("annex_single")
    return say("annex_numbered", number=str(number))


def _control(facts: OrderFacts, say: Say) -> str:
    if not facts.controller:
        return say("control_self")
    return say("control_other", person=facts.controller)


def _executor(office: OfficeFacts, say: Say) -> list[str]:
    if not office.executor_name:
        return []
    lines = [say("executor", name=initials(office.executor_name))]
    if office.executor_phone:
        lines.append(say("executor_phone", phone=office.executor_phone))
    return lines


def _annex(facts: OrderFacts, say: Say, annex: _Annex, number: int | None) -> list[Block]:
    title = say("mark_numbered", number=str(number)) if number else say("mark_single")
    dated = say("date_number", date=_date(facts), number=_number(facts))
    mark = (title, say("mark_order", date_number=dated))
    stamp = (
        approved(Agreement.MASCULINE),
        say("stamp", organisation=facts.office.genitive),
        dated,
    )
    return [
        Annex(tuple(typeset(line) for line in mark)),
        ApprovalStamp(tuple(typeset(line) for line in stamp)),
        Heading(typeset(say(annex.title, year=str(facts.year)))),
        _table(say, annex.schools),
    ]


def _table(say: Say, schools: tuple[ListedSchool, ...]) -> Table:
    titles = ("column_number", "column_school", "column_category", "column_basis")
    aligns = (Align.CENTER, Align.LEFT, Align.CENTER, Align.LEFT)
    columns = tuple(
        Column(typeset(say(title)), weight, align)
        for title, weight, align in zip(titles, _WEIGHTS, aligns, strict=True)
    )
    rows = tuple(
        (str(index), typeset(school.name), school.category, typeset(school.basis))
        for index, school in enumerate(schools, start=1)
    )
    return Table(columns, rows)


def _notes(facts: OrderFacts, say: Say, say_rule: Say, annex: _Annex) -> list[Block]:
    in_words = risk_rule_in_words if annex.of_risk_zone else rule_in_words
    basis = basis_in_words(facts.rules.legal_basis, say_rule)
    return [
        _note(say("note_rule"), in_words(facts.rules, say_rule)),
        *([_note(say("note_basis"), basis)] if basis else []),
        _note(say("note_abbreviations"), f"{_abbreviations(facts, say, annex)}."),
        Paragraph((Run(typeset(say("note_purpose"))),), Role.NOTE),
    ]


def _note(lead: str, text: str) -> Paragraph:
    return Paragraph((Run(typeset(lead), bold=True), Run(f" {typeset(text)}")), Role.NOTE)


def _abbreviations(facts: OrderFacts, say: Say, annex: _Annex) -> str:
    """Expand the assessments of the rule and the abbreviations that the rows really use."""
    kinds = _kinds(facts)
    used = " ".join(f"{school.category} {school.basis}" for school in annex.schools)
    words = [*kinds, *(word for word in _TERMS if facts.terms.get(word, word) in used)]
    return "; ".join(say(f"abbreviation_{word}") for word in words)


def _kinds(facts: OrderFacts) -> list[str]:
    return list(dict.fromkeys(item.kind.value for item in facts.rules.counted))


def _date(facts: OrderFacts) -> str:
    return date_in_words(facts.date) if facts.date else blanks.DATE


def _number(facts: OrderFacts) -> str:
    return facts.number or blanks.NUMBER


def _deadline(facts: OrderFacts) -> str:
    return date_in_words(facts.deadline) if facts.deadline else blanks.DATE
