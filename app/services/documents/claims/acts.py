"""Numbers and dates of the office's own papers as texts cite them, against the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.services.documents.claims.tokens import plain_text
from app.services.names import fold
from app.services.programmes import parse_act

_CITED = re.compile(
    r"(?P<kind>приказ|постановлени|распоряжени)[а-я]*(?P<issuer>[^.;№]{0,160}?)"
    r"от\s+(?P<day>\d{1,2}(?:\.\d{1,2}\.|\s+[а-я]+\s+)\d{4})(?:\s*(?:г\.|года?))?\s*"
    r"№\s*(?P<number>[\w/.\-]*[\w])(?:\s*«(?P<title>[^»]{5,})»)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed or registered paper of the office with its number and date."""

    title: str
    number: str
    date: date


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """A citation that differs from the register."""

    quote: str
    paper: Paper


def cited_wrongly(
    text: str, papers: Iterable[Paper], offices: Iterable[str]
) -> Iterator[CitedPaper]:
    """Return the citations of the office's own papers that the register says otherwise.

    A citation is of the office when it gives the title of a registered paper, or names the office
    (``offices`` are its names in every case) and shares the number or the date with one.
    """
    listed, names = list(papers), [fold(name) for name in offices if name]
    for match in _CITED.finditer(plain_text(text)):
        words = parse_act(f"от {match['day']} № {match['number']}")
        if words.date is None:
            continue
        cited = (fold(match["number"]), words.date)
        meant = list(_meant(match, cited, listed, names))
        if meant and all((fold(one.number), one.date) != cited for one in meant):
            yield CitedPaper(match[0], meant[0])


def _meant(
    match: re.Match[str], cited: tuple[str, date], papers: list[Paper], names: list[str]
) -> Iterator[Paper]:
    title = fold(match["title"] or "")
    if title:
        yield from (one for one in papers if title == fold(one.title))
        return
    if any(name in fold(match["issuer"]) for name in names):
        number, day = cited
        yield from (
            one
            for one in papers
            if one.date == day or (fold(one.number) == number and one.date.year == day.year)
        )
